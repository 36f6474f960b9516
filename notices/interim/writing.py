"""Every write of a report to the department: drafted, tabled at the Board, agreed, issued, and reviewed.

Each is one transaction, with the report locked. The same write by the same person again succeeds and changes nothing.
"""

from django.db import transaction
from django.utils import timezone

from accounts.audit import events
from improvement.records.refusals import Conflict, Refusal, Refused
from improvement.records.writes import holds, write
from improvement.texts import days, prose
from notices.interim import digests, stamps
from notices.models import SECTIONS, EndVerdict, InterimEntry, InterimReport, Notice, ReportState
from notices.targets import progress

COVER = ("title", *SECTIONS, "note")
ANSWERS = ("status", "narrative", "recap", "note", "source")
_STAMPED = ("position", "reference", "kind", "area", "wording", "verdict", "verdict_words", "steps", "values")
_BACK_TO_DRAFT = dict.fromkeys(f"{step}_{what}" for step in ("tabled", "agreed") for what in ("on", "at", "by"))


class ReportSettled(Refusal):
    """The report is no draft any more."""

    def __init__(self, report):
        super().__init__(
            "The report has been issued, so it cannot be changed. You can correct a mistake in the next report."
            if report.is_issued
            else "The report has been tabled at the Board. Take it back before you change it."
        )


@transaction.atomic
def start(*, notice, reported_on, title, by, at, source="", note=""):
    """Begin the report of the day `reported_on` from the last one issued; return it.

    Cover sections, statuses and narratives are carried over to be rewritten, and each entry gets its recap of what
    was last reported. Reports come in order and one at a time; raises Refused.
    """
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    if in_hand := notice.interim_reports.exclude(state=ReportState.ISSUED).first():
        if (in_hand.reported_on, in_hand.title, in_hand.started_by_id) == (reported_on, title.strip(), by.pk):
            return in_hand
        raise Refused(f"The report of {in_hand.label} is still in progress. Issue it before you start another.")
    if days.is_outside(reported_on):
        raise Refused(days.OUTSIDE, "reported_on")
    last = last_issued(notice)
    if last and reported_on <= last.reported_on:
        raise Refused(f"Choose a day after {last.label}, the date of the last report.", "reported_on")
    if not title.strip():
        raise Refused("Enter a title for the report.", "title")
    report = InterimReport(
        notice=notice,
        reported_on=reported_on,
        title=title.strip(),
        source=source,
        note=note,
        started_at=at,
        started_by=by,
        **({section: getattr(last, section) for section in SECTIONS} if last else {}),
        previous_on=last.reported_on if last else None,
    )
    stamps.put_title(report).save()
    earlier = {row.target_id: row for row in last.entries.all()} if last else {}
    InterimEntry.objects.bulk_create(
        _begun(report, target, earlier.get(target.pk)) for target in notice.targets.select_related("area")
    )
    events.record(by=by, at=at, what="report.started", on=report, reported_on=f"{reported_on:%Y-%m-%d}")
    return report


@transaction.atomic
def write_cover(*, report, version, by, at, **texts):
    """Write some or all of the cover of a draft: its title, its sections, its note; return the report."""
    row = _draft(report)
    if unknown := texts.keys() - set(COVER):
        raise TypeError(f"Not a part of the cover: {', '.join(sorted(unknown))}")
    if not texts.get("title", row.title).strip():
        raise Refused("Enter a title for the report.", "title")
    if holds(row, texts):
        return row
    row = write(row, version, **texts)
    events.record(by=by, at=at, what="report.cover_written", on=row, parts=sorted(texts))
    return row


