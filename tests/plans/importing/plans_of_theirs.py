"""Sheets as councils write them, and what they come to."""

from datetime import date

from improvement.workbooks.grids import Grid, Seen
from improvement.workbooks.layout import Merged
from plans.importing import made, mapped


def grid(rows, *, name="Plan", merged=(), hidden=(), colours=(), bold=(), struck=()):
    """Return a sheet of texts; `merged` are (top, left, bottom, right), `colours` {(row, place): colour}."""
    colours, width = dict(colours), max(map(len, rows))

    def seen(number, place, row):
        text = row[place] if place < len(row) else ""
        return Seen(
            text, text or None, colours.get((number, place), ""), (number, place) in bold, "", (number, place) in struck
        )

    cells = [
        (number, tuple(seen(number, place, row) for place in range(width)))
        for number, row in enumerate(rows, 1)
        if any(row)
    ]
    ranges = tuple(Merged("", top, left, bottom, right) for top, left, bottom, right in merged)
    return Grid(name, tuple(cells), ranges, frozenset(hidden))


def opened(*args, top=None, **kwargs):
    return mapped.opened([grid(*args, **kwargs)], top=top)


def chosen(**other):
    said = {
        "slug": "barnmouth",
        "title": "Barnmouth plan",
        "council": "Barnmouth",
        "notice": "",
        "organisation": "Barnmouth",
        "accountable": "Director of Children’s Services",
        "opened_on": date(2026, 1, 1),
        "source": "plan.xlsx",
    }
    return made.Chosen(**said | other)


def come_to(sheet, *, with_hidden=True, columns=None, **other):
    """Return what a sheet comes to as it is proposed, or with other `columns`."""
    fields = sheet.proposed | (columns or {})
    return made.make(sheet.plan(fields, with_hidden=with_hidden), chosen(**other))


def proposed(sheet):
    """Return the proposed fields by heading."""
    return {column.heading: sheet.proposed[column.place].value for column in sheet.shape.columns}


def named(result, sheet, *headings):
    """Return those cells of each row of a sheet."""
    return [tuple(row.get(heading) for heading in headings) for row in result.sheets.get(sheet, [])]


def split(sheet, heading):
    return frozenset(column.place for column in sheet.shape.columns if column.heading == heading)
