"""What was removed from months before they had removals as any other record has is carried over by the migrations.

The three that do it are made again with today's tables around them: to go back through all that came since, and forward
again, took half a minute, and says nothing of these rows.
"""

from importlib import import_module

import pytest
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from accounts import verification as people
from accounts.models import Removal
from accounts.removal import kinds
from boards.models import Pack
from boards.packs import kept_packs
from improvement.records import triggers
from plans import reporting, verification
from plans.models import ReportingMonth
from plans.months import digests
from tests import databases, factories
from tests.boards.packs.packing import BOARD, a_meeting
from tests.factories import AT, later, user

BEFORE = [("plans", "0019_plan_sources"), ("boards", "0016_what_bodies_ask_and_decide")]
LAST = ("plans", "0021_delete_redaction")
CARRYING = {("plans", "0020_carry_redactions"), ("boards", "0017_name_carried_removals"), LAST}
SECRET = "Josie Miller was seen twice."
SAID = ("field", "reason", "by_id", "by_name", "at", "digest_before", "digest_after")
KEPT = ("on_type", "on_id", "label", *SAID)


@pytest.fixture
def own_database(db, worker_id):
    """An empty database of the test's own, whose tables may change."""
    name = databases.copy_of_empty(f"{worker_id}_before")
    with databases.pointed_at(name):
        yield
    databases.drop(name)


@pytest.fixture
@transaction.atomic
def meeting(own_database):
    """A meeting with a kept pack, made of a month from which something was removed before and after."""
    month = factories.month(factories.plan(), 4)
    update = factories.signed_off(month.updates.get(), progress=SECRET)
    reporting.write_commentary(month=month, version=0, text=SECRET, by=user("Olga Office"), at=AT)
    meeting = a_meeting(factories.published(month).plan, papers={})
    by = {"reason": "names a child", "by": user("Olga Office"), "at": later(days=40)}
    reporting.redact(update=update, field="progress", **by)
    factories.kept_pack(meeting)
    reporting.redact_month(month=meeting.month, field="commentary", **by)
    reporting.redact(update=update, field="impact", **by)
    return meeting


@pytest.fixture
def migrations(own_database):
    """The migrations as the database knows them, with what the models were before those that carry over."""
    loader = MigrationLoader(connection)
    return loader, loader.project_state(BEFORE)


def go_back(state):
    """Take the rows back to what they were before, with what was removed from the months under other numbers."""
    there = list(Removal.objects.order_by("pk").values("pk", *KEPT))
    triggers.drop()
    before = state.apps.get_model("plans", "Redaction")
    with connection.schema_editor() as editor:
        editor.create_model(before)
    months = dict(before._meta.get_field("update").related_model.objects.values_list("pk", "month_id"))
    for row in there:
        of_update = row["on_type"] == "plans.monthlyupdate"
        on = {"update_id": row["on_id"], "month_id": months[row["on_id"]]} if of_update else {"month_id": row["on_id"]}
        before.objects.create(pk=row["pk"] + 70, **on, **{name: row[name] for name in SAID})
    Removal.objects.all().delete()
    pack = Pack.objects.get()
    names = [f"month-{int(name.removeprefix('removal-')) + 70}" for name in pack.contents["removals"]]
    Pack.objects.update(contents=pack.contents | {"removals": names})
    guards = triggers.append_only("plans_redaction", "What was removed, and why, is never changed or forgotten.")
    triggers._create("default", guards)


def go_on(loader, state):
    """Make the migrations that carry over, in the order in which all are made."""
    for key in loader.graph.forwards_plan(LAST):
        if key in CARRYING:
            with connection.schema_editor() as editor:
                state = loader.get_migration(*key).apply(state, editor)
    triggers.install()


def withheld(meeting):
    return [one.is_withheld for one in kept_packs.of_meeting(meeting, [BOARD], at=AT)]


def test_what_was_removed_from_months_is_carried_over_and_packs_come_after_the_same(meeting, migrations):
    there = list(Removal.objects.order_by("pk").values(*KEPT))
    assert [row["label"] for row in there] == ["Progress this month", "Overall commentary", "Impact"]
    loader, state = migrations
    go_back(state)
    assert not Removal.objects.exists()
    go_on(loader, state)
    assert list(Removal.objects.order_by("pk").values(*KEPT)) == there
    assert "plans_redaction" not in connection.introspection.table_names()
    month = ReportingMonth.objects.get()
    assert kinds.standing_digest(month) == there[-1]["digest_after"] == digests.digest(month)
    assert [*people.problems(), *verification.problems(), *triggers.missing()] == []
    first, *since = Removal.objects.order_by("pk")
    assert (Pack.objects.get().contents["removals"], withheld(meeting)) == ([f"removal-{first.pk}"], [True])
    triggers.drop()
    Removal.objects.filter(pk__in=[row.pk for row in since]).delete()
    assert withheld(meeting) == [False]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("progress", "Progress this month"),
        ("reply", "Reply to the comment"),
        ("comment-12", "A review comment"),
        ("area-B", "Update on area of focus B"),
    ],
)
def test_what_is_carried_over_says_in_words_what_went(field, expected):
    assert import_module("plans.migrations.0020_carry_redactions")._label(field) == expected
