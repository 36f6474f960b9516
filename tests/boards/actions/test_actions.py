"""The action log: raised, reported on, closed, and what of it is read when."""

from datetime import date, timedelta

import pytest

from accounts.models import Event
from boards import actions
from boards.actions import action_log
from improvement.records.refusals import Conflict, Incomplete, Refused
from improvement.texts import days
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db

MARCH, APRIL, MAY = date(2011, 3, 14), date(2011, 4, 11), date(2011, 4, 26)


@pytest.fixture
def plan():
    return factories.plan()


@pytest.fixture
def march(plan):
    return factories.held(plan, MARCH)


@pytest.fixture
def april(plan, march):
    return factories.held(plan, APRIL)


def note(action, meeting, text="Half of it is done.", **more):
    return actions.note_progress(action=action, meeting=meeting, text=text, by=user("Olga Office"), at=AT, **more)


def closed(action, meeting, outcome="It is done."):
    action.refresh_from_db()
    return actions.close(
        action=action, version=action.version, meeting=meeting, outcome=outcome, by=user("Olga Office"), at=AT
    )


# Raising.


def test_raise_action_numbers_through_the_boards_actions(plan, march, april):
    about = plan.recommendations.get()
    first = factories.action(march, owner="", owner_post=factories.post(), recommendation=about)
    assert (first.number, first.owner, first.recommendation) == (1, "Head of Safeguarding", about)
    assert (first.original_due_on, first.due_on) == (date(2011, 3, 28), date(2011, 3, 28))
    assert factories.action(march, owner="", owner_post=factories.post(), recommendation=about) == first
    assert factories.action(april, "Another.").number == 2
    assert Event.objects.filter(what="action.raised").count() == 2


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"wording": " "}, {"wording": "Enter what needs to be done."}),
        ({"owner": " "}, {"owner": "Choose a post, or enter the seat or body, that will do it."}),
        (
            {"due_on": date(2011, 3, 13)},
            {"due_on": "The due date cannot be before the meeting that raises the action."},
        ),
    ],
)
def test_raise_action_refuses_what_does_not_fit(march, given, errors):
    with pytest.raises(Incomplete) as refusal:
        factories.action(march, **given)
    assert refusal.value.errors == errors


def test_an_action_may_be_due_on_the_day_of_the_meeting(march):
    action = factories.action(march, due_on=MARCH)
    assert note(action, march, due_on=MARCH).due_on == action.due_on == MARCH


@pytest.mark.parametrize("due_on", [date(1, 1, 1), date(9999, 12, 31)])
def test_no_action_is_due_on_a_day_that_no_calendar_holds(march, due_on):
    with pytest.raises(Incomplete) as refusal:
        factories.action(march, due_on=due_on)
    assert set(refusal.value.errors) == {"due_on"}
    with pytest.raises(Incomplete) as refusal:
        note(factories.action(march), march, due_on=due_on)
    assert refusal.value.errors == {"due_on": days.OUTSIDE}


def test_raise_action_takes_no_item_of_another_meeting(march, april):
    with pytest.raises(Refused, match="Choose an item on this meeting’s agenda"):
        factories.action(march, item=april.items.last())
    assert factories.action(march, item=march.items.last()).item == march.items.last()


@pytest.mark.parametrize(
    "other", [{"wording": "Another."}, {"owner": "A member"}, {"due_on": APRIL}, {"due_on": None}, {"item": True}]
)
def test_what_differs_in_one_thing_is_another_action(march, other):
    if "item" in other:
        other = {"item": march.items.last()}
    assert [factories.action(march).number, factories.action(march, **other).number] == [1, 2]


def test_raise_action_refuses_another_plans_recommendation(march):
    other = factories.plan(slug="other").recommendations.get()
    with pytest.raises(Refused, match="in the Board’s plan"):
        factories.action(march, recommendation=other)


# Reporting and closing.


def test_note_progress_adds_what_was_reported_with_the_new_date(march, april):
    action = factories.action(march)
    first = note(action, april, due_on=date(2011, 6, 1))
    assert note(action, april, due_on=date(2011, 6, 1)) == first
    action.refresh_from_db()
    assert (action.original_due_on, action.due_on, action.notes.count()) == (date(2011, 3, 28), date(2011, 6, 1), 1)
    note(action, april, "Nothing new.")
    action.refresh_from_db()
    assert action.due_on == date(2011, 6, 1)


def test_a_report_of_another_meeting_or_person_or_in_other_words_is_another_report(march, april):
    action = factories.action(march)
    first = note(action, march)
    assert note(action, april) != first
    by_another = actions.note_progress(action=action, meeting=march, text=first.text, by=user("Cass Chair"), at=AT)
    assert (by_another != first, action.notes.count()) == (True, 3)
    assert note(action, march, "The rest is done.").text == "The rest is done."


def test_a_new_date_is_not_before_the_meeting_that_agrees_it(march, april):
    with pytest.raises(Incomplete) as refusal:
        note(factories.action(march), april, due_on=APRIL - timedelta(days=1))
    assert refusal.value.errors == {"due_on": "The new date cannot be before the meeting that agrees it."}


