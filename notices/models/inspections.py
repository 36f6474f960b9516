from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from improvement.records.columns import SOURCE_HELP, Addressed, ReferenceManager
from notices.models.notice import Notice

NOTE_HELP = "Any discrepancy in the source. Record it and do not correct it."


class InspectionQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def beside(self, notice, plans):
        """What is read beside `notice`: what is attached to it, and what `plans`, which answer it, answer as well."""
        attached, answered = Q(notices=notice), Q(findings__recommendations__plan__in=plans)
        return self.filter(pk__in=self.filter(attached | answered).order_by().values("pk"))


class Inspection(Addressed):
    """An inspection or assessment, with its judgements and findings. Kept in the admin."""

    slug = models.SlugField(unique=True, help_text="The inspection’s name in web addresses and files.")
    title = models.CharField(
        max_length=200, help_text="For example, “Announced inspection of safeguarding, November 2009”."
    )
    kind = models.CharField(
        max_length=100,
        help_text="In the inspectorate’s words, for example “Standard inspection”, “Focused visit” or “Annual "
        "assessment”.",
    )
    notices = models.ManyToManyField(
        Notice, blank=True, related_name="inspections", help_text="The Notices that it is linked to."
    )
    council = models.CharField(max_length=150, help_text="The council inspected.")
    started_on = models.DateField(null=True, blank=True, help_text="Leave empty if not known.")
    ended_on = models.DateField(null=True, blank=True, help_text="Leave empty if not known.")
    period = models.CharField(
        max_length=100, blank=True, help_text="When, in words, if the days are not known, for example “July 2009”."
    )
    published_on = models.DateField(null=True, blank=True, help_text="The day the report was published.")
    ordered_on = models.DateField(
        help_text="Used to put inspections in order. Enter its first day, or the first day of its month or year."
    )
    scale = models.TextField(
        blank=True,
        help_text="Its grades, best first, one on each line. Leave empty if it uses those that can be chosen for a "
        "judgement, from outstanding to inadequate.",
    )
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    note = models.TextField(blank=True, help_text=NOTE_HELP)
    history = HistoricalRecords(m2m_fields=[notices])

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ("ordered_on", "slug")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(started_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="inspection_ends_after_it_starts",
                violation_error_message="The inspection cannot end before it starts.",
            )
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.slug,)

    @property
    def own_scale(self):
        """Return the grades of a scale of its own, best first."""
        return tuple(grade for line in self.scale.splitlines() if (grade := " ".join(line.split())))

    @property
    def is_in_circulation(self):
        return any(notice.is_in_circulation for notice in self.notices.all())


class FindingManager(ReferenceManager):
    parent = "inspection"


class Finding(Addressed):
    """What an inspection asks to be put right, word for word, with how soon. Kept in the admin."""

    in_addresses = ("reference", "inspection")

    class Urgency(models.TextChoices):
        IMMEDIATELY = "immediately", "Immediately"
        THREE_MONTHS = "three-months", "Within three months"
        SIX_MONTHS = "six-months", "Within six months"

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="findings", help_text="The inspection that made it."
    )
    position = models.PositiveSmallIntegerField(help_text="Its place in the inspection’s order.")
    reference = models.CharField(max_length=10, help_text="For example, “S01” or “L01”.")
    group = models.CharField(max_length=100, help_text="The inspection’s heading, for example “Safeguarding”.")
    wording = models.TextField(help_text="Word for word from the inspection.")
    urgency = models.CharField(
        max_length=15,
        choices=Urgency,
        blank=True,
        help_text="The timescale that the inspection gives. Leave empty if it gives none.",
    )
    due_on = models.DateField(
        null=True, blank=True, help_text="The date worked out from the timescale, if there is one."
    )
    due_source = models.CharField(max_length=200, blank=True, help_text="How the date was worked out.")
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    note = models.TextField(blank=True, help_text=NOTE_HELP)
    history = HistoricalRecords()

    objects = FindingManager()

    class Meta:
        ordering = ("inspection", "position")
        constraints = [
            models.UniqueConstraint(
                fields=("inspection", "reference"),
                name="finding_reference_is_unique_in_its_inspection",
                violation_error_message="The inspection already has a finding with that reference.",
            )
        ]

    def __str__(self):
        return f"{self.reference} {self.wording}"[:120]

    def natural_key(self):
        return (self.inspection.slug, self.reference)

    @property
    def is_in_circulation(self):
        return self.inspection.is_in_circulation
