"""The digest of an issued report: SHA-256 over its canonical JSON.

Only texts that the report's own rows hold go in, so that nothing that is renamed later changes it. Moments are in
UTC, and entries are sorted here, because each database has an order of its own. The list of fields is fixed by
`FORMAT`; a change to it is a new format beside the old one.
"""

import hashlib
import json
from datetime import UTC, date, datetime

FORMAT = 1

_REPORT = (
    "reported_on",
    "title",
    "notice_title",
    "caveat",
    "previous_on",
    "purpose",
    "background",
    "main_points",
    "conclusion",
    "recommendations",
    "source",
    "note",
    "started_at",
    "tabled_on",
    "tabled_at",
    "agreed_on",
    "agreed_at",
    "issued_at",
    "issued_name",
)
_ENTRY = (
    "position",
    "reference",
    "kind",
    "area",
    "wording",
    "status",
    "verdict",
    "verdict_words",
    "steps",
    "values",
    "recap",
    "narrative",
    "note",
    "source",
)


def digest(report):
    """Return the SHA-256, in hexadecimal, of `report` with its entries."""
    return hashlib.sha256(canonical(report).encode()).hexdigest()


def canonical(report):
    """Return the JSON text that the digest is taken of."""
    content = {
        "format": FORMAT,
        "report": _pick(report, _REPORT),
        "entries": [_pick(row, _ENTRY) for row in sorted(report.entries.all(), key=_place)],
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _place(entry):
    return entry.position, entry.reference


def _pick(row, fields):
    return {field: getattr(row, field) for field in fields}


def _plain(value):
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"No canonical form for {type(value).__name__}")
