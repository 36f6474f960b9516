"""How a Board tests what it is told: its questions with what came of them, and its advice with the response."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Post, User
from boards.models.access import Restrictable, restricted_with_a_reason
from boards.models.board import Board, Body, NumberedQuerySet, Seat
from boards.models.meetings import AgendaItem, BoardAction, Meeting
from improvement.records.columns import NO_CHILD, SOURCE_HELP, paired
from notices.models import Target
from plans.models import Recommendation, ReportingMonth


class ChallengeQuerySet(NumberedQuerySet):
    def whole(self):
        """Each with what a page shows of it; one query."""
        return self.select_related(
            "board",
            "seat",
            "recommendation__outcome__theme",
            "target",
            "month",
            "meeting",
            "answering_post",
            "action__item",
            "item",
        )

    def told_to_public(self):
        """Return a list of what the public may read, without the actions that it may not."""
        rows = list(self.public().whole())
        for row in rows:
            row.keep_action(lambda action: not any(part and part.is_restricted for part in (action, action.item)))
        return rows


class Challenge(Restrictable):
    """A member's question about a recommendation or a target, its answer, and what came of it.

    Written by `boards.challenges` alone. It stays tied to what it is about for good: “effective challenge” is itself
    a requirement of the Notice [002]. What was asked never changes; its answer does not either, once it is concluded
    (`boards.guards`).
    """

    class State(models.TextChoices):
        OPEN = "open", "Not answered"
        ANSWERED = "answered", "Answered"
        CONCLUDED = "concluded", "Concluded"

    class Outcome(models.TextChoices):
        ACTION = "action", "An action was agreed"
        DATE = "date", "A date was changed"
        VIEW = "view", "The Board's view differs from the rating"
        NONE = "none", "Nothing further"

    board = models.ForeignKey(Board, models.PROTECT, related_name="challenges")
    number = models.PositiveIntegerField(help_text="Numbered from the Board’s first question.")
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, null=True, blank=True, related_name="challenges")
    target = models.ForeignKey(Target, models.PROTECT, null=True, blank=True, related_name="challenges")
    # What it is about as it was named when it was asked: a recommendation by its title, a target by its wording.
    about_reference = models.CharField(max_length=10, blank=True)
    about_title = models.TextField(blank=True)
    month = models.ForeignKey(ReportingMonth, models.PROTECT, null=True, blank=True, related_name="challenges")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="challenges")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="challenges")
    question = models.TextField(help_text=NO_CHILD)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="challenges", help_text="The seat that asks.")
    asked_name = models.CharField(max_length=310, help_text="Who asked, as they were named then.")
    entered_name = models.CharField(max_length=150, blank=True, help_text="Who entered it for a seat that did not.")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answering_post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="challenges", help_text="The post that answers."
    )
    answering_title = models.CharField(max_length=150, blank=True, help_text="The post as it was named at the end.")
    answer = models.TextField(blank=True, help_text=NO_CHILD)
    answered_name = models.CharField(max_length=150, blank=True)
    answered_for = models.CharField(max_length=320, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    outcome_text = models.TextField("conclusion", blank=True, help_text=NO_CHILD)
    action = models.ForeignKey(BoardAction, models.PROTECT, null=True, blank=True, related_name="challenges")
    concluded_name = models.CharField(max_length=150, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    concluded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    version = models.PositiveIntegerField(default=0)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        ordering = ("board", "number")
        constraints = [
            models.UniqueConstraint(
                fields=("board", "number"),
                name="challenge_number_is_unique_in_its_board",
                violation_error_message="The Board already has a question of that number.",
            ),
            models.CheckConstraint(
                condition=Q(recommendation__isnull=False, target__isnull=True)
                | Q(recommendation__isnull=True, target__isnull=False),
                name="challenge_is_about_a_recommendation_or_a_target",
                violation_error_message="A question is about one recommendation or one target.",
            ),
            models.CheckConstraint(
                condition=~Q(question=""),
                name="challenge_asks_something",
                violation_error_message="Enter the question.",
            ),
            models.CheckConstraint(
                condition=paired("answered_at", "answered_by")
                & (Q(answered_at__isnull=True, answer="") | (Q(answered_at__isnull=False) & ~Q(answer=""))),
                name="challenge_is_answered_by_someone",
                violation_error_message="An answer needs who gave it and when.",
            ),
            models.CheckConstraint(
                condition=paired("concluded_at", "concluded_by")
                & (
                    Q(concluded_at__isnull=True, outcome="", outcome_text="")
                    | (Q(concluded_at__isnull=False) & ~Q(outcome=""))
                ),
                name="challenge_is_concluded_by_someone",
                violation_error_message="A conclusion needs who recorded it and when.",
            ),
            models.CheckConstraint(
                condition=Q(concluded_at__isnull=True) | Q(answered_at__isnull=False),
                name="challenge_is_answered_before_it_is_concluded",
                violation_error_message="A question needs an answer before a conclusion.",
            ),
            models.CheckConstraint(
                condition=Q(action__isnull=True) & ~Q(outcome="action") | Q(action__isnull=False, outcome="action"),
                name="challenge_names_the_action_that_was_agreed",
                violation_error_message="Enter an action only if one was agreed.",
            ),
            restricted_with_a_reason("challenge_without_observers_is_restricted"),
        ]

    def __str__(self):
        return f"Question {self.number}, {self.board}"

    def keep_action(self, may_read):
        """Forget the action that was agreed, in this copy of the row, unless `may_read(action)`."""
        if self.action_id and not may_read(self.action):
            self.action = None

    @property
    def about(self):
        return self.recommendation or self.target

    @property
    def state(self):
        """How far it is, as one of `State`."""
        if self.concluded_at:
            return self.State.CONCLUDED
        return self.State.ANSWERED if self.answered_at else self.State.OPEN

    @property
    def age_words(self):
        """How long it took, or has stood so far: then its age must be known, in `days`."""
        if self.answered_at and not self.concluded_at:
            taken = (timezone.localdate(self.answered_at) - timezone.localdate(self.asked_at)).days
            return f"Answered after {_days(taken)}"
        return f"{'Concluded after' if self.concluded_at else 'Open for'} {_days(self.days)}"

    def age(self, on):
        """Return for how many days it has stood on the day `on`; once it is concluded, for how many it stood."""
        until = timezone.localdate(self.concluded_at) if self.concluded_at else on
        return (until - timezone.localdate(self.asked_at)).days


def _days(number):
    return f"{number} day{'' if number == 1 else 's'}"


class Advice(Restrictable):
    """The Board's advice, of which “the Council must take full account” [002], or what another body recommends.

    Written by `boards.challenges.advice` alone. What was advised never changes; nothing of it does once what became
    of it is recorded (`boards.guards`).
    """

    board = models.ForeignKey(Board, models.PROTECT, related_name="advice")
    number = models.PositiveIntegerField(help_text="Numbered from the Board’s first advice.")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="advice")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="advice")
    body = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="advice",
        help_text="The body that gave the advice, if it is not the Board.",
    )
    given_on = models.DateField("given on", null=True, blank=True, help_text="Leave empty if not known.")
    wording = models.TextField(help_text=NO_CHILD)
    response = models.TextField("the council's response", blank=True, help_text=NO_CHILD)
    responded_on = models.DateField(null=True, blank=True)
    responding_post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="advice")
    result = models.TextField("conclusion", blank=True, help_text=NO_CHILD)
    source = models.CharField(max_length=200, blank=True, help_text=SOURCE_HELP)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)

    objects = NumberedQuerySet.as_manager()

    class Meta:
        ordering = ("board", "number")
        verbose_name_plural = "advice"
        constraints = [
            models.UniqueConstraint(
                fields=("board", "number"),
                name="advice_number_is_unique_in_its_board",
                violation_error_message="The Board already has advice of that number.",
            ),
            models.CheckConstraint(
                condition=~Q(wording=""),
                name="advice_says_something",
                violation_error_message="Enter the advice.",
            ),
            models.CheckConstraint(
                condition=Q(responded_on__isnull=True) | ~Q(response=""),
                name="advice_response_says_something",
                violation_error_message="A response needs its words.",
            ),
            restricted_with_a_reason("advice_without_observers_is_restricted"),
        ]

    def __str__(self):
        return f"Advice {self.number}, {self.board}"
