"""What a section of a pack says, part by part, so that a supplement can hold what is new and nothing else. Pure."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from improvement.documents.blocks import Block, Facts, Heading, PageBreak, Paragraph, Table

Path = tuple[str, ...]
# What a part says is told apart from what was said before by a digest of so many letters, after this sign.
_UNIT, _LETTERS = "§", 16


@dataclass(frozen=True)
class Section:
    """One section; its blocks begin with its heading. A part of it is what stands under one heading."""

    key: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def news_below(self) -> list[str]:
        """The headings under which something stands, where nothing stands under that of the section itself."""
        (_, own), *below = self._parts()
        return [path[-1] for path, blocks in below if len(blocks) > 1] if len(own) == 1 else []

    @property
    def digests(self) -> dict[str, str]:
        """Return by part a digest that changes with what it says, but not with the notes that say as of when.

        Beside it stands the name of each unit: a block, or a row of what lists things.
        """
        found = {}
        for path, blocks in self._parts():
            found[_name(path)] = hashlib.sha256(repr(_said(blocks)).encode()).hexdigest()
            found |= {_unit(path, unit): "" for block in _said(blocks) for unit in _units(block)}
        return found

    def changed(self, known: Mapping[str, str]) -> dict[str, str]:
        """Return the digests of those parts that are not `known` by them."""
        return {name: digest for name, digest in self.digests.items() if known.get(name) != digest}

    def since(self, known: Mapping[str, str]) -> "Section | None":
        """Return the section with those parts alone that are not `known` by their digests; None where all are.

        The headings above a part come with it, and what stood once under a heading that is gone is not told. Of a list
        only those rows stand in it that are new.
        """
        parts, changed = list(self._parts()), self.changed(known)
        headings = {path: blocks[0] for path, blocks in parts}
        new = [(path, _narrowed(path, blocks, known)) for path, blocks in parts if _name(path) in changed]
        new = [(path, blocks) for path, blocks in new if blocks]
        found: list[Block] = []
        there: set[Path] = set()
        for path, blocks in new:
            above = [path[:depth] for depth in range(1, len(path)) if path[:depth] not in there]
            found += [headings[other] for other in above] + blocks
            there |= {*above, path}
        return replace(self, blocks=tuple(found)) if new else None

    def _parts(self) -> Iterator[tuple[Path, list[Block]]]:
        path: Path = ()
        blocks: list[Block] = []
        for block in self.blocks:
            if isinstance(block, Heading):
                if path:
                    yield path, blocks
                path, blocks = (*path[: block.level - 1], block.text), []
            blocks.append(block)
        yield path, blocks


def listed(table: Table) -> Table | Paragraph:
    """Return the table, or the sentence that says that it is empty."""
    return table if table.rows else Paragraph(table.empty)


def _name(path):
    return " / ".join(path)


def _said(blocks):
    return [block for block in blocks if not isinstance(block, PageBreak) and not _is_note(block)]


def _unit(path, unit):
    return f"{_name(path)}{_UNIT}{hashlib.sha256(repr(unit).encode()).hexdigest()[:_LETTERS]}"


def _units(block):
    """Return what of a block is new or not by itself."""
    return block.rows if _is_list(block) else [block]


def _is_list(block):
    """Whether its rows are things of their own: figures are read as a whole, and so is what has no caption."""
    return isinstance(block, Table | Facts) and bool(block.caption and block.rows) and not getattr(block, "numeric", ())


def _narrowed(path, blocks, known):
    """Return the blocks of a part without the rows that are `known`; nothing where only rows have gone.

    Of a part that was told before its units were named everything stays.
    """
    if not any(name.startswith(f"{_name(path)}{_UNIT}") for name in known):
        return blocks
    if all(_unit(path, unit) in known for block in _said(blocks) for unit in _units(block)):
        return []
    found = []
    for block in blocks:
        rows = tuple(row for row in block.rows if _unit(path, row) not in known) if _is_list(block) else ()
        if not _is_list(block) or len(rows) == len(block.rows):
            found.append(block)
        elif rows:
            found.append(replace(block, rows=rows, caption=f"{block.caption}: new or changed"))
    return found


def _is_note(block):
    return isinstance(block, Paragraph) and block.style == "note"
