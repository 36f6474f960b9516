"""The index follows every write, whoever makes it, and a rebuild mends it where somebody went round it."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from accounts.removal import kinds
from boards import actions
from boards.challenges import advice
from boards.models import Advice, AgendaItem, BoardAction
from improvement.records import database, triggers
from improvement.searching import asking, engines, index
from improvement.texts import words
from notices.models import Result
from plans import reporting
from plans.models import Correction, MonthlyUpdate, Recommendation, ReportingMonth
from tests import factories
from tests.factories import AT, later, user
from tests.hostile.inputs import lines
from tests.hostile.surfaces import TYPED

pytestmark = pytest.mark.django_db
MODELS = {
    "action": BoardAction,
    "advice": Advice,
    "correction": Correction,
    "minute": AgendaItem,
    "recommendation": Recommendation,
    "result": Result,
    "update": MonthlyUpdate,
}


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


def test_a_text_that_is_removed_is_found_no_longer_in_its_correction(plan):
    month = factories.month(plan)
    factories.signed_off(month.updates.first(), progress="Josie Miller was seen.")
    update = factories.published(month).updates.first()
    given = {"by": user("Olga Office"), "at": later(days=40)}
    (made,) = reporting.correct(update=update, progress="A family was seen.", reason="Names Josie Miller.", **given)
    assert found("correction", "Josie") == [made.pk]
    for field, text in kinds.of(update).items():
        if any("Josie" in place.text for place in text.places):
            reporting.redact(update=update, field=field, reason="names a child", **given)
    assert (found("correction", "Josie"), found("correction", "family")) == ([], [])


def test_minutes_actions_and_advice_are_followed(plan):
    meeting = factories.held(plan)
    item, row, advised = factories.minuted(meeting), factories.action(meeting), factories.advice(plan.board)
    kinds_of_them = ("minute", "action", "advice")
    assert [found(kind, "elephant") for kind in kinds_of_them] == [[], [], []]
    by = {"by": user("Olga Office"), "at": AT}
    factories.minuted(meeting, "An elephant was seen.")
    actions.close(action=row, version=row.version, meeting=meeting, outcome="An elephant was asked.", **by)
    advice.respond(advice=advised, response="We shall see an elephant.", version=advised.version, **by)
    assert [found(kind, "elephant") for kind in kinds_of_them] == [[item.pk], [row.pk], [advised.pk]]
    factories.minuted(meeting, "")
    assert (found("minute", "elephant"), found("minute", item.title)) == ([], [])


def test_an_installation_gets_what_is_searched_from_now_on_with_its_next_migration(thornbury):
    """The new kinds of a version are filled after its migrations, without a word from whoever runs it."""
    new = [kind.indexed for kind in asking.kinds().values() if kind.indexed.number > 8]
    before = counted()
    with connection.cursor() as cursor:
        engine = engines.of(connection)
        for kind in new:
            for trigger in engine.triggers(kind):
                for statement in engine.dropped(trigger.name, trigger.table):
                    cursor.execute(statement)
            cursor.execute(engine.emptied(kind))
    assert (counted() < before, len(list(index.problems())) > 0) == (True, True)
    call_command("migrate", verbosity=0)
    assert (counted(), list(index.problems())) == (before, [])


def counted():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {engines.TABLE}")
        return cursor.fetchone()[0]


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
