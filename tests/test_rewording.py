"""What the administration puts in other words is told with the words before: in the trail, and where it is read."""

import re
from datetime import date
from itertools import pairwise

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts import verification as people
from accounts.audit import events, trail
from accounts.models import Event
from accounts.removal import kinds, redactions
from boards.packs import kept_packs
from notices.models import Finding, Indicator, Inspection, Notice, Target
from plans import reporting, revisions
from plans.models import AreaOfFocus, Outcome, Plan, Recommendation, Theme
from tests import factories
from tests.factories import AT, later, user
from tests.test_admin import address, form_of

pytestmark = pytest.mark.django_db
# The field of each that a person would reword.
WORDED = {Plan: "title", Theme: "title", Outcome: "title", AreaOfFocus: "title", Recommendation: "wording"} | {
    Notice: "title",
    Indicator: "name",
}


@pytest.fixture
def plan():
    made = factories.plan(1)
    factories.area(made)
    made.notice = factories.notice()
    made.save()
    made.programme_office.add(user("Abe Administrator", is_staff=True, is_superuser=True))
    return made


@pytest.fixture
def office(client, plan):
    client.force_login(user("Abe Administrator"))
    return client


def reword(client, thing, field, words):
    page = address(type(thing), "change", thing.pk)
    assert client.post(page, form_of(client, page) | {field: words}).status_code == 302


def test_a_reworded_target_says_so_on_its_page_and_in_the_trail(office, plan):
    target = plan.notice.targets.get()
    reword(office, target, "wording", "Increase them to 60%.")
    page = office.get(reverse("notices:target_detail", args=[plan.notice.slug, target.reference])).content.decode()
    assert "Reworded on" in page
    assert target.wording in page
    for shown in ("", "?_export=csv"):
        told = office.get(reverse("plans:trail_list", args=[plan.slug]) + shown).content.decode()
        assert f"Wording before: {target.wording}" in told
        assert "Wording now: Increase them to 60%." in told


def test_a_reworded_recommendation_outcome_and_theme_say_so_on_its_page(office, plan):
    recommendation = plan.recommendations.get()
    outcome = recommendation.outcome
    told = set()
    for of, thing, field in (
        ("", recommendation, "wording"),
        ("", recommendation, "title"),
        ("Outcome", outcome, "title"),
        ("Theme", outcome.theme, "title"),
    ):
        told.add((of, field.capitalize(), getattr(thing, field)))
        reword(office, thing, field, f"Another {field}")
    page = reverse("plans:recommendation_detail", args=[plan.slug, recommendation.reference])
    story = office.get(page).context["story"]
    assert {(one.of, one.label, one.before) for one in story.reworded} == told


@pytest.mark.parametrize("model", WORDED, ids=lambda model: model.__name__)
def test_every_text_that_changes_is_in_its_event_before_and_after(office, plan, model):
    thing = model.objects.get()
    before = getattr(thing, WORDED[model])
    reword(office, thing, WORDED[model], "Other words")
    (text,) = Event.objects.first().detail["texts"]
    assert (text["field"], text["before"], text["after"]) == (WORDED[model], before, "Other words")


def test_what_belongs_to_it_and_choices_are_told_in_words(office, plan):
    theme = plan.themes.get()
    other = factories.post("Another Director")
    page = address(Theme, "change", theme.pk)
    office.post(page, form_of(office, page) | {"outcomes-0-accountable_post": other.pk})
    assert trail.facts(Event.objects.first())[1:] == [
        "outcome “1.1 Outcome 1”, Accountable post before: Director of Children",
        "outcome “1.1 Outcome 1”, Accountable post now: Another Director",
    ]


def test_what_is_removed_from_an_update_goes_from_the_texts_of_its_recommendation_too(office, plan):
    words = "Josie Miller of Mill Lane was seen twice."
    reword(office, plan.recommendations.get(), "note", words)
    row = factories.submitted(factories.month(plan).updates.get(), progress=words)
    reporting.redact(update=row, field="progress", reason="names a child", by=user("Olga Office"), at=AT)
    assert "Josie" not in str(list(Event.objects.values_list("detail", "on_text")))


SECRET = "Josie Miller of Elm Road was seen twice."


