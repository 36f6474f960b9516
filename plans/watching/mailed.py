"""What changed in a person's watch lists, as the e-mail of a published month says it. It says no rating."""

from collections.abc import Iterable
from itertools import groupby

from accounts.models import User
from plans.models import ReportingMonth, SavedFilter
from plans.watching import lists
from plans.watching.lists import Line, WatchList

_NAMED = 10  # recommendations of which one thing is said


def texts(month: ReportingMonth, people: Iterable[User]) -> dict[User, str]:
    """Return by person what changed with the published `month` in the filters that any of `people` follows.

    One query where nobody follows anything, and as many more however many do.
    """
    followed = SavedFilter.objects.filter(plan=month.plan_id, is_followed=True, person__in=people)
    built = lists.build(month, followed.select_related("person", "plan"))
    by_person = sorted(built, key=lambda watched: watched.shown.saved.person_id)
    return {
        person: "\n\n".join(_text(watched) for watched in group)
        for person, group in groupby(by_person, key=lambda watched: watched.shown.saved.person)
    }


def _text(watched: WatchList) -> str:
    dated = [f"{_named(line)} ({lists.due(line.due_on)})" for line in watched.with_new_date]
    number = len(watched.listed)
    told = {
        "On the list": ", ".join(line.reference for line in watched.listed),
        "Joined the list": _some(map(_named, watched.joined)),
        "Left the list": _some(map(_named, watched.left)),
        "New due date": _some(dated),
        "New update received": ", ".join(line.reference for line in watched.with_update),
        "No update received": ", ".join(line.reference for line in watched.changed_without_update),
        "Rating changed": _counted(len(watched.with_other_rating)),
    }
    return "\n".join(
        [
            f"Your watch list: {watched.shown.saved.name}",
            f"{_counted(number) or 'No recommendations'} in {watched.month.label}.{_nothing(watched)}",
            *filter(None, [watched.shown.sentence]),
            *(f"{label}: {said}" for label, said in told.items() if said),
        ]
    )


def _nothing(watched):
    if watched.before is None or watched.changed or watched.updated:
        return ""
    return f" Nothing has changed since {watched.before.label}."


def _some(told: Iterable[str]) -> str:
    every = list(told)
    rest = len(every) - _NAMED
    return "; ".join(every[:_NAMED]) + (f"; and {rest} more" if rest > 0 else "")


def _named(line: Line) -> str:
    return f"{line.reference} {line.title}"


def _counted(number: int) -> str:
    return f"{number} recommendation{'' if number == 1 else 's'}" if number else ""
