"""Writes down what people are to be told, in the transaction of what it reports."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from accounts.audit import subjects, trail
from accounts.models import How, Kind, Message, User
from accounts.outbox import choices


@dataclass(frozen=True)
class Words:
    """What a message says, and the page on this site that it leads to."""

    subject: str
    path: str
    text: str = ""


def tell(
    people: Iterable[User],
    *,
    kind: Kind,
    subject: str,
    path: str,
    on: Model,
    at: datetime,
    text: str = "",
    once: str = "",
) -> None:
    """Write the same message for each of `people`: as `tell_each`."""
    words = Words(subject, path, text)
    tell_each(dict.fromkeys(people, words), kind=kind, on=on, at=at, once=once)


def tell_each(told: Mapping[User, Words], *, kind: Kind, on: Model, at: datetime, once: str = "") -> None:
    """Write a message for each who may sign in and wants it; what bears the same `once` is said once.

    `on` is the thing that they are about. Two queries and one write, however many they are.
    """
    known = {person.pk: words for person, words in told.items() if person.is_active}
    if not known:
        return
    wanted = choices.of_all(known)
    about = subjects.of(on)
    Message.objects.bulk_create(
        [
            Message(
                user_id=pk,
                kind=kind,
                subject=" ".join(words.subject.split())[:200],
                text=words.text,
                path=words.path,
                about=about,
                made_at=at,
                once=once,
            )
            for pk, words in known.items()
            if wanted[pk][kind] is not How.NEVER
        ],
        ignore_conflicts=bool(once),
    )


def sent_words(message: Message) -> str:
    """Return when a message was sent, or why it has not been, as every list of e-mails says it."""
    letter = message.letter
    if letter is None:
        return "Waiting to be sent"
    if letter.sent_at:
        return trail.moment(letter.sent_at)
    return f"{'Not sent' if letter.given_up else 'Not sent yet'}. {letter.error}".strip()
