"""The guards that keep what went out from a Board as it was (`improvement.triggers`)."""

from improvement.triggers import Guard, append_only

REPORTS = "boards_report"
SECTIONS = "boards_reportsection"

REPORT = "An issued report never changes; draft another."
SENT = "What was sent is never changed or removed."


def _reports():
    for operation, row in (("insert", "NEW"), ("update", "OLD"), ("delete", "OLD")):
        yield Guard(REPORTS, operation, f"{row}.issued_at IS NOT NULL", REPORT)
    for operation, rows in (("insert", ("NEW",)), ("update", ("OLD", "NEW")), ("delete", ("OLD",))):
        condition = " OR ".join(f"EXISTS (SELECT 1 FROM {_of(row)} AND issued_at IS NOT NULL)" for row in rows)
        yield Guard(SECTIONS, operation, condition, REPORT, _of(rows[-1]))


def _of(row):
    return f"{REPORTS} WHERE id = {row}.report_id"


GUARDS = (*_reports(), *append_only("boards_circulation", SENT))
