"""A document as Word, for whoever has to edit it: styles, true headings, contents, marked tables, described figures."""

import io
import itertools
import zipfile
from datetime import UTC, datetime, time

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.shared import Pt

from improvement.documents import pictures, texts, word_lists, word_styles, word_tables
from improvement.documents.blocks import (
    Beside,
    Bullets,
    Document,
    Facts,
    Figure,
    Heading,
    Listing,
    PageBreak,
    Paragraph,
    Table,
)
from improvement.documents.ooxml import (
    decorate,
    element,
    field,
    keep_with_next,
    listed,
    mark,
    paragraph,
    paragraphs,
    run,
    written,
)

_STYLES = {
    "": "Normal",
    "lead": "Lead",
    "kept": "Kept",
    "note": "Note",
    "caveat": "Caveat",
    "sender": "Sender",
    "signature": "Signed",
}
_IN_CONTENTS = 2


def write(document: Document) -> bytes:
    """Return the docx, the same bytes for the same document."""
    document = texts.cleaned(document)
    file = word_styles.prepared()
    _properties(file, document)
    _head_and_foot(file.sections[0], document)
    _Body(file).fill(document)
    word_lists.number(file)
    return _packed(file, document.on)


class _Body:
    """The body as it grows: what has been drawn already, the next number, and whether a page is to begin."""

    def __init__(self, file):
        self.part = file.part
        self.body = file.element.body
        self.numbers = itertools.count(1)
        self.shapes = {}
        self.begins_page = False

    def fill(self, document):
        figures = [block for block in document.all_blocks if isinstance(block, Figure)]
        drawn = iter(pictures.drawings([figure.svg for figure in figures]))
        places = itertools.count(1)
        for block in document.opening:
            self.block(block, drawn, places)
        # A letter or a report has its letterhead above a smaller title.
        self.add(paragraph("Heading" if document.opening else "Title", run([document.title])))
        for line in document.lines:
            self.add(*paragraphs(line, "Subtitle"))
        for block in document.front:
            self.block(block, drawn, places)
        self.begins_page = bool(document.front)
        headings = [block for block in document.all_blocks if isinstance(block, Heading)]
        if document.has_contents and headings:
            self.contents(headings)
        for block in document.blocks:
            self.block(block, drawn, places)

    def contents(self, headings):
        made = _contents(headings)
        if self.begins_page:
            next(made.iter(qn("w:pPr"))).insert(1, element("pageBreakBefore"))
        self.add(made)
        self.begins_page = True

    def add(self, *elements):
        for one in elements:
            if self.begins_page and one.tag == qn("w:p"):
                one.pPr.insert(1, element("pageBreakBefore"))
                self.begins_page = False
            self.body.insert(len(self.body) - 1, one)

    def block(self, block, drawn, places):
        match block:
            case Heading():
                self.add(_heading(block, next(places)))
            case Paragraph():
                made = written(block.text, _STYLES[block.style])
                if self.begins_page and made[0].tag != qn("w:p"):
                    self.add(paragraph("AfterTable"))
                self.add(*made)
            case Bullets():
                self.add(*(paragraph("ListBullet", run(item.strip().split("\n"))) for item in block.items))
            case Listing():
                self.add(*listed(block.listed, "Normal"))
            case Facts() | Table():
                self.table(block)
            case Figure():
                self.caption(block.caption)
                width = word_styles.TEXT_WIDTH / 20 * block.share
                self.add(paragraph("Drawing", self.picture(next(drawn), block.alt, most=width)))
            case Beside():
                for one in block.blocks:
                    self.block(one, drawn, places)
            case PageBreak():
                self.begins_page = True

    def caption(self, text):
        if text:
            self.add(*paragraphs(text, "Caption"))

    def table(self, block):
        self.caption(block.caption)
        if not block.rows:
            self.add(*paragraphs(block.empty if isinstance(block, Table) else "", "Normal"))
            return
        if self.begins_page:
            self.add(paragraph("AfterTable"))
        self.add((word_tables.facts if isinstance(block, Facts) else word_tables.table)(block, self.shape))
        # Two tables without a paragraph between them would become one.
        after = paragraph("AfterTable")
        if getattr(block, "keeps_with_next", False):
            keep_with_next(after)
        self.add(after)

    def shape(self, rating):
        """Return the shape of a rating, which the word beside it says already."""
        return self.picture(pictures.rating(rating), "", width=11, lowered=2)

    def picture(self, png, alt, *, width=None, lowered=0, most=word_styles.TEXT_WIDTH / 20):
        """Return a run that holds the picture, at `most` so many points wide."""
        pixels = [int.from_bytes(png[at : at + 4], "big") for at in (16, 20)]
        shown = width or min(pixels[0] * 72 / pictures.PPI, most)
        number = next(self.numbers)
        if png not in self.shapes:
            self.shapes[png] = self.part.get_or_add_image(io.BytesIO(png))[0]
        size = Pt(shown), Pt(shown * pixels[1] / pixels[0])
        inline = CT_Inline.new_pic_inline(number, self.shapes[png], f"drawing-{number}.png", *size)
        decorate(inline, alt)
        place = element("rPr", element("position", val=round(-2 * lowered))) if lowered else None
        return element("r", place, element("drawing", inline))


