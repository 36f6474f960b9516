"""What went out from the Board of Leeds: the letters that the sources print, and what was sent to whom."""

from datetime import date

from django.db import transaction

from accounts.models import User
from boards import reports
from boards.models import Board
from boards.reports import circulation
from improvement.demonstration import moment, read

OFFICE = "programme-office@leeds.example"


@transaction.atomic
def add_missing():
    """Enter, issue and record what the database lacks, at the moments of the sources."""
    board = Board.objects.filter(slug="leeds").select_related("plan").first()
    if board is None:
        return
    told = read("leeds_outgoing.json")
    for report in told["reports"]:
        _issue(board, report)
    office = User.objects.get(email=OFFICE)
    for row in told["circulation"]:
        _record(board, row, office)


def _issue(board, told):
    kind, dated_on = told["kind"], date.fromisoformat(told["dated_on"])
    if board.reports.filter(kind=kind, dated_on=dated_on).exists():
        return
    by, at = User.objects.get(email=told["by"]), moment(told["at"])
    given = {name: told[name] for name in ("title", "addressed_to", "author", "source")}
    sections = [(heading, text) for heading, text in told["sections"]]
    row = reports.start(board=board, kind=kind, dated_on=dated_on, sections=sections, by=by, at=at, **given)
    reports.issue(report=row, by=by, at=at)


def _record(board, told, office):
    body = board.bodies.filter(number=told["body"]).first()
    sent_on = date.fromisoformat(told["sent_on"])
    if body is None or body.circulations.filter(what=told["what"], sent_on=sent_on).exists():
        return
    report = None
    if "report" in told:
        kind, dated_on = told["report"]
        report = board.reports.filter(kind=kind, dated_on=dated_on).first()
    circulation.record(
        body=body,
        what=told["what"],
        sent_on=sent_on,
        report=report,
        note=told["note"],
        asked=told.get("asked", ""),
        decided=told.get("decided", ""),
        is_month_only=told["is_month_only"],
        source=told["source"],
        by=office,
        at=moment(f"{told['sent_on']}T18:00"),
    )
