"""What is demanded: the Notice with its targets, the inspections with their findings, the reports to the department."""

from notices.models.exits import Continuation, FactorEvidence, SustainabilityFactor
from notices.models.inspections import Finding, Inspection
from notices.models.interim import SECTIONS, InterimEntry, InterimReport, ProgressReview, ReportState
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
    "SECTIONS",
    "SOURCE_HELP",
    "Area",
    "Category",
    "Continuation",
    "EndVerdict",
    "FactorEvidence",
    "Finding",
    "Indicator",
    "Inspection",
    "InterimEntry",
    "InterimReport",
    "Judgement",
    "Milestone",
    "Notice",
    "NoticeVersion",
    "ProgressReview",
    "ReferenceManager",
    "ReportState",
    "ReportedStatement",
    "Result",
    "SlugManager",
    "SustainabilityFactor",
    "Target",
    "Upload",
]
