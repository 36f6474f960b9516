"""What a search finds of a plan: recommendations, their updates as received with corrections, and what they answer.

No draft is found: neither that of an open month nor one that was not received before its month was published.
"""

from django.urls import reverse

from improvement.searching import asking
from improvement.searching.asking import Kind, Shown
from improvement.searching.kinds import Indexed
from notices.models import Finding
from plans import permissions
from plans.calendar import RECEIVED
from plans.models import Correction, MonthlyUpdate, Recommendation
from plans.months import narrative


def install(config):
    """Have a search find them; called once, when the apps are ready."""
    asking.register(config, (RECOMMENDATIONS, UPDATES, FINDINGS, CORRECTIONS))


def _recommendations(who):
    rows = permissions.visible_recommendations(who.user, on=who.on)
    return rows.select_related("plan").order_by("plan__title", "reference_order")


def _recommendation(row):
    address = reverse("plans:recommendation_detail", args=[row.plan.slug, row.reference])
    return Shown(address, str(row), row.plan.title, (row.wording, row.success, row.note, row.closure_reason))


def _updates(who):
    rows = permissions.visible_updates(who.user, on=who.on)
    return rows.select_related("month__plan", "recommendation").order_by("-month__month", "month", "reference_order")


def _update(row):
    plan = row.month.plan
    address = reverse("plans:recommendation_detail", args=[plan.slug, row.recommendation.reference])
    texts = [getattr(row, name) for name in _ANSWERS]
    return Shown(f"{address}#month-{row.month.address}", f"{row.reference} {row.title}", str(row.month), texts)


def _findings(who):
    rows = permissions.visible_findings(who.user, on=who.on)
    return rows.select_related("inspection").order_by("-inspection__ordered_on", "inspection", "position")


def _finding(row):
    address = reverse("notices:inspection_detail", args=[row.notice_slug, row.inspection.slug])
    return Shown(address, f"Finding {row.reference}", row.inspection.title, (row.wording, row.note, row.group))


def _corrections(who):
    rows = permissions.visible_corrections(who.user, on=who.on)
    rows = rows.select_related("update__month__plan", "update__recommendation")
    return rows.order_by("-update__month__month", "update__month", "update__reference_order", "at", "pk")


def _correction(row):
    month, recommendation = row.update.month, row.update.recommendation
    address = reverse("plans:recommendation_detail", args=[month.plan.slug, recommendation.reference])
    title = f"Correction of {row.update.reference} {row.update.title}"
    texts = (narrative.words(row.field, row.after), row.reason, narrative.words(row.field, row.before), row.by_name)
    return Shown(f"{address}#month-{month.address}", title, f"{narrative.LABELS[row.field]}, {month}", texts)


def _plans(who):
    """The scopes of all that stands in the plans that the person sees, or of their posts elsewhere."""
    held = permissions.roles(who.user, on=who.on)
    return [*(f"p{pk}" for pk in sorted(held.sees)), *(f"l{pk}" for pk in sorted(held.posts))]


def _texts(names):
    return tuple(f'r."{name}"' for name in names)


_OF_RECOMMENDATIONS = ("reference", "title", "wording", "success", "note", "closure_reason")
RECOMMENDATIONS = Kind(
    "recommendation",
    "Recommendations",
    Indexed(
        1,
        Recommendation._meta.db_table,
        (*_OF_RECOMMENDATIONS, "plan_id"),
        _texts(_OF_RECOMMENDATIONS),
        ("'p' || r.plan_id",),
    ),
    _recommendations,
    _recommendation,
    _plans,
)
_ANSWERS = (
    *("progress", "impact", "next_steps", "cause", "remedy", "remedy_owner", "decision_sought"),
    *("proposed_due_reason", "unchanged_reason"),
)
_STAMPED = ("reference", "title")
UPDATES = Kind(
    "update",
    "Updates",
    Indexed(
        2,
        MonthlyUpdate._meta.db_table,
        (*_STAMPED, *_ANSWERS, "status", "lead_post_id", "accountable_post_id"),
        _texts((*_STAMPED, *_ANSWERS)),
        ("'p' || m.plan_id", "'l' || r.lead_post_id", "'l' || r.accountable_post_id"),
        joins="JOIN plans_reportingmonth m ON m.id = r.month_id",
        condition="{row}.status IN (" + ", ".join(f"'{status}'" for status in sorted(RECEIVED)) + ")",
    ),
    _updates,
    _update,
    _plans,
)
_OF_FINDINGS = ("reference", "wording", "note", "group")
FINDINGS = Kind(
    "finding",
    "Findings",
    Indexed(3, Finding._meta.db_table, tuple(f'"{name}"' for name in _OF_FINDINGS), _texts(_OF_FINDINGS)),
    _findings,
    _finding,
)
_OF_CORRECTIONS = ("before", "after", "reason", "by_name")
CORRECTIONS = Kind(
    "correction",
    "Corrections",
    Indexed(
        9,
        Correction._meta.db_table,
        _OF_CORRECTIONS,
        _texts(_OF_CORRECTIONS),
        ("'p' || m.plan_id",),
        joins="JOIN plans_monthlyupdate u ON u.id = r.update_id JOIN plans_reportingmonth m ON m.id = u.month_id",
    ),
    _corrections,
    _correction,
    _plans,
)
