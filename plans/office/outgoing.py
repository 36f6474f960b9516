"""The e-mails about a plan: what was said, to whom, and whether it was sent."""

from datetime import timedelta

import django_tables2 as tables
from django.db.models import Q

from accounts import outbox
from accounts.audit import subjects, trail
from accounts.models import Message
from improvement import govuk
from improvement.workbooks.sheets import Column, Sheet

# What comes once a day waits for a day.
TOO_LONG = timedelta(hours=26)


def of_plan(plan):
    """Return the messages about `plan`, latest first, each with its person and its letter."""
    rows = Message.objects.filter(about__contains=subjects.key(plan)).select_related("user", "letter")
    return rows.order_by("-made_at", "-pk")


def waiting_since(messages, now):
    """Return since when a message has waited in vain, if one has been due for longer than a delivery ever takes."""
    unsent = messages.filter(Q(letter=None) | Q(letter__sent_at=None, letter__given_up=False)).order_by("made_at")
    oldest = unsent.values_list("made_at", flat=True).first()
    return oldest if oldest and oldest < now - TOO_LONG else None


class OutboxTable(govuk.Table):
    """One line for each message."""

    made_at = tables.Column(verbose_name="Written", orderable=False)
    user = tables.Column(verbose_name="To", orderable=False)
    subject = tables.Column(verbose_name="Subject", orderable=False)
    letter = tables.Column(verbose_name="Sent", orderable=False, empty_values=())

    caption = "E-mails, latest first"
    caption_class = "govuk-visually-hidden"
    row_header = "subject"

    class Meta:
        empty_text = "No e-mail has been written yet."

    def render_made_at(self, value):
        return trail.moment(value)

    def render_letter(self, record):
        return outbox.sent_words(record)


_COLUMNS = (
    Column("Written", lambda row: row.made_at, 18),
    Column("To", lambda row: row.user.name, 30),
    Column("About", lambda row: row.get_kind_display(), 40),
    Column("Subject", lambda row: row.subject, 60),
    Column("Sent", outbox.sent_words, 30),
)


def sheet(plan, rows, *, on):
    """Return the messages as a file's sheet, without their texts."""
    return Sheet(f"{plan.title}: e-mails", [f"As on {on:%-d %B %Y}"], _COLUMNS, rows, on)
