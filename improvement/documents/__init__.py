"""A document that is written once and comes out as accessible PDF and as Word. It knows no domain.

A reader builds a `Document` of the blocks in `improvement.documents.blocks`; `improvement.documents.pdf.write` and
`write_word` turn it into bytes, the same for the same document every time.
"""


def write_word(document):
    """Return the docx; python-docx takes 8 MB and a tenth of a second, so it is loaded by whoever writes one first."""
    from improvement.documents import word

    return word.write(document)
