"""What was removed from months before they had removals as any other record has is carried over by the migrations."""

from importlib import import_module

import pytest
from django.core.management import call_command
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

BEFORE = "0019_plan_sources"
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


def go_back():
    """Take the database back to where it was before, with what was removed from its months under other numbers."""
    there = list(Removal.objects.order_by("pk").values("pk", *KEPT))
    call_command("migrate", "plans", BEFORE, verbosity=0)
    triggers.drop()
    before = MigrationLoader(connection).project_state([("plans", BEFORE)]).apps.get_model("plans", "Redaction")
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


def withheld(meeting):
    return [one.is_withheld for one in kept_packs.of_meeting(meeting, [BOARD], at=AT)]


def test_what_was_removed_from_months_is_carried_over_and_packs_come_after_the_same(meeting):
    there = list(Removal.objects.order_by("pk").values(*KEPT))
    assert [row["label"] for row in there] == ["Progress this month", "Overall commentary", "Impact"]
    go_back()
    assert not Removal.objects.exists()
    call_command("migrate", verbosity=0)
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
