"""What is demanded: the Notice with its targets, the inspections with their findings, the reports to the department."""

from notices.models.exits import Continuation, FactorEvidence, SustainabilityFactor
from notices.models.inspections import Finding, Inspection
from notices.models.interim import SECTIONS, InterimEntry, InterimReport, ProgressReview, ReportState
from notices.models.judgements import Category, Judgement, ReportedStatement
from notices.models.measures import Indicator, Milestone, Result
from notices.models.notice import (
    Area,
    EndVerdict,
    Notice,
    NoticeVersion,
    Target,
)
from notices.models.uploads import Upload
