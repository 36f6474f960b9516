"""The report to the department on every target of a Notice, half-yearly and always in the same format [002] 1 and 2."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from notices.models.notice import EndVerdict, Notice, Target

SECTIONS = ("purpose", "background", "main_points", "conclusion", "recommendations")


class ReportState(models.TextChoices):
    DRAFT = "draft", "Draft"
    TABLED = "tabled", "Tabled at the Board"
    AGREED = "agreed", "Agreed by the Board"
    ISSUED = "issued", "Issued"


_AFTER = {
    "tabled": (ReportState.TABLED, ReportState.AGREED, ReportState.ISSUED),
    "agreed": (ReportState.AGREED, ReportState.ISSUED),
    "issued": (ReportState.ISSUED,),
}


def _stamped(step, *fields, texts=()):
    """Return the condition that these are all filled once a report has come as far as `step`, and all empty before."""
    empty = Q(**{f"{field}__isnull": True for field in fields}, **dict.fromkeys(texts, ""))
    filled = Q(**{f"{field}__isnull": False for field in fields})
    for text in texts:
        filled &= ~Q(**{text: ""})
    return (Q(state__in=_AFTER[step]) & filled) | (~Q(state__in=_AFTER[step]) & empty)


class InterimReport(models.Model):
    """A report to the department: drafted, tabled at the Board, agreed, issued and from then on frozen.

    Written by `notices.interim` alone. From the moment it is tabled everything that its pages show stands on its own
    rows. A day on which it was tabled or agreed is empty where a source gives none.
    """

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="interim_reports")
    reported_on = models.DateField("date of the report", help_text="The report uses what was known on this day.")
    title = models.CharField(max_length=200)
    notice_title = models.CharField(max_length=200)
    caveat = models.TextField(blank=True)
    previous_on = models.DateField("date of the report before", null=True, blank=True)
    purpose = models.TextField(blank=True)
    background = models.TextField(blank=True)
    main_points = models.TextField(blank=True)
    conclusion = models.TextField(blank=True)
    recommendations = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    note = models.TextField(
        blank=True, help_text="Anything that is not known or does not agree. Record it and do not correct it."
    )
    state = models.CharField(max_length=6, choices=ReportState, default=ReportState.DRAFT)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    tabled_on = models.DateField("day of the Board's meeting", null=True, blank=True)
    tabled_at = models.DateTimeField(null=True, blank=True)
    tabled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_on = models.DateField("day of the Board's agreement", null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    issued_name = models.CharField(max_length=150, blank=True)
    digest = models.CharField("SHA-256 of its rows", max_length=64, blank=True)
    digest_format = models.PositiveSmallIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("notice", "-reported_on")
        constraints = [
            models.UniqueConstraint(
                fields=("notice", "reported_on"),
                name="interim_report_stands_once_a_day_on_its_notice",
                violation_error_message="The Notice already has a report of that day.",
            ),
            models.UniqueConstraint(
                fields=("notice",),
                condition=~Q(state=ReportState.ISSUED),
                name="notice_has_at_most_one_report_in_hand",
                violation_error_message="Another report is still in progress. Issue it first.",
            ),
            models.CheckConstraint(
                condition=_stamped("tabled", "tabled_at", "tabled_by"),
                name="interim_report_is_tabled_by_someone",
                violation_error_message="A tabled report needs who tabled it and when.",
            ),
            models.CheckConstraint(
                condition=_stamped("agreed", "agreed_at", "agreed_by"),
                name="interim_report_is_agreed_through_someone",
                violation_error_message="An agreed report needs who recorded it and when.",
            ),
            models.CheckConstraint(
                condition=_stamped(
                    "issued", "issued_at", "issued_by", "digest_format", texts=("issued_name", "digest")
                ),
                name="interim_report_is_issued_with_its_digest",
                violation_error_message="An issued report needs who, when and its digest.",
            ),
            models.CheckConstraint(
                condition=Q(tabled_on__isnull=True) | Q(state__in=_AFTER["tabled"]),
                name="interim_report_has_a_meeting_once_it_is_tabled",
                violation_error_message="Only a tabled report has a meeting.",
            ),
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=True)
                | (Q(state__in=_AFTER["agreed"]) & (Q(tabled_on__isnull=True) | Q(agreed_on__gte=F("tabled_on")))),
                name="interim_report_is_agreed_after_it_is_tabled",
                violation_error_message="A report cannot be agreed before it is tabled.",
            ),
        ]

    def __str__(self):
        return f"Interim report of {self.label}, {self.notice_title}"

    @property
    def label(self):
        return f"{self.reported_on:%-d %B %Y}"

    @property
    def is_draft(self):
        return self.state == ReportState.DRAFT

    @property
    def is_issued(self):
        return self.state == ReportState.ISSUED


class InterimEntry(models.Model):
    """What one report says of one target. Written by `notices.interim` alone.

    `wording`, `area`, `verdict`, `steps` and `values` are how the target stood on the day of the report, stamped when
    the report is tabled; while it is drafted they are worked out for each page by `notices.interim.stamps`.
    """

    report = models.ForeignKey(InterimReport, models.PROTECT, related_name="entries")
    target = models.ForeignKey(Target, models.PROTECT, related_name="interim_entries")
    position = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=10)
    kind = models.CharField(max_length=10, choices=Target.Kind)
    area = models.CharField(max_length=200, blank=True)
    wording = models.TextField()
    status = models.CharField(max_length=20, choices=EndVerdict, default=EndVerdict.NOT_STATED)
    verdict = models.CharField(max_length=20, blank=True, help_text="That of the milestones, as computed.")
    verdict_words = models.CharField(max_length=60, blank=True)
    steps = models.JSONField(default=list, blank=True)
    values = models.JSONField(default=list, blank=True)
    recap = models.TextField(blank=True)
    narrative = models.TextField(blank=True)
    note = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("report", "position")
        verbose_name_plural = "interim entries"
        constraints = [
            models.UniqueConstraint(
                fields=("report", "target"),
                name="interim_report_says_one_thing_of_each_target",
                violation_error_message="The report already has an entry on this target.",
            ),
            models.CheckConstraint(
                condition=Q(written_at__isnull=True, written_by__isnull=True)
                | Q(written_at__isnull=False, written_by__isnull=False),
                name="interim_entry_is_written_by_someone",
                violation_error_message="Who wrote it and when belong together.",
            ),
        ]

    def __str__(self):
        return f"{self.reference}, {self.report}"


class ProgressReview(models.Model):
    """The department's meeting that follows a report [002] 2: added by `notices.interim.record_review`, never changed.

    The day is empty where a source gives none.
    """

    report = models.ForeignKey(InterimReport, models.PROTECT, related_name="reviews")
    held_on = models.DateField("day of the meeting", null=True, blank=True)
    said = models.TextField("what was said")
    source = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_name = models.CharField(max_length=150)

    class Meta:
        ordering = ("report", "held_on", "recorded_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(said=""),
                name="progress_review_says_something",
                violation_error_message="Say what was said.",
            )
        ]

    def __str__(self):
        return f"Progress review meeting on the {self.report}"
