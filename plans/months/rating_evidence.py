"""The facts for and against each rating of a month, in three queries however many recommendations it has.

They are as of the day on which the month is judged: what is recorded later with a later day does not reach it.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import Exists, Func, OuterRef, Q, Subquery
from django.utils import timezone

from notices.targets import progress
from plans import rating_evidence
from plans.contradictions import Code, codes
from plans.models import Action, Evidence, Recommendation
from plans.rating_evidence import Answered, Case
from plans.ratings import Rating

_REPEATED = {Code.SAME_TEXT, Code.IMPROVING_WITH_NOTHING_NEW}


@dataclass(frozen=True)
class Gathered:
    """What is known on the day `as_of`: the Progress of the `targets`, and by recommendation what is around it."""

    as_of: date
    targets: tuple
    around: dict

    @property
    def fingerprint(self):
        """The SHA-256 of all of it, for a page that is kept as long as it says the same."""
        told = [(row.target.pk, row.target.reference, row.target.wording, *_of_measures(row)) for row in self.targets]
        return sha256(repr((told, sorted(self.around.items()))).encode()).hexdigest()

    def judge(self, rows):
        """Return by the pk of each of `rows` its Judgement.

        A draft in an open month is judged by the rating that it holds: give only rows whose answers the reader may see.
        """
        answered = {found.target.pk: _answered(found) for found in self.targets if found.verdict}
        cases = {row.pk: _case(row, self.as_of, answered, *self.around[row.recommendation_id]) for row in rows}
        return {pk: rating_evidence.judge(case) for pk, case in cases.items()}


def gather(month, *, questions, now, notice=None, only=None):
    """Return what is Gathered for `month`, or for those of its recommendations that are in `only`.

    `questions` is a queryset of those of the Board's that every reader may read. The targets are those of the `notice`,
    by default those that are answered.
    """
    as_of, at = month.judged_on(now), month.published_at or now
    around = _around(month, only, questions, as_of=as_of, at=at)
    asked = {target for answered, *_ in around.values() for target in answered}
    found = progress.with_milestones(as_of=as_of, notice=notice, targets=asked) if notice or asked else ()
    return Gathered(as_of, tuple(found), around)


def of_one(update, *, now):
    """Return the Judgement of one update, with its month, on what everybody may read; three queries."""
    recommendation = update.recommendation
    questions = recommendation.challenges.public()
    found = gather(update.month, questions=questions, now=now, only=[recommendation.pk])
    return found.judge([update])[update.pk]


def _of_measures(found):
    """Yield what pages tell of the measures of a Progress, as plain values."""
    for measure in found.measures:
        yield str(measure.indicator), measure.indicator.unit, tuple(row.pk for row in measure.results)
        for step in measure.steps:
            milestone = step.milestone
            yield milestone.wording, milestone.threshold, milestone.period_end, step.words, step.gap_words


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


def _around(month, only, questions, *, as_of, at):
    """Return by recommendation: its targets, how many actions are overdue, whether its update of `month` has figures
    as evidence, and when the Board last recorded a different view that everybody may read.
    """
    overdue = Action.objects.filter(Q(done_on=None) | Q(done_on__gt=as_of), due_on__lt=as_of)
    figures = Evidence.objects.filter(update__month=month, kind=Evidence.Kind.QUANTITATIVE)
    views = questions.filter(outcome="view", concluded_at__lte=at)
    rows = (
        Recommendation.objects.filter(**({"updates__month": month} if only is None else {"pk__in": only}))
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
