"""What a day, and the form of a pack, look like in an address; anything else is a 404."""

from datetime import date

from boards.models import PackFile


class DayConverter:
    """`2010-11-22`: a day that the calendar has."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value):
        return date.fromisoformat(value)

    def to_url(self, value):
        return value.isoformat()


class PackFormConverter:
    """`docx`: a form in which a pack is handed out."""

    regex = "pdf|docx|xlsx"

    def to_python(self, value):
        return PackFile.Form(value)

    def to_url(self, value):
        return value
