"""What happens in the room: meetings with their agenda and attendance, decisions, and the action log."""

from django.db import models
from django.db.models import Q

from accounts.models import Post, User
from boards.models.access import PUBLIC_TITLE_HELP, AccessQuerySet, Restrictable, restricted_with_a_reason
from boards.models.board import Board, NumberedQuerySet, Seat
from improvement.records.columns import NO_CHILD, SOURCE_HELP, paired
from plans.models import Recommendation, ReportingMonth, Revision


class MeetingManager(models.Manager):
    def get_by_natural_key(self, board, held_on):
        return self.get(board__slug=board, held_on=held_on)

    def open_to_record(self, on):
        """Return those that may still have agreed something: held, and their minutes not agreed; latest first."""
        held = self.filter(agenda_published_at__isnull=False, minutes_agreed_at__isnull=True, held_on__lte=on)
        return held.order_by("-held_on")

    def whole(self):
        """Return all with what a page or a pack of one reads: board, plan, Notice, month, agreement, order."""
        return self.select_related("board__plan__notice", "month__plan", "minutes_agreed_in", "pack_order")


class Meeting(models.Model):
    """One meeting of a Board: before, during and after it the same row, growing. Written by `boards.meetings` alone.

    It receives a published month. Once its agenda is published the Board sees it; its minutes are the minute of each
    item, and stand once a later meeting has agreed them: from then on nothing in the record changes.
    """

    board = models.ForeignKey(Board, models.PROTECT, related_name="meetings")
    held_on = models.DateField("date")
    starts_at = models.TimeField("begins at", null=True, blank=True)
    place = models.CharField(max_length=150, blank=True)
    month = models.ForeignKey(ReportingMonth, models.PROTECT, null=True, blank=True, related_name="meetings")
    agenda_published_at = models.DateTimeField(null=True, blank=True)
    agenda_published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    minutes_sent_at = models.DateTimeField(null=True, blank=True)
    minutes_sent_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    minutes_agreed_at = models.DateTimeField(null=True, blank=True)
    minutes_agreed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    minutes_agreed_in = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="agreed_minutes", verbose_name="minutes agreed in"
    )
    # What its page prints of others, as it was when the minutes were agreed: {"board", "caveat", "silent": [seats]}.
    stood = models.JSONField(default=dict, blank=True, editable=False)
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = MeetingManager()

    class Meta:
        ordering = ("board", "held_on")
        constraints = [
            models.UniqueConstraint(
                fields=("board", "held_on"),
                name="meeting_is_one_a_day",
                violation_error_message="The Board already has a meeting on that day.",
            ),
            models.CheckConstraint(
                condition=paired("agenda_published_at", "agenda_published_by"),
                name="meeting_agenda_is_published_by_someone",
                violation_error_message="Who published the agenda and when belong together.",
            ),
            models.CheckConstraint(
                condition=paired("minutes_sent_at", "minutes_sent_by")
                & (Q(minutes_sent_at__isnull=True) | Q(agenda_published_at__isnull=False)),
                name="meeting_minutes_are_sent_by_someone",
                violation_error_message="Minutes are sent to the chair once the agenda is published, by someone.",
            ),
            models.CheckConstraint(
                condition=paired("minutes_agreed_at", "minutes_agreed_by", "minutes_agreed_in"),
                name="meeting_minutes_are_agreed_by_someone",
                violation_error_message="Agreed minutes need the meeting that agreed them, who recorded it and when.",
            ),
            models.CheckConstraint(
                condition=Q(minutes_agreed_at__isnull=True) | Q(agenda_published_at__isnull=False),
                name="meeting_minutes_are_agreed_after_its_agenda",
                violation_error_message="Minutes are agreed of a meeting whose agenda was published.",
            ),
        ]

    def __str__(self):
        return f"Meeting of {self.held_on:%-d %B %Y}, {self.board}"

    def natural_key(self):
        return (self.board.slug, self.held_on.isoformat())

    @property
    def is_announced(self):
        """Whether the Board sees its agenda."""
        return self.agenda_published_at is not None

    @property
    def is_with_chair(self):
        """Whether the draft minutes are with the chair, who reads them; a change makes them a draft again."""
        return self.minutes_sent_at is not None and not self.is_agreed

    @property
    def is_agreed(self):
        """Whether its minutes have been agreed, so that its record stands for good."""
        return self.minutes_agreed_at is not None


