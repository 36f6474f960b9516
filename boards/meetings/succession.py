"""Carries a Board over to the plan that has taken over its own: a Board reads one plan, so the new one gets its own.

The old Board keeps its record: meetings, papers, actions, questions and the seats from which it is read.
"""

from django.db import transaction
from django.utils import timezone

from accounts.audit import events
from boards.models import Board, Body, Seat, TermsOfReference
from improvement.records.refusals import Incomplete, Refused
from plans.models import Plan

_OF_A_SEAT = ("role", "position", "person", "organisation", "user", "to_on", "source")
_OF_TERMS = ("agreed_on", "text", "source", "note")
_OF_A_BODY = ("name", "receives", "cadence", "every_months", "to_on", "source")


def successor(board):
    """Return the plan that `board` can be carried over to; raises Refused where there is none."""
    plan = Plan.objects.filter(predecessor=board.plan_id).first()
    if plan is None:
        raise Refused("No plan has taken over the plan of this Board.")
    if Board.objects.filter(plan=plan).exists():
        raise Refused(f"“{plan.title}” already has a Board.")
    return plan


def seats_of(board, *, on):
    """Return the seats of `board` that have not ended by the day `on`."""
    return board.seats.exclude(to_on__lt=on)


@transaction.atomic
def carry_over(*, board, name, slug, by, at):
    """Give the plan that has taken over that of `board` a Board with the same seats, terms and bodies; return it.

    Seats and bodies that have ended are left, and of the terms of reference the latest agreed are taken. Raises
    Incomplete or Refused.
    """
    on, name = timezone.localdate(at), name.strip()
    # Locked first, so that of two at once the second finds what the first has made.
    Plan.objects.select_for_update().filter(predecessor=board.plan_id).first()
    if there := Board.objects.filter(plan__predecessor=board.plan_id, name=name, slug=slug).first():
        return there
    plan = successor(board)
    if not name:
        raise Incomplete({"name": "Enter the name of the Board."})
    if Board.objects.filter(slug=slug).exists():
        raise Incomplete({"slug": f"Another Board is called “{slug}” in web addresses. Enter another name."})
    new = _saved(Board(plan=plan, name=name, slug=slug), by, at)
    seats = seats_of(board, on=on)
    for seat in seats:
        begins = seat.from_on if seat.from_on and seat.from_on > on else on
        _saved(Seat(board=new, from_on=begins, **_same(seat, _OF_A_SEAT)), by, at)
    if terms := board.terms.exclude(agreed_on=None).order_by("number").last():
        _saved(TermsOfReference(board=new, number=1, **_same(terms, _OF_TERMS)), by, at)
    for body in board.bodies.exclude(to_on__lt=on):
        begins = body.from_on if body.from_on and body.from_on > on else on
        _saved(Body(board=new, number=body.number, from_on=begins, **_same(body, _OF_A_BODY)), by, at)
    events.record(by=by, at=at, what="board.carried_over", on=new, seats=len(seats), taken_over_from=board.name)
    return new


def _same(row, fields):
    return {field: getattr(row, field) for field in fields}


def _saved(row, by, at):
    row._history_date, row._history_user = at, by
    row.save()
    return row
