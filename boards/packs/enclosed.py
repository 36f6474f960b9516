"""The papers of a pack that are files, as they go with it: PDFs bound in, all others attached."""

from dataclasses import dataclass, field

from boards.models import Paper
from boards.packs.contents import Enclosure
from improvement.documents import binding
from improvement.documents.binding import Cleaned, NotBound
from improvement.documents.blocks import Bound
from improvement.files import Damaged, content, opened
from improvement.records.refusals import Refused

DAMAGED = "The file of “{}” is damaged. Have it restored from a backup, then save the pack."
BOUND = "The file will be bound into the pack: {}."
ATTACHED = "The file will be attached to the pack. It cannot be bound into it because {}."


@dataclass(frozen=True)
class Enclosed:
    """A paper's file, and what of it is bound, or why nothing is."""

    enclosure: Enclosure
    file: bytes
    cleaned: Cleaned | None
    note: str = ""

    @property
    def named(self) -> Bound:
        """How the contents and the bookmarks name it."""
        item = f"Item {self.enclosure.item}: " if self.enclosure.item else ""
        pages = self.cleaned.pages if self.cleaned else ()
        return Bound(f"{item}{self.enclosure.paper.title}", pages, self.note)


@dataclass
class Shelf:
    """Reads each file once, for however many audiences."""

    known: dict[int, tuple[bytes, Cleaned | None, str]] = field(default_factory=dict)

    def take(self, enclosure: Enclosure) -> Enclosed:
        """Return the paper's file as it goes with the pack; raises Refused where it is damaged or not there."""
        paper = enclosure.paper
        if paper.pk not in self.known:
            self.known[paper.pk] = _read(paper)
        return Enclosed(enclosure, *self.known[paper.pk])


def _read(paper):
    try:
        with opened(paper) as stream:
            file = stream.read()
    except (Damaged, FileNotFoundError):
        raise Refused(DAMAGED.format(paper.title)) from None
    if content.extension(paper.original_name) != "pdf":
        return file, None, "attached file"
    try:
        return file, binding.cleaned(file), ""
    except NotBound as reason:
        return file, None, f"attached file, because {reason}"


def foretold(paper: Paper) -> str:
    """Return the sentence that tells who added a PDF what becomes of it; empty for any other paper."""
    if not paper.file or content.extension(paper.original_name) != "pdf":
        return ""
    try:
        with opened(paper) as stream:
            pages = len(binding.cleaned(stream.read()).pages)
    except (Damaged, FileNotFoundError):
        return ""
    except NotBound as reason:
        return ATTACHED.format(reason)
    return BOUND.format("1 page" if pages == 1 else f"{pages} pages")


def files(papers: list[Enclosed]) -> list[tuple[str, bytes]]:
    """Return what is attached, each under a name of its own."""
    found: dict[str, bytes] = {}
    for paper in papers:
        if paper.cleaned is None:
            name = own = paper.enclosure.paper.original_name
            number = 1
            while name in found:
                number += 1
                name = f"{number} {own}"
            found[name] = paper.file
    return list(found.items())
