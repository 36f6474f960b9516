"""What goes out from a Board: the reports that are drafted from its record, and what was sent to whom."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from boards.models.board import Board, Body
from boards.models.papers import Pack
from improvement.records.columns import NO_CHILD, SOURCE_HELP, paired


class Letterhead(models.Model):
    """The picture above what goes out in the chair's name, and who writes. Written by `boards.reports` alone.

    The latest is in use until it is removed; all stay for what was issued with them. Nothing else of it ever changes.
    """

    board = models.ForeignKey(Board, models.PROTECT, related_name="letterheads")
    file = models.FileField(upload_to="letterheads")
    original_name = models.CharField(max_length=200)
    size = models.PositiveIntegerField("size in bytes")
    sha256 = models.CharField(max_length=64)
    shows = models.CharField(max_length=200, help_text="What the picture shows, for people who cannot see it.")
    sender = models.TextField(blank=True, help_text="Who writes, with the address, above every letter.")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("board", "pk")
        constraints = [
            models.CheckConstraint(
                condition=paired("removed_at", "removed_by"),
                name="letterhead_is_removed_by_someone",
                violation_error_message="Who removed the letterhead and when belong together.",
            ),
            models.CheckConstraint(
                condition=~Q(file="") & ~Q(sha256="") & ~Q(shows=""),
                name="letterhead_has_its_picture_and_what_it_shows",
                violation_error_message="A letterhead needs a picture, its hash and what it shows.",
            ),
        ]

    def __str__(self):
        return f"Letterhead of {self.board}"


class Report(models.Model):
    """A report or letter in the name of the chair or of the council. Written by `boards.reports` alone.

    Drafted from the published months since the last one of its kind, edited, then issued: from then on it is frozen,
    with a digest, like a month.
    """

    class Kind(models.TextChoices):
        CHAIR = "chair", "The chair's bi-monthly report"
        COUNCIL = "council", "Quarterly update for the executive board and scrutiny"
        LETTER = "letter", "Letter of the chair"

        @property
        def is_chairs(self):
            """Whether it goes out in the chair's name: on the letterhead, and signed."""
            return self is not Report.Kind.COUNCIL

    board = models.ForeignKey(Board, models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=8, choices=Kind)
    dated_on = models.DateField("date")
    title = models.CharField(max_length=250)
    addressed_to = models.TextField(blank=True)
    author = models.CharField(max_length=200, help_text="The post or seat that signs the report.")
    from_month = models.DateField(null=True, blank=True, help_text="The first month that it covers.")
    to_month = models.DateField(null=True, blank=True, help_text="The last month that it covers.")
    caveat = models.TextField(blank=True)
    letterhead = models.ForeignKey(
        Letterhead,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        help_text="The one it was issued with.",
    )
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    issued_name = models.CharField(max_length=150, blank=True)
    digest = models.CharField("SHA-256 of its text", max_length=64, blank=True)
    digest_format = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("board", "-dated_on", "kind")
        constraints = [
            models.UniqueConstraint(
                fields=("board", "kind", "dated_on"),
                name="report_of_a_kind_is_one_a_day",
                violation_error_message="There is already a report of that kind and date.",
            ),
            models.CheckConstraint(
                condition=paired("from_month", "to_month")
                & (Q(from_month__isnull=True) | Q(to_month__gte=F("from_month"))),
                name="report_covers_months_in_order",
                violation_error_message="The months that it covers run from the first to the last.",
            ),
            models.CheckConstraint(
                condition=paired("issued_at", "issued_by", "digest_format")
                & (Q(issued_at__isnull=True, digest="") | (Q(issued_at__isnull=False) & ~Q(digest=""))),
                name="report_is_issued_with_its_digest",
                violation_error_message="An issued report needs who, when and its digest.",
            ),
            models.CheckConstraint(
                condition=Q(letterhead__isnull=True) | Q(issued_at__isnull=False, kind__in=("chair", "letter")),
                name="report_keeps_its_letterhead_once_the_chair_issues_it",
                violation_error_message="Only an issued report or letter of the chair keeps its letterhead.",
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.dated_on:%-d %B %Y}"

    @property
    def is_issued(self):
        return self.issued_at is not None

    @property
    def is_chairs(self):
        return self.Kind(self.kind).is_chairs


class ReportSection(models.Model):
    """One section of a report: its heading and text. Written by `boards.reports` alone, until it is issued."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True, help_text=NO_CHILD)
    # What `boards.reports.report_tables` drafted beneath the text; empty where the section has no table.
    table = models.JSONField(default=dict, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("report", "position")
        constraints = [
            models.UniqueConstraint(
                fields=("report", "position"),
                name="report_section_position_is_unique_in_its_report",
                violation_error_message="The report already has a section in that place.",
            )
        ]

    def __str__(self):
        return f"{self.heading}, {self.report}"


class Circulation(models.Model):
    """What was sent to a body, and when. Written by `boards.reports.circulation` alone."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="circulations")
    body_name = models.CharField(max_length=150, blank=True, help_text="To whom, as they were named then.")
    what = models.CharField(max_length=250, help_text="What was sent, for example “Interim report, May 2011”.")
    sent_on = models.DateField("sent on")
    is_month_only = models.BooleanField(
        "only the month is known", default=False, help_text="If a source gives the month but not the day."
    )
    asked = models.TextField("what it was asked to decide", blank=True, help_text="In the words of what was sent.")
    decided = models.TextField("what it decided", blank=True, help_text="Leave empty if not known.")
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="circulations")
    pack = models.ForeignKey(Pack, models.PROTECT, null=True, blank=True, related_name="circulations")
    note = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-sent_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(what=""),
                name="circulation_says_what_was_sent",
                violation_error_message="Enter what was sent.",
            ),
            models.UniqueConstraint(
                fields=("body", "what", "sent_on"),
                name="circulation_is_recorded_once",
                violation_error_message="This is already recorded.",
            ),
        ]

    def __str__(self):
        return f"{self.what} to {self.body}"

    @property
    def sent(self):
        """When it was sent, as exactly as is known."""
        return f"{self.sent_on:%B %Y}" if self.is_month_only else f"{self.sent_on:%-d %B %Y}"
