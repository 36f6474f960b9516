"""The papers of a meeting: added as drafts, tabled for their audience, and from then on as they were."""

from datetime import datetime, time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.audit import events
from boards.locking import locked
from boards.models import Paper
from boards.models.access import as_recorded
from improvement.documents import pdf
from improvement.records.refusals import Incomplete, Refused
from improvement.records.writes import holds, write
from notices.models import InterimReport
from plans.refresh import draft_document, preview
from plans.reporting import evidence

TABLED = "The paper has been tabled. You can only change who can read it."
FILE_OR_PAGE = "Choose a file or a page of this product, not both."
Page = Paper.Page
# The pages that a paper can be, each of which is there for whoever reads the Board's papers.
_REPORTS = (Page.CHAIR, Page.COUNCIL, Page.LETTER)
_OFFERED = (Page.MINUTES, Page.DASHBOARD, Page.ACTIONS, Page.CHALLENGES, Page.REVISION, *_REPORTS)
_OF_A_NOTICE = (Page.NOTICE, Page.INTERIM)


@transaction.atomic
def add(*, meeting, title, by, at, item=None, page="", file=None, source="", **access):
    """Add a draft to a meeting, an uploaded `file` or a `page` of this product; return the Paper.

    `access` is `restricted_because`, `public_title`, `embargoed_until` and `excludes_observers`. Raises Incomplete or
    Refused.
    """
    meeting = locked(meeting)
    access = _access(**access)
    errors = _errors(title, access, at, embargo_before=None) | _content_errors(meeting, page, file)
    if errors:
        raise Incomplete(errors)
    _require_own(item, meeting)
    paper = Paper(meeting=meeting, item=item, title=title.strip(), page=page, source=source, **access)
    paper.added_at, paper.added_by = at, by
    if file:
        evidence.describe(paper, file)
    said = ("item", "title", "page", "sha256", "added_by", *access)
    if same := meeting.papers.filter(**{field: getattr(paper, field) for field in said}).first():
        return same
    paper.position = (meeting.papers.aggregate(last=Max("position"))["last"] or 0) + 1
    if file:
        evidence.keep(paper, file)
    paper.save()
    events.record(by=by, at=at, what="paper.added", on=paper, **_told(access))
    return paper


@transaction.atomic
def change(*, paper, version, title, item, by, at, **access):
    """Change a draft, or who reads a tabled paper and from when; return it.

    That may change after the minutes were agreed too: an embargo is put off, what was open by mistake is restricted.
    """
    row = _locked(paper)
    access = _access(**access)
    facts = {"title": title.strip(), "item": item} | access
    if holds(row, facts):
        return row
    if row.tabled_at and (row.title, row.item) != (facts["title"], item):
        raise Refused(TABLED)
    if errors := _errors(title, access, at, embargo_before=row.embargoed_until):
        raise Incomplete(errors)
    _require_own(item, row.meeting)
    before = {f"{name}_before": value for name, value in _told(_access_of(row)).items()}
    earlier = as_recorded(row)
    row = write(row, version, **facts)
    told = _told(access) | {"access": [as_recorded(row, earlier)]}
    events.record(by=by, at=at, what="paper.changed", on=row, **before, **told)
    return row


@transaction.atomic
def table(*, paper, by, at, with_agenda=False):
    """Lay a paper before the Board: its audience reads it from now on, or from the end of its embargo. Return it.

    One that is not tabled `with_agenda` came after it.
    """
    meeting = locked(paper.meeting)
    row = _locked(paper)
    if row.tabled_at:
        return row
    if not meeting.is_announced:
        raise Refused("The agenda is not published yet. Papers are tabled with it, or after it.")
    if sentence := lacking(row):
        raise Refused(f"“{row.title}” cannot be tabled yet. {sentence}")
    row = write(row, row.version, tabled_at=at, tabled_by=by, is_tabled_late=not with_agenda)
    events.record(by=by, at=at, what="paper.tabled", on=row, **_told(_access_of(row)), access=[as_recorded(row)])
    return row


@transaction.atomic
def remove(*, paper, by, at):
    """Remove a draft; its file goes once the removal is certain."""
    row = Paper.objects.select_for_update(of=("self",)).select_related("meeting__board").filter(pk=paper.pk).first()
    if row is None:
        return
    if row.tabled_at:
        raise Refused("You cannot remove a tabled paper. Restrict who can read it instead.")
    events.record(by=by, at=at, what="paper.removed", on=row.meeting, title=row.title)
    row.delete()
    if row.file:
        transaction.on_commit(lambda: paper.file.storage.delete(paper.file.name))


