"""What the dashboard says beside the officers: the verdicts on the Notice's targets, and ratings against the evidence.

They are as of the day on which the month is judged. The targets are those of the whole Notice, whatever is filtered.
"""

from dataclasses import dataclass
from datetime import date

from notices.tables import Row
from notices.tables import rows as with_charts
from notices.targets.milestones import Verdict
from plans.models import MonthlyUpdate
from plans.months import rating_evidence
from plans.months.rating_evidence import Gathered
from plans.rating_evidence import Match

# In the order in which they are told.
_VERDICTS = (Verdict.MET, Verdict.MISSED, Verdict.UNDECIDED, Verdict.AWAITED, Verdict.NO_DATA, Verdict.NOT_YET_DUE)


@dataclass(frozen=True)
class Targets:
    """The targets with one verdict, or none, in the Notice's order."""

    verdict: Verdict
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Evidence:
    as_of: date
    targets: tuple[Row, ...]
    better: tuple[MonthlyUpdate, ...]
    worse: tuple[MonthlyUpdate, ...]

    @property
    def by_verdict(self):
        """The verdicts that occur, and always those that are met and missed."""
        found = [Targets(verdict, tuple(self._with(verdict))) for verdict in _VERDICTS]
        return [group for group in found if group.rows or group.verdict in {Verdict.MET, Verdict.MISSED}]

    @property
    def missed(self):
        return self._with(Verdict.MISSED)

    @property
    def next_due(self):
        """The target whose next milestone comes first, or None."""
        ahead = [row for row in self.targets if row.progress.next_step]
        return min(ahead, key=lambda row: row.progress.next_step.milestone.period_end, default=None)

    def _with(self, verdict):
        return [row for row in self.targets if row.progress.verdict == verdict]


def gather(month, *, now) -> Gathered:
    """Return what is known around the recommendations of `month`, whose plan and Notice are loaded; three queries."""
    return rating_evidence.gather(month, now=now, notice=month.plan.notice)


def fingerprint(month, *, now) -> str:
    """Return the SHA-256 of what `gather` makes its facts of; three queries."""
    return rating_evidence.fingerprint(month, now=now, notice=month.plan.notice)


def build(rows, gathered, *, notice) -> Evidence:
    """Return the Evidence on `rows` of a dashboard, each of which is told its Judgement.

    Where the plan answers no `notice` it tells no targets, though a recommendation may answer one and is judged by it.
    """
    judged = gathered.judge(rows)
    for row in rows:
        row.judged = judged[row.pk]
    better, worse = (tuple(row for row in rows if row.judged.match is match) for match in (Match.BETTER, Match.WORSE))
    targets = tuple(with_charts(gathered.targets)) if notice else ()
    return Evidence(gathered.as_of, targets, better, worse)
