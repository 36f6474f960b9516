"""What a reference and a day look like in an address; anything else is a 404."""

from datetime import date

from django.urls.converters import StringConverter


class ReferenceConverter(StringConverter):
    """`R07`: a recommendation's or a target's own reference."""

    regex = "[A-Za-z0-9][A-Za-z0-9.-]{0,9}"


class DayConverter:
    """`2011-11-09`: a date."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value):
        return date.fromisoformat(value)

    def to_url(self, value):
        return value.isoformat()
