"""What must not stand in a log."""

import logging
import re

# Whoever has one of these addresses needs no password: a calendar's, an invitation's, a new password's.
_SECRET = re.compile(r"/(calendar|invitation|password/reset)/[^\s/?]+")


class WithoutSecretAddresses(logging.Filter):
    """Leave the secret out of an address that a line names, as Django's own does of a request that failed."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _SECRET.sub(r"/\1/…", record.getMessage()), ()
        return True
