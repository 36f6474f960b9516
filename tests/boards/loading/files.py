"""A plan that a council might hand in, typed into the template."""

from datetime import date

from accounts.models import Event, Tenure
from boards.loading.sheets import PLAN
from tests.notices.loading import files

COUNCIL = "Barnmouth Borough Council"
BARNMOUTH = {
    "Plan": [
        {
            "Name in addresses": "barnmouth",
            "Title": "Barnmouth Improvement Plan",
            "Council": COUNCIL,
            "Notice": "thornbury",
            "Programme office": "olga@barnmouth.example; Omar@Barnmouth.example",
        }
    ],
    "People": [
        {"E-mail address": "olga@barnmouth.example", "Name": "Olga Office"},
        {"E-mail address": "omar@barnmouth.example", "Name": "Omar Office"},
        {"E-mail address": "Lena@barnmouth.example", "Name": "Lena Lead"},
        {"E-mail address": "cleo@chair.example", "Name": "Cleo Chair"},
    ],
    "Posts": [
        {"Title": "Director of Children’s Services", "Organisation": COUNCIL, "Holder": "lena@barnmouth.example"},
        {"Title": "Head of the Front Door", "Organisation": COUNCIL, "Deputy": "Lena@barnmouth.example"},
        {"Title": "Designated Nurse", "Organisation": "Barnmouth NHS Trust"},
    ],
    "Ratings": [
        {"Rating": "Red", "Wording": "Off track."},
        {"Rating": "amber", "Wording": "At risk."},
        {"Rating": "GREEN", "Wording": "On track."},
    ],
    "Other sources": [{"Place": 1, "Title": "Peer review, March 2011"}],
    "Themes": [{"Number": 1, "Title": "The front door"}, {"Number": 2, "Title": "Children in our care"}],
    "Outcomes": [
        {
            "Theme": 1,
            "Number": number,
            "Title": title,
            # As another spreadsheet writes the same post.
            "Accountable post": "Director of  Children's\u00a0Services",
            "Accountable post's organisation": COUNCIL,
        }
        for number, title in ((1, "Every contact is decided on in a day"), (2, "Partners know our thresholds"))
    ],
    "Areas of focus": [
        {
            "Letter": "A",
            "Title": "Audit",
            "Leading post": "Director of Children's Services",
            "Leading post's organisation": COUNCIL,
            "From": date(2011, 1, 1),
        },
        {
            "Letter": "B",
            "Title": "Voice of the child",
            "Leading post": "Designated Nurse",
            "Leading post's organisation": "Barnmouth NHS Trust",
            "From": "1 March 2011",
            "To": "31 December 2011",
        },
    ],
    "Inspections": [
        {
            "Name in addresses": "barnmouth-2010",
            "Title": "Inspection of services for children, 2010",
            "Kind": "Announced inspection",
            "Council": COUNCIL,
            "Notices": "thornbury",
            "Ordered on": "1 November 2010",
        },
        {
            "Name in addresses": "barnmouth-2011",
            "Title": "Visit of February 2011",
            "Kind": "Focused visit",
            "Grades": "Strengths\nAreas to strengthen",
            "Council": COUNCIL,
            "Notices": "thornbury",
            "Ordered on": "1 February 2011",
        },
    ],
    "Judgements": [
        {"Inspection": "barnmouth-2010", "Place": 1, "Name": "Overall", "Grade": "", "Grade as printed": ""},
        {
            "Inspection": "barnmouth-2010",
            "Place": 2,
            "Printed under": 1,
            "Name": "Help and protection",
            "Grade": "Inadequate",
            "Grade as printed": "inadequate",
        },
        {"Inspection": "barnmouth-2010", "Place": 3, "Printed under": 2, "Name": "Thresholds"},
    ],
    "Findings": [
        {
            "Inspection": inspection,
            "Place": place,
            "Reference": reference,
            "Group": "Front door",
            "Wording": f"Improve {reference}.",
            "Timescale": timescale,
        }
        for inspection, place, reference, timescale in (
            ("barnmouth-2010", 1, "S1", "Immediately"),
            ("barnmouth-2010", 2, "S2", "within three months"),
            ("barnmouth-2011", 1, "S1", None),
        )
    ],
    "Recommendations": [
        {
            "Reference": "R1",
            "Title": "Decide on contacts",
            "Wording": "Decide on every contact within a day.",
            "Theme": 1,
            "Outcome": 1,
            "Lead post": "Head of the Front Door",
            "Lead's organisation": COUNCIL,
            "Timescale": "By the end of the year",
            "Original due date": "31 December 2011",
            "Opened on": "1 January 2011",
            "Targets answered": "N01",
            "Findings answered": "barnmouth-2010/S1, S2",
            "Areas of focus": "B; A",
        },
        {
            "Reference": "R2",
            "Title": "Share thresholds",
            "Wording": "Share the thresholds with partners.",
            "Theme": "1",
            "Outcome": 2,
            "Lead post": "Designated Nurse",
            "Lead's organisation": "Barnmouth  NHS Trust",
            "Original due date": date(2011, 9, 30),
            "Opened on": date(2011, 1, 1),
        },
        {
            "Reference": "3.2(b)",
            "Title": "Listen to children",
            "Wording": "Listen to children.",
            "Theme": 1,
            "Outcome": 2,
            "Lead post": "Designated Nurse",
            "Lead's organisation": "Barnmouth NHS Trust",
            "Lead as printed": "Nurse, with all partners",
            "Timescale": "Ongoing",
            "Success": "Children say so.\nPartners say so.",
            "Opened on": "2011-01-01",
        },
    ],
    "Actions": [
        {
            "Recommendation": "R1",
            "Title": title,
            "Owner post": "Head of the Front Door",
            "Owner's organisation": COUNCIL,
            "Due date": due,
            "Timescale": "" if due else "Every month",
        }
        for title, due in (("Train the team", "1 May 2011"), ("Report", "1 June 2011"), ("Report", None))
    ],
    "Board": [{"Name in addresses": "barnmouth", "Name": "Barnmouth Improvement Board"}],
    "Seats": [
        {
            "Board": "barnmouth",
            "Place": 1,
            "Role": "Independent chair",
            "Person": "Cleo Chair",
            "E-mail address": "cleo@chair.example",
            "From": "1 January 2011",
        },
        {"Board": "barnmouth", "Place": 2, "Role": "Member", "Organisation": "Barnmouth NHS Trust"},
    ],
}
ROWS = sum(map(len, BARNMOUTH.values()))


def typed(sheets, change=None):
    return files.typed(sheets, "plan", change)


def check(content, **options):
    return files.check(content, "plan", **options)


def all_rows():
    """Return every row of what is loaded, what it names, its history and the audit trail."""
    models = [sheet.model for sheet in PLAN] + [Event, Tenure]
    named = [getattr(sheet.model, link.field).through for sheet in PLAN for link in sheet.many]
    kept = [*models, *named, *(model.history.model for model in models if hasattr(model, "history"))]
    return {model: list(model.objects.order_by("pk").values_list()) for model in kept}
