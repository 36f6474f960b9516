"""Who asks for what: a client for each role, and the first role that may open an address."""

from tests.addresses import PEOPLE, sign_in
from tests.hostile.asking import asker


class Clients(dict):
    """The client of each role, signed in when it is first asked for."""

    def __missing__(self, role):
        self[role] = asker()
        sign_in(self[role], role)
        return self[role]


def reader(allowed, barred=()):
    """Return the role that asks: the programme office where it may, else the first that may; nobody where all may."""
    if "anonymous" in allowed:
        return "anonymous"
    return next((role for role in ["office", *PEOPLE] if role in allowed and role not in barred), None)
