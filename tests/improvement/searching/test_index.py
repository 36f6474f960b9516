"""The index follows every write, whoever makes it, and a rebuild mends it where somebody went round it."""

import pytest
from django.db import connection, transaction

from improvement.records import database, triggers
from improvement.searching import asking, engines, index
from improvement.texts import words
from notices.models import Result
from plans import reporting
from plans.models import MonthlyUpdate, Recommendation, ReportingMonth
from tests import factories
from tests.factories import AT, later, user
from tests.hostile.inputs import lines
from tests.hostile.surfaces import TYPED

pytestmark = pytest.mark.django_db
MODELS = {"recommendation": Recommendation, "update": MonthlyUpdate, "result": Result}


@pytest.fixture
def plan():
    return factories.plan(2)


def found(kind, asked, scopes=()):
    """Return the keys of all rows of `kind` whose entries match, whoever may see them."""
    kind = asking.kinds()[kind]
    pks = index.matching(kind.indexed, words.phrases(asked), scopes)
    return sorted(MODELS[kind.name].objects.filter(pk__in=pks).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("the council’s", "council's"),
        ("the council's", "council’s"),
        ("the councilʼs", "council‘s"),
        ("Café", "CAFE"),
        ("Cafe\u0301", "café"),
        ("ÉCOLE", "école"),
        ("Straße", "strasse"),
        ("Łódź, Bjørn, Ægir", "lodz bjorn aegir"),
        ("Lodz", "Łódź"),
        ("safe\u00adguarding", "safeguarding"),
        ("ﬁndings", "finding"),
        ("no\N{NO-BREAK SPACE}break", "no break"),
        ("NI 59: 80.1%", "ni 59 80.1"),
        ("A/B-testing, e-mail@x.example, 1e5 and -5", "b testing mail example 1e5"),
        ("safeguarding", "safeguard"),
        ("looked after children", '"looked after"'),
        ("漢字", "漢字"),
        ("O’Brien–Smith", "o'brien smith"),
    ],
)
def test_a_word_is_found_however_it_is_written(plan, said, asked):
    row = plan.recommendations.first()
    Recommendation.objects.filter(pk=row.pk).update(wording=f"Before {said} after.")
    assert found("recommendation", asked) == [row.pk]
    assert words.phrases(asked) != []


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("safeguarding", "guarding"),
        ("looked at what came after", '"looked after"'),
        ("Nicely", "ni"),
        ("one", "one two"),
        ("plan", "p1"),
        ("plan", "k1"),
    ],
)
def test_what_is_not_there_is_not_found(plan, said, asked):
    Recommendation.objects.update(title="T", wording=said)
    assert found("recommendation", asked) == []


def test_no_hostile_input_is_more_than_words(plan):
    """Whatever an address asks for, the database takes it as words, and finds none of them or says so."""
    asked = [line.decode(errors="replace")[: asking.LONGEST] for line in lines(*TYPED)]
    tried = [text for text in asked if words.phrases(text)]
    assert len(tried) > 100
    for text in tried:
        assert found("recommendation", f"{text} elephants") == []


def test_every_write_is_followed(plan):
    row = plan.recommendations.first()
    Recommendation.objects.filter(pk=row.pk).update(wording="An elephant.")
    assert found("recommendation", "elephant") == [row.pk]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE plans_recommendation SET wording = 'A giraffe.' WHERE id = %s", [row.pk])
    assert (found("recommendation", "elephant"), found("recommendation", "giraffe")) == ([], [row.pk])
    made = factories.recommendation(plan, 3, wording="A giraffe too.")
    assert found("recommendation", "giraffe") == [row.pk, made.pk]
    Recommendation.objects.filter(pk=made.pk).delete()
    assert found("recommendation", "giraffe") == [row.pk]


def test_a_write_that_is_rolled_back_leaves_nothing(plan):
    with transaction.atomic():
        Recommendation.objects.update(wording="An elephant.")
        transaction.set_rollback(True)
    assert found("recommendation", "elephant") == []


