"""The guards that keep an issued report as it went to the department (`improvement.records.triggers`)."""

from improvement.records.triggers import Guard, append_only

REPORTS = "notices_interimreport"
ENTRIES = "notices_interimentry"
REVIEWS = "notices_progressreview"

REFUSAL = "An issued report never changes; the next one can put it right."
APPEND_ONLY = "The record of a progress review meeting is never changed or removed; add another."
TOO_EARLY = "A progress review meeting follows an issued report only."


def _guards():
    for operation, row in (("insert", "NEW"), ("update", "OLD"), ("delete", "OLD")):
        yield Guard(REPORTS, operation, f"{row}.issued_at IS NOT NULL", REFUSAL)
    for operation, rows in (("insert", ("NEW",)), ("update", ("OLD", "NEW")), ("delete", ("OLD",))):
        yield Guard(ENTRIES, operation, " OR ".join(map(_is_issued, rows)), REFUSAL, _report(rows[-1]))
    yield Guard(REVIEWS, "insert", f"NOT {_is_issued('NEW')}", TOO_EARLY, _report("NEW"))
    yield from append_only(REVIEWS, APPEND_ONLY)


def _is_issued(row):
    return f"EXISTS (SELECT 1 FROM {_report(row)} AND issued_at IS NOT NULL)"


def _report(row):
    return f"{REPORTS} WHERE id = {row}.report_id"


GUARDS = tuple(_guards())
