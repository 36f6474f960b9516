"""The sheets hold all that their models do, and every rule has a column beside which it is told."""

import pytest
from django.db.models import CheckConstraint, UniqueConstraint

from boards.loading.sheets import PLAN
from notices.loading.sheets import NOTICE, RESULTS

# What a verb alone writes, and what stands in the file otherwise.
NOT_TYPED = {
    "Board": {"public_at", "public_by"},
    "Notice": set(),
    "Posts": {"holder", "deputy"},
    "People": {
        *("password", "last_login", "date_joined"),
        *("is_superuser", "is_staff", "is_active", "is_demonstration"),
    },
    "Plan": {"predecessor"},
    "Areas of focus": {"revision"},
    "Judgements": {"category"},
    "Recommendations": {"reference_order", "due_on", "closed_on", "closure", "closure_reason", "revision"},
    "Indicators": {"reference_order"},
    "Milestones": {"judged", "judged_reason", "judged_by", "judged_at"},
    "Results": {"recorded_by", "recorded_at", "confirms"},
}
BY_NAME = pytest.mark.parametrize("sheet", [*NOTICE, *RESULTS, *PLAN], ids=lambda sheet: sheet.name)


@BY_NAME
def test_every_field_has_a_column(sheet):
    fields = {each.name for each in sheet.model._meta.concrete_fields if not each.primary_key}
    linked = {link.field for link in sheet.links if link.is_written} | {sheet.within}
    assert fields - set(sheet.own) - linked == NOT_TYPED.get(sheet.name, set())


@BY_NAME
def test_every_column_says_what_it_holds(sheet):
    headings = [reader.heading for reader in sheet.readers.values()]
    assert len({heading.casefold() for heading in headings}) == len(headings)
    assert [reader.heading for reader in sheet.readers.values() if not reader.hint] == []


@pytest.mark.parametrize("sheet", [*NOTICE, *PLAN], ids=lambda sheet: sheet.name)
def test_every_constraint_has_its_column(sheet):
    named = {each.name for each in sheet.model._meta.constraints if isinstance(each, CheckConstraint)}
    named |= {
        each.name for each in sheet.model._meta.constraints if isinstance(each, UniqueConstraint) and each.condition
    }
    # Told by the file of a plan before the constraint is asked, and no part of that of a Notice; and what no file says.
    untold = {"post_deputy_is_not_its_holder", "board_is_public_by_someone"}
    assert named - untold == set(sheet.rules)
    assert set(sheet.rules.values()) <= {reader.heading for reader in sheet.readers.values()}
    assert set(sheet.alone) <= set(sheet.rules)
