"""What could identify someone is removed: what every removal asks, whatever it takes away."""

from accounts.models import LONGEST_REASON
from improvement.refusals import Refused


def checked(reason):
    """Return the reason for a removal, which stands in the place of what goes; raises Refused."""
    reason = reason.strip()
    if not reason:
        raise Refused("Give the reason for removing it.", "reason")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Give the reason in {LONGEST_REASON} characters or fewer.", "reason")
    return reason