def test_a_draft_is_found_once_it_is_handed_in_and_not_once_it_is_returned(plan):
    update = factories.month(plan).updates.first()
    row = reporting.save_draft(update=update, version=0, by=user(), at=AT, progress="An elephant was trained.")
    assert found("update", "elephant") == []
    row = factories.submitted(row, progress="An elephant was trained.")
    assert found("update", "elephant") == [row.pk]
    reporting.return_for_changes(update=row, version=row.version, comment="Why?", by=user("Liam Lead"), at=AT)
    assert found("update", "elephant") == []


def test_an_entry_is_found_in_its_scopes_alone(plan):
    row = plan.recommendations.first()
    assert found("recommendation", "matter 1", [f"p{plan.pk}", "p99999"]) == [row.pk]
    assert found("recommendation", "matter 1", ["p99999"]) == []


def test_what_an_entry_rests_on_is_followed():
    indicator = factories.notice().targets.get().indicators.get()
    row = factories.result(indicator)
    indicator.name = "Elephants seen in time"
    indicator.save()
    assert found("result", "elephants") == [row.pk]


def test_a_text_that_is_removed_is_found_no_longer(plan):
    month = factories.month(plan)
    factories.signed_off(month.updates.first(), progress="Josie Miller was seen.")
    update = factories.published(month).updates.first()
    assert found("update", "Josie") == [update.pk]
    given = {"reason": "names a child", "by": user("Olga Office"), "at": later(days=40)}
    reporting.redact(update=update, field="progress", **given)
    assert (found("update", "Josie"), found("update", '"names a child"')) == ([], [update.pk])
    with connection.cursor() as cursor:
        # The words that a folder's backup of SQLite would show; PostgreSQL keeps none but the tsvector.
        cursor.execute(f"SELECT * FROM {engines.TABLE}")
        assert "josie" not in str(cursor.fetchall()).lower()


def test_the_index_is_whole_and_a_rebuild_changes_nothing(thornbury):
    assert list(index.problems()) == []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {engines.TABLE}")
        before = cursor.fetchone()[0]
    assert (before > 15, index.rebuild()) == (True, before)
    assert list(database.problems()) == []


def test_verify_notices_an_entry_that_is_missing_and_a_rebuild_brings_it_back(plan):
    row = plan.recommendations.first()
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {engines.TABLE} WHERE {engines.of(connection).key} = {row.pk * 16 + 1}")
    complaint = "The search index differs from plans_recommendation. Run rebuild_search to write it anew."
    assert (list(index.problems()), found("recommendation", "matter 1")) == ([complaint], [])
    index.rebuild()
    assert (list(index.problems()), found("recommendation", "matter 1")) == ([], [row.pk])


def test_verify_notices_a_trigger_that_is_missing(plan):
    index.drop()
    Recommendation.objects.update(wording="An elephant.")
    said = list(index.problems())
    assert (found("recommendation", "elephant"), len(said) > 8) == ([], True)
    assert any(each.startswith("The trigger search_1_plans_recommendation_delete_") for each in said)
    index.install()
    assert (len(found("recommendation", "elephant")), list(index.problems())) == (2, [])


def test_an_index_that_is_in_place_is_left_alone(plan):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {engines.TABLE}")
    index.install()
    assert found("recommendation", "matter") == []  # nothing was filled in, for the triggers were all there


def test_lifting_the_guards_does_not_lift_the_index(plan):
    month = factories.published(factories.month(plan))
    with transaction.atomic(), triggers.lifted({"plans_monthlyupdate", "plans_reportingmonth"}):
        MonthlyUpdate.objects.filter(month=month).update(status="submitted", progress="An elephant.", **_submitted())
    assert len(found("update", "elephant")) == 2
    assert ReportingMonth.objects.get().is_published


def _submitted():
    told = factories.ANSWERS | {"progress": "An elephant."}
    told |= {"submitted_at": AT, "submitted_by": user(), "first_submitted_at": AT}
    return {name: value for name, value in told.items() if name != "progress"}
