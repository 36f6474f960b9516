"""Since when the verdict on a target has stood, worked out from what was known on each day before."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from notices.models import Milestone, Notice, Target
from notices.targets import terms
from notices.targets.milestones import Verdict
from notices.targets.progress import Progress, earlier

# Those that something can be held at; where there is no data, or no decision, nothing is.
_STANDS = {Verdict.MET, Verdict.MISSED}
Statements = Mapping[int, Sequence[tuple[datetime, bool]]]


@dataclass(frozen=True)
class Held:
    """How long a target's verdict has stood: as worked out, as its source states it, or neither."""

    target: Target
    verdict: str
    since: date | None
    on: date

    @property
    def computed(self) -> str:
        """For example "Met since 9 May 2011, 7 months"; empty where nothing can be worked out."""
        if self.since is None:
            return ""
        return f"{Verdict(self.verdict).label} since {_long(self.since, self.on)}"

    @property
    def stated_since(self) -> str:
        return f"since {_long(self.target.held_since, self.on)}" if self.target.held_since else ""

    @property
    def is_known(self) -> bool:
        return bool(self.computed or self.target.held_wording)


def statements_on(notice: Notice) -> Statements:
    """Return every statement ever made of the Notice's judged milestones, oldest first; one query.

    A milestone itself keeps the last one only, its history all of them.
    """
    made = defaultdict(list)
    rows = Milestone.history.filter(indicator__target__notice=notice, judged__isnull=False)
    for pk, at, is_met in rows.order_by("judged_at").values_list("id", "judged_at", "judged").distinct():
        made[pk].append((at, is_met))
    return dict(made)


def held(progress: Progress, statements: Statements) -> Held:
    """Return how long the verdict of `progress` has stood; no query."""
    return Held(progress.target, progress.verdict, _since(progress, statements), progress.as_of)


def _since(progress, statements):
    """Go back from day to day on which anything became known or due, for as long as the verdict is the same."""
    if progress.verdict not in _STANDS:
        return None
    since = None
    for day in sorted(_days(progress, statements), reverse=True):
        if earlier(progress, day, statements).verdict != progress.verdict:
            break
        since = day
    return since


def _days(progress, statements):
    steps = progress.all_steps
    days = {row.source_on for measure in progress.measures for row in measure.results}
    days |= {step.milestone.period_end + timedelta(days=1) for step in steps}
    days |= {timezone.localdate(at) for step in steps for at, _ in statements.get(step.milestone.pk, ())}
    return {day for day in days if day <= progress.as_of}


def _long(since, on):
    return f"{since:%-d %B %Y}, {terms.lasting(since, on)}"
