"""Three more plans, made up by someone who had not seen how they are read: blocks, keys, second tables, short notes."""

from datetime import date

from openpyxl.styles import PatternFill

from tests.improvement.workbooks.books import workbook

RED, AMBER, GREEN, BLUE = "FFFF0000", "FFFFC000", "FF92D050", "FF00B0F0"


def _fill(sheet, colours):
    for cell, colour in colours.items():
        sheet[cell].fill = PatternFill("solid", fgColor=colour)


def a_block_for_each_priority():
    """A label beside each title, headings again in other words, colours alone, and a table of risks beneath."""
    rows = [
        ["", "KINGSMOOR COUNCIL"],
        ["", "Children’s Improvement Plan – Phase 2"],
        [],
        ["", "Priority 1", "Every child has a good social worker"],
        ["", "What we want:", "Children build lasting relationships with the people who help them"],
        ["", "Where are we now?", "Children had on average 3.2 social workers last year"],
        ["", "Ref", "What we will do", "Who will lead", "By when", "How will we know?", "RAG"],
        ["", "1.1", "Workforce strategy", "Director of HR and OD", "By end of Mar 26", "Strategy approved", ""],
        [
            *("", "1.2", "Caseloads:\n1) agree a limit of 18\n2) monitor each week\n3) escalate above 20"),
            *("Assistant Director\nSocial Care", "June 26", "No caseload above 20", ""),
        ],
        ["", "1.3", "Exit interviews for all leavers", "Director of HR & OD", "On-going", "Themes to SLT", ""],
        [],
        ["", "Priority 2", "Children in care live in the right home"],
        ["", "What we want:", "Children live close to home"],
        ["", "Ref", "Action", "Lead", "Deadline", "Success measure", "RAG", "Update"],
        ["", "2.1", "Open two homes", "Head of Commissioning", "Q2 27/28", "Homes registered", "", "Planning is late"],
        ["", "2.2", "Placement panel", "Service Manager, MASH", "15 Jan 2027", "Fewer moves", "", ""],
        [],
        ["", "Risks"],
        ["", "Risk", "Likelihood", "Impact", "Mitigation", "Owner"],
        ["", "Market cannot supply homes", 4, 5, "Regional framework", "Head of Commissioning"],
    ]

    def change(book):
        _fill(book.active, {"G8": GREEN, "G9": AMBER, "G10": GREEN, "G15": RED, "G16": BLUE})

    return (
        "Plan on pages.xlsx",
        workbook({"Plan": rows}, change),
        {"split_2": "on"},
        {
            "themes": [
                "Priority 1: Every child has a good social worker",
                "Priority 2: Children in care live in the right home",
            ],
            "outcomes": [
                "Children build lasting relationships with the people who help them",
                "Children live close to home",
            ],
            "recommendations": [
                ("1.1", "2026-03-31", "By end of Mar 26", "Director of HR and OD"),
                ("1.2", "2026-06-30", "June 26", "Assistant Director Social Care"),
                ("1.3", "None", "On-going", "Director of HR and OD"),
                ("2.1", "2027-09-30", "Q2 27/28", "Head of Commissioning"),
                ("2.2", "2027-01-15", "15 Jan 2027", "Service Manager, MASH"),
            ],
            "actions": [
                ("1.2", "agree a limit of 18"),
                ("1.2", "monitor each week"),
                ("1.2", "escalate above 20"),
            ],
            "noted": [
                "Where are we now? Children had on average 3.2 social workers last year",
                "RAG: green (cell colour)",
            ],
        },
    )


