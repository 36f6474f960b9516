"""What a section of a pack says, part by part, so that a supplement can hold what is new and nothing else. Pure."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from improvement.documents.blocks import Block, Heading, PageBreak, Paragraph

Path = tuple[str, ...]


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
        """Return by part a digest that changes with what it says, but not with the notes that say as of when."""
        return {_name(path): _digest(blocks) for path, blocks in self._parts()}

    def changed(self, known: Mapping[str, str]) -> dict[str, str]:
        """Return the digests of those parts that are not `known` by them."""
        return {name: digest for name, digest in self.digests.items() if known.get(name) != digest}

    def since(self, known: Mapping[str, str]) -> "Section | None":
        """Return the section with those parts alone that are not `known` by their digests; None where all are.

        The headings above a part come with it, and what stood once under a heading that is gone is not told.
        """
        parts, changed = list(self._parts()), self.changed(known)
        headings = {path: blocks[0] for path, blocks in parts}
        new = [(path, blocks) for path, blocks in parts if _name(path) in changed]
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


def _name(path):
    return " / ".join(path)


def _digest(blocks):
    said = [block for block in blocks if not isinstance(block, PageBreak) and not _is_note(block)]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _is_note(block):
    return isinstance(block, Paragraph) and block.style == "note"
