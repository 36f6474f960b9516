"""What of a plan's months is matched with the audit trail (`accounts.audit.matching`)."""

from accounts.audit.matching import Heard, Told, heard, said
from accounts.models import Event
from improvement.texts import days
from plans.calendar import UpdateStatus
from plans.models import (
    Correction,
    DateChange,
    DueDateChange,
    MonthlyUpdate,
    ProposedRating,
    Recommendation,
    ReportingMonth,
    ReviewComment,
)

_HANDED_IN = {UpdateStatus.SUBMITTED, UpdateStatus.SIGNED_OFF}


def month_name(month):
    """Return what `verify` calls a month: as its address does."""
    return f"{month.plan.slug} {month.address}"


def update_name(row):
    """Return what it calls an update."""
    return f"{month_name(row.month)} {row.reference}"


def _months():
    return ReportingMonth.objects.select_related("plan")


def _updates():
    return MonthlyUpdate.objects.select_related("month__plan").defer("wording", "progress", "impact")


def _submitted(row):
    # What was returned is being written again.
    return {"rating": row.rating, "entered_for": row.entered_for} if row.status in _HANDED_IN else {}


def _corrected(row):
    agreed = {"agreed_by": row.agreed_name, "agreed_on": row.agreed_on.isoformat()} if row.agreed_by_id else {}
    facts = {"field": row.field, "before": row.before, "after": row.after, "reason": row.reason}
    return facts | {"agreed_by": "", "agreed_on": "", "agreed_how": row.agreed_how} | agreed


def _replied(event):
    """Yield the reply that was handed in with an update, where there was one."""
    if event.detail.get("reply"):
        yield event.detail


def _proposed(event):
    """Yield the rating that was left for the accountable lead to agree, where one was."""
    if "rating_proposed" in event.detail:
        yield event.detail


def _withdrawn(event):
    """Yield the proposed rating that was withdrawn: by itself, or because another took its place."""
    if event.what == "update.rating_withdrawn":
        yield {"rating_withdrawn": event.detail["rating"]}
    elif "rating_withdrawn" in event.detail:
        yield event.detail


def _moved(event):
    """Yield what an event tells of each date of a month that it changed."""
    for field, before in event.detail["before"].items():
        after, reason = event.detail["after"][field], event.detail["reason"]
        yield {"field": field, "before": before, "after": after, "reason": reason}


def _withdrawals():
    """Yield every return of an update with which the date that was agreed with it was withdrawn."""
    of_update = dict(MonthlyUpdate.objects.values_list("pk", "recommendation_id"))
    label = Recommendation._meta.label_lower
    for one in heard("update.returned", on=MonthlyUpdate)():
        if "due_date_withdrawn" in one.facts and one.on[1] in of_update:
            yield Heard(one.event, (label, of_update[one.on[1]]), {"after": one.facts["due_date_withdrawn"]})


def _but_of_discarded(events):
    """Return what gives the same, but for months that were discarded since: their rows went with them."""

    def left():
        discarded = Event.objects.filter(what="month.discarded").values_list("detail__month_id", flat=True)
        gone = set(discarded) - set(ReportingMonth.objects.values_list("pk", flat=True))
        return (one for one in events() if one.on[1] not in gone)

    return left


def _fields(event):
    """Yield what an event tells of each field that it corrected: it stands for all those of one write.

    Only the rating is agreed.
    """
    texts = ("before", "after")
    for field in event.detail["fields"]:
        whole = {
            name: value
            for name, value in event.detail.items()
            if name not in {"fields", *texts} and (field == "rating" or not name.startswith("agreed_"))
        }
        yield whole | {"field": field} | {name: event.detail[name][field] for name in texts if name in event.detail}


def _dates():
    """Yield every event by which a date was changed: of its own, or with the sign-off of what proposed it."""
    yield from heard("recommendation.due_date_changed", on=Recommendation)()
    of_update = dict(MonthlyUpdate.objects.values_list("pk", "recommendation_id"))
    label = Recommendation._meta.label_lower
    for one in heard("update.signed_off", on=MonthlyUpdate)():
        if "due_on" in one.facts and one.on[1] in of_update:
            # Where the recommendation had that date already, nothing was changed.
            yield Heard(one.event, (label, of_update[one.on[1]]), {"after": one.facts["due_on"]}, may_lack=True)


def _beside(label, rows, told, *, by="by", at="at", name=lambda row: update_name(row.update), **facts):
    """Return how a step of an update is told of which `rows` of their own are kept beside it."""
    rows = rows.select_related("update__month__plan")
    return Told(label, said(rows.all, by, at, name=name, on="update", **facts), told)


