"""Who may see a Notice and record its results; what is not allowed is a 404 to the person who asks.

The Notice knows nothing of plans and boards, so people's places in them are read through reverse accessors.
"""

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Post, User
from improvement.records.statements import Statement
from notices.models import (
    Area,
    Indicator,
    InterimReport,
    Milestone,
    Notice,
    NoticeVersion,
    ReportState,
    Result,
    Target,
    Upload,
)

# What a file of each kind adds to and changes; results are added to alone. An app above adds its own kind.
LOADED: dict[str, tuple[tuple[str, ...], tuple[type[Model], ...]]] = {
    Upload.Kind.NOTICE: (("add", "change"), (Notice, NoticeVersion, Area, Target, Indicator, Milestone, Post)),
    Upload.Kind.RESULTS: (("add",), (Result,)),
}


@dataclass(frozen=True)
class Plans:
    """The plans that answer a Notice and that one person sees; partial where others answer it too.

    Whatever is shown of what plans do about targets and findings is shown of these alone. `run` are those of which the
    person is the programme office.
    """

    seen: tuple[Any, ...]
    is_partial: bool = False
    run: tuple[Any, ...] = ()

    @property
    def limits(self):
        """Return the sentences that say what a page or a file leaves out."""
        return ["Only recommendations in plans that you can see are included."] if self.is_partial else []


def visible_notices(user, *, on):
    """Return the notices that the person sees on the day `on`: those of their posts, programme offices and seats."""
    if not user.is_authenticated or not user.is_active:
        return Notice.objects.none()
    owned = user.tenures.filter(*_lasting(on)).order_by().values("post__targets__notice")
    return Notice.objects.filter(Q(pk__in=owned) | _place_in_plan(user, on, "notice"))


def _place_in_plan(user, on, field):
    """Return the condition that the person has a place in a plan by whose `field`, or “pk”, the row is known.

    It is asked from the person's own few rows: joined the other way round, each kind of place multiplies the others.
    """
    lasting = _lasting(on)
    held = user.tenures.filter(*lasting).order_by()
    parts = (
        user.seats.filter(*lasting).order_by().values(f"board__plan__{field}"),
        user.plans_run.order_by().values(field),
        held.values(f"post__led_recommendations__plan__{field}"),
        held.values(f"post__outcomes__recommendations__plan__{field}"),
        held.values(f"post__areas_of_focus__plan__{field}"),
    )
    return reduce(or_, (Q(pk__in=part) for part in parts))


def visible_targets(user, *, on):
    """Return the targets of the notices that the person sees on the day `on`."""
    return Target.objects.filter(notice__in=visible_notices(user, on=on).order_by().values("pk"))


def visible_results(user, *, on):
    """Return the results of those targets."""
    return Result.objects.filter(indicator__target__in=visible_targets(user, on=on).values("pk"))


def visible_plans(user, notice, *, on):
    """Return the Plans of `notice` that the person sees, by the rule of `plans.permissions.can_see_plan`; one query."""
    found = _PLANS.objects(user=user.pk, notice=notice.pk, on=on)
    seen = tuple(plan for plan in found if plan.is_seen)
    return Plans(seen, is_partial=len(seen) < len(found), run=tuple(plan for plan in found if plan.is_run))


def _plans(user, notice, on):
    person, plans = User(pk=user), Notice(pk=notice).plans
    held = plans.filter(_place_in_plan(person, on, "pk"), pk=OuterRef("pk"))
    return plans.order_by("pk").annotate(
        is_seen=Exists(held.order_by()), is_run=Exists(person.plans_run.filter(pk=OuterRef("pk")).order_by())
    )


_PLANS = Statement(_plans, user=-1, notice=-2, on=date(1, 1, 1))


def visible_questions(user, target, plans, *, on):
    """Return what the Boards of the `plans` asked about the target; whoever owns or answers it sees that too."""
    posts = user.tenures.filter(*_lasting(on)).values("post_id")
    asked = Q(board__plan__in=plans) | Q(answering_post__in=posts) | Q(target__owner_post__in=posts)
    return target.challenges.filter(asked)


def _lasting(on):
    return Q(from_on__isnull=True) | Q(from_on__lte=on), Q(to_on__isnull=True) | Q(to_on__gte=on)


def can_see_notice(user, notice, *, on):
    """Whether the person sees the Notice, its targets and its results."""
    return visible_notices(user, on=on).filter(pk=notice.pk).exists()


def can_record(user, notice, *, on):
    """Whether the person records results, judges milestones and writes reports: a programme office that answers it."""
    return user.is_authenticated and user.is_active and user.plans_run.filter(notice=notice).exists()


def can_see_report(user, report, *, on):
    """Whether the person sees a report to the department: a draft is its programme office's alone."""
    if report.is_draft:
        return can_record(user, report.notice, on=on)
    return can_see_notice(user, report.notice, on=on)


def visible_reports(user, *, on):
    """Return the reports that the person sees on the day `on`, each knowing whether they may write it."""
    reports = InterimReport.objects.filter(notice__in=visible_notices(user, on=on).values("pk"))
    reports = reports.annotate(can_record=records(user, "notice"))
    return reports.filter(~Q(state=ReportState.DRAFT) | Q(can_record=True)).select_related("notice")


def records(user, notice):
    """Return `can_record` as an expression of a query, whose field `notice` names the Notice."""
    return Exists(user.plans_run.filter(notice=OuterRef(notice)))


def asking_board(user, notice, *, on):
    """Return the slug of the Board on which the person asks about the Notice, as an expression of a query.

    The chair and members ask, and a programme office enters what a seat asks; the field `notice` names the Notice.
    """
    seats = user.seats.present(on).asking().filter(board__plan__notice=OuterRef(notice))
    offices = user.plans_run.filter(notice=OuterRef(notice), board__isnull=False)
    return Coalesce(Subquery(seats.values("board__slug")[:1]), Subquery(offices.values("board__slug")[:1]))


def can_load(user, kind):
    """Whether the person loads files of this kind in the administration: staff who may write all that it may hold."""
    actions, models = LOADED[kind]
    wanted = [f"{model._meta.app_label}.{action}_{model._meta.model_name}" for model in models for action in actions]
    return user.is_active and user.is_staff and user.has_perms(wanted)
