"""What each person gets by e-mail, and how often."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db import transaction

from accounts.audit import events
from accounts.models import How, Kind, MailChoice, User

USUAL = dict.fromkeys(Kind, How.NOW) | {Kind.SIGN_OFF: How.DAILY, Kind.PUBLISHED: How.DAILY}
# A note is from person to person, and people who are only invited cannot choose yet.
CHOSEN = [kind for kind in Kind if kind not in {Kind.NOTE, Kind.INVITATION}]
_FITTING: list[Callable[..., set[Kind]]] = []


def register(fitting: Callable[..., set[Kind]]) -> None:
    """Offer the kinds that `fitting(user, on=…)` returns; called once by the app that knows what people do."""
    _FITTING.append(fitting)


def offered(user: User, *, on: date) -> list[Kind]:
    """Return the kinds that the person may be sent, for what they are on the day `on`."""
    fitting = {kind for each in _FITTING for kind in each(user, on=on)}
    return [kind for kind in CHOSEN if kind in fitting]


def of(user: User) -> dict[Kind, How]:
    """Return how the person gets each kind of message; one query."""
    return of_all([user.pk])[user.pk]


def of_all(people: Iterable[int]) -> dict[int, dict[Kind, How]]:
    """Return the same for each of `people`, given and found by their numbers; one query."""
    found = {pk: dict(USUAL) for pk in people}
    for choice in MailChoice.objects.filter(user__in=found):
        found[choice.user_id][Kind(choice.kind)] = How(choice.how)
    return found


@transaction.atomic
def choose(*, by, at, **chosen):
    """Keep how the person `by` wants to get kinds of message; `chosen` is a How by the kind, as `kind_name`."""
    user = User.objects.select_for_update().get(pk=by.pk)
    wanted = {kind: How(chosen[kind.name.lower()]) for kind in CHOSEN if kind.name.lower() in chosen}
    if wanted == {kind: how for kind, how in of(user).items() if kind in wanted}:
        return user
    for kind, how in wanted.items():
        MailChoice.objects.update_or_create(user=user, kind=kind, defaults={"how": how})
    events.record(
        by=by, at=at, what="user.mail_chosen", on=user, chosen={str(kind): how for kind, how in wanted.items()}
    )
    return user
