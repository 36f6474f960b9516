"""Reports and letters of the chair and the council: drafted from the record, edited, issued and then frozen."""

from boards.reports.letterhead import stop_using, upload
from boards.reports.outgoing import (
    ISSUED,
    NOTHING_NEW,
    add_section,
    issue,
    remove_section,
    start,
    write_heading,
    write_section,
)

__all__ = [
    "ISSUED",
    "NOTHING_NEW",
    "add_section",
    "issue",
    "remove_section",
    "start",
    "stop_using",
    "upload",
    "write_heading",
    "write_section",
]
