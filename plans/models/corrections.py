"""What was put beside a published update, which itself never changes."""

from django.db import models
from django.db.models import F, Q

from accounts.models import REMOVED, User
from improvement.records.columns import paired
from plans.models.plan import RATING_CHOICES
from plans.models.updates import MonthlyUpdate


class Correction(models.Model):
    """What should have stood in a published update; it stands beside it. Written by `plans.reporting.correct` alone.

    On an update that was not received it is what came too late: "received after publication".
    """

    update = models.ForeignKey(MonthlyUpdate, models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=30)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="corrections")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    # The accountable lead's agreement, which only the correction of a rating needs; a guard keeps it off all others.
    # Corrections made before there was such a guard may hold it beside a text, where it is not printed.
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_name = models.CharField(max_length=150, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    agreed_how = models.CharField(
        max_length=200, blank=True, help_text="How they agreed, as the programme office recorded it."
    )
    is_agreed_on_own_page = models.BooleanField("was agreed on the lead's own page", default=False)

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.CheckConstraint(
                # Both were removed where what stood in either could identify someone.
                condition=~Q(before=F("after")) | Q(after__startswith=REMOVED),
                name="correction_changes_something",
                violation_error_message="The correction changes nothing.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="correction_has_a_reason",
                violation_error_message="Enter a reason for the correction.",
            ),
            models.CheckConstraint(
                condition=paired("agreed_by", "agreed_on") & (~Q(field="rating") | Q(agreed_by__isnull=False)),
                name="correction_of_a_rating_is_agreed",
                violation_error_message="A corrected rating needs the accountable lead's recorded agreement.",
            ),
            models.CheckConstraint(
                condition=Q(agreed_how="", is_agreed_on_own_page=False)
                | Q(agreed_by__isnull=False, agreed_how="")
                | Q(agreed_by__isnull=False, is_agreed_on_own_page=False),
                name="correction_is_agreed_in_one_way",
                violation_error_message="A rating is agreed on the lead's own page, or as the office recorded it.",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("by")),
                name="correction_is_agreed_by_someone_else",
                violation_error_message="People cannot agree a correction that they entered.",
            ),
        ]

    def __str__(self):
        return f"{self.field} of {self.update.reference}"


class ProposedRating(models.Model):
    """A corrected rating that waits for the accountable lead; it stands beside nothing until they agree it.

    Written by `plans.reporting` alone: proposed by `correct`, then agreed, declined or withdrawn, once.
    """

    class Decision(models.TextChoices):
        AGREED = "agreed", "Agreed"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"

    update = models.ForeignKey(MonthlyUpdate, models.PROTECT, related_name="proposed_ratings")
    rating = models.CharField(max_length=10, choices=RATING_CHOICES)
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decision_reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_name = models.CharField(max_length=150, blank=True)
    correction = models.OneToOneField(Correction, models.PROTECT, null=True, blank=True, related_name="proposal")

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("update",),
                condition=Q(decided_at__isnull=True),
                name="proposed_rating_is_the_only_one_that_waits",
                violation_error_message="A corrected rating of this update is already waiting for agreement.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="proposed_rating_has_a_reason",
                violation_error_message="Enter a reason for the correction.",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="proposed_rating_is_decided_by_someone",
                violation_error_message="What was decided, who decided it and when belong together.",
            ),
            models.CheckConstraint(
                condition=Q(decision="agreed", correction__isnull=False)
                | (~Q(decision="agreed") & Q(correction__isnull=True)),
                name="proposed_rating_is_corrected_once_agreed",
                violation_error_message="An agreed rating and its correction belong together.",
            ),
            models.CheckConstraint(
                condition=~Q(decision="declined") | ~Q(decision_reason=""),
                name="proposed_rating_is_declined_with_a_reason",
                violation_error_message="Enter a reason for declining it.",
            ),
            models.CheckConstraint(
                condition=~Q(decision="agreed") | ~Q(decided_by=F("by")),
                name="proposed_rating_is_agreed_by_someone_else",
                violation_error_message="People cannot agree a correction that they entered.",
            ),
        ]

    def __str__(self):
        return f"{self.get_rating_display()} for {self.update.reference}"

    @property
    def field(self):
        """The answer that it corrects, as of a Correction."""
        return "rating"
