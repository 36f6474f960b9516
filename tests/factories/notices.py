"""A Notice with its targets, the inspections with their findings, and the reports to the department."""

from datetime import date
from decimal import Decimal

import factory

from notices import interim
from notices.models import (
    Continuation,
    FactorEvidence,
    Finding,
    Indicator,
    Inspection,
    Judgement,
    Milestone,
    Notice,
    SustainabilityFactor,
    Target,
)
from notices.targets import results
from tests.factories.counting import Counted
from tests.factories.moments import AT, COUNCIL
from tests.factories.people import user


class NoticeFactory(Counted):
    class Meta:
        model = Notice

    slug = factory.Sequence("notice-{}".format)
    title = "Thornbury Improvement Notice"
    issuer = "Secretary of State"


class TargetFactory(Counted):
    class Meta:
        model = Target

    notice = factory.SubFactory(NoticeFactory)
    position = factory.Sequence(int)
    reference = factory.LazyAttribute(lambda made: f"N{made.position:02}")
    kind = "narrative"
    wording = factory.LazyAttribute(lambda made: f"Demand {made.position} is to be met.")


class IndicatorFactory(Counted):
    class Meta:
        model = Indicator

    target = factory.SubFactory(TargetFactory, kind="measured")
    reference = factory.Sequence("NI {}".format)
    name = "Assessments in time"
    unit = "%"
    better = "higher"


class MilestoneFactory(Counted):
    """80% for March 2011, of one month."""

    class Meta:
        model = Milestone

    indicator = factory.SubFactory(IndicatorFactory)
    position = factory.Sequence(int)
    wording = "80% for March 2011"
    kind = "level"
    basis = "month"
    period_start = date(2011, 3, 1)
    period_end = date(2011, 3, 31)
    threshold = 80


class InspectionFactory(Counted):
    class Meta:
        model = Inspection

    slug = factory.Sequence("inspection-{}".format)
    title = factory.LazyAttribute(lambda made: f"Inspection, {made.slug}")
    kind = "Announced inspection"
    council = COUNCIL
    ordered_on = date(2010, 11, 1)


class FindingFactory(Counted):
    class Meta:
        model = Finding

    inspection = factory.SubFactory(InspectionFactory)
    position = factory.Sequence(int)
    reference = factory.LazyAttribute(lambda made: f"S{made.position:02}")
    group = "Safeguarding"
    wording = factory.LazyAttribute(lambda made: f"Put matter {made.position} right.")
    urgency = "immediately"


class JudgementFactory(Counted):
    class Meta:
        model = Judgement

    inspection = factory.SubFactory(InspectionFactory)
    position = factory.Sequence(int)
    name = factory.LazyAttribute(lambda made: f"Line {made.position}")
    grade = ""
    grade_as_printed = factory.LazyAttribute(lambda made: made.grade.capitalize())


class SustainabilityFactorFactory(Counted):
    class Meta:
        model = SustainabilityFactor

    notice = factory.SubFactory(NoticeFactory)
    position = factory.Sequence(int)
    wording = factory.LazyAttribute(lambda made: f"factor {made.position}")
    source = "A letter"


class FactorEvidenceFactory(Counted):
    class Meta:
        model = FactorEvidence

    factor = factory.SubFactory(SustainabilityFactorFactory)
    position = factory.Sequence(int)
    stage = "now"
    wording = factory.LazyAttribute(lambda made: f"evidence {made.position}")
    source = "A letter"


class ContinuationFactory(Counted):
    class Meta:
        model = Continuation

    notice = factory.SubFactory(NoticeFactory)
    position = factory.Sequence(int)
    wording = factory.LazyAttribute(lambda made: f"what carries on {made.position}")
    source = "A report"


def notice(slug="thornbury"):
    """Return a Notice with one measured target, its deciding indicator and one milestone for March 2011."""
    made = NoticeFactory(slug=slug)
    measured = TargetFactory(notice=made, position=1, kind="measured", wording="Increase timely assessments to 80%.")
    milestone(IndicatorFactory(target=measured, reference="NI 59", decides=True))
    return made


def milestone(indicator, position=1, **fields):
    return MilestoneFactory(indicator=indicator, position=position, **fields)


def target(notice, number, **fields):
    return TargetFactory(notice=notice, position=number, **fields)


def inspection(slug="announced", **fields):
    return InspectionFactory(slug=slug, **fields)


def finding(inspection, number, **fields):
    return FindingFactory(inspection=inspection, position=number, **fields)


def judgement(inspection, position, grade="", **fields):
    return JudgementFactory(inspection=inspection, position=position, grade=grade, **fields)


def factor(notice, position=1, **fields):
    return SustainabilityFactorFactory(notice=notice, position=position, **fields)


def evidence_of(factor, position=1, stage="now", **fields):
    return FactorEvidenceFactory(factor=factor, position=position, stage=stage, **fields)


def continuation(notice, position=1, *targets, **fields):
    made = ContinuationFactory(notice=notice, position=position, **fields)
    made.targets.set(targets)
    return made


def result(indicator, value="80.5", **fields):
    """Record a provisional value for March 2011, known from 20 April."""
    return results.record(
        **{
            "indicator": indicator,
            "period_start": date(2011, 3, 1),
            "period_end": date(2011, 3, 31),
            "basis": "month",
            "value": value and Decimal(value),
            "source": "Monthly return",
            "source_on": date(2011, 4, 20),
            "by": user("Olga Office"),
            "at": AT,
        }
        | fields
    )


def report(notice, on=date(2011, 4, 30), at=AT):
    """Draft a report to the department that says something of every target."""
    office = user("Olga Office")
    made = interim.start(notice=notice, reported_on=on, title=f"Report of {on:%B %Y}", by=office, at=at)
    interim.write_cover(report=made, version=0, purpose="To report.", conclusion="It is better.", by=office, at=at)
    for entry in made.entries.select_related("target"):
        text = f"Matter {entry.reference} was seen to."
        interim.write_entry(
            report=made, target=entry.target, version=0, status="well-on-the-way", narrative=text, by=office, at=at
        )
    made.refresh_from_db()
    return made


def tabled_report(notice, on=date(2011, 4, 30), at=AT):
    return interim.table(report=report(notice, on, at), tabled_on=AT.date(), by=user("Olga Office"), at=at)


def issued_report(notice, on=date(2011, 4, 30), at=AT):
    made, office = tabled_report(notice, on, at), user("Olga Office")
    made = interim.agree(report=made, version=made.version, agreed_on=AT.date(), by=office, at=at)
    return interim.issue(report=made, version=made.version, by=office, at=at)
