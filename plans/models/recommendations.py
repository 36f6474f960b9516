"""What the plan recommends, with the actions towards it and what became of its due date."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models import Post, User
from improvement.records.columns import SOURCE_HELP, Addressed
from improvement.records.references import OrderField
from notices.models import Finding, Target
from plans.models.plan import AreaOfFocus, Outcome, Plan, Revision


class Closure(models.TextChoices):
    """Why a recommendation left the plan."""

    COMPLETED = "completed", "Completed"
    MERGED = "merged", "Merged into another"
    SPLIT = "split", "Split into others"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"


class RecommendationQuerySet(models.QuerySet):
    def get_by_natural_key(self, plan, reference):
        return self.get(plan__slug=plan, reference=reference)

    def live(self, on):
        """What stands in the plan on the day `on`."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on), opened_on__lte=on)


class Recommendation(Addressed):
    """One recommendation of a plan, rated every month.

    Kept in the admin, but for what `plans.revisions` alone writes: the present due date and the closure.
    """

    in_addresses = ("reference", "plan")

    plan = models.ForeignKey(
        Plan, models.PROTECT, related_name="recommendations", help_text="The plan that it belongs to."
    )
    reference = models.CharField(
        max_length=10,
        validators=[
            RegexValidator(
                r"^[A-Za-z0-9][A-Za-z0-9.()-]*$", "Use letters, digits, full stops, hyphens and brackets only."
            )
        ],
        help_text="For example, “R07”. It is part of web addresses.",
    )
    reference_order = OrderField()
    title = models.CharField(max_length=120, help_text="A short title that people know it by.")
    wording = models.TextField(help_text="The whole recommendation, word for word.")
    outcome = models.ForeignKey(
        Outcome,
        models.PROTECT,
        related_name="recommendations",
        help_text="The outcome that it belongs to. The outcome’s accountable post signs off updates.",
    )
    lead_post = models.ForeignKey(
        Post,
        models.PROTECT,
        related_name="led_recommendations",
        help_text="The lead officer’s post, which rates the recommendation every month.",
    )
    lead_wording = models.CharField(
        "lead as printed",
        max_length=250,
        blank=True,
        help_text="Who leads, word for word from the source, if it names more than one post.",
    )
    success = models.TextField(
        "what success looks like", blank=True, help_text="The success criteria, each on its own line."
    )
    timescale = models.CharField(
        max_length=100,
        blank=True,
        help_text="The timescale, word for word from the source, such as “Ongoing”. Needed if there is no due date.",
    )
    original_due_on = models.DateField(
        "original due date",
        null=True,
        blank=True,
        help_text="The first due date. It never changes. Leave empty if the plan gives no date.",
    )
    due_on = models.DateField(
        "current due date", null=True, blank=True, help_text="The due date agreed now. Leave empty if there is none."
    )
    targets = models.ManyToManyField(
        Target, blank=True, related_name="recommendations", help_text="The targets of the Notice that it answers."
    )
    findings = models.ManyToManyField(
        Finding,
        blank=True,
        related_name="recommendations",
        help_text="The inspection findings that it answers.",
    )
    areas = models.ManyToManyField(
        AreaOfFocus, blank=True, related_name="recommendations", help_text="The areas of focus that it belongs to."
    )
    predecessors = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="successors",
        help_text="The recommendations of an earlier plan that it continues.",
    )
    opened_on = models.DateField(help_text="The day it joins the plan.")
    closed_on = models.DateField(null=True, blank=True, help_text="Set when you close the recommendation on its page.")
    closure = models.CharField(
        max_length=12, choices=Closure, blank=True, help_text="Set when you close the recommendation on its page."
    )
    closure_reason = models.TextField(blank=True, help_text="Set when you close the recommendation on its page.")
    revision = models.ForeignKey(
        Revision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="closed",
        help_text="The revision that closed it.",
    )
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    note = models.TextField(blank=True, help_text="Any discrepancy in the source. Record it and do not correct it.")
    history = HistoricalRecords(m2m_fields=[targets, findings, areas], excluded_fields=["reference_order"])

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ("plan", "reference_order")
        constraints = [
            models.UniqueConstraint(
                fields=("plan", "reference"),
                name="recommendation_reference_is_unique_in_its_plan",
                violation_error_message="The plan already has a recommendation with that reference.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closure="", closure_reason="")
                | (Q(closed_on__isnull=False) & ~Q(closure="") & ~Q(closure_reason="")),
                name="recommendation_is_closed_with_its_reason",
                violation_error_message="A closed recommendation needs its date, how it was closed, and the reason.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="recommendation_closes_after_it_opens",
                violation_error_message="A recommendation cannot close before it opens.",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=False) | ~Q(timescale=""),
                name="recommendation_without_a_date_has_a_timescale",
                violation_error_message="Enter a due date or, if there is none, the timescale, for example “Ongoing”.",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=False) | Q(original_due_on__isnull=True),
                name="recommendation_keeps_a_date",
                violation_error_message="A recommendation with an original due date needs a current due date too.",
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}"

    def natural_key(self):
        return (self.plan.slug, self.reference)

    @property
    def is_in_circulation(self):
        return self.updates.filter(month__published_at__isnull=False).exists()


class DueDateChange(models.Model):
    """One change of a due date with its reason, or the first date, `before` empty. Written by `plans.revisions` alone.

    One that was agreed by signing an update off is withdrawn where the update is returned: it stays, and says so.
    """

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="due_date_changes")
    before = models.DateField(null=True, blank=True)
    after = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="due_date_changes")
    at = models.DateTimeField()
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, blank=True, related_name="due_date_changes")
    counted_in = models.DateField(
        null=True, blank=True, help_text="The first day of the month that counts it; empty before the first month."
    )
    is_of_update = models.BooleanField(
        "agreed with an update", default=False, help_text="Agreed by signing off the update of that month."
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("recommendation", "at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, is_of_update=True),
                name="due_date_change_is_withdrawn_by_someone",
                violation_error_message="Only a date agreed with an update is withdrawn, by someone at some time.",
            ),
            models.CheckConstraint(
                condition=~Q(before=F("after")),
                name="due_date_change_changes_the_date",
                violation_error_message="The new date is the present one.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="due_date_change_has_a_reason",
                violation_error_message="Enter a reason for the new date.",
            ),
        ]

    def __str__(self):
        return f"{self.recommendation.reference}: {self.before or 'no date'} to {self.after}"


class Action(models.Model):
    """A small dated step of a recommendation. Kept in the admin."""

    recommendation = models.ForeignKey(
        Recommendation,
        models.CASCADE,
        related_name="actions",
        help_text="The recommendation that the action belongs to.",
    )
    title = models.CharField(max_length=250, help_text="What needs to be done.")
    owner_post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="actions", help_text="The post that will do it."
    )
    due_on = models.DateField("due date", null=True, blank=True, help_text="Leave empty if the plan gives no date.")
    timescale = models.CharField(
        max_length=100, blank=True, help_text="The timescale, word for word. Needed if there is no due date."
    )
    done_on = models.DateField(null=True, blank=True, help_text="Leave empty until the action is done.")
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    history = HistoricalRecords()

    class Meta:
        ordering = ("recommendation", F("due_on").asc(nulls_last=True), "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=False) | ~Q(timescale=""),
                name="action_without_a_date_has_a_timescale",
                violation_error_message="Enter a due date or, if there is none, the timescale, for example “Ongoing”.",
            )
        ]

    def __str__(self):
        return self.title
