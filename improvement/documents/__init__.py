"""A document that is written once and comes out as accessible PDF and as Word. It knows no domain.

A reader builds a `Document` of the blocks in `improvement.documents.blocks`; `improvement.documents.pdf.write` and
`improvement.documents.word.write` turn it into bytes, the same for the same document every time.
"""
