"""What is asked on one database alone, mostly SQLite, as the other has no part in the answer. The reasons stand here.

What asks for no database is found by itself: pytest-django refuses it any, so that it cannot tell one from another.
The rest is marked by hand, with one of these marks. What is fed to the site, and to how much of it, is another matter,
told in `tests/hostile/surfaces.py`; which roles ask, in `tests/test_access.py`.
"""

import pytest
from django.db import connection

ON_SQLITE = connection.vendor == "sqlite"


def _for(reason):
    return pytest.mark.skipif(not ON_SQLITE, reason=reason)


LOOKS = _for("axe, the layout, the colours and the keyboard know no database")
ANSWERED_BEFORE = _for("the answer is given before a row is read")
TAKEN_BY_SQLITE = pytest.mark.skipif(
    ON_SQLITE, reason="SQLite takes it, so that only PostgreSQL tells what lets it through"
)

# Wide with scripts and narrow without: what is sent is the same but for the drafts that a script saves.
WINDOWS = [(1280, True), (320, False)] if ON_SQLITE else [(1280, True)]

# The fixtures that open a database; `pks` and `site` ask for theirs while the test is set up.
_DATABASES = {"db", "transactional_db", "told_plan", "pks", "site"}


def needs_a_database(test):
    """Whether the answer may depend on the database: the test asks for one, or its module knows which one it is."""
    asks = test.get_closest_marker("django_db") or _DATABASES & set(test.fixturenames)
    return bool(asks) or hasattr(test.module, "connection")
