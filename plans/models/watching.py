"""The filters of a plan's list that a person saved, and whether they follow them."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from plans.models.plan import Plan

NAME_TAKEN = "You already have a saved filter of that name. Enter another name."


class SavedFilter(models.Model):
    """The filters of a plan's list that one person saved under a name, for themselves. Written by `plans.watching`.

    `query` holds the values of each filter: a theme, outcome, area of focus or post by its key in the database, so that
    it means the same when the plan renumbers it. Of one that is followed the person is told what changed in each month.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="saved_filters")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="saved_filters")
    name = models.CharField(max_length=60)
    # The name without regard to case, as `plans.watching.saving` writes it: no database's own idea of case counts.
    name_key = models.CharField(max_length=600, editable=False)
    query = models.JSONField()
    is_followed = models.BooleanField(default=False, help_text="The month’s e-mail tells what changed.")
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("plan", "pk")
        indexes = [models.Index(fields=("plan",), condition=Q(is_followed=True), name="saved_filter_followed")]
        constraints = [
            models.UniqueConstraint(
                fields=("person", "plan", "name_key"),
                name="saved_filter_name_is_unique_for_a_person_and_plan",
                violation_error_message=NAME_TAKEN,
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(name_key=""),
                name="saved_filter_has_a_name",
                violation_error_message="Enter a name.",
            ),
        ]

    def __str__(self):
        return self.name
