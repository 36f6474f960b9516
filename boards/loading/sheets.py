"""The sheets of the file that holds a whole plan. Templates, exports, the dry run and the loading are read from here.

They stand here because a Board is the last of what they name: plans know no Board, and Notices no plan.
"""

from django.contrib.auth.hashers import make_password

from accounts.models import Post, User
from boards.models import Board, Seat
from notices.loading.layout import Column, Link, Sheet
from notices.models import Finding, Inspection, Judgement
from plans.models import Action, AreaOfFocus, Outcome, Plan, PlanSource, RatingDefinition, Recommendation, Theme

_POST_TITLE, _POST_ORGANISATION = ("Posts", "Title"), ("Posts", "Organisation")
_OF_POSTS = (
    "outcomes__theme__plan",
    "led_recommendations__plan",
    "areas_of_focus__plan",
    "actions__recommendation__plan",
)
_OF_PEOPLE = (
    "plans_run",
    "seats__board__plan",
    *(f"{held}__{path}" for held in ("held_posts", "deputised_posts") for path in _OF_POSTS),
)
_OF_INSPECTIONS = ("notices__plans", "findings__recommendations__plan")
_HAND_OVER = "Hand the post over on its own page."


def _no_password(at):
    """Return what a new account has besides: its owner sets a password, nobody else."""
    return {"password": make_password(None), "date_joined": at}


