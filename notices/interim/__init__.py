"""Every write of a report to the department: drafted, tabled at the Board, agreed, issued, and reviewed."""

from notices.interim.writing import (
    ANSWERS,
    COVER,
    ReportSettled,
    agree,
    discard,
    drafted,
    is_silent,
    issue,
    last_issued,
    last_said,
    record_review,
    start,
    state_of,
    table,
    take_back,
    write_cover,
    write_entry,
)
