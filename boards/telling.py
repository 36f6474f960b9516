"""Who is told by e-mail of a question, its answer, and what a meeting gives out; written in its transaction."""

from django.urls import reverse
from django.utils import timezone

from accounts import outbox
from accounts.models import Kind, User


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


def seated(board, *, on) -> set[User]:
    """Return everybody who has a seat on the Board on the day `on`."""
    return {seat.user for seat in board.seats.present(on).select_related("user") if seat.user}


def _page(challenge):
    return reverse("boards:challenge_detail", args=(challenge.board.slug, challenge.number))
