"""Which rows say where a theme or an outcome begins, and what a row says of those beneath it."""

import pytest

from improvement.workbooks.grids import NOTHING, Seen
from plans.importing.cells.fields import Field
from plans.importing.lines import Line
from plans.importing.sections import Label, Sections, is_labelled, labelled

CHOSEN = {0: Field.RECOMMENDATION, 1: Field.LEAD, 2: Field.DUE}
FREE = {0: Field.NOTE, 1: Field.RECOMMENDATION, 2: Field.LEAD}


def line(*texts, number=2, bold=False, colour="", **more):
    cells = [Seen(text, text, colour, bold) if text else NOTHING for text in texts]
    return Line(number, cells, **more)


def sections(chosen=CHOSEN, *data, above=()):
    return Sections(chosen, data or [line("do it", "PSW", "May"), line("do more", "PSW", "May")], above)


@pytest.mark.parametrize(
    "text",
    ["Priority 1: Leadership", "Theme: Leadership", "Outcome A", "Priority area 2", "Work stream – care", "AIM 12"],
)
def test_a_text_begins_as_a_heading_of_a_level(text):
    assert is_labelled(text)


@pytest.mark.parametrize("text", ["", "Leadership", "Priority a", "Part of it", "Priority 123", f"Theme: {'a' * 293}"])
def test_a_text_begins_otherwise(text):
    assert not is_labelled(text)


LABELS = [
    (("", "Priority 1", "Leadership"), Label("Priority 1", "Leadership", 2, Field.NOTE, Field.THEME)),
    (("", "Outcome \n 1:", "Leadership"), Label("Outcome 1", "Leadership", 2, Field.NOTE, Field.OUTCOME)),
    (("", "Lead:", "Head of Service"), Label("Lead", "Head of Service", 2, Field.LEAD)),
    (("", "Lead: Head of Service", ""), Label("Lead", "Head of Service", 1, Field.LEAD)),
    (("", "Priority 1: Leadership", ""), None),
    (("Lead: Head of Service", "", ""), None),
    (("", "Lead", ""), None),
    (("", "Head of Service", "PSW"), None),
    (("", "Ref", "1.1"), None),
    (("", "Action", "do it"), None),
    (("a", "Lead", "Head of Service"), None),
    (("", "", ""), None),
]


@pytest.mark.parametrize(("texts", "label"), LABELS)
def test_a_row_may_be_a_label_and_its_text(texts, label):
    assert labelled(line(*texts), CHOSEN) == label


def test_the_text_stands_right_beside_its_label_however_far_that_reaches():
    assert labelled(line("Lead", "", "PSW"), {}) is None
    assert labelled(line("Lead", "May", "PSW", wide={0: 1}), {}) is None
    assert labelled(line("Lead", "", "PSW", wide={0: 1}), {}) == Label("Lead", "PSW", 2, Field.LEAD)


def test_a_row_beside_a_merged_cell_of_a_column_that_is_loaded_is_no_label():
    beside = line("a", "Lead", "PSW", repeated={0})
    assert labelled(beside, CHOSEN) is None
    assert labelled(beside, {3: Field.LEAD}) == Label("Lead", "PSW", 2, Field.LEAD)


def test_the_title_of_a_level_has_its_label_where_that_has_a_number():
    assert Label("Priority 1", "Better \n leadership", 1, Field.NOTE).title == "Priority 1: Better leadership"
    assert Label("Priority", "Leadership", 1, Field.NOTE).title == "Leadership"
    assert Label("Lead 2", "PSW", 1, Field.LEAD).title == "PSW"


