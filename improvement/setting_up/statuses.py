"""How far a task of setting up has come. Pure: counts in, status out."""

from enum import StrEnum


class Status(StrEnum):
    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    DONE = "done"

    @property
    def label(self) -> str:
        return {"not-started": "Not started", "in-progress": "In progress", "done": "Done"}[self.value]


def status(there: int, lacking: int) -> Status:
    """Return the status of a task of which so many things are there, and so many things about them are incomplete."""
    if not there:
        return Status.NOT_STARTED
    return Status.IN_PROGRESS if lacking else Status.DONE
