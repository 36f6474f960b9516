"""A meeting from its planning to the agreement of its minutes: what each write does, and what it refuses."""

from datetime import date, time

import pytest

from accounts.models import Event
from boards import meetings, papers
from boards.locking import AGREED
from boards.meetings.agenda import ANNOUNCED
from boards.models import AgendaItem, Meeting, Paper
from improvement.records.refusals import Conflict, Incomplete, Refused
from improvement.texts import days
from plans.models import Revision
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db

APRIL, MAY = date(2011, 4, 11), date(2011, 5, 9)


def office():
    return {"by": user("Olga Office"), "at": AT}


def titles(meeting):
    return list(meeting.items.values_list("position", "title"))


def whats():
    return list(Event.objects.filter(what__startswith="meeting.").order_by("pk").values_list("what", flat=True))


# Planning.


def test_plan_meeting_begins_a_first_agenda_empty(plan):
    meeting = meetings.plan_meeting(board=plan.board, held_on=MAY, **office())
    assert (titles(meeting), whats()) == ([], ["meeting.planned"])


def test_plan_meeting_carries_over_what_stands_after_the_minutes_and_the_action_log(plan, held):
    meetings.add_item(meeting=held, title="Monthly report", purpose="To challenge", is_standing=True, **office())
    meeting = meetings.plan_meeting(board=plan.board, held_on=MAY, **office())
    assert titles(meeting) == [(1, "Minutes of the last meeting"), (2, "Action log"), (3, "Monthly report")]
    assert meeting.items.get(position=3).purpose == "To challenge"
    assert list(meeting.papers.values_list("page", "tabled_at")) == [("minutes", None), ("actions", None)]
    meetings.add_item(meeting=meeting, title="Risks", is_standing=True, **office())
    following = meetings.plan_meeting(board=plan.board, held_on=date(2011, 6, 6), **office())
    assert titles(following) == titles(meeting) != titles(held)
    assert list(following.papers.values_list("page", flat=True)) == ["minutes", "actions"]


def test_plan_meeting_carries_over_pages_and_no_files(plan, held):
    item = meetings.add_item(meeting=held, title="Monthly report", is_standing=True, **office())
    factories.paper(held, item=item)
    papers.add(meeting=held, item=item, title="Dashboard", page="dashboard", **office())
    meeting = meetings.plan_meeting(board=plan.board, held_on=MAY, **office())
    assert set(meeting.papers.values_list("page", flat=True)) == {"minutes", "actions", "dashboard"}


def test_plan_meeting_carries_over_from_the_last_meeting_before_it_and_not_from_a_later_one(plan):
    factories.meeting(plan, date(2011, 6, 6))
    assert titles(meetings.plan_meeting(board=plan.board, held_on=MAY, **office())) == []


def test_plan_meeting_twice_plans_it_once(plan):
    first = meetings.plan_meeting(board=plan.board, held_on=MAY, place="Civic Hall", **office())
    assert meetings.plan_meeting(board=plan.board, held_on=MAY, place=" Civic Hall ", **office()) == first
    assert whats() == ["meeting.planned"]


def test_plan_meeting_refuses_a_second_meeting_on_the_day(plan):
    meetings.plan_meeting(board=plan.board, held_on=MAY, **office())
    with pytest.raises(Refused, match="already has a meeting on that day") as refusal:
        meetings.plan_meeting(board=plan.board, held_on=MAY, place="Elsewhere", **office())
    assert refusal.value.field == "held_on"


def test_plan_meeting_refuses_the_day_of_one_that_was_changed_since(plan):
    first = meetings.plan_meeting(board=plan.board, held_on=MAY, place="Civic Hall", **office())
    for place in ("Elsewhere", "Civic Hall"):
        first.refresh_from_db()
        details = {"held_on": MAY, "starts_at": None, "place": place, "note": ""}
        meetings.change_details(meeting=first, version=first.version, **details, **office())
    with pytest.raises(Refused, match="already has a meeting on that day"):
        meetings.plan_meeting(board=plan.board, held_on=MAY, place="Civic Hall", **office())


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_no_meeting_is_on_a_day_that_no_calendar_holds(plan, day):
    meeting = factories.meeting(plan)
    for write in (
        lambda: meetings.plan_meeting(board=plan.board, held_on=day, **office()),
        lambda: meetings.change_details(
            meeting=meeting, version=meeting.version, **DETAILS | {"held_on": day}, **office()
        ),
    ):
        with pytest.raises(Refused) as refusal:
            write()
        assert (str(refusal.value), refusal.value.field) == (days.OUTSIDE, "held_on")


