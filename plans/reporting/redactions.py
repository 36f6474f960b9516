"""The one lawful exit: a text that could identify someone is removed, from its row and from every copy of it."""

from typing import Any

from django.db import transaction
from django.db.models import F, Q

from accounts.audit import events
from accounts.models import REMOVED, Event
from accounts.removal import redactions
from accounts.removal.kinds import checked
from improvement.records import triggers
from plans import guards, removals
from plans.models import Evidence, MonthlyUpdate, Recommendation, Redaction, ReportingMonth
from plans.months import digests
from plans.reporting.errors import MonthDiscarded, Refused

TABLES = {
    guards.MONTHS,
    *guards.OF_A_MONTH,
    *guards.OF_AN_UPDATE,
    guards.CORRECTIONS,
    guards.PROPOSED,
    guards.DUE_DATE_CHANGES,
    guards.DATE_CHANGES,
    Event._meta.db_table,
}
TAMPERED = "The record of this month has changed since it was published. Run verify before you remove anything."


def redact(*, update, field, reason, by, at, seen=None):
    """Remove the text `field` of `update`, in a published month or an open one; return the Redaction.

    It becomes "[removed: reason]" in the row, in its corrections and in every copy in histories and events; evidence
    loses its title, its name and its file. `field` is one of `removals.of`, `seen` what `removals.seen` returned when
    it was looked at. Counts, movement and stuck stay as they were. Raises Refused.
    """
    return _redact(update.month, update, field, reason, by, at, seen)


def redact_month(*, month, field, reason, by, at, seen=None):
    """Remove the commentary of `month`, or what it says on an area of focus, in the same way."""
    return _redact(month, None, field, reason, by, at, seen)


def standing_digest(month):
    """Return the digest that `month` should have: that of its publication, or of what was last removed from it."""
    last = month.redactions.exclude(digest_after="").order_by("pk").last()
    return last.digest_after if last else month.digest


@transaction.atomic
def _redact(month, update, field, reason, by, at, seen):
    reason = checked(reason)
    with triggers.lifted(TABLES, behind=guards.MONTHS):
        if not (row := ReportingMonth.objects.select_for_update().filter(pk=month.pk).first()):
            raise MonthDiscarded(month)
        month, update = row, update and MonthlyUpdate.objects.select_for_update().get(pk=update.pk)
        said = {"month": month, "update": update, "field": field, "reason": reason, "by": by}
        places = removals.of(month, update).get(field, [])
        if not places and (done := Redaction.objects.filter(**said).last()):
            return done
        if not places:
            raise Refused(redactions.NOTHING)
        if seen is not None and seen != removals.seen(places):
            raise Refused(redactions.CHANGED)
        before = _digest(month)
        for place in places:
            _remove(place, f"{REMOVED}{reason}]", month)
        for rows, fields in _copies(month, update):
            redactions.clean(rows, fields, [place.text for place in places], f"{REMOVED}{reason}]")
        _remove_names(places, f"{REMOVED}{reason}]")
    after = digests.digest(ReportingMonth.objects.get(pk=month.pk)) if month.is_published else ""
    redaction = Redaction.objects.create(**said, by_name=by.name, at=at, digest_before=before, digest_after=after)
    on, what = (update, "update.redacted") if update else (month, "month.redacted")
    events.record(by=by, at=at, what=what, on=on, field=field, reason=reason)
    return redaction


def _digest(month):
    """Return the digest of a published month, which must be that of its record: nothing hides behind a removal."""
    if not month.is_published:
        return ""
    digest = standing_digest(month)
    if digests.digest(month) != digest:
        raise Refused(TAMPERED)
    return digest


def _remove(place, words, month):
    row = place.row
    if isinstance(row, MonthlyUpdate) and place.field in row.returned.get("answers", {}):
        # Its officer may have changed it since it was returned; what it said then goes as well.
        row.returned["answers"][place.field] = words
        MonthlyUpdate.objects.filter(pk=row.pk).update(returned=row.returned)
    if isinstance(row, Event) or place.field == "returned":
        return  # It goes with the copies.
    changes: dict[str, Any] = {place.field: words}
    if place.field in {"contradictions", "date_changes"}:
        changes = {place.field: [{**item, "reason": words} for item in getattr(row, place.field)]}
        if place.field == "contradictions":
            changes["override_reasons"] = {}
    elif place.field == "override_reasons":
        changes = {"override_reasons": {}}
    elif isinstance(row, Evidence):
        changes = {"title": words, "url": "", **redactions.without_file(row, words)}
    if hasattr(row, "version") and not month.is_published:
        # Whoever is writing in it just now is shown both texts.
        changes["version"] = F("version") + 1
    type(row)._base_manager.filter(pk=row.pk).update(**changes)


def _remove_names(places, words):
    """Remove what events on evidence call it: its title and the name of its file, once it was taken off as well."""
    of_evidence = Event.objects.filter(on_type=Evidence._meta.label_lower)
    kept = [place.row.pk for place in places if isinstance(place.row, Evidence)]
    titles = [place.text for place in places if isinstance(place.row, Event)]
    taken_off = Q(on_text__in=titles) & ~Q(on_id__in=Evidence.objects.values("pk"))
    for event in of_evidence.filter(Q(on_id__in=kept) | taken_off):
        detail = event.detail | ({"file": words} if "file" in event.detail else {})
        Event.objects.filter(pk=event.pk).update(on_text=words, detail=detail)


def _copies(month, update):
    """Yield the rows, with their fields, in which a text may stand again; what keeps copies of its own joins here."""
    things = [update, update.recommendation] if update else [month, *month.area_updates.all()]
    on_them = Q(*[Q(on_type=thing._meta.label_lower, on_id=thing.pk) for thing in things], _connector=Q.OR)
    yield Event.objects.filter(on_them), ("detail",)
    if update:
        yield update.recommendation.due_date_changes.all(), ("reason",)
        yield MonthlyUpdate.objects.filter(pk=update.pk), ("date_changes", "returned")
        yield Recommendation.history.filter(id=update.recommendation_id), ("history_change_reason",)
