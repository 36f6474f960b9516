"""The challenge log as pages and files read it: every question with its age, and what its forms offer."""

from django.db.models import Q

from boards import permissions


def told(rows, readership):
    """Return those questions of the queryset `rows` that are read, without actions that are not; one query."""
    found = list(permissions.readable(rows, readership).whole())
    for row in found:
        row.keep_action(lambda action: permissions.is_read(action, readership))
    return found


def of_board(board, readership, *, on):
    """Return every question of the Board that is read, the newest first, each knowing its age in `days`; one query."""
    return _aged(told(board.challenges.order_by("-number"), readership), on)


def asked_from(user, board, *, on):
    """Return what was asked from the seats of `user`: what is not concluded, then what was concluded last."""
    rows = _aged(board.challenges.whole().filter(seat__user=user).order_by("-number"), on)
    return sorted(rows, key=lambda row: row.concluded_at is not None)


def to_settle(board, *, on):
    """Return what waits for the chair: questions that no post answers, and answers of which nothing came yet.

    What was asked for a meeting waits for it: nothing can have come of it before its day.
    """
    answered = Q(answered_at__isnull=False) & (Q(meeting=None) | Q(meeting__held_on__lte=on))
    waiting = Q(answering_post=None, answered_at=None) | answered
    return _aged(board.challenges.whole().filter(waiting, concluded_at=None).order_by("number"), on)


def about(subject, board, *, on):
    """Return what the Board asked about a recommendation or a target, the newest first."""
    return _aged(subject.challenges.whole().filter(board=board).order_by("-number"), on)


def meetings_asked_for(board, *, on):
    """Return the meetings that a question may be for: those to come, that of today among them."""
    return board.meetings.filter(held_on__gte=on).order_by("held_on")


def _aged(rows, on):
    rows = list(rows)
    for row in rows:
        row.days = row.age(on)
    return rows
