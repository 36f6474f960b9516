from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone

from accounts.models import REMOVED, Post, User
from improvement.records.columns import NO_CHILD, paired
from plans import calendar
from plans.models.plan import AreaOfFocus, Plan
from plans.ratings import Rating

HEADLINE = 250  # characters, a removed one with its reason aside


class ReportingMonth(models.Model):
    """A month of a plan: open while updates are collected, then published and frozen for good.

    Written by `plans.reporting.open_month` and `publish_month`, its texts by `write_commentary`. What a
    published page shows of the plan itself (title, caveat, rating wording) is stamped here.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="months")
    month = models.DateField(help_text="The first day of the month that it is named after.")
    due_on = models.DateField("updates due")
    sign_off_due_on = models.DateField("sign-off due")
    data_as_at = models.DateField("data as at")
    plan_title = models.CharField(max_length=200)
    caveat = models.TextField(blank=True)
    wording = models.JSONField(default=dict, help_text="The plan's wording of each rating that it offered.")
    headline = models.TextField("the month in a sentence or two", blank=True, help_text=NO_CHILD)
    commentary = models.TextField("overall commentary", blank=True, help_text=NO_CHILD)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_name = models.CharField(max_length=150, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    published_name = models.CharField(max_length=150, blank=True)
    digest = models.CharField("SHA-256 of its rows", max_length=64, blank=True)
    digest_format = models.PositiveSmallIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("plan", "month")
        constraints = [
            models.UniqueConstraint(
                fields=("plan", "month"),
                name="month_stands_once_in_a_plan",
                violation_error_message="The plan already has that month.",
            ),
            models.UniqueConstraint(
                fields=("plan",),
                condition=Q(published_at__isnull=True),
                name="plan_has_at_most_one_open_month",
                violation_error_message="The plan already has an open month. Publish it first.",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="month_is_its_first_day",
                violation_error_message="A month is stored as its first day.",
            ),
            models.CheckConstraint(
                condition=Q(sign_off_due_on__gte=F("due_on")),
                name="month_sign_off_is_due_after_updates",
                violation_error_message="Sign-off cannot be due before the updates are.",
            ),
            models.CheckConstraint(
                condition=paired("published_at", "published_by", "digest_format")
                & (Q(published_at__isnull=True, digest="") | (Q(published_at__isnull=False) & ~Q(digest=""))),
                name="month_is_published_with_its_digest",
                violation_error_message="A published month needs who, when and its digest.",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("headline"), HEADLINE) | Q(headline__startswith=REMOVED),
                name="month_headline_is_a_sentence_or_two",
                violation_error_message=f"Sum the month up in {HEADLINE} characters or fewer.",
            ),
        ]

    def __str__(self):
        return f"{calendar.label(self.month)}, {self.plan_title}"

    @property
    def label(self):
        return calendar.label(self.month)

    @property
    def address(self):
        return calendar.address(self.month)

    @property
    def is_published(self):
        return self.published_at is not None

    @property
    def offered(self):
        """The ratings that the month offers, worst first, each with its label and the plan's wording."""
        return [(rating.value, rating.label, self.wording[rating]) for rating in Rating if rating in self.wording]

    @property
    def changed_dates(self):
        """What was changed of its dates while it was open, earliest first, as its digest holds it."""
        told = ("field", "before", "after", "reason", "by_name", "at")
        rows = sorted(self.date_changes.all(), key=lambda row: (row.at, row.pk))
        return [{name: getattr(row, name) for name in told} for row in rows]

    def judged_on(self, now):
        """Return the day on which "overdue" is judged: that of publication, or the day of `now` while open."""
        return timezone.localdate(self.published_at or now)


class DateChange(models.Model):
    """One date of an open month that was changed, with the reason. Written by `plans.reporting.change_dates` alone."""

    month = models.ForeignKey(ReportingMonth, models.PROTECT, related_name="date_changes")
    field = models.CharField("date", max_length=20, choices=[(name, label) for name, label in calendar.DATES.items()])
    before = models.DateField()
    after = models.DateField()
    reason = models.TextField(help_text=NO_CHILD)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(before=F("after")),
                name="date_change_changes_the_date",
                violation_error_message="The new date is the present one.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="date_change_has_a_reason",
                violation_error_message="Enter a reason for changing the dates.",
            ),
        ]

    def __str__(self):
        return f"{self.get_field_display()} of {self.month}"


class AreaUpdate(models.Model):
    """The short text on one area of focus in one month [001] 3.3.5. Written by `plans.reporting` alone."""

    month = models.ForeignKey(ReportingMonth, models.PROTECT, related_name="area_updates")
    area = models.ForeignKey(AreaOfFocus, models.PROTECT, related_name="updates")
    leading_post = models.ForeignKey(Post, models.PROTECT, related_name="area_updates")
    letter = models.CharField(max_length=1)
    title = models.CharField(max_length=150)
    leading_title = models.CharField(max_length=150)
    text = models.TextField(blank=True, help_text=NO_CHILD)
    written_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    written_name = models.CharField(max_length=150, blank=True)
    entered_for = models.CharField(max_length=320, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("month", "letter")
        constraints = [
            models.UniqueConstraint(
                fields=("month", "area"),
                name="area_update_is_one_for_each_area_and_month",
                violation_error_message="This area of focus already has an update in this month.",
            ),
            models.CheckConstraint(
                condition=paired("written_at", "written_by"),
                name="area_update_is_written_by_someone",
                violation_error_message="Who wrote it and when belong together.",
            ),
        ]

    def __str__(self):
        return f"{self.letter}. {self.title}, {calendar.label(self.month.month)}"
