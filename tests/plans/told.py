"""Three months of an invented plan in which every set of `plans.months.sets` but a few has a row."""

from datetime import date

from django.db.models import Value
from django.db.models.functions import Concat

from accounts import posts
from accounts.models import Post, User
from plans import reporting, revisions
from plans.models import AreaOfFocus, MonthlyUpdate, Outcome, Plan, Theme
from plans.reporting import evidence
from tests import factories

SECRET = "Mauve"  # stands in drafts only


@factories.once
def plan():
    """Return a plan of eight recommendations: March to May 2011 are published, June is open."""
    made = factories.plan(8, themes=2)
    made.caveat = "An invented plan."
    made.save()
    area = factories.area(made)
    factories.recommendation(made, 9, theme=2, due_on=date(2011, 4, 30), original_due_on=date(2011, 4, 30))
    for recommendation in made.recommendations.filter(reference__in=["R01", "R09"]):
        recommendation.areas.add(area)
    police = factories.post("Police Commander")
    made.recommendations.filter(reference="R08").update(lead_post=police)
    for number in (3, 4):
        month = factories.month(made, number)
        for row in month.updates.all():
            _signed_off(row, progress=f"Done in month {number} for {row.reference}.")
        factories.published(month, at=factories.later(days=7))
    _may(made)
    june = factories.month(made, 6, at=factories.later(days=40))
    factories.submitted(june.updates.get(reference="R01"), progress="Reported in June.")
    _draft(june.updates.get(reference="R02"))
    return made


def _may(made):
    month = factories.month(made, 5)
    rows = {row.reference: row for row in month.updates.all()}
    _signed_off(rows["R01"], rating="green", direction="improving", progress="The audit is finished.")
    factories.submitted(
        rows["R02"],
        rating="red",
        direction="declining",
        progress="=SUM(A1) was typed here.",
        cause="- Two trainers left.",
        decision_sought="-5",
        at=factories.later(days=25),
    )
    _signed_off(
        rows["R03"], progress="New dates.", proposed_due_on=date(2012, 3, 31), proposed_due_reason="It starts late."
    )
    _draft(rows["R04"])
    _returned(rows["R05"])
    _unchanged(rows["R07"])
    _signed_off(rows["R08"], by=factories.user("Olga Office"), progress="Entered for the police.")
    _signed_off(rows["R09"], progress="Past its date.", direction="improving")
    factories.published(month, at=factories.later(days=30))


def _signed_off(row, by=None, **answers):
    row = factories.submitted(row, by=by, **answers)
    return reporting.sign_off(update=row, version=row.version, by=factories.user("Liam Lead"), at=factories.AT)


def _draft(row):
    answers = factories.ANSWERS | {"progress": f"{SECRET} draft.", "rating": "red"}
    reporting.save_draft(update=row, version=row.version, by=factories.user("Ada Officer"), at=factories.AT, **answers)


def _returned(row):
    evidence.add(
        update=row,
        kind="qualitative",
        title=f"{SECRET} evidence",
        url="https://a.example",
        by=factories.user("Ada Officer"),
        at=factories.AT,
    )
    row = factories.submitted(MonthlyUpdate.objects.get(pk=row.pk), progress=f"{SECRET} returned.", rating="green")
    lead = factories.user("Liam Lead")
    reporting.return_for_changes(
        update=row, version=row.version, comment=f"{SECRET} comment.", by=lead, at=factories.AT
    )


def _unchanged(row):
    same = f"Done in month 4 for {row.reference}."
    _signed_off(row, progress=same, unchanged_reason="The results come in June.")


def refresh(made):
    """Rename, re-theme, hand over, postpone and close what stands in the plan, as years would."""
    office, at = factories.user("Olga Office"), factories.later(days=50)
    elsewhere = factories.OutcomeFactory(
        theme=factories.ThemeFactory(plan=made, number=9, title="Another theme"),
        title="Another outcome",
        accountable_post=factories.post("Another Director"),
    )
    for recommendation in made.recommendations.all():
        revisions.change_due_date(
            recommendation=recommendation, due_on=date(2012, 12, 31), reason="Postponed.", by=office, at=at
        )
        revisions.close(recommendation=recommendation, closure="completed", reason="Done.", by=office, at=at)
    made.recommendations.update(outcome=elsewhere, title="Renamed", wording="Reworded.")
    for post in Post.objects.filter(title__in=["Head of Safeguarding", "Director of Children"]):
        posts.hand_over(post=post, holder=factories.user("New Holder"), deputy=None, on=at.date(), by=office, at=at)
    for model in (Post, Theme, Outcome, AreaOfFocus):
        model.objects.update(title=Concat(Value("Renamed "), "title"))
    Plan.objects.update(title="Renamed", caveat="Another caveat.")
    User.objects.update(name=Concat(Value("Renamed "), "name"))
