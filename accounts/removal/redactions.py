"""The one lawful exit: a text that could identify someone is removed, from its row and from every copy of it."""

import json
import uuid
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import CharField, F, Q, TextField

from accounts.audit import events
from accounts.models import REMOVED, Event, Message, Removal
from accounts.removal import kinds
from improvement.files import sha256
from improvement.records import triggers
from improvement.records.refusals import Refused

NOTHING = "There is nothing to remove."
CHANGED = "This has changed since you opened the page. Check it again, then remove it."
# So long a piece of a text is taken for a copy of it; of a shorter one only the whole is.
_A_PIECE = 20
# So much of a title is left where a thing is named by it in 200 characters, a number before it.
_A_NAME = 150
# No piece of a file or a link is left: a note in its place says that it was removed.
_OF_A_FILE = {"original_name", "url"}


@transaction.atomic
def redact(*, thing, field, reason, by, at, seen=None):
    """Remove the text `field` of a thing of `removals.KINDS`, whatever guards it; return the Removal.

    It becomes "[removed: reason]" in its row and in every copy in the audit trail; a paper's file goes with its name.
    `field` is one of `removals.of`, `seen` what `removals.seen` returned when it was looked at. Raises Refused.
    """
    kind, reason = kinds.KINDS[type(thing)], kinds.checked(reason)
    said = {"on_type": thing._meta.label_lower, "on_id": thing.pk, "field": field, "reason": reason, "by": by}
    record = kind.record(thing)
    with triggers.lifted(kind.tables | {Event._meta.db_table}, behind=record._meta.db_table):
        record = _locked(record)
        thing = record if thing == record else _locked(thing)
        text = kinds.of(thing).get(field)
        if text is None and (done := Removal.objects.filter(**said).last()):
            return done
        if text is None:
            raise Refused(NOTHING)
        if seen is not None and seen != kinds.seen(text.places):
            raise Refused(CHANGED)
        before = _digest(kind, record)
        _remove(text.places, f"{REMOVED}{reason}]")
        _remove_copies(kind, thing, text.places, f"{REMOVED}{reason}]")
    after = kind.digest(_again(record).get()) if kind.digest and before else ""
    made = Removal.objects.create(
        **said, label=text.label, by_name=by.name, at=at, digest_before=before, digest_after=after
    )
    events.record(by=by, at=at, what=f"{kind.name}.redacted", on=_again(thing).get(), field=field, reason=reason)
    return made


def clean(rows: Iterable[Any], fields: Iterable[str], texts: list[str], words: str) -> None:
    """Put `words` in the place of every copy of one of `texts` in the `fields` of `rows`, however deep it is nested."""
    for row in rows:
        changes = {field: _fitting(row, field, _without(getattr(row, field), texts, words)) for field in fields}
        if any(changes[field] != getattr(row, field) for field in fields):
            type(row)._base_manager.filter(pk=row.pk).update(**changes)


def _fitting(row, field, value):
    return value[: row._meta.get_field(field).max_length] if isinstance(value, str) else value


def _again(row):
    return type(row)._base_manager.filter(pk=row.pk)


def _locked(row):
    return _again(row).select_for_update().get()


def _digest(kind, record):
    """Return the digest of what was issued, which must be that of its record: nothing hides behind a removal."""
    if kind.digest is None or not record.digest:
        return ""
    digest = kinds.standing_digest(record)
    if kind.digest(record) != digest:
        raise Refused(kind.tampered)
    return digest


def _remove(places, words):
    for place in places:
        row = place.row
        if not isinstance(getattr(row, place.field), str):
            continue  # It is one of many that are kept together, and goes with the copies.
        changes = _without_file(row, words) if place.field in _OF_A_FILE else {place.field: words}
        if hasattr(row, "version"):
            # Whoever is writing in it just now is shown both texts.
            changes["version"] = F("version") + 1
        _again(row).update(**changes)


def _without_file(row: Any, words: str) -> dict[str, Any]:
    """Return what becomes of a row's file or link: a file that says that it was removed. The old one goes for good."""
    before, notice = row.file.name, ContentFile(f"{words}\n".encode())
    row.file.save(f"{uuid.uuid4().hex}.txt", notice, save=False)
    if before:
        transaction.on_commit(partial(row.file.storage.delete, before))
    left = {"original_name": f"{words}.txt", "file": row.file.name, "size": notice.size, "sha256": sha256(notice)}
    return left | ({"url": ""} if hasattr(row, "url") else {})


