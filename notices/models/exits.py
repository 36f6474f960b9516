from django.db import models
from simple_history.models import HistoricalRecords

from improvement.records.columns import SOURCE_HELP
from notices.models.inspections import NOTE_HELP
from notices.models.judgements import Category
from notices.models.notice import Notice, Target

WORDING_HELP = "Word for word from the source."


class PlaceInNotice(models.Manager):
    """Finds a line of a Notice by the Notice's slug and its place."""

    def get_by_natural_key(self, notice, position):
        return self.get(notice__slug=notice, position=position)


class SustainabilityFactor(models.Model):
    """What the chair holds essential for a change that lasts, with what bears on it. Kept in the admin."""

    notice = models.ForeignKey(
        Notice, models.CASCADE, related_name="sustainability_factors", help_text="The Notice that may be lifted."
    )
    position = models.PositiveSmallIntegerField(help_text="Its place in the chair’s order.")
    wording = models.TextField(help_text=WORDING_HELP)
    source = models.CharField(max_length=200, help_text=SOURCE_HELP)
    note = models.TextField(blank=True, help_text="How the evidence supports it, and any gaps.")
    targets = models.ManyToManyField(
        Target,
        blank=True,
        related_name="sustainability_factors",
        help_text="The targets related to it.",
    )
    categories = models.ManyToManyField(
        Category,
        blank=True,
        related_name="sustainability_factors",
        help_text="The categories of judgement related to it. Their grades are shown beside it.",
    )
    history = HistoricalRecords(m2m_fields=[targets, categories])

    objects = PlaceInNotice()

    class Meta:
        ordering = ("notice", "position")
        constraints = [
            models.UniqueConstraint(
                fields=("notice", "position"),
                name="factor_position_is_unique_in_its_notice",
                violation_error_message="The Notice already has a factor in that place.",
            )
        ]

    def __str__(self):
        return self.wording[:120]

    def natural_key(self):
        return (self.notice.slug, self.position)


class FactorEvidenceManager(models.Manager):
    def get_by_natural_key(self, notice, factor, position):
        return self.get(factor__notice__slug=notice, factor__position=factor, position=position)


class FactorEvidence(models.Model):
    """What a source says that bears on a factor, at the beginning or now. Kept in the admin."""

    class Stage(models.TextChoices):
        THEN = "then", "At the beginning"
        NOW = "now", "Now"

    factor = models.ForeignKey(
        SustainabilityFactor, models.CASCADE, related_name="evidence", help_text="The factor that it supports."
    )
    position = models.PositiveSmallIntegerField(help_text="Its place in the factor’s list.")
    stage = models.CharField(max_length=4, choices=Stage, help_text="When the source says it applies.")
    wording = models.TextField(help_text=WORDING_HELP)
    source = models.CharField(max_length=200, help_text=SOURCE_HELP)
    note = models.TextField(blank=True, help_text=NOTE_HELP)
    history = HistoricalRecords()

    objects = FactorEvidenceManager()

    class Meta:
        ordering = ("factor", "position")
        verbose_name_plural = "factor evidence"
        constraints = [
            models.UniqueConstraint(
                fields=("factor", "position"),
                name="evidence_position_is_unique_in_its_factor",
                violation_error_message="The factor already has evidence in that place.",
            )
        ]

    def __str__(self):
        return self.wording[:120]

    def natural_key(self):
        return (*self.factor.natural_key(), self.position)


class Continuation(models.Model):
    """What a source says will carry on after the Notice, and who is to own it. Kept in the admin."""

    notice = models.ForeignKey(
        Notice, models.CASCADE, related_name="continuations", help_text="The Notice that it continues after."
    )
    position = models.PositiveSmallIntegerField(help_text="Its place in the list.")
    wording = models.TextField(help_text=WORDING_HELP)
    owner = models.CharField(
        max_length=200, blank=True, help_text="The owner, according to the source. Leave empty if not stated."
    )
    source = models.CharField(max_length=200, help_text=SOURCE_HELP)
    note = models.TextField(blank=True, help_text=NOTE_HELP)
    targets = models.ManyToManyField(
        Target,
        blank=True,
        related_name="continuations",
        help_text="The targets that it continues. Leave empty if it covers the whole Notice.",
    )
    history = HistoricalRecords(m2m_fields=[targets])

    objects = PlaceInNotice()

    class Meta:
        ordering = ("notice", "position")
        constraints = [
            models.UniqueConstraint(
                fields=("notice", "position"),
                name="continuation_position_is_unique_in_its_notice",
                violation_error_message="The Notice already has a continuation in that place.",
            )
        ]

    def __str__(self):
        return self.wording[:120]

    def natural_key(self):
        return (self.notice.slug, self.position)
