"""What is demanded: the Secretary of State's Notice with its targets, and the inspections with their findings."""

from notices.models.inspections import Finding, Inspection
from notices.models.measures import Indicator, Milestone, Result
from notices.models.notice import SOURCE_HELP, Area, EndVerdict, Notice, ReferenceManager, SlugManager, Target

__all__ = [
    "SOURCE_HELP",
    "Area",
    "EndVerdict",
    "Finding",
    "Indicator",
    "Inspection",
    "Milestone",
    "Notice",
    "ReferenceManager",
    "Result",
    "SlugManager",
    "Target",
]
