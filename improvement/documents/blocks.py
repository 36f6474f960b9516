"""What a document is made of. Texts are plain: nothing in them is markup, a line break stays one.

What would make a document that cannot be read aloud, or whose cells stand in the wrong column, is refused here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from improvement.texts.lists import List


@dataclass(frozen=True)
class Heading:
    """A heading of the first to fourth level, none left out on the way down; a document begins with the first.

    All stand in the bookmarks, those of the first and second level in the contents.
    """

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; blank lines in the text part it into several.

    `style` is "", "lead", "kept" if it stays on the page of what follows, "note", "caveat", "sender" for an address at
    the right, or "signature" for a name beneath the space in which it is signed.
    """

    text: str
    style: str = ""


@dataclass(frozen=True)
class Bullets:
    items: Sequence[str]


@dataclass(frozen=True)
class Listing:
    """A list as somebody wrote it, with its numbers and the lists below its items."""

    listed: List


@dataclass(frozen=True)
class Rating:
    """A cell that shows a rating as the pages do: a letter in a shape, and the word. `rating` is empty for none.

    One that was `corrected` shows that too, in the same way, beneath.
    """

    rating: str
    label: str
    corrected: "Rating | None" = None


@dataclass(frozen=True)
class Facts:
    """Terms with what is said of each, as a table of two columns without a header row.

    Where there are many of them, `is_compact` sets them as lines on paper, with what is short side by side.
    """

    rows: Sequence[tuple[str, "str | Rating"]]
    caption: str = ""
    is_compact: bool = False


@dataclass(frozen=True)
class Table:
    """Figures and texts under a header row that is repeated on every page; the first column heads its row.

    `widths` are the columns' shares of the width, by default what their texts need. A cell is a text, a number as
    text, or a `Rating`. The places in `numeric` are set flush right. A short table may keep with the block that
    follows, on one page.
    """

    caption: str
    headers: Sequence[str]
    rows: Sequence[Sequence["str | Rating"]]
    widths: Sequence[float] = ()
    numeric: frozenset[int] = frozenset()
    empty: str = "Nothing to show."
    keeps_with_next: bool = False

    def __post_init__(self):
        lengths = {len(row) for row in self.rows} | ({len(self.widths)} if self.widths else set())
        if lengths - {len(self.headers)}:
            raise ValueError(f"Each row and the widths of “{self.caption}” need as many cells as its header.")


@dataclass(frozen=True)
class Figure:
    """A drawing, as SVG that stands alone (no outer style sheet), with what it shows in words and its caption.

    `share` is how much of the page's width it takes on paper.
    """

    svg: str
    alt: str
    caption: str = ""
    share: float = 1

    def __post_init__(self):
        if not self.alt.strip():
            raise ValueError("A figure needs to say in words what it shows.")


@dataclass(frozen=True)
class Beside:
    """Figures and short tables, side by side in a PDF by their shares of its width, in Word one after the other."""

    blocks: Sequence["Figure | Table"]
    shares: Sequence[float]

    def __post_init__(self):
        if len(self.blocks) != len(self.shares):
            raise ValueError("Each block that is set beside another needs its share of the width.")


@dataclass(frozen=True)
class PageBreak:
    pass


@dataclass(frozen=True)
class Bound:
    """A paper of its own that is bound after the blocks, with each page's width and height in points.

    One without pages is only named, with the `note` that says where it is instead.
    """

    title: str
    pages: Sequence[tuple[float, float]] = ()
    note: str = ""


Block = Heading | Paragraph | Bullets | Listing | Facts | Table | Figure | Beside | PageBreak


@dataclass(frozen=True)
class Document:
    """A whole document. `caveat` stands at the foot of every page; `first_page` numbers a supplement on.

    `front` is what stands on the first page, before the contents. `opening` stands above the title of a report or a
    letter: the letterhead, who writes to whom, and when. `text_size`, in points, is that of its paragraphs as PDF.
    `papers` come after the blocks and are numbered with them, whether they are bound in or not. One that `is_dense` is
    set closer, to save pages.
    """

    title: str
    lines: Sequence[str]
    blocks: Sequence[Block]
    on: date
    author: str = ""
    caveat: str = ""
    has_contents: bool = True
    is_dense: bool = False
    first_page: int = 1
    keywords: Sequence[str] = ()
    front: Sequence[Block] = ()
    papers: Sequence[Bound] = ()
    opening: Sequence[Block] = ()
    text_size: float = 10

    @property
    def all_blocks(self):
        """Every block in reading order, those that are set side by side one after the other."""
        found: list[Block] = []
        for block in (*self.opening, *self.front, *self.blocks):
            found += block.blocks if isinstance(block, Beside) else [block]
        return tuple(found)

    def __post_init__(self):
        if not self.title.strip():
            raise ValueError("A document needs a title.")
        level = 0
        for block in self.all_blocks:
            if isinstance(block, Heading):
                if not 1 <= block.level <= min(level + 1, 4) or not block.text.strip():
                    raise ValueError(f"The heading “{block.text}” is empty, or a level is left out above it.")
                level = block.level
