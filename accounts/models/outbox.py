"""What people are told by e-mail: each message, the letters that carry them, and what each person chose to get."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from accounts.models.people import User


class Kind(models.TextChoices):
    """What a message is about."""

    MONTH_OPENED = "month-opened", "A month opens, and what you owe in it"
    DATES_CHANGED = "dates-changed", "The dates of a month change"
    REMINDER = "reminder", "Reminders of your updates, before and after they are due"
    RETURNED = "returned", "An update is returned to you"
    SIGN_OFF = "sign-off", "Updates wait for your sign-off"
    QUESTION = "question", "There is a question for you to answer"
    ANSWER = "answer", "Your question is answered"
    PUBLISHED = "published", "A month, an agenda, a pack or minutes are published"
    NOTE = "note", "A note from the programme office"
    INVITATION = "invitation", "An invitation to choose a password"


class How(models.TextChoices):
    """When a person gets what they are told."""

    NOW = "now", "At once"
    DAILY = "daily", "Once a day, together with everything else"
    NEVER = "never", "Not by e-mail"


class Letter(models.Model):
    """One e-mail to one person with one or more messages. Written by `accounts.outbox.delivery` alone.

    Its number is in its Message-ID, so that one that is handed over twice is known to be the same. `claimed_until`
    keeps two deliveries from sending it at once, and after a failure says when it is tried again.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="letters")
    subject = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    daily_on = models.DateField(null=True, blank=True, help_text="The day whose messages it gathers, if it does.")
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField("last error", max_length=200, blank=True)
    given_up = models.BooleanField(default=False, help_text="It is not tried again.")

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = [models.Index(fields=("made_at",), condition=Q(sent_at__isnull=True), name="letter_unsent")]
        constraints = [
            models.UniqueConstraint(
                fields=("user", "daily_on"),
                name="letter_gathers_a_day_once",
                violation_error_message="This person has had the e-mail of that day.",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, given_up=False) | Q(claimed_until__isnull=True),
                name="letter_that_is_sent_is_done_with",
                violation_error_message="An e-mail that was sent is not sent again.",
            ),
        ]

    def __str__(self):
        return f"{self.subject}, to {self.user}"


class Message(models.Model):
    """One thing that one person is told, written with what it reports.

    `accounts.outbox.telling` writes it, `delivery` puts it into a letter and clears its text once that is sent, and
    `accounts.removal.redactions` removes what it quotes before then. The subject names no rating and no child.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=20, choices=Kind)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    path = models.CharField(
        max_length=200,
        validators=[RegexValidator("^/[^/]", "Enter an address on this site.")],
        help_text="The page that it leads to.",
    )
    about = models.TextField(blank=True, help_text="Its plan or Board, as `accounts.audit.subjects` writes them.")
    made_at = models.DateTimeField()
    once = models.CharField(max_length=100, blank=True, help_text="What keeps it from being said twice.")
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, blank=True, related_name="messages")

    class Meta:
        verbose_name = "e-mail"
        ordering = ("made_at", "pk")
        indexes = [models.Index(fields=("user",), condition=Q(letter__isnull=True), name="message_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=("user", "once"),
                condition=~Q(once=""),
                name="message_is_written_once",
                violation_error_message="This person has been told this already.",
            ),
            models.CheckConstraint(
                condition=~Q(subject="") & Q(path__startswith="/"),
                name="message_leads_to_a_page",
                violation_error_message="A message has a subject and leads to a page of this site.",
            ),
        ]

    def __str__(self):
        return self.subject


class MailChoice(models.Model):
    """How a person wants to get messages of one kind, if not as usual. Written by `accounts.outbox.choices` alone."""

    user = models.ForeignKey(User, models.CASCADE, related_name="mail_choices")
    kind = models.CharField(max_length=20, choices=Kind)
    how = models.CharField(max_length=10, choices=How)

    class Meta:
        ordering = ("user", "kind")
        constraints = [
            models.UniqueConstraint(
                fields=("user", "kind"),
                name="mail_choice_is_one_for_each_kind",
                violation_error_message="This person has chosen already how to get these.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.get_how_display().lower()}"
