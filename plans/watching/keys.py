"""What a saved filter means: its themes, outcomes, areas and posts by their keys, as values of a list, and in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from accounts.models import Post
from plans.models import AreaOfFocus, AreaUpdate, MonthlyUpdate, Outcome, Plan, ReportingMonth, Theme
from plans.months import sets

WORDS = "q"
NAMES = frozenset({*sets.LABELS, WORDS})  # of all filters of a list
_PLACES = {name: place for place, name in enumerate((*sets.LABELS, WORDS))}
NO_ROW = "0"  # which no theme, outcome or area of focus is asked for by
LONGEST_WORDS = 100
MOST_VALUES = 100  # of one filter, as of a list's


@dataclass(frozen=True)
class Named:
    """How a list asks for a theme, outcome, area or post, and how it is called."""

    value: str
    text: str


@dataclass(frozen=True)
class Keys:
    """How a plan's themes, outcomes, areas of focus and all posts are asked for, by filter and key.

    A month's list asks for them as they were numbered then (`of_month`).
    """

    named: Mapping[str, Mapping[int, Named]]
    _stamped: Mapping[str, Mapping[int, str]] = field(default_factory=dict)

    @cached_property
    def _by_value(self):
        """The keys by filter and value."""
        found = {name: {self._value(name, key): key for key in known} for name, known in self.named.items()}
        return {name: {value: key for value, key in known.items() if value != NO_ROW} for name, known in found.items()}

    def keep(self, asked: Mapping[str, Iterable[str]]) -> dict[str, list]:
        """Return what a filter keeps of the values `asked` of a list; what the plan does not know is left out."""
        kept = {name: self._kept(name, list(dict.fromkeys(values))[:MOST_VALUES]) for name, values in asked.items()}
        return {name: kept[name] for name in _in_order(kept) if kept[name] and name in NAMES}

    def values(self, query: Mapping[str, list]) -> dict[str, list[str]]:
        """Return how the list of the month is asked for what the filter `query` keeps, as far as it still exists."""
        found = {name: [self._value(name, one) for one in self._known(name, query)] for name in _in_order(query)}
        return {name: values for name, values in found.items() if values}

    def lost(self, query: Mapping[str, list]) -> list[str]:
        """Return the labels of the filters that name something which no longer exists."""
        return [label(name) for name in _in_order(query) if len(self._known(name, query)) < len(query[name])]

    def words(self, query: Mapping[str, list]) -> str:
        """Return the filter as a sentence says it: “Theme: 1 Safety or 2 Health; Stuck”."""
        told = {name: [self._text(name, one) for one in self._known(name, query)] for name in _in_order(query)}
        return "; ".join(
            label(name) if len(sets.CHOICES.get(name, ())) == 1 else f"{label(name)}: {' or '.join(texts)}"
            for name, texts in told.items()
            if texts
        )

    def of_month(self, month: ReportingMonth) -> "Keys":
        """Return the same as `month` numbers them, in two queries."""
        return of_months({month.plan_id: self}, [month])[month.plan_id]

    def _kept(self, name, values):
        if name in self.named:
            return sorted({self._by_value[name][one] for one in values if one in self._by_value[name]})
        if name == WORDS:
            return [text[:LONGEST_WORDS] for one in values if (text := " ".join(one.split()))]
        return [one for one, _ in sets.CHOICES.get(name, ()) if one in values]

    def _known(self, name, query):
        return [one for one in query[name] if self._is_known(name, one)]

    def _is_known(self, name, one):
        if name in self.named:
            return one in self.named[name]
        return name == WORDS or one in dict(sets.CHOICES.get(name, ()))

    def _value(self, name, one):
        if name not in self.named:
            return one
        stamped, value = self._stamped.get(name, {}), self.named[name][one].value
        if one in stamped:
            return stamped[one]
        # The month does not hold it, and what has its number today may have been another then.
        return NO_ROW if value in stamped.values() else value

    def _text(self, name, one):
        if name in self.named:
            return self.named[name][one].text
        return f"“{one}”" if name == WORDS else dict(sets.CHOICES[name])[one]


def _in_order(query):
    """Return the names of the filters in the order of a list, which PostgreSQL does not keep in what it holds."""
    return sorted(query, key=lambda name: (_PLACES.get(name, len(_PLACES)), name))


def label(name: str) -> str:
    return "Words" if name == WORDS else sets.LABELS.get(name, name)


def of(plan: Plan) -> Keys:
    """Return the Keys of `plan` as it numbers them today, in four queries."""
    return of_plans([plan.pk])[plan.pk]


def of_plans(plans: Iterable[int]) -> dict[int, Keys]:
    """Return the Keys of each of the plans of these ids as it numbers them today, in four queries."""
    named: dict = {plan: {"theme": {}, "outcome": {}, "area": {}} for plan in plans}
    themes = Theme.objects.filter(plan__in=named).order_by().values_list("plan", "pk", "number", "title")
    for plan, pk, number, title in themes:
        named[plan]["theme"][pk] = _numbered(str(number), title)
    outcomes = Outcome.objects.filter(theme__plan__in=named).order_by()
    for plan, pk, *numbers, title in outcomes.values_list("theme__plan", "pk", "theme__number", "number", "title"):
        named[plan]["outcome"][pk] = _numbered(".".join(map(str, numbers)), title)
    areas = AreaOfFocus.objects.filter(plan__in=named).order_by().values_list("plan", "pk", "letter", "title")
    for plan, pk, letter, title in areas:
        named[plan]["area"][pk] = _numbered(letter, title)
    posts = {pk: Named(str(pk), title) for pk, title in Post.objects.order_by().values_list("pk", "title")}
    return {plan: Keys(known | {"post": posts}) for plan, known in named.items()}


def of_months(known: Mapping[int, Keys], months: Iterable[ReportingMonth]) -> dict[int, Keys]:
    """Return `known`, the Keys by plan, as a month of each plan that has one here numbers them; two queries."""
    stamped: dict = {month.pk: {"theme": {}, "outcome": {}, "area": {}} for month in months}
    numbers = ("month", "theme", "theme_number", "outcome", "outcome_number")
    for month, theme, number, outcome, place in (
        MonthlyUpdate.objects.filter(month__in=stamped).order_by().values_list(*numbers).distinct()
    ):
        stamped[month]["theme"][theme] = str(number)
        stamped[month]["outcome"][outcome] = f"{number}.{place}"
    areas = AreaUpdate.objects.filter(month__in=stamped).order_by().values_list("month", "area", "letter")
    for month, area, letter in areas:
        stamped[month]["area"][area] = letter
    in_months = {month.plan_id: replace(known[month.plan_id], _stamped=stamped[month.pk]) for month in months}
    return {**known, **in_months}


def _numbered(value, title):
    return Named(value, f"{value} {title}")
