"""The audit trail as a page's table and as a file."""

import django_tables2 as tables
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst

from accounts.audit import subjects, trail
from improvement import govuk
from improvement.workbooks import sheets


class TrailTable(govuk.Table):
    """One line for each event, latest first."""

    at = tables.Column(verbose_name="When", orderable=False)
    by = tables.Column(verbose_name="Who", orderable=False)
    what = tables.Column(verbose_name="Change", orderable=False)

    caption = "Changes, latest first"
    caption_class = "govuk-visually-hidden"
    row_header = "what"

    class Meta:
        empty_text = "No events match your filters."

    def render_at(self, value):
        return trail.moment(value)

    def render_what(self, record):
        lines = [record.on_text, *map(capfirst, trail.facts(record))]
        told = format_html_join("", '<span class="app-note app-prose">{}</span>', ((line,) for line in lines))
        return format_html("{}{}", trail.words(record), told)


def sheet(plan, events, *, on):
    """Return the `events` of `plan` as a sheet, made on the day `on`."""
    return sheets.Sheet(
        title=f"{plan.title}: audit trail",
        lines=[line for line in (plan.caveat, "Who changed what and when, latest first.") if line],
        columns=_COLUMNS,
        rows=events,
        on=on,
    )


def _moment(event):
    return f"{timezone.localtime(event.at):%Y-%m-%d %H:%M:%S}"


_COLUMNS = (
    sheets.Column("When", _moment, 20),
    sheets.Column("Who", lambda event: event.by.name, 24),
    sheets.Column("Account", lambda event: event.by.email, 32),
    sheets.Column("What", trail.words, 28),
    sheets.Column("To what", lambda event: event.on_text, 50),
    sheets.Column("Belongs to", lambda event: subjects.told(event.about), 40),
    sheets.Column("In detail", trail.details, 60),
    sheets.Column("Verb", lambda event: event.what, 28),
    sheets.Column("Kind", lambda event: event.on_type, 24),
    sheets.Column("Number", lambda event: event.on_id, 10),
)
