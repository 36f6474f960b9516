"""References in natural order, R2 before R10 and 1.2 before 1.10, wherever they are listed."""

import ast
import importlib

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.db import connection
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from boards import dashboard
from boards.dashboard import comparison
from improvement.records.references import OrderField, order
from notices.models import Indicator
from plans.models import MonthlyUpdate, Recommendation
from plans.months import sets
from plans.recommendations import story
from plans.reporting.months import freezing
from tests import factories
from tests.factories import AT, user

NATURAL = [
    "1",
    "1.1",
    "1.2",
    "1.10",
    "1.10a",
    "1.10b",
    "2.1",
    "10.1",
    "A",
    "R-1",
    "R01",
    "R1",
    "R2",
    "r2",
    "R10",
    "S01",
]
TYPED = ["10.1", "R10", "1.10", "R2", "1.2"]
IN_ORDER = ["1.2", "1.10", "10.1", "R2", "R10"]
# Digests sort by code point: their order is part of their format.
DIGESTS = {"plans/months/digests.py", "notices/interim/digests.py"}


def test_numbers_in_a_reference_count_as_numbers():
    assert sorted(sorted(NATURAL), key=order) == NATURAL


@given(st.lists(st.text(max_size=10), unique=True))
def test_no_two_references_share_a_place(references):
    assert len({order(reference) for reference in references}) == len(references)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_the_order_of_numbers_is_theirs(one, other):
    assert (one < other) == (order(f"R{one}") < order(f"R{other}"))


@pytest.fixture
def plan(db):
    """A plan whose recommendations were added in no order."""
    plan = factories.plan(0)
    for number, reference in enumerate(TYPED, 1):
        factories.recommendation(plan, number, reference=reference)
    return plan


def references(rows):
    return [row.reference for row in rows]


def in_page(client, address, names=IN_ORDER):
    """Return those of `names` that stand as the text of an element, in the page's order, each once."""
    page = client.get(address).content.decode().split("<main")[-1]
    found = {name: page.find(f">{name}<") for name in names}
    return sorted((name for name in names if found[name] >= 0), key=found.get)


def test_recommendations_and_their_rows_are_listed_in_natural_order(plan, client):
    may = factories.month(plan)
    assert references(plan.recommendations.all()) == references(may.updates.all()) == IN_ORDER
    assert references(sets.rows(may)) == IN_ORDER
    for row in may.updates.all():
        factories.signed_off(row)
    factories.published(may)
    june = factories.month(plan, 6)
    assert references(dashboard.build(may, now=AT).grid) == IN_ORDER
    assert [pair.latest.reference for pair in comparison.build(may, june).pairs] == IN_ORDER
    client.force_login(user("Olga Office"))
    for sort in ("reference", "theme", "lead", "due", "rating"):
        assert in_page(client, f"{reverse('plans:recommendation_list', args=[plan.slug])}?sort={sort}") == IN_ORDER
    export = client.get(reverse("plans:recommendation_list", args=[plan.slug]), {"_export": "csv", "month": "2011-05"})
    lines = export.content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines if line.split(",")[0] in IN_ORDER] == IN_ORDER
    assert freezing(june)


def test_what_continues_a_recommendation_is_listed_in_natural_order(plan):
    old = factories.recommendation(plan, 9)
    old.successors.set(plan.recommendations.exclude(pk=old.pk))
    told = story.build(old, at=AT, may_see=lambda update: True)
    assert [row.reference for row in told.related["successors"]] == IN_ORDER


def test_the_administration_lists_references_in_natural_order(plan, client):
    client.force_login(user("Abe Administrator", is_staff=True, is_superuser=True))
    page = reverse("admin:plans_recommendation_changelist")
    for query, expected in (("", IN_ORDER), ("?o=1", IN_ORDER), ("?o=-1", IN_ORDER[::-1])):
        assert references(client.get(page + query).context["cl"].queryset) == expected


KEEPING = [model for model in apps.get_models() if any(isinstance(field, OrderField) for field in model._meta.fields)]


def test_a_row_keeps_the_order_of_its_reference(plan):
    factories.month(plan)
    factories.notice()
    assert set(KEEPING) == {Indicator, MonthlyUpdate, Recommendation}
    for model in KEEPING:
        for row in model.objects.all():
            assert row.reference_order == order(row.reference)


@pytest.mark.parametrize(
    ("migration", "models"),
    [
        ("plans.migrations.0014_fill_reference_order", (Recommendation, MonthlyUpdate)),
        ("notices.migrations.0010_fill_reference_order", (Indicator,)),
    ],
)
def test_what_stood_before_gets_its_order(plan, migration, models):
    factories.month(plan)
    factories.notice()
    for model in models:
        model.objects.update(reference_order=b"")
    importlib.import_module(migration).fill(apps, connection.schema_editor())
    for model in models:
        assert {row.reference_order == order(row.reference) for row in model.objects.all()} == {True}


# Siblings


def by_reference(source):
    """Yield the line of whatever sorts by a reference as a text: a column, a key, an ordering."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and node.arg in {"order_by", "ordering"} and _texts(node.value):
            yield node.value.lineno
        if isinstance(node, ast.Assign) and _names(node) & {"ordering"} and _texts(node.value):
            yield node.lineno
        if isinstance(node, ast.keyword) and node.arg == "key" and _is_a_reference(node.value):
            yield node.value.lineno


def _texts(value):
    found = [part.value for part in ast.walk(value) if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return [text for text in found if text.removeprefix("-").split("__")[-1] == "reference"]


def _names(node):
    return {target.id for target in node.targets if isinstance(target, ast.Name)}


def _is_a_reference(key):
    body = key.body if isinstance(key, ast.Lambda) else key
    parts = body.elts if isinstance(body, ast.Tuple) else [body]
    return any(isinstance(part, ast.Attribute) and part.attr == "reference" for part in parts)


def test_nothing_sorts_by_a_reference_as_a_text():
    found = []
    for app in ("accounts", "notices", "plans", "boards", "improvement"):
        for path in sorted((settings.BASE_DIR / app).rglob("*.py")):
            name = str(path.relative_to(settings.BASE_DIR))
            if "migrations" not in name and name not in DIGESTS:
                found += [(name, line) for line in by_reference(path.read_text())]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        'about = Column(order_by=("about__reference", "number"))',
        'ordering = ("plan", "-reference")',
        "sorted(rows, key=lambda row: row.reference)",
        "sorted(rows, key=lambda row: (row.month, row.reference))",
        'display(ordering="reference")',
    ],
)
def test_sorting_by_a_reference_as_a_text_is_noticed(source):
    assert list(by_reference(source)) == [1]


def test_the_administration_has_no_column_of_references_that_sorts_as_text():
    for model, registered in admin.site._registry.items():
        assert "reference" not in registered.list_display, model
