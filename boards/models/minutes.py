"""What minutes tell beside those of the seats: guests, and declarations of interest."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from boards.models.access import AccessQuerySet
from boards.models.meetings import AgendaItem, Meeting
from improvement.records.columns import NO_CHILD


class Guest(models.Model):
    """Somebody without a seat who came, to the whole meeting or to one item. Written by `boards.meetings` alone.

    Whoever reads the item reads that they came to it.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="guests")
    name = models.CharField(max_length=150)
    organisation = models.CharField("post or organisation", max_length=150, blank=True)
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="guests")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = AccessQuerySet.as_manager()

    class Meta:
        ordering = ("meeting", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""), name="guest_has_a_name", violation_error_message="Enter the guest’s name."
            )
        ]

    def __str__(self):
        return ", ".join(part for part in (self.name, self.organisation) if part)


class Declaration(models.Model):
    """An interest that somebody declared at a meeting, and what followed. Written by `boards.meetings` alone.

    Whoever reads the item that it is about reads it.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="declarations")
    name = models.CharField(max_length=310, help_text="Who declared it.")
    interest = models.TextField(help_text=NO_CHILD)
    done = models.TextField("what was done", blank=True, help_text="For example, “Left the room for the item”.")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="declarations")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = AccessQuerySet.as_manager()

    class Meta:
        ordering = ("meeting", "pk")
        verbose_name = "declaration of interest"
        verbose_name_plural = "declarations of interest"
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(interest=""),
                name="declaration_says_who_and_what",
                violation_error_message="Enter who declared the interest, and the interest.",
            )
        ]

    def __str__(self):
        return f"Declaration of interest, {self.meeting}"
