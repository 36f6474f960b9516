from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models import Post
from improvement.records.columns import SOURCE_HELP, Addressed, ReferenceManager, SlugManager


class Notice(Addressed):
    """An Improvement Notice. Kept in the admin."""

    slug = models.SlugField(unique=True, help_text="The Notice’s name in web addresses, for example “leeds”.")
    title = models.CharField(max_length=200, help_text="The title at the top of its pages.")
    issuer = models.CharField(max_length=200, help_text="The person or body that issued it.")
    issued_on = models.DateField(null=True, blank=True, help_text="Leave empty if not known.")
    ends_on = models.DateField(null=True, blank=True, help_text="The end of its term. It can be lifted earlier.")
    extended_to = models.DateField(
        null=True, blank=True, help_text="The new end of its term, if it was extended. Keep the first end date above."
    )
    lifted_on = models.DateField(null=True, blank=True, help_text="Leave empty until the Notice is lifted.")
    recommended_on = models.DateField(
        "lifting recommended on", null=True, blank=True, help_text="The day someone recommended lifting it."
    )
    recommended_by = models.CharField(
        max_length=200, blank=True, help_text="The post or seat that recommended it, for example the independent chair."
    )
    recommendation = models.TextField(blank=True, help_text="The recommendation, word for word.")
    recommendation_source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    consequences = models.TextField(
        blank=True, help_text="What may happen if the Notice is not met, word for word from the Notice or a source."
    )
    lifting_condition = models.TextField(
        "condition for lifting it early",
        blank=True,
        help_text="When it can be lifted before its end, word for word from the Notice or a source.",
    )
    document = models.URLField(blank=True, help_text="Web address of the document.")
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    history = HistoricalRecords()

    objects = SlugManager()

    class Meta:
        ordering = ("title",)
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(issued_on__isnull=True) | Q(ends_on__gt=F("issued_on")),
                name="notice_ends_after_it_is_issued",
                violation_error_message="The Notice must end after it is issued.",
            ),
            models.CheckConstraint(
                condition=Q(extended_to__isnull=True) | Q(ends_on__isnull=False, extended_to__gt=F("ends_on")),
                name="notice_is_extended_beyond_its_end",
                violation_error_message="An extension needs the first end date and must be later than it.",
            ),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True) | Q(issued_on__isnull=True) | Q(lifted_on__gt=F("issued_on")),
                name="notice_is_lifted_after_it_is_issued",
                violation_error_message="The Notice cannot be lifted before it is issued.",
            ),
            models.CheckConstraint(
                condition=Q(recommended_on__isnull=True, recommended_by="", recommendation="", recommendation_source="")
                | (
                    Q(recommended_on__isnull=False)
                    & ~Q(recommended_by="")
                    & ~Q(recommendation="")
                    & ~Q(recommendation_source="")
                ),
                name="notice_is_recommended_by_someone_on_a_day_in_words",
                violation_error_message="A recommendation needs its day, who made it, its words and its source.",
            ),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.slug,)

    @property
    def is_in_circulation(self):
        """Whether a month of a plan that answers it was published, or a report on it issued."""
        return (
            self.plans.filter(months__published_at__isnull=False).exists()
            or self.interim_reports.filter(issued_at__isnull=False).exists()
        )


class NoticeVersionManager(models.Manager):
    def get_by_natural_key(self, notice, position):
        return self.get(notice__slug=notice, position=position)


class NoticeVersion(models.Model):
    """A stage of a Notice on its way: announced, drafted, agreed. Kept in the admin."""

    class State(models.TextChoices):
        MINDED = "minded", "Minded to issue"
        DRAFT = "draft", "Draft"
        AGREED = "agreed", "Agreed"

    notice = models.ForeignKey(
        Notice, models.CASCADE, related_name="versions", help_text="The Notice that the version belongs to."
    )
    position = models.PositiveSmallIntegerField(help_text="Its place in the list of versions, earliest first.")
    state = models.CharField(max_length=6, choices=State, help_text="Whether it was announced, a draft or agreed.")
    dated_on = models.DateField(null=True, blank=True, help_text="Leave empty if not known.")
    summary = models.TextField(help_text="Why it was made, and what changed.")
    document = models.URLField(blank=True, help_text="Web address of this version.")
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)

    objects = NoticeVersionManager()

    class Meta:
        ordering = ("notice", "position")
        constraints = [
            models.UniqueConstraint(
                fields=("notice", "position"),
                name="version_position_is_unique_in_its_notice",
                violation_error_message="The Notice already has a version in that place.",
            )
        ]

    def __str__(self):
        return f"{self.notice}, {self.get_state_display().lower()}"

    def natural_key(self):
        return (self.notice.slug, self.position)


