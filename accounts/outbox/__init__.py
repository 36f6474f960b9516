"""What people are told by e-mail: written with what it reports (`tell`), sent afterwards (`delivery`)."""

from accounts.outbox.telling import tell

__all__ = ["tell"]
