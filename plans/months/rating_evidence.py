"""The facts for and against each rating of a month, in three queries however many recommendations it has.

They are as of the day on which the month is judged: what is recorded later with a later day does not reach it.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from improvement.records.statements import Statement
from notices.targets import progress
from plans import rating_evidence
from plans.contradictions import Code, codes
from plans.models import Action, Evidence, Recommendation, ReportingMonth
from plans.rating_evidence import Answered, Case
from plans.ratings import Rating

_PUBLIC: list[Callable[[], QuerySet]] = []
_REPEATED = {Code.SAME_TEXT, Code.IMPROVING_WITH_NOTHING_NEW}


@dataclass(frozen=True)
class Gathered:
    """What is known on the day `as_of`: the Progress of the `targets`, and by recommendation what is around it."""

    as_of: date
    targets: tuple
    around: dict

    def judge(self, rows):
        """Return by the pk of each of `rows` its Judgement.

        A draft in an open month is judged by the rating that it holds: give only rows whose answers the reader may see.
        """
        answered = {found.target.pk: _answered(found) for found in self.targets if found.verdict}
        cases = {row.pk: _case(row, self.as_of, answered, *self.around[row.recommendation_id]) for row in rows}
        return {pk: rating_evidence.judge(case) for pk, case in cases.items()}


def register(public: Callable[[], QuerySet]) -> None:
    """Take the Board's views from the questions that `public` returns, which every reader may read."""
    _PUBLIC[:] = [public]


def gather(month, *, now, notice=None, only=None):
    """Return what is Gathered for `month`, or for the one of its recommendations with the key `only`.

    The targets are those of the `notice`, by default those that are answered.
    """
    as_of = month.judged_on(now)
    around = _around(month, only, as_of=as_of)
    asked = _asked(around)
    found = progress.with_milestones(as_of=as_of, notice=notice, targets=asked) if notice or asked else ()
    return Gathered(as_of, tuple(found), around)


def fingerprint(month, *, now, notice=None):
    """Return the SHA-256 of the rows that `gather` makes its facts of, for a page that is kept until they change.

    Three queries. No objects are made of the rows, which would take the dashboard of a published month a tenth longer.
    """
    as_of = month.judged_on(now)
    around = _around(month, None, as_of=as_of)
    asked = _asked(around)
    targets = progress.kept_rows(as_of=as_of, notice=notice, targets=asked) if notice or asked else ()
    return sha256(repr((as_of, targets, sorted(around.items()))).encode()).hexdigest()


def of_one(update, *, now):
    """Return the Judgement of one update, with its month, on what everybody may read; three queries."""
    return gather(update.month, now=now, only=update.recommendation_id).judge([update])[update.pk]


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


def _around(month, only, *, as_of):
    """Return by recommendation: its targets, how many actions are overdue, whether its update of `month` has figures
    as evidence, and when the Board last recorded a different view that everybody may read.
    """
    asked = {"month": month.pk, "as_of": as_of}
    rows = _OF_MONTH.rows(**asked) if only is None else _OF_ONE.rows(**asked, recommendation=only)
    targets, facts = defaultdict(set), {}
    for pk, target, overdue, has_figures, differed_at in rows:
        facts[pk] = overdue, bool(has_figures), _moment(differed_at)
        if target:
            targets[pk].add(target)
    return {pk: (targets[pk], *told) for pk, told in facts.items()}


def _asked(around):
    """Return the targets that any recommendation of `around` answers."""
    return {target for answered, *_ in around.values() for target in answered}


def _moment(value):
    """Return a moment as the database holds it, which in SQLite is text, or of no zone."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _facts(month, as_of, recommendations):
    overdue = Action.objects.filter(Q(done_on=None) | Q(done_on__gt=as_of), due_on__lt=as_of)
    figures = Evidence.objects.filter(update__month=month, kind=Evidence.Kind.QUANTITATIVE)
    published = Subquery(ReportingMonth.objects.filter(pk=month).order_by().values("published_at"))
    views = _PUBLIC[0]().filter(outcome="view", concluded_at__lte=Coalesce(published, F("concluded_at")))
    return recommendations.order_by().values_list(
        "pk",
        "targets",
        Subquery(overdue.filter(recommendation=OuterRef("pk")).order_by().values(n=Func("pk", function="COUNT"))),
        Exists(figures.filter(update__recommendation=OuterRef("pk"))),
        Subquery(views.filter(recommendation=OuterRef("pk")).order_by("-concluded_at").values("concluded_at")[:1]),
    )


def _of_month(month, as_of):
    return _facts(month, as_of, Recommendation.objects.filter(updates__month=month))


def _of_one(month, as_of, recommendation):
    return _facts(month, as_of, Recommendation.objects.filter(pk=recommendation))


_OF_MONTH = Statement(_of_month, month=-1, as_of=date(1, 1, 1))
_OF_ONE = Statement(_of_one, month=-1, as_of=date(1, 1, 1), recommendation=-2)
