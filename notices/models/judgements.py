from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from improvement.records.columns import SOURCE_HELP
from notices.inspections.grades import Grade
from notices.models.inspections import NOTE_HELP, Inspection

GRADES = [(grade.value, grade.label) for grade in Grade]


class CategoryManager(models.Manager):
    def get_by_natural_key(self, group, name):
        return self.get(group=group, name=name)


class Category(models.Model):
    """A name of ours for what inspections judge under names of their own, which change. Kept in the admin.

    Judgements of two inspections are compared only where both are mapped to the same category.
    """

    group = models.CharField(max_length=100, help_text="The subject judged, for example “Safeguarding”.")
    position = models.PositiveSmallIntegerField(help_text="Its place in the list of categories.")
    name = models.CharField(
        max_length=150, help_text="Our name for the category, for example “Performance management”."
    )
    history = HistoricalRecords()

    objects = CategoryManager()

    class Meta:
        ordering = ("position", "group", "name")
        verbose_name_plural = "categories"
        constraints = [
            models.UniqueConstraint(
                fields=("group", "name"),
                name="category_name_is_unique_in_its_group",
                violation_error_message="The group already has a category of that name.",
            )
        ]

    def __str__(self):
        return f"{self.group}: {self.name}"

    def natural_key(self):
        return (self.group, self.name)


class PositionManager(models.Manager):
    """Finds a line of an inspection by the inspection's slug and its place."""

    def get_by_natural_key(self, inspection, position):
        return self.get(inspection__slug=inspection, position=position)


class Judgement(models.Model):
    """One line of an inspection's judgements, as printed, with its grade or none. Kept in the admin.

    Lines without a grade are headings. Read in the order of `position` they are the tree from top to bottom.
    """

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="judgements", help_text="The inspection that made it."
    )
    position = models.PositiveSmallIntegerField(help_text="Its place in the printed order, from the top.")
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text="The line that it is printed under. Leave empty for a top line.",
    )
    name = models.CharField(max_length=200, help_text="Word for word from the inspection.")
    grade = models.CharField(
        max_length=20, choices=GRADES, blank=True, help_text="Leave empty for a heading, or if there is no grade."
    )
    grade_as_printed = models.CharField(
        max_length=100, blank=True, help_text="The grade, word for word from the source."
    )
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="judgements",
        help_text="The category to compare it in. Leave empty if it should not be compared.",
    )
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    note = models.TextField(blank=True, help_text=NOTE_HELP)
    history = HistoricalRecords()

    objects = PositionManager()

    class Meta:
        ordering = ("inspection", "position")
        constraints = [
            models.UniqueConstraint(
                fields=("inspection", "position"),
                name="judgement_position_is_unique_in_its_inspection",
                violation_error_message="The inspection already has a judgement in that place.",
            ),
            models.UniqueConstraint(
                fields=("inspection", "category"),
                name="judgement_category_stands_once_in_its_inspection",
                violation_error_message="Another judgement of the inspection is mapped to that category.",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="judgement_does_not_stand_under_itself",
                violation_error_message="A judgement cannot be under itself.",
            ),
            models.CheckConstraint(
                condition=Q(grade="") | ~Q(grade_as_printed=""),
                name="judgement_grade_is_read_from_what_is_printed",
                violation_error_message="Give the grade as the source prints it.",
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.grade_as_printed}" if self.grade_as_printed else self.name

    def natural_key(self):
        return (self.inspection.slug, self.position)

    def clean(self):
        """Keep the tree one: under a line of the same inspection that is printed before it."""
        if self.parent is None or self.inspection_id is None or self.position is None:
            return
        if self.parent.inspection_id != self.inspection_id:
            raise ValidationError({"parent": "Choose a line of the same inspection."})
        if self.parent.position >= self.position:
            raise ValidationError({"parent": "Choose a line printed before this one."})


class ReportedStatement(models.Model):
    """What a source says of an inspection without naming a judgement or grade. Kept in the admin.

    A source may only count ("six of the nine categories" [004]): the count is kept as reported, and is never turned
    into judgements.
    """

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="statements", help_text="The inspection that the statement is about."
    )
    position = models.PositiveSmallIntegerField(help_text="Its place in the list of statements.")
    wording = models.TextField(help_text="Word for word from the source.")
    counted = models.PositiveSmallIntegerField(
        "how many",
        null=True,
        blank=True,
        help_text="If the source gives a count, for example the six of “six of the nine”.",
    )
    total = models.PositiveSmallIntegerField(
        "of how many",
        null=True,
        blank=True,
        help_text="If the source gives a count, for example the nine of “six of the nine”.",
    )
    what = models.CharField(
        "of what", max_length=150, blank=True, help_text="What is counted, for example “categories improved”."
    )
    source = models.CharField(max_length=200, help_text=SOURCE_HELP)
    note = models.TextField(blank=True, help_text=NOTE_HELP)
    history = HistoricalRecords()

    objects = PositionManager()

    class Meta:
        ordering = ("inspection", "position")
        constraints = [
            models.UniqueConstraint(
                fields=("inspection", "position"),
                name="statement_position_is_unique_in_its_inspection",
                violation_error_message="The inspection already has a statement in that place.",
            ),
            models.CheckConstraint(
                condition=Q(counted__isnull=True, total__isnull=True, what="")
                | (Q(counted__isnull=False, total__isnull=False, counted__lte=F("total")) & ~Q(what="")),
                name="statement_counts_so_many_of_so_many_of_something",
                violation_error_message="A count needs how many, of how many (no fewer) and of what.",
            ),
        ]

    def __str__(self):
        return self.wording[:120]

    def natural_key(self):
        return (self.inspection.slug, self.position)
