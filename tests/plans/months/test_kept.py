"""What is drawn of published months is kept for as long as nothing that it is drawn from changes."""

from datetime import date

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.removal.redactions import redact
from plans import reporting
from plans.models import Correction
from plans.months.kept import fingerprint
from tests import factories
from tests.boards.reading import main, read, text
from tests.factories import later, user

LIST = "/plans/thornbury/recommendations/"


@pytest.fixture
@factories.once
def month(db):
    plan = factories.plan(2, themes=2)
    month = factories.month(plan)
    factories.signed_off(month.updates.get(reference="R01"), rating="red", cause="Two posts are vacant.")
    return factories.published(month)


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        response = read(client, path)
    return len(captured), main(response)


def test_a_later_month_leaves_the_kept_one_as_it_is(month):
    before = fingerprint(month)
    factories.published(factories.month(month.plan, 6))
    assert fingerprint(month) == before


def test_a_correction_that_stands_after_one_of_a_higher_id_changes_what_is_kept(month):
    row, agreed = month.updates.get(reference="R01"), {"by": user("Olga Office"), "at": later(days=60)}
    reporting.correct(update=row, cause="Three posts are vacant.", reason="It was miscounted.", **agreed)
    first = fingerprint(month)
    made = Correction.objects.get()
    made.pk, made.before, made.after = made.pk - 1, made.after, "Four posts are vacant."
    made.save(force_insert=True)
    assert fingerprint(month) != first


def corrected(row, cause="Three posts are vacant."):
    agreed = {"by": user("Olga Office"), "at": later(days=60)}
    reporting.correct(update=row, cause=cause, reason="It was miscounted.", **agreed)


def test_a_correction_of_an_earlier_month_changes_what_is_kept(month):
    june = factories.published(factories.month(month.plan, 6))
    before = fingerprint(june)
    corrected(month.updates.get(reference="R01"))
    assert fingerprint(june) != before


def test_what_is_published_corrected_and_removed_in_another_plan_leaves_the_kept_one_as_it_is(month):
    before = fingerprint(month)
    other = factories.month(factories.plan(1, slug="other"), 4)
    factories.signed_off(other.updates.get(), rating="red", cause="Two posts are vacant.")
    row = factories.published(other).updates.get()
    corrected(row)
    redact(thing=row, field="impact", reason="names a child", by=user("Olga Office"), at=later(days=60))
    assert fingerprint(month) == before


@pytest.mark.parametrize("change", [{"commentary": "Put otherwise."}, {"slug": "elsewhere"}], ids=str)
def test_the_month_as_it_was_loaded_and_the_address_of_its_plan_are_part_of_what_is_kept(month, change):
    before = fingerprint(month)
    for name, value in change.items():
        setattr(month.plan if name == "slug" else month, name, value)
    assert fingerprint(month) != before


@pytest.mark.parametrize("query", ["", "?rating=red&sort=-due", "?month=2011-05&stuck=yes"])
def test_a_list_that_is_read_again_is_the_same_and_reads_no_update(client, month, query):
    read(client, LIST)
    caches["lists"].clear()
    cold, drawn = queries(client, LIST + query)
    again, kept = queries(client, LIST + query)
    assert (kept, cold - again) == (drawn, 2)


def test_a_list_shows_a_correction_made_after_it_was_read(client, month):
    row = month.updates.get(reference="R01")
    assert "corrected to" not in text(read(client, LIST))
    told = {"reason": "It was miscounted.", "by": user("Olga Office"), "at": later(days=60)}
    agreed = {"agreed_by": user("Liam Lead"), "agreed_on": later(days=59).date(), "agreed_how": "By e-mail."}
    reporting.correct(update=row, rating="amber", **told, **agreed)
    assert "corrected to" in text(read(client, LIST))


def test_a_list_with_an_open_month_to_choose_is_not_given_to_who_does_not_see_it(client, month):
    factories.month(month.plan, 6)
    assert "June 2011 (open)" in text(read(client, LIST, "Olga Office"))
    assert "June 2011 (open)" not in text(read(client, LIST, "Obi Observer"))


def test_the_list_of_an_open_month_and_a_search_are_drawn_each_time(client, month):
    factories.month(month.plan, 6)
    read(client, f"{LIST}?month=2011-06", "Olga Office")
    read(client, f"{LIST}?q=posts", "Olga Office")
    assert len(caches["lists"]._cache) == 0
    read(client, LIST, "Olga Office")
    assert len(caches["lists"]._cache) == 1


def test_whatever_is_written_in_an_open_month_changes_what_is_kept_of_it_and_of_no_other(month):
    factories.area(month.plan)
    june = factories.month(month.plan, 6)
    other = factories.month(factories.plan(1, slug="other"), 6)
    seen, left = [fingerprint(june)], (fingerprint(month), fingerprint(other))
    office = {"by": user("Olga Office"), "at": later(days=31)}
    for write in (
        lambda: reporting.save_draft(update=june.updates.first(), version=0, progress="Begun.", **office),
        lambda: reporting.write_area_update(area_update=june.area_updates.get(), version=0, text="On it.", **office),
        lambda: reporting.change_dates(month=june, due_on=date(2011, 6, 21), reason="Later.", **office),
    ):
        write()
        seen.append(fingerprint(june))
    assert len(set(seen)) == 4
    assert (fingerprint(month), fingerprint(other)) == left
