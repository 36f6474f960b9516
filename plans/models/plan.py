from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models import Post, User
from improvement.records.columns import SOURCE_HELP, Addressed, SlugManager
from notices.models import Notice
from plans import calendar
from plans.ratings import Rating

RATING_CHOICES = [(rating.value, rating.label) for rating in Rating]


class Plan(Addressed):
    """An Improvement Plan. Kept in the admin; its programme office opens and publishes its months."""

    slug = models.SlugField(unique=True, help_text="The plan’s name in web addresses, for example “leeds”.")
    title = models.CharField(max_length=200, help_text="The title at the top of its pages.")
    council = models.CharField(max_length=150, help_text="The council whose plan it is.")
    notice = models.ForeignKey(
        Notice,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        help_text="The Notice that the plan answers.",
    )
    programme_office = models.ManyToManyField(
        User, blank=True, related_name="plans_run", help_text="The people who open, chase and publish each month."
    )
    caveat = models.TextField(
        blank=True,
        help_text="One sentence shown on every page, export and print, for example to say what is illustrative.",
    )
    predecessor = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="successor",
        help_text="The plan whose outstanding recommendations it took over. Set when a plan is succeeded on its page.",
    )
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    history = HistoricalRecords()

    objects = SlugManager()

    class Meta:
        ordering = ("title",)

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.slug,)

    @property
    def posts(self):
        """The posts with a part in the plan: they lead, are accountable, or write on an area of focus."""
        return Post.objects.filter(
            Q(pk__in=self.recommendations.values("lead_post"))
            | Q(pk__in=self.recommendations.values("outcome__accountable_post"))
            | Q(pk__in=self.areas.values("leading_post"))
        )

    @property
    def is_in_circulation(self):
        return self.months.filter(published_at__isnull=False).exists()


class RatingDefinition(models.Model):
    """The plan's own wording of one rating that it offers. Kept in the admin."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="rating_definitions")
    rating = models.CharField(max_length=10, choices=RATING_CHOICES)
    wording = models.CharField(max_length=300, help_text="Shown wherever people choose or read the rating.")
    history = HistoricalRecords()

    class Meta:
        ordering = ("plan", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("plan", "rating"),
                name="rating_is_defined_once_in_a_plan",
                violation_error_message="The plan already defines this rating.",
            )
        ]

    def __str__(self):
        return f"{self.get_rating_display()}: {self.wording}"


class PlanSource(models.Model):
    """What a plan drew on besides the targets and findings that it answers one by one. Kept with the plan.

    Coverage lists it, so that nobody takes what is traced for all that the plan answers.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sources")
    position = models.PositiveSmallIntegerField(help_text="Its place in the list.")
    title = models.CharField(max_length=200, help_text="For example, “Children and Young People’s Plan”.")
    content = models.TextField(
        "what is known of its content", blank=True, help_text="Leave empty if its content is not known."
    )
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)

    class Meta:
        ordering = ("plan", "position")
        constraints = [
            models.UniqueConstraint(
                fields=("plan", "position"),
                name="source_position_is_unique_in_its_plan",
                violation_error_message="The plan already has a source in that place.",
            )
        ]

    def __str__(self):
        return self.title


class ThemeManager(models.Manager):
    def get_by_natural_key(self, plan, number):
        return self.get(plan__slug=plan, number=number)