class AreaManager(models.Manager):
    def get_by_natural_key(self, notice, name):
        return self.get(notice__slug=notice, name=name)


class Area(models.Model):
    """A part of a Notice, such as safeguarding, under which its targets stand. Kept in the admin."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="areas", help_text="The Notice that it belongs to.")
    position = models.PositiveSmallIntegerField(help_text="Its place in the Notice’s order.")
    name = models.CharField(max_length=200, help_text="Word for word from the Notice.")
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)

    objects = AreaManager()

    class Meta:
        ordering = ("notice", "position")
        constraints = [
            models.UniqueConstraint(
                fields=("notice", "name"),
                name="area_name_is_unique_in_its_notice",
                violation_error_message="The Notice already has an area of that name.",
            )
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.notice.slug, self.name)


class EndVerdict(models.TextChoices):
    """What became of a target at the end; separate from any rating and not settled by a number alone."""

    ACHIEVED = "achieved", "Achieved"
    WELL_ON_THE_WAY = "well-on-the-way", "Well on the way"
    NOT_MET = "not-met", "Not met"
    NOT_STATED = "not-stated", "Not stated"


class TargetManager(ReferenceManager):
    parent = "notice"


class Target(Addressed):
    """One line of a Notice, word for word, in the Notice's order. Kept in the admin."""

    in_addresses = ("reference", "notice")

    class Kind(models.TextChoices):
        MEASURED = "measured", "Measured"
        NARRATIVE = "narrative", "Narrative"

    notice = models.ForeignKey(
        Notice, models.PROTECT, related_name="targets", help_text="The Notice that it belongs to."
    )
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        related_name="targets",
        null=True,
        blank=True,
        help_text="The area of the Notice that it belongs to.",
    )
    position = models.PositiveSmallIntegerField(help_text="Its place in the Notice’s order.")
    reference = models.CharField(
        max_length=10,
        validators=[
            RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9.-]*$", "Use letters, digits, full stops and hyphens only.")
        ],
        help_text="For example, “N01”. It is part of web addresses.",
    )
    kind = models.CharField(
        max_length=10, choices=Kind, help_text="Whether it is measured by a national indicator or judged in words."
    )
    wording = models.TextField(help_text="Word for word from the Notice, or from the report on it.")
    owner_post = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
        help_text="The post that is responsible for it.",
    )
    end_verdict = models.CharField(
        max_length=20,
        choices=EndVerdict,
        default=EndVerdict.NOT_STATED,
        help_text="The final verdict that a source states.",
    )
    end_verdict_source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    end_verdict_on = models.DateField(null=True, blank=True, help_text="The date of the source.")
    narrative_wording = models.TextField(
        "what the narrative says",
        blank=True,
        help_text="What a report says about whether the target was met, word for word. This is not the final verdict.",
    )
    narrative_source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    held_wording = models.TextField(
        "how long it has held", blank=True, help_text="What a source says about how long it has held, word for word."
    )
    held_since = models.DateField(
        null=True, blank=True, help_text="The date it has held since, if the source gives one."
    )
    held_source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    note = models.TextField(blank=True, help_text="Any discrepancy in the source. Record it and do not correct it.")
    history = HistoricalRecords()

    objects = TargetManager()

    class Meta:
        ordering = ("notice", "position")
        constraints = [
            models.UniqueConstraint(
                fields=("notice", "reference"),
                name="target_reference_is_unique_in_its_notice",
                violation_error_message="The Notice already has a target with that reference.",
            ),
            models.CheckConstraint(
                condition=Q(end_verdict_on__isnull=True) | ~Q(end_verdict=EndVerdict.NOT_STATED),
                name="target_end_verdict_is_stated_on_its_day",
                violation_error_message="An end verdict that is not stated has no day.",
            ),
            models.CheckConstraint(
                condition=Q(narrative_wording="", narrative_source="")
                | (~Q(narrative_wording="") & ~Q(narrative_source="")),
                name="target_narrative_names_its_source",
                violation_error_message="What the narrative says needs the source’s words and their source.",
            ),
            models.CheckConstraint(
                condition=Q(held_wording="", held_source="", held_since__isnull=True)
                | (~Q(held_wording="") & ~Q(held_source="")),
                name="target_holds_in_the_words_of_a_source",
                violation_error_message="How long it has held needs the source’s words and their source.",
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.wording}"[:120]

    def natural_key(self):
        return (self.notice.slug, self.reference)

    @property
    def is_in_circulation(self):
        return self.notice.is_in_circulation
