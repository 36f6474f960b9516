"""Every set of updates that a number counts, defined once.

A set is a parameter and a value, such as `rating=red`. A count, the list behind it and its export all use the
same condition: a number is `count(...)` of conditions, its link is `link(...)` of the same pairs.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django.db.models import BooleanField, Case, CharField, ExpressionWrapper, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from improvement.govuk.drawing import address
from improvement.records.statements import Statement
from plans.answers import ANSWERS
from plans.calendar import RECEIVED, UpdateStatus
from plans.models import Correction, MonthlyUpdate, ReportingMonth
from plans.ratings import Direction, Movement, Rating

MARK = -2_000_000_000  # stands for a month in what is written once; no condition asks for it
NO_UPDATE = "none"
YES = "yes"

# The values that each parameter takes, with their words. Theme, outcome, area and post take those of the plan.
CHOICES = {
    "rating": [*((rating.value, rating.label) for rating in Rating), (NO_UPDATE, "No update received")],
    "corrected": [*((rating.value, rating.label) for rating in Rating), (NO_UPDATE, "No update received")],
    "direction": [(direction.value, direction.label) for direction in Direction],
    "moved": [
        (Movement.BETTER.value, "Rating better"),
        (Movement.WORSE.value, "Rating worse"),
        ("any", "Rating changed"),
        *(
            (f"{before}-{after}", f"{before.label} to {after.label}")
            for before in Rating
            for after in Rating
            if before is not after
        ),
    ],
    "stuck": [(YES, "Stuck")],
    "long": [(YES, "Long at one rating")],
    "overdue": [(YES, "Overdue")],
    "slipped": [(YES, "Date has slipped"), ("agreed", "New date agreed this month"), ("proposed", "New date proposed")],
    "update": [
        ("received", "Received"),
        (NO_UPDATE, "No update received"),
        ("signed-off", "Signed off"),
        ("not-signed-off", "Not signed off"),
        ("late", "Late"),
        ("unchanged", "Same as last time"),
    ],
    "decision": [(YES, "Decision asked of the Board")],
}

# What each parameter is called, in the order in which a list asks for them.
LABELS = {
    "rating": "Rating",
    "corrected": "Rating with corrections",
    "direction": "Direction of travel",
    "moved": "Movement",
    "theme": "Theme",
    "outcome": "Outcome",
    "area": "Area of focus",
    "post": "Lead post",
    "update": "Update",
    "slipped": "Due date",
    "overdue": "Overdue",
    "stuck": "Stuck",
    "long": "Long at one rating",
    "decision": "Decision asked of the Board",
}

_OF_THE_ANSWERS = (
    *ANSWERS,
    "contradictions",
    "override_reasons",
    "returned",
    "movement",
    "is_late",
    "first_submitted_at",
    "is_resubmitted",
    "submitted_at",
    "submitted_name",
    "entered_for",
)
_RECEIVED = Q(status__in=sorted(RECEIVED))

# The rating under which a row counts, as published and as corrected since.
COUNTED = Case(When(_RECEIVED, then=F("rating")), default=Value(NO_UPDATE), output_field=CharField())
CORRECTED = Coalesce(
    Subquery(
        Correction.objects.filter(update=OuterRef("pk"), field="rating").order_by("-at", "-pk").values("after")[:1]
    ),
    COUNTED,
    output_field=CharField(),
)


def condition(parameter: str, value: str, *, judged_on: date) -> Q | None:
    """Return the condition of the set `parameter=value`, or None where it names none.

    `judged_on` is the day on which "overdue" is judged (`ReportingMonth.judged_on`).
    """
    if parameter in _OF_THE_PLAN:
        return _OF_THE_PLAN[parameter](value)
    if value not in dict(CHOICES.get(parameter, ())):
        return None
    if parameter == "rating":
        return ~_RECEIVED if value == NO_UPDATE else _RECEIVED & Q(rating=value)
    if parameter == "corrected":
        return Q(Exact(CORRECTED, Value(value)))
    if parameter == "direction":
        return _RECEIVED & Q(direction=value)
    if parameter == "moved":
        return _RECEIVED & _moved(value)
    if parameter == "overdue":
        return Q(due_on__isnull=False, due_on__lt=judged_on) & ~(_RECEIVED & Q(rating=Rating.COMPLETE))
    return _FIXED[parameter, value]


_FIXED = {
    # Without an update this month as well: the last rating received continues.
    ("stuck", YES): Q(is_stuck=True),
    ("long", YES): Q(is_long=True),
    ("slipped", YES): Q(due_on__gt=F("original_due_on")),
    ("slipped", "agreed"): ~Q(date_changes=[]),
    ("slipped", "proposed"): Q(status=UpdateStatus.SUBMITTED, proposed_due_on__isnull=False),
    ("update", "received"): _RECEIVED,
    ("update", NO_UPDATE): ~_RECEIVED,
    ("update", "signed-off"): Q(status__in=sorted({UpdateStatus.SIGNED_OFF, UpdateStatus.CARRIED})),
    ("update", "not-signed-off"): Q(status=UpdateStatus.SUBMITTED),
    ("update", "late"): _RECEIVED & Q(is_late=True),
    ("update", "unchanged"): _RECEIVED & ~Q(unchanged_reason=""),
    ("decision", YES): _RECEIVED & ~Q(decision_sought=""),
}


def _moved(value):
    if value == "any":
        return Q(movement__in=sorted({Movement.BETTER, Movement.WORSE}))
    if value in {Movement.BETTER, Movement.WORSE}:
        return Q(movement=value)
    before, after = value.split("-")
    return Q(previous_rating=before, rating=after)


def _number(value):
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else -1


def _outcome(value):
    theme, _, number = value.partition(".")
    return Q(theme_number=_number(theme), outcome_number=_number(number))


_LETTERS = re.compile("[A-Z]+")

# A value that the plan does not hold selects nothing, as in an old link.
_OF_THE_PLAN = {
    "theme": lambda value: Q(theme_number=_number(value)),
    "outcome": _outcome,
    "area": lambda value: Q(areas__contains=f" {value} ") if _LETTERS.fullmatch(value) else Q(pk__in=()),
    "post": lambda value: Q(lead_post=_number(value)),
}

PARAMETERS = frozenset({*CHOICES, *_OF_THE_PLAN})


def rows(month: ReportingMonth):
    """Return every update of `month`, each knowing it, in the plan's order: the whole that the counts add up to."""
    return month.updates.order_by("reference_order")


