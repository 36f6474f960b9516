"""What a month reports on: its updates and areas of focus, as the plan has them on the day."""

from django.utils import timezone

from plans import revisions
from plans.calendar import UpdateStatus
from plans.models import (
    AreaOfFocus,
    AreaUpdate,
    MonthlyUpdate,
    Recommendation,
)
from plans.months.published import last_published_of
from plans.months.stamps import stamp
from plans.ratings import DEFAULT_WORDING, Movement, Rating


def joining(month, on):
    """Return what stands in the plan on the day `on` and has no row in `month`."""
    return Recommendation.objects.filter(plan=month.plan_id).live(on).exclude(updates__month=month)


def leaving(month, on):
    """Return the rows of `month` whose recommendation has left the plan by the day `on`."""
    return month.updates.exclude(recommendation__in=Recommendation.objects.filter(plan=month.plan_id).live(on))


def removable(month, on):
    """Return those of `leaving` in which nobody has written and to which no evidence was added."""
    return untouched(leaving(month, on))


def untouched(rows):
    """Return those of `rows` in which nobody has written and to which no evidence was added."""
    return rows.filter(status=UpdateStatus.AWAITED, version=0, evidence=None)


def joining_areas(month):
    """Return the areas of focus that `month` should report on and has no row for."""
    return AreaOfFocus.objects.filter(plan=month.plan_id).in_month(month.month).exclude(updates__month=month)


def offered(plan):
    """Return the wording of each rating that `plan` offers, worst first; Complete only where the plan defines it."""
    defined = {item.rating: item.wording for item in plan.rating_definitions.all()}
    wording = {rating.value: defined.get(rating, DEFAULT_WORDING[rating]) for rating in Rating}
    if Rating.COMPLETE not in defined:
        del wording[Rating.COMPLETE.value]
    return wording


def add_missing(month, at):
    """Create the rows that `month` lacks for the plan as it stands on the day of `at`; return how many updates."""
    recommendations = list(
        joining(month, timezone.localdate(at))
        .select_related("outcome__theme", "outcome__accountable_post__holder", "lead_post__holder")
        .prefetch_related("areas")
    )
    areas = list(joining_areas(month).select_related("leading_post"))
    letters = set(AreaOfFocus.objects.filter(plan=month.plan_id).in_month(month.month).values_list("letter", flat=True))
    published = last_published_of(month)
    changes = revisions.counted_in(month, [row.pk for row in recommendations])
    rows = [
        _awaited(month, recommendation, letters, published.get(recommendation.pk), changes.get(recommendation.pk, []))
        for recommendation in recommendations
    ]
    stamp(month, rows)
    MonthlyUpdate.objects.bulk_create(rows)
    AreaUpdate.objects.bulk_create(
        AreaUpdate(
            month=month,
            area=area,
            leading_post=area.leading_post,
            letter=area.letter,
            title=area.title,
            leading_title=area.leading_post.title,
        )
        for area in areas
    )
    return len(recommendations)


def _awaited(month, recommendation, letters, previous, date_changes):
    outcome, lead = recommendation.outcome, recommendation.lead_post
    accountable = outcome.accountable_post
    areas = sorted(area.letter for area in recommendation.areas.all() if area.letter in letters)
    row = MonthlyUpdate(
        month=month,
        recommendation=recommendation,
        theme=outcome.theme,
        outcome=outcome,
        lead_post=lead,
        accountable_post=accountable,
        reference=recommendation.reference,
        title=recommendation.title,
        wording=recommendation.wording,
        theme_number=outcome.theme.number,
        theme_title=outcome.theme.title,
        outcome_number=outcome.number,
        outcome_title=outcome.title,
        lead_title=lead.title,
        lead_name=lead.acting_holder.name if lead.acting_holder else "",
        accountable_title=accountable.title,
        accountable_name=accountable.acting_holder.name if accountable.acting_holder else "",
        original_due_on=recommendation.original_due_on,
        due_on=recommendation.due_on,
        areas=f" {' '.join(areas)} " if areas else "",
        date_changes=date_changes,
    )
    if previous:
        row.previous_rating, row.previous_direction = previous.rating, previous.direction
        row.previous_month = previous.month.month
        _carry(row, previous)
    return row


def _carry(row, previous):
    """Carry on what was verified as complete, with the month in which it was."""
    if previous.rating == Rating.COMPLETE and previous.status in {UpdateStatus.SIGNED_OFF, UpdateStatus.CARRIED}:
        row.status, row.rating, row.movement = UpdateStatus.CARRIED, Rating.COMPLETE, Movement.SAME
        row.verified_month = previous.verified_month or previous.month.month
