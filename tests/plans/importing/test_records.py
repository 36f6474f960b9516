"""What is read of a plan is said once, and a title is found by its words or by its number."""

import pytest

from plans.importing.cells.fields import Field
from plans.importing.records import Entry, Record, Titles


def entry(text, place=0, field=Field.RECOMMENDATION):
    return Entry(f"A{place + 1}", "Heading", text, field, 1, place)


def test_a_record_says_the_text_of_a_column_once():
    record = Record("row 1", "Theme", "Outcome", entry("Listen."))
    for place, text in ((0, "Listen."), (0, "Listen."), (1, "Listen."), (0, "Act.")):
        record.add(entry(text, place))
    assert [(one.place, one.text) for one in record.entries] == [(0, "Listen."), (1, "Listen."), (0, "Act.")]
    assert (record.says(entry("Act.")), record.says(entry("Act.", 1))) == (True, False)


def test_a_record_gives_the_entries_of_the_fields_that_are_wanted_in_their_order():
    record = Record("row 1", "", "", entry("Listen."))
    for place, field in enumerate((Field.NOTE, Field.REFERENCE, Field.NOTE, Field.LEAD)):
        record.add(entry(f"Text {place}", place, field))
    assert [one.place for one in record.of(Field.NOTE, Field.LEAD)] == [0, 2, 3]
    assert record.of(Field.THEME) == []


TITLES = ("Priority 1: Help early", "2. Listen to children", "Theme B – Staff", "Partnership")


@pytest.fixture
def titles():
    found = Titles()
    assert [found.add(title) for title in TITLES] == [True] * len(TITLES)
    return found


def test_a_title_is_new_once_however_it_is_spelt(titles):
    assert (titles.add("PARTNERSHIP"), titles.add("Partnerships")) == (False, True)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("  partnership ", "Partnership"),
        ("PRIORITY 1", "Priority 1: Help early"),
        ("Priority 1.", "Priority 1: Help early"),
        ("2", "2. Listen to children"),
        ("2.", "2. Listen to children"),
        ("Theme B", "Theme B – Staff"),
        ("Something   else", "Something else"),
        ("3", "3"),
    ],
)
def test_a_cell_means_the_title_of_its_words_or_of_its_number(titles, text, title):
    assert titles.meant(text) == title


def test_the_first_of_two_titles_with_one_number_keeps_it(titles):
    titles.add("Priority 1: Something else")
    assert titles.meant("Priority 1") == "Priority 1: Help early"
