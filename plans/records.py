"""The digest of a published month: SHA-256 over its canonical JSON.

Only texts that the month's own rows hold go in, so that nothing that is renamed later changes it. Moments are
in UTC. The list of fields is fixed by `FORMAT`; a change to it is a new format beside the old one.
"""

import hashlib
import json
from datetime import UTC, date, datetime

FORMAT = 1

_MONTH = (
    "month",
    "due_on",
    "sign_off_due_on",
    "data_as_at",
    "plan_title",
    "caveat",
    "wording",
    "commentary",
    "opened_at",
    "published_at",
)
_UPDATE = (
    "reference",
    "title",
    "wording",
    "theme_number",
    "theme_title",
    "outcome_number",
    "outcome_title",
    "lead_title",
    "lead_name",
    "accountable_title",
    "accountable_name",
    "original_due_on",
    "due_on",
    "areas",
    "previous_rating",
    "previous_direction",
    "previous_month",
    "rating",
    "direction",
    "progress",
    "impact",
    "next_steps",
    "cause",
    "remedy",
    "remedy_owner",
    "green_by",
    "decision_sought",
    "proposed_due_on",
    "proposed_due_reason",
    "unchanged_reason",
    "contradictions",
    "verified_month",
    "movement",
    "is_stuck",
    "is_late",
    "status",
    "submitted_at",
    "submitted_name",
    "entered_for",
    "signed_off_at",
    "signed_off_name",
    "signed_off_for",
)
_EVIDENCE = ("kind", "title", "url", "original_name", "size", "sha256", "added_at")
_COMMENT = ("by_name", "at", "text")
_AREA = ("letter", "title", "leading_title", "text", "written_at", "written_name", "entered_for")


def digest(month):
    """Return the SHA-256, in hexadecimal, of `month` with its updates, evidence, comments and area updates."""
    return hashlib.sha256(canonical(month).encode()).hexdigest()


def canonical(month):
    """Return the JSON text that the digest is taken of."""
    updates = month.updates.order_by("reference").prefetch_related("evidence", "comments")
    content = {
        "format": FORMAT,
        "month": _pick(month, _MONTH),
        "areas": [_pick(row, _AREA) for row in month.area_updates.order_by("letter")],
        "updates": [
            _pick(row, _UPDATE)
            | {
                "evidence": [_pick(item, _EVIDENCE) for item in row.evidence.all()],
                "comments": [_pick(item, _COMMENT) for item in row.comments.all()],
            }
            for row in updates
        ],
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _pick(row, fields):
    return {field: getattr(row, field) for field in fields}


def _plain(value):
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"No canonical form for {type(value).__name__}")
