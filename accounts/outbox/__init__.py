"""What people are told by e-mail: written with what it reports (`tell`, `tell_each`), sent afterwards (`delivery`)."""

from accounts.outbox.telling import Words, sent_words, tell, tell_each