class Theme(models.Model):
    """One of a plan's themes ([000] 4.2 names five). Kept in the admin."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="themes", help_text="The plan that it belongs to.")
    number = models.PositiveSmallIntegerField(help_text="Its place in the plan.")
    title = models.CharField(max_length=200, help_text="Word for word from the plan.")
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    note = models.TextField(blank=True, help_text="Any differences between the sources.")
    history = HistoricalRecords()

    objects = ThemeManager()

    class Meta:
        ordering = ("plan", "number")
        constraints = [
            models.UniqueConstraint(
                fields=("plan", "number"),
                name="theme_number_is_unique_in_its_plan",
                violation_error_message="The plan already has a theme of that number.",
            )
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"

    def natural_key(self):
        return (self.plan.slug, self.number)


class OutcomeManager(models.Manager):
    def get_by_natural_key(self, plan, theme, number):
        return self.get(theme__plan__slug=plan, theme__number=theme, number=number)


class Outcome(models.Model):
    """What a theme is to achieve; “lead accountability has been identified” for each [000]. Kept in the admin."""

    theme = models.ForeignKey(Theme, models.PROTECT, related_name="outcomes", help_text="The theme that it belongs to.")
    number = models.PositiveSmallIntegerField(help_text="Its place in the theme.")
    title = models.CharField(max_length=250, help_text="What the plan aims to achieve.")
    accountable_post = models.ForeignKey(
        Post,
        models.PROTECT,
        related_name="outcomes",
        help_text="The post that signs off updates under this outcome.",
    )
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    history = HistoricalRecords()

    objects = OutcomeManager()

    class Meta:
        ordering = ("theme", "number")
        constraints = [
            models.UniqueConstraint(
                fields=("theme", "number"),
                name="outcome_number_is_unique_in_its_theme",
                violation_error_message="The theme already has an outcome of that number.",
            )
        ]

    def __str__(self):
        return f"{self.theme.number}.{self.number} {self.title}"

    def natural_key(self):
        return (self.theme.plan.slug, self.theme.number, self.number)


class RevisionManager(models.Manager):
    def get_by_natural_key(self, plan, title):
        return self.get(plan__slug=plan, title=title)


class Revision(models.Model):
    """A refresh of the plan that the Board agreed on a day [001] 3.3.1. Kept in the admin, or made of a Refresh."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="revisions", help_text="The plan that was refreshed.")
    title = models.CharField(max_length=200, help_text="For example, “Refresh of September 2010”.")
    agreed_on = models.DateField(help_text="The day on which the Board agreed it.")
    summary = models.TextField(blank=True, help_text="What changed, in a few sentences.")
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    history = HistoricalRecords()

    objects = RevisionManager()

    class Meta:
        ordering = ("plan", "agreed_on")

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.plan.slug, self.title)


class AreaOfFocusQuerySet(models.QuerySet):
    def get_by_natural_key(self, plan, letter):
        return self.get(plan__slug=plan, letter=letter)

    def in_month(self, month):
        """What `month` (its first day) reports on."""
        return self.filter(from_on__lt=calendar.after(month)).exclude(to_on__lt=month)


class AreaOfFocus(models.Model):
    """An area that cuts across the themes; six were agreed in September 2010 [001] 3.3.5. Kept in the admin."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="areas", help_text="The plan that it belongs to.")
    letter = models.CharField(
        max_length=1,
        validators=[RegexValidator("^[A-Z]$", "Enter one capital letter.")],
        help_text="One capital letter.",
    )
    title = models.CharField(max_length=150, help_text="Word for word from the plan.")
    leading_post = models.ForeignKey(
        Post,
        models.PROTECT,
        related_name="areas_of_focus",
        help_text="The post that writes its monthly update.",
    )
    from_on = models.DateField("from", help_text="The first day of the first month that reports on it.")
    to_on = models.DateField(
        "to", null=True, blank=True, help_text="The last month that reports on it. Leave empty if there is no end date."
    )
    revision = models.ForeignKey(
        Revision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="areas",
        help_text="The revision that introduced it. Leave empty if it was in the plan from the beginning.",
    )
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    history = HistoricalRecords()

    objects = AreaOfFocusQuerySet.as_manager()

    class Meta:
        ordering = ("plan", "letter")
        verbose_name = "area of focus"
        verbose_name_plural = "areas of focus"
        constraints = [
            models.UniqueConstraint(
                fields=("plan", "letter"),
                name="area_of_focus_letter_is_unique_in_its_plan",
                violation_error_message="The plan already has an area of focus of that letter.",
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="area_of_focus_ends_after_it_begins",
                violation_error_message="An area of focus cannot end before it begins.",
            ),
        ]

    def __str__(self):
        return f"{self.letter}. {self.title}"

    def natural_key(self):
        return (self.plan.slug, self.letter)
