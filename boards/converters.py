"""What a day looks like in an address; anything else is a 404."""

from datetime import date


class DayConverter:
    """`2010-11-22`: a day that the calendar has."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value):
        return date.fromisoformat(value)

    def to_url(self, value):
        return value.isoformat()
