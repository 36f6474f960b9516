"""The guards that keep the audit trail, and what was removed, as they were written (`improvement.records.triggers`)."""

from improvement.records.triggers import Guard, append_only

FOR_GOOD = "What was removed, and why, is never changed or forgotten."

TENURES = "accounts_tenure"
OVERLAP = "A post has one holder and one deputy at a time. This overlaps another tenure."
_OVERLAPS = (
    "EXISTS (SELECT 1 FROM accounts_tenure other WHERE other.id <> COALESCE(NEW.id, -1)"
    " AND other.post_id = NEW.post_id AND other.capacity = NEW.capacity"
    " AND (NEW.to_on IS NULL OR other.from_on <= NEW.to_on) AND (other.to_on IS NULL OR other.to_on >= NEW.from_on))"
)
# One that overlaps already may still be shortened.
_WIDENED = (
    "(NEW.post_id <> OLD.post_id OR NEW.capacity <> OLD.capacity OR NEW.from_on < OLD.from_on"
    " OR (OLD.to_on IS NOT NULL AND (NEW.to_on IS NULL OR NEW.to_on > OLD.to_on)))"
)
_POST = "accounts_post WHERE id = NEW.post_id"

GUARDS = (
    Guard(TENURES, "insert", _OVERLAPS, OVERLAP, _POST),
    Guard(TENURES, "update", f"{_WIDENED} AND {_OVERLAPS}", OVERLAP, _POST),
    *append_only("accounts_event", "An event of the audit trail is never changed or removed."),
    *append_only("accounts_removal", FOR_GOOD),
)
