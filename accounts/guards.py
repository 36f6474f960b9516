"""The guards that keep the audit trail as it was written (`improvement.triggers`)."""

from improvement.triggers import append_only

GUARDS = append_only("accounts_event", "An event of the audit trail is never changed or removed.")
