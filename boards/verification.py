"""What `manage.py verify` checks of a Board's record. Every problem is one sentence."""

from collections import defaultdict

from accounts.audit import matching, trail
from accounts.models import Event
from accounts.removal.kinds import standing_digest
from boards import audit
from boards.models import (
    Advice,
    AgendaItem,
    BoardAction,
    Challenge,
    Decision,
    Declaration,
    Guest,
    Pack,
    PackFile,
    Paper,
    Report,
)
from boards.models.access import as_recorded
from boards.reports import digests

# Whatever has readers of its own, and whether it may be gone: an item of a planned agenda, a draft, what was recorded.
_READ = dict.fromkeys((AgendaItem, Paper, Decision, Guest, Declaration), True)
_READ |= dict.fromkeys((BoardAction, Challenge, Advice), False)
# The events that say who reads something.
_TELLING = (
    "meeting.planned",
    "meeting.item_added",
    "meeting.item_restricted",
    "meeting.decided",
    "meeting.guest_recorded",
    "meeting.interest_declared",
    "paper.added",
    "paper.changed",
    "paper.tabled",
    "action.raised",
    "action.restricted",
    "challenge.asked",
    "challenge.restricted",
    "advice.recorded",
    "advice.restricted",
)
_LEVELS = ("is_restricted", "excludes_observers", "embargoed_until")
# What the update to 0.2.0 restricted, of which no event tells (`boards.migrations.0015`).
_BY_THE_UPDATE = {"The programme office has the reason on record.", "A paper of this item is under embargo."}


def problems():
    """Yield every problem found; nothing when all is well. `improvement.files` checks the files."""
    yield from _reports()
    yield from _packs()
    yield from matching.problems(audit.TOLD)
    yield from _access()


def _access():
    """Yield what is read by others than the audit trail tells, and what it tells that was not so."""
    told_of = defaultdict(list)
    for event in Event.objects.filter(what__in=_TELLING).select_related("by").order_by("pk"):
        for one in _told(event):
            told_of[one["kind"], one["pk"]].append((event, one))
    for model, may_be_gone in _READ.items():
        label = model._meta.label_lower
        for row in model._base_manager.order_by("pk"):
            yield from _differing(row, told_of.pop((label, row.pk), []))
        if not may_be_gone:
            yield from (_untrue(event) for (kind, _), there in told_of.items() if kind == label for event, _ in there)


def _told(event):
    """Return what an event tells of who reads what; one of a paper from before 0.2.0 in the words of its form."""
    if "access" in event.detail or not event.what.startswith("paper."):
        return event.detail.get("access", ())
    facts = {name: event.detail[name] for name in _LEVELS[1:] if name in event.detail}
    if "restricted_because" in event.detail:
        facts["is_restricted"] = event.detail["restricted_because"] != ""
    return [facts | {"kind": event.on_type, "pk": event.on_id}]


def _differing(row, there):
    """Yield where the events that tell who reads `row` do not lead from one to the next, and to what it is."""
    now = as_recorded(row)
    last = {name: value for name, value in dict.fromkeys(_LEVELS[:2], False).items() if name in now}
    for number, (event, one) in enumerate(there):
        before = one.get("before", {})
        if number and any(before[name] != last.get(name, before[name]) for name in _LEVELS if name in before):
            yield _untrue(event)
        last = one
    if isinstance(row, Paper) and row.tabled_at is None:
        return  # a draft is the programme office's alone, and changes its item with the agenda
    if isinstance(row, AgendaItem) and not there and row.restricted_because in _BY_THE_UPDATE:
        return
    if any(now[name] != last.get(name, now[name]) for name in now):
        yield f"{row}: the audit trail names other readers."


def _untrue(event):
    return (
        f"{event.on_text}: the audit trail has “{trail.words(event)}” by {event.by} on {trail.moment(event.at)}, "
        "and the record does not."
    )


def _reports():
    for report in Report.objects.exclude(issued_at=None).select_related("board").order_by("board", "dated_on"):
        name = f"{report.board.slug} {report.kind} {report.dated_on.isoformat()}"
        if not digests.is_known(report.digest_format):
            yield f"{name}: its digest has the unknown format {report.digest_format}."
        elif digests.digest(report) != standing_digest(report):
            yield f"{name}: its text has changed since it was issued; the digest differs."


def _packs():
    """Yield packs that lack a form or a file, or have one that was removed, and whose pages do not run on."""
    ends = {}
    for pack in Pack.objects.select_related("meeting__board").prefetch_related("files").order_by("pk"):
        forms = {file.form for file in pack.files.all()}
        for file in pack.files.all():
            if bool(file.file) == pack.is_removed:
                yield (
                    f"{file}: its file was removed but is still there."
                    if pack.is_removed
                    else f"{file}: its file is missing."
                )
        for form in (*PackFile.HANDED_OUT, PackFile.Form.DATA):
            if form not in forms:
                yield f"{pack}: its form “{form.label}” is missing."
        before = ends.setdefault((pack.meeting_id, pack.audience), {0})
        if pack.first_page - 1 not in before:
            yield f"{pack}: its pages do not run on from what was kept before."
        before.add(pack.last_page)