TOLD = (
    Told(
        "its opening",
        said(_months, "opened_by", "opened_at", name=month_name),
        _but_of_discarded(heard("month.opened", on=ReportingMonth)),
    ),
    Told(
        "its publication",
        said(
            lambda: _months().exclude(published_at=None),
            "published_by",
            "published_at",
            name=month_name,
            facts=lambda row: {"digest": row.digest},
        ),
        heard("month.published", on=ReportingMonth),
    ),
    Told(
        "its submission",
        said(
            lambda: _updates().exclude(submitted_at=None),
            "submitted_by",
            "submitted_at",
            name=update_name,
            facts=_submitted,
        ),
        heard(
            "update.submitted",
            on=MonthlyUpdate,
            undone_by=("update.submitted", "update.taken_back"),
        ),
    ),
    Told(
        "its sign-off",
        said(
            lambda: _updates().exclude(signed_off_at=None),
            "signed_off_by",
            "signed_off_at",
            name=update_name,
            facts=lambda row: {"signed_off_for": row.signed_off_for},
        ),
        heard("update.signed_off", on=MonthlyUpdate, undone_by=("update.signed_off", "update.returned")),
    ),
    _beside(
        "a comment on it",
        ReviewComment.objects.filter(is_reply=False),
        heard("update.returned", on=MonthlyUpdate),
        facts=lambda row: {"comment": row.text},
    ),
    _beside(
        "a reply to a comment on it",
        ReviewComment.objects.filter(is_reply=True),
        heard("update.submitted", on=MonthlyUpdate, as_told=_replied),
        facts=lambda row: {"reply": row.text},
    ),
    _beside(
        "a correction of it",
        Correction.objects.filter(is_agreed_on_own_page=False),
        heard("update.corrected", on=MonthlyUpdate, as_told=_fields),
        name=lambda row: f"{update_name(row.update)}, {row.field}",
        facts=_corrected,
    ),
    _beside(
        "a rating proposed for it",
        ProposedRating.objects.all(),
        heard("update.corrected", "update.rating_proposed", on=MonthlyUpdate, as_told=_proposed),
        facts=lambda row: {"rating_proposed": row.rating, "reason": row.reason},
    ),
    _beside(
        "a corrected rating of it",
        Correction.objects.filter(is_agreed_on_own_page=True),
        heard("update.rating_agreed", on=MonthlyUpdate),
        by="agreed_by",
        facts=lambda row: {"rating": row.after, "proposed_by": row.by_name},
    ),
    _beside(
        "a declined rating of it",
        ProposedRating.objects.filter(decision="declined"),
        heard("update.rating_declined", on=MonthlyUpdate),
        by="decided_by",
        at="decided_at",
        facts=lambda row: {"rating": row.rating, "reason": row.decision_reason},
    ),
    _beside(
        "a withdrawn rating of it",
        ProposedRating.objects.filter(decision="withdrawn"),
        heard(
            "update.rating_withdrawn",
            "update.corrected",
            "update.rating_proposed",
            on=MonthlyUpdate,
            as_told=_withdrawn,
        ),
        by="decided_by",
        at="decided_at",
        facts=lambda row: {"rating_withdrawn": row.rating},
    ),
    Told(
        "a changed date of it",
        said(
            lambda: DateChange.objects.select_related("month__plan"),
            "by",
            "at",
            name=lambda row: month_name(row.month),
            on="month",
            facts=lambda row: {
                "field": row.field,
                "before": days.iso(row.before),
                "after": days.iso(row.after),
                "reason": row.reason,
            },
        ),
        _but_of_discarded(heard("month.dates_changed", on=ReportingMonth, as_told=_moved)),
    ),
    Told(
        "a withdrawn date",
        said(
            lambda: DueDateChange.objects.exclude(withdrawn_at=None).select_related("recommendation__plan"),
            "withdrawn_by",
            "withdrawn_at",
            name=lambda row: f"{row.recommendation.plan.slug} {row.recommendation.reference}",
            on="recommendation",
            facts=lambda row: {"after": days.iso(row.after)},
        ),
        _withdrawals,
    ),
    Told(
        "a changed date",
        said(
            lambda: DueDateChange.objects.select_related("recommendation__plan"),
            "by",
            "at",
            name=lambda row: f"{row.recommendation.plan.slug} {row.recommendation.reference}",
            on="recommendation",
            facts=lambda row: {"before": days.iso(row.before), "after": days.iso(row.after)},
        ),
        _dates,
    ),
)
