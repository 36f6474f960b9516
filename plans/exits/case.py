"""What the chair needs to recommend that a Notice be lifted: what is achieved, how long it has held, what carries on.

It "can be lifted at an earlier date at the discretion of the Secretary of State if the necessary improvements have
been made and are sustainable" [000] 3.6.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from notices.inspections import comparison
from notices.models import Continuation, EndVerdict, FactorEvidence, Finding, Inspection, Notice, SustainabilityFactor
from notices.permissions import Plans
from notices.targets import holding, progress
from notices.targets.holding import Held
from notices.targets.milestones import Verdict
from notices.targets.progress import Progress
from plans.demands import answers
from plans.demands.answers import Answer, Answers

# The words of the Notice page's filter for a target without any milestone.
NO_MILESTONE = ("none", "No milestone")


@dataclass(frozen=True)
class Owned:
    """A live recommendation that answers a target; it is overdue where its current date is past."""

    answer: Answer
    is_overdue: bool


@dataclass(frozen=True)
class Ending:
    """One target at the end of a Notice."""

    progress: Progress
    held: Held
    live: list[Owned]
    continuations: list[Continuation]

    @property
    def target(self):
        return self.progress.target

    @property
    def is_stated(self) -> bool:
        return self.target.end_verdict != EndVerdict.NOT_STATED

    @property
    def is_at_odds(self) -> bool:
        """Whether what is stated and what is worked out say the opposite."""
        pair = self.target.end_verdict, self.progress.verdict
        return pair in {(EndVerdict.ACHIEVED, Verdict.MISSED), (EndVerdict.NOT_MET, Verdict.MET)}

    @property
    def is_not_met(self) -> bool:
        """Whether it is stated not to be met or, where nothing is stated, misses its milestone."""
        if self.is_stated:
            return self.target.end_verdict == EndVerdict.NOT_MET
        return self.progress.verdict == Verdict.MISSED

    @property
    def is_undecided(self) -> bool:
        """Whether nobody states what became of it and nothing measured says so either."""
        return not self.is_stated and self.progress.verdict not in {Verdict.MET, Verdict.MISSED}


@dataclass(frozen=True)
class Factor:
    """A factor of the chair's with what the record holds that bears on it."""

    factor: SustainabilityFactor
    then: list[FactorEvidence]
    now: list[FactorEvidence]
    endings: list[Ending]
    judged: list[comparison.Row]

    @property
    def is_empty(self) -> bool:
        return not (self.then or self.now or self.endings or self.judged)


@dataclass(frozen=True)
class Exit:
    endings: list[Ending]
    factors: list[Factor]
    continuations: list[Continuation]
    findings: list[Finding]
    plans: list[Answers]
    limits: list[str]

    @property
    def months(self) -> list:
        """The months whose published ratings stand beside the recommendations."""
        return [given.month for given in self.plans if given.month]

    @property
    def caveats(self) -> list[str]:
        """What in the plans is illustrative, in their own words."""
        return [given.plan.caveat for given in self.plans if given.plan.caveat]

    @property
    def not_met(self) -> list[Ending]:
        return [row for row in self.endings if row.is_not_met]

    @property
    def on_the_way(self) -> list[Ending]:
        """What is stated to be well on the way."""
        return [row for row in self.endings if row.target.end_verdict == EndVerdict.WELL_ON_THE_WAY]

    @property
    def undecided(self) -> list[Ending]:
        """What has a milestone that decides nothing."""
        return [row for row in self.endings if row.is_undecided and row.progress.steps]

    @property
    def unspoken(self) -> list[Ending]:
        """What is judged in words alone, which nobody has said."""
        return [row for row in self.endings if row.is_undecided and not row.progress.steps]

    @property
    def unanswered(self) -> list[Ending]:
        return [row for row in self.endings if not row.live]

    @property
    def counts(self) -> list[tuple[str, str, list[tuple[str, str, int]]]]:
        """How many targets have which verdict: how it is known, the filter's name, and (value, words, number)."""
        stated = Counter(row.target.end_verdict for row in self.endings)
        computed = Counter(row.progress.verdict or NO_MILESTONE[0] for row in self.endings)
        verdicts = [*((item.value, item.label) for item in Verdict), NO_MILESTONE]
        return [
            ("As stated", "end", [(value, label, stated[value]) for value, label in EndVerdict.choices]),
            (
                "As worked out",
                "verdict",
                [(value, label, computed[value]) for value, label in verdicts if computed[value]],
            ),
        ]


def build(notice: Notice, plans: Plans, *, on: date) -> Exit:
    """Return the exit view of `notice`, with what `plans` do about it, as of the day `on`.

    It takes a constant number of queries for each plan.
    """
    given = [answers.given_by(plan, on=on) for plan in plans.seen]
    statements = holding.statements_on(notice)
    continuations = list(notice.continuations.prefetch_related("targets"))
    endings = [
        Ending(
            progress=row,
            held=holding.held(row, statements),
            live=_owned([answer for plan in given for answer in plan.targets.get(row.target.pk, ())], on),
            continuations=[item for item in continuations if row.target in item.targets.all()],
        )
        for row in progress.of_notice(notice, as_of=on, plans=plans.seen)
    ]
    findings = Finding.objects.filter(inspection__in=Inspection.objects.beside(notice, plans.seen)).select_related(
        "inspection"
    )
    return Exit(
        endings=endings,
        factors=list(_factors(notice, plans, endings)),
        continuations=continuations,
        findings=[row for row in findings if not _is_answered(row, given)],
        plans=given,
        limits=plans.limits,
    )


def _owned(found, on):
    live = [answer for answer in found if answer.is_live]
    return [Owned(answer, answer.is_overdue(on)) for answer in live]


def _is_answered(finding, given):
    return any(answer.is_live for plan in given for answer in plan.findings.get(finding.pk, ()))


def _factors(notice, plans, endings):
    factors = notice.sustainability_factors.prefetch_related("evidence", "targets", "categories")
    judged = comparison.build(notice, plans.seen).rows
    for factor in factors:
        targets, categories = set(factor.targets.all()), set(factor.categories.all())
        evidence = list(factor.evidence.all())
        yield Factor(
            factor,
            then=[item for item in evidence if item.stage == FactorEvidence.Stage.THEN],
            now=[item for item in evidence if item.stage == FactorEvidence.Stage.NOW],
            endings=[row for row in endings if row.target in targets],
            judged=[row for row in judged if row.category in categories],
        )
