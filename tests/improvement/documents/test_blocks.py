"""What a document refuses to be made of."""

from datetime import date

import pytest

from improvement.documents.blocks import Document, Figure, Heading, Table


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: Figure("<svg/>", " "), "A figure needs to say in words what it shows."),
        (lambda: Table("T", ["A", "B"], [["1"]]), "Each row and the widths of “T” need as many cells as its header."),
        (
            lambda: Table("T", ["A"], [], widths=[1, 2]),
            "Each row and the widths of “T” need as many cells as its header.",
        ),
        (lambda: Document(" ", [], [], date(2010, 11, 1)), "A document needs a title."),
        (
            lambda: Document("T", [], [Heading(1, "One"), Heading(3, "Three")], date(2010, 11, 1)),
            "The heading “Three” is empty, or a level is left out above it.",
        ),
        (
            lambda: Document("T", [], [Heading(2, "Two")], date(2010, 11, 1)),
            "The heading “Two” is empty, or a level is left out above it.",
        ),
        (
            lambda: Document("T", [], [Heading(1, "")], date(2010, 11, 1)),
            "The heading “” is empty, or a level is left out above it.",
        ),
    ],
)
def test_a_document_refuses_what_could_not_be_read_aloud(make, complaint):
    with pytest.raises(ValueError) as refusal:
        make()
    assert str(refusal.value) == complaint


def test_a_document_takes_a_level_up_again_after_a_deeper_one():
    blocks = [Heading(level, "H") for level in (1, 2, 3, 4, 2, 1, 2)]
    assert Document("T", [], blocks, date(2010, 11, 1)).blocks == blocks
