"""Who is told by e-mail of a question, its answer, and what a meeting gives out; written in its transaction."""

from django.urls import reverse
from django.utils import timezone

from accounts import outbox
from accounts.models import Kind, User
from boards.models import Seat


def of_question(challenge, *, at):
    """Tell whoever acts for the answering post that there is a question."""
    if challenge.answering_post is None:
        return
    outbox.tell(
        challenge.answering_post.acting,
        kind=Kind.QUESTION,
        subject=f"Question {challenge.number} of the Board is for you to answer: {challenge.about_reference}",
        path=_page(challenge),
        on=challenge,
        at=at,
    )


def of_answer(challenge, *, at):
    """Tell whoever holds the seat that asked that there is an answer."""
    person = challenge.seat.user if challenge.seat else None
    if person and person in seated(challenge.board, on=timezone.localdate(at)):
        outbox.tell(
            [person],
            kind=Kind.ANSWER,
            subject=f"Your question {challenge.number} about {challenge.about_reference} has an answer",
            path=_page(challenge),
            on=challenge,
            at=at,
        )


def of_meeting(meeting, what, *, publisher, at):
    """Tell everybody with a seat on the day, but for whoever did it, `what` the meeting gives out."""
    outbox.tell(
        seated(meeting.board, on=timezone.localdate(at)) - {publisher},
        kind=Kind.PUBLISHED,
        subject=f"{what}, meeting of {meeting.held_on:%-d %B %Y}",
        path=reverse("boards:meeting_detail", args=(meeting.board.slug, meeting.held_on)),
        on=meeting,
        at=at,
    )


def of_minutes(meeting, *, sender, at):
    """Tell whoever chairs the Board on the day, but for the `sender`, that the draft minutes are there to check."""
    outbox.tell(
        chairs(meeting.board, on=timezone.localdate(at)) - {sender},
        kind=Kind.PUBLISHED,
        subject=f"The draft minutes are ready for you to check, meeting of {meeting.held_on:%-d %B %Y}",
        path=reverse("boards:meeting_detail", args=(meeting.board.slug, meeting.held_on)),
        on=meeting,
        at=at,
    )


def chairs(board, *, on) -> set[User]:
    """Return everybody with an account who chairs the Board on the day `on`."""
    seats = board.seats.present(on).filter(role=Seat.Role.CHAIR).select_related("user")
    return {seat.user for seat in seats if seat.user}


def seated(board, *, on) -> set[User]:
    """Return everybody who has a seat on the Board on the day `on`."""
    return {seat.user for seat in board.seats.present(on).select_related("user") if seat.user}


def _page(challenge):
    return reverse("boards:challenge_detail", args=(challenge.board.slug, challenge.number))
