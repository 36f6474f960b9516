"""The list's filters. What a value selects is defined in `plans.standing` alone."""

from dataclasses import dataclass
from functools import cached_property

import django_filters
from django import forms
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from improvement import govuk
from plans import standing
from plans.months import RECEIVED
from plans.ratings import Rating

_SELECTED = mark_safe(" selected")
_ALWAYS = Q(pk__isnull=False)
_ANYWHERE = ("reference", "title", "wording")
_ONCE_RECEIVED = ("progress", "impact", "next_steps")


class FilterForm(govuk.FormMixin, forms.Form):
    is_small = True


class Choose(forms.Select):
    """A select written as one string: option by option the choices take longer than the list itself."""

    def render(self, name, value, attrs=None, renderer=None):
        attrs = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        options = ((choice, _SELECTED if choice == value else "", label) for choice, label in self.choices)
        written = format_html_join("", '<option value="{}"{}>{}</option>', options)
        return format_html("<select{}>{}</select>", flatatt(attrs), written)


class Tick(forms.CheckboxInput):
    """A set that is asked for or not, such as `stuck=yes`."""

    def __init__(self, attrs=None):
        super().__init__(attrs, check_test=lambda value: value == standing.YES)

    def format_value(self, value):
        return standing.YES

    def value_from_datadict(self, data, files, name):
        return data.get(name)


class PlanField(django_filters.fields.ChoiceField):
    """Takes what the month does not hold too, as an old link may ask for it: that selects nothing."""

    def valid_value(self, value):
        return len(value) <= 20 and value.isprintable()


class SetFilter(django_filters.ChoiceFilter):
    """Selects the rows of `parameter=value`."""

    def condition(self, value):
        return standing.condition(self.field_name, value, judged_on=self.parent.judged_on)


class PlanFilter(SetFilter):
    field_class = PlanField


class WordsFilter(django_filters.CharFilter):
    """Selects the rows in which every word stands somewhere; of what was not received no answer is searched."""

    def condition(self, value):
        found = _ALWAYS
        for word in value.split():
            found &= _contains(_ANYWHERE, word) | (Q(status__in=sorted(RECEIVED)) & _contains(_ONCE_RECEIVED, word))
        return found


def _contains(fields, word):
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": word})
    return found


def _choose(parameter, label):
    return SetFilter(label=label, choices=standing.CHOICES[parameter], empty_label="All", widget=Choose)


def _tick(parameter, label):
    return SetFilter(label=label, choices=standing.CHOICES[parameter], widget=Tick)


def _choose_of_month(label):
    return PlanFilter(label=label, choices=(), empty_label="All", widget=Choose)


@dataclass(frozen=True)
class Selected:
    """A filter in use: what it says, and the address of the list without it."""

    text: str
    without: str


class RecommendationFilter(django_filters.FilterSet):
    """The rows of one month as a query string selects and marks them, in one query."""

    q = WordsFilter(label="Words", max_length=100)
    rating = _choose("rating", "Rating")
    corrected = _choose("corrected", "Rating with corrections")
    direction = _choose("direction", "Direction of travel")
    moved = _choose("moved", "Movement")
    theme = _choose_of_month("Theme")
    outcome = _choose_of_month("Outcome")
    area = _choose_of_month("Area of focus")
    post = _choose_of_month("Lead post")
    update = _choose("update", "Update")
    slipped = _choose("slipped", "Due date")
    overdue = _tick("overdue", "Overdue")
    stuck = _tick("stuck", "Stuck")
    long = _tick("long", "Long at one rating")
    decision = _tick("decision", "Decision asked of the Board")

    class Meta:
        form = FilterForm

    def __init__(self, data, *, month, now):
        self.month, self.judged_on = month, month.judged_on(now)
        super().__init__(data, queryset=standing.rows(month))

    def filter_queryset(self, queryset):
        """Mark each row instead of leaving rows out: the choices and the total come from the whole month."""
        selected = _ALWAYS
        for name, value in self._used.items():
            selected &= self.filters[name].condition(value)
        overdue = standing.condition("overdue", standing.YES, judged_on=self.judged_on)
        return queryset.annotate(
            is_selected=ExpressionWrapper(selected, BooleanField()),
            is_overdue=ExpressionWrapper(overdue, BooleanField()),
            counted_rating=standing.COUNTED,
            corrected_rating=standing.CORRECTED,
        )

    @cached_property
    def whole(self):
        """Every row of the month, without what drafts say."""
        return standing.without_drafts(self.qs)

    @property
    def rows(self):
        """The rows that are selected."""
        return [row for row in self.whole if row.is_selected]

    @cached_property
    def fields(self):
        """The form's fields, with the choices that the month's own rows offer as they stood."""
        for name in ("rating", "corrected", "moved"):
            self.form.fields[name].choices = [
                (value, label) for value, label in standing.CHOICES[name] if self._is_offered(name, value)
            ]
        for name, choices in self._of_the_month.items():
            asked = self._used.get(name)
            unknown = [(asked, asked)] if asked and asked not in choices else []
            self.form.fields[name].choices = [*choices.items(), *unknown]
        return list(self.form)

    @property
    def selected(self):
        """Each filter in use, in words, with the address that leaves it out."""
        return [
            Selected(_said(bound, self._used[bound.name]), self._without(bound.name))
            for bound in self.fields
            if bound.name in self._used
        ]

    @property
    def left_out(self):
        """The labels of what the address asks for in vain."""
        return [self.form[name].label for name in self.errors]

    @cached_property
    def _used(self):
        self.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @cached_property
    def _of_the_month(self):
        rows = self.whole
        titles = dict(self.month.area_updates.values_list("letter", "title"))
        return {
            "theme": _sorted({(row.theme_number,): row.theme_title for row in rows}),
            "outcome": _sorted({(row.theme_number, row.outcome_number): row.outcome_title for row in rows}),
            "area": _sorted({(letter,): titles.get(letter, "") for row in rows for letter in row.area_letters}),
            "post": dict(sorted({str(row.lead_post_id): row.lead_title for row in rows}.items(), key=lambda i: i[1])),
        }

    def _is_offered(self, name, value):
        """Whether the month's plan uses each rating in `value`, such as `red-complete`, or the address asks for it."""
        return value == self._used.get(name) or not set(value.split("-")) & (set(Rating) - set(self.month.wording))

    def _without(self, name):
        query = self.data.copy()
        for key in (name, "page"):
            query.pop(key, None)
        return f"?{query.urlencode()}"


def _said(bound, value):
    """Return a filter in use in words: `Rating: Amber`, `Overdue`."""
    if bound.kind == "checkbox":
        return bound.label
    return f"{bound.label}: {dict(getattr(bound.field, 'choices', ())).get(value, f'“{value}”')}"


def _sorted(titles):
    """Return choices such as {"2.1": "2.1 Title"} in the order of their numbers."""
    values = {key: ".".join(map(str, key)) for key in sorted(titles)}
    return {value: f"{value} {titles[key]}".strip() for key, value in values.items()}
