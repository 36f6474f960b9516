"""What answers the demand: the plan, and the months in which it is rated."""

from plans.models.months import AreaUpdate, DateChange, ReportingMonth
from plans.models.plan import (
    Action,
    AreaOfFocus,
    Closure,
    DueDateChange,
    Outcome,
    Plan,
    PlanSource,
    RatingDefinition,
    Recommendation,
    Revision,
    Theme,
)
from plans.models.redactions import Redaction
from plans.models.updates import Correction, Evidence, HeldFile, MonthlyUpdate, ProposedRating, ReviewComment

__all__ = [
    "Action",
    "AreaOfFocus",
    "AreaUpdate",
    "Closure",
    "Correction",
    "DateChange",
    "DueDateChange",
    "Evidence",
    "HeldFile",
    "MonthlyUpdate",
    "Outcome",
    "Plan",
    "PlanSource",
    "ProposedRating",
    "RatingDefinition",
    "Recommendation",
    "Redaction",
    "ReportingMonth",
    "ReviewComment",
    "Revision",
    "Theme",
]
