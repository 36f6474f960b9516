"""Saves a person's filters, each under a name of its own, followed or not."""

import unicodedata

from django.db import transaction

from accounts.audit import events
from accounts.models import User
from improvement.records.refusals import Incomplete, Refused
from improvement.records.writes import holds, write
from plans.models import SavedFilter
from plans.models.watching import NAME_TAKEN
from plans.watching import keys

MOST = 20  # of one person in one plan
ELSEWHERE = "Choose a month of this plan."
NOTHING = "Select at least one filter in the list first, then save it."
GONE = "This filter has been removed."


@transaction.atomic
def save(*, plan, month, name, asked, by, at, is_followed=False):
    """Save the values `asked` of the list of `month` under a `name`; return the filter, or the same one."""
    if month.plan_id != plan.pk:
        raise Refused(ELSEWHERE)
    person = _lock(by)
    query, name = keys.of(plan).of_month(month).keep(asked), _plain(name)
    if not query:
        raise Refused(NOTHING)
    if not name:
        raise Incomplete({"name": "Enter a name."})
    same = _named(person, plan, name)
    facts = {"name": name, "query": query, "is_followed": is_followed}
    if same and holds(same, facts):
        return same
    if same:
        raise Refused(NAME_TAKEN, "name")
    if person.saved_filters.filter(plan=plan).count() >= MOST:
        raise Refused(f"You can save {MOST} filters. Remove one that you no longer need, then save this one.")
    row = SavedFilter.objects.create(person=person, plan=plan, name_key=_folded(name), saved_at=at, **facts)
    _record(row, "saved", person, at)
    return row


@transaction.atomic
def rename(*, saved, name, version, by, at):
    """Give the filter another name; return it."""
    person = _lock(by)
    row, name = _stands(saved, person), _plain(name)
    if row.name == name:
        return row
    if not name:
        raise Incomplete({"name": "Enter a name."})
    same = _named(person, row.plan, name)
    if same and same != row:
        raise Refused(NAME_TAKEN, "name")
    row = write(row, version, name=name, name_key=_folded(name))
    _record(row, "renamed", person, at)
    return row


@transaction.atomic
def follow(*, saved, is_followed, by, at):
    """Tell the person `by` from now on, or no longer, what changed in the filter with each month; return it."""
    person = _lock(by)
    row = _stands(saved, person)
    if row.is_followed != is_followed:
        row.is_followed = is_followed
        row.save(update_fields=["is_followed"])
        _record(row, "followed" if is_followed else "unfollowed", person, at)
    return row


@transaction.atomic
def remove(*, saved, by, at):
    """Remove the filter, unless it has been removed."""
    person = _lock(by)
    deleted, _ = SavedFilter.objects.filter(pk=saved.pk, person=person).delete()
    if deleted:
        _record(saved, "removed", person, at)


def _lock(by):
    """Return the person `by`, locked: names are compared among all of theirs."""
    return User.objects.select_for_update().get(pk=by.pk)


def _stands(saved, person):
    """Return the person's filter as it now stands."""
    row = SavedFilter.objects.select_related("plan").filter(pk=saved.pk, person=person).first()
    if row is None:
        raise Refused(GONE)
    return row


def _record(row, what, person, at):
    # About the person alone, with neither the name nor what it selects: that is nobody else's business.
    events.record(by=person, at=at, what=f"user.filter_{what}", on=person, plan=row.plan.slug)


def _named(person, plan, name):
    return SavedFilter.objects.filter(person=person, plan=plan, name_key=_folded(name)).first()


def _plain(name):
    return " ".join(name.split())


def _folded(name):
    """Return the name without regard to case, the same on every database."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
