"""Plays the story of Leeds through the same verbs that the pages use, at historic moments."""

from datetime import date

from django.core.files import File
from django.db import transaction

from accounts import posts
from accounts.models import Post, User
from improvement.demonstration import FOLDER, moment, read
from improvement.demonstration.story import DAYS, told
from plans import reporting, revisions
from plans.models import Outcome, Plan, Recommendation
from plans.reporting import evidence

DOMAIN = "@leeds.example"
OFFICE = "programme-office"


def add_missing(tell):
    """Play each month that the plan lacks, one transaction a month; leave those that it has alone.

    `tell` is given the place of each among how many, and its first day, before it is played.
    """
    plan = Plan.objects.get(slug="leeds")
    present = {month.isoformat() for month in plan.months.values_list("month", flat=True)}
    missing = [month for month in told(read("leeds_months.json")) if month["month"] not in present]
    if missing:
        people = {user.email.removesuffix(DOMAIN): user for user in User.objects.filter(is_demonstration=True)}
        for number, month in enumerate(missing, start=1):
            tell(number, len(missing), date.fromisoformat(month["month"]))
            with transaction.atomic():
                _play(plan, month, people)


def _play(plan, told_month, people):
    office, opened_at = people[OFFICE], moment(told_month["opened_at"])
    _change_plan(plan, told_month.get("before", {}), people, opened_at)
    month = reporting.open_month(
        plan=plan,
        month=date.fromisoformat(told_month["month"]),
        by=office,
        at=opened_at,
        **{name: date.fromisoformat(told_month[name]) for name in ("due_on", "sign_off_due_on", "data_as_at")},
    )
    rows = month.updates.select_related("recommendation", "lead_post__holder", "accountable_post__holder")
    for row in rows.order_by("reference_order"):
        if update := told_month["updates"].get(row.reference):
            _update(row, update, people)
    _write_texts(month, told_month, people)
    if published_at := told_month.get("published_at"):
        reporting.publish_month(month=month, by=office, at=moment(published_at))


def _change_plan(plan, before, people, at):
    """Make the changes of `before`, whose day is given where it is not that of `at`."""
    office = people[OFFICE]
    if "caveat" in before:
        plan.caveat = before["caveat"]
        plan._history_date, plan._history_user = at, office
        plan.save()
    for change in before.get("hand_overs", ()):
        title, organisation = change["post"]
        posts.hand_over(
            post=Post.objects.get(title=title, organisation=organisation),
            holder=people[change["holder"]] if change["holder"] else None,
            deputy=people[change["deputy"]] if change["deputy"] else None,
            on=date.fromisoformat(change["on"]),
            by=office,
            at=at,
        )
    for change in before.get("outcomes", ()):
        outcome = Outcome.objects.get(theme__plan=plan, theme__number=change["theme"], number=change["number"])
        title, organisation = change["accountable_post"]
        outcome.accountable_post = Post.objects.get(title=title, organisation=organisation)
        outcome._history_date, outcome._history_user = at, office
        outcome.save()
    for change in before.get("due_dates", ()):
        for recommendation in Recommendation.objects.filter(plan=plan, reference__in=change["references"]):
            revisions.change_due_date(
                recommendation=recommendation,
                due_on=date.fromisoformat(change["due_on"]),
                reason=change["reason"],
                revision=plan.revisions.filter(title=change["revision"]).first() if "revision" in change else None,
                by=office,
                at=moment(change["at"]),
            )


def _update(row, update, people):
    by = people[update["submitted_by"]] if "submitted_by" in update else row.lead_post.holder or people[OFFICE]
    answers = {
        name: date.fromisoformat(value) if name in DAYS and value else value
        for name, value in update["answers"].items()
    }
    if "submitted_at" not in update:
        reporting.save_draft(update=row, version=row.version, by=by, at=moment(update["saved_at"]), **answers)
        return
    answers["override_reasons"] = update.get("override_reasons", {})
    _add_evidence(row, update, by)
    returned = update.get("returned", {})
    first = answers | returned.get("was", {})
    # Asked of the row as it was loaded, with its posts and who holds them.
    reviewer = people[update["signed_off_by"]] if "signed_off_by" in update else row.accountable_post.holder
    row = reporting.submit(update=row, version=row.version, by=by, at=moment(update["submitted_at"]), **first)
    if returned:
        row = reporting.return_for_changes(
            update=row, version=row.version, comment=returned["comment"], by=reviewer, at=moment(returned["at"])
        )
        if "resubmitted_at" not in returned:
            return
        answers["reply"] = returned.get("reply", "")
        row = reporting.submit(update=row, version=row.version, by=by, at=moment(returned["resubmitted_at"]), **answers)
    if "signed_off_at" in update:
        reporting.sign_off(update=row, version=row.version, by=reviewer, at=moment(update["signed_off_at"]))


def _add_evidence(row, update, by):
    for item in update.get("evidence", ()):
        given = {"update": row, "kind": item["kind"], "title": item["title"], "by": by}
        at = moment(update["submitted_at"])
        if "file" in item:
            with (FOLDER / "evidence" / item["file"]).open("rb") as stream:
                evidence.add(file=File(stream, name=item["file"]), at=at, **given)
        else:
            evidence.add(url=item["url"], at=at, **given)


def _write_texts(month, told_month, people):
    at = moment(told_month["texts_at"])
    for area_update in month.area_updates.select_related("leading_post__holder", "month"):
        if text := told_month.get("areas", {}).get(area_update.letter):
            reporting.write_area_update(
                area_update=area_update,
                version=area_update.version,
                text=text,
                by=area_update.leading_post.holder,
                at=at,
            )
    if told_month.get("commentary"):
        reporting.write_commentary(
            month=month,
            version=month.version,
            headline=told_month.get("headline", ""),
            text=told_month["commentary"],
            by=people[OFFICE],
            at=at,
        )
