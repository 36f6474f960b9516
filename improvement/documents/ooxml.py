"""The few elements of WordprocessingML that python-docx has no words for, and how they are written."""

from collections.abc import Iterable
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, nsmap, qn
from docx.oxml.parser import oxml_parser

from improvement.documents import texts
from improvement.texts import lists, tables

_NAMESPACE = {"w": nsmap["w"]}
_W = f"{{{nsmap['w']}}}"
_SPACE = qn("xml:space")
_DECORATIVE = (
    f"<a:extLst {nsdecls('a')}><a:ext uri='{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}'>"
    "<adec:decorative xmlns:adec='http://schemas.microsoft.com/office/drawing/2017/decorative' val='1'/>"
    "</a:ext></a:extLst>"
)


def element(tag: str, *children: Any, **attributes: object) -> Any:
    """Return <w:tag> with attributes of the same namespace and children; None among them is left out.

    A pack has 20,000 of them, so that python-docx's OxmlElement and qn, which take names apart, would cost a second.
    """
    made = oxml_parser.makeelement(_W + tag, nsmap=_NAMESPACE)
    for name, value in attributes.items():
        made.set(_W + name, str(value))
    made.extend([child for child in children if child is not None])
    return made


def run(lines: Iterable[str], *, bold: bool = False) -> Any:
    """Return a run of text, with a break between its lines."""
    made = element("r", element("rPr", element("b")) if bold else None)
    for number, line in enumerate(lines):
        if number:
            made.append(element("br"))
        text = element("t")
        text.text = line
        text.set(_SPACE, "preserve")
        made.append(text)
    return made


def paragraph(style: str, *content: Any) -> Any:
    """Return a paragraph of the style with that id."""
    return element("p", element("pPr", element("pStyle", val=style)), *content)


def paragraphs(text: str, style: str) -> list[Any]:
    """Return the paragraphs that blank lines part the text into, at least one."""
    return [paragraph(style, run(lines)) for lines in texts.parts(text)]


def written(text: str, style: str) -> list[Any]:
    """Return the paragraphs of a text, at least one, and the tables and lists in it."""
    if lists.is_plain(text):
        return paragraphs(text, style)
    made: list[Any] = []
    for piece in lists.pieces(text):
        if isinstance(piece, lists.List):
            made += listed(piece, style)
        elif not isinstance(piece, str):
            # Word wants a paragraph after a table, in a cell as well.
            made += [_pasted(piece, style), paragraph("AfterTable")]
        elif piece.strip():
            made += paragraphs(piece, style)
    return made


def listed(one: lists.List, style: str, level: int = 0) -> list[Any]:
    """Return a paragraph for each item of a list and of the lists below it; `word_lists.number` counts them."""
    made: list[Any] = []
    begins = f"begin {one.start} {one.numbering}"
    for number, item in enumerate(one.items):
        mark = element("numPr", element("ilvl", val=level), element("numId", val="go on" if number else begins))
        properties = element("pPr", element("pStyle", val=style), mark, element("spacing", after=60))
        made.append(element("p", properties, run(item.text.split("\n"))))
        for inner in item.below:
            made += listed(inner, style, level + 1)
    return made


def _pasted(rows: tables.Rows, style: str) -> Any:
    """Return a table within a text, as wide as what holds it; the first row heads its columns."""
    line = {"val": "single", "sz": 4, "space": 0, "color": "B1B4B6"}
    properties = element(
        "tblPr",
        element("tblW", w=5000, type="pct"),
        element("tblBorders", *(element(side, **line) for side in ("top", "bottom", "insideH"))),
        element("tblCellMar", *(element(side, w=80, type="dxa") for side in ("left", "right"))),
        element("tblLook", val="0420", firstRow=1),
    )
    made = element("tbl", properties, element("tblGrid", *(element("gridCol") for _ in rows[0])))
    for number, row in enumerate(rows):
        marks = element("trPr", element("cantSplit"), None if number else element("tblHeader"))
        cells = [element("tc", paragraph(style, run([cell], bold=not number))) for cell in row]
        made.append(element("tr", marks, *cells))
    return made


def keep_with_next(one: Any) -> None:
    """Keep a row of a table, or a paragraph, on the page of what follows."""
    for properties in one.iter(qn("w:pPr")):
        properties.insert(1, element("keepNext"))


def field(instruction: str, shown: str) -> Any:
    """Return a field that Word keeps up to date, showing `shown` until then."""
    return element("fldSimple", run([shown]), instr=instruction)


def mark(kind: str) -> Any:
    """Return a run that begins, parts or ends a field of several paragraphs."""
    return element("r", element("fldChar", fldCharType=kind))


def decorate(inline: Any, alt: str) -> None:
    """Say what a picture shows, without words that it is decoration, and leave no space around it."""
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    properties = inline.docPr
    properties.set("descr", alt)
    if not alt:
        properties.append(parse_xml(_DECORATIVE))
