"""Four more plans in forms that councils use, made up by someone who knew only how such spreadsheets look."""

from datetime import date

from openpyxl.styles import Font, PatternFill

from tests.improvement.workbooks.books import workbook

RED, AMBER, GREEN = "FFFF0000", "FFFFC000", "FF00B050"


def _fill(sheet, **colours):
    for cell, colour in colours.items():
        sheet[cell].fill = PatternFill("solid", fgColor=colour)


def three_levels():
    """Priorities and objectives in merged cells, two leads in a cell, ratings by colour, a hidden row, a total."""
    rows = [
        ["Westmere Council"],
        ["Children’s Services Improvement Plan 2025-27", "", "", "", "", "", "", "Version 6"],
        [],
        ["Priority area", "Objective", "Ref", "Actions", "Responsible lead(s)", "Timescale", "RAG", "Difference made"],
        [
            "A. Front door",
            "A1 Decisions are timely",
            "1.1(a)",
            "Review thresholds with partners",
            "Head of MASH / Designated Nurse (ICB)",
            "By end of Mar 26",
            "",
            "Fewer repeat contacts",
        ],
        ["", "", "1.1(b)", "Publish the threshold document", "Head of MASH", "Completed - Nov 25", "", ""],
        [
            "",
            "A2 Strategy meetings",
            "1.2(a)",
            "Hold meetings in 5 days",
            "Service Manager, Assessment",
            "Q3 2026/27",
            "",
            "",
        ],
        ["", "", "1.2(b)", "Old action, withdrawn", "Service Manager, Assessment", "Jan 25", "", ""],
        [
            "B. Care planning",
            "B1 Plans are SMART",
            "3.2(b)",
            "Train all staff\nand audit 20 plans a month",
            "Principal Social Worker and QA Lead",
            "September 2026 (was June 2026)",
            "",
            "Children say they know their plan",
        ],
        ["", "", "3.2(c)", "Embed the practice model", "Principal Social Worker", "Ongoing", "", ""],
        ["Total actions", "", "", "", "", "", "6", ""],
    ]

    def change(book):
        sheet = book.active
        for cells in ("A1:H1", "A5:A8", "B5:B6", "B7:B8", "A9:A10", "B9:B10"):
            sheet.merge_cells(cells)
        _fill(sheet, G5=AMBER, G6=GREEN, G7=RED, G9=AMBER, G10=GREEN)
        sheet.row_dimensions[8].hidden = True

    return (
        "Improvement plan v6.xlsx",
        workbook({"Plan": rows}, change),
        {"hidden": "no"},
        {
            "themes": ["A. Front door", "B. Care planning"],
            "outcomes": ["A1 Decisions are timely", "A2 Strategy meetings", "B1 Plans are SMART"],
            "recommendations": [
                ("1.1(a)", "2026-03-31", "By end of Mar 26", "Head of MASH"),
                ("1.1(b)", "None", "Completed - Nov 25", "Head of MASH"),
                ("1.2(a)", "2026-12-31", "Q3 2026/27", "Service Manager, Assessment"),
                ("3.2(b)", "2026-09-30", "September 2026 (was June 2026)", "Principal Social Worker"),
                ("3.2(c)", "None", "Ongoing", "Principal Social Worker"),
            ],
            "actions": [],
            "noted": ["RAG: amber (cell colour)", "Difference made: Fewer repeat contacts"],
        },
    )


def windows_csv():
    """A CSV file of an old Windows program: semicolons, its own apostrophes, dashes and pound sign."""
    lines = [
        "Eastford SEND action plan;;;;;",
        "Updated 3 November 2025;;;;;",
        "No;What needs to improve;What will we do?;Who;By when;How will we know?",
        "1;Children’s voices are not heard;Set up a panel – 12 people;Participation Lead;31.03.26;It meets each term",
        "2;;Publish “You said, we did”;as above;Half-termly from Jan 26;Each issue is read by 200 families",
        "3;Annual reviews are late;Recruit (£84,000);SEND Manager & HR Partner;30/4/26;85% on time by Q2 2026/27",
        "4;Annual reviews are late;Clear the backlog;SEND Manager;TBC;",
    ]
    return (
        "SEND plan.csv",
        "\r\n".join(lines).encode("cp1252"),
        {},
        {
            "themes": ["Children’s voices are not heard", "Annual reviews are late"],
            "outcomes": ["Children’s voices are not heard", "Annual reviews are late"],
            "recommendations": [
                ("1", "2026-03-31", "31.03.26", "Participation Lead"),
                ("2", "None", "Half-termly from Jan 26", "Participation Lead"),
                ("3", "2026-04-30", "30/4/26", "SEND Manager"),
                ("4", "None", "TBC", "SEND Manager"),
            ],
            "actions": [],
            "noted": [],
        },
    )


