"""What is recorded of a file that is not what was stored."""

from django.db import transaction

from accounts.audit import events
from accounts.models import Event


@transaction.atomic
def found(*, row, sha256, by, at):
    """Record that somebody asked for the file of `row` and that it is not what was stored: once for what is there."""
    row = type(row)._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
    said = {"what": "file.found_damaged", "on_type": row._meta.label_lower, "on_id": row.pk}
    known = Event.objects.filter(**said).values_list("detail", flat=True)
    if all(detail["found"] != sha256 for detail in known):
        name = getattr(row, "original_name", "") or row.file.name
        events.record(by=by, at=at, what=said["what"], on=row, file=name, stored=row.sha256, found=sha256)
