"""Writes down what people are to be told, in the transaction of what it reports."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Model

from accounts.audit import subjects
from accounts.models import How, Kind, Message, User
from accounts.outbox import choices


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
    """Write a message for each of `people` who may sign in and wants it; what bears the same `once` is said once.

    `path` is the page on this site that it leads to, `on` the thing that it is about. Two queries and one write.
    """
    known = {person.pk: person for person in people if person.is_active}
    if not known:
        return
    wanted = choices.of_all(known.values())
    about = subjects.of(on)
    Message.objects.bulk_create(
        [
            Message(
                user=person,
                kind=kind,
                subject=" ".join(subject.split())[:200],
                text=text,
                path=path,
                about=about,
                made_at=at,
                once=once,
            )
            for pk, person in known.items()
            if wanted[pk][kind] is not How.NEVER
        ],
        ignore_conflicts=bool(once),
    )
