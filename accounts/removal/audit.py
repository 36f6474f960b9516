"""What of removals is matched with the audit trail (`accounts.audit.matching`)."""

from accounts.audit.matching import Heard, Said, Told, heard
from accounts.models import Removal
from accounts.removal.kinds import KINDS


def _removals():
    for row in Removal.objects.all():
        facts = {"field": row.field, "reason": row.reason}
        yield Said(f"{row.label}, {row.on_type} {row.on_id}", (row.on_type, row.on_id), row.by_id, row.at, facts)


def _redacted() -> list[Heard]:
    kinds = {model._meta.label_lower for model in KINDS}
    every = heard(*{f"{kind.name}.redacted" for kind in KINDS.values()})
    return [one for one in every() if one.on[0] in kinds]


TOLD = (Told("the removal", _removals, _redacted),)
