"""What a Board reads at a meeting: papers, and the packs that are made of them and kept."""

from django.db import models
from django.db.models import Q

from accounts.models import LONGEST_REASON, User
from boards.models.access import PUBLIC_TITLE_HELP, AccessQuerySet, Restrictable, restricted_with_a_reason
from boards.models.meetings import AgendaItem, Meeting
from improvement.records.columns import NO_CHILD, SOURCE_HELP, paired


class PaperQuerySet(AccessQuerySet):
    def tabled(self):
        return self.filter(tabled_at__isnull=False)

    def released(self, at):
        """What is under no embargo any more at the moment `at`."""
        return self.filter(Q(embargoed_until__isnull=True) | Q(embargoed_until__lte=at))


class Paper(Restrictable):
    """A paper of a meeting: a file, or a page of this product. Written by `boards.papers` alone.

    A draft is seen by the programme office only; once tabled the Board sees it, under an embargo from its end on.
    Restricted, for a reason, it is not for the public, and not for observers either where it excludes them: they see
    its place, its public title and the reason. Under embargo it is “to follow”.
    """

    class Page(models.TextChoices):
        MINUTES = "minutes", "The minutes of the last meeting"
        DASHBOARD = "dashboard", "The dashboard of the month"
        NOTICE = "notice", "The targets of the Notice"
        INTERIM = "interim", "The interim report to the department"
        ACTIONS = "actions", "The action log"
        CHALLENGES = "challenges", "The challenge log"
        REVISION = "revision", "The change log of the last revision of the plan"
        # By their `Report.Kind`.
        CHAIR = "chair", "The chair’s bi-monthly report"
        COUNCIL = "council", "The council’s quarterly update"
        LETTER = "letter", "The chair’s letter"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="papers")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    public_title = models.CharField(max_length=200, blank=True, help_text=PUBLIC_TITLE_HELP)
    page = models.CharField(
        max_length=12, choices=Page, blank=True, help_text="If the paper is a page of this product."
    )
    file = models.FileField(upload_to="papers", blank=True)
    original_name = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField("size in bytes", null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    embargoed_until = models.DateTimeField("under embargo until", null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    tabled_at = models.DateTimeField(null=True, blank=True)
    tabled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    is_tabled_late = models.BooleanField("tabled after the agenda", default=False)
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    version = models.PositiveIntegerField(default=0)

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ("meeting", "position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=(~Q(page="") & Q(file="")) | (Q(page="") & ~Q(file="")),
                name="paper_is_a_page_or_a_file",
                violation_error_message="A paper is a page of this product or a file, one of the two.",
            ),
            models.CheckConstraint(
                condition=Q(file="", sha256="", size__isnull=True)
                | (~Q(file="") & ~Q(sha256="") & Q(size__isnull=False) & ~Q(original_name="")),
                name="paper_file_has_its_name_size_and_hash",
                violation_error_message="A file needs its name, size and hash.",
            ),
            models.CheckConstraint(
                condition=paired("tabled_at", "tabled_by"),
                name="paper_is_tabled_by_someone",
                violation_error_message="Who tabled the paper and when belong together.",
            ),
            restricted_with_a_reason("paper_without_observers_is_restricted"),
        ]

    def __str__(self):
        return self.title

    @property
    def audience(self):
        """Who reads it once it is tabled and under no embargo, in words."""
        if self.excludes_observers:
            return "The Board only, without observers"
        return "The Board and its observers" if self.is_restricted else "Everyone who can read the Board’s papers"


class CoverSheet(models.Model):
    """The first page of a meeting's pack, in the council's own form [003]. Written by `boards.packs` alone.

    Until somebody writes it, it is drafted from the record (`boards.packs.cover`). A kept pack holds it as it was then.
    What nobody has entered is empty, and is not printed: None is neither yes nor no.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="cover_sheet")
    originator = models.CharField(max_length=150, help_text="The post that prepared the pack.")
    telephone = models.CharField(max_length=50, blank=True)
    report_of = models.CharField("report of", max_length=200, help_text="The post that issues the pack.")
    subject = models.CharField(max_length=250)
    wards = models.CharField("electoral wards affected", max_length=200, blank=True)
    equality = models.TextField("equality and diversity", blank=True)
    cohesion = models.TextField("community cohesion", blank=True)
    narrowing = models.TextField("narrowing the gap", blank=True)
    is_consulted = models.BooleanField("ward members were consulted", null=True, blank=True)
    is_for_call_in = models.BooleanField("eligible for call-in", null=True, blank=True)
    executive_summary = models.TextField(help_text=NO_CHILD)
    recommendations = models.TextField(help_text=NO_CHILD)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("meeting",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(originator="")
                & ~Q(report_of="")
                & ~Q(subject="")
                & ~Q(executive_summary="")
                & ~Q(recommendations=""),
                name="cover_sheet_is_filled_in",
                violation_error_message="A cover sheet needs its originator, subject, summary and recommendations.",
            )
        ]

    def __str__(self):
        return f"Cover sheet, {self.meeting}"


class PackChoice(models.Model):
    """Which sections each audience finds in the pack of a meeting, and of those after it until another choice is made.

    `shown` holds for each audience the keys of the sections, and `names` where the names of people who submitted
    updates are shown too. Written by `boards.packs` alone.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="pack_choice")
    shown = models.JSONField("shown to each audience")
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("meeting",)

    def __str__(self):
        return f"Sections of the pack, {self.meeting}"