def sheet_for_each_theme():
    """A sheet for each theme beside a cover and a hidden list, real dates, numbered tasks and a percentage in cells."""
    heads = ["ID", "Ofsted recommendation", "Key tasks", "Owner", "Start", "End", "% complete", "Status", "Comments"]
    leadership = [
        ["Leadership and governance"],
        heads,
        [
            "L1",
            "Strengthen oversight by senior leaders",
            "1. Agree a data set\n2. Meet every month\n3. Report to scrutiny",
            "DCS",
            date(2025, 9, 1),
            date(2026, 3, 31),
            0.5,
            "In progress",
            "Data set agreed.",
        ],
        [
            "L2",
            "Know the workforce",
            "Write a workforce strategy",
            "HR Director",
            "",
            "Spring 2026",
            0,
            "Not started",
            "",
        ],
    ]
    care = [
        ["Children in care"],
        heads,
        [
            "C1",
            "Improve sufficiency of homes",
            "1) Recruit 20 foster carers\n2) Open one children’s home",
            "Head of Placements (with Commissioning)",
            date(2025, 10, 1),
            date(2027, 3, 31),
            0.1,
            "In progress",
            "See also L2",
        ],
    ]

    def change(book):
        for name in ("Leadership", "Care"):
            for row in range(3, 5):
                for column in "EF":
                    book[name][f"{column}{row}"].number_format = "dd/mm/yyyy"
                book[name][f"G{row}"].number_format = "0%"
        book["Lists"].sheet_state = "hidden"

    sheets = {"Cover": [["Northgate improvement plan"]], "Leadership": leadership, "Care": care}
    return (
        "Northgate.xlsx",
        workbook(sheets | {"Lists": [["In progress"], ["Not started"]]}, change),
        {"split_2": "on"},
        {
            "themes": ["Leadership and governance", "Children in care"],
            "outcomes": ["Leadership and governance", "Children in care"],
            "recommendations": [
                ("L1", "2026-03-31", "31 March 2026", "DCS"),
                ("L2", "None", "Spring 2026", "HR Director"),
                ("C1", "2027-03-31", "31 March 2027", "Head of Placements"),
            ],
            "actions": [
                ("L1", "Agree a data set"),
                ("L1", "Meet every month"),
                ("L1", "Report to scrutiny"),
                ("L2", "Write a workforce strategy"),
                ("C1", "Recruit 20 foster carers"),
                ("C1", "Open one children’s home"),
            ],
            "noted": [
                *("Start: 1 September 2025", "% complete: 50%", "Status: In progress", "Comments: Data set agreed."),
                *("Key tasks: 1. Agree a data set", "2. Meet every month", "3. Report to scrutiny"),
            ],
        },
    )


def references_in_the_text():
    """Outcomes in shaded rows, references before actions, two leads in two columns, spacer columns, odd dates."""
    heads = ["Action", "", "Lead officer", "Partner lead", "", "Timescales", "BRAG", "Evidence of impact"]
    rows = [
        ["Southby Improvement Programme – delivery plan"],
        heads,
        ["Outcome 1: Children are seen and heard"],
        ["1.1 Review the quality of visits", "", "Head of Safeguarding", "", "", "Immediate", "G", "Audit 3: 80% good"],
        ["1.2(a) Train supervisors", "", "PSW", "Police Inspector", "", "Within 3 months", "A", ""],
        ["1.2(b) Observe practice", "", "“", "", "", "Sept-Dec 2026", "A", ""],
        ["Outcome 2: Care leavers thrive"],
        heads,
        ["2.1 Offer every care leaver a home", "", "Head of Housing", "", "", "31.03.27", "R", ""],
        ["2.2 See 1.1", "", "Head of Safeguarding", "", "", date(2026, 12, 1), "B", "Complete"],
        [],
        ["B = complete, G = on track, A = at risk, R = off track"],
    ]

    def change(book):
        sheet = book.active
        for row in (3, 7):
            sheet[f"A{row}"].font = Font(bold=True)
            _fill(sheet, **{f"A{row}": "FFDDEBF7"})
        _fill(sheet, G4=GREEN, G5=AMBER, G6=AMBER, G9=RED, G10="FF0070C0")

    return (
        "Delivery plan.xlsx",
        workbook({"Delivery": rows}, change),
        {},
        {
            "themes": ["Southby Improvement Programme – delivery plan"],
            "outcomes": ["Outcome 1: Children are seen and heard", "Outcome 2: Care leavers thrive"],
            "recommendations": [
                ("1.1", "None", "Immediate", "Head of Safeguarding"),
                ("1.2(a)", "None", "Within 3 months", "PSW"),
                ("1.2(b)", "2026-12-31", "Sept-Dec 2026", "PSW"),
                ("2.1", "2027-03-31", "31.03.27", "Head of Housing"),
                ("2.2", "2026-12-01", "1 December 2026", "Head of Safeguarding"),
            ],
            "actions": [],
            "noted": ["BRAG: G [green (cell colour)]", "Evidence of impact: Audit 3: 80% good"],
        },
    )


def labelled_paragraphs():
    """What a council publishes as headings and paragraphs, pasted into one column."""
    rows = [
        *("Barnmouth improvement plan", "", "Priority 1: Leadership", "Recommendation 1: Agree who decides"),
        *("Lead: Head of Service", "Timescale: May 2026", "", "Recommendation 2: Train every manager"),
        *("Lead: QA Lead", "Timescale: Ongoing", "Success criteria:", "(a) all are trained", "(b) audits show it"),
        *("Priority 2: Practice", "Recommendation 3: Improve plans", "Timescale: 30 June 2026", "Lead: QA Lead"),
    ]
    return (
        "Published plan.xlsx",
        workbook({"Sheet1": [[text] for text in rows]}),
        {},
        {
            "themes": ["Priority 1: Leadership", "Priority 2: Practice"],
            "outcomes": ["Priority 1: Leadership", "Priority 2: Practice"],
            "recommendations": [
                ("1", "2026-05-31", "May 2026", "Head of Service"),
                ("2", "None", "Ongoing", "QA Lead"),
                ("3", "2026-06-30", "30 June 2026", "QA Lead"),
            ],
            "actions": [],
            "noted": [],
        },
    )


MADE_UP = [three_levels, windows_csv, sheet_for_each_theme, references_in_the_text, labelled_paragraphs]
