"""What the headings and cells of a council's own plan say: fields, dates, leads, lists, references, colours. Pure."""