DETAILS = {"held_on": MAY, "starts_at": time(14, 30), "place": "Civic Hall", "note": "Bring the plan."}


def test_change_details_changes_day_time_place_and_note(plan):
    meeting = factories.meeting(plan, APRIL)
    row = meetings.change_details(meeting=meeting, version=meeting.version, **DETAILS, **office())
    assert (row.held_on, row.starts_at, row.place, row.note) == tuple(DETAILS.values())
    again = DETAILS | {"place": " Civic Hall ", "note": " Bring the plan. "}
    assert meetings.change_details(meeting=row, version=0, **again, **office()) == row  # a double click


def test_change_details_refuses_another_day_once_the_agenda_is_published(plan, held):
    with pytest.raises(Refused, match="published for that day") as refusal:
        meetings.change_details(meeting=held, version=held.version, **DETAILS, **office())
    assert refusal.value.field == "held_on"


def test_change_details_changes_the_place_once_the_agenda_is_published(plan, held):
    row = meetings.change_details(meeting=held, version=held.version, **DETAILS | {"held_on": APRIL}, **office())
    assert (row.held_on, row.place) == (APRIL, "Civic Hall")


def test_change_details_refuses_a_day_that_is_taken(plan, held):
    meeting = factories.meeting(plan, MAY)
    with pytest.raises(Refused, match="already has a meeting on that day"):
        meetings.change_details(meeting=meeting, version=meeting.version, **DETAILS | {"held_on": APRIL}, **office())


def test_change_details_tells_of_a_conflict(plan):
    meeting = factories.meeting(plan, MAY)
    meetings.change_details(meeting=meeting, version=0, **DETAILS, **office())
    with pytest.raises(Conflict) as conflict:
        meetings.change_details(meeting=meeting, version=0, **DETAILS | {"place": "Elsewhere"}, **office())
    assert conflict.value.current.place == "Civic Hall"


# The month.


def test_receive_month_lays_a_published_month_before_the_meeting(plan, held):
    month = factories.published(factories.month(plan, 4))
    assert meetings.receive_month(meeting=held, month=month, **office()).month == month
    meetings.receive_month(meeting=held, month=month, **office())
    assert whats().count("meeting.received_month") == 1


def test_receive_month_refuses_what_is_not_published_or_not_of_the_plan(plan, held):
    is_open = factories.month(plan, 4)
    of_another_plan = factories.published(factories.month(factories.plan(slug="other"), 4))
    published_later = factories.published(is_open, at=later(days=1))
    for month in (is_open, of_another_plan, published_later):
        with pytest.raises(Refused, match="a published month of the Board’s plan"):
            meetings.receive_month(meeting=held, month=month, **office())


def test_receive_month_takes_what_is_published_at_that_moment(plan, held):
    month = factories.published(factories.month(plan, 4))
    assert (
        meetings.receive_month(meeting=held, month=month, by=user("Olga Office"), at=month.published_at).month == month
    )


# The agenda.


def test_add_item_puts_it_at_the_end_and_once(plan):
    meeting = factories.meeting(plan)
    first = meetings.add_item(meeting=meeting, title="Audits", **office())
    assert meetings.add_item(meeting=meeting, title="Audits", **office()) == first
    assert titles(meeting) == [(1, "Item of 9 May"), (2, "Audits")]


def test_an_item_needs_a_title(plan):
    meeting = factories.meeting(plan)
    with pytest.raises(Incomplete) as refusal:
        meetings.add_item(meeting=meeting, title=" ", **office())
    assert refusal.value.errors == {"title": "Enter a title for the item."}


WORDS = {"title": "Audits of files", "purpose": "To note", "presented_by": "Head of Safeguarding", "is_standing": True}


def test_change_item_changes_its_words_after_publication_too(plan, held):
    item = held.items.get()
    row = meetings.change_item(item=item, version=0, **WORDS, **office())
    assert (row.title, row.is_standing, row.version) == ("Audits of files", True, 1)
    assert meetings.change_item(item=item, version=0, **WORDS, **office()).version == 1
    with pytest.raises(Conflict):
        meetings.change_item(item=item, version=0, **WORDS | {"title": "Another"}, **office())


