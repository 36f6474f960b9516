"""Who sees, asks, answers and settles, as a table: one row a predicate, one column a person."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from boards import meetings, permissions
from boards.models import AgendaItem, Challenge, Meeting, Paper, Seat
from plans import permissions as plan_permissions
from plans.models import ReportingMonth
from tests import factories
from tests.factories import AT, post, user

pytestmark = pytest.mark.django_db

ON = AT.date()
PEOPLE = {
    "officer": "Ada Officer",
    "deputy": "Dev Deputy",
    "lead": "Liam Lead",
    "target's owner": "Tia Target",
    "office": "Olga Office",
    "chair": "Cass Chair",
    "member": "Mo Member",
    "attending": "Ari Attending",
    "observer": "Obi Observer",
    "stranger": "Stan Stranger",
}
SEATED = {"chair", "member", "attending", "observer"}
PLAN = {"officer", "deputy", "lead", "office"} | SEATED


@pytest.fixture
def plan():
    plan = factories.plan()
    plan.notice = factories.notice()
    plan.save()
    plan.notice.targets.update(owner_post=post("Head of Targets", user("Tia Target")))
    factories.SeatFactory(board=plan.board, role="in-attendance", user=user("Ari Attending"))
    return plan


def allowed(predicate, thing):
    return {role for role, name in PEOPLE.items() if predicate(user(name), thing, on=ON)}


def fresh(row):
    return Challenge.objects.select_related("board__plan", "target__notice").get(pk=row.pk)


def test_of_a_board(plan):
    assert allowed(permissions.has_seat, plan.board) == SEATED
    assert allowed(permissions.can_ask, plan.board) == {"office", "chair", "member"}
    assert allowed(permissions.can_settle, plan.board) == {"office", "chair"}
    assert allowed(plan_permissions.asks_about, plan) == {"chair", "member"}


def test_of_a_question_about_a_recommendation(plan):
    row = fresh(factories.challenge(plan))
    assert allowed(permissions.can_see_challenge, row) == PLAN
    assert allowed(permissions.can_answer, row) == {"officer", "deputy", "office"}
    assert allowed(permissions.can_settle, row.board) == {"office", "chair"}


def test_of_a_question_about_a_target(plan):
    row = fresh(factories.challenge(plan, target=plan.notice.targets.get()))
    assert allowed(permissions.can_see_challenge, row) == PLAN | {"target's owner"}
    assert allowed(permissions.can_answer, row) == {"target's owner", "office"}


def test_the_owner_of_a_target_sees_what_is_asked_about_it_where_another_post_answers_and_it_is_open(plan):
    row = factories.challenge(plan, target=plan.notice.targets.get())
    Challenge.objects.update(answering_post=post("Head of Safeguarding"))
    assert allowed(permissions.can_see_challenge, fresh(row)) == PLAN | {"target's owner"}
    Challenge.objects.update(restricted_because="Names a person.")
    assert allowed(permissions.can_see_challenge, fresh(row)) == PLAN - {"lead"}


def test_who_is_to_answer_sees_the_question_and_whoever_leaves_the_post_does_not(plan):
    row = factories.challenge(plan)
    Challenge.objects.update(answering_post=post("Head of Nowhere", user("Stan Stranger")))
    assert "stranger" in allowed(permissions.can_see_challenge, fresh(row))
    user("Stan Stranger").tenures.update(to_on=AT.date().replace(month=4))
    assert "stranger" not in allowed(permissions.can_see_challenge, fresh(row))


def test_a_seat_that_ended_asks_nothing(plan):
    plan.board.seats.filter(user=user("Mo Member")).update(to_on=AT.date().replace(month=4))
    assert allowed(permissions.can_ask, plan.board) == {"office", "chair"}
    assert allowed(plan_permissions.asks_about, plan) == {"chair"}


# Who drafts, issues and sees a report of each kind, and which kinds one may start.
BY_CHAIR, BY_OFFICE = {"chair", "office"}, {"office"}
REPORTS = [
    ("chair", BY_CHAIR, {"chair"}),
    ("letter", BY_CHAIR, {"chair"}),
    ("council", BY_OFFICE, {"office"}),
]


@pytest.mark.parametrize(("kind", "writers", "issuers"), REPORTS)
def test_of_a_report(plan, kind, writers, issuers):
    draft = factories.outgoing(plan.board, kind, sections=[("", "It is better.")])
    assert allowed(permissions.can_write_report, draft) == writers
    assert allowed(permissions.can_see_report, draft) == writers
    assert allowed(permissions.can_issue_report, draft) == issuers
    seeing = {role for role, name in PEOPLE.items() if permissions.visible_reports(user(name), plan.board, on=ON)}
    assert seeing == writers
    issued = factories.issued(draft)
    assert allowed(permissions.can_write_report, issued) == allowed(permissions.can_issue_report, issued) == set()
    assert allowed(permissions.can_see_report, issued) == PLAN
    assert list(permissions.visible_reports(user("Obi Observer"), plan.board, on=ON)) == [issued]


def test_of_the_kinds_of_report(plan):
    started = {role: permissions.startable_reports(user(name), plan.board, on=ON) for role, name in PEOPLE.items()}
    kinds = {role: set(found) for role, found in started.items() if found}
    assert kinds == {"office": {"council", "chair", "letter"}, "chair": {"chair", "letter"}}


@pytest.mark.parametrize(
    ("seats", "readership"),
    [
        (["observer"], "observers"),
        (["observer", "member"], "board"),
        (["member"], "board"),
        (["chair"], "board"),
        (["in-attendance"], "board"),
        ([], "public"),
    ],
    ids=str,
)
def test_of_how_much_is_read_from_which_seats(plan, seats, readership):
    """Whoever observes and has another seat besides reads what that seat reads."""
    for role in seats:
        factories.SeatFactory(board=plan.board, role=role, user=user("Sam Seats"))
    assert permissions.readership(user("Sam Seats"), plan.board, on=ON) == readership


def test_of_who_cannot_sign_in_and_of_another_day(plan):
    chair = user("Cass Chair")
    assert permissions.has_seat(chair, plan.board, on=ON)
    assert not permissions.has_seat(chair, plan.board, on=factories.SINCE - timedelta(days=1))
    assert not permissions.has_seat(AnonymousUser(), plan.board, on=ON)
    gone = user("Cass Chair")
    gone.is_active = False
    assert not permissions.has_seat(gone, plan.board, on=ON)


def test_of_the_packs(plan):
    of = {readership: permissions.readable_packs(readership) for readership in permissions.Readership}
    assert of == {
        "office": ["board", "observers", "public"],
        "board": ["board", "observers", "public"],
        "observers": ["observers", "public"],
        "public": ["public"],
    }
    own = {readership: permissions.own_audience(readership) for readership in permissions.Readership}
    assert own == {"office": "board", "board": "board", "observers": "observers", "public": "public"}


# What of a meeting is read, by how much of the Board's work one reads.
READERSHIPS = ["office", "board", "observers", "public"]
RESTRICTED = {"restricted_because": "Names a person."}
CLOSED = RESTRICTED | {"excludes_observers": True}
ACCESS = {"Open": {}, "Restricted": RESTRICTED, "Closed": CLOSED}
READ = {
    "office": {"Open", "Restricted", "Closed"},
    "board": {"Open", "Restricted", "Closed"},
    "observers": {"Open", "Restricted"},
    "public": {"Open"},
}


def test_of_the_agenda_of_a_meeting():
    planned, announced = Meeting(), Meeting(agenda_published_at=AT)
    for readership in READERSHIPS:
        read = [permissions.can_read_agenda(readership, one) for one in (planned, announced)]
        assert read == [readership == "office", True]


@pytest.fixture
def meeting(plan):
    """A meeting, not yet announced, with an item of each kind."""
    made = factories.meeting(plan, date(2011, 4, 11))
    made.items.all().delete()
    for title, access in ACCESS.items():
        meetings.add_item(meeting=made, title=title, **access, by=user("Olga Office"), at=AT)
    return made


@pytest.mark.parametrize("readership", READERSHIPS)
def test_of_what_is_restricted_by_itself_or_with_its_item(meeting, readership):
    items = AgendaItem.objects.filter(meeting=meeting)
    assert set(permissions.readable(items, readership).values_list("title", flat=True)) == READ[readership]
    assert {item.title for item in items if permissions.is_read(item, readership)} == READ[readership]
    announced = factories.announced(meeting)
    for item in items:
        factories.decision(announced, f"{item.title} decision", item=item)
    factories.decision(announced, "Of no item")
    decisions = announced.decisions.select_related("item")
    read = {f"{title} decision" for title in READ[readership]} | {"Of no item"}
    assert set(permissions.readable(decisions, readership).values_list("wording", flat=True)) == read
    assert {row.wording for row in decisions if permissions.is_read(row, readership)} == read


def of_papers(meeting):
    """Announce the meeting, and table a paper of each kind, alone and under each item; one embargoed and a draft."""
    meeting = factories.announced(meeting)
    items = {item.title: item for item in meeting.items.all()}
    for title, access in ACCESS.items():
        factories.tabled(factories.paper(meeting, f"{title} paper", **access))
        factories.tabled(factories.paper(meeting, f"{title} item", item=items[title], **access))
    factories.tabled(factories.paper(meeting, "Embargoed", embargoed_until=AT + timedelta(days=1)))
    factories.paper(meeting, "Draft")
    return Paper.objects.filter(meeting=meeting)


def titles(rows):
    return set(rows.values_list("title", flat=True))


@pytest.mark.parametrize("readership", READERSHIPS)
def test_of_papers(meeting, readership):
    papers = of_papers(meeting)
    read = {f"{kind} {what}" for kind in READ[readership] for what in ("paper", "item")}
    every = titles(papers)
    at = {"at": AT}
    assert titles(permissions.readable_papers(papers, readership, **at)) == (every if readership == "office" else read)
    drafts = permissions.readable_papers(papers, readership, **at, with_drafts=True)
    assert titles(drafts) == (every if readership == "office" else read | {"Draft"})
    later = permissions.readable_papers(papers, readership, at=AT + timedelta(days=1))
    assert titles(later) == (every if readership == "office" else read | {"Embargoed"})
    # Withheld for itself it is named, under an item that is not read it is not.
    named = {f"{kind} paper" for kind in ACCESS} | {f"{kind} item" for kind in READ[readership]} | {"Embargoed"}
    assert titles(permissions.listed_papers(papers, readership)) == (every if readership == "office" else named)
    drafts = permissions.listed_papers(papers, readership, with_drafts=True)
    assert titles(drafts) == (every if readership == "office" else named | {"Draft"})


def everyones(rows, board):
    return list(permissions.for_everyone(rows, board, at=AT))


def test_of_what_anybody_reads_without_an_account(plan, meeting):
    """While the page is on: announced meetings of that Board, their open papers, and the months that they receive."""
    april = factories.published(factories.month(plan, 4))
    factories.published(factories.month(plan, 5))
    other = factories.held(factories.plan(slug="other"))
    factories.tabled(factories.paper(other, "Of another Board"))
    of_papers(factories.received(meeting, april))
    rows = (Meeting.objects.all(), Paper.objects.all(), ReportingMonth.objects.all(), AgendaItem.objects.all())
    for again in (date(2011, 5, 10), date(2011, 5, 11)):  # a month that several meetings receive is told once
        factories.announced(factories.received(factories.meeting(plan, again), april))
    assert [everyones(each, plan.board) for each in rows] == [[]] * 4
    board = factories.opened_to_all(plan.board)
    factories.meeting(plan, date(2011, 5, 12))  # of which nothing is announced
    meetings_read, papers_read, months_read, rest = (everyones(each, board) for each in rows)
    assert [str(one.held_on) for one in meetings_read] == ["2011-04-11", "2011-05-10", "2011-05-11"]
    assert {paper.title for paper in papers_read} == {"Open paper", "Open item"}
    assert (months_read, rest) == ([april], [])


SEEN = {
    "Olga Office": READ["office"],
    "Cass Chair": READ["board"],
    "Ari Attending": READ["board"],
    "Obi Observer": READ["observers"],
    "Ada Officer": READ["public"],
    "Stan Stranger": set(),
}


@pytest.mark.parametrize(("name", "read"), SEEN.items())
def test_of_decisions_papers_and_questions_that_one_finds(plan, meeting, name, read):
    """What a search finds is what the pages show; only the officer, whose post leads in both plans, sees the other."""
    elsewhere = factories.held(factories.plan(slug="other"))
    Seat.objects.filter(board=elsewhere.board).delete()
    elsewhere.board.plan.programme_office.clear()
    factories.decision(elsewhere, "Elsewhere")
    factories.tabled(factories.paper(elsewhere, "Elsewhere"))
    every = titles(of_papers(meeting))
    for item in meeting.items.all():
        factories.decision(meeting, f"{item.title} decision", item=item)
    for kind, access in ACCESS.items():
        row = factories.challenge(plan, f"{kind}?")
        Challenge.objects.filter(pk=row.pk).update(**access, answering_post=post("Head of Nowhere"))
    reader, other = user(name), {"Elsewhere"} if name == "Ada Officer" else set()
    papers = every if name == "Olga Office" else {f"{kind} {what}" for kind in read for what in ("paper", "item")}
    assert titles(permissions.visible_papers(reader, on=ON, at=AT)) == papers | other
    decisions = permissions.visible_decisions(reader, on=ON).values_list("wording", flat=True)
    assert set(decisions) == {f"{kind} decision" for kind in read} | other
    questions = permissions.visible_challenges(reader, on=ON).values_list("question", flat=True)
    assert sorted(questions) == sorted(f"{kind}?" for kind in read)


def test_of_questions_about_ones_own_target_or_for_ones_own_post(plan):
    for kind, access in ACCESS.items():
        row = factories.challenge(plan, f"{kind}?", target=plan.notice.targets.get())
        Challenge.objects.filter(pk=row.pk).update(**access, answering_post=post("Head of Nowhere"))
    owner, answering = user("Tia Target"), user("Stan Stranger")
    assert [row.question for row in permissions.visible_challenges(owner, on=ON)] == ["Open?"]
    assert not permissions.visible_challenges(answering, on=ON).exists()
    post("Head of Nowhere", answering)
    assert permissions.visible_challenges(user("Stan Stranger"), on=ON).count() == 3


def test_of_the_reports_the_latest_comes_first_and_of_one_day_by_kind(plan):
    for kind, day in (("letter", 1), ("chair", 1), ("council", 2)):
        factories.outgoing(plan.board, kind, dated_on=date(2011, 4, day), sections=[("", "It is better.")])
    found = permissions.visible_reports(user("Olga Office"), plan.board, on=ON)
    assert [row.kind for row in found] == ["council", "chair", "letter"]


def test_of_seats_that_are_kept_for_the_rest_of_a_request(plan, django_assert_num_queries):
    reader = user("Mo Member")
    with django_assert_num_queries(1):
        assert permissions.has_seat(reader, plan.board, on=ON)
        assert permissions.can_ask(reader, plan.board, on=ON)
    other = factories.plan(slug="other").board
    Seat.objects.filter(board=other).delete()
    assert not permissions.has_seat(reader, other, on=ON)
