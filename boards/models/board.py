"""Who reads, challenges and decides: the Improvement Board, its seats, and the bodies that it reports to."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models import User
from boards.models.access import AccessQuerySet
from improvement.records.columns import SOURCE_HELP, Addressed, SlugManager, paired
from plans.models import Plan


class Board(Addressed):
    """An independently chaired Improvement Board, which reads one plan. Kept in the admin."""

    in_addresses = ("slug", "plan")

    slug = models.SlugField(unique=True, help_text="The Board’s name in web addresses, for example “leeds”.")
    name = models.CharField(max_length=200, help_text="For example, “Leeds Improvement Board”.")
    plan = models.OneToOneField(
        Plan, models.PROTECT, related_name="board", help_text="The plan that the Board reads every month."
    )
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    # Since when its public page is on, written by `boards.public` alone; empty while it is off.
    public_at = models.DateTimeField(null=True, blank=True, editable=False)
    public_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    history = HistoricalRecords(excluded_fields=["public_at", "public_by"])

    objects = SlugManager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=paired("public_at", "public_by"),
                name="board_is_public_by_someone",
                violation_error_message="Who switched the public page on and when belong together.",
            )
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    @property
    def is_public(self):
        """Whether its public page is on."""
        return self.public_at is not None

    @property
    def is_in_circulation(self):
        return (
            self.plan.is_in_circulation
            or self.meetings.filter(agenda_published_at__isnull=False).exists()
            or self.reports.filter(issued_at__isnull=False).exists()
        )


class BoardNumberManager(models.Manager):
    """Finds a thing of a Board by the Board's slug and its own number."""

    def get_by_natural_key(self, board, number):
        return self.get(board__slug=board, number=number)


class NumberedQuerySet(AccessQuerySet):
    """Of what is counted through from 1: `board.challenges.free_number()`, with the Board or the meeting locked."""

    def free_number(self):
        return (self.aggregate(last=models.Max("number"))["last"] or 0) + 1


class SeatQuerySet(models.QuerySet):
    def present(self, on):
        """The seats that are taken on the day `on`."""
        return self.filter(Q(from_on__isnull=True) | Q(from_on__lte=on), Q(to_on__isnull=True) | Q(to_on__gte=on))

    def asking(self):
        """The seats from which questions are asked: those of the chair and of the members."""
        return self.filter(role__in=Seat.ASKING)


class Seat(models.Model):
    """A place at the Board, from one day to another. A seat may have a user, who then reads what the Board reads."""

    class Role(models.TextChoices):
        CHAIR = "chair", "Independent chair"
        MEMBER = "member", "Member"
        IN_ATTENDANCE = "in-attendance", "Officer in attendance"
        OBSERVER = "observer", "Observer"

    ASKING = (Role.CHAIR, Role.MEMBER)

    board = models.ForeignKey(
        Board, models.PROTECT, related_name="seats", help_text="The Board that the seat belongs to."
    )
    role = models.CharField(
        max_length=15,
        choices=Role,
        help_text="Sets what the person in the seat can see and do.",
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="Its place in the list of seats.")
    person = models.CharField(
        max_length=150, blank=True, help_text="The person in the seat. Leave empty if only the organisation is known."
    )
    organisation = models.CharField(max_length=150, blank=True, help_text="The organisation that the seat represents.")
    user = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seats",
        help_text="The person’s account.",
    )
    from_on = models.DateField("from", null=True, blank=True, help_text="Leave empty if not known.")
    to_on = models.DateField(
        "to", null=True, blank=True, help_text="The last day. Leave empty if there is no end date."
    )
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    history = HistoricalRecords()

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ("board", "position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(from_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="seat_ends_after_it_begins",
                violation_error_message="A seat cannot end before it begins.",
            ),
            models.CheckConstraint(
                condition=~Q(person="", organisation=""),
                name="seat_names_a_person_or_an_organisation",
                violation_error_message="Name the person, the organisation, or both.",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.person or self.organisation}"

    @property
    def name(self):
        """Who sits there, as lists and minutes name them."""
        return ", ".join(part for part in (self.person, self.organisation) if part)


class TermsOfReference(models.Model):
    """One version of what a Board is for and may do. Kept in the admin; the latest agreed one is in force."""

    board = models.ForeignKey(
        Board, models.PROTECT, related_name="terms", help_text="The Board that the terms apply to."
    )
    number = models.PositiveSmallIntegerField(help_text="The version number, from 1.")
    agreed_on = models.DateField(null=True, blank=True, help_text="Leave empty for a draft, or if not known.")
    text = models.TextField(help_text="Word for word, as far as the sources go.")
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    note = models.TextField(blank=True, help_text="Any gaps or discrepancies in the sources.")
    history = HistoricalRecords()

    objects = BoardNumberManager()

    class Meta:
        ordering = ("board", "number")
        verbose_name = "terms of reference"
        verbose_name_plural = "terms of reference"
        constraints = [
            models.UniqueConstraint(
                fields=("board", "number"),
                name="terms_of_reference_number_is_unique_in_its_board",
                violation_error_message="The Board already has terms of reference of that number.",
            )
        ]

    def __str__(self):
        return f"Terms of reference, version {self.number}"

    def natural_key(self):
        return (self.board.slug, self.number)


class Body(models.Model):
    """Whom the Board or the council reports to: a department, an executive board, scrutiny. Kept in the admin.

    What was sent to it is `Circulation`; with a cadence, what is due to it next follows from that.
    """

    board = models.ForeignKey(Board, models.PROTECT, related_name="bodies", help_text="The Board that reports to it.")
    number = models.PositiveSmallIntegerField(help_text="Its place in the list.")
    name = models.CharField(max_length=150, help_text="For example, “Executive Board”.")
    receives = models.CharField(max_length=250, help_text="What it receives, for example “the interim report”.")
    cadence = models.CharField(
        max_length=100, help_text="How often, word for word from the source, for example “half-yearly”."
    )
    every_months = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="How often in months, to work out the next date. Leave empty if there is no regular interval.",
    )
    from_on = models.DateField("from", null=True, blank=True, help_text="Leave empty if not known.")
    to_on = models.DateField(
        "to", null=True, blank=True, help_text="The last day. Leave empty if there is no end date."
    )
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    history = HistoricalRecords()

    objects = BoardNumberManager()

    class Meta:
        ordering = ("board", "number")
        verbose_name_plural = "bodies"
        constraints = [
            models.UniqueConstraint(
                fields=("board", "number"),
                name="body_number_is_unique_in_its_board",
                violation_error_message="The Board already has a body in that place.",
            ),
            models.CheckConstraint(
                condition=Q(every_months__isnull=True) | Q(every_months__gt=0),
                name="body_is_reported_to_in_whole_months",
                violation_error_message="Give one month or more, or leave it empty.",
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(from_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="body_ends_after_it_begins",
                violation_error_message="It cannot end before it begins.",
            ),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.board.slug, self.number)
