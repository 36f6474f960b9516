"""What is demanded: the Secretary of State's Notice with its targets, and the inspections with their findings."""

from notices.models.inspections import Finding, Inspection
from notices.models.judgements import Category, Judgement, ReportedStatement
from notices.models.measures import Indicator, Milestone, Result
from notices.models.notice import (
    SOURCE_HELP,
    Area,
    EndVerdict,
    Notice,
    NoticeVersion,
    ReferenceManager,
    SlugManager,
    Target,
)
from notices.models.uploads import Upload

__all__ = [
    "SOURCE_HELP",
    "Area",
    "Category",
    "EndVerdict",
    "Finding",
    "Indicator",
    "Inspection",
    "Judgement",
    "Milestone",
    "Notice",
    "NoticeVersion",
    "ReferenceManager",
    "ReportedStatement",
    "Result",
    "SlugManager",
    "Target",
    "Upload",
]