def test_close_says_what_came_of_it_for_good(march, april):
    action = factories.action(march)
    row = closed(action, april)
    assert (row.closed_at, row.outcome, row.is_open) == (april, "It is done.", False)
    assert closed(action, april) == row  # a double click
    assert Event.objects.filter(what="action.closed").count() == 1
    for write in (lambda: note(action, april), lambda: closed(action, april, "Otherwise.")):
        with pytest.raises(Refused, match="The action was closed at the meeting of 11 April 2011"):
            write()


def test_a_report_and_an_outcome_say_something(march):
    action = factories.action(march)
    with pytest.raises(Incomplete, match="Enter the progress of the action"):
        note(action, march, " ")
    with pytest.raises(Incomplete, match="Say what was done, or why the action was dropped"):
        closed(action, march, " ")


def test_close_tells_of_a_report_that_came_first(march):
    action = factories.action(march)
    note(action, march)
    with pytest.raises(Conflict):
        actions.close(action=action, version=0, meeting=march, outcome="Done.", by=user("Olga Office"), at=AT)


def test_an_action_is_reported_on_at_the_meeting_that_raised_it_or_a_later_one(plan, march, april):
    action = factories.action(april)
    elsewhere = factories.held(factories.plan(slug="other"), MAY)
    for meeting in (march, elsewhere):
        for write in (note, closed):
            with pytest.raises(Refused, match="Choose the meeting that raised the action, or a later one"):
                write(action, meeting)


# The log.


def log(plan, on=date(2011, 5, 1)):
    return action_log.build(plan.board.actions.all(), on=on)


def test_the_log_tells_open_overdue_and_closed_apart(plan, march, april):
    factories.action(march, "Overdue.")
    factories.action(april, "Open.", due_on=date(2011, 6, 1))
    factories.action(april, "Without a date.", due_on=None)
    closed(factories.action(march, "Closed."), april)
    assert log(plan).counts() == [
        ("open", "Open", 3),
        ("overdue", "Overdue", 1),
        ("closed", "Closed", 1),
        ("all", "All", 4),
    ]
    assert [entry.action.wording for entry in log(plan).of("overdue")] == ["Overdue."]


@pytest.mark.parametrize(("days", "is_overdue"), [(0, False), (1, True)])
def test_an_action_is_overdue_from_the_day_after(plan, march, days, is_overdue):
    action = factories.action(march)
    entry = log(plan, action.due_on + timedelta(days=days)).entries[0]
    assert (entry.is_overdue, entry.status) == (is_overdue, "Overdue" if is_overdue else "Open")


def test_a_new_date_is_the_one_that_counts(plan, march, april):
    note(factories.action(march), april, due_on=date(2011, 6, 1))
    assert (log(plan).entries[0].due_on, log(plan).entries[0].is_overdue) == (date(2011, 6, 1), False)


def test_a_meeting_shows_the_actions_as_they_stood_when_it_ended(plan, march, april):
    may = factories.held(plan, MAY)
    first, second = factories.action(march, "First."), factories.action(march, "Second.")
    note(first, april, "Reported in April.", due_on=date(2011, 5, 30))
    closed(second, april)
    closed(first, may, "Done in May.")
    factories.action(april, "Third.")

    def told(meeting):
        return [
            [(entry.action.number, entry.status, len(entry.notes), entry.due_on) for entry in entries]
            for entries in action_log.of_meeting(meeting, meeting.board.actions.all(), on=date(2011, 5, 1))
        ]

    due = date(2011, 3, 28)
    assert told(march) == [[(1, "Open", 0, due), (2, "Open", 0, due)], []]
    assert told(april) == [
        [(3, "Open", 0, date(2011, 4, 25))],
        [(1, "Open", 1, date(2011, 5, 30)), (2, "Closed", 0, due)],
    ]
    assert told(may) == [[], [(1, "Closed", 1, date(2011, 5, 30)), (3, "Overdue", 0, date(2011, 4, 25))]]


@pytest.mark.parametrize(
    ("on", "now"), [(date(2011, 3, 28), ["Closed", ""]), (date(2011, 5, 1), ["Closed", "Overdue"]), (MARCH, ["", ""])]
)
def test_a_meeting_says_the_status_of_today_where_it_is_another(plan, march, april, on, now):
    closed(factories.action(march, "First."), april)
    factories.action(march, "Second.")
    raised, _ = action_log.of_meeting(march, march.board.actions.all(), on=on)
    assert [(entry.status, entry.status_now) for entry in raised] == [("Open", now[0]), ("Open", now[1])]


def test_the_log_takes_three_queries_however_long_it_is(plan, march, april, django_assert_num_queries):
    note(factories.action(march), april)
    with django_assert_num_queries(3):
        log(plan)
    for wording in ("Second.", "Third."):
        note(factories.action(march, wording), april)
    with django_assert_num_queries(3):
        log(plan)
