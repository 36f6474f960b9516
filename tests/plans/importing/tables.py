"""Plans as two areas print them, with made-up words: one flat table, and one with levels, months and two leads."""

import csv
import io
from dataclasses import dataclass

from openpyxl.styles import PatternFill

from plans.models import Recommendation
from tests.improvement.workbooks.books import workbook


@dataclass(frozen=True)
class Table:
    rows: list
    comes_to: list


FLAT = Table(
    [
        ["Action", "Target Date", "Lead", "What does success look like?", "Status"],
        [
            "Renew the needs assessment",
            "31 July 2024",
            "LA and ICB",
            "One evidence base informs joint work",
            "Work in progress",
        ],
        ["Join up the local offer", "31 March 2025", "LA", "Families find what there is", "Work in progress"],
        [
            "Open three family hubs",
            "Ongoing",
            "LA with support from health",
            "Help from birth to 19",
            "Work in progress",
        ],
        [
            "Agree a path for speech and language",
            "Ongoing",
            "ICB with support from all partners",
            "Shorter waits",
            "Started",
        ],
        ["Strengthen early help for anxiety", "(cut)", "(cut)", "(cut)", "(cut)"],
    ],
    [
        ("1.1", "Renew the needs assessment", "2024-07-31", "31 July 2024", "LA", "LA and ICB"),
        ("1.2", "Join up the local offer", "2025-03-31", "31 March 2025", "LA", "LA"),
        ("1.3", "Open three family hubs", "None", "Ongoing", "LA", "LA with support from health"),
        ("1.4", "Agree a path for speech and language", "None", "Ongoing", "ICB", "ICB with support from all partners"),
        ("1.5", "Strengthen early help for anxiety", "None", "(cut)", "(cut)", "(cut)"),
    ],
)
_TWO_LEADS = "Senior Media and PR Manager (council); Clinical Lead for SEND (NHS)"
LEVELS = Table(
    [
        [
            "ASW",
            "Action",
            "Due date",
            "Responsible officer (action lead)",
            "Senior responsible officer (accountable)",
            "Success criteria",
            "November progress update",
        ],
        [
            "1 Plans are not understood",
            "1.1 Review who decides what",
            "May 25",
            "SEND Programme Manager",
            "Deputy Director Change and Business Services",
            "(a) strengths and gaps named; (b) specific, measurable advice; (c) the Board oversees it",
            "Advice agreed on 19 June 2025; two boards are separate now",
        ],
        ["1", "1.2 Renew how we tell families", "June 25", _TWO_LEADS, "(cut)", "(cut)", "(cut)"],
        ["2 Families are not heard", "(cut)", "", "", "", "", ""],
    ],
    [
        ("1.1", "Review who decides what", "2025-05-31", "May 25", "SEND Programme Manager", "SEND Programme Manager"),
        ("1.2", "Renew how we tell families", "2025-06-30", "June 25", "Senior Media and PR Manager", _TWO_LEADS),
        ("2.1", "(cut)", "None", "Not stated", "Director of Children’s Services", ""),
    ],
)


def written(table, kind):
    """Return the table as a file of this kind."""
    if kind == "xlsx":
        return workbook({"Action plan": table.rows})
    file = io.StringIO()
    csv.writer(file).writerows(table.rows)
    return file.getvalue().encode("utf-8-sig")


def loaded():
    """Return what was loaded, as `comes_to` has it."""
    fields = ("reference", "title", "due_on", "timescale", "lead_post__title", "lead_wording")
    return [tuple(map(str, row)) for row in Recommendation.objects.values_list(*fields)]


