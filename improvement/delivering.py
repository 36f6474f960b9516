"""Does what waits to be done: packs are made, reminders are written, and then everything goes into letters."""

import logging
import threading

from django.conf import settings
from django.db import close_old_connections

from accounts.outbox import delivery
from boards import packs
from improvement.middleware import now
from plans.officer import reminders

logger = logging.getLogger(__name__)
EVERY = 60  # seconds


def deliver(*, at):
    """Make the packs that are ordered, write the day's reminders, and send what is due; return how many letters."""
    packs.make_due(at=at)
    reminders.write(at=at)
    return delivery.deliver(at=at)


def start():
    """Deliver once a minute in a thread of this process, if the server is set to.

    Where the clock stands still no claim runs out, so a server that starts frees what a killed one had claimed.
    """
    if settings.DEMONSTRATION_NOW:
        packs.release()
    if settings.DELIVER:
        threading.Thread(target=_keep_delivering, args=(threading.Event(),), name="delivery", daemon=True).start()


def _keep_delivering(stopped):
    while not stopped.wait(EVERY):
        try:
            deliver(at=now())
        except Exception:
            # Tried again in a minute; nobody waits for it who could be told.
            logger.exception("E-mails could not be delivered.")
        finally:
            close_old_connections()
