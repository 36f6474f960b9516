"""The pages on which the programme office drafts a revision of the plan, and the change log that everyone reads."""
