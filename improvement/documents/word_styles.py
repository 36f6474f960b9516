"""How a Word document looks: the page, its typeface and its styles, as near to document.typ as Word comes.

Arial, because every council's machines have it. Everything is a style, so that whoever edits the document can use it.
"""

import io
from functools import cache
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor, Twips

from improvement.documents.ooxml import element

FACE = "Arial"
# The width between the margins, in twentieths of a point.
TEXT_WIDTH = 9638
BLACK, GREY, BLUE = "0B0C0C", "484949", "1D70B8"
# id: (name, size, bold, colour, before, after, keeps with the next)
_STYLES = {
    "Normal": ("Normal", 10, False, BLACK, 0, 7, False),
    "Title": ("Title", 24, True, BLACK, 0, 8, True),
    "Heading": ("Title Of Letter", 17, True, BLACK, 14, 8, True),
    "Subtitle": ("Subtitle", 11.5, False, GREY, 0, 4, False),
    "Heading1": ("Heading 1", 17, True, BLACK, 20, 10, True),
    "Heading2": ("Heading 2", 13, True, BLACK, 16, 7, True),
    "Heading3": ("Heading 3", 11, True, BLACK, 13, 6, True),
    "Heading4": ("Heading 4", 10, True, GREY, 11, 5, True),
    "TOCHeading": ("TOC Heading", 17, True, BLACK, 14, 8, True),
    "TOC1": ("toc 1", 9.5, True, BLACK, 6, 2, False),
    "TOC2": ("toc 2", 9.5, False, BLACK, 0, 2, False),
    "Lead": ("Lead", 12, False, BLACK, 0, 9, False),
    "Kept": ("Kept With Next", 10, False, BLACK, 0, 7, True),
    "Note": ("Note", 8.5, False, GREY, 0, 7, False),
    "Caveat": ("Caveat", 10, True, BLACK, 6, 10, False),
    "Sender": ("Sender", 10, False, BLACK, 0, 12, False),
    "Signed": ("Signed", 10, True, BLACK, 70, 8, False),
    "ListBullet": ("List Bullet", 10, False, BLACK, 0, 4, False),
    "Caption": ("Caption", 9, True, BLACK, 8, 4, True),
    "Drawing": ("Drawing", 10, False, BLACK, 0, 8, False),
    "TableText": ("Table Text", 8.5, False, BLACK, 0, 0, False),
    "TableNumber": ("Table Number", 8.5, False, BLACK, 0, 0, False),
    "TableRating": ("Table Rating", 8.5, False, BLACK, 0, 0, False),
    "TableHead": ("Table Head", 8.5, True, BLACK, 0, 0, True),
    "TableHeadNumber": ("Table Head Number", 8.5, True, BLACK, 0, 0, True),
    "TableRowHead": ("Table Row Head", 8.5, True, BLACK, 0, 0, False),
    "AfterTable": ("After Table", 4, False, BLACK, 0, 4, False),
    "Header": ("Header", 7.5, False, GREY, 0, 0, False),
    "Footer": ("Footer", 7.5, False, GREY, 0, 0, False),
    "PageNumber": ("Page Number Line", 7.5, False, BLACK, 2, 0, False),
}
# Properties of a paragraph that python-docx does not know, each as its element's name and attributes.
_BORDERS = {
    "Title": (),
    "Heading1": (("bottom", 12, BLUE),),
    "TOCHeading": (("bottom", 12, BLUE),),
    "Caveat": (("left", 32, BLACK),),
    "Header": (("bottom", 4, "B1B4B6"),),
    "Footer": (("top", 4, "B1B4B6"),),
    # A line to sign on, above the name.
    "Signed": (("top", 4, BLACK),),
}
# As long as a signature.
_RIGHT_INDENTS = {"Signed": 283}
_INDENTS = {"Caveat": (10, 0), "TOC2": (12, 0), "TableRating": (17, -17)}
_RIGHT = ("Sender", "TableNumber", "TableHeadNumber", "PageNumber")


def prepared() -> Any:
    """Return an empty document of python-docx with page, language, typeface and styles set."""
    return docx.Document(io.BytesIO(_prepared()))


@cache
def _prepared() -> bytes:
    """Setting the styles takes five times as long as reading them."""
    document = docx.Document()
    _page(document.sections[0])
    _defaults(document)
    for style_id, values in _STYLES.items():
        _style(document, style_id, *values)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _page(section):
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2.4)
    section.header_distance, section.footer_distance = Cm(1.2), Cm(1)
    section.different_first_page_header_footer = True


def _defaults(document):
    """Make the typeface and the language those of the whole document, and let Word open it in its present mode."""
    styles = document.styles.element
    for fonts in styles.findall(f".//{qn('w:rFonts')}"):
        fonts.getparent().remove(fonts)
    default = styles.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    default.insert(0, element("rFonts", ascii=FACE, hAnsi=FACE, cs=FACE, eastAsia=FACE))
    for language in styles.findall(f".//{qn('w:lang')}"):
        language.set(qn("w:val"), "en-GB")
    settings = document.settings.element
    # Word then fills in the page numbers of the contents.
    settings.find(qn("w:compat")).addprevious(element("updateFields", val="true"))
    settings.find(f".//{qn('w:themeFontLang')}").set(qn("w:val"), "en-GB")
    settings.find(f".//{qn('w:compatSetting')}[@{qn('w:name')}='compatibilityMode']").set(qn("w:val"), "15")


def _style(document, style_id, name, size, bold, colour, before, after, keeps):
    """Set the style, made where python-docx's document has none of that name."""
    is_new = name not in document.styles
    if is_new:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.lower().startswith("toc"))
        style.element.set(qn("w:styleId"), style_id)
    style = document.styles[name]
    style.hidden, style.quick_style = False, True
    font, layout = style.font, style.paragraph_format
    font.size, font.bold, font.italic, font.all_caps = Pt(size), bold, False, False
    font.color.rgb = RGBColor.from_string(colour)
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), 1.15
    layout.keep_with_next, layout.widow_control = keeps, True
    for spacing in style.element.findall(f"./{qn('w:rPr')}/{qn('w:spacing')}"):
        spacing.getparent().remove(spacing)
    if style_id in _INDENTS:
        layout.left_indent, layout.first_line_indent = map(Pt, _INDENTS[style_id])
    if style_id in _RIGHT_INDENTS:
        layout.right_indent = Pt(_RIGHT_INDENTS[style_id])
    if style_id in _RIGHT:
        layout.alignment = 2
    if style_id in {"TOC1", "TOC2"}:
        layout.tab_stops.add_tab_stop(Twips(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    if style_id in _BORDERS:
        _borders(style.element.get_or_add_pPr(), _BORDERS[style_id])


def _borders(properties, borders):
    """Put the lines in their place among the properties, instead of those of python-docx's document."""
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    if borders:
        lines = [element(side, val="single", sz=size, space=4, color=colour) for side, size, colour in borders]
        properties.insert_element_before(
            element("pBdr", *lines), "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
        )
