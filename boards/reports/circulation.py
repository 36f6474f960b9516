"""The record of what was sent to whom, and when."""

from django.db import transaction
from django.utils import timezone

from accounts.audit import events
from boards.models import Body, Circulation
from improvement.records.refusals import Incomplete, Refused
from improvement.texts import days


@transaction.atomic
def record(*, body, what, sent_on, by, at, report=None, note="", asked="", decided="", is_month_only=False, source=""):
    """Record that `what` was sent to `body` on the day `sent_on`; return it. The same again is found, not added."""
    body = Body.objects.select_for_update().get(pk=body.pk)
    what = what.strip()
    if not what:
        raise Incomplete({"what": "Enter what was sent."})
    if days.is_outside(sent_on):
        raise Refused(days.OUTSIDE, "sent_on")
    if sent_on > timezone.localdate(at):
        raise Refused("This date is in the future. Record the report once it has been sent.", "sent_on")
    if report is not None and report.board_id != body.board_id:
        raise Refused("Choose a report of this Board.", "report")
    if report is not None and not report.is_issued:
        raise Refused("Issue the report before you record that it was sent.", "report")
    if report is not None and sent_on < (report.dated_on.replace(day=1) if is_month_only else report.dated_on):
        raise Refused(f"The report is dated {report.dated_on:%-d %B %Y}, so it was not sent before.", "sent_on")
    if there := body.circulations.filter(what=what, sent_on=sent_on).first():
        return there
    row = Circulation.objects.create(
        body=body,
        body_name=body.name,
        what=what,
        sent_on=sent_on,
        is_month_only=is_month_only,
        report=report,
        note=note.strip(),
        asked=asked.strip(),
        decided=decided.strip(),
        source=source,
        recorded_at=at,
        recorded_by=by,
    )
    events.record(by=by, at=at, what="circulation.recorded", on=row, body=body.name, sent_on=sent_on.isoformat())
    return row
