"""The guards that keep the audit trail, and what was removed, as they were written (`improvement.triggers`)."""

from improvement.triggers import append_only

FOR_GOOD = "What was removed, and why, is never changed or forgotten."

GUARDS = (
    *append_only("accounts_event", "An event of the audit trail is never changed or removed."),
    *append_only("accounts_removal", FOR_GOOD),
)
