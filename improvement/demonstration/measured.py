"""The values that the sources of Leeds report, recorded through the same verb that the pages use."""

from datetime import date, datetime, time
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from improvement.demonstration import read
from notices.models import Indicator, Result
from notices.targets import results

OFFICE = "programme-office@leeds.example"
DAYS = ("period_start", "period_end", "source_on", "expected_on")
NUMBERS = ("value", "low", "high")
KEY = ("indicator_id", "subject", "basis", "period_start", "period_end", "is_provisional", "source_on")


@transaction.atomic
def add_missing():
    """Record each value of `fixtures/leeds_results.json` that the database lacks, on the day it became known."""
    office = User.objects.get(email=OFFICE)
    indicators = {row.natural_key()[1:]: row for row in _indicators()}
    known = set(Result.objects.values_list(*KEY))
    for told in read("leeds_results.json"):
        indicator = indicators.get(tuple(told.pop("indicator")))
        # One that is not found any more was renamed by users.
        if indicator and _key(facts := _facts(told), indicator) not in known:
            at = timezone.make_aware(datetime.combine(facts["source_on"], time(17)))
            results.record(indicator=indicator, by=office, at=at, **facts)


def _indicators():
    return Indicator.objects.filter(target__notice__slug="leeds").select_related("target__notice")


def _facts(told):
    days = {name: date.fromisoformat(told[name]) for name in DAYS if name in told}
    return told | days | {name: Decimal(told[name]) for name in NUMBERS if name in told}


def _key(facts, indicator):
    facts = {"indicator_id": indicator.pk, "subject": Result.Subject.COUNCIL} | facts
    return tuple(facts[name] for name in KEY)
