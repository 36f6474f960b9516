"""A pack as a document: its sections in the order in which a Board reads them, for PDF and for Word."""

from collections.abc import Iterator, Sequence

from boards.models import Pack
from boards.packs.chosen import OFFERED
from boards.packs.contents import BoardPack
from boards.packs.pack_document import front, meeting, month, notice
from boards.packs.pack_document.parts import Section
from improvement.documents.blocks import Block, Bound, Bullets, Document, Heading, PageBreak, Paragraph

_AUDIENCES = {
    Pack.Audience.BOARD: "For the Board",
    Pack.Audience.OBSERVERS: "For observers",
    Pack.Audience.PUBLIC: "Public version",
}
# Every section in its order: its key, its title and what writes its blocks. The first stands before the contents.
SECTIONS = (
    ("cover", "Cover sheet", front.cover),
    ("agenda", "Agenda", meeting.agenda),
    ("minutes", OFFERED["minutes"], meeting.minutes),
    ("actions", OFFERED["actions"], meeting.actions),
    ("changes", OFFERED["changes"], meeting.changes),
    ("summary", OFFERED["summary"], month.summary),
    ("ratings", OFFERED["ratings"], month.ratings),
    ("exceptions", OFFERED["exceptions"], month.exceptions),
    ("themes", OFFERED["themes"], month.themes),
    ("recommendations", OFFERED["recommendations"], month.recommendations),
    ("targets", OFFERED["targets"], notice.targets),
    ("challenges", OFFERED["challenges"], meeting.challenges),
    ("papers", "Papers", meeting.papers),
)
_ON_A_PAGE_OF_ITS_OWN = {"papers"}
# Sections of a supplement that needs no contents.
_SHORT = 3


def sections(pack: BoardPack) -> tuple[Section, ...]:
    """Return every section of the pack that its audience is shown and that there is something for."""
    lacking = {"changes": not pack.revision, "papers": not pack.enclosures}
    left_out = OFFERED.keys() - pack.chosen
    asked = [section for section in SECTIONS if not lacking.get(section[0]) and section[0] not in left_out]
    return tuple(Section(key, title, (Heading(1, title), *write(pack))) for key, title, write in asked)


def build(pack: BoardPack, shown: Sequence[Section], papers: Sequence[Bound] = ()) -> Document:
    """Return the pack: the cover sheet and the contents, the sections, and the `papers`.

    Only what is looked up by itself begins on a page of its own, so that no page is left nearly empty.
    """
    cover, *rest = shown
    blocks: list[Block] = []
    for section in rest:
        blocks += (PageBreak(), *section.blocks) if section.key in _ON_A_PAGE_OF_ITS_OWN else section.blocks
    return _document(pack, "Board pack", blocks, front=cover.blocks, papers=papers)


def supplement(
    pack: BoardPack, shown: Sequence[Section], *, name: str, first_page: int, papers: Sequence[Bound] = ()
) -> Document:
    """Return what is new, of which `shown` is made, numbered on from the pack.

    A short one has no contents: the list of what is new takes their place, on the same page.
    """
    has_contents = len(shown) > _SHORT
    attached = () if has_contents else (f"{paper.title} ({paper.note})" for paper in papers if paper.note)
    blocks = [
        Heading(1, f"{name}: new and changed content"),
        Paragraph(
            f"This supplement includes only new and changed content. Its page numbers continue from page "
            f"{first_page - 1} of the pack. Everything else in the pack is unchanged."
        ),
        Bullets((*_news(shown), *attached)),
        *(block for section in shown for block in section.blocks),
    ]
    return _document(pack, name, blocks, first_page=first_page, papers=papers, has_contents=has_contents)


def _news(shown) -> Iterator[str]:
    """Yield each section, with what is new in it where its beginning is not."""
    for section in shown:
        below = ", ".join(section.news_below)
        yield f"{section.title}: {below}" if below else section.title


def _document(pack, name, blocks, **given):
    return Document(
        title=f"{name}, {pack.meeting.held_on:%-d %B %Y}",
        lines=[pack.meeting.board.name, f"{_AUDIENCES[pack.audience]} · {pack.month.label}", *_state(pack)],
        on=pack.on,
        author=pack.cover.originator,
        caveat=pack.month.caveat,
        keywords=(pack.meeting.board.name, "board pack", pack.month.label),
        blocks=tuple(blocks),
        is_dense=True,
        **given,
    )


def _state(pack):
    if pack.is_preview:
        yield f"Preview of {pack.on:%-d %B %Y}: the agenda has not been published, and every draft counts as tabled."
