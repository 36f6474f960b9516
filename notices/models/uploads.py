from django.db import models

from accounts.models import User


class Upload(models.Model):
    """A file between its dry run and its loading, with what the dry run found. Written by `notices.loading` alone.

    Who checked it is who may load it; once it is loaded its content goes and what was done stays to be read. It is
    no record: whatever is older than a day is swept away when the next file is checked, and every day by `sweep`.
    """

    class Kind(models.TextChoices):
        NOTICE = "notice", "A Notice with its targets"
        RESULTS = "results", "Results"
        PLAN = "plan", "A plan with its Board"

    kind = models.CharField(max_length=7, choices=Kind)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    report = models.JSONField()
    digest = models.CharField(max_length=64, help_text="Of what the dry run found; another outcome has another.")
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField(null=True)

    def __str__(self):
        return self.name
