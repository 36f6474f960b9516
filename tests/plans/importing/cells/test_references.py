import pytest

from plans.importing.cells import references

TIDY = {
    "1 (a)": "1(a)",
    "3.2(b)": "3.2(b)",
    "1.1.": "1.1",
    "Action 1.1": "1.1",
    "No. 5": "5",
    "Rec 7": "7",
    "1/2": "1-2",
    "WS3P21WP1": "WS3P21WP1",
    "R 07": "R07",
    " Action 1.1 ": "1.1",
    "ABCDEFGHIJ": "ABCDEFGHIJ",
    "ABCDEFGHIJK": "",
    "[4]": "",
    "": "",
    "—": "",
    "The first recommendation": "",
}
BEFORE = {
    "1.1 Review who decides": ("1.1", "Review who decides"),
    "R7. Review": ("R7", "Review"),
    "3.2(b) Review": ("3.2(b)", "Review"),
    "3 social workers": ("3", "social workers"),
    "1) Review": ("1", "Review"),
    "Review 1.1": ("", "Review 1.1"),
    "2026 is the year": ("", "2026 is the year"),
}
NUMBERS = {
    "1 Leadership": 1,
    "1.2 Practice": 2,
    "Priority 3: Voice": 3,
    "Leadership": None,
    "2026 plan": None,
    " 4 Staff": 4,
    "0 Start": None,
}
LABELS = {
    "Priority 1: Leadership": "1",
    " 1 Leadership": "1",
    "Theme B – Staff": "B",
    "Leadership": "",
    "1.2 Practice": "",
}


@pytest.mark.parametrize(("printed", "tidy"), TIDY.items())
def test_a_printed_reference_is_tidied_or_cannot_be_one(printed, tidy):
    assert references.tidy(printed) == tidy


@pytest.mark.parametrize(("text", "found"), BEFORE.items())
def test_a_text_may_begin_with_its_reference(text, found):
    assert references.before(text) == found


@pytest.mark.parametrize(("title", "number"), NUMBERS.items())
def test_a_level_may_have_a_number(title, number):
    assert references.number(title) == number


@pytest.mark.parametrize(("title", "label"), LABELS.items())
def test_a_level_may_have_a_label(title, label):
    assert references.label(title) == label


def test_a_title_is_bare_without_the_spaces_around_it():
    assert (references.bare(" 1 Leadership ", "1"), references.bare(" Leadership ", "1")) == (
        "Leadership",
        "Leadership",
    )


def test_what_is_taken_is_free_no_more_in_any_case_and_what_is_made_goes_on_in_any():
    taken = references.Taken([])
    assert (taken.take("B.1"), taken.free("b.1"), taken.free("b.2")) == ("B.1", False, True)
    assert [taken.made(stem) for stem in ("b", "B", "b")] == ["b.2", "B.3", "b.4"]
    assert [taken.made("C", "-", 2), taken.made("c", "-", 2), taken.made("C")] == ["C-2", "c-3", "C.1"]


def test_a_number_leaves_the_title_only_if_it_is_kept_elsewhere():
    assert references.bare("1 Leadership", "1") == "Leadership"
    assert references.bare("1.2 Practice", "2", "1.2") == "Practice"
    assert references.bare("1.2 Practice", "2", "3.2") == "1.2 Practice"
    assert references.bare("Priority 1: Leadership", "1") == "Priority 1: Leadership"


def test_a_made_reference_is_free_whatever_its_case():
    taken = references.Taken(["a.1", "A.3"])
    assert [taken.made("A") for _ in range(3)] == ["A.2", "A.4", "A.5"]