def ratings_of_actions_and_impact():
    """Headings in two rows, both ratings by colour alone, the same post with two apostrophes, a key and a note."""
    heads = [
        ["Ref", "Recommendation", "What we will do", "Ownership", "", "Timescale", "", "Rating", ""],
        ["", "", "", "Lead officer", "Senior Responsible\nOfficer", "Start", "Due", "Action", "Impact"],
    ]
    rows = [
        ["Northmere Council – Children’s Services Improvement Plan"],
        *heads,
        ["Priority 1: Leadership"],
        ["SRO: Chief Executive"],
        [
            *(
                "1 (a)",
                "Leaders see practice",
                "Leaders visit teams",
                "Head of Quality",
                "Director of Children’s Services",
            ),
            *(date(2026, 4, 1), "By end of Mar 27"),
        ],
        [
            "1 (b)",
            "Partners share it",
            "As above",
            "Head of Quality\xa0",
            "Director of Children's Services",
            "",
            "Ongoing",
        ],
        ["", "Agency rate falls", "Recruit", "Head of Fostering (vacant)", "as above", "Apr 26", "Q3 2026/27"],
        ["Priority 2: Care leavers"],
        [
            "2 (a)",
            "Every care leaver has a home",
            "Ask housing",
            "Designated Nurse, Northshire ICB",
            "",
            "",
            "2027",
        ],
        [],
        ["Key:", "Green – on track", "Amber – some slippage", "Red – off track"],
        ["Note: actions shaded blue are complete."],
    ]

    def change(book):
        sheet = book.active
        cells = ("A1:I1", "A4:I4", "A9:I9", "D2:E2", "F2:G2", "H2:I2", *(f"{letter}2:{letter}3" for letter in "ABC"))
        for each in cells:
            sheet.merge_cells(each)
        _fill(sheet, {"H6": GREEN, "I6": AMBER, "H7": GREEN, "I7": GREEN, "H8": AMBER, "I8": RED, "B12": GREEN})

    return (
        "Northmere.xlsx",
        workbook({"Plan": rows}, change),
        {},
        {
            "themes": ["Priority 1: Leadership", "Priority 2: Care leavers"],
            "outcomes": ["Priority 1: Leadership", "Priority 2: Care leavers"],
            "recommendations": [
                ("1(a)", "2027-03-31", "By end of Mar 27", "Head of Quality"),
                ("1(b)", "None", "Ongoing", "Head of Quality"),
                ("1(b)-2", "2026-12-31", "Q3 2026/27", "Head of Fostering"),
                ("2(a)", "None", "2027", "Designated Nurse"),
            ],
            "actions": [
                ("1(a)", "Leaders visit teams"),
                ("1(b)", "Leaders visit teams"),
                ("1(b)-2", "Recruit"),
                ("2(a)", "Ask housing"),
            ],
            "noted": [
                "SRO: Chief Executive",
                "Timescale Start: 1 April 2026",
                "Rating Action: green (cell colour)",
                "Rating Impact: amber (cell colour)",
            ],
        },
    )


def a_file_of_an_old_program():
    """Semicolons and Windows-1252, one reference for three rows, a total, and who made it at the end."""
    lines = [
        "Saltmarsh County Council: Children’s Improvement Programme;;;;;",
        "No.;Ofsted area for improvement;What are we going to do?;Who;By when;£ cost",
        '3.2(b);Social workers’ assessments;"Audit tool – v2";Head of Practice – AD Social Care;30.09.2026;£12,000',
        "3.3;Stability of placements;Sufficiency strategy;Head of Commissioning;end March 2027;£45,500",
        "3.3;Stability of placements;Recruit 25 foster carers;Fostering Manager;2027;–",
        ";;Retain foster carers;Fostering Manager;immediately;",
        "Total;;;;;£57,500",
        "Prepared by the Programme Office. Not for onward circulation.;;;;;",
    ]
    return (
        "Saltmarsh.csv",
        "\r\n".join(lines).encode("cp1252"),
        {},
        {
            "themes": ["Social workers’ assessments", "Stability of placements"],
            "outcomes": ["Social workers’ assessments", "Stability of placements"],
            "recommendations": [
                ("3.2(b)", "2026-09-30", "30.09.2026", "Head of Practice"),
                ("3.3.1", "2027-03-31", "end March 2027", "Head of Commissioning"),
                ("3.3.2", "None", "2027", "Fostering Manager"),
                ("3.3.3", "None", "immediately", "Fostering Manager"),
            ],
            "actions": [],
            "noted": ["£ cost: £12,000"],
        },
    )


BLOCKS = [a_block_for_each_priority, ratings_of_actions_and_impact, a_file_of_an_old_program]