def _remove_copies(kind, thing, places, words):
    if kind.copies:
        kind.copies(thing, places, words)
    texts = [place.text for place in places]
    stood = {_named(place.row) for place in places} | (set() if kind.trail else {_named(thing)})
    own = Event.objects.filter(Q(*(Q(on_type=on, on_id=pk) for on, pk in stood), _connector=Q.OR))
    clean(own, ("detail",), texts, words)
    if kind.trail:
        clean(kind.trail(thing), ("detail",), [text for text in texts if len(text) >= _A_PIECE], words)
    _clean_histories(kind, stood, texts, words)
    _clean_entries(stood, texts, words)
    _clean_messages(texts, "[removed]")
    # Events name things by their titles, those also that were taken out of the record again.
    titled = {table.replace("_", ".", 1) for table in kind.tables} if kind.titled is None else kind.titled
    for text in texts:
        named = {"on_text__contains": text[:_A_NAME]}
        own.filter(on_type__in=titled, **named).update(on_text=words)
        named = named if len(text) >= _A_PIECE else {"on_text": text}
        Event.objects.filter(on_type__in=titled, **named).update(on_text=words)


def _clean_messages(texts, words):
    """Clean what waits to be sent by e-mail and quotes one of the texts; what was sent quotes nothing any more."""
    for text in texts:
        for row in Message.objects.filter(text__contains=text):
            # Of a short text only the whole of what somebody wrote: a piece of it may be any other word.
            if text in row.text and (len(text) >= _A_PIECE or row.text == text or row.text.endswith(f":\n{text}")):
                Message.objects.filter(pk=row.pk).update(text=row.text.replace(text, words))


def _named(row):
    """Return the kind and number of what a text belonged to: of an event, what it is on."""
    return (row.on_type, row.on_id) if isinstance(row, Event) else (row._meta.label_lower, row.pk)


def _clean_histories(kind, stood, texts, words):
    """Clean the former states of what the texts belonged to; of others only those that hold a long one."""
    for model in apps.get_models():
        if model._meta.db_table in kind.tables and hasattr(model, "history"):
            fields = [one for one in model.history.model._meta.fields if isinstance(one, CharField | TextField)]
            own = Q(id__in=[pk for on, pk in stood if on == model._meta.label_lower])
            asked = Q()
            for field in fields:
                for text in texts:
                    asked |= own & Q(**{field.name: text[: field.max_length]})
                    asked |= Q(**{f"{field.name}__contains": text}) if len(text) >= _A_PIECE else Q()
            clean(model.history.filter(asked), [field.name for field in fields], texts, words)


def _clean_entries(stood, texts, words):
    """Clean the lines that Django's own administration keeps: they name things, and what belongs to them."""
    for text in texts:
        on_them = Q(*(Q(object_id=pk, content_type__model=on.partition(".")[2]) for on, pk in stood), _connector=Q.OR)
        in_words = json.dumps(text)[1:-1]
        asked = on_them & (Q(object_repr__contains=text[:_A_NAME]) | Q(change_message__contains=in_words))
        if len(text) >= _A_PIECE:
            asked |= Q(object_repr__contains=text[:_A_NAME]) | Q(change_message__contains=in_words)
        for row in LogEntry.objects.filter(asked):
            if text[:_A_NAME] in row.object_repr:
                row.object_repr = words
            row.change_message = row.change_message.replace(in_words, json.dumps(words)[1:-1])
            row.save(update_fields=("object_repr", "change_message"))


def _without(value, texts, words):
    """Return `value`, whatever is nested in it, with every copy of one of `texts` replaced by `words`."""
    if isinstance(value, dict):
        return {key: _without(item, texts, words) for key, item in value.items()}
    if isinstance(value, list):
        return [_without(item, texts, words) for item in value]
    return words if isinstance(value, str) and any(_is_copy(value, text) for text in texts) else value


def _is_copy(value, text):
    shorter = min(value, text, key=len)
    return value == text or (len(shorter) >= _A_PIECE and shorter in value and shorter in text)