class PackOrder(models.Model):
    """That the packs of a meeting are to be made, which takes longer than a page may. It goes with the first pack.

    Whoever makes them claims it, so that nobody else does; one that is killed has claimed it for some minutes only.
    Written by `boards.packs` alone.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="pack_order")
    ordered_at = models.DateTimeField()
    ordered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    claimed_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField("why it failed last", max_length=500, blank=True)

    class Meta:
        ordering = ("ordered_at", "pk")

    def __str__(self):
        return f"Packs to be made, {self.meeting}"


class Pack(models.Model):
    """A pack as it was handed out: kept with its hash, served as it is, never remade. Written by `boards.packs` alone.

    The first pack of a meeting holds everything; a later one is a supplement, with what is new, numbered on. Neither
    is ever changed (`boards.guards`); its files go only where a text in them could identify someone, and it stays to
    say so. It is not served while it names what its audience may not read, or holds what was removed since.
    """

    class Audience(models.TextChoices):
        BOARD = "board", "The Board"
        OBSERVERS = "observers", "Observers"
        PUBLIC = "public", "The public"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="packs")
    audience = models.CharField(max_length=10, choices=Audience)
    number = models.PositiveSmallIntegerField(help_text="1 for the pack itself, more for its supplements.")
    first_page = models.PositiveIntegerField(default=1)
    pages = models.PositiveIntegerField(help_text="How many pages it has with the papers that are bound in.")
    contents = models.JSONField(help_text="The contents, used to work out what is new for the next supplement.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    removed_because = models.CharField("reason for removing its files", max_length=LONGEST_REASON, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("meeting", "audience", "number")
        constraints = [
            models.CheckConstraint(
                condition=paired("removed_at", "removed_by")
                & (
                    Q(removed_at__isnull=True, removed_because="")
                    | (Q(removed_at__isnull=False) & ~Q(removed_because=""))
                ),
                name="pack_is_removed_by_someone_for_a_reason",
                violation_error_message="A removed pack needs who removed it, when and why.",
            ),
            models.UniqueConstraint(
                fields=("meeting", "audience", "number"),
                name="pack_number_is_unique_for_its_audience",
                violation_error_message="The meeting already has a pack of that number.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, first_page__gte=1, pages__gte=1),
                name="pack_is_counted_from_one",
                violation_error_message="A pack, its first page and its pages are counted from 1.",
            ),
        ]

    def __str__(self):
        return f"{self.name} for {self.get_audience_display().lower()}, {self.meeting}"

    @property
    def name(self):
        return "Board pack" if self.first_page == 1 else f"Supplement {self.number - 1}"

    @property
    def last_page(self):
        return self.first_page + self.pages - 1

    @property
    def is_removed(self):
        """Whether its files were taken away."""
        return self.removed_at is not None


class PackFile(models.Model):
    """One form of a kept pack, with its hash. Written by `boards.packs` alone; never changed. Removed, it has no file.

    One with papers that are files has a PDF with them and the accessible one without. A supplement has one form more:
    all of the pack until then as one PDF, made from the data of each part's pages and from the papers.
    """

    class Form(models.TextChoices):
        FULL = "full", "PDF with the papers"
        PDF = "pdf", "PDF"
        WORD = "docx", "Word"
        EXCEL = "xlsx", "Excel"
        MERGED = "all", "The pack and its supplements as one PDF"
        DATA = "json", "What the pages of the PDF are laid out from"

    HANDED_OUT = (Form.PDF, Form.WORD, Form.EXCEL)

    pack = models.ForeignKey(Pack, models.PROTECT, related_name="files")
    form = models.CharField(max_length=4, choices=Form)
    file = models.FileField(upload_to="packs", blank=True)
    size = models.PositiveIntegerField("size in bytes")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("pack", "form")
        constraints = [
            models.UniqueConstraint(
                fields=("pack", "form"),
                name="pack_has_each_form_once",
                violation_error_message="The pack already has that form.",
            ),
            models.CheckConstraint(
                condition=~Q(sha256=""),
                name="pack_file_has_its_hash",
                violation_error_message="A kept file needs its hash.",
            ),
        ]

    def __str__(self):
        return f"{self.pack} as {self.get_form_display()}"

    @property
    def extension(self):
        return "pdf" if self.form in {self.Form.FULL, self.Form.MERGED} else self.form