@pytest.mark.parametrize(
    ("position", "order"),
    [(1, "3124"), (2, "1324"), (3, "1234"), (4, "1243"), (0, "3124"), (99, "1243")],
)
def test_move_item_moves_it_to_a_position(plan, position, order):
    meeting = meetings.plan_meeting(board=plan.board, held_on=MAY, **office())
    for title in "1234":
        meetings.add_item(meeting=meeting, title=title, **office())
    item = meeting.items.get(title="3")
    for _ in range(2):  # a double click
        meetings.move_item(item=item, position=position, **office())
    assert "".join(title for _, title in titles(meeting)) == order
    assert [number for number, _ in titles(meeting)] == [1, 2, 3, 4]


def test_remove_item_leaves_its_papers_with_the_meeting(plan):
    meeting = factories.meeting(plan)
    meetings.add_item(meeting=meeting, title="Audits", **office())
    item = meeting.items.first()
    paper = factories.paper(meeting, item=item)
    for _ in range(2):
        meetings.remove_item(item=item, **office())
    paper.refresh_from_db()
    assert (titles(meeting), paper.item) == ([(1, "Audits")], None)
    assert whats().count("meeting.item_removed") == 1


CLOSED = {"restricted_because": "Personal information.", "excludes_observers": True}


@pytest.mark.parametrize(
    ("own", "is_removed"), [({}, False), ({"restricted_because": "Staff."}, False), (CLOSED, True)]
)
def test_remove_item_opens_no_paper_that_only_the_item_closed(plan, own, is_removed):
    meeting = factories.meeting(plan)
    item = meetings.add_item(meeting=meeting, title="Staffing", **CLOSED, **office())
    paper = factories.paper(meeting, "Absence", item=item, **own)
    if is_removed:
        meetings.remove_item(item=item, **office())
    else:
        with pytest.raises(Refused, match="Restrict these papers as the item is, or move them to another item"):
            meetings.remove_item(item=item, **office())
    paper.refresh_from_db()
    assert (paper.item is None) is is_removed
    assert meeting.items.filter(pk=item.pk).exists() is not is_removed


def test_remove_item_refuses_in_words_what_something_belongs_to(plan):
    held = factories.meeting(plan, date(2011, 4, 11))
    item = held.items.get()
    asked = factories.challenge(plan, meeting=held)
    advised = factories.advice(plan.board, meeting=held)
    for thing in (asked, advised):
        type(thing).objects.filter(pk=thing.pk).update(item=item)
        with pytest.raises(Refused, match="is linked to this item"):
            meetings.remove_item(item=item, **office())
        type(thing).objects.filter(pk=thing.pk).update(item=None)
    meetings.remove_item(item=item, **office())


def test_a_published_agenda_keeps_its_numbers(plan, held):
    item = held.items.get()
    for write, more in ((meetings.move_item, {"position": 1}), (meetings.remove_item, {})):
        with pytest.raises(Refused) as refusal:
            write(item=item, **more, **office())
        assert str(refusal.value) == ANNOUNCED
    assert meetings.add_item(meeting=held, title="Late", **office()).position == 2


def test_publish_agenda_tables_the_papers_that_are_chosen(plan):
    meeting = factories.meeting(plan)
    chosen, other = factories.paper(meeting, "Chosen"), factories.paper(meeting, "Other")
    row = factories.announced(meeting, papers=[chosen])
    assert (row.agenda_published_at, row.agenda_published_by.name) == (AT, "Olga Office")
    assert [paper.title for paper in Paper.objects.tabled()] == ["Chosen"]
    assert factories.announced(meeting, at=later(days=1), papers=[other]).agenda_published_at == AT
    assert whats().count("meeting.agenda_published") == 1


def test_publish_agenda_tables_no_paper_of_another_meeting(plan):
    meeting, other = factories.meeting(plan), factories.meeting(plan, APRIL)
    with pytest.raises(Refused, match="Choose papers of this meeting") as refusal:
        factories.announced(meeting, papers=[factories.paper(other)])
    meeting.refresh_from_db()
    assert (refusal.value.field, meeting.is_announced) == ("papers", False)