def _heading(block, number):
    """Return the heading with the bookmark that the contents lead to."""
    start = element("bookmarkStart", id=number, name=_bookmark(number))
    return paragraph(
        f"Heading{block.level}", start, run(block.text.strip().split("\n")), element("bookmarkEnd", id=number)
    )


def _bookmark(number):
    return f"_Toc{number:09}"


def _contents(headings):
    """Return the contents as links with page numbers, which only Word knows: it fills them in as the file is opened."""
    entries = [
        paragraph(
            f"TOC{heading.level}",
            element(
                "hyperlink",
                run([" ".join(heading.text.split())]),
                element("r", element("tab")),
                field(f"PAGEREF {_bookmark(number)} \\h", "…"),
                anchor=_bookmark(number),
                history=1,
            ),
        )
        for number, heading in enumerate(headings, 1)
        if heading.level <= _IN_CONTENTS
    ]
    instruction = element("instrText")
    instruction.text = f'TOC \\o "1-{_IN_CONTENTS}" \\h \\z \\u'
    opening = mark("begin"), element("r", instruction), mark("separate")
    for at, part in enumerate(opening, 1):
        entries[0].insert(at, part)
    entries[-1].append(mark("end"))
    gallery = element("docPartObj", element("docPartGallery", val="Table of Contents"), element("docPartUnique"))
    title = paragraph("TOCHeading", run(["Contents"]))
    return element("sdt", element("sdtPr", gallery), element("sdtContent", title, *entries))


def _head_and_foot(section, document):
    """Put the title above each page but the first, the caveat and the page's number beneath every one."""
    _replace(section.header, paragraph("Header", run([" ".join(document.title.split())])))
    for foot in (section.footer, section.first_page_footer):
        number = [run(["Page "]), field("PAGE", str(document.first_page))]
        total = [] if document.first_page > 1 else [run([" of "]), field("NUMPAGES", "1")]
        _replace(foot, *paragraphs(document.caveat, "Footer"), paragraph("PageNumber", *number, *total))
    section._sectPr.append(element("pgNumType", start=document.first_page))


def _replace(place, *elements):
    place.is_linked_to_previous = False
    for old in list(place._element):
        place._element.remove(old)
    place._element.extend(elements)


def _properties(file, document):
    properties = file.core_properties
    properties.title, properties.author, properties.last_modified_by = (
        document.title[:255],
        *[document.author[:255]] * 2,
    )
    properties.keywords, properties.comments = ", ".join(document.keywords)[:255], ""
    properties.language, properties.revision = "en-GB", 1
    properties.created = properties.modified = datetime.combine(document.on, time(), UTC)
    # python-docx's own picture of an empty page.
    relations = file.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]


def _packed(file, on):
    """Return the file with every part dated alike."""
    saved, packed = io.BytesIO(), io.BytesIO()
    file.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            info = zipfile.ZipInfo(name, (max(on.year, 1980), on.month, on.day, 0, 0, 0))
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            archive.writestr(info, parts.read(name))
    return packed.getvalue()