def remove_all(plan):
    """Remove whatever can be removed from the plan; return the labels."""
    labels = []
    while found := kinds.of(plan):
        redactions.redact(thing=plan, field=next(iter(found)), reason="names a child", by=user("Olga Office"), at=AT)
        labels.append(next(iter(found.values())).label)
    return labels


def every_text():
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += cursor.fetchall()
    return repr(found)


def a_thing(plan, model):
    inspection = factories.inspection()
    inspection.notices.add(plan.notice)
    factories.finding(inspection, 1)
    return model.objects.get()


@pytest.mark.parametrize("model", [*WORDED, Target, Finding, Inspection], ids=lambda model: model.__name__)
def test_an_earlier_wording_is_removed_from_the_trail_and_from_former_states(office, plan, model):
    thing, field = a_thing(plan, model), WORDED.get(model) or ("title" if model is Inspection else "wording")
    right = getattr(thing, field)
    reword(office, thing, field, SECRET)
    assert kinds.of(plan) == {} or all(one.places[0].text != SECRET for one in kinds.of(plan).values())
    reword(office, thing, field, right)
    assert "Josie" in every_text()
    remove_all(plan)
    assert "Josie" not in every_text()
    thing.refresh_from_db()
    assert getattr(thing, field) == right
    assert list(people.problems()) == []


def test_what_a_row_that_belongs_to_it_said_before_is_removed_too(office, plan):
    theme, outcome = plan.themes.get(), Outcome.objects.get()
    page = address(Theme, "change", theme.pk)
    for words in (SECRET, outcome.title):
        office.post(page, form_of(office, page) | {"outcomes-0-title": words})
    assert "Josie" in every_text()
    remove_all(plan)
    assert "Josie" not in every_text()


def test_the_reasons_of_closing_reopening_and_discarding_are_removed(plan):
    recommendation, by = plan.recommendations.get(), {"by": user("Olga Office"), "at": AT}
    month = factories.month(plan)
    revisions.close(recommendation=recommendation, closure="withdrawn", reason=f"First. {SECRET}", **by)
    revisions.reopen(recommendation=recommendation, reason=f"Second. {SECRET}", **by)
    revisions.close(recommendation=recommendation, closure="withdrawn", reason=f"Third. {SECRET}", **by)
    reporting.discard_month(month=month, reason=f"Fourth. {SECRET}", **by)
    assert len(remove_all(plan)) == 4
    assert "Josie" not in every_text()
    recommendation.refresh_from_db()
    assert recommendation.closure_reason == "[removed: names a child]"


def test_the_office_removes_an_earlier_wording_on_the_page_and_readers_see_that_it_did(office, plan):
    recommendation = plan.recommendations.get()
    right = recommendation.wording
    for words in (SECRET, right):
        reword(office, recommendation, "wording", words)
    page, story = (
        reverse("plans:plan_redact", args=[plan.slug]),
        reverse("plans:recommendation_detail", args=[plan.slug, recommendation.reference]),
    )
    assertContains(office.get(story), page)
    (field,) = office.get(page).context["texts"]
    page += f"?field={field}"
    assertContains(office.get(page), SECRET)
    seen = office.get(page).context["form"]["seen"].value()
    office.post(page, {"reason": "names a child", "seen": seen, "is_checked": "on"})
    shown = office.get(story)
    assertNotContains(shown, "Josie")
    assertContains(shown, "[removed: names a child]")
    assertContains(shown, right)


def test_the_pages_of_a_target_and_an_inspection_lead_the_office_alone_to_the_removal_of_what_they_said(office, plan):
    a_thing(plan, Finding)
    target, finding = plan.notice.targets.get(), Finding.objects.get()
    pages = [
        reverse("notices:target_detail", args=[plan.notice.slug, target.reference]),
        reverse("notices:inspection_detail", args=[plan.notice.slug, finding.inspection.slug]),
    ]
    link = reverse("plans:plan_redact", args=[plan.slug])
    for page in pages:
        assertNotContains(office.get(page), link)
    for thing in (target, finding):
        reword(office, thing, "wording", SECRET)
    for page in pages:
        assertContains(office.get(page), link)
        office.force_login(user("Ada Officer"))
        assertNotContains(office.get(page), link)
        office.force_login(user("Abe Administrator"))


