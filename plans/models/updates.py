from datetime import date

from django.db import models
from django.db.models import F, Q

from accounts.models import Post, User
from improvement.records.columns import NO_CHILD, paired
from improvement.records.references import OrderField
from plans import calendar
from plans.calendar import RECEIVED, UpdateStatus
from plans.models.months import ReportingMonth
from plans.models.plan import RATING_CHOICES, Outcome, Theme
from plans.models.recommendations import Recommendation
from plans.ratings import NEEDS_PATH_TO_GREEN, Direction, Movement, Rating


class MonthlyUpdate(models.Model):
    """What one recommendation reports in one month, with how things stood on the day the month was opened.

    Written by `plans.reporting` alone, and by nothing once its month is published. The pages of a published
    month read the texts here (theme_title, lead_title …), never today's plan.
    """

    month = models.ForeignKey(ReportingMonth, models.PROTECT, related_name="updates")
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="updates")

    # How things stood.
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+")
    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="+")
    lead_post = models.ForeignKey(Post, models.PROTECT, related_name="updates")
    accountable_post = models.ForeignKey(Post, models.PROTECT, related_name="updates_to_sign_off")
    reference = models.CharField(max_length=10)
    reference_order = OrderField()
    title = models.CharField(max_length=120)
    wording = models.TextField()
    theme_number = models.PositiveSmallIntegerField()
    theme_title = models.CharField(max_length=200)
    outcome_number = models.PositiveSmallIntegerField()
    outcome_title = models.CharField(max_length=250)
    lead_title = models.CharField(max_length=150)
    lead_name = models.CharField(max_length=150, blank=True)
    accountable_title = models.CharField(max_length=150)
    accountable_name = models.CharField(max_length=150, blank=True)
    original_due_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    # Letters with a space on either side (" B C "), so that one LIKE finds one letter on either database.
    areas = models.CharField(max_length=60, blank=True)

    # What was reported last, as published.
    previous_rating = models.CharField(max_length=10, choices=RATING_CHOICES, blank=True)
    previous_direction = models.CharField(max_length=10, choices=[(d.value, d.label) for d in Direction], blank=True)
    previous_month = models.DateField(null=True, blank=True)

    # The answers.
    rating = models.CharField(max_length=10, choices=RATING_CHOICES, blank=True)
    direction = models.CharField(max_length=10, choices=[(d.value, d.label) for d in Direction], blank=True)
    progress = models.TextField(blank=True, help_text=f"What has been done this month. {NO_CHILD}")
    impact = models.TextField(blank=True, help_text=f"What difference this has made to children. {NO_CHILD}")
    next_steps = models.TextField(blank=True, help_text=NO_CHILD)
    cause = models.TextField(blank=True)
    remedy = models.TextField("what is needed", blank=True)
    remedy_owner = models.CharField("who will do it", max_length=150, blank=True)
    green_by = models.DateField("back to green by", null=True, blank=True)
    decision_sought = models.TextField("decision asked of the Board", blank=True)
    proposed_due_on = models.DateField("proposed due date", null=True, blank=True)
    proposed_due_reason = models.TextField("reason for the new date", blank=True)
    unchanged_reason = models.TextField("reason why it is the same as last month", blank=True)
    # What plans.contradictions found at submission: [{"code", "sentence", "reason"}], and in "confirmed" the month
    # for which the reason was first given, where it was confirmed.
    contradictions = models.JSONField(default=list, blank=True)
    # The draft of an answer to the reviewer; once the update is submitted again it is one of its comments.
    reply = models.TextField("reply to the reviewer", blank=True, help_text=f"What you say to the comment. {NO_CHILD}")
    # The reasons for contradictions as they are drafted, by code. Shown to nobody but who writes the update.
    override_reasons = models.JSONField(default=dict, blank=True)
    # For a carried update: the month in which its completion was verified.
    verified_month = models.DateField(null=True, blank=True)

    # What follows from the answers; stamped at submission, for ever at publication.
    movement = models.CharField(max_length=10, choices=[(m.value, m.value.capitalize()) for m in Movement], blank=True)
    # The rating, or without an update the last one received: since which month, and for how many published months.
    # Stamped when the month is opened as well. Months published in digest format 1 hold neither.
    rated_since = models.DateField(null=True, blank=True)
    months_at_rating = models.PositiveSmallIntegerField(default=0)
    is_stuck = models.BooleanField(default=False)
    is_long = models.BooleanField("is long at one rating", default=False)
    is_late = models.BooleanField(default=False, help_text="Submitted after the day on which updates were due.")

    # The changes of its due date that its month counts: [{"before", "after", "reason", "by_name"}].
    date_changes = models.JSONField(default=list, blank=True)

    # Where it stands, who and when.
    status = models.CharField(
        max_length=12, choices=[(s.value, s.label) for s in UpdateStatus], default=UpdateStatus.AWAITED
    )
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    first_submitted_at = models.DateTimeField(
        null=True, blank=True, help_text="It decides whether the update is late. It stays when an update is returned."
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    is_resubmitted = models.BooleanField(default=False, help_text="Submitted again after it was returned.")
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_name = models.CharField(max_length=150, blank=True)
    entered_for = models.CharField(
        max_length=320,
        blank=True,
        help_text="The post and its holder, if someone else submitted for them.",
    )
    signed_off_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_off_name = models.CharField(max_length=150, blank=True)
    signed_off_for = models.CharField(max_length=320, blank=True)
    # How it was when it was last returned (`reporting.answers.as_returned`), until it is signed off or published.
    returned = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("month", "reference_order")
        indexes = [
            models.Index(fields=("recommendation", "month"), name="update_story"),
            models.Index(fields=("lead_post", "month"), name="update_by_lead"),
            models.Index(fields=("accountable_post", "month"), name="update_by_accountable"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("month", "recommendation"),
                name="update_is_one_for_each_recommendation_and_month",
                violation_error_message="This recommendation already has an update in this month.",
            ),
            models.CheckConstraint(
                condition=paired("submitted_at", "submitted_by") & paired("saved_at", "saved_by"),
                name="update_is_saved_and_submitted_by_someone",
                violation_error_message="Who submitted an update and when belong together.",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True)
                | Q(first_submitted_at__isnull=False, first_submitted_at__lte=F("submitted_at")),
                name="update_is_first_submitted_before_it_is_again",
                violation_error_message="An update is submitted first before it is submitted again.",
            ),
            models.CheckConstraint(
                condition=paired("signed_off_at", "signed_off_by"),
                name="update_is_signed_off_by_someone",
                violation_error_message="Who signed an update off and when belong together.",
            ),
            models.CheckConstraint(
                condition=Q(signed_off_by__isnull=True)
                | (Q(submitted_by__isnull=False) & ~Q(signed_off_by=F("submitted_by"))),
                name="update_is_signed_off_by_someone_else",
                violation_error_message="People cannot sign off an update that they entered.",
            ),
            models.CheckConstraint(
                condition=Q(status=UpdateStatus.SIGNED_OFF, signed_off_at__isnull=False)
                | (~Q(status=UpdateStatus.SIGNED_OFF) & Q(signed_off_at__isnull=True)),
                name="update_is_signed_off_when_it_says_so",
                violation_error_message="Only a signed off update holds a sign-off.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(UpdateStatus.SUBMITTED, UpdateStatus.SIGNED_OFF))
                | (
                    Q(submitted_at__isnull=False)
                    & ~Q(rating="")
                    & ~Q(direction="")
                    & ~Q(progress="")
                    & ~Q(impact="")
                    & (Q(rating=Rating.COMPLETE) | ~Q(next_steps=""))
                ),
                name="update_is_complete_once_submitted",
                violation_error_message="A submitted update needs rating, direction, progress, impact and next steps.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(UpdateStatus.SUBMITTED, UpdateStatus.SIGNED_OFF))
                | ~Q(rating__in=sorted(NEEDS_PATH_TO_GREEN))
                | (~Q(remedy="") & ~Q(remedy_owner="") & Q(green_by__isnull=False)),
                name="update_off_track_has_its_path_to_green",
                violation_error_message="Red and Amber need what is needed, who will do it and by when.",
            ),
            models.CheckConstraint(
                condition=~Q(status=UpdateStatus.CARRIED) | Q(rating=Rating.COMPLETE, verified_month__isnull=False),
                name="update_is_carried_only_when_complete",
                violation_error_message="Only what was verified as complete is carried on.",
            ),
            models.CheckConstraint(
                condition=Q(rated_since__isnull=True, months_at_rating=0)
                | Q(rated_since__isnull=False, months_at_rating__gt=0),
                name="update_counts_months_since_one",
                violation_error_message="The months at a rating and the first of them belong together.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(UpdateStatus.SUBMITTED, UpdateStatus.SIGNED_OFF))
                | Q(proposed_due_on__isnull=True)
                | ~Q(proposed_due_reason=""),
                name="update_proposes_a_date_with_its_reason",
                violation_error_message="Enter a reason for the new date.",
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}, {calendar.label(self.month.month)}"

    @property
    def is_received(self):
        return self.status in RECEIVED

    @property
    def is_told(self):
        """Whether its answers may be read: of what was not received when its month was published nothing is."""
        return self.is_received or not self.month.is_published

    @property
    def due_order(self):
        """Where it comes among dates: what has none comes last."""
        return self.due_on or date.max

    @property
    def agreed_changes(self):
        """The changes of its due date that its month counts, with their days as dates."""
        days = ("before", "after")
        return [
            item | {name: date.fromisoformat(item[name]) if item[name] else None for name in days}
            for item in self.date_changes
        ]

    @property
    def is_left_draft(self):
        """Whether it holds a draft that was not received when its month was published."""
        return self.month.is_published and not self.is_received and self.saved_at is not None

    @property
    def running_rating(self):
        """The rating that counts months: this month's, or without an update the last one received."""
        return self.rating if self.is_received else self.previous_rating

    @property
    def time_at_rating(self):
        """In words how long it has had its rating: “Amber for 7 months, since May 2011”; empty where nothing says."""
        if not self.rated_since:
            return ""
        number = f"{self.months_at_rating} month{'' if self.months_at_rating == 1 else 's'}"
        last = "" if self.is_received else f" (last received for {calendar.label(self.previous_month)})"
        return f"{Rating(self.running_rating).label}{last} for {number}, since {calendar.label(self.rated_since)}"

    @property
    def same_as(self):
        """What an update without anything new is the same as: last month, or the month last reported on."""
        return f"Same as {calendar.since(self.previous_month, self.month.month) or 'last month'}"

    @property
    def area_letters(self):
        return self.areas.split()


class ReviewComment(models.Model):
    """Why an update was returned, or what its officer replied. Written by `plans.reporting` alone."""

    update = models.ForeignKey(MonthlyUpdate, models.PROTECT, related_name="comments")
    by = models.ForeignKey(User, models.PROTECT, related_name="review_comments")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    text = models.TextField(help_text=NO_CHILD)
    is_reply = models.BooleanField("reply", default=False, help_text="What the officer replied to the comment before.")

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="review_comment_says_something",
                violation_error_message="Say what should be changed.",
            )
        ]

    def __str__(self):
        return f"{self.by_name} on {self.update.reference}"
