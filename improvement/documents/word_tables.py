"""Tables as WordprocessingML: a header row that is marked and repeated, a first column that heads its row."""

from collections.abc import Callable, Sequence
from typing import Any

from improvement.documents import texts
from improvement.documents.blocks import Facts, Rating, Table
from improvement.documents.ooxml import element, keep_with_next, paragraph, paragraphs, run, written
from improvement.documents.word_styles import BLACK, TEXT_WIDTH

_LINE = {"val": "single", "sz": 4, "space": 0, "color": "B1B4B6"}
_EDGE = {"val": "single", "sz": 8, "space": 0, "color": BLACK}
# A row longer than this may be parted by the end of a page.
_LONG = 700


def table(block: Table, shape: Callable[[str], Any]) -> Any:
    """Return the table; `shape` draws a rating as a run."""
    widths = [round(TEXT_WIDTH * share) for share in texts.shares(block)]
    made = _table(widths, block.caption, has_header=True)
    heads = [paragraphs(text, _style("TableHead", at, block)) for at, text in enumerate(block.headers)]
    made.append(_row(heads, widths, is_header=True))
    for row in block.rows:
        cells = [
            _said(cell, _style("TableText" if at else "TableRowHead", at, block), shape) for at, cell in enumerate(row)
        ]
        longest = max((len(cell) for cell in row if isinstance(cell, str)), default=0)
        made.append(_row(cells, widths, is_whole=longest < _LONG))
    return _kept_together(made, block)


def facts(block: Facts, shape: Callable[[str], Any]) -> Any:
    """Return terms and what is said of them; `shape` draws a rating as a run."""
    widths = [2600, TEXT_WIDTH - 2600]
    made = _table(widths, block.caption, has_header=False)
    for term, said in block.rows:
        cells = [paragraphs(term, "TableRowHead"), _said(said, "TableText", shape)]
        made.append(_row(cells, widths, is_whole=isinstance(said, Rating) or len(said) < _LONG))
    return _kept_together(made, block)


def _kept_together(made, block):
    rows = list(made.tr_lst) if texts.is_short(block.rows) else []
    for row in rows if getattr(block, "keeps_with_next", False) else rows[:-1]:
        keep_with_next(row)
    return made


def _said(cell, style, shape):
    if not isinstance(cell, Rating):
        return written(cell, style)
    said = [_rated(cell, shape)]
    if cell.corrected:
        said += [*paragraphs("corrected to", "TableText"), _rated(cell.corrected, shape)]
    return said


def _rated(cell, shape):
    word = run(cell.label.split("\n"), bold=bool(cell.rating))
    return paragraph("TableRating", shape(cell.rating), element("r", element("tab")), word)


def _style(style, at, block):
    if at not in block.numeric:
        return style
    return "TableHeadNumber" if style == "TableHead" else "TableNumber"


def _table(widths: Sequence[int], caption: str, *, has_header: bool) -> Any:
    properties = element(
        "tblPr",
        element("tblW", w=TEXT_WIDTH, type="dxa"),
        element("tblBorders", element("top", **_EDGE), element("bottom", **_LINE), element("insideH", **_LINE)),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *(element(side, w=80, type="dxa") for side in ("top", "left", "bottom", "right"))),
        element("tblLook", val="04A0" if has_header else "0480", firstRow=int(has_header), firstColumn=1),
        element("tblCaption", val=caption) if caption else None,
    )
    return element("tbl", properties, element("tblGrid", *(element("gridCol", w=width) for width in widths)))


def _row(cells, widths, *, is_whole=True, is_header=False):
    marks = [element("cantSplit") if is_whole else None, element("tblHeader") if is_header else None]
    row = element("tr", element("trPr", *marks))
    for content, width in zip(cells, widths, strict=True):
        row.append(element("tc", _cell_properties(width, is_header), *content))
    return row


def _cell_properties(width, is_header):
    if not is_header:
        return element("tcPr", element("tcW", w=width, type="dxa"))
    return element(
        "tcPr",
        element("tcW", w=width, type="dxa"),
        element("tcBorders", element("bottom", **_EDGE)),
        element("shd", val="clear", color="auto", fill="F3F3F3"),
        element("vAlign", val="bottom"),
    )
