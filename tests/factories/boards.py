"""A Board with its seats, and what it asks, advises and sends out."""

from datetime import date, timedelta

import factory

from boards import actions, challenges, reports
from boards.challenges import advice as advices
from boards.models import Board, Body, Seat
from boards.reports import circulation
from tests.factories.counting import Counted
from tests.factories.moments import AT, SINCE, a_picture
from tests.factories.people import UserFactory, user


class BoardFactory(Counted):
    class Meta:
        model = Board

    slug = factory.Sequence("board-{}".format)
    name = "Thornbury Improvement Board"
    plan = factory.SubFactory("tests.factories.plans.PlanFactory", slug=factory.SelfAttribute("..slug"))


class SeatFactory(Counted):
    class Meta:
        model = Seat

    board = factory.SubFactory(BoardFactory)
    role = "member"
    user = factory.SubFactory(UserFactory)
    person = factory.LazyAttribute(lambda made: made.user.name if made.user else "Nel New")
    from_on = SINCE


class BodyFactory(Counted):
    class Meta:
        model = Body

    board = factory.SubFactory(BoardFactory)
    number = factory.Sequence(int)
    name = "Executive Board"
    receives = "The update report"
    every_months = 3
    cadence = factory.LazyAttribute(
        lambda made: f"Every {made.every_months} months" if made.every_months else "No rhythm"
    )


def body(board, number=1, name="Executive Board", **fields):
    return BodyFactory(board=board, number=number, name=name, **fields)


def outgoing(board, kind="council", dated_on=date(2011, 5, 1), by=None, **given):
    return reports.start(board=board, kind=kind, dated_on=dated_on, by=by or user("Olga Office"), at=AT, **given)


def letterhead(board, shows="Logo of the Board", sender="Civic Hall", **given):
    given = {"file": a_picture(), "by": user("Olga Office"), "at": AT} | given
    return reports.upload(board=board, shows=shows, sender=sender, **given)


def issued(report, by=None, at=AT):
    return reports.issue(report=report, by=by or report.started_by, at=at)


def sent(body, sent_on=date(2011, 4, 1), what="Update report", **given):
    return circulation.record(body=body, what=what, sent_on=sent_on, by=user("Olga Office"), at=AT, **given)


def action(meeting, wording="Ask partners for staff.", at=AT, **facts):
    facts = {"owner": "The chair", "due_on": meeting.held_on + timedelta(days=14)} | facts
    return actions.raise_action(meeting=meeting, wording=wording, by=user("Olga Office"), at=at, **facts)


def challenge(plan, question="How do you know?", by=None, at=AT, **asked):
    """Ask about the plan's first recommendation, from the member's seat."""
    by = by or user("Mo Member")
    if "target" not in asked:
        asked.setdefault("recommendation", plan.recommendations.first())
    seat = plan.board.seats.get(user=by)
    return challenges.ask(board=plan.board, seat=seat, question=question, by=by, at=at, **asked)


def answered(challenge, answer="From the audits.", by=None, at=AT):
    return challenges.answer(
        challenge=challenge, answer=answer, version=challenge.version, by=by or user("Ada Officer"), at=at
    )


def concluded(challenge, outcome="none", by=None, at=AT, **told):
    return challenges.conclude(
        challenge=challenge, outcome=outcome, version=challenge.version, by=by or user("Cass Chair"), at=at, **told
    )


def advice(board, wording="Appoint a permanent director.", at=AT, **fields):
    return advices.record(board=board, wording=wording, by=user("Cass Chair"), at=at, **fields)
