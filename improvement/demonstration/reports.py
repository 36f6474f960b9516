"""The reports of Leeds to the department, as far as the sources give them, played through the verbs of the pages.

`fixtures/leeds_interim.json` is a list of reports in order, each with its day, `source`, `note`, `cover` and `entries`
(target's reference to answers); `otherwise` is the note of every target of which the sources do not say what was
reported. A day that is null is not given. The moments of its way through the Board are illustrative.
"""

from datetime import date

from django.db import transaction

from accounts.models import User
from improvement.demonstration import moment, read
from improvement.demonstration.measured import OFFICE
from notices import interim
from notices.models import SECTIONS, EndVerdict, Notice


@transaction.atomic
def add_missing():
    """Play each report that the database lacks and that can still follow those that are there."""
    notice = Notice.objects.get(slug="leeds")
    present = {day.isoformat() for day in notice.interim_reports.values_list("reported_on", flat=True)}
    latest = max(present, default="")
    for told in read("leeds_interim.json"):
        if told["reported_on"] not in present and told["reported_on"] > latest:
            _play(notice, told, User.objects.get(email=OFFICE))


def _play(notice, told, office):
    report = interim.start(
        notice=notice,
        reported_on=date.fromisoformat(told["reported_on"]),
        title=told["cover"]["title"],
        source=told["source"],
        note=told["note"],
        by=office,
        at=moment(told["started_at"]),
    )
    cover = dict.fromkeys(SECTIONS, "") | told["cover"]
    report = interim.write_cover(report=report, version=0, by=office, at=moment(told["written_at"]), **cover)
    for entry in report.entries.select_related("target"):
        answers = told["entries"].get(entry.reference) or {"narrative": "", "note": told["otherwise"]}
        answers = {"status": EndVerdict.NOT_STATED, "note": "", "source": ""} | answers
        target, at = entry.target, moment(told["written_at"])
        interim.write_entry(report=report, target=target, version=entry.version, by=office, at=at, **answers)
    _take_through(report, told, office)


def _take_through(report, told, office):
    days = {name: told[name] and date.fromisoformat(told[name]) for name in ("tabled_on", "agreed_on")}
    report = interim.table(report=report, tabled_on=days["tabled_on"], by=office, at=moment(told["tabled_at"]))
    given = {"version": report.version, "by": office, "at": moment(told["agreed_at"])}
    report = interim.agree(report=report, agreed_on=days["agreed_on"], **given)
    report = interim.issue(report=report, version=report.version, by=office, at=moment(told["issued_at"]))
    for review in told["reviews"]:
        interim.record_review(
            report=report,
            held_on=review["held_on"] and date.fromisoformat(review["held_on"]),
            said=review["said"],
            source=review["source"],
            by=office,
            at=moment(review["at"]),
        )
