"""Every write of the reporting month. Each is one transaction, with the month and the update locked."""

from plans.reporting.answers import PATH_TO_GREEN, REPEATED, missing
from plans.reporting.corrections import correct, corrected_answers
from plans.reporting.errors import Conflict, Contradicted, Incomplete, MonthPublished, Refused, ReportingError
from plans.reporting.months import (
    freezing,
    joining,
    joining_areas,
    leaving,
    open_month,
    publish_month,
    refresh_scope,
    refuse_to_open,
    removable,
    write_area_update,
    write_commentary,
)
from plans.reporting.redactions import redact, redact_month, standing_digest
from plans.reporting.updates import (
    contradictions_of,
    last_published,
    reason_given,
    repeat_last,
    return_for_changes,
    save_draft,
    sign_off,
    submit,
    take_back,
)

__all__ = [
    "PATH_TO_GREEN",
    "REPEATED",
    "Conflict",
    "Contradicted",
    "Incomplete",
    "MonthPublished",
    "Refused",
    "ReportingError",
    "contradictions_of",
    "correct",
    "corrected_answers",
    "freezing",
    "joining",
    "joining_areas",
    "last_published",
    "leaving",
    "missing",
    "open_month",
    "publish_month",
    "reason_given",
    "redact",
    "redact_month",
    "refresh_scope",
    "refuse_to_open",
    "removable",
    "repeat_last",
    "return_for_changes",
    "save_draft",
    "sign_off",
    "standing_digest",
    "submit",
    "take_back",
    "write_area_update",
    "write_commentary",
]
