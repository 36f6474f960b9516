"""What the filters of every list share. A filter takes several values, each a parameter of its own in the address.

A form:  class RowFilter(filtering.FilterForm) with `Several` fields, and `filtering.WordsField` to search for words
A page:  templates/_filters.html draws it beside the rows, templates/_selected_filters.html what is `selected`
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from improvement import govuk

MOST = 100  # values of one filter, which no list offers and any address may ask for
MANY = 8  # of more choices a few are shown at a time

_CHECKED = mark_safe(" checked")
_BOX = (
    '<div class="govuk-checkboxes__item">'
    '<input type="checkbox" class="govuk-checkboxes__input" id="{}" name="{}" value="{}"{}>'
    '<label class="govuk-label govuk-checkboxes__label" for="{}">{}</label></div>'
)


class Boxes(forms.CheckboxSelectMultiple):
    """Checkboxes written as one string, once: the list of recommendations takes 30 ms instead of 35 box by box."""

    is_written = True

    def render(self, name, value, attrs=None, renderer=None):
        return _boxes(attrs["id"], name, frozenset(map(str, value or ())), tuple(self.choices))


# A list offers the same choices each time, and few of them are ticked.
@lru_cache(maxsize=1000)
def _boxes(own, name, chosen, choices):
    boxes = (
        (place, name, choice, _CHECKED if str(choice) in chosen else "", place, label)
        for place, choice, label in ((f"{own}_{n}", *choice) for n, choice in enumerate(choices))
    )
    classes = "govuk-checkboxes govuk-checkboxes--small" + (" app-choices" if len(choices) > MANY else "")
    return format_html("<div{}>{}</div>", flatatt({"class": classes}), format_html_join("", _BOX, boxes))


class Several(forms.MultipleChoiceField):
    """Selects what stands in any of the values that are ticked."""

    widget = Boxes

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def __deepcopy__(self, memo):
        # For each form; its choices, dozens of them, may be replaced but are never changed.
        return super(forms.ChoiceField, self).__deepcopy__(memo)

    def clean(self, value):
        if len(value or ()) > MOST:
            raise ValidationError("Select fewer options.")
        return list(dict.fromkeys(super().clean(value)))


class WordsField(forms.CharField):
    """Selects what holds each of the words (`improvement.texts.words`)."""

    def __init__(self, **kwargs):
        super().__init__(**{"label": "Words", "required": False, "max_length": 100} | kwargs)


@dataclass(frozen=True)
class Selected:
    """A value of a filter in use: what it says, and the address of the list without it."""

    text: str
    without: str


class FilterForm(govuk.FormMixin, forms.Form):
    """A list's query string; what it cannot mean selects nothing away."""

    is_small = True

    @cached_property
    def used(self):
        """The values that are asked for by the name of their filter."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return {name: value if isinstance(value, list) else [value] for name, value in asked.items()}

    @property
    def selected(self):
        """Each value of the filters in use."""
        return [
            Selected(f"{self[name].label}: {self._said(name, value)}", self._without(name, value))
            if self[name].kind != "checkbox"
            else Selected(self[name].label, self._without(name, value))
            for name, value in self._in_use
        ]

    @property
    def words(self):
        """The filters in use, in words."""
        said = {}
        for name, value in self._in_use:
            said.setdefault(name, []).append(self._said(name, value))
        return "; ".join(
            self[name].label if self[name].kind == "checkbox" else f"{self[name].label}: {' or '.join(values)}"
            for name, values in said.items()
        )

    @property
    def left_out(self):
        """The labels of what the address asks for in vain."""
        return [self[name].label for name in self.errors]

    @property
    def _in_use(self):
        return [(name, value) for name in self.fields for value in self.used.get(name, ())]

    def _said(self, name, value):
        if isinstance(value, date):
            return _day(value)
        return dict(getattr(self.fields[name], "choices", ())).get(value, f"“{value}”")

    def _without(self, name, value):
        query = QueryDict(mutable=True)
        for key, values in self.data.lists():
            if key == name:
                query.setlist(key, [other for other in values if other != str(value) and len(self.used[name]) > 1])
            elif key != "page" and not key.startswith(f"{name}_"):
                query.setlist(key, values)
        return f"?{query.urlencode()}"


def texts(columns, row):
    """Return what a file's `columns` say of `row`, as pages write it, to search it for words."""
    return [_read(value) for column in columns if (value := column.value(row)) not in ("", None)]


def _read(value):
    if isinstance(value, datetime):
        return _day(timezone.localtime(value) if timezone.is_aware(value) else value)
    return _day(value) if isinstance(value, date) else str(value)


def _day(day):
    """Return the day as a list and as a page writes it."""
    return f"{day:%-d %B %Y}"
