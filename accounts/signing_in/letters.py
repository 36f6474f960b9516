"""Letters that a stranger may ask for: written and sent once the answer has gone, so that its time tells nothing."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.core.signals import request_finished
from django.db import connections

logger = logging.getLogger(__name__)
# One at a time, in order; a process that ends by itself sends what waits first.
_sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="letters")
_asked_for = threading.local()


def after_the_answer(send: Callable[[], None]) -> None:
    """Call `send` in a thread of its own once this request has been answered to the last byte."""
    _asked_for.__dict__.setdefault("letters", []).append(send)


def all_sent() -> None:
    """Wait until every letter that was asked for before has been handed in."""
    _sender.submit(int).result()


def _answered(**signal):
    for send in _asked_for.__dict__.pop("letters", ()):
        if settings.LETTERS_IN_A_THREAD:
            _sender.submit(_sent_apart, send)
        else:
            send()


def _sent_apart(send):
    try:
        send()
    except Exception:
        # Nobody waits for it who could be told.
        logger.exception("A letter could not be written.")
    finally:
        connections.close_all()


request_finished.connect(_answered, dispatch_uid="accounts.signing_in.letters")
