"""What the Board of Leeds asked and advised, as the demonstration tells it."""

from collections import Counter

import pytest
from django.utils import timezone

from boards.models import Advice, Challenge


@pytest.fixture
def questions(leeds):
    return list(Challenge.objects.whole())


def test_questions_stand_in_every_state_and_every_outcome(questions):
    assert Counter(row.state for row in questions) == {"concluded": 6, "answered": 2, "open": 1}
    assert {row.outcome for row in questions} == {"action", "date", "view", "none", ""}
    assert {row.about.reference for row in questions} == {"R07", "R10", "R14", "R22", "R36", "N03", "N07"}


def test_every_question_is_illustrative_and_in_the_mouth_of_no_person_whom_the_sources_name(leeds, questions):
    named = set(leeds.board.seats.exclude(person="").values_list("person", flat=True))
    surnames = {name.split()[-1] for name in named}
    for row in questions:
        assert row.source == "Illustrative: not in the sources"
        assert row.asked_name == "Board member"
        told = " ".join((row.question, row.answer, row.outcome_text, row.answered_name, row.concluded_name))
        assert {name for name in surnames if name in told} == set()


def test_a_question_follows_the_month_that_it_is_about_and_is_answered_before_its_meeting(questions):
    for row in questions:
        assert row.month is None or row.month.published_at < row.asked_at
        assert timezone.localdate(row.asked_at) <= row.meeting.held_on
        assert row.answered_at is None or timezone.localdate(row.answered_at) <= row.meeting.held_on
        assert row.concluded_at is None or timezone.localdate(row.concluded_at) > row.meeting.held_on


def test_an_action_that_came_of_a_question_is_about_the_same_and_was_raised_at_its_meeting(questions):
    raised = {row.number: (row.action.recommendation, row.action.raised_at) for row in questions if row.action}
    assert raised == {row.number: (row.recommendation, row.meeting) for row in questions if row.action}
    assert len(raised) == 3


def test_a_partner_without_an_account_is_answered_for_by_the_programme_office(questions):
    row = next(row for row in questions if row.about.reference == "R14")
    assert (row.answered_name, row.answered_for) == (
        "Programme office",
        "Designated Doctor, Child Protection, NHS Leeds",
    )


def test_a_date_that_changed_is_the_one_that_the_plan_records(leeds, questions):
    row = next(row for row in questions if row.outcome == "date")
    change = row.recommendation.due_date_changes.get(at__range=(row.answered_at, row.concluded_at))
    assert f"From {change.before:%-d %B} to {change.after:%-d %B %Y}" in row.outcome_text


def test_advice_is_what_the_sources_publish_each_with_its_reference(leeds):
    told = [(bool(row.response), bool(row.result), row.source[:5]) for row in Advice.objects.order_by("number")]
    assert told == [
        (True, False, "[003]"),
        (True, True, "[000]"),
        (True, True, "[004]"),
        (False, True, "[004]"),
    ]
    assert all("“" in row.wording for row in Advice.objects.all())
