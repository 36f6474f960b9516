"""Files and links behind an update, and files that wait for the rest of a form."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from plans.models.updates import MonthlyUpdate


class Evidence(models.Model):
    """A file or a link behind an update. Written by `plans.reporting.evidence` alone."""

    class Kind(models.TextChoices):
        QUANTITATIVE = "quantitative", "Quantitative: figures"
        QUALITATIVE = "qualitative", "Qualitative: what people say or observe"

    update = models.ForeignKey(MonthlyUpdate, models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=200)
    url = models.URLField("link", max_length=500, blank=True)
    file = models.FileField(upload_to="evidence", blank=True)
    original_name = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField("size in bytes", null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("added_at", "pk")
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=(~Q(url="") & Q(file="")) | (Q(url="") & ~Q(file="")),
                name="evidence_is_a_file_or_a_link",
                violation_error_message="Choose a file or enter a link, not both.",
            ),
            models.CheckConstraint(
                condition=Q(file="", sha256="", size__isnull=True)
                | (~Q(file="") & ~Q(sha256="") & Q(size__isnull=False) & ~Q(original_name="")),
                name="evidence_file_has_its_name_size_and_hash",
                violation_error_message="A file needs its name, size and hash.",
            ),
        ]

    def __str__(self):
        return self.title


class HeldFile(models.Model):
    """A chosen file, while whoever chose it mends the rest of the form. Written by `plans.reporting.evidence` alone.

    It is no record and nobody else is shown it; it goes once it is added, and after a day with the next `sweep`
    or the next file that is held.
    """

    file = models.FileField(upload_to="held")
    original_name = models.CharField(max_length=200)
    size = models.PositiveIntegerField("size in bytes")
    sha256 = models.CharField(max_length=64)
    held_at = models.DateTimeField()
    held_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("held_at", "pk")

    def __str__(self):
        return self.original_name