def test_whatever_page_shows_an_earlier_wording_leads_the_office_to_its_removal():
    """The three pages that include `_reworded.html`, so that a fourth says for whom it has the link."""
    root = settings.BASE_DIR / "templates"
    shown = {path.name for path in root.rglob("*.html") if "_reworded.html" in path.read_text()} - {"_reworded.html"}
    linked = {path for path in shown if re.search(r"_reworded.html.* plans=", next(root.rglob(path)).read_text())}
    linked |= {path for path in shown if "plans:plan_redact" in next(root.rglob(path)).read_text()}
    assert shown == linked


def test_what_an_inspection_said_before_that_the_plan_alone_answers_is_removed_too(office, plan):
    """It is attached to no Notice; the plan answers a finding of it."""
    finding = factories.finding(factories.inspection("apart"), 1)
    plan.recommendations.get().findings.add(finding)
    right = finding.wording
    for words in (SECRET, right):
        reword(office, finding, "wording", words)
    remove_all(plan)
    assert "Josie" not in every_text()


@pytest.fixture
def meeting(plan):
    """A meeting that received the month of May, which was opened and published before anything was put otherwise."""
    month = factories.month(plan)
    factories.signed_off(month.updates.get())
    held = factories.announced(factories.meeting(plan, date(2011, 5, 16)))
    return factories.received(held, factories.published(month))


def _said(plan, thing, *texts):
    """Let `thing` have said the first of `texts`, then each of the others, from day to day."""
    for days, (before, after) in enumerate(pairwise(texts)):
        type(thing).objects.filter(pk=thing.pk).update(wording=after)
        text = {"of": "", "field": "wording", "label": "Wording", "before": before, "after": after}
        what = f"{thing._meta.model_name}.changed"
        events.record(by=user("Olga Office"), at=later(days=10 + days), what=what, on=thing, texts=[text])


def _withheld(meeting):
    return [one.is_withheld for one in kept_packs.of_meeting(meeting, ["board"], at=AT)]


@pytest.mark.parametrize("model", [Target, Finding, Recommendation], ids=lambda model: model.__name__)
def test_a_kept_pack_that_may_have_printed_a_removed_wording_is_withheld_and_named(office, plan, meeting, model):
    thing = a_thing(plan, model)
    factories.kept_pack(meeting, at=later(days=9))
    type(thing).objects.update(wording=SECRET)
    _said(plan, thing, SECRET, "Right.")
    page = reverse("plans:plan_redact", args=[plan.slug])
    (field,) = kinds.of(plan)
    assertContains(office.get(f"{page}?field={field}"), "Pack of the meeting of 16 May 2011")
    assert _withheld(meeting) == [False]
    remove_all(plan)
    assert _withheld(meeting) == [True]
    factories.kept_pack(meeting, number=2, at=later(days=30))
    assert _withheld(meeting) == [True, False]


def test_a_pack_that_was_kept_before_a_wording_was_there_is_handed_out(office, plan, meeting):
    factories.kept_pack(meeting, at=later(days=9))
    factories.kept_pack(meeting, number=2, at=later(days=10))
    target = plan.notice.targets.get()
    _said(plan, target, target.wording, SECRET, "Right.")
    remove_all_of_secret(plan)
    assert _withheld(meeting) == [False, True]


def test_a_pack_of_a_month_that_was_opened_once_a_wording_was_gone_is_handed_out(office, plan, meeting):
    target = plan.notice.targets.get()
    _said(plan, target, SECRET, "Right.")
    factories.published(factories.month(plan, 6, at=later(days=20)), at=later(days=40))
    following = factories.announced(factories.meeting(plan, date(2011, 6, 13), at=later(days=21)), at=later(days=21))
    following = factories.received(following, plan.months.get(month=date(2011, 6, 1)), at=later(days=41))
    factories.kept_pack(following, at=later(days=41))
    factories.kept_pack(meeting, at=later(days=41))  # it prints the month of before
    remove_all(plan)
    assert (_withheld(following), _withheld(meeting)) == ([False], [True])


def remove_all_of_secret(plan):
    for name, one in kinds.of(plan).items():
        if one.places[0].text == SECRET:
            redactions.redact(thing=plan, field=name, reason="names a child", by=user("Olga Office"), at=later(days=50))