PLAN = (
    Sheet(
        "Plan",
        Plan,
        "One row, for the plan. The name in addresses shows whether the plan is new.",
        ("slug",),
        (
            Column("Name in addresses", "slug", "One short word in lower case, for example “thornbury”."),
            Column("Title", "title"),
            Column("Council", "council"),
            Column(
                "Notice",
                "notice__slug",
                "The name in addresses of the Notice that the plan answers. Load the Notice first.",
            ),
            Column(
                "Programme office",
                "programme_office",
                "The e-mail addresses of the people who open, chase and publish each month, with commas between them.",
            ),
            Column("Caveat", "caveat"),
            Column("Source", "source"),
        ),
        links=(Link("notice", "Notices", ("notice__slug",)),),
        many=(Link("programme_office", "People", ("email",)),),
    ),
    Sheet(
        "People",
        User,
        "Everyone who needs an account. A new account has no password until its owner sets one.",
        ("email",),
        (
            Column("E-mail address", "email"),
            Column("Name", "name", fixed="Change the name in the administration, under People."),
        ),
        named_by=_OF_PEOPLE,
        new=_no_password,
        rules={"user_email_is_lower_case": "E-mail address"},
    ),
    Sheet(
        "Posts",
        Post,
        "The posts that lead, account for or carry out parts of the plan. A post that has a holder keeps that holder: "
        "hand it over on the post’s page.",
        ("title", "organisation"),
        (
            Column("Title", "title"),
            Column("Organisation", "organisation"),
            Column(
                "Holder",
                "holder__email",
                "The e-mail address of the person who holds the post now. Leave empty if nobody with an account does.",
                choices_in=("People", "E-mail address"),
                keeps=True,
                fixed=_HAND_OVER,
            ),
            Column(
                "Deputy",
                "deputy__email",
                "The e-mail address of the person who acts for the holder.",
                choices_in=("People", "E-mail address"),
                keeps=True,
                fixed=_HAND_OVER,
            ),
            Column("Source", "source", keeps=True),
        ),
        named_by=_OF_POSTS,
        links=(
            Link("holder", "People", ("holder__email",), is_written=False),
            Link("deputy", "People", ("deputy__email",), is_written=False),
        ),
    ),
    Sheet(
        "Ratings",
        RatingDefinition,
        "The plan’s own wording of its ratings. This sheet can be empty. Complete is offered only if it is here.",
        ("rating",),
        (
            Column("Rating", "rating", "Red, Amber, Green or Complete."),
            Column("Wording", "wording"),
        ),
        within="plan",
    ),
    Sheet(
        "Other sources",
        PlanSource,
        "What the plan drew on besides the targets and findings that it answers one by one. This sheet can be empty.",
        ("position",),
        (
            Column("Place", "position"),
            Column("Title", "title"),
            Column("Content", "content"),
            Column("Source", "source"),
        ),
        within="plan",
    ),
    Sheet(
        "Themes",
        Theme,
        "The themes of the plan, in its order.",
        ("number",),
        (
            Column("Number", "number"),
            Column("Title", "title"),
            Column("Source", "source"),
            Column("Note", "note"),
        ),
        within="plan",
    ),
    Sheet(
        "Outcomes",
        Outcome,
        "What each theme is to achieve, and the post that is accountable for it.",
        ("theme__number", "number"),
        (
            Column("Theme", "theme__number", "The number of its theme.", True, choices_in=("Themes", "Number")),
            Column("Number", "number"),
            Column("Title", "title"),
            Column(
                "Accountable post",
                "accountable_post__title",
                "The title of one of the Posts. It signs off the updates under this outcome.",
                True,
                choices_in=_POST_TITLE,
            ),
            Column(
                "Accountable post's organisation",
                "accountable_post__organisation",
                "The organisation of that post.",
                True,
                choices_in=_POST_ORGANISATION,
            ),
            Column("Source", "source"),
        ),
        within="theme__plan",
        links=(
            Link("theme", "Themes", ("theme__number",)),
            Link("accountable_post", "Posts", ("accountable_post__title", "accountable_post__organisation")),
        ),
    ),
    Sheet(
        "Areas of focus",
        AreaOfFocus,
        "What cuts across the themes and is reported on every month. This sheet can be empty.",
        ("letter",),
        (
            Column("Letter", "letter"),
            Column("Title", "title"),
            Column(
                "Leading post",
                "leading_post__title",
                "The title of one of the Posts. It writes the area’s monthly update.",
                True,
                choices_in=_POST_TITLE,
            ),
            Column(
                "Leading post's organisation",
                "leading_post__organisation",
                "The organisation of that post.",
                True,
                choices_in=_POST_ORGANISATION,
            ),
            Column("From", "from_on"),
            Column("To", "to_on"),
            Column("Source", "source"),
        ),
        within="plan",
        links=(Link("leading_post", "Posts", ("leading_post__title", "leading_post__organisation")),),
        rules={"area_of_focus_ends_after_it_begins": "To"},
    ),
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
        named_by=_OF_INSPECTIONS,
        many=(Link("notices", "Notices", ("slug",)),),
        rules={"inspection_ends_after_it_starts": "Ended on"},
    ),
    Sheet(
        "Judgements",
        Judgement,
        "What each inspection judged, as printed, in its order. This sheet can be empty.",
        ("inspection__slug", "position"),
        (
            Column(
                "Inspection",
                "inspection__slug",
                "The name in addresses of the inspection.",
                True,
                choices_in=("Inspections", "Name in addresses"),
            ),
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
        named_by=tuple(f"inspection__{path}" for path in _OF_INSPECTIONS),
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
            Column(
                "Inspection",
                "inspection__slug",
                "The name in addresses of the inspection.",
                True,
                choices_in=("Inspections", "Name in addresses"),
            ),
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
        named_by=tuple(f"inspection__{path}" for path in _OF_INSPECTIONS),
        links=(Link("inspection", "Inspections", ("inspection__slug",)),),
    ),
    Sheet(
        "Recommendations",
        Recommendation,
        "Every recommendation of the plan, with its lead and what it answers.",
        ("reference",),
        (
            Column("Reference", "reference"),
            Column("Title", "title"),
            Column("Wording", "wording"),
            Column(
                "Theme", "outcome__theme__number", "The number of its theme.", True, choices_in=("Themes", "Number")
            ),
            Column("Outcome", "outcome__number", "The number of its outcome in that theme.", True),
            Column(
                "Lead post",
                "lead_post__title",
                "The title of one of the Posts. It rates the recommendation every month.",
                True,
                choices_in=_POST_TITLE,
            ),
            Column(
                "Lead's organisation",
                "lead_post__organisation",
                "The organisation of that post.",
                True,
                choices_in=_POST_ORGANISATION,
            ),
            Column("Lead as printed", "lead_wording"),
            Column("Timescale", "timescale"),
            Column(
                "Original due date",
                "original_due_on",
                "The first due date. It never changes once it has been loaded. Leave empty if the plan gives no date.",
                fixed="The first date never changes. Change the current date on the recommendation’s page.",
            ),
            Column("Success", "success"),
            Column("Opened on", "opened_on"),
            Column(
                "Targets answered",
                "targets",
                "The references of the targets of the plan’s Notice that it answers, with commas between them.",
            ),
            Column(
                "Findings answered",
                "findings",
                "The references of the findings that it answers, with commas between them. Where two inspections have "
                "the same reference, the inspection comes first: “thornbury-2026/S01”.",
            ),
            Column("Areas of focus", "areas", "The letters of its areas of focus, with commas between them."),
            Column("Source", "source"),
            Column("Note", "note"),
        ),
        within="plan",
        links=(
            Link("outcome", "Outcomes", ("outcome__theme__number", "outcome__number")),
            Link("lead_post", "Posts", ("lead_post__title", "lead_post__organisation")),
        ),
        many=(
            Link("targets", "Targets", ("reference",)),
            Link("findings", "Findings", ("inspection__slug", "reference")),
            Link("areas", "Areas of focus", ("letter",)),
        ),
        rules={
            "recommendation_is_closed_with_its_reason": "Reference",
            "recommendation_closes_after_it_opens": "Opened on",
            "recommendation_without_a_date_has_a_timescale": "Timescale",
            "recommendation_keeps_a_date": "Original due date",
        },
        copied={"due_on": "original_due_on"},
    ),
    Sheet(
        "Actions",
        Action,
        "The dated steps of each recommendation. This sheet can be empty.",
        ("recommendation__reference", "title"),
        (
            Column(
                "Recommendation",
                "recommendation__reference",
                "The reference of its recommendation.",
                True,
                choices_in=("Recommendations", "Reference"),
            ),
            Column("Title", "title"),
            Column("Owner post", "owner_post__title", "The title of one of the Posts.", choices_in=_POST_TITLE),
            Column(
                "Owner's organisation",
                "owner_post__organisation",
                "The organisation of that post.",
                choices_in=_POST_ORGANISATION,
            ),
            Column("Due date", "due_on"),
            Column("Timescale", "timescale"),
            Column("Done on", "done_on"),
            Column("Source", "source"),
        ),
        within="recommendation__plan",
        links=(
            Link("recommendation", "Recommendations", ("recommendation__reference",)),
            Link("owner_post", "Posts", ("owner_post__title", "owner_post__organisation")),
        ),
        rules={"action_without_a_date_has_a_timescale": "Timescale"},
        repeats=True,
    ),
    Sheet(
        "Board",
        Board,
        "One row, for the Board that reads the plan. This sheet can be empty.",
        ("slug",),
        (
            Column("Name in addresses", "slug", "One short word in lower case, for example “thornbury”."),
            Column("Name", "name"),
            Column("Source", "source"),
        ),
        within="plan",
    ),
    Sheet(
        "Seats",
        Seat,
        "The seats at the Board. A person who is in People reads what the Board reads.",
        ("role", "person", "organisation"),
        (
            Column(
                "Board",
                "board__slug",
                "The Board’s name in addresses.",
                True,
                choices_in=("Board", "Name in addresses"),
            ),
            Column("Place", "position"),
            Column("Role", "role"),
            Column("Person", "person"),
            Column("Organisation", "organisation"),
            Column(
                "E-mail address",
                "user__email",
                "The e-mail address of the person’s account.",
                choices_in=("People", "E-mail address"),
            ),
            Column("From", "from_on"),
            Column("To", "to_on"),
            Column("Source", "source"),
        ),
        within="board__plan",
        links=(
            Link("board", "Board", ("board__slug",)),
            Link("user", "People", ("user__email",)),
        ),
        rules={
            "seat_ends_after_it_begins": "To",
            "seat_names_a_person_or_an_organisation": "Person",
        },
        repeats=True,
    ),
)
