"""The parts of a plain text as blocks of a document."""

from collections.abc import Iterable
from dataclasses import replace

from improvement.documents.blocks import Block, Bullets, Listing, Paragraph, Table
from improvement.texts.prose import Part


def blocks(parts: Iterable[Part]) -> list[Block]:
    """Return a block for each paragraph, list and table; the first row of a table heads its columns."""
    return [_block(part) for part in parts]


def together(parts: Iterable[Part]) -> list[Block]:
    """Return the same, with each paragraph that introduces a list or a table on the page on which that begins."""
    found = blocks(parts)
    return [
        replace(one, style="kept") if _introduces(one, following) else one
        for one, following in zip(found, [*found, None][1:], strict=True)
    ]


def _introduces(block: Block, following: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.text.rstrip().endswith(":") and isinstance(following, Bullets | Table)


def _block(part: Part) -> Block:
    if part.rows:
        heads, *rows = part.rows
        return Table("", heads, rows)
    if part.listed:
        return Listing(part.listed)
    return Bullets(part.texts) if part.is_list else Paragraph(part.text)
