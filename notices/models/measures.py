from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models import User
from improvement.records.columns import SOURCE_HELP
from improvement.records.references import OrderField
from notices.models.notice import Target
from notices.targets import periods, values
from notices.targets.milestones import Basis, Better, Kind

BASES = [(basis.value, basis.label) for basis in Basis]
COUNCIL = "council"


def number(verbose_name=None, **kwargs):
    """Return the field of a value: up to three decimal places, exact."""
    return models.DecimalField(verbose_name, max_digits=12, decimal_places=3, null=True, blank=True, **kwargs)


class IndicatorManager(models.Manager):
    def get_by_natural_key(self, notice, target, reference):
        return self.get(target__notice__slug=notice, target__reference=target, reference=reference)


class Indicator(models.Model):
    """What a target is measured by, for everyone or for one group. Kept in the admin and by the import."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="indicators", help_text="The target it belongs to.")
    position = models.PositiveSmallIntegerField(default=1, help_text="Its place in the target’s list.")
    reference = models.CharField(max_length=30, help_text="Its name in files, for example “NI 59” or “NI 102 A”.")
    reference_order = OrderField()
    name = models.CharField(max_length=250, help_text="What is measured, in words.")
    subgroup = models.CharField(max_length=100, blank=True, help_text="For example, a school or a group of pupils.")
    unit = models.CharField(max_length=40, help_text="For example, “%”, “percentage points” or “schools”.")
    better = models.CharField(
        max_length=6,
        choices=[(item.value, item.label) for item in Better],
        help_text="Whether higher or lower is better.",
    )
    decides = models.BooleanField(default=False, help_text="Tick if this indicator decides the target. Only one can.")
    is_own = models.BooleanField(
        "own standard",
        default=False,
        help_text="Tick if its milestones are the council’s own standard, which is not part of the Notice.",
    )
    floor = number(
        help_text="The level that a source says no council, school or group may fall below, or rise above where lower "
        "is better. Leave empty if no source states one."
    )
    floor_source = models.CharField(
        "floor's source", max_length=200, blank=True, help_text="The source that states the floor, in its own words."
    )
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    note = models.TextField(blank=True, help_text="Any discrepancy in the source. Record it and do not correct it.")
    history = HistoricalRecords(excluded_fields=["reference_order"])

    objects = IndicatorManager()

    class Meta:
        ordering = ("target", "position", "reference_order")
        constraints = [
            models.UniqueConstraint(
                fields=("target", "reference"),
                name="indicator_reference_is_unique_in_its_target",
                violation_error_message="The target already has an indicator of that name.",
            ),
            models.CheckConstraint(
                condition=~Q(is_own=True, decides=True),
                name="indicator_of_an_own_standard_decides_nothing",
                violation_error_message="An own standard decides nothing of the Notice.",
            ),
            models.CheckConstraint(
                condition=Q(floor__isnull=True, floor_source="") | (Q(floor__isnull=False) & ~Q(floor_source="")),
                name="indicator_floor_names_its_source",
                violation_error_message="A floor and the source that states it belong together.",
            ),
            models.UniqueConstraint(
                fields=("target",),
                condition=Q(decides=True),
                name="target_is_decided_by_one_indicator",
                violation_error_message="Another indicator already decides this target.",
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.name}"[:120]

    def natural_key(self):
        return (*self.target.natural_key(), self.reference)

    @property
    def floor_words(self):
        """The floor with the unit and the source that states it; empty where none does."""
        return values.floor(self.floor, self.unit, self.floor_source)


class MilestoneManager(models.Manager):
    def get_by_natural_key(self, notice, target, indicator, position):
        return self.get(
            indicator__target__notice__slug=notice,
            indicator__target__reference=target,
            indicator__reference=indicator,
            position=position,
        )


class Milestone(models.Model):
    """A step that an indicator is to reach in one period, on one basis. Kept in the admin and by the import.

    What somebody states of a judged one is written by `notices.targets.results.judge` alone.
    """

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="milestones", help_text="The indicator that has to reach it."
    )
    position = models.PositiveSmallIntegerField(help_text="Its place in the Notice’s order.")
    wording = models.CharField(max_length=250, help_text="Word for word from the Notice.")
    kind = models.CharField(
        max_length=6, choices=[(item.value, item.label) for item in Kind], help_text="How it is judged."
    )
    basis = models.CharField(max_length=15, choices=BASES, help_text="How the value covers its period.")
    period_start = models.DateField(help_text="The first day of its period.")
    period_end = models.DateField(help_text="The last day of its period.")
    threshold = number(help_text="The level or the change to reach. Leave empty for a judged milestone.")
    baseline = number(help_text="For a change, the value to count from. Leave empty if the Notice does not give one.")
    expected_on = models.DateField(
        null=True, blank=True, help_text="When the result is expected, if later than the end of the period."
    )
    judged = models.BooleanField(
        null=True, blank=True, editable=False, help_text="For a judged milestone, whether it is met."
    )
    judged_reason = models.TextField(blank=True, editable=False)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True, editable=False)
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    note = models.TextField(blank=True, help_text="Any discrepancy in the source. Record it and do not correct it.")
    history = HistoricalRecords()

    objects = MilestoneManager()

    class Meta:
        ordering = ("indicator", "position")
        constraints = [
            models.UniqueConstraint(
                fields=("indicator", "position"),
                name="milestone_position_is_unique_in_its_indicator",
                violation_error_message="The indicator already has a milestone in that place.",
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="milestone_period_ends_after_it_starts",
                violation_error_message="The period cannot end before it starts.",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.JUDGED, threshold__isnull=True)
                | (~Q(kind=Kind.JUDGED) & Q(threshold__isnull=False)),
                name="milestone_has_a_threshold_unless_it_is_judged",
                violation_error_message="A level or a change needs its threshold; a judged milestone has none.",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.CHANGE) | Q(baseline__isnull=True),
                name="milestone_has_a_baseline_only_for_a_change",
                violation_error_message="Only a change is counted from a baseline.",
            ),
            models.CheckConstraint(
                condition=Q(judged__isnull=True, judged_by__isnull=True, judged_at__isnull=True, judged_reason="")
                | (
                    Q(kind=Kind.JUDGED, judged__isnull=False, judged_by__isnull=False, judged_at__isnull=False)
                    & ~Q(judged_reason="")
                ),
                name="milestone_is_judged_by_someone_with_a_reason",
                violation_error_message="A judgement needs who, when and the reason.",
            ),
        ]

    def __str__(self):
        return f"{self.indicator.reference}: {self.wording}"

    def natural_key(self):
        return (*self.indicator.natural_key(), self.position)

    @property
    def period(self):
        return periods.label(self.period_start, self.period_end, Basis(self.basis))

    @property
    def words(self):
        """What is to be reached; empty for a judged one, of which the wording says it."""
        return values.with_unit(self.threshold, self.indicator.unit) if self.threshold is not None else ""


class Result(models.Model):
    """One value as one source reports it, of the council or of a comparator. Never changed: added to.

    Written by `notices.targets.results.record` and `confirm` alone. A confirmed value stands beside the provisional one
    that it confirms. What a source prints where it cannot mean it stands in `as_printed` with the reason in
    `discrepancy`.
    """

    class Subject(models.TextChoices):
        COUNCIL = COUNCIL, "The council"
        NATIONAL = "national", "National"
        NEIGHBOURS = "neighbours", "Statistical neighbours"

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="results")
    subject = models.CharField(max_length=12, choices=Subject, default=Subject.COUNCIL)
    basis = models.CharField(max_length=15, choices=BASES)
    period_start = models.DateField()
    period_end = models.DateField()
    value = number()
    low = number()
    high = number()
    numerator = number()
    denominator = number()
    is_provisional = models.BooleanField("provisional", default=True)
    expected_on = models.DateField(
        "confirmed value expected on", null=True, blank=True, help_text="If the source says so."
    )
    confirms = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="confirmations")
    breaks_series = models.BooleanField("break in series", default=False)
    source = models.CharField(max_length=200)
    source_on = models.DateField("source's date", help_text="The value is known from this day.")
    as_printed = models.CharField(max_length=200, blank=True)
    discrepancy = models.TextField(blank=True)
    note = models.TextField(blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("indicator", "subject", "period_end", "basis", "source_on", "pk")
        indexes = [
            models.Index(
                fields=("indicator", "subject", "basis", "period_start", "period_end"), name="result_of_a_period"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="result_period_ends_after_it_starts",
                violation_error_message="The period cannot end before it starts.",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(low__isnull=False),
                name="result_holds_a_value_or_a_range",
                violation_error_message="Give a value, a range, or both.",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True, high__isnull=True)
                | (Q(low__isnull=False, high__isnull=False) & Q(high__gte=F("low"))),
                name="result_range_has_both_ends_in_order",
                violation_error_message="A range needs both its ends, the lower first.",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True)
                | Q(low__isnull=True)
                | (Q(low__lte=F("value")) & Q(high__gte=F("value"))),
                name="result_value_lies_in_its_range",
                violation_error_message="The value must lie within its range.",
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__gt=0),
                name="result_numerator_stands_with_its_denominator",
                violation_error_message="A numerator and a denominator above zero belong together.",
            ),
            models.CheckConstraint(
                condition=Q(as_printed="", discrepancy="") | (~Q(as_printed="") & ~Q(discrepancy="")),
                name="result_discrepancy_quotes_and_explains",
                violation_error_message="Give what the source prints and why it cannot mean it.",
            ),
            models.CheckConstraint(
                condition=Q(expected_on__isnull=True) | Q(is_provisional=True),
                name="result_is_expected_to_be_confirmed_while_provisional",
                violation_error_message="A confirmed value cannot have an expected date.",
            ),
            models.UniqueConstraint(
                fields=("indicator", "subject", "basis", "period_start", "period_end"),
                condition=Q(is_provisional=False),
                name="result_is_confirmed_once",
                violation_error_message="This period already has a confirmed value.",
            ),
            models.UniqueConstraint(
                fields=("indicator", "subject", "basis", "period_start", "period_end", "source_on"),
                condition=Q(is_provisional=True),
                name="result_is_provisional_once_a_source_date",
                violation_error_message="This period already has a provisional value of that date.",
            ),
        ]

    def __str__(self):
        return f"{self.indicator.reference} {self.period_start:%-d %b %Y} to {self.period_end:%-d %b %Y}"

    @property
    def period(self):
        return periods.label(self.period_start, self.period_end, Basis(self.basis))

    @property
    def words(self):
        """The value, its range, or both, with the unit."""
        return values.words(self.value, self.low, self.high, self.indicator.unit)

    @property
    def fraction(self):
        """The numerator of the denominator; empty where they are not known."""
        if self.denominator is None:
            return ""
        return f"{values.plain(self.numerator)} of {values.plain(self.denominator)}"

    @property
    def bounds(self):
        """The range that decides: that of the result, or its single value twice."""
        return (self.low, self.high) if self.low is not None else (self.value, self.value)
