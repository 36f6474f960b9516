"""The facts for and against each rating of a month, in three queries however many recommendations it has.

They are as of the day on which the month is judged: what is recorded later with a later day does not reach it.
"""

from collections import defaultdict

from django.db.models import Exists, Func, OuterRef, Q, Subquery
from django.utils import timezone

from notices.models import Target
from notices.targets import progress
from plans import rating_evidence
from plans.contradictions import Code, codes
from plans.models import Action, Evidence, Recommendation
from plans.rating_evidence import Answered, Case
from plans.ratings import Rating

_REPEATED = {Code.SAME_TEXT, Code.IMPROVING_WITH_NOTHING_NEW}


def of_month(month, rows, *, questions, now, targets=None):
    """Return by the pk of each of `rows` of `month` its `plans.rating_evidence.Judgement`.

    A draft in an open month is judged by the rating that it holds: give only rows whose answers the reader may see.
    `questions` is a queryset of those of the Board's that every reader may read. `targets` are the Progress of all
    targets on the day, where they were read already: then it takes one query.
    """
    as_of, at = month.judged_on(now), month.published_at or now
    around = _around(month, [row.recommendation_id for row in rows], questions, as_of=as_of, at=at)
    if targets is None:
        asked = {target for answered, *_ in around.values() for target in answered}
        targets = progress.of_targets(list(Target.objects.filter(pk__in=asked)) if asked else [], as_of=as_of)
    answered = {found.target.pk: _answered(found) for found in targets if found.verdict}
    return {row.pk: rating_evidence.judge(_case(row, as_of, answered, *around[row.recommendation_id])) for row in rows}


def _case(row, as_of, answered, targets, overdue_actions, has_figures, differed_at):
    rating = Rating(row.rating) if row.rating and row.is_told else None
    return Case(
        rating=rating,
        as_of=as_of,
        targets=tuple(found for pk, found in answered.items() if pk in targets),
        overdue_actions=overdue_actions,
        due_on=row.due_on,
        original_due_on=row.original_due_on,
        months_at_rating=row.months_at_rating,
        is_text_repeated=bool(rating) and _repeats(row),
        has_figures=bool(rating) and has_figures,
        is_view_different=_differs(row, differed_at),
    )


def _answered(found):
    step = found.deciding_step
    return Answered(found.target.reference, found.verdict, step.gap_words if step else "")


def _repeats(row):
    """Whether its text is one reported before, by choice or as it was found when it was submitted."""
    return bool(row.unchanged_reason) or any(codes(item["code"]) & _REPEATED for item in row.contradictions)


def _differs(row, differed_at):
    """Whether the Board's view, of that moment or None, is about the rating that the row still has."""
    return differed_at is not None and (not row.rated_since or timezone.localdate(differed_at) >= row.rated_since)


def _around(month, recommendations, questions, *, as_of, at):
    """Return by recommendation: its targets, how many actions are overdue, whether its update of `month` has figures
    as evidence, and when the Board last recorded a different view that everybody may read.
    """
    overdue = Action.objects.filter(Q(done_on=None) | Q(done_on__gt=as_of), due_on__lt=as_of)
    figures = Evidence.objects.filter(update__month=month, kind=Evidence.Kind.QUANTITATIVE)
    views = questions.filter(outcome="view", concluded_at__lte=at)
    rows = (
        Recommendation.objects.filter(pk__in=recommendations)
        .order_by()
        .values_list(
            "pk",
            "targets",
            Subquery(overdue.filter(recommendation=OuterRef("pk")).order_by().values(n=Func("pk", function="COUNT"))),
            Exists(figures.filter(update__recommendation=OuterRef("pk"))),
            Subquery(views.filter(recommendation=OuterRef("pk")).order_by("-concluded_at").values("concluded_at")[:1]),
        )
    )
    targets, facts = defaultdict(set), {}
    for pk, target, *told in rows:
        facts[pk] = told
        if target:
            targets[pk].add(target)
    return {pk: (targets[pk], *told) for pk, told in facts.items()}
