"""Reports and letters of the chair and the council: drafted from the record, edited, issued and then frozen."""

from boards.reports.letterhead import stop_using, upload
from boards.reports.outgoing import (
    ISSUED,
    add_section,
    issue,
    remove_section,
    start,
    write_heading,
    write_section,
)
