"""What is recorded of a meeting beside the seats: guests, and declarations of interest."""

from django.db import transaction

from accounts.audit import events
from boards import access
from boards.locking import locked, reopen, require_held
from boards.models import Declaration, Guest
from boards.models.access import as_recorded
from improvement.records.refusals import Incomplete


@transaction.atomic
def add_guest(*, meeting, name, by, at, organisation="", item=None):
    """Record that somebody without a seat came, to the meeting or to one `item` of it; return the Guest."""
    facts = {"name": name.strip(), "organisation": organisation.strip()}
    if not facts["name"]:
        raise Incomplete({"name": "Enter the guest’s name."})
    return _add(meeting, Guest, facts | {"item": item}, "meeting.guest_recorded", by, at)


@transaction.atomic
def remove_guest(*, guest, by, at):
    """Take back a guest who was recorded wrongly, until the minutes are agreed."""
    _remove(guest, "meeting.guest_removed", by, at, guest=str(guest))


@transaction.atomic
def add_declaration(*, meeting, name, interest, by, at, done="", item=None):
    """Record that somebody declared an interest, perhaps in one `item`, and what followed; return the Declaration."""
    facts = {"name": name.strip(), "interest": interest.strip(), "done": done.strip()}
    wanted = {"name": "Enter who declared the interest.", "interest": "Enter the interest that was declared."}
    if errors := {field: sentence for field, sentence in wanted.items() if not facts[field]}:
        raise Incomplete(errors)
    return _add(meeting, Declaration, facts | {"item": item}, "meeting.interest_declared", by, at)


@transaction.atomic
def remove_declaration(*, declaration, by, at):
    """Take back a declaration that was recorded wrongly, until the minutes are agreed."""
    _remove(declaration, "meeting.declaration_removed", by, at, name=declaration.name, interest=declaration.interest)


def _add(meeting, model, facts, what, by, at):
    row = locked(meeting)
    require_held(row, at)
    access.require_item_of(row, facts["item"])
    if same := model.objects.filter(meeting=row, **facts).first():
        return same
    reopen(row)
    made = model.objects.create(meeting=row, recorded_at=at, recorded_by=by, **facts)
    events.record(by=by, at=at, what=what, on=made, access=[as_recorded(made)])
    return made


def _remove(thing, what, by, at, **told):
    meeting = locked(thing.meeting)
    if there := type(thing).objects.filter(pk=thing.pk).first():
        reopen(meeting)
        there.delete()
        events.record(by=by, at=at, what=what, on=meeting, **told)
