"""A draft revision of a plan: what becomes of each recommendation and area of focus, and once applied what changed."""

from django.db import models
from django.db.models import Q

from accounts.models import Post, User
from improvement.records.columns import NO_CHILD
from plans.models.plan import AreaOfFocus, Plan, Revision
from plans.models.recommendations import Closure, Recommendation


class Refresh(models.Model):
    """A draft of a revision, at most one open for a plan. Written by `plans.refresh` alone.

    Applied, it belongs to the Revision that it became, and its changes are the change log. A discarded draft is gone.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="refreshes")
    title = models.CharField(max_length=200, help_text="For example, “Refresh of September”.")
    summary = models.TextField(blank=True, help_text=NO_CHILD)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    revision = models.OneToOneField(Revision, models.PROTECT, null=True, blank=True, related_name="refresh")
    meeting_on = models.DateField("agreed at the meeting of", null=True, blank=True)
    effective_from = models.DateField(
        "applies from", null=True, blank=True, help_text="The first day of the first month that shows it."
    )
    carried_on = models.PositiveIntegerField(
        "carried on", null=True, blank=True, help_text="How many recommendations carried on unchanged."
    )
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("plan", "started_at")
        verbose_name_plural = "refreshes"
        constraints = [
            models.UniqueConstraint(
                fields=("plan",),
                condition=Q(applied_at__isnull=True),
                name="one_draft_revision_of_a_plan",
                violation_error_message="The plan already has a draft revision.",
            ),
            models.CheckConstraint(
                condition=Q(
                    applied_at__isnull=True,
                    applied_by__isnull=True,
                    revision__isnull=True,
                    meeting_on__isnull=True,
                    effective_from__isnull=True,
                    carried_on__isnull=True,
                )
                | Q(
                    applied_at__isnull=False,
                    applied_by__isnull=False,
                    revision__isnull=False,
                    effective_from__isnull=False,
                    carried_on__isnull=False,
                ),
                name="refresh_is_applied_as_a_revision",
                violation_error_message="An applied draft needs its revision, its month, and who applied it when.",
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="refresh_has_a_title",
                violation_error_message="Enter a title for the revision.",
            ),
        ]

    def __str__(self):
        return self.title


class RefreshChange(models.Model):
    """What becomes of one recommendation in a draft; without a row it carries on. Written by `plans.refresh` alone.

    `proposed` holds only what changes, by field (`plans.refresh.proposals`); of a new one all that it will be. `log`
    is what an applied one changed, as text.
    """

    class Fate(models.TextChoices):
        CHANGE = "change", "Changes"
        CLOSE = "close", "Closes"
        ADD = "add", "Added"

    refresh = models.ForeignKey(Refresh, models.CASCADE, related_name="changes")
    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, null=True, blank=True, related_name="refresh_changes"
    )
    reference = models.CharField(max_length=10)
    title = models.CharField(max_length=120, blank=True, help_text="As it was called when the draft was applied.")
    fate = models.CharField(max_length=6, choices=Fate)
    proposed = models.JSONField(default=dict, blank=True)
    closure = models.CharField(max_length=12, choices=Closure, blank=True)
    reason = models.TextField(blank=True)
    successors = models.JSONField(default=list, blank=True, help_text="The references of what continues it.")
    log = models.JSONField(default=list, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("refresh", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("refresh", "reference"),
                name="refresh_changes_a_recommendation_once",
                violation_error_message="The draft already says what becomes of that recommendation.",
            ),
            models.CheckConstraint(
                condition=Q(fate="add") | Q(recommendation__isnull=False),
                name="refresh_change_is_of_a_recommendation",
                violation_error_message="Only a new recommendation is not in the plan yet.",
            ),
            models.CheckConstraint(
                condition=(Q(fate="close") & ~Q(closure="") & ~Q(reason="")) | (~Q(fate="close") & Q(closure="")),
                name="refresh_closes_with_its_reason",
                violation_error_message="A recommendation that closes needs how it closes, and the reason.",
            ),
        ]

    def __str__(self):
        return f"{self.reference}: {self.get_fate_display().lower()}"


class AreaChange(models.Model):
    """What becomes of one area of focus in a draft. Written by `plans.refresh` alone."""

    class Fate(models.TextChoices):
        CHANGE = "change", "Changes"
        END = "end", "Ends"
        ADD = "add", "Added"

    refresh = models.ForeignKey(Refresh, models.CASCADE, related_name="area_changes")
    area = models.ForeignKey(AreaOfFocus, models.PROTECT, null=True, blank=True, related_name="refresh_changes")
    letter = models.CharField(max_length=1)
    fate = models.CharField(max_length=6, choices=Fate)
    title = models.CharField(max_length=150, blank=True)
    leading_post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    log = models.JSONField(default=list, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("refresh", "letter")
        constraints = [
            models.UniqueConstraint(
                fields=("refresh", "letter"),
                name="refresh_changes_an_area_once",
                violation_error_message="The draft already says what becomes of that area of focus.",
            ),
            models.CheckConstraint(
                condition=Q(fate="add") | Q(area__isnull=False),
                name="area_change_is_of_an_area",
                violation_error_message="Only a new area of focus is not in the plan yet.",
            ),
            models.CheckConstraint(
                condition=Q(fate="end", title="", leading_post__isnull=True)
                | (~Q(fate="end") & ~Q(title="") & Q(leading_post__isnull=False)),
                name="area_change_has_its_title_and_post",
                violation_error_message="An area of focus needs its title and the post that leads it.",
            ),
        ]

    def __str__(self):
        return f"Area {self.letter}: {self.get_fate_display().lower()}"
