"""The digest of a published month: SHA-256 over its canonical JSON.

Only texts that the month's own rows hold go in, so that nothing that is renamed later changes it. Moments are
in UTC, and rows are sorted here, because each database has an order of its own. A format fixes the list of fields: a
month is published in the newest, `FORMAT`, and verified in its own.
"""

from improvement.records import digests

FORMAT = 3

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

# What each format adds to the one before it.
_MONTH_2 = ("changed_dates", "opened_name", "published_name")
_UPDATE_2 = (
    "date_changes",
    "first_submitted_at",
    "is_resubmitted",
    "rated_since",
    "months_at_rating",
    "is_long",
)
_COMMENT_2 = ("is_reply",)
_MONTH_3 = ("headline",)

_FIELDS = {
    1: (_MONTH, _UPDATE, _COMMENT),
    2: (_MONTH + _MONTH_2, _UPDATE + _UPDATE_2, _COMMENT + _COMMENT_2),
    3: (_MONTH + _MONTH_2 + _MONTH_3, _UPDATE + _UPDATE_2, _COMMENT + _COMMENT_2),
}


def digest(month):
    """Return the SHA-256, in hexadecimal, of `month` with its updates, evidence, comments and area updates."""
    return digests.sha256(canonical(month))


def canonical(month):
    """Return the JSON text that the digest is taken of, in the format of `month`: the newest while it is open."""
    number = month.digest_format or FORMAT
    of_month, of_update, of_comment = _FIELDS[number]
    updates = month.updates.prefetch_related("evidence", "comments")
    content = {
        "format": number,
        "month": digests.pick(month, of_month),
        "areas": [digests.pick(row, _AREA) for row in sorted(month.area_updates.all(), key=lambda row: row.letter)],
        "updates": [
            digests.pick(row, of_update)
            | {
                "evidence": [digests.pick(item, _EVIDENCE) for item in row.evidence.all()],
                "comments": [digests.pick(item, of_comment) for item in row.comments.all()],
            }
            for row in sorted(updates, key=lambda row: row.reference)
        ],
    }
    return digests.canonical(content)


def is_known(number):
    """Return whether `number` is a format that a digest can be recomputed in."""
    return number in _FIELDS