def test_publish_agenda_refuses_an_empty_one(plan):
    meeting = meetings.plan_meeting(board=plan.board, held_on=MAY, **office())
    with pytest.raises(Refused, match="Add an item to the agenda first"):
        factories.announced(meeting)


@pytest.mark.parametrize("change", ["item", "paper", "details"])
def test_publish_agenda_refuses_what_has_changed_since_it_was_checked(plan, change):
    meeting = factories.meeting(plan)
    seen = meetings.publishing(meeting)
    match change:
        case "item":
            meetings.change_item(item=meeting.items.get(), version=0, **WORDS, **office())
        case "paper":
            factories.paper(meeting)
        case "details":
            meetings.change_details(meeting=meeting, version=0, **DETAILS, **office())
    with pytest.raises(Refused, match="has changed since you checked it"):
        meetings.publish_agenda(meeting=meeting, seen=seen, **office())
    meeting.refresh_from_db()
    assert meetings.publish_agenda(meeting=meeting, seen=meetings.publishing(meeting), **office()).is_announced


def test_publish_agenda_publishes_nothing_where_a_paper_cannot_be_tabled(plan):
    meeting = factories.meeting(plan)
    paper = papers.add(meeting=meeting, title="Dashboard", page="dashboard", **office())
    with pytest.raises(Refused, match="“Dashboard” cannot be tabled yet"):
        factories.announced(meeting, papers=[paper])
    meeting.refresh_from_db()
    assert not meeting.is_announced


# Attendance.


def seats(meeting):
    chair, member, observer = meeting.board.seats.order_by("pk")
    return {chair: ("present", ""), member: ("deputy", "Dan Deputy"), observer: ("apologies", "")}


def record(meeting, told, **more):
    return meetings.record_attendance(meeting=meeting, version=meeting.version, seats=told, **office() | more)


def test_record_attendance_stamps_the_names_and_places_of_the_day(held):
    held.board.seats.filter(role="chair").update(position=7)
    told = seats(held)
    record(held, told | {held.board.seats.get(user=user("Mo Member")): ("deputy", " Dan Deputy ")})
    held.board.seats.filter(role="chair").update(person="Somebody Else", position=0)
    lines = [(line.position, line.name, line.presence, line.deputy_name) for line in held.attendance.all()]
    assert lines == [
        (0, "Mo Member", "deputy", "Dan Deputy"),
        (0, "Obi Observer", "apologies", ""),
        (7, "Cass Chair", "present", ""),
    ]


def test_record_attendance_twice_changes_nothing(held):
    version = record(held, seats(held)).version
    assert record(held, seats(held)).version == version
    assert whats().count("meeting.attendance_recorded") == 1


def test_record_attendance_can_be_put_right_and_taken_back(held):
    told = seats(held)
    row = record(held, told)
    chair, member, observer = told
    record(row, {chair: ("absent", ""), member: ("", ""), observer: ("apologies", "")})
    recorded = sorted(held.attendance.values_list("name", "presence"))
    assert recorded == [("Cass Chair", "absent"), ("Obi Observer", "apologies")]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (("deputy", " "), ("deputy", "Cass Chair: enter the deputy who attended.")),
        (("present", "Dan"), ("deputy", "Cass Chair: enter a deputy only if one attended.")),
        (("", "Dan"), ("deputy", "Cass Chair: enter a deputy only if one attended.")),
        (("late", ""), ("presence", "Cass Chair: choose whether they attended.")),
    ],
)
def test_record_attendance_refuses_what_does_not_fit(held, answer, error):
    chair = held.board.seats.get(role="chair")
    with pytest.raises(Incomplete) as refusal:
        record(held, {chair: answer})
    field, sentence = error
    assert refusal.value.errors == {f"{field}_{chair.pk}": sentence}


def test_apologies_are_recorded_ahead_and_presence_is_not(plan):
    meeting = factories.announced(factories.meeting(plan, MAY))
    told = seats(meeting)
    chair, member, observer = told
    with pytest.raises(Incomplete) as refusal:
        record(meeting, told)
    assert refusal.value.errors == {
        f"presence_{chair.pk}": "Cass Chair: you can record attendance from the day of the meeting."
    }
    record(meeting, {observer: told[observer], member: told[member]})
    assert meeting.attendance.count() == 2