class AgendaItem(Restrictable):
    """One item of a meeting's agenda, and what was minuted under it. Written by `boards.meetings` alone.

    A standing item stands on the next meeting's agenda by itself. Where it is restricted, who may not read it sees its
    number, its public title and the reason; papers, minute, decisions, actions and questions are withheld with it.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    public_title = models.CharField(max_length=200, blank=True, help_text=PUBLIC_TITLE_HELP)
    purpose = models.CharField(max_length=200, blank=True, help_text="What is asked of the Board: note, agree, decide.")
    presented_by = models.CharField(max_length=150, blank=True, help_text="The post or seat that presents it.")
    is_standing = models.BooleanField("standing item", default=False)
    minute = models.TextField(blank=True, help_text=NO_CHILD)
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    version = models.PositiveIntegerField(default=0)

    objects = AccessQuerySet.as_manager()

    class Meta:
        ordering = ("meeting", "position")
        constraints = [
            models.UniqueConstraint(
                fields=("meeting", "position"),
                name="agenda_item_position_is_unique_in_its_meeting",
                violation_error_message="The agenda already has an item in that place.",
            ),
            restricted_with_a_reason("agenda_item_without_observers_is_restricted"),
        ]

    def __str__(self):
        return f"{self.position}. {self.title}"


class Attendance(models.Model):
    """Who came to a meeting, sent apologies, or sent a deputy. Written by `boards.meetings` alone.

    The name and the place are stamped: a seat changes hands, the minutes do not.
    """

    class Presence(models.TextChoices):
        PRESENT = "present", "Present"
        DEPUTY = "deputy", "Sent a deputy"
        APOLOGIES = "apologies", "Apologies"
        ABSENT = "absent", "Absent"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="attendance")
    name = models.CharField(max_length=310)
    position = models.PositiveSmallIntegerField(default=0, help_text="The seat’s place in the list then.")
    presence = models.CharField(max_length=10, choices=Presence)
    deputy_name = models.CharField("deputy", max_length=150, blank=True)

    class Meta:
        ordering = ("meeting", "position", "pk")
        verbose_name_plural = "attendance"
        constraints = [
            models.UniqueConstraint(
                fields=("meeting", "seat"),
                name="attendance_is_one_for_each_seat",
                violation_error_message="The attendance of this seat is already recorded.",
            ),
            models.CheckConstraint(
                condition=Q(presence="deputy") & ~Q(deputy_name="") | ~Q(presence="deputy") & Q(deputy_name=""),
                name="attendance_by_deputy_names_the_deputy",
                violation_error_message="Enter a deputy only if one attended.",
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.get_presence_display()}"


class Decision(models.Model):
    """What a Board decided at a meeting; it may agree a revision of the plan. Written by `boards.meetings` alone."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField(help_text="Its place among the meeting's decisions.")
    wording = models.TextField(help_text=NO_CHILD)
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="decisions")
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, blank=True, related_name="decisions")
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, null=True, blank=True, related_name="decisions")
    # As they were named when it was recorded.
    revision_title = models.CharField(max_length=200, blank=True)
    about = models.CharField("about the recommendation", max_length=140, blank=True)
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = NumberedQuerySet.as_manager()

    class Meta:
        ordering = ("meeting", "number")
        constraints = [
            models.UniqueConstraint(
                fields=("meeting", "number"),
                name="decision_number_is_unique_in_its_meeting",
                violation_error_message="The meeting already has a decision of that number.",
            ),
            models.CheckConstraint(
                condition=~Q(wording=""),
                name="decision_says_something",
                violation_error_message="Enter the decision.",
            ),
        ]

    def __str__(self):
        return f"Decision {self.number}, {self.meeting}"


class BoardAction(Restrictable):
    """What somebody is to do for the Board, carried from meeting to meeting until it is closed.

    Written by `boards.actions` alone. Each report on it is a `BoardActionNote`. Where it belongs to an item of the
    meeting that raised it, those read it who read the item; it may be restricted by itself too.
    """

    board = models.ForeignKey(Board, models.PROTECT, related_name="actions")
    number = models.PositiveIntegerField(help_text="Numbered from the Board’s first action.")
    wording = models.TextField(help_text=NO_CHILD)
    raised_at = models.ForeignKey(Meeting, models.PROTECT, related_name="raised_actions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="actions")
    owner_post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="board_actions")
    owner = models.CharField(max_length=200, help_text="The post or seat that does it, as it was named then.")
    original_due_on = models.DateField("originally due", null=True, blank=True)
    due_on = models.DateField("due", null=True, blank=True, help_text="The date that was agreed last.")
    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, null=True, blank=True, related_name="board_actions"
    )
    # The recommendation as it was named when the action was raised.
    about_reference = models.CharField(max_length=10, blank=True)
    about_title = models.CharField(max_length=120, blank=True)
    closed_at = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="closed_actions", verbose_name="closed at"
    )
    outcome = models.TextField(blank=True, help_text="What was done, or why the action was dropped.")
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    version = models.PositiveIntegerField(default=0)

    objects = NumberedQuerySet.as_manager()

    class Meta:
        ordering = ("board", "number")
        constraints = [
            models.UniqueConstraint(
                fields=("board", "number"),
                name="board_action_number_is_unique_in_its_board",
                violation_error_message="The Board already has an action of that number.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="board_action_is_closed_with_its_outcome",
                violation_error_message="A closed action needs the meeting that closed it and a closing note.",
            ),
            models.CheckConstraint(
                condition=~Q(wording="") & ~Q(owner=""),
                name="board_action_says_what_and_who",
                violation_error_message="Enter what needs to be done and who will do it.",
            ),
            restricted_with_a_reason("board_action_without_observers_is_restricted"),
        ]

    def __str__(self):
        return f"Action {self.number}, {self.board}"

    @property
    def is_open(self):
        return self.closed_at_id is None


class BoardActionNote(models.Model):
    """What was reported on an action at one meeting. Written by `boards.actions` alone; never changed."""

    action = models.ForeignKey(BoardAction, models.PROTECT, related_name="notes")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="action_notes")
    text = models.TextField(help_text=NO_CHILD)
    due_on = models.DateField("new due date", null=True, blank=True, help_text="If the Board agreed another date.")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="board_action_note_says_something",
                violation_error_message="Enter the progress of the action.",
            )
        ]

    def __str__(self):
        return f"{self.action}, at {self.meeting}"
