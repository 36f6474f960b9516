from datetime import date

import pytest

from plans.models import Correction, MonthlyUpdate, ReportingMonth
from plans.months.narrative import tell, words
from tests import factories

OPEN = ReportingMonth()
PUBLISHED = ReportingMonth(published_at=factories.AT)


def told(answers):
    return {answer.field: answer.words for answer in answers}


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("rating", "amber", "Amber"),
        ("direction", "improving", "Improving"),
        ("green_by", date(2011, 3, 1), "1 March 2011"),
        ("proposed_due_on", "2011-12-31", "31 December 2011"),
        ("green_by", None, ""),
        ("progress", "As it was written.", "As it was written."),
    ],
)
def test_words_of_an_answer_are_as_it_is_read(field, value, expected):
    assert words(field, value) == expected


def test_tell_names_what_is_expected_and_what_says_something():
    update = MonthlyUpdate(month=OPEN, rating="red", cause="Too few trainers.")
    assert told(tell(update)) == {
        "rating": "Red",
        "direction": "",
        "progress": "",
        "impact": "",
        "next_steps": "",
        "remedy": "",
        "remedy_owner": "",
        "green_by": "",
        "cause": "Too few trainers.",
    }


def test_tell_leaves_the_path_to_green_out_of_a_green_draft():
    update = MonthlyUpdate(month=OPEN, rating="green", remedy="More trainers.")
    assert set(told(tell(update))) == {"rating", "direction", "progress", "impact", "next_steps"}


def test_tell_says_nothing_of_a_draft_in_a_published_month_but_what_came_too_late():
    update = MonthlyUpdate(month=PUBLISHED, status="draft", progress="Never to be read.")
    assert tell(update) == []
    (answer,) = tell(update, [Correction(field="progress", after="Came late.")])
    assert (answer.value, [item.words for item in answer.corrected]) == ("", ["Came late."])


def test_tell_of_what_is_carried_on_as_complete_is_its_rating():
    assert told(tell(MonthlyUpdate(month=OPEN, status="carried", rating="complete"))) == {"rating": "Complete"}