def test_presence_is_recorded_on_the_day_itself(plan):
    meeting = factories.announced(factories.meeting(plan, AT.date()))
    record(meeting, seats(meeting))
    assert meeting.attendance.count() == 3


def test_record_attendance_refuses_the_seats_of_another_board(held):
    other = factories.plan(slug="other").board.seats.first()
    with pytest.raises(Refused, match="Choose seats of this Board"):
        record(held, seats(held) | {other: ("present", "")})
    assert held.attendance.count() == 0


def test_record_attendance_tells_of_a_conflict(held):
    record(held, seats(held))
    with pytest.raises(Conflict):
        record(held, {held.board.seats.get(role="chair"): ("absent", "")})


# Minutes and decisions.


def test_write_minute_writes_under_the_item(held):
    item = held.items.get()
    row = meetings.write_minute(item=item, version=0, minute="It was discussed. ", **office())
    assert (row.minute, row.version) == ("It was discussed.", 1)
    assert meetings.write_minute(item=item, version=0, minute="It was discussed.", **office()).version == 1
    with pytest.raises(Conflict) as conflict:
        meetings.write_minute(item=item, version=0, minute="It was not.", **office())
    assert conflict.value.current.minute == "It was discussed."


def test_nothing_is_recorded_before_the_day_or_the_agenda(plan):
    meeting = factories.meeting(plan, MAY)
    for sentence in ("Publish the agenda first.", "The meeting is on 9 May 2011. You can record this from that day."):
        for write in (factories.minuted, factories.decision, factories.action):
            with pytest.raises(Refused) as refusal:
                write(meeting)
            assert str(refusal.value) == sentence
        meeting = factories.announced(meeting)
    assert factories.decision(meeting, at=later(days=8)).number == 1


def test_record_decision_may_agree_a_revision_and_be_about_a_recommendation(plan, held):
    revision = Revision.objects.create(plan=plan, title="Refresh", agreed_on=APRIL)
    about = {"item": held.items.get(), "revision": revision, "recommendation": plan.recommendations.get()}
    first = factories.decision(held, " Agreed. ", source="Minute 4", **about)
    assert factories.decision(held, **about) == first
    stamped = (first.wording, first.source, first.revision_title, first.about)
    assert stamped == ("Agreed.", "Minute 4", "Refresh", "R01 Recommendation 1")
    assert factories.decision(held, "Another.").number == 2
    assert (list(revision.decisions.all()), first.recommendation.reference) == ([first], "R01")


def test_record_decision_refuses_what_is_another_plans_or_meetings(plan, held):
    other = factories.held(factories.plan(slug="other"), APRIL)
    with pytest.raises(Refused, match="in the Board’s plan"):
        factories.decision(held, recommendation=other.board.plan.recommendations.get())
    with pytest.raises(Refused, match="an item on this meeting’s agenda"):
        factories.decision(held, item=other.items.get())
    with pytest.raises(Incomplete):
        factories.decision(held, " ")


def test_record_decision_is_about_the_boards_own_revision(held):
    other = factories.plan(slug="other")
    revision = Revision.objects.create(plan=other, title="Refresh", agreed_on=APRIL)
    with pytest.raises(Refused, match="in the Board’s plan"):
        factories.decision(held, revision=revision)


@pytest.mark.parametrize("other", ["wording", "item", "recommendation", "by"])
def test_what_differs_in_one_thing_is_another_decision(plan, held, other):
    about = {
        "wording": {"wording": "Noted."},
        "item": {"item": held.items.get()},
        "recommendation": {"recommendation": plan.recommendations.get()},
        "by": {},
    }
    by = user("Cass Chair" if other == "by" else "Olga Office")
    factories.decision(held)
    again = {"wording": "Agreed."} | about[other]
    assert meetings.record_decision(meeting=held, **again, by=by, at=AT).number == 2


def test_remove_decision_takes_it_back_once(held):
    decision = factories.decision(held)
    for _ in range(2):
        meetings.remove_decision(decision=decision, **office())
    assert (held.decisions.count(), whats().count("meeting.decision_removed")) == (0, 1)


