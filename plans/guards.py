"""The guards that keep a published month as it was, and a correction beside it for good (`improvement.triggers`)."""

from accounts.guards import FOR_GOOD
from improvement.triggers import Guard, append_only

MONTHS = "plans_reportingmonth"
OF_A_MONTH = ("plans_monthlyupdate", "plans_areaupdate")
OF_AN_UPDATE = ("plans_reviewcomment", "plans_evidence")
CORRECTIONS = "plans_correction"
PROPOSED = "plans_proposedrating"
REDACTIONS = "plans_redaction"
DUE_DATE_CHANGES = "plans_duedatechange"
DATE_CHANGES = "plans_datechange"
RECOMMENDATIONS = "plans_recommendation"

SLIP = "A changed date stays visible for good, and the date that was first set never changes."
REFUSAL = "A published month never changes; put a correction beside it."
APPEND_ONLY = "A correction is never changed or removed; add another."
DATES = "An earlier date of a month stays on record for good."
TOO_EARLY = "A correction belongs to a published month only, and only that of a rating carries an agreement."
DECIDED = "A proposed rating is decided once, for a published month, and stays on record."

# A date is withdrawn once, and nothing else of it changes.
_WITHDRAWAL = "OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL AND " + " AND ".join(
    f'(NEW."{column}" = OLD."{column}" OR (NEW."{column}" IS NULL AND OLD."{column}" IS NULL))'
    for column in (
        *("id", "recommendation_id", "before", "after", "reason", "by_id", "at"),
        *("revision_id", "counted_in", "is_of_update"),
    )
)


def _guards():
    for operation, row in (("insert", "NEW"), ("update", "OLD"), ("delete", "OLD")):
        yield Guard(MONTHS, operation, f"{row}.published_at IS NOT NULL", REFUSAL)
    for table in (*OF_A_MONTH, *OF_AN_UPDATE):
        for operation, rows in (("insert", ("NEW",)), ("update", ("OLD", "NEW")), ("delete", ("OLD",))):
            condition = " OR ".join(_is_published(table, row) for row in rows)
            yield Guard(table, operation, condition, REFUSAL, _month(table, rows[-1]))
    not_yet = f"NOT {_is_published(CORRECTIONS, 'NEW')}"
    misplaced = "NEW.agreed_by_id IS NOT NULL AND NEW.field <> 'rating'"
    yield Guard(CORRECTIONS, "insert", f"{not_yet} OR ({misplaced})", TOO_EARLY, _month(CORRECTIONS, "NEW"))
    yield from append_only(CORRECTIONS, APPEND_ONLY)
    not_yet = f"NOT {_is_published(PROPOSED, 'NEW')}"
    yield Guard(PROPOSED, "insert", not_yet, DECIDED, _month(PROPOSED, "NEW"))
    yield Guard(PROPOSED, "update", "OLD.decided_at IS NOT NULL", DECIDED)
    yield Guard(PROPOSED, "delete", "TRUE", DECIDED)
    yield from append_only(REDACTIONS, FOR_GOOD)
    yield Guard(DUE_DATE_CHANGES, "delete", "TRUE", SLIP)
    yield Guard(DUE_DATE_CHANGES, "update", f"NOT ({_WITHDRAWAL})", SLIP)
    frozen = _is_published(DATE_CHANGES, "NEW")
    yield Guard(DATE_CHANGES, "insert", frozen, REFUSAL, _month(DATE_CHANGES, "NEW"))
    yield from append_only(DATE_CHANGES, DATES)
    yield Guard(RECOMMENDATIONS, "update", "OLD.original_due_on <> NEW.original_due_on", SLIP)


def _is_published(table, row):
    return f"EXISTS (SELECT 1 FROM {_month(table, row)} AND published_at IS NOT NULL)"


def _month(table, row):
    month = (
        f"{row}.month_id"
        if table in {*OF_A_MONTH, DATE_CHANGES}
        else f"(SELECT month_id FROM plans_monthlyupdate WHERE id = {row}.update_id)"
    )
    return f"{MONTHS} WHERE id = {month}"


GUARDS = tuple(_guards())
