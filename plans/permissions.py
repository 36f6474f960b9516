"""Who may see and do what. Everything that is not allowed here is a 404 to the person who asks.

What a person may do follows from tenures of posts, from the plan's programme office and from seats on its board,
all as of the day `on`. The predicates of one request share one look-up.
"""

from dataclasses import dataclass, fields
from datetime import date

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from improvement.records.statements import Statement
from notices.models import Finding
from notices.permissions import visible_notices
from plans.answers import ANSWERS
from plans.calendar import OWED, RECEIVED, UpdateStatus
from plans.models import AreaOfFocus, Correction, MonthlyUpdate, Plan, Recommendation, ReportingMonth

# An administrator reads no draft: of these rows none but such as are told, and not these fields while they are drafted.
OF_A_PUBLISHED_MONTH = {"month__published_at__isnull": False}
OF_A_RECEIVED_UPDATE = {"update__month__published_at__isnull": False, "update__status__in": RECEIVED}
DRAFTED_IN_A_MONTH = frozenset({"headline", "commentary"})
DRAFTED_IN_AN_UPDATE = ANSWERS | {"contradictions", "override_reasons", "returned"}


@dataclass(frozen=True)
class Roles:
    """What one person holds on one day, as ids of posts and plans.

    Posts that they hold or deputise for, and those of them that owe a Board an answer; plans in which those posts
    report on a recommendation or an area of focus, and plans in which they are accountable; plans whose office they
    are in, plans that they read from a seat on its Board, and those of them about which the seat asks questions.
    """

    posts: frozenset[int]
    asked: frozenset[int]
    reports_in: frozenset[int]
    accounts_in: frozenset[int]
    office_of: frozenset[int]
    seats_on: frozenset[int]
    asks_on: frozenset[int]

    @property
    def sees(self):
        """The plans that the person sees: a post in it, its office or a seat on its Board."""
        return self.reports_in | self.accounts_in | self.office_of | self.seats_on


def roles(user, *, on):
    """Return the person's Roles on the day `on`; kept on the user for the rest of the request."""
    known = user.__dict__.setdefault("_roles", {})
    if on not in known:
        known[on] = _look_up(user, on)
    return known[on]


def _look_up(user, on):
    """Return all of them in one query."""
    found = {field.name: set() for field in fields(Roles)}
    if user.is_authenticated and user.is_active:
        for kind, pk in _HELD.rows(user=user.pk, on=on):
            found[kind].add(pk)
    return Roles(**{kind: frozenset(pks) for kind, pks in found.items()})


def _held(user, on):
    """Return (field of Roles, id) for all that the user of that id holds on the day `on`."""
    person = User(pk=user)
    lasting = Q(to_on__isnull=True) | Q(to_on__gte=on)
    begun = Q(from_on__isnull=True) | Q(from_on__lte=on)
    tenures = person.tenures.filter(lasting, begun).order_by()
    seats = person.seats.filter(lasting, begun).order_by()
    owed = tenures.filter(post__challenges__isnull=False, post__challenges__answered_at=None)
    posts, recommendations = tenures.values("post"), Recommendation.objects.order_by().distinct()
    parts = (
        tenures.values_list(Value("posts"), "post_id"),
        owed.values_list(Value("asked"), "post_id"),
        recommendations.filter(lead_post__in=posts).values_list(Value("reports_in"), "plan_id"),
        AreaOfFocus.objects.order_by().filter(leading_post__in=posts).values_list(Value("reports_in"), "plan_id"),
        recommendations.filter(outcome__accountable_post__in=posts).values_list(Value("accounts_in"), "plan_id"),
        person.plans_run.order_by().values_list(Value("office_of"), "pk"),
        seats.values_list(Value("seats_on"), "board__plan_id"),
        seats.asking().values_list(Value("asks_on"), "board__plan_id"),
    )
    return parts[0].union(*parts[1:], all=True)


_HELD = Statement(_held, user=-1, on=date(1, 1, 1))


def is_office(user, plan, *, on):
    """Whether the person belongs to the plan's programme office."""
    return plan.pk in roles(user, on=on).office_of


def can_see_plan(user, plan, *, on):
    """Whether the person sees the plan and its published months."""
    return plan.pk in roles(user, on=on).sees


def can_see_month(user, month, *, on):
    """Whether the person sees the whole of a month: published to all who see the plan, open to its office alone."""
    if month.is_published:
        return can_see_plan(user, month.plan, on=on)
    return is_office(user, month.plan, on=on)


def can_see_update(user, update, *, on):
    """Whether the person sees an update: a published one, one of their own posts, or as programme office."""
    if update.month.is_published:
        return can_see_plan(user, update.month.plan, on=on)
    own = {update.recommendation.lead_post_id, update.lead_post_id, update.accountable_post_id}
    return is_office(user, update.month.plan, on=on) or bool(own & roles(user, on=on).posts)


def can_read_draft(user, update, *, on):
    """Whether the person reads a draft that was not received: whoever wrote it, and those who lead it."""
    is_theirs = update.saved_by_id == user.pk or leads(user, update, on=on)
    return update.is_left_draft and is_theirs and can_see_plan(user, update.month.plan, on=on)


def can_see_evidence(user, update, *, on):
    """Whether the person sees the evidence of an update: to whoever signs it off only once it is submitted."""
    if update.month.is_published and not update.is_received:
        return can_read_draft(user, update, on=on)
    if update.month.is_published:
        return can_see_plan(user, update.month.plan, on=on)
    return can_report(user, update, on=on) or (is_accountable(user, update, on=on) and update.status not in OWED)