def test_agree_minutes_names_the_meeting_and_freezes_the_record(plan):
    april, may = factories.held(plan, date(2011, 3, 14)), factories.held(plan, APRIL)
    factories.minuted(april)
    decision = factories.decision(april)
    row = factories.agreed(april, may)
    assert (row.minutes_agreed_in, row.minutes_agreed_at) == (may, AT)
    assert factories.agreed(april, may) == row
    item, chair = april.items.get(), plan.board.seats.get(role="chair")
    month = factories.published(factories.month(plan, 4))
    for write in (
        lambda: meetings.change_details(meeting=april, version=row.version, **DETAILS, **office()),
        lambda: meetings.receive_month(meeting=april, month=month, **office()),
        lambda: meetings.add_item(meeting=april, title="Late", **office()),
        lambda: meetings.change_item(item=item, version=item.version, **WORDS, **office()),
        lambda: meetings.move_item(item=item, position=2, **office()),
        lambda: meetings.remove_item(item=item, **office()),
        lambda: record(april, {chair: ("present", "")}),
        lambda: meetings.write_minute(item=item, version=item.version, minute="Otherwise.", **office()),
        lambda: factories.decision(april, "Another."),
        lambda: meetings.remove_decision(decision=decision, **office()),
        lambda: factories.action(april),
        lambda: factories.paper(april),
    ):
        with pytest.raises(Refused) as refusal:
            write()
        assert str(refusal.value) == AGREED


def test_agree_minutes_refuses_a_meeting_that_cannot_have_agreed_them(plan, held):
    factories.minuted(held)
    before = factories.held(plan, date(2011, 3, 14))
    unannounced = factories.meeting(plan, date(2011, 4, 25))
    to_come = factories.announced(factories.meeting(plan, MAY))
    elsewhere = factories.held(factories.plan(slug="other"), date(2011, 4, 25))
    for meeting in (before, unannounced, to_come, elsewhere, held):
        with pytest.raises(Refused, match="a later meeting of the Board that has been held"):
            factories.agreed(held, meeting)


def test_agree_minutes_takes_a_meeting_of_today_and_no_second_one(plan, held):
    factories.minuted(held)
    today = factories.held(plan, AT.date())
    between = factories.held(plan, date(2011, 4, 25))
    assert factories.agreed(held, today).minutes_agreed_in == today
    with pytest.raises(Refused) as refusal:
        factories.agreed(held, between)
    assert str(refusal.value) == AGREED


def test_agreed_minutes_say_for_good_of_whom_nothing_was_recorded(plan, held):
    factories.SeatFactory(board=plan.board, user=None, person="Nel New", from_on=date(2011, 4, 12))
    factories.minuted(held)
    record(held, {held.board.seats.get(role="chair"): ("present", "")})
    row = factories.agreed(held, factories.held(plan, date(2011, 4, 25)))
    assert row.stood == {
        "board": "Thornbury Improvement Board",
        "caveat": "",
        "silent": ["Mo Member", "Obi Observer"],
    }


def test_agreed_minutes_name_nobody_as_silent_where_no_attendance_was_recorded(plan, held):
    factories.minuted(held)
    assert factories.agreed(held, factories.held(plan, date(2011, 4, 25))).stood["silent"] == []


def test_agree_minutes_refuses_where_there_are_none_and_where_they_changed(plan, held):
    after = factories.held(plan, date(2011, 4, 25))
    with pytest.raises(Refused, match="no minutes to agree"):
        factories.agreed(held, after)
    factories.minuted(held)
    seen = meetings.agreeing(held)
    factories.decision(held)
    with pytest.raises(Refused, match="have changed since you checked them"):
        meetings.agree_minutes(meeting=held, agreed_in=after, seen=seen, **office())
    assert Meeting.objects.get(pk=held.pk).is_agreed is False


def test_every_write_is_one_event(plan):
    meeting = factories.meeting(plan)
    paper = factories.paper(meeting)
    factories.announced(meeting, papers=[paper], at=later(days=8))
    factories.minuted(meeting, at=later(days=8))
    assert list(Event.objects.filter(at__gte=AT).order_by("pk").values_list("what", flat=True))[-6:] == [
        "meeting.planned",
        "meeting.item_added",
        "paper.added",
        "meeting.agenda_published",
        "paper.tabled",
        "meeting.minuted",
    ]
    assert AgendaItem.objects.count() == 1
