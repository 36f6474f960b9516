"""The parts of a plain text as blocks of a document."""

from collections.abc import Iterable

from improvement.documents.blocks import Block, Bullets, Listing, Paragraph, Table
from improvement.texts.prose import Part


def blocks(parts: Iterable[Part]) -> list[Block]:
    """Return a block for each paragraph, list and table; the first row of a table heads its columns."""
    return [_block(part) for part in parts]


def _block(part: Part) -> Block:
    if part.rows:
        heads, *rows = part.rows
        return Table("", heads, rows)
    if part.listed:
        return Listing(part.listed)
    return Bullets(part.texts) if part.is_list else Paragraph(part.text)
