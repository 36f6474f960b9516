"""What was done, by whom, and which texts were removed."""

from django.db import models
from django.db.models import Q

from accounts.models.people import User

# What a removed text begins with; the reason for removing it follows.
REMOVED = "[removed: "
LONGEST_REASON = 120


class Event(models.Model):
    """One accepted write: who did what, when, to what. Append-only; written by `accounts.audit.events.record` alone."""

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="events")
    what = models.CharField(max_length=60, help_text="The verb, for example “update.submitted”.")
    on_type = models.CharField(max_length=60, help_text="The kind of thing, for example “plans.monthlyupdate”.")
    on_id = models.BigIntegerField()
    on_text = models.CharField(max_length=200, help_text="The thing as it was named then.")
    about = models.TextField(
        "belongs to",
        blank=True,
        help_text="Its plan, Notice, Board or inspection, as `accounts.audit.subjects` writes them.",
    )
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        indexes = [models.Index(fields=("on_type", "on_id"), name="event_on_thing")]

    def __str__(self):
        return f"{self.what}: {self.on_text}"


class RemovalQuerySet(models.QuerySet):
    def of(self, thing):
        """What was removed from `thing`, in order."""
        return self.filter(on_type=thing._meta.label_lower, on_id=thing.pk).order_by("pk")

    def among(self, *kinds):
        """What was removed from the rows of any of the querysets `kinds`, in order."""
        named = {rows.model._meta.label_lower: rows.order_by().values("pk") for rows in kinds}
        asked = Q(*(Q(on_type=kind, on_id__in=rows) for kind, rows in named.items()), _connector=Q.OR)
        return self.filter(asked).order_by("pk")


class Removal(models.Model):
    """That a text was removed because it could identify someone. Append-only.

    Only `accounts.removal.redactions` writes it. The text itself is kept nowhere. Of what is frozen with a
    digest it holds the one before and the one after, so that the record can be followed from what was issued to what is
    left of it.
    """

    on_type = models.CharField(max_length=60, help_text="The kind of thing, for example “boards.challenge”.")
    on_id = models.BigIntegerField()
    field = models.CharField(max_length=40, help_text="Which text of it, for example “answer” or “minute-7”.")
    label = models.CharField(max_length=100, help_text="The same in words.")
    reason = models.CharField(max_length=LONGEST_REASON)
    by = models.ForeignKey(User, models.PROTECT, related_name="removals")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    digest_before = models.CharField("SHA-256 before", max_length=64, blank=True)
    digest_after = models.CharField("SHA-256 after", max_length=64, blank=True)

    objects = RemovalQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        indexes = [models.Index(fields=("on_type", "on_id"), name="removal_on_thing")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="removal_has_a_reason",
                violation_error_message="Enter a reason for removing it.",
            ),
            models.CheckConstraint(
                condition=Q(digest_before="", digest_after="") | (~Q(digest_before="") & ~Q(digest_after="")),
                name="removal_has_both_digests_or_none",
                violation_error_message="The digest before and the digest after belong together.",
            ),
        ]

    def __str__(self):
        return f"{self.label}, {self.on_type} {self.on_id}"
