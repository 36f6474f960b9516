"""What a document is made of. Texts are plain: nothing in them is markup, a line break stays one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Heading:
    """A heading of the first to fourth level; it stands in the contents and the bookmarks."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; blank lines in the text part it into several. `style` is "", "lead", "note" or "caveat"."""

    text: str
    style: str = ""


@dataclass(frozen=True)
class Bullets:
    items: Sequence[str]


@dataclass(frozen=True)
class Facts:
    """Terms with what is said of each, as a table of two columns without a header row."""

    rows: Sequence[tuple[str, str]]
    caption: str = ""


@dataclass(frozen=True)
class Rating:
    """A cell that shows a rating as the pages do: a letter in a shape, and the word. `rating` is empty for none."""

    rating: str
    label: str


@dataclass(frozen=True)
class Table:
    """Figures and texts under a header row that is repeated on every page; the first column heads its row.

    `widths` are the columns' shares of the width. A cell is a text, a number as text, or a `Rating`.
    """

    caption: str
    headers: Sequence[str]
    rows: Sequence[Sequence["str | Rating"]]
    widths: Sequence[float] = ()
    numeric: frozenset[int] = frozenset()
    empty: str = "Nothing to show."


@dataclass(frozen=True)
class Figure:
    """A drawing, as SVG that stands alone, with what it shows in words and its caption."""

    svg: str
    alt: str
    caption: str = ""


@dataclass(frozen=True)
class PageBreak:
    pass


Block = Heading | Paragraph | Bullets | Facts | Table | Figure | PageBreak


@dataclass(frozen=True)
class Document:
    """A whole document. `caveat` stands at the foot of every page; `first_page` numbers a supplement on."""

    title: str
    lines: Sequence[str]
    blocks: Sequence[Block]
    on: date
    author: str = ""
    caveat: str = ""
    has_contents: bool = True
    first_page: int = 1
    keywords: Sequence[str] = field(default_factory=tuple)
