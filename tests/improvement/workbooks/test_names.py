"""What rows are called: by the last part of a key where that is clear, and however it is typed where that is the same."""

import pytest

from improvement.workbooks.names import Names, meant

NAMES = Names([("2010", "S1"), ("2010", "S2"), ("2011", "S1"), ("2011", "Children’s voice"), ("2011", 7)])


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        (("2010", "S1"), ("2010", "S1")),
        (("2011", "Children's  voice"), ("2011", "Children’s voice")),
        (("2011", "Children‘s\u00a0voice\u200b"), ("2011", "Children’s voice")),
        (("2011", "children's voice"), None),
        (("2011", 7), ("2011", 7)),
        (("2012", "S1"), None),
    ],
)
def test_signs_and_spaces_make_no_other_name(typed, known):
    assert NAMES.spelled(typed) == known


@pytest.mark.parametrize(
    ("typed", "twin"),
    [
        (("2010", "s1"), ("2010", "S1")),
        (("2011", "CHILDREN'S VOICE"), ("2011", "Children’s voice")),
        (("2010", "S1"), None),
        (("2010", "S3"), None),
    ],
)
def test_case_makes_another_name_that_is_told(typed, twin):
    assert NAMES.twin(typed) == twin


@pytest.mark.parametrize(
    ("called", "keys"),
    [
        ("S2", [("2010", "S2")]),
        ("S1", [("2010", "S1"), ("2011", "S1")]),
        ("2011/S1", [("2011", "S1")]),
        ("Children's voice", [("2011", "Children’s voice")]),
        ("7", [("2011", 7)]),
        ("s2", []),
    ],
)
def test_a_cell_calls_a_row_by_its_last_part_or_by_all(called, keys):
    assert NAMES.named(called) == keys


def test_the_first_are_meant_before_others():
    names = Names([("2010", "S1"), ("2011", "S1")], first=[("2011", "S1")])
    assert (names.named("S1"), names.named("2010/S1")) == ([("2011", "S1")], [("2010", "S1")])


def test_what_is_called_so_is_named_so_again():
    keys = [("2011", "S1"), ("2010", "S2")]
    assert NAMES.called(keys) == ("2011/S1", "S2")
    assert [NAMES.named(called) for called in NAMES.called(keys)] == [[key] for key in keys]
    assert NAMES.ordered([*keys, *keys]) == (("2010", "S2"), ("2011", "S1"))


@pytest.mark.parametrize(
    ("called", "hint"),
    [
        ("t2", " “T2” and “t2” differ only in case. Write “T2”."),
        ("Head of Frnt Door", " Did you mean “Head of Front Door”?"),
        ("Nurse", ""),
    ],
)
def test_a_name_that_nobody_knows_has_a_hint(called, hint):
    assert meant(called, ["T1", "T2", "Head of Front Door"]) == hint
