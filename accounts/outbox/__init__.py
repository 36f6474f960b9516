"""What people are told by e-mail: written with what it reports (`tell`, `tell_each`), sent afterwards (`delivery`)."""

from accounts.outbox.telling import Words, tell, tell_each

__all__ = ["Words", "tell", "tell_each"]
