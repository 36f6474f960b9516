"""The pack of a meeting: its cover sheet is written, and the pack kept as it is handed out."""

from boards.packs.chosen import choose
from boards.packs.making import (
    CHANGED,
    DAMAGED,
    MEANWHILE,
    NO_MONTH,
    NOT_PUBLISHED,
    Form,
    News,
    keep,
    news,
    remove,
    removing,
    write_cover,
)
from boards.packs.ordered import make, make_due, order, release

__all__ = [
    "CHANGED",
    "DAMAGED",
    "MEANWHILE",
    "NOT_PUBLISHED",
    "NO_MONTH",
    "Form",
    "News",
    "choose",
    "keep",
    "make",
    "make_due",
    "news",
    "order",
    "release",
    "remove",
    "removing",
    "write_cover",
]
