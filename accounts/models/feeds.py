"""The address by which a calendar program asks for a person's deadlines."""

from django.db import models

from accounts.models.people import User


class CalendarFeed(models.Model):
    """A person's secret address of their calendar. Written by `accounts.people.calendar_feeds` alone.

    Only the hash of its token is kept, so the address is shown once; a new one takes the place of the one before.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_feed")
    token_sha256 = models.CharField("SHA-256 of the token", max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("user",)

    def __str__(self):
        return f"Calendar of {self.user}"
