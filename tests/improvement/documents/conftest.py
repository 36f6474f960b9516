"""A document that has one of everything, and texts that nobody should have to be afraid of."""

from dataclasses import replace
from datetime import date

import pytest

from improvement.documents.blocks import (
    Bullets,
    Document,
    Facts,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Rating,
    Table,
)

SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 80 40' width='80' height='40'>"
    "<rect width='80' height='40' fill='#0f7a52'/></svg>"
)
ROWS = [[f"R{number:02}", Rating("red", "Red"), "See each child alone", str(number)] for number in range(1, 121)]
HOSTILE = {
    "typst": "#let x = 1; #panic() *b* _i_ $x$ @ref <label> `r` // c /* [",
    "backslashes": r"\ \n \u{1F600} \\",
    "long": "x" * 10_000,
    "emoji": "well done 😀",
    "control": "a\x00b\x1bc\ufffed\ud800e",
    "chinese": "漢字",
    "right to left": "שלום مرحبا \u202eevil",
    "xml": "<w:p> & ]]> &amp; \"'",
    "blank": " \r\n\r\n ",
    "table": "Before:\n| *a* | #b |\n| \\| <c> | |\n\nA\tB\n1\t" + "y" * 400 + "\nAfter.",
}


@pytest.fixture
def pack():
    """A pack of several pages; its last table runs over some of them."""
    return Document(
        title="Board pack, November 2010",
        lines=["Meeting of 18 November 2010", "Civic Hall"],
        on=date(2010, 11, 11),
        author="Programme office",
        caveat="Illustrative where the report gives no rating.",
        keywords=("pack", "board"),
        blocks=[
            Heading(1, "Summary"),
            Paragraph("Six are red.\nOne is late.\n\nNone was closed.", "lead"),
            Paragraph("Ratings are illustrative.", "caveat"),
            Paragraph("Source: [003] 3.4", "note"),
            Facts([("Originator", "Director"), ("Subject", "Progress")], caption="Cover sheet"),
            Bullets(["Two moved up – “R02” and “R05”…", "≥ 70% at the café"]),
            Figure(SVG, "One green block.", "Ratings by month"),
            PageBreak(),
            Heading(1, "Exceptions"),
            Heading(2, "Red"),
            Heading(3, "Paths to green"),
            Table("Every recommendation", ["Reference", "Rating", "Title", "Days late"], ROWS, numeric=frozenset({3})),
            Table("Decisions sought", ["Reference", "Decision"], []),
        ],
    )


@pytest.fixture
def corrected(pack):
    """A document with one rating that was corrected, in a table and among facts."""
    cell = Rating("green", "Green", Rating("amber", "Amber"))
    return replace(pack, blocks=[Table("Ratings", ["Reference", "Rating"], [["R01", cell]]), Facts([("Rating", cell)])])


@pytest.fixture(params=HOSTILE.values(), ids=HOSTILE)
def hostile(request):
    """A document that has the same hostile text wherever a text can stand."""
    text = request.param
    word = text if text.strip() else "Heading"
    blocks = [
        Heading(1, word),
        Paragraph(text),
        Bullets([text]),
        Facts([(text, text)], caption=text),
        Figure(SVG, word, text),
        Table(text, [text, "Rating"], [[text, Rating("red", text)], ["after", Rating(text, "Red")]]),
        Table(text, ["None"], [], empty=text),
        Paragraph("The end is reached."),
    ]
    made = Document(title=word, lines=[text], blocks=blocks, on=date(2010, 11, 11), author=text, caveat=text)
    return replace(made, keywords=(text,))
