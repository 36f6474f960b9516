import pytest

from plans.importing.cells.fields import DONE, LABELS, MIDDLE, STATED, STEP, TOP, Field, is_bare, is_phrase, plain, said

SAYS = {
    "No.": Field.REFERENCE,
    "Ref": Field.REFERENCE,
    "Action No": Field.REFERENCE,
    "Lead": Field.LEAD,
    "Responsible officer (action lead)": Field.LEAD,
    "Work Stream Lead(s)": Field.LEAD,
    "Action owner": Field.LEAD,
    "Who?": Field.LEAD,
    "Senior responsible officer (accountable)": Field.ACCOUNTABLE,
    "SRO": Field.ACCOUNTABLE,
    "Due date": Field.DUE,
    "Target Date": Field.DUE,
    "By When": Field.DUE,
    "Timescale for completion": Field.DUE,
    "Provisional start date": Field.START,
    "Status": Field.STATUS,
    "R/A/G": Field.RATING,
    "BRAG": Field.RATING,
    "Action RAG": Field.RATING,
    "Impact rating": Field.RATING,
    "Reason for Amber": Field.REASON,
    "November progress update": Field.PROGRESS,
    "Update – October 2026": Field.PROGRESS,
    "What we did": Field.PROGRESS,
    "Success criteria": Field.SUCCESS,
    "What does success look like?": Field.SUCCESS,
    "How will we know?": Field.SUCCESS,
    "The difference this will make": Field.IMPACT,
    "Expected impact": Field.IMPACT,
    "Where are we now": Field.BASELINE,
    "Monitoring and Evaluation": Field.EVIDENCE,
    "Evidence of impact": Field.EVIDENCE,
    "Date achieved": Field.COMPLETED,
    "Ofsted Para No.": Field.FINDING,
    "Comments": Field.NOTE,
    "Unit #": Field.REFERENCE,
}
LEVELS = {
    "Area for improvement": TOP,
    "Area for priority action": TOP,
    "ASW": TOP,
    "Workstream": TOP,
    "Objective": MIDDLE,
    "What we want": MIDDLE,
    "Outcome": MIDDLE,
    "Recommendation": STATED,
    "Action": DONE,
    "What we will do": DONE,
    "Milestone": STEP,
    "Key steps": STEP,
}


@pytest.mark.parametrize(("heading", "field"), SAYS.items())
def test_a_heading_says_what_its_column_holds(heading, field):
    assert (said(heading).field, said(heading).is_known) == (field, True)


@pytest.mark.parametrize(("heading", "level"), LEVELS.items())
def test_a_heading_says_what_kind_of_level_its_column_is(heading, level):
    assert (said(heading).field, said(heading).level, said(heading).is_known) == (None, level, True)


@pytest.mark.parametrize("heading", ["", "Bereich", "Nov 2026"])
def test_a_heading_may_say_nothing(heading):
    assert not said(heading).is_known


@pytest.mark.parametrize(
    "heading",
    [
        "November progress update",
        "Update – October 2026",
        "Objective 2025/26",
        "Q2",
        "Quarter 1",
        "Qtr 1",
        "Period 3",
        "Month 3",
        "Week 3",
        "24/25",
        "Update 31/03",
        "05.11.26",
    ],
)
def test_a_heading_may_be_dated(heading):
    assert said(heading).is_dated


@pytest.mark.parametrize("heading", ["", "Progress update", "Stage 2", "Objective 1", "Decision", "Market"])
def test_a_heading_without_a_month_or_a_year_is_not_dated(heading):
    assert not said(heading).is_dated


@pytest.mark.parametrize("heading", ["No.", "Lead", "Priority", "November progress update", "Action 3", "#"])
def test_a_heading_may_be_a_known_phrase_and_nothing_more(heading):
    assert is_phrase(heading)


@pytest.mark.parametrize("heading", ["", "Lead on this", "Priority for us", "Bereich"])
def test_a_heading_of_more_words_or_of_others_is_no_known_phrase(heading):
    assert not is_phrase(heading)


def test_a_heading_is_bare_without_a_number():
    assert [is_bare(heading) for heading in ("Priority", "Area: B", "Lead’s", "Priority 1", "May")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_headings_are_compared_without_marks_and_months():
    assert plain("November 2026: Progress – update?") == plain("progress update")


def test_every_field_has_a_label():
    assert set(LABELS) == set(Field)
