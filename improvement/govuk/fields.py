"""Fields that ask as the GOV.UK Design System does: a date in three boxes, a text of several lines."""

import datetime
import re

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from improvement.texts import days

_SEPARATORS = re.compile(r"[\s/.-]+")
EXAMPLE_DATE = settings.EXAMPLE_DATE
LONGEST = 10_000


class DateInput(forms.MultiWidget):
    """Day, month and year, typed."""

    parts = ("day", "month", "year")

    def __init__(self, attrs=None):
        super().__init__([forms.TextInput(attrs={"inputmode": "numeric"}) for _ in self.parts], attrs)

    def decompress(self, value):
        return [value.day, value.month, value.year] if value else [None, None, None]


class DateField(forms.Field):
    """A date typed as day, month and year; what was typed is kept when it is not a date. Its sentences name it.

    The month may be typed by its name, the year in two figures, and all of it into the first box.
    """

    widget = DateInput

    def to_python(self, value):
        if isinstance(value, datetime.date) or not value:
            return value or None
        texts = [(text or "").strip() for text in value]
        if not any(texts):
            return None
        if not any(texts[1:]) and len(whole := _SEPARATORS.split(texts[0])) == len(texts):
            texts = whole
        missing = [part for part, text in zip(DateInput.parts, texts, strict=True) if not text]
        if missing:
            words = " and ".join(f"a {part}" for part in missing)
            raise self._wrong(f"enter a date that includes {words}", missing[0])
        day, month, year = texts[0], days.month_of(texts[1]), days.year_of(texts[2])
        if not (day.isascii() and day.isdigit() and len(day) <= 2):
            raise self._wrong("enter the day as a number", "day")
        if month is None:
            raise self._wrong("enter the month as a number or by its name", "month")
        if year is None:
            raise self._wrong("enter a year with four digits", "year")
        try:
            date = datetime.date(year, month, int(day))
        except ValueError:
            raise self._wrong(f"{' '.join(texts)} is not a date. Enter one", "invalid") from None
        if not days.FIRST_YEAR <= year <= days.LAST_YEAR:
            raise self._wrong(f"enter a year from {days.FIRST_YEAR} to {days.LAST_YEAR}", "year")
        return date

    def _wrong(self, sentence, code):
        name = (self.label or "Date").rstrip("?")
        return ValidationError(f"{name}: {sentence}, such as {EXAMPLE_DATE}.", code=code)


class ProseField(forms.CharField):
    """A text of several lines, with plain line ends; not required unless it says so."""

    widget = forms.Textarea(attrs={"rows": 5})

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, "max_length": LONGEST} | kwargs)

    def to_python(self, value):
        return super().to_python((value or "").replace("\r\n", "\n"))
