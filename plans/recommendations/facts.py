"""What a rating depends on, for the pages that ask for one: targets, findings, actions and the Board's questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date

from django.db.models import CharField, F, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from accounts.models import Event
from improvement.records import references
from improvement.records.statements import Statement
from notices.models import Target
from notices.targets import charts, progress
from notices.targets.charts import Spark
from notices.targets.progress import Progress
from plans import permissions
from plans.models import Action as Step
from plans.models import Recommendation
from plans.recommendations import actions

_NOTHING = Value("")
_KINDS = ("targets", "findings", "actions", "questions")


@dataclass(frozen=True)
class Measured:
    """A target that the recommendation answers, with how it stands.

    `notice` is the slug of its Notice, empty where that is not the plan's own, which is the one that its readers see.
    """

    progress: Progress
    notice: str
    spark: Spark | None

    @property
    def target(self):
        return self.progress.target

    @property
    def latest(self):
        """The council's latest value, or None."""
        measure = self.progress.measure
        return measure.latest if measure else None


@dataclass(frozen=True)
class Finding:
    """A finding that the recommendation answers; `inspection` is the slug of the one it is of, `title` its title."""

    reference: str
    wording: str
    title: str
    inspection: str


@dataclass(frozen=True)
class Action:
    """A dated step; one that was done and marked so before the month was opened has been reported: it `is_settled`."""

    pk: int
    title: str
    due_on: date | None
    timescale: str
    done_on: date | None
    owner: str
    is_overdue: bool
    is_settled: bool

    @property
    def is_done(self):
        return self.done_on is not None


@dataclass(frozen=True)
class Question:
    """A question that the Board waits for an answer to; `is_own` where a post of the reader answers it."""

    number: int
    question: str
    asked_name: str
    board: str
    is_own: bool


@dataclass(frozen=True)
class Facts:
    targets: Sequence[Measured]
    findings: Sequence[Finding]
    actions: Sequence[Action]
    questions: Sequence[Question]


def facts_beside(recommendation, month, user, *, on):
    """Return the Facts about `recommendation` in the open `month` on the day `on`; one query, or three with targets.

    Of the Board's questions those are told that the public may read or that a post of `user` answers.
    """
    posts = permissions.roles(user, on=on).posts
    found = {kind: [] for kind in _KINDS}
    for kind, _, *words in sorted(_FACTS.rows(recommendation=recommendation.pk, posts=posts), key=_place):
        found[kind].append(words)
    return Facts(
        targets=_targets(found["targets"], month.plan.notice_id, on),
        findings=[_finding(words) for words in found["findings"]],
        actions=sorted((_action(words, on, month.opened_at) for words in found["actions"]), key=_when),
        questions=[_question(words, posts) for words in found["questions"]],
    )


def _place(row):
    kind, position, _, reference, *words = row
    return kind, position, references.order(reference), words


def _targets(rows, own_notice, on):
    """Return the Measured of each target, in the order of the rows; `own_notice` is the id of the plan's Notice."""
    notices = {int(pk): slug if notice == str(own_notice) else "" for pk, *_, notice, slug, _ in rows}
    targets = [Target(pk=int(pk), reference=reference, wording=wording) for pk, reference, wording, *_ in rows]
    return [
        Measured(known, notices[known.target.pk], charts.spark(known.measure))
        for known in progress.of_targets(targets, as_of=on)
    ]


def _finding(words):
    _, reference, wording, _, title, inspection, _ = words
    return Finding(reference, wording, title, inspection)


def _action(words, on, opened_at):
    pk, due, title, done, owner, timescale, marked = words
    due_on, done_on = parse_date(due), parse_date(done)
    return Action(
        pk=int(pk),
        title=title,
        due_on=due_on,
        timescale=timescale,
        done_on=done_on,
        owner=owner,
        is_overdue=done_on is None and due_on is not None and due_on < on,
        is_settled=done_on is not None and actions.is_settled(done_on, _moment(marked), opened_at),
    )


def _moment(text):
    """Return the moment that a database wrote as a text, without its time zone where it keeps none; None for none."""
    moment = parse_datetime(text) if text else None
    return timezone.make_aware(moment, UTC) if moment and timezone.is_naive(moment) else moment


def _when(action):
    """Open actions come first, by their dates; then those that are done, the latest first."""
    if action.done_on:
        return True, -action.done_on.toordinal(), action.pk
    return False, (action.due_on or date.max).toordinal(), action.pk


def _question(words, posts):
    _, number, question, asked_name, post, board, _ = words
    return Question(int(number), question, asked_name, board, is_own=bool(post) and int(post) in posts)


def _around(recommendation, posts):
    """Return a kind, a place, an id and six texts for each fact about the recommendation of that id."""
    recommendation = Recommendation(pk=recommendation)

    def text(field):
        return Coalesce(Cast(field, TextField()), Value(""), output_field=TextField())

    def rows(kind, manager, position, *fields, last=_NOTHING):
        return manager.order_by().values_list(Value(kind), position, Cast("pk", CharField()), *fields, last)

    marked = Event.objects.filter(
        on_type=Step._meta.label_lower, on_id=OuterRef("pk"), what="recommendation.action_done"
    )

    asked = recommendation.challenges.public() | recommendation.challenges.filter(Q(answering_post__in=[posts]))
    demanded = ("position", "reference", "wording")
    parts = [
        rows("targets", recommendation.targets, *demanded, Value(""), text("notice_id"), "notice__slug"),
        rows("findings", recommendation.findings, *demanded, Value(""), "inspection__title", "inspection__slug"),
        rows(
            "actions",
            recommendation.actions,
            Value(0),
            text("due_on"),
            "title",
            text("done_on"),
            Coalesce("owner_post__title", Value("")),
            "timescale",
            last=text(Subquery(marked.order_by("-at").values("at")[:1])),
        ),
        rows(
            "questions",
            asked.filter(answered_at=None),
            "number",
            text("number"),
            "question",
            "asked_name",
            text("answering_post_id"),
            F("board__slug"),
        ),
    ]
    return parts[0].union(*parts[1:], all=True)


_FACTS = Statement(_around, recommendation=-1, posts=-2)
