"""Who reads, challenges and decides: the Improvement Board and its seats."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models import User
from notices.models import SOURCE_HELP, SlugManager
from plans.models import Plan


class Board(models.Model):
    """An independently chaired Improvement Board, which reads one plan. Kept in the admin."""

    slug = models.SlugField(unique=True, help_text="The board's name in addresses, for example “leeds”.")
    name = models.CharField(max_length=200, help_text="For example “Leeds Improvement Board”.")
    plan = models.OneToOneField(
        Plan, models.PROTECT, related_name="board", help_text="The plan that the Board reads every month."
    )
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    history = HistoricalRecords()

    objects = SlugManager()

    class Meta:
        ordering = ("name",)

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)


class SeatQuerySet(models.QuerySet):
    def present(self, on):
        """The seats that are taken on the day `on`."""
        return self.filter(Q(from_on__isnull=True) | Q(from_on__lte=on), Q(to_on__isnull=True) | Q(to_on__gte=on))


class Seat(models.Model):
    """A place at the Board, from one day to another. A seat may have a user, who then reads what the Board reads."""

    class Role(models.TextChoices):
        CHAIR = "chair", "Independent chair"
        MEMBER = "member", "Member"
        IN_ATTENDANCE = "in-attendance", "Officer in attendance"
        OBSERVER = "observer", "Observer"

    board = models.ForeignKey(
        Board, models.PROTECT, related_name="seats", help_text="The Board that the seat belongs to."
    )
    role = models.CharField(
        max_length=15,
        choices=Role,
        help_text="What the seat may do: a chair, a member, an officer in attendance or an observer.",
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="Its place in the list of seats.")
    person = models.CharField(
        max_length=150, blank=True, help_text="Who sits there; empty where only the body is known."
    )
    organisation = models.CharField(max_length=150, blank=True, help_text="The body that the seat speaks for.")
    user = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seats",
        help_text="The account with which they read.",
    )
    from_on = models.DateField("from", null=True, blank=True, help_text="Empty where the sources do not say.")
    to_on = models.DateField("to", null=True, blank=True, help_text="The last day; empty while it lasts.")
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
