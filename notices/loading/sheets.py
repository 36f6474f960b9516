"""The sheets of the two files that are loaded: a Notice with its targets, and results.

Templates, exports, the dry run and the loading itself are all read from here, so that they cannot differ.
"""

from accounts.models import Post
from notices.loading.layout import Column, Link, Sheet
from notices.models import Area, Indicator, Milestone, Notice, NoticeVersion, Result, Target

_PLACE = "Its place in the Notice's order: 1, 2, 3 and so on."

NOTICE = (
    Sheet(
        "Notice",
        Notice,
        "One row: the Notice itself. The name in addresses says whether it is a new Notice or one that is known.",
        ("slug",),
        (
            Column("Name in addresses", "slug", "One short word in small letters, for example “leeds”."),
            Column("Title", "title"),
            Column("Issuer", "issuer"),
            Column("Issued on", "issued_on"),
            Column("Ends on", "ends_on"),
            Column("Extended to", "extended_to"),
            Column("Lifted on", "lifted_on"),
            Column("Consequences", "consequences"),
            Column("Document", "document", "The address at which the document can be read, with https:// before it."),
            Column("Source", "source"),
        ),
        rules={
            "notice_ends_after_it_is_issued": "Ends on",
            "notice_is_extended_beyond_its_end": "Extended to",
            "notice_is_lifted_after_it_is_issued": "Lifted on",
        },
    ),
    Sheet(
        "Posts",
        Post,
        "The posts that answer for targets. One that is not known yet is added, with nobody in it: hand it over to "
        "its holder afterwards.",
        ("title", "organisation"),
        (
            Column("Title", "title"),
            Column("Organisation", "organisation"),
            Column("Source", "source"),
        ),
        named_by="targets__notice",
    ),
    Sheet(
        "Areas",
        Area,
        "The parts of the Notice under which its targets stand.",
        ("name",),
        (
            Column("Place", "position", _PLACE),
            Column("Name", "name"),
            Column("Source", "source"),
        ),
        within="notice",
    ),
    Sheet(
        "Versions",
        NoticeVersion,
        "The draft, and what was agreed. May stay empty.",
        ("position",),
        (
            Column("Place", "position"),
            Column("State", "state"),
            Column("Dated on", "dated_on"),
            Column("Summary", "summary"),
            Column("Document", "document", "The address at which it can be read, with https:// before it."),
            Column("Source", "source"),
        ),
        within="notice",
    ),
    Sheet(
        "Targets",
        Target,
        "Every line of the Notice, word for word.",
        ("reference",),
        (
            Column("Reference", "reference"),
            Column("Place", "position", _PLACE),
            Column("Kind", "kind"),
            Column("Area", "area__name", "The name of one of the Areas.", choices_in=("Areas", "Name")),
            Column("Wording", "wording"),
            Column("Owner post", "owner_post__title", "The title of one of the Posts.", choices_in=("Posts", "Title")),
            Column(
                "Owner's organisation",
                "owner_post__organisation",
                "The organisation of that post.",
                choices_in=("Posts", "Organisation"),
            ),
            Column("End verdict", "end_verdict"),
            Column("End verdict's source", "end_verdict_source"),
            Column("Source", "source"),
            Column("Note", "note"),
        ),
        within="notice",
        links=(
            Link("area", "Areas", ("area__name",)),
            Link("owner_post", "Posts", ("owner_post__title", "owner_post__organisation")),
        ),
    ),
    Sheet(
        "Indicators",
        Indicator,
        "What each target is measured by. A narrative target may have indicators or none.",
        ("target__reference", "reference"),
        (
            Column(
                "Target", "target__reference", "The reference of its target.", True, choices_in=("Targets", "Reference")
            ),
            Column("Reference", "reference"),
            Column("Place", "position", must=True),
            Column("Name", "name"),
            Column("Subgroup", "subgroup"),
            Column("Unit", "unit"),
            Column("Better", "better"),
            Column("Decides", "decides"),
            Column("Source", "source"),
            Column("Note", "note"),
        ),
        within="target__notice",
        links=(Link("target", "Targets", ("target__reference",)),),
        rules={"target_is_decided_by_one_indicator": "Decides"},
        alone={"target_is_decided_by_one_indicator": ("target__reference",)},
    ),
    Sheet(
        "Milestones",
        Milestone,
        "What each indicator is to reach, and in which period. What somebody stated of a judged one is not loaded.",
        ("indicator__target__reference", "indicator__reference", "position"),
        (
            Column(
                "Target",
                "indicator__target__reference",
                "The reference of its target.",
                True,
                choices_in=("Targets", "Reference"),
            ),
            Column(
                "Indicator",
                "indicator__reference",
                "The reference of its indicator under that target.",
                True,
                choices_in=("Indicators", "Reference"),
            ),
            Column("Place", "position"),
            Column("Wording", "wording"),
            Column("Kind", "kind"),
            Column("Basis", "basis"),
            Column("Period starts", "period_start"),
            Column("Period ends", "period_end"),
            Column("Threshold", "threshold"),
            Column("Baseline", "baseline"),
            Column("Result expected on", "expected_on"),
            Column("Source", "source"),
            Column("Note", "note"),
        ),
        within="indicator__target__notice",
        links=(Link("indicator", "Indicators", ("indicator__target__reference", "indicator__reference")),),
        rules={
            "milestone_period_ends_after_it_starts": "Period ends",
            "milestone_has_a_threshold_unless_it_is_judged": "Threshold",
            "milestone_has_a_baseline_only_for_a_change": "Baseline",
            "milestone_is_judged_by_someone_with_a_reason": "Kind",
        },
        unit="indicator",
    ),
)

RESULTS = (
    Sheet(
        "Results",
        Result,
        "One value a row, as one source reports it. Results are added to and never changed.",
        (
            "indicator__target__notice__slug",
            "indicator__target__reference",
            "indicator__reference",
            "subject",
            "basis",
            "period_start",
            "period_end",
            "is_provisional",
            "source_on",
        ),
        (
            Column("Notice", "indicator__target__notice__slug", "The Notice's name in addresses.", True),
            Column("Target", "indicator__target__reference", "The reference of the target.", True),
            Column("Indicator", "indicator__reference", "The reference of the indicator under that target.", True),
            Column("Whose value", "subject", "Empty for the council's own."),
            Column("Basis", "basis", "What the value is taken over."),
            Column("Period starts", "period_start", "The first day of the period."),
            Column("Period ends", "period_end", "The last day of the period."),
            Column("Value", "value", "Empty where the source gives a range only."),
            Column("Low", "low", "The lowest that it may be, where the source gives a range."),
            Column("High", "high", "The highest that it may be."),
            Column("Numerator", "numerator", "Where known. It must agree with the value."),
            Column("Denominator", "denominator", "Where known."),
            Column("Provisional", "is_provisional", "Yes, or No where the value is confirmed.", True),
            Column("Break in series", "breaks_series", "Yes where the definition changed. Empty is No."),
            Column("Source", "source", "Where the value stands."),
            Column("Source's date", "source_on", "From this day on the value is known."),
            Column("As printed", "as_printed", "What the source prints, where it cannot mean it."),
            Column("Discrepancy", "discrepancy", "Why it cannot, and how it is read."),
            Column("Note", "note", "Anything else that a reader should know."),
        ),
        within="indicator__target__notice",
        links=(
            Link(
                "indicator",
                "Indicators",
                ("indicator__target__notice__slug", "indicator__target__reference", "indicator__reference"),
            ),
        ),
        unit="indicator",
    ),
)
