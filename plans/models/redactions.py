from django.db import models
from django.db.models import Q

from accounts.models import User
from plans.models.months import ReportingMonth
from plans.models.updates import MonthlyUpdate


class Redaction(models.Model):
    """That a text was removed from a month because it could identify someone. Written by `plans.reporting` alone.

    What stood there stands in no row and no file any more. Of a published month it holds the digest before and after,
    so that the record can be followed from what was published to what is left of it.
    """

    month = models.ForeignKey(ReportingMonth, models.PROTECT, related_name="redactions")
    update = models.ForeignKey(MonthlyUpdate, models.PROTECT, null=True, blank=True, related_name="redactions")
    field = models.CharField(max_length=30, help_text="Which text, for example “progress” or “comment-7”.")
    reason = models.CharField(max_length=120)
    by = models.ForeignKey(User, models.PROTECT, related_name="redactions")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    digest_before = models.CharField("SHA-256 before", max_length=64, blank=True)
    digest_after = models.CharField("SHA-256 after", max_length=64, blank=True)

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="redaction_has_a_reason",
                violation_error_message="Enter a reason for removing it.",
            ),
            models.CheckConstraint(
                condition=Q(digest_before="", digest_after="") | (~Q(digest_before="") & ~Q(digest_after="")),
                name="redaction_has_both_digests_or_none",
                violation_error_message="The digest before and the digest after belong together.",
            ),
        ]

    def __str__(self):
        return f"{self.field} of {self.update or self.month}"
