"""What a month looks like in an address; anything else is a 404."""

from plans import calendar


class MonthConverter:
    """`2010-11`: the date of the month's first day."""

    regex = "[0-9]{4}-[0-9]{2}"

    def to_python(self, value):
        month = calendar.parse(value)
        if month is None:
            raise ValueError(value)
        return month

    def to_url(self, value):
        return calendar.address(value)
