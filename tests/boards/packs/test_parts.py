"""What is new in a section: part by part, and in a list row by row."""

from dataclasses import replace

import pytest

from boards.packs.pack_document.parts import Section
from improvement.documents.blocks import Facts, Heading, Paragraph, Table

TOP, BELOW = Heading(1, "Agenda"), Heading(2, "Papers")
LEAD, NOTE = Paragraph("On Monday."), Paragraph("As of today.", "note")
FIRST, SECOND, CHANGED = ("1", "First"), ("2", "Second"), ("1", "First, changed")


def items(*rows, **rest):
    return Table("Items", ("No.", "Title"), rows, **rest)


def section(*blocks):
    return Section("agenda", "Agenda", (TOP, *blocks))


OLD = section(LEAD, items(FIRST), BELOW, Paragraph("None."))
NEW = "Items: new or changed"


@pytest.mark.parametrize(
    ("now", "news"),
    [
        (OLD, None),
        (section(LEAD, NOTE, items(FIRST), BELOW, Paragraph("None.")), None),
        (section(LEAD, items(FIRST), BELOW, Paragraph("One.")), (TOP, BELOW, Paragraph("One."))),
        (section(LEAD, items(FIRST, SECOND)), (TOP, LEAD, replace(items(SECOND), caption=NEW))),
        (section(LEAD, items(CHANGED)), (TOP, LEAD, items(CHANGED))),
        (section(LEAD, items(CHANGED, FIRST)), (TOP, LEAD, replace(items(CHANGED), caption=NEW))),
        (section(LEAD, items()), (TOP, LEAD, items())),
        (section(items(FIRST)), None),
        (section(Paragraph("On Tuesday."), items(FIRST)), (TOP, Paragraph("On Tuesday."))),
    ],
)
def test_a_section_tells_what_is_new_in_it_and_of_a_list_its_new_rows(now, news):
    found = now.since(OLD.digests)
    assert (found and found.blocks) == news


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (items(FIRST, numeric=frozenset({0})), items(FIRST, SECOND, numeric=frozenset({0}))),
        (replace(items(FIRST), caption=""), replace(items(FIRST, SECOND), caption="")),
        (Facts([("Lead", "Ada")]), Facts([("Lead", "Ada"), ("Due", "May")])),
    ],
)
def test_figures_and_what_has_no_caption_are_told_whole(before, now):
    assert section(now).since(section(before).digests).blocks == (TOP, now)


def test_a_part_that_was_told_before_its_units_were_named_is_told_whole():
    known = {name: digest for name, digest in OLD.digests.items() if digest}
    now = section(LEAD, items(FIRST, SECOND))
    assert now.since(known).blocks == now.blocks
    assert OLD.since(known) is None


def test_what_is_told_since_is_known_afterwards():
    now = section(LEAD, items(FIRST, SECOND))
    assert now.since(OLD.digests | now.changed(OLD.digests)) is None