@transaction.atomic
def write_entry(*, report, target, version, by, at, **answers):
    """Write what a draft says of one target; return the entry."""
    _draft(report)
    if unknown := answers.keys() - set(ANSWERS):
        raise TypeError(f"Not an answer of an entry: {', '.join(sorted(unknown))}")
    if target.notice_id != report.notice_id:
        raise Refused("Choose a target of the report’s Notice.")
    row = report.entries.select_for_update().filter(target=target).first() or _begun(report, target, None)
    if row.written_by_id == by.pk and holds(row, answers):
        return row
    if row.pk is None:  # a target that the Notice got since the report was started
        row.save()
    row = write(row, version, **answers, written_at=at, written_by=by)
    events.record(by=by, at=at, what="report.entry_written", on=row)
    return row


@transaction.atomic
def table(*, report, by, at, tabled_on=None, seen=None):
    """Table the draft at the Board's meeting on `tabled_on`, stamped with how every target stands; return it.

    From now on those who see the Notice read it. `seen` is what `state_of(report)` returned when it was checked.
    Raises Refused where it says nothing of a target, or has changed since.
    """
    row = _locked(report)
    if row.state == ReportState.TABLED and (row.tabled_by_id, row.tabled_on) == (by.pk, tabled_on):
        return row
    _require(row, {ReportState.DRAFT})
    if days.is_outside(tabled_on):
        raise Refused(days.OUTSIDE, "tabled_on")
    if seen is not None and seen != state_of(row):
        raise Refused("The report has changed since you checked it. Check it again below, then table it.")
    entries = drafted(row)
    if silent := [entry.reference for entry in entries if is_silent(entry)]:
        raise Refused(f"Write a report, or say why there is nothing to report, on {', '.join(silent)}.")
    InterimEntry.objects.bulk_update(entries, _STAMPED)
    stamps.put_title(row)
    named = {"notice_title": row.notice_title, "caveat": row.caveat}
    row = write(row, row.version, state=ReportState.TABLED, tabled_on=tabled_on, tabled_at=at, tabled_by=by, **named)
    events.record(by=by, at=at, what="report.tabled", on=row, tabled_on=_iso(tabled_on))
    return row


@transaction.atomic
def take_back(*, report, version, by, at):
    """Make a draft again of a report that is not issued, to change it; it has to be tabled again. Return it."""
    row = _locked(report)
    if row.is_draft:
        return row
    _require(row, {ReportState.TABLED, ReportState.AGREED})
    row = write(row, version, state=ReportState.DRAFT, **_BACK_TO_DRAFT)
    events.record(by=by, at=at, what="report.taken_back", on=row)
    return row


@transaction.atomic
def discard(*, report, version, by, at):
    """Throw away a draft that should not have been started; its events stay."""
    row = _draft(report)
    if row.version != version:
        raise Conflict(row)
    events.record(by=by, at=at, what="report.discarded", on=row)
    row.entries.all().delete()
    row.delete()


@transaction.atomic
def agree(*, report, version, by, at, agreed_on=None):
    """Record that the Board agreed the tabled report on the day `agreed_on`; return it."""
    row = _locked(report)
    if row.state == ReportState.AGREED and (row.agreed_by_id, row.agreed_on) == (by.pk, agreed_on):
        return row
    _require(row, {ReportState.TABLED})
    if days.is_outside(agreed_on):
        raise Refused(days.OUTSIDE, "agreed_on")
    if agreed_on and agreed_on > timezone.localdate(at):
        raise Refused("The day of agreement cannot be in the future.", "agreed_on")
    if agreed_on and row.tabled_on and agreed_on < row.tabled_on:
        raise Refused(f"Enter {row.tabled_on:%-d %B %Y}, when it was tabled, or a later day.", "agreed_on")
    row = write(row, version, state=ReportState.AGREED, agreed_on=agreed_on, agreed_at=at, agreed_by=by)
    events.record(by=by, at=at, what="report.agreed", on=row, agreed_on=_iso(agreed_on))
    return row


