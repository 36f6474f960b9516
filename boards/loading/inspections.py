"""The sheets of a plan's file for what it answers besides a Notice: inspections, their judgements and findings."""

from notices.loading.layout import Column, Link, Sheet
from notices.models import Finding, Inspection, Judgement

# How an inspection leads to the plans beside which it is read.
OF_INSPECTIONS = ("notices__plans", "findings__recommendations__plan")

_INSPECTION = Column(
    "Inspection",
    "inspection__slug",
    "The name in addresses of the inspection.",
    True,
    choices_in=("Inspections", "Name in addresses"),
)

INSPECTIONS = (
    Sheet(
        "Inspections",
        Inspection,
        "The inspections whose findings the plan answers. This sheet can be empty.",
        ("slug",),
        (
            Column("Name in addresses", "slug", "A short name in lower case, for example “thornbury-2026”."),
            Column("Title", "title"),
            Column("Kind", "kind"),
            Column("Council", "council"),
            Column(
                "Notices",
                "notices",
                "The names in addresses of the Notices that it is linked to, with commas between them. An inspection "
                "without one is shown only if the plan answers one of its findings.",
            ),
            Column("Started on", "started_on"),
            Column("Ended on", "ended_on"),
            Column("Period", "period"),
            Column("Published on", "published_on"),
            Column("Ordered on", "ordered_on"),
            Column("Grades", "scale"),
            Column("Source", "source"),
            Column("Note", "note"),
        ),
        named_by=OF_INSPECTIONS,
        many=(Link("notices", "Notices", ("slug",)),),
        rules={"inspection_ends_after_it_starts": "Ended on"},
    ),
    Sheet(
        "Judgements",
        Judgement,
        "What each inspection judged, as printed, in its order. This sheet can be empty.",
        ("inspection__slug", "position"),
        (
            _INSPECTION,
            Column("Place", "position"),
            Column(
                "Printed under", "parent__position", "The place of the line that it is printed under, if there is one."
            ),
            Column("Name", "name"),
            Column("Grade", "grade"),
            Column("Grade as printed", "grade_as_printed"),
            Column("Source", "source"),
            Column("Note", "note"),
        ),
        named_by=tuple(f"inspection__{path}" for path in OF_INSPECTIONS),
        links=(
            Link("inspection", "Inspections", ("inspection__slug",)),
            Link("parent", "Judgements", ("inspection__slug", "parent__position")),
        ),
        rules={
            "judgement_does_not_stand_under_itself": "Printed under",
            "judgement_grade_is_read_from_what_is_printed": "Grade as printed",
        },
    ),
    Sheet(
        "Findings",
        Finding,
        "What each inspection asks the council to improve. This sheet can be empty.",
        ("inspection__slug", "reference"),
        (
            _INSPECTION,
            Column("Place", "position"),
            Column("Reference", "reference"),
            Column("Group", "group"),
            Column("Wording", "wording"),
            Column("Timescale", "urgency"),
            Column("Due date", "due_on"),
            Column("How the date was worked out", "due_source"),
            Column("Source", "source"),
            Column("Note", "note"),
        ),
        named_by=tuple(f"inspection__{path}" for path in OF_INSPECTIONS),
        links=(Link("inspection", "Inspections", ("inspection__slug",)),),
    ),
)