def _coloured():
    """A printed page: titles, headings in two rows, themes across the table, ratings by colour, a hidden row, a key."""
    rows = [
        ["Barnmouth improvement plan, version 4"],
        [],
        ["Ref", "What we will do", "By when", "Responsibility", "", "Measure of success", "RAG"],
        ["", "", "", "Lead", "SRO", "", ""],
        ["Priority 1: Leadership"],
        [
            "1 (a)",
            "Agree who decides",
            "End of March 2026",
            "Head of Service",
            "Director of Children's Services",
            "Agreed",
            "",
        ],
        ["1 (b)", "Train all managers", "Q3 2025/26", "Same as above", "ditto", "• 90% trained\n• audits show it", ""],
        ["1 (c)", "Not yet agreed", "TBC", "LA/ICB", "ditto", "", ""],
        ["Priority 2: Practice"],
        ["2 (a)", "Improve supervision by 31 May 2026; audit it by 30 June 2026", "Ongoing", "LA/ICB", "", "", ""],
        [],
        ["Key: red is off track"],
    ]

    def change(book):
        sheet = book.active
        for cells in ("A1:G1", "D3:E3", "A5:G5", "A9:G9", *(f"{letter}3:{letter}4" for letter in "ABCFG")):
            sheet.merge_cells(cells)
        for row, colour in ((6, "FFFFC000"), (7, "FF00B050"), (8, "FFFF0000"), (10, "FFFF0000")):
            sheet[f"G{row}"].fill = PatternFill("solid", fgColor=colour)
        sheet.row_dimensions[8].hidden = True

    return (
        "coloured.xlsx",
        workbook(
            {"Cover": [["About this file"]], "Plan": rows}, lambda book: (setattr(book, "active", 1), change(book))
        ),
        {"hidden": "no", "split_1": "on"},
        {
            "themes": ["Priority 1: Leadership", "Priority 2: Practice"],
            "outcomes": ["Priority 1: Leadership", "Priority 2: Practice"],
            "recommendations": [
                ("1(a)", "Agree who decides"),
                ("1(b)", "Train all managers"),
                ("2(a)", "Improve supervision by 31 May 2026; audit it by 30 June 2026"),
            ],
            "actions": [("2(a)", "Improve supervision by 31 May 2026"), ("2(a)", "audit it by 30 June 2026")],
        },
    )


def _merged():
    """Four levels in merged cells, a step on each row."""
    rows = [
        ["Theme", "Outcome", "Recommendation", "Action", "Owner", "Deadline", "Status"],
        ["Leadership", "Leaders know", "R1 Know the service", "Write a report", "Data Manager", "31/01/2026", "Begun"],
        ["", "", "", "Share it", "Team Manager", "28/02/2026", "Not begun"],
        ["", "", "R2 Audit", "Audit cases", "QA Lead", "Mar 26", ""],
        ["", "Leaders act", "R3 Act on audits", "Plan what follows", "QA Lead", "Ongoing", ""],
        ["Practice", "Good plans", "R4 Improve plans", "Train all", "Head of Service", "2026-09-30", "Begun"],
    ]

    def merge(book):
        for cells in ("A2:A5", "B2:B4", "C2:C3"):
            book.active.merge_cells(cells)

    return (
        "merged.xlsx",
        workbook({"Delivery plan": rows}, merge),
        {},
        {
            "themes": ["Leadership", "Practice"],
            "outcomes": ["Leaders know", "Leaders act", "Good plans"],
            "recommendations": [
                ("R1", "Know the service"),
                ("R2", "Audit"),
                ("R3", "Act on audits"),
                ("R4", "Improve plans"),
            ],
            "actions": [
                ("R1", "Write a report"),
                ("R1", "Share it"),
                ("R2", "Audit cases"),
                ("R3", "Plan what follows"),
                ("R4", "Train all"),
            ],
        },
    )


def _stacked():
    """A CSV file with semicolons: a table for each area, its headings repeated, numbers that begin again."""
    heads = "No.;Key action;Who;When"
    lines = [
        *("Barnmouth SEND plan;;;", ";;;", "Voice of children;;;", heads, "1;Ask children;Participation Lead;May 26"),
        *(
            "2;Tell children;as above;Sept 2026",
            "Health;;;",
            heads,
            '1;"Check teeth\nand eyes";Designated Nurse (NHS);TBC',
        ),
    ]
    return (
        "stacked.csv",
        "\r\n".join(lines).encode("utf-8-sig"),
        {},
        {
            "themes": ["Voice of children", "Health"],
            "outcomes": ["Voice of children", "Health"],
            "recommendations": [("1.1", "Ask children"), ("1.2", "Tell children"), ("2.1", "Check teeth and eyes")],
            "actions": [],
        },
    )


OTHERS = [_coloured, _merged, _stacked]
