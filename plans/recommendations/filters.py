"""The list's filters. What a value selects is defined in `plans.months.sets` alone."""

from datetime import date
from functools import cached_property, lru_cache, partial

from django import forms
from django.db.models import BooleanField, ExpressionWrapper, Q

from improvement.govuk import filtering
from improvement.records.statements import Statement
from improvement.texts import words
from plans.models import AreaUpdate, MonthlyUpdate
from plans.months import searching, sets
from plans.ratings import Rating

_ALWAYS = Q(pk__isnull=False)


@lru_cache(maxsize=100)
def _statement(asked):
    """Return the query for a month's rows, each marked whether all of `asked` (filter, its values) select it.

    The dashboard links to the same few dozen sets each month.
    """

    def whole(month, judged_on):
        condition = partial(sets.condition, judged_on=judged_on)
        selected = _ALWAYS
        for name, values in asked:
            selected &= Q(*(condition(name, value) for value in values), _connector=Q.OR)
        return (
            MonthlyUpdate.objects.filter(month=month)
            .order_by("reference_order")
            .annotate(
                is_selected=ExpressionWrapper(selected, BooleanField()),
                is_overdue=ExpressionWrapper(condition("overdue", sets.YES), BooleanField()),
                counted_rating=sets.COUNTED,
                corrected_rating=sets.CORRECTED,
            )
        )

    return Statement(whole, month=sets.MARK, judged_on=date(1, 1, 1))


def _areas(month):
    return AreaUpdate.objects.order_by("letter").filter(month=month).values_list("letter", "title")


_AREAS = Statement(_areas, month=sets.MARK)


class Tick(forms.CheckboxInput):
    """A set that is asked for or not, such as `stuck=yes`."""

    def __init__(self, attrs=None):
        super().__init__(attrs, check_test=lambda value: value == sets.YES)

    def format_value(self, value):
        return sets.YES

    def value_from_datadict(self, data, files, name):
        return data.get(name)


class OfTheMonth(filtering.Several):
    """Takes what the month does not hold too, as an old link may ask for it: that selects nothing."""

    def valid_value(self, value):
        return len(value) <= 20 and value.isprintable()


def _choose(parameter):
    return filtering.Several(label=sets.LABELS[parameter], choices=sets.CHOICES[parameter])


def _of_the_month(parameter):
    return OfTheMonth(label=sets.LABELS[parameter])


def _tick(parameter):
    choices = sets.CHOICES[parameter]
    return forms.ChoiceField(label=sets.LABELS[parameter], choices=choices, widget=Tick, required=False)


class RecommendationFilter(filtering.FilterForm):
    """The rows of one month as a query string selects and marks them, in one query; more only to search for words."""

    q = filtering.WordsField(help_text="Searches the month’s updates and the recommendations’ pages.")
    rating = _choose("rating")
    corrected = _choose("corrected")
    direction = _choose("direction")
    moved = _choose("moved")
    theme = _of_the_month("theme")
    outcome = _of_the_month("outcome")
    area = _of_the_month("area")
    post = _of_the_month("post")
    update = _choose("update")
    slipped = _choose("slipped")
    overdue = _tick("overdue")
    stuck = _tick("stuck")
    long = _tick("long")
    decision = _tick("decision")

    def __init__(self, data, *, month, now):
        super().__init__(data)
        self.month, self.judged_on = month, month.judged_on(now)

    @cached_property
    def whole(self):
        """Every row of the month, without what drafts say.

        Each row is marked instead of left out: the choices and the total come from the whole month.
        """
        asked = tuple((name, tuple(values)) for name, values in self.used.items() if name in sets.PARAMETERS)
        found = _statement(asked).objects(month=self.month.pk, judged_on=self.judged_on)
        for row in found:
            row.month = self.month
        return sets.without_drafts(found)

    @cached_property
    def rows(self):
        """The rows that are selected."""
        found = [row for row in self.whole if row.is_selected]
        if not (asked := " ".join(self.used.get("q", ()))):
            return found
        return [row for row, texts in searching.read(self.month, found) if words.hold(asked, texts)]

    @cached_property
    def drawn(self):
        """The form's fields, with the choices that the month's own rows offer as they stood."""
        for name in ("rating", "corrected", "moved"):
            self.fields[name].choices = [
                (value, label) for value, label in sets.CHOICES[name] if self._is_offered(name, value)
            ]
        for name, choices in self._of_the_month.items():
            unknown = [(asked, asked) for asked in self.used.get(name, ()) if asked not in choices]
            self.fields[name].choices = [*choices.items(), *unknown]
        return list(self)

    @property
    def _in_use(self):
        return super()._in_use if self.drawn else []

    @cached_property
    def _of_the_month(self):
        rows = self.whole
        titles = dict(_AREAS.rows(month=self.month.pk))
        return {
            "theme": _sorted({(row.theme_number,): row.theme_title for row in rows}),
            "outcome": _sorted({(row.theme_number, row.outcome_number): row.outcome_title for row in rows}),
            "area": _sorted({(letter,): titles.get(letter, "") for row in rows for letter in row.area_letters}),
            "post": dict(sorted({str(row.lead_post_id): row.lead_title for row in rows}.items(), key=lambda i: i[1])),
        }

    def _is_offered(self, name, value):
        """Whether the month's plan uses each rating in `value`, such as `red-complete`, or the address asks for it."""
        is_asked = value in self.used.get(name, ())
        return is_asked or not set(value.split("-")) & (set(Rating) - set(self.month.wording))


def _sorted(titles):
    """Return choices such as {"2.1": "2.1 Title"} in the order of their numbers."""
    values = {key: ".".join(map(str, key)) for key in sorted(titles)}
    return {value: f"{value} {titles[key]}".strip() for key, value in values.items()}
