"""A pack as files: what its pages are laid out from, and each form in which it is handed out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from boards.models import PackFile
from boards.packs import enclosed, pack_document, pack_workbook
from boards.packs.contents import BoardPack, Enclosure
from boards.packs.enclosed import Enclosed, Shelf
from boards.packs.pack_document.parts import Section
from improvement.documents import binding, pdf, write_word
from improvement.documents.binding import NotBound
from improvement.records.refusals import Refused

Form = PackFile.Form
TOO_LARGE = (
    "The papers could not be put into one PDF. They may be too large for it: replace the largest with a smaller copy, "
    "or add it as another kind of file."
)


@dataclass(frozen=True)
class Making:
    """What is to be made: the pack itself, or a supplement of it that holds `shown` and is numbered on.

    `enclosures` are the papers that go with it, which no part before it had.
    """

    pack: BoardPack
    shown: tuple[Section, ...]
    enclosures: tuple[Enclosure, ...]
    shelf: Shelf = field(compare=False)
    name: str = "Board pack"
    first_page: int = 1

    @property
    def is_supplement(self):
        return self.first_page > 1

    @cached_property
    def papers(self) -> list[Enclosed]:
        """The files of its papers, in the order of the agenda."""
        return [self.shelf.take(one) for one in self.enclosures]

    @cached_property
    def document(self):
        papers = tuple(paper.named for paper in self.papers)
        if self.is_supplement:
            return pack_document.supplement(
                self.pack, self.shown, name=self.name, first_page=self.first_page, papers=papers
            )
        return pack_document.build(self.pack, self.shown, papers=papers)

    @cached_property
    def data(self) -> dict[str, Any]:
        """What its pages are laid out from."""
        return pdf.data(self.document)

    @cached_property
    def _plain(self) -> bytes:
        return pdf.laid_out([self.data])

    def laid_out(self, *, with_papers: bool = False) -> bytes:
        """Return its PDF, with pages for the papers to be bound in; without them it is laid out once for all forms."""
        return pdf.laid_out([self.data], with_papers=True) if with_papers else self._plain

    @property
    def forms(self) -> Iterable[Form]:
        """In which forms it is handed out: without a paper, the PDF is the one that has them all."""
        return (Form.FULL, *PackFile.HANDED_OUT) if self.papers else PackFile.HANDED_OUT


def whole(pack: BoardPack) -> Making:
    """Return the making of everything."""
    return Making(pack, pack_document.sections(pack), pack.enclosures, Shelf())


def written(making: Making, form: Form) -> bytes:
    """Return one form of it, the same bytes for the same pack."""
    if form == Form.EXCEL:
        return pack_workbook.write(making.pack, making.shown, name=making.name)
    if form == Form.WORD:
        return write_word(making.document)
    if form == Form.FULL:
        return with_papers(making.laid_out, making.papers)
    return making.laid_out()


def with_papers(laid_out: Callable[..., bytes], papers: list[Enclosed]) -> bytes:
    """Return what is `laid_out` with all of its papers, in their order: bound in, or attached.

    Raises Refused where they are more than one PDF can hold.
    """
    bound = [paper.cleaned for paper in papers if paper.cleaned]
    pages, attached = laid_out(with_papers=bool(bound)), enclosed.files(papers)
    try:
        return binding.placed(pages, bound, attached)
    except NotBound:
        raise Refused(TOO_LARGE) from None