@transaction.atomic
def issue(*, report, version, by, at):
    """Issue the agreed report to the department and freeze it with the digest of everything in it; return it."""
    row = _locked(report)
    if row.is_issued and row.issued_by_id == by.pk:
        return row
    _require(row, {ReportState.AGREED})
    row.issued_at, row.issued_by, row.issued_name = at, by, by.name
    row.digest_format, row.digest = digests.FORMAT, digests.digest(row)
    stamped = ("issued_at", "issued_by", "issued_name", "digest", "digest_format")
    row = write(row, version, state=ReportState.ISSUED, **{name: getattr(row, name) for name in stamped})
    events.record(by=by, at=at, what="report.issued", on=row, digest=row.digest)
    return row


@transaction.atomic
def record_review(*, report, said, by, at, held_on=None, source=""):
    """Add what was said at the department's progress review meeting that followed the report; return it."""
    row = _locked(report)
    if not row.is_issued:
        raise Refused("A progress review meeting follows an issued report.")
    if not said.strip():
        raise Refused("Enter what was said.", "said")
    if held_on and not row.reported_on <= held_on <= timezone.localdate(at):
        raise Refused("Enter a date from the date of the report to today.", "held_on")
    facts = {"held_on": held_on, "said": said.strip(), "source": source.strip()}
    if same := row.reviews.filter(**facts, recorded_by=by).first():
        return same
    review = row.reviews.create(**facts, recorded_at=at, recorded_by=by, recorded_name=by.name)
    events.record(by=by, at=at, what="report.reviewed", on=row, held_on=_iso(held_on), said=review.said)
    return review


def last_issued(notice):
    """Return the last report issued on `notice`, or None."""
    return notice.interim_reports.filter(state=ReportState.ISSUED).order_by("-reported_on").first()


def last_said(report, target):
    """Return the entry on `target` in the report that this one was started from, or None."""
    before = InterimEntry.objects.filter(report__notice=report.notice_id, report__reported_on=report.previous_on)
    return before.filter(target=target).select_related("report").first()


def drafted(report):
    """Return an entry for each target of the Notice, as it stands on the day of a draft; five queries.

    A target that the Notice got since the report was started has an entry that is not saved yet.
    """
    known = {row.target_id: row for row in report.entries.select_related("written_by")}
    found = progress.of_notice(report.notice, as_of=report.reported_on)
    return [stamps.put(known.get(row.target.pk) or _begun(report, row.target, None), row) for row in found]


def is_silent(entry):
    """Whether an entry neither reports anything nor says why."""
    return not (entry.narrative.strip() or entry.note.strip())


def state_of(report):
    """Return a text that changes with whatever is written in a draft."""
    written = report.entries.values_list("version", flat=True)
    return f"{report.version}-{sum(written)}"


def recap(last):
    """Return how an entry begins to recall what `last`, an entry of the report before, said of the same target."""
    month = f"{last.report.reported_on:%B %Y}"
    if not last.narrative:
        return f"{month}: {prose.opening(last.note)}"
    status = "" if last.status == EndVerdict.NOT_STATED else f" ({last.get_status_display().lower()})"
    return f"In {month} it was reported{status}: {prose.opening(last.narrative)}"


def _begun(report, target, last):
    return InterimEntry(
        report=report,
        target=target,
        position=target.position,
        reference=target.reference,
        kind=target.kind,
        wording=target.wording,
        **({"status": last.status, "narrative": last.narrative, "recap": recap(last)} if last else {}),
    )


def _locked(report):
    return InterimReport.objects.select_for_update(of=("self",)).select_related("notice").get(pk=report.pk)


def _draft(report):
    row = _locked(report)
    _require(row, {ReportState.DRAFT})
    return row


def _require(row, states):
    if row.state in states:
        return
    if row.is_issued or states == {ReportState.DRAFT}:
        raise ReportSettled(row)
    raise Refused(f"The report is “{row.get_state_display()}”. Check it again before you continue.")


def _iso(day):
    return day.isoformat() if day else ""
