"""The reference of each recommendation: as printed, told apart, or made."""

import pytest

from plans.importing.cells.fields import Field
from plans.importing.numbering import named
from plans.importing.records import Entry, Record

THEMES = {"Help": 1, "Staff": 2}


def record(number, wording="Listen.", reference=None, theme="Help"):
    made = Record(f"row {number}", theme, "", Entry(f"B{number}", "Action", wording, Field.RECOMMENDATION, number, 1))
    if reference is not None:
        made.add(Entry(f"A{number}", "Ref", reference, Field.REFERENCE, number, 0))
    return made


def told(*records):
    found, remarks = named(records, THEMES)
    return [one.reference for one in found], [(one.cell, one.sentence, one.is_understood) for one in remarks]


def test_what_is_printed_in_a_column_of_its_own_is_kept():
    assert told(record(1, reference="R1"), record(2, reference="R2")) == (["R1", "R2"], [])


def test_what_most_wordings_begin_with_is_their_reference_and_no_part_of_them():
    records = [record(number, f"{number}. Do matter {number}.") for number in (1, 2, 3)]
    found, remarks = named(records, THEMES)
    assert [(one.reference, one.wording) for one in found] == [
        (str(number), f"Do matter {number}.") for number in (1, 2, 3)
    ]
    assert remarks == []


@pytest.mark.parametrize(
    "wordings",
    [
        ("12 posts are filled.", "Listen.", "Act."),
        ("1. Listen.", "Act."),  # half is not most
        ("1. Listen.", "1. Act.", "1. Do."),  # the same number again and again is none
    ],
)
def test_a_number_that_few_wordings_begin_with_is_a_part_of_them(wordings):
    records = [record(number, wording) for number, wording in enumerate(wordings, 1)]
    found, _ = named(records, THEMES)
    assert [one.wording for one in found] == list(wordings)
    assert [one.reference for one in found] == [f"1.{number}" for number in range(1, len(wordings) + 1)]


def test_references_that_begin_again_in_each_theme_get_its_number():
    sentence = "The references begin again in each theme, so the theme’s number was put before them."
    records = [record(1, reference="1"), record(2, reference="2"), record(3, reference="1", theme="Staff")]
    assert told(*records) == (["1.1", "1.2", "2.1"], [("", sentence, True)])
    lettered = [record(1, reference="A1"), record(2, reference="A1", theme="Staff")]
    assert told(*lettered)[0] == ["A1.1", "A1.2"]


def test_rows_one_below_the_other_that_share_a_reference_get_one_each():
    records = [record(1, reference="R7"), record(2, reference="R7"), record(3, reference="R8")]
    why = "Several rows have the reference R7. {} was made for it."
    assert told(*records) == (
        ["R7.1", "R7.2", "R8"],
        [("A1", why.format("R7.1"), True), ("A2", why.format("R7.2"), True)],
    )


def test_of_rows_apart_that_share_a_reference_the_first_keeps_it():
    records = [record(1, reference="R7"), record(2, reference="R8"), record(3, reference="r7")]
    assert told(*records) == (
        ["R7", "R8", "r7-2"],
        [("A3", "Several rows have the reference r7. r7-2 was made for it.", False)],
    )


def test_rows_without_any_are_told_in_one_sentence():
    assert told(record(1), record(2, theme="Staff")) == (
        ["1.1", "2.1"],
        [("", "No row has a reference. References were made for row 1: 1.1, row 2: 2.1.", True)],
    )
    assert told(record(1, reference="R1"), record(2))[1] == [("", "References were made for row 2: 1.1.", True)]
    [(_, sentence, _)] = told(*(record(number) for number in range(1, 13)))[1]
    assert sentence.endswith("row 10: 1.10 and 2 more.")
    [(_, sentence, _)] = told(*(record(number) for number in range(1, 11)))[1]
    assert sentence.endswith("row 10: 1.10.")


def test_a_cell_that_can_be_no_reference_is_named_with_what_was_made():
    assert told(record(1, reference="R1"), record(2, reference="???")) == (
        ["R1", "1.1"],
        [("A2", "This cannot be a reference. 1.1 was made for it.", False)],
    )


def test_what_is_made_is_taken_by_no_other_row():
    references, _ = told(record(1, reference="1.1"), record(2), record(3, reference="1.2"), record(4))
    assert references == ["1.1", "1.3", "1.2", "1.4"]


@pytest.mark.parametrize(("numbers", "is_numbered"), [((1, 2, 3, 4, 4), False), ((1, 2, 3, 4, 5, 5), True)])
def test_numbers_before_wordings_are_references_where_more_than_four_in_five_differ(numbers, is_numbered):
    records = [record(place, f"{number}. Do it.") for place, number in enumerate(numbers, 1)]
    found, _ = named(records, THEMES)
    assert {one.wording for one in found} == (
        {"Do it."} if is_numbered else {f"{number}. Do it." for number in numbers}
    )


def test_a_letter_with_a_number_before_one_wording_is_its_reference():
    found, _ = named([record(1, "R7. Review."), record(2), record(3)], THEMES)
    assert [(one.reference, one.wording) for one in found] == [
        ("R7", "Review."),
        ("1.1", "Listen."),
        ("1.2", "Listen."),
    ]


def test_references_with_letters_among_them_are_told_apart_by_theme_too():
    rows = [("1", "Help"), ("A", "Help"), ("1", "Staff"), ("A", "Staff")]
    records = [record(number, reference=text, theme=theme) for number, (text, theme) in enumerate(rows, 1)]
    assert told(*records)[0] == ["1.1", "1.A", "2.1", "2.A"]


@pytest.mark.parametrize(("reference", "made"), [("ABCDEF", ["ABCDEF.1", "ABCDEF.2"]), ("ABCDEFG", ["1.1", "1.2"])])
def test_a_reference_that_leaves_no_room_for_a_number_is_not_made_longer(reference, made):
    assert told(record(1, reference=reference), record(2, reference=reference))[0] == made