def without_drafts(found):
    """Return the rows `found` as a list, those that were not received without answers: a draft is never shown."""
    found = list(found)
    empty = [MonthlyUpdate._meta.get_field(name) for name in _OF_THE_ANSWERS]
    for row in found:
        if not row.is_received:
            for field in empty:
                setattr(row, field.attname, field.get_default())
    return found


def marks(row):
    """Return in words what is to be known of one update beside its rating, such as "Late"."""
    lasting = {"Stuck": row.is_stuck, "Long at one rating": row.is_long}
    if not row.is_received:
        return ["No update received", *(word for word, is_so in lasting.items() if is_so)]
    words = {
        UpdateStatus(row.status).label: row.status != UpdateStatus.SUBMITTED,
        "Not signed off": row.status == UpdateStatus.SUBMITTED,
        "Late": row.is_late,
        **lasting,
        row.same_as: bool(row.unchanged_reason),
    }
    return [word for word, is_so in words.items() if is_so]


def select(month: ReportingMonth, filters: dict[str, str], *, now):
    """Return the rows of `month` in every set of `filters`; a pair that names no set is left out."""
    selected = rows(month)
    for parameter, value in filters.items():
        found = condition(parameter, value, judged_on=month.judged_on(now))
        if found is not None:
            selected = selected.filter(found)
    return selected


def with_sets(month: ReportingMonth, pairs, *, now):
    """Return the rows of `month`, each knowing by `row.sets` in which of `pairs` (parameter, value) it stands.

    One query, however many the sets.
    """
    pairs = tuple(pairs)
    found = _flagged(pairs).objects(month=month.pk, judged_on=month.judged_on(now))
    for row in found:
        row.month = month
        row.sets = frozenset(pair for number, pair in enumerate(pairs) if getattr(row, f"set_{number}"))
    return found


@lru_cache(maxsize=100)
def _flagged(pairs):
    """Return the query for the rows of a month with a flag for each of `pairs`: a page asks for the same each time."""

    def flagged(month, judged_on=None):
        flags = {
            f"set_{number}": ExpressionWrapper(condition(*pair, judged_on=judged_on), output_field=BooleanField())
            for number, pair in enumerate(pairs)
        }
        return MonthlyUpdate.objects.filter(month=month).order_by("reference_order").annotate(**flags)

    day = {"judged_on": date(1, 1, 1)} if ("overdue", YES) in pairs else {}
    return Statement(flagged, month=MARK, **day)


def count(found, *pairs) -> int:
    """Return how many rows of `with_sets` stand in every one of `pairs`."""
    wanted = set(pairs)
    return sum(wanted <= row.sets for row in found)


def link(month: ReportingMonth, *pairs) -> str:
    """Return the address of the list that shows exactly the rows of `month` in every one of `pairs`."""
    query = urlencode([("month", month.address), *pairs])
    return f"{address('plans:recommendation_list', month.plan.slug)}?{query}"


@dataclass(frozen=True)
class Count:
    """A number, and the address of the list of exactly the rows that it counts."""

    name: str
    number: int
    link: str


def counted(month: ReportingMonth, found, name: str, *pairs, among=()) -> Count:
    """Return the Count of the rows of `found`, all of which stand in `among`, that stand in every one of `pairs`."""
    return Count(name, count(found, *pairs), link(month, *pairs, *among))


def static_pairs():
    """Return every (parameter, value) that stands in CHOICES."""
    return [(parameter, value) for parameter, choices in CHOICES.items() for value, _ in choices]
