"""What an authenticator app shows, while the clock of the machine stands still."""

from datetime import UTC, datetime, timedelta

import time_machine
from allauth.mfa.totp.internal import auth

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def at(**later):
    """Hold the machine's clock, from which codes and limits are reckoned, so long after noon."""
    return time_machine.travel(NOON + timedelta(**later), tick=False)


def code(key):
    (counter,) = auth.yield_hotp_counters_from_time()
    return auth.format_hotp_value(auth.hotp_value(key, counter))


def wrong_code(key):
    return f"{(int(code(key)) + 1) % 1_000_000:06}"
