"""Drafts a revision from the rows of an import: what differs from the plan becomes a change of the draft."""

from django.db import transaction
from django.utils import timezone

from accounts.audit import events
from improvement.records.refusals import Incomplete
from plans.models import Plan, Refresh, RefreshChange
from plans.refresh import checks, proposals
from plans.refresh.drafting import locked, touched

Fate = RefreshChange.Fate
_CLOSES = "It closes in the draft. Take that back first."


@transaction.atomic
def draft(*, plan, title, rows, by, at):
    """Put `rows` into the draft revision of `plan`, started with `title` where none is open; return the draft.

    Each row is a dict of a `reference` and whatever it says of `proposals.LABELS`, and of a `reason` for a new date. A
    recommendation that no row names carries on. What was drafted before stays in the fields that a row does not hold;
    in those that it holds, the row goes before. All or nothing: raises Incomplete with a sentence for each reference
    that is wrong. The same rows again change nothing.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    refresh, is_new = Refresh.objects.get_or_create(
        plan=plan, applied_at=None, defaults={"title": title, "started_at": at, "started_by": by}
    )
    refresh = locked(refresh)
    here = checks.context(refresh, on=timezone.localdate(at))
    known = {change.reference: change for change in here.changes}
    given = [_change(refresh, dict(row), here, known) for row in rows]
    closing = {row.reference: _CLOSES for row in given if row.proposed and _closes(known.get(row.reference))}
    wanted = [row for row in given if not _closes(known.get(row.reference))]
    here.changes[:] = [change for change in here.changes if change.reference not in {row.reference for row in wanted}]
    here.changes.extend(row for row in wanted if row.fate == Fate.ADD or row.proposed)
    wrong = {row.reference: " ".join(found.values()) for row in here.changes if (found := checks.errors(row, here))}
    if wrong or closing:
        raise Incomplete(wrong | closing)
    written = [row for row in wanted if _write(row, known.get(row.reference), by, at)]
    if written or is_new:
        touched(refresh)
        told = {"new": sum(row.fate == Fate.ADD for row in written), "rows": len(wanted)}
        events.record(by=by, at=at, what="refresh.drafted", on=refresh, **told)
    refresh.refresh_from_db()
    return refresh


def _change(refresh, row, here, known):
    """Return what `row` makes of its recommendation, on top of what was drafted in fields that it does not hold."""
    reference, reason = row.pop("reference"), row.pop("reason", "")
    present, before = here.live.get(reference), known.get(reference)
    kept = proposals.kept(**row)
    change = RefreshChange(pk=before and before.pk, refresh=refresh, reference=reference, reason=reason.strip())
    change.fate, change.recommendation = (Fate.CHANGE if present else Fate.ADD), present
    change.proposed = proposals.difference(proposals.facts(present), kept) if present else kept
    if before and before.fate == change.fate:
        change.proposed |= {field: value for field, value in before.proposed.items() if field not in kept}
        if "due_on" not in kept:
            change.reason = before.reason
    return change


def _closes(change):
    """Whether the draft closes it: that a row says nothing new of it does not undo that."""
    return change is not None and change.fate == Fate.CLOSE


def _write(row, before, by, at):
    """Write `row` in the place of what was drafted before; return whether that changes anything."""
    said = ("fate", "proposed", "reason")
    if before and all(getattr(before, field) == getattr(row, field) for field in said):
        return False
    if row.fate != Fate.ADD and not row.proposed:
        if before:
            before.delete()
        return before is not None
    row.saved_at, row.saved_by, row.version = at, by, before.version + 1 if before else 1
    row.save()
    return True
