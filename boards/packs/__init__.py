"""The pack of a meeting: its cover sheet is written, and the pack kept as it is handed out."""

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

__all__ = [
    "CHANGED",
    "DAMAGED",
    "MEANWHILE",
    "NOT_PUBLISHED",
    "NO_MONTH",
    "Form",
    "News",
    "keep",
    "news",
    "remove",
    "removing",
    "write_cover",
]
