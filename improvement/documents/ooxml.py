"""The few elements of WordprocessingML that python-docx has no words for, and how they are written."""

from collections.abc import Iterable
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, nsmap, qn
from docx.oxml.parser import oxml_parser

from improvement.documents import texts

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
