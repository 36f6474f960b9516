"""What every write of a row with a version does. It knows no domain."""

from typing import Any

from improvement.records import digests
from improvement.records.refusals import Conflict


def holds(row: Any, answers: dict[str, Any]) -> bool:
    """Whether `row` says just what `answers` say, so that a double click changes nothing."""
    return all(getattr(row, field) == value for field, value in answers.items())


def write(row: Any, version: int, **changes: Any) -> Any:
    """Write `changes` to `row` if nobody did since its `version` was read; return it, or raise Conflict.

    The row is locked by then, so that only an old page comes second; the condition holds without the lock too.
    """
    rows = type(row)._base_manager
    # Asked first: the one after a version that somebody made up may be more than the column holds.
    is_seen = row.version == version
    if not is_seen or not rows.filter(pk=row.pk, version=version).update(version=version + 1, **changes):
        raise Conflict(rows.get(pk=row.pk))
    for field, value in {**changes, "version": version + 1}.items():
        setattr(row, field, value)
    return row


def seen(*shown: Any) -> str:
    """Return what a page keeps of what it has `shown`, so that nobody decides on what they have not seen."""
    return digests.sha256(digests.canonical(shown))