def of_draft(meeting, *, on):
    """Return the preview of the plan's draft revision on the day `on` as a PDF to be added; None without a draft.

    As a file it stays what the Board was asked to agree, whatever becomes of the draft.
    """
    draft = meeting.board.plan.refreshes.filter(applied_at=None).select_related("plan").first()
    if draft is None:
        return None
    content = pdf.write(draft_document.build(preview.build(draft, on=on)))
    return SimpleUploadedFile(f"{draft.title[:80]}.pdf", content, "application/pdf")


def offered(meeting):
    """Return the pages that a paper of `meeting` can be."""
    return (*_OFFERED, *_OF_A_NOTICE) if meeting.board.plan.notice_id else _OFFERED


def interim_report(meeting):
    """Return the report to the department that was before the Board by the day of `meeting`, or None."""
    next_day = timezone.make_aware(datetime.combine(meeting.held_on + timedelta(days=1), time()))
    reports = InterimReport.objects.filter(notice=meeting.board.plan.notice_id, tabled_at__lt=next_day)
    return reports.order_by("-reported_on").first()


def revision(meeting):
    """Return the last revision of the plan that was agreed by the day of `meeting`, or None."""
    revisions = meeting.board.plan.revisions.filter(agreed_on__lte=meeting.held_on)
    return revisions.select_related("plan", "refresh").order_by("agreed_on", "pk").last()


def reports(meeting, pages):
    """Return by page the latest report or letter of each kind in `pages` that was issued by the day of `meeting`."""
    kinds = [page for page in _REPORTS if page in pages]
    issued = meeting.board.reports.filter(kind__in=kinds, dated_on__lte=meeting.held_on, issued_at__isnull=False)
    return {Page(report.kind): report for report in issued.order_by("dated_on")} if kinds else {}


def lacking(paper):
    """Return the sentence that says what the page lacks that `paper` would lead to; empty where nothing."""
    meeting = paper.meeting
    if paper.page == Page.DASHBOARD and meeting.month_id is None:
        return "No month has been chosen for this meeting."
    if paper.page == Page.MINUTES and not meeting.board.meetings.filter(held_on__lt=meeting.held_on).exists():
        return "There was no earlier meeting."
    if paper.page == Page.INTERIM and interim_report(meeting) is None:
        return "No report to the department has been tabled yet."
    if paper.page == Page.REVISION and revision(meeting) is None:
        return "No revision of the plan agreed by the day of the meeting has been recorded."
    if paper.page in _REPORTS and not reports(meeting, {paper.page}):
        return "No report of that kind dated by the day of the meeting has been issued."
    return ""


def _locked(paper):
    rows = Paper.objects.select_for_update(of=("self",)).select_related("meeting__board__plan", "item")
    return rows.get(pk=paper.pk)


_ACCESS = ("restricted_because", "public_title", "embargoed_until", "excludes_observers")


def _access(*, restricted_because="", public_title="", embargoed_until=None, excludes_observers=False):
    return {
        "restricted_because": restricted_because.strip(),
        "public_title": public_title.strip(),
        "embargoed_until": embargoed_until,
        "excludes_observers": excludes_observers,
    }


def _access_of(paper):
    return {name: getattr(paper, name) for name in _ACCESS}


def _told(access):
    """Return `access` as an event keeps it."""
    return access | {"embargoed_until": access["embargoed_until"] and access["embargoed_until"].isoformat()}


def _errors(title, access, at, embargo_before):
    errors = {}
    if not title.strip():
        errors["title"] = "Enter a title for the paper."
    if access["excludes_observers"] and not access["restricted_because"]:
        errors["restricted_because"] = "Enter a reason why observers cannot read it."
    until = access["embargoed_until"]
    if until and until != embargo_before and until <= at:
        errors["embargoed_until"] = "This time has passed. Leave it empty, or enter a later time."
    return errors


def _content_errors(meeting, page, file):
    if bool(page) == bool(file):
        return {"file": FILE_OR_PAGE}
    if file:
        sentence = evidence.file_error(file)
        return {"file": sentence} if sentence else {}
    return {} if page in offered(meeting) else {"page": "There is no such page."}


def _require_own(item, meeting):
    if item and item.meeting_id != meeting.pk:
        raise Refused("Choose an item on this meeting’s agenda.", "item")
