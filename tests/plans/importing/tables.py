"""Plans as two areas print them, with made-up words: one flat table, and one with levels, months and two leads."""

import csv
import io
from dataclasses import dataclass

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
