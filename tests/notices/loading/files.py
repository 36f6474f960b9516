"""Files that a council might hand in, typed into the template."""

import io
from datetime import date

import openpyxl

from accounts.models import Event
from improvement import workbooks
from notices.loading import exporting, reading, uploads
from notices.loading.layout import FILES
from notices.loading.sheets import NOTICE, RESULTS
from tests.factories import AT, user
from tests.improvement.workbooks.books import saved

# Another council than any of the sources: its own areas, units and words.
BARNMOUTH = {
    "Notice": [
        {
            "Name in addresses": "barnmouth",
            "Title": "Barnmouth Improvement Notice",
            "Issuer": "The Minister for Children",
            "Issued on": date(2011, 1, 17),
            "Ends on": "31 December 2012",
            "Document": "https://barnmouth.example/notice.pdf",
            "Source": "Letter of 17 January 2011",
        }
    ],
    "Posts": [{"Title": "Head of the Front Door", "Organisation": "Barnmouth Borough Council"}],
    "Areas": [{"Place": 1, "Name": "The front door"}, {"Place": "2", "Name": "Children in our care"}],
    "Versions": [{"Place": 1, "State": "agreed", "Dated on": "17/01/2011", "Summary": "As it was issued."}],
    "Targets": [
        {
            "Reference": "B1",
            "Place": 1,
            "Kind": "Measured",
            "Area": "The front door",
            "Wording": "Decide on 95% of contacts within 24 hours.",
            "Owner post": "Head of the Front Door",
            "Owner's organisation": "Barnmouth Borough Council",
        },
        {
            "Reference": "B2",
            "Place": 2,
            "Kind": "measured",
            "Area": "Children in our care",
            "Wording": "Shorten waits.",
        },
        {"Reference": "B3", "Place": 3, "Kind": "NARRATIVE", "Wording": "Listen to children\nand act on it."},
    ],
    "Indicators": [
        {
            "Target": "B1",
            "Reference": "Contacts",
            "Place": 1,
            "Name": "Contacts decided on within 24 hours",
            "Unit": "%",
            "Better": "Higher is better",
            "Decides": "Yes",
        },
        {
            "Target": "B2",
            "Reference": 7,
            "Place": 1,
            "Name": "Days from referral to placement",
            "Subgroup": "Siblings",
            "Unit": "days",
            "Better": "lower",
        },
    ],
    "Milestones": [
        {
            "Target": "B1",
            "Indicator": "Contacts",
            "Place": 1,
            "Wording": "95% in a month",
            "Kind": "Level to reach",
            "Basis": "Month",
            "Period starts": "1 March 2011",
            "Period ends": 40633,
            "Threshold": "95%",
            "Result expected on": date(2011, 4, 20),
        },
        {
            "Target": "B2",
            "Indicator": "7",
            "Place": 1,
            "Wording": "Twenty days fewer",
            "Kind": "Change from a baseline",
            "Basis": "Average",
            "Period starts": "2010-04-01",
            "Period ends": "2011-03-31",
            "Threshold": 20,
            "Baseline": "1,063.5",
        },
        {
            "Target": "B2",
            "Indicator": "7",
            "Place": 2,
            "Wording": "Nobody waits unseen",
            "Kind": "Judged in words",
            "Basis": "Point in time",
            "Period starts": "31.3.2011",
            "Period ends": "31.3.2011",
        },
    ],
}
VALUES = {
    "Results": [
        {
            "Notice": "thornbury",
            "Target": "N01",
            "Indicator": "NI 59",
            "Basis": "Month",
            "Period starts": "1 March 2011",
            "Period ends": "31 March 2011",
            "Value": "80.5%",
            "Provisional": "Yes",
            "Source": "Monthly return",
            "Source's date": "20 April 2011",
        }
    ]
}


def typed(sheets, kind="notice", change=None):
    """Return the template of the kind with the rows, {sheet: [{heading: value}]}, typed into it."""
    book = openpyxl.load_workbook(io.BytesIO(exporting.template(kind, "xlsx", on=date(2011, 5, 1))))
    for name, rows in sheets.items():
        sheet = book[name]
        headings = [cell.value for cell in sheet[1]]
        for number, row in enumerate(rows, 2):
            for heading, value in row.items():
                sheet.cell(number, headings.index(heading) + 1, value)
    if change:
        change(book)
    return saved(book)


def column(sheet, heading):
    """Return the letter of the column under the heading."""
    return next(cell.column_letter for cell in sheet[1] if cell.value == heading)


def altered(sheets, name, place, **cells):
    """Return the sheets with cells of one row changed, named with underscores for spaces."""
    rows = [dict(row) for row in sheets[name]]
    rows[place] |= {heading.replace("_", " "): value for heading, value in cells.items()}
    return sheets | {name: rows}


def check(content, kind="notice", name="file.xlsx", by=None, at=AT):
    return uploads.check(kind=kind, name=name, content=content, by=by or user("Abe Administrator"), at=at)


def load(upload, by=None, at=AT):
    return uploads.load(upload=upload, digest=upload.digest, by=by or user("Abe Administrator"), at=at)


def found(upload, *statuses):
    """Return (sheet, row, what) of each row found so."""
    rows = upload.report["rows"]
    return [(row["sheet"], row["number"], row["what"]) for row in rows if row["status"] in statuses]


def problems(upload):
    """Return (sheet, row, column, value, sentence) of all that is wrong."""
    return [
        (row["sheet"], row["number"], *(each[name] for name in ("column", "value", "sentence")))
        for row in upload.report["rows"]
        for each in row["problems"]
    ]


def changes(upload):
    """Return (sheet, row, column, before, after) of each change."""
    return [
        (row["sheet"], row["number"], each["column"], each["before"], each["after"])
        for row in upload.report["rows"]
        if row["status"] == "changed"
        for each in row["details"]
    ]


def all_rows():
    """Return every row of what is loaded, with its history and the audit trail."""
    models = [sheet.model for sheet in (*NOTICE, *RESULTS)] + [Event]
    kept = [*models, *(model.history.model for model in models if hasattr(model, "history"))]
    return {model: list(model.objects.order_by("pk").values_list()) for model in kept}


def rows_of(content, kind="notice", name="file.xlsx"):
    """Return the rows of a file as its sheets' cells, for a comparison to be counted."""
    sheets = FILES[kind].sheets
    return reading.rows_of(workbooks.read(name, content, tuple(sheet.name for sheet in sheets)), sheets)[0]
