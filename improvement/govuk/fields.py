"""Fields that ask as the GOV.UK Design System does: a date in three boxes, a text of several lines."""

import datetime

from django import forms
from django.core.exceptions import ValidationError

EXAMPLE_DATE = "31 3 2012"
# Before, no spreadsheet knows the date; after, a month could not be reckoned on from it.
FIRST_YEAR, LAST_YEAR = 1900, 2199
LONGEST = 10_000


class DateInput(forms.MultiWidget):
    """Day, month and year, typed."""

    parts = ("day", "month", "year")

    def __init__(self, attrs=None):
        super().__init__([forms.TextInput(attrs={"inputmode": "numeric"}) for _ in self.parts], attrs)

    def decompress(self, value):
        return [value.day, value.month, value.year] if value else [None, None, None]


class DateField(forms.Field):
    """A date typed as day, month and year; what was typed is kept when it is not a date. Its sentences name it."""

    widget = DateInput

    def to_python(self, value):
        if isinstance(value, datetime.date) or not value:
            return value or None
        texts = [(text or "").strip() for text in value]
        if not any(texts):
            return None
        missing = [part for part, text in zip(DateInput.parts, texts, strict=True) if not text]
        if missing:
            words = " and ".join(f"a {part}" for part in missing)
            raise self._wrong(f"enter a date that includes {words}", missing[0])
        if len(texts[2]) != 4:
            raise self._wrong("enter the year in four figures", "year")
        if not all(text.isascii() and text.isdigit() and len(text) <= 4 for text in texts):
            raise self._wrong("enter the date in figures", "invalid")
        day, month, year = (int(text) for text in texts)
        try:
            date = datetime.date(year, month, day)
        except ValueError:
            raise self._wrong(f"{' '.join(texts)} is not a date. Enter one", "invalid") from None
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise self._wrong(f"enter a year from {FIRST_YEAR} to {LAST_YEAR}", "year")
        return date

    def _wrong(self, sentence, code):
        name = (self.label or "Date").rstrip("?")
        return ValidationError(f"{name}: {sentence}, such as {EXAMPLE_DATE}", code=code)


class ProseField(forms.CharField):
    """A text of several lines, with plain line ends; not required unless it says so."""

    widget = forms.Textarea(attrs={"rows": 5})

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, "max_length": LONGEST} | kwargs)

    def to_python(self, value):
        return super().to_python((value or "").replace("\r\n", "\n"))