HELD = [
    (CHOSEN, line("Leadership", "", "", bold=True), True),
    (CHOSEN, line("Leadership", "", "", colour="00B050"), True),
    (CHOSEN, line("LEADERSHIP", "", ""), True),
    (CHOSEN, line("Priority 1: Leadership", "", ""), True),
    (CHOSEN, line("Leadership", "", "", wide={0: 2}), True),
    (CHOSEN, line("Leadership", "", "", number=9), True),
    (CHOSEN, line("Better leadership", "", ""), False),
    (CHOSEN, line("SEND", "", ""), True),
    (CHOSEN, line("PSW", "", ""), False),
    (CHOSEN, line("Leadership", "PSW", "", bold=True), False),
    (CHOSEN, line("Leadership", "a", "", bold=True, repeated={1}), False),
    (CHOSEN, line("", "Head of Service", "", bold=True), False),
    ({}, line("Better leadership", "", ""), True),
    (FREE, line("Better leadership", "", ""), True),
    (FREE, line("Leadership", "", ""), False),
    (FREE, line("Leadership", "", "", bold=True), True),
    (FREE, line("", "Better leadership", ""), False),
    (FREE, line("", "Better leadership", "", bold=True), True),
    (FREE, line("", "", "Better leadership"), False),
    ({0: Field.THEME, 1: Field.RECOMMENDATION}, line("Better leadership", ""), False),
    ({0: Field.ACTION, 1: Field.RECOMMENDATION}, line("Better leadership", "", bold=True), False),
]


@pytest.mark.parametrize(("chosen", "row", "is_heading"), HELD)
def test_a_row_of_one_text_is_a_heading(chosen, row, is_heading):
    assert sections(chosen, above={9}).holds(row) is is_heading


def test_a_heading_looks_otherwise_than_most_of_its_column_does_beside_other_texts():
    bold = line("do it", "PSW", "", bold=True)
    loud, called = line("DO IT", "PSW", ""), line("Part 1", "PSW", "")
    alone = [line("Leadership", "", "")] * 9
    assert not sections(CHOSEN, bold, bold, line("do", "PSW", "")).holds(line("Leadership", "", "", bold=True))
    assert not sections(CHOSEN, bold).holds(line("Leadership", "", ""))
    assert not sections(CHOSEN, loud).holds(line("LEADERSHIP", "", ""))
    assert not sections(CHOSEN, called).holds(line("Priority 1", "", ""))
    assert sections(CHOSEN, bold, *alone).holds(line("Leadership", "", "", colour="00B050"))
    assert not sections(CHOSEN, bold, *alone).holds(line("Leadership", "", "", bold=True))


@pytest.mark.parametrize("text", ["LEADERSHIP", "Priority 1"])
def test_where_no_row_has_several_texts_a_heading_is_bold_loud_or_called_one(text):
    read = sections(CHOSEN, line("do it", "", ""))
    assert read.holds(line(text, "", ""))
    assert read.holds(line("Leadership", "", "", bold=True))
    assert not read.holds(line("Leadership", "", ""))


def test_headings_of_one_look_are_of_one_level_and_one_right_beneath_a_theme_is_an_outcome():
    theme, outcome, other = line("A b", bold=True), line("C d", colour="00B050"), line("Part 1: e", bold=True)
    read = sections()
    assert (read.is_beneath, read.level(theme), read.is_beneath) == (False, Field.THEME, True)
    assert read.level(outcome) is Field.OUTCOME
    read.go_on()
    assert [read.is_beneath, read.level(outcome), read.level(theme)] == [False, Field.OUTCOME, Field.THEME]
    read.go_on()
    assert read.level(other) is Field.THEME
    assert read.level(line("Part 2: f", bold=True)) is Field.THEME
    read.go_on()
    assert read.level(line("G h", colour="00B050")) is Field.OUTCOME


def test_headings_that_are_called_otherwise_are_of_other_levels():
    read, found = sections(), []
    for text in ("Priority 1", "Outcome 1", "Outcome 2", "Priority 2", "Objective 1"):
        found.append(read.level(line(text)))
        if text.startswith("O"):
            read.go_on()
    assert found == [Field.THEME, Field.OUTCOME, Field.OUTCOME, Field.THEME, Field.OUTCOME]


def test_two_headings_of_one_look_right_beneath_each_other_are_a_theme_and_its_outcome_where_no_other_is_one():
    heading = line("A b", bold=True)
    read = sections()
    assert [read.level(heading), read.level(heading)] == [Field.THEME, Field.OUTCOME]


def test_a_heading_that_was_read_elsewhere_counts_as_the_last():
    read = sections()
    read.note(Field.THEME)
    assert (read.is_beneath, read.level(line("A b", bold=True))) == (True, Field.OUTCOME)


def test_headings_stand_above_repeated_ones():
    assert [sections(above=above).has_headings for above in ((), {3})] == [False, True]
