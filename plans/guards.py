"""The guards that keep a published month as it was, and a correction beside it for good."""

from accounts.guards import FOR_GOOD
from improvement.records.triggers import Guard, append_only

MONTHS = "plans_reportingmonth"
UPDATES = "plans_monthlyupdate"
OF_A_MONTH = (UPDATES, "plans_areaupdate")
OF_AN_UPDATE = ("plans_reviewcomment", "plans_evidence")
CORRECTIONS = "plans_correction"
PROPOSED = "plans_proposedrating"
DUE_DATE_CHANGES = "plans_duedatechange"
DATE_CHANGES = "plans_datechange"
RECOMMENDATIONS = "plans_recommendation"

SLIP = "A changed date stays visible for good, and the date that was first set never changes."
ADDRESS = "The address of a published page cannot be changed."
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


# Neither database knows the other's word for "is not the same, where either may be empty".
_FIRST_DATE = "COALESCE(OLD.original_due_on, '0001-01-01') <> COALESCE(NEW.original_due_on, '0001-01-01')"

# Plans whose months link to the rows of a Notice, and what is published of them.
_PUBLISHED = f"SELECT 1 FROM {MONTHS} WHERE published_at IS NOT NULL"
_OF_PLAN = f"EXISTS ({_PUBLISHED} AND plan_id = OLD.id)"
_OF_RECOMMENDATION = (
    f"EXISTS (SELECT 1 FROM plans_monthlyupdate JOIN {MONTHS} ON {MONTHS}.id = month_id"
    " WHERE published_at IS NOT NULL AND recommendation_id = OLD.id)"
)


def _of_notice(where):
    """Return the condition that something was published that links to the Notice that `where` compares with."""
    return (
        f"(EXISTS (SELECT 1 FROM {MONTHS} JOIN plans_plan ON plans_plan.id = plan_id"
        f" WHERE published_at IS NOT NULL AND notice_id {where})"
        f" OR EXISTS (SELECT 1 FROM notices_interimreport WHERE issued_at IS NOT NULL AND notice_id {where}))"
    )


def _of_inspection(pk):
    return _of_notice(f"IN (SELECT notice_id FROM notices_inspection_notices WHERE inspection_id = {pk})")


# By table: the columns that stand in addresses, and when they stay.
IN_ADDRESSES = {
    "plans_plan": (("slug",), _OF_PLAN),
    RECOMMENDATIONS: (("reference", "plan_id"), _OF_RECOMMENDATION),
    "notices_notice": (("slug",), _of_notice("= OLD.id")),
    "notices_target": (("reference", "notice_id"), _of_notice("= OLD.notice_id")),
    "notices_inspection": (("slug",), _of_inspection("OLD.id")),
    "notices_finding": (("reference", "inspection_id"), _of_inspection("OLD.inspection_id")),
}


def _guards():
    for table, (columns, is_published) in IN_ADDRESSES.items():
        changed = " OR ".join(f"OLD.{column} <> NEW.{column}" for column in columns)
        yield Guard(table, "update", f"({changed}) AND {is_published}", ADDRESS, about="address")
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
    for table, kind in ((MONTHS, "plans.reportingmonth"), (UPDATES, "plans.monthlyupdate")):
        has_removals = f"EXISTS (SELECT 1 FROM accounts_removal WHERE on_type = '{kind}' AND on_id = OLD.id)"
        yield Guard(table, "delete", has_removals, FOR_GOOD, about="removed")
    yield Guard(DUE_DATE_CHANGES, "delete", "TRUE", SLIP)
    yield Guard(DUE_DATE_CHANGES, "update", f"NOT ({_WITHDRAWAL})", SLIP)
    frozen = _is_published(DATE_CHANGES, "NEW")
    yield Guard(DATE_CHANGES, "insert", frozen, REFUSAL, _month(DATE_CHANGES, "NEW"))
    yield from append_only(DATE_CHANGES, DATES)
    yield Guard(RECOMMENDATIONS, "update", _FIRST_DATE, SLIP)


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