def leads(user, update, *, on):
    """Whether a post of the person leads the recommendation.

    The post's present holder acts on what the post leads, so it is asked of the recommendation's post of today as
    well as of the one stamped when the month was opened.
    """
    return not roles(user, on=on).posts.isdisjoint({update.recommendation.lead_post_id, update.lead_post_id})


def can_report(user, update, *, on):
    """Whether the person answers for an open month's update: its lead post's, or the office for a partner."""
    if update.month.is_published:
        return False
    return leads(user, update, on=on) or is_office(user, update.month.plan, on=on)


def can_submit(user, update, *, on):
    """Whether the person may hand the update in now."""
    return can_report(user, update, on=on) and update.status in OWED


def can_take_back(user, update, *, on):
    """Whether the person may take a submitted update back, or reopen one carried on as complete."""
    return can_report(user, update, on=on) and update.status in {UpdateStatus.SUBMITTED, UpdateStatus.CARRIED}


def is_accountable(user, update, *, on):
    """Whether the person holds or deputises for the post that is accountable, in whatever month."""
    return update.accountable_post_id in roles(user, on=on).posts


def can_review(user, update, *, on):
    """Whether the person signs off for the post that is accountable, in an open month."""
    return not update.month.is_published and is_accountable(user, update, on=on)


def is_reviewer_only(user, update, *, on):
    """Whether the person signs the update off and does not answer for it: the lead officer's draft is not theirs."""
    return can_review(user, update, on=on) and not can_report(user, update, on=on)


def can_sign_off(user, update, *, on):
    """Whether the person may sign the update off now: nobody signs off what they entered."""
    return (
        can_review(user, update, on=on)
        and update.status == UpdateStatus.SUBMITTED
        and update.submitted_by_id != user.pk
    )


def can_return(user, update, *, on):
    """Whether the person may return the update now."""
    return can_review(user, update, on=on) and update.status in {UpdateStatus.SUBMITTED, UpdateStatus.SIGNED_OFF}


def has_area_update(user, area_update, *, on):
    """Whether the short update on an area of focus is the person's: its leading post's, or the office's."""
    return area_update.leading_post_id in roles(user, on=on).posts or is_office(user, area_update.month.plan, on=on)


def can_write_area_update(user, area_update, *, on):
    """Whether the person writes the short update on an area of focus now."""
    return not area_update.month.is_published and has_area_update(user, area_update, on=on)


def can_correct(user, update, *, on):
    """Whether the person may put a correction beside a published update."""
    return update.month.is_published and is_office(user, update.month.plan, on=on)


def can_agree_rating(user, update, *, on):
    """Whether the person agrees or declines a corrected rating of a published update: its accountable lead."""
    return update.month.is_published and is_accountable(user, update, on=on)


def can_redact(user, update, *, on):
    """Whether the person may remove a text that could identify someone from an update, published or not."""
    return is_office(user, update.month.plan, on=on)


def asks_about(user, plan, *, on):
    """Whether the person asks the Board's questions about the plan: the seat of its chair or of a member does."""
    return plan.pk in roles(user, on=on).asks_on


def can_use_filter(user, saved, *, on):
    """Whether a saved filter is the person's own, of a plan that they still see: nobody else's filters are theirs."""
    return saved.person_id == user.pk and can_see_plan(user, saved.plan, on=on)


def visible_plans(user, plans, *, on):
    """Return those of the queryset `plans` that the person sees."""
    return plans.filter(pk__in=roles(user, on=on).sees)


def visible_recommendations(user, *, on):
    """Return the recommendations that the person sees: those of their plans."""
    return Recommendation.objects.filter(plan__in=roles(user, on=on).sees)


def visible_updates(user, *, on):
    """Return the updates that the person sees, by the rule of `can_see_update`, and no draft among them."""
    held = roles(user, on=on)
    led = Q(lead_post__in=held.posts) | Q(recommendation__lead_post__in=held.posts)
    own = led | Q(accountable_post__in=held.posts) | Q(month__plan__in=held.office_of)
    published = Q(month__published_at__isnull=False, month__plan__in=held.sees)
    return MonthlyUpdate.objects.filter(
        published | (Q(month__published_at__isnull=True) & own), status__in=sorted(RECEIVED)
    )


def visible_corrections(user, *, on):
    """Return the corrections that the person sees, beside what was published: those in their plans."""
    published = {"update__month__published_at__isnull": False, "update__month__plan__in": roles(user, on=on).sees}
    return Correction.objects.filter(**published)


def visible_findings(user, *, on):
    """Return the findings that the person sees, each with the `notice_slug` of a Notice beside which they read it.

    Those of inspections attached to a Notice that they see, and those that a plan of theirs answers.
    """
    notices = visible_notices(user, on=on).order_by()
    plans = Plan.objects.order_by().filter(pk__in=roles(user, on=on).sees, notice__isnull=False)
    attached = notices.filter(inspections=OuterRef("inspection"))
    answering = plans.filter(recommendations__findings__inspection=OuterRef("inspection"))
    slug = Coalesce(Subquery(attached.values("slug")[:1]), Subquery(answering.values("notice__slug")[:1]))
    return Finding.objects.annotate(notice_slug=slug).filter(notice_slug__isnull=False)


def visible_months(user, plan, *, on):
    """Return the plan's months that the person sees whole, latest first; for one who sees the plan."""
    found, sees_all = _MONTHS.objects(plan=plan.pk), is_office(user, plan, on=on)
    for month in found:
        month.plan = plan
    return [month for month in found if sees_all or month.is_published]


_MONTHS = Statement(lambda plan: ReportingMonth.objects.filter(plan=plan).order_by("-month"), plan=-1)
