"""Every write of the reporting month. Each is one transaction, with the month and the update locked."""

from plans.answers import PATH_TO_GREEN, REPEATED, missing, same
from plans.months.published import last_published
from plans.reporting.corrections import (
    agree_rating,
    correct,
    corrected_answers,
    corrections_seen,
    decline_rating,
    hand_in_late,
    late_answers,
    open_proposal,
    waiting,
    withdraw_rating,
)
from plans.reporting.errors import (
    Conflict,
    Contradicted,
    Incomplete,
    MonthDiscarded,
    MonthPublished,
    Refused,
    ReportingError,
)
from plans.reporting.months import (
    begun,
    change_dates,
    discard_month,
    discarding,
    freezing,
    open_month,
    publish_month,
    refresh_scope,
    refuse_to_discard,
    refuse_to_open,
    warnings,
    write_area_update,
    write_commentary,
)
from plans.reporting.redactions import redact, redact_month
from plans.reporting.scope import joining, joining_areas, leaving, removable, untouched
from plans.reporting.unchanged import repeat_last, submit_unchanged
from plans.reporting.updates import (
    CARRIED_INTO,
    carried_into,
    carry_draft,
    carrying,
    contradictions_of,
    draft_before,
    is_late,
    missed_targets,
    reason_given,
    return_for_changes,
    save_draft,
    sign_off,
    submit,
    take_back,
)
