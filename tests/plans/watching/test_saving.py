"""A person keeps filters for themselves: by names of their own, whatever the plan renumbers later."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Event
from improvement.records.refusals import Conflict, Incomplete, Refused
from plans import watching
from plans.models import AreaOfFocus, Outcome, SavedFilter, Theme
from plans.office import trail
from plans.watching import keys, lists, saving
from tests import factories
from tests.factories import AT, user
from tests.races import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def month():
    plan = factories.plan(2, themes=2)
    factories.area(plan)
    return factories.published(factories.month(plan, 4))


def save(month, name="Mine", by=None, is_followed=False, **asked):
    asked = asked or {"rating": ["red"]}
    given = {"plan": month.plan, "month": month, "name": name, "asked": asked, "is_followed": is_followed}
    return watching.save(**given, by=by or user(), at=AT)


def events():
    return list(Event.objects.filter(what__startswith="user.filter").order_by("pk").values_list("what", flat=True))


def test_what_a_list_is_asked_for_is_kept_by_its_keys(month):
    post = month.plan.recommendations.first().lead_post
    row = save(
        month,
        "  My   theme ",
        theme=["2", "2"],
        outcome=["1.1"],
        area=["A"],
        post=[str(post.pk)],
        rating=["amber", "red"],
        q=[" two  words "],
        stuck=["yes"],
    )
    theme, outcome = Theme.objects.get(number=2), Outcome.objects.get(theme__number=1)
    assert (row.name, row.person, row.plan, row.saved_at, row.is_followed) == (
        "My theme",
        user(),
        month.plan,
        AT,
        False,
    )
    assert row.query == {
        "rating": ["red", "amber"],
        "theme": [theme.pk],
        "outcome": [outcome.pk],
        "area": [AreaOfFocus.objects.get().pk],
        "post": [post.pk],
        "stuck": ["yes"],
        "q": ["two words"],
    }


@pytest.mark.parametrize(
    "asked",
    [{"theme": ["9"]}, {"rating": ["mauve"]}, {"page": ["2"], "sort": ["title"]}, {"q": [" "]}],
)
def test_what_no_list_is_asked_for_is_not_kept(month, asked):
    with pytest.raises(Refused, match="Select at least one filter"):
        save(month, **asked)
    assert save(month, **asked, moved=["any"]).query == {"moved": ["any"]}


def test_a_filter_has_a_name(month):
    with pytest.raises(Incomplete, match="Enter a name"):
        save(month, " ")
    row = save(month)
    with pytest.raises(Incomplete, match="Enter a name"):
        watching.rename(saved=row, name=" ", version=row.version, by=user(), at=AT)


@pytest.mark.parametrize(("first", "second"), [("Straße", "STRASSE"), ("Élan", "e\u0301lan"), ("My reds", "my REDS")])
def test_the_same_name_is_refused_beside_the_field_whatever_its_case(month, first, second):
    save(month, first)
    with pytest.raises(Refused) as refusal:
        save(month, second, rating=["green"])
    assert refusal.value.errors == {"name": "You already have a saved filter of that name. Enter another name."}
    other = save(month, "Another", rating=["green"])
    with pytest.raises(Refused) as refusal:
        watching.rename(saved=other, name=second, version=other.version, by=user(), at=AT)
    assert list(refusal.value.errors) == ["name"]


def test_the_database_refuses_the_same_name_past_the_verbs(month):
    row = save(month)
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedFilter.objects.create(
            person=user(), plan=month.plan, name="MINE", name_key=row.name_key, query={"stuck": ["yes"]}, saved_at=AT
        )


def test_the_database_refuses_a_filter_without_a_name(month):
    row = save(month)
    for field in ("name", "name_key"):
        with pytest.raises(IntegrityError), transaction.atomic():
            SavedFilter.objects.filter(pk=row.pk).update(**{field: ""})


def test_others_and_other_plans_may_have_a_filter_of_that_name(month):
    save(month)
    elsewhere = factories.published(factories.month(factories.plan(slug="other"), 4))
    assert len({save(month, by=user("Olga Office")).pk, save(elsewhere).pk, save(month).pk}) == 3
    assert SavedFilter.objects.count() == 3


def test_another_case_of_its_own_name_is_taken(month):
    row = watching.rename(saved=save(month), name="MINE", version=0, by=user(), at=AT)
    assert (row.name, row.version) == ("MINE", 1)


def test_the_same_again_changes_nothing_and_is_told_once(month):
    row = save(month)
    assert save(month) == row
    for _ in range(2):
        watching.rename(saved=row, name="Yours", version=0, by=user(), at=AT)
        watching.follow(saved=row, is_followed=True, by=user(), at=AT)
    for _ in range(2):
        watching.follow(saved=row, is_followed=False, by=user(), at=AT)
    for _ in range(2):
        watching.remove(saved=row, by=user(), at=AT)
    assert events() == [f"user.filter_{what}" for what in ("saved", "renamed", "followed", "unfollowed", "removed")]


def test_a_name_that_was_changed_in_another_window_is_not_written_over(month):
    row = save(month)
    watching.rename(saved=row, name="First", version=0, by=user(), at=AT)
    with pytest.raises(Conflict):
        watching.rename(saved=row, name="Second", version=0, by=user(), at=AT)
    assert SavedFilter.objects.get().name == "First"


def test_what_was_removed_in_another_window_is_said_so(month):
    row = save(month)
    watching.remove(saved=row, by=user(), at=AT)
    for write in (
        lambda: watching.rename(saved=row, name="Other", version=0, by=user(), at=AT),
        lambda: watching.follow(saved=row, is_followed=True, by=user(), at=AT),
    ):
        with pytest.raises(Refused, match="has been removed"):
            write()


def test_nobody_changes_or_removes_what_somebody_else_saved(month):
    row, other = save(month), user("Olga Office")
    watching.remove(saved=row, by=other, at=AT)
    with pytest.raises(Refused):
        watching.follow(saved=row, is_followed=True, by=other, at=AT)
    with pytest.raises(Refused):
        watching.rename(saved=row, name="Hers", version=0, by=other, at=AT)
    assert SavedFilter.objects.get() == row


def test_so_many_filters_are_kept_and_no_more(month, monkeypatch):
    monkeypatch.setattr(saving, "MOST", 2)
    save(month, "One")
    save(month, "Two")
    with pytest.raises(Refused, match="You can save 2 filters"):
        save(month, "Three")
    save(month, "Three", by=user("Olga Office"))


def test_an_event_says_neither_the_name_nor_what_it_selects_and_is_in_no_trail_of_a_plan(month):
    row = save(month, "Looks at Jo", rating=["red"])
    watching.rename(saved=row, name="Looks at Al", version=0, by=user(), at=AT)
    told = Event.objects.filter(what__startswith="user.filter")
    assert {(event.on_type, event.on_id, str(event.detail)) for event in told} == {
        ("accounts.user", user().pk, "{'plan': 'thornbury'}")
    }
    assert not set(told) & set(trail.of_plan(month.plan))


@pytest.mark.django_db(transaction=True)
def test_of_two_windows_that_save_one_name_at_once_one_is_refused():
    plan = factories.plan(2)
    month, person = factories.published(factories.month(plan, 4)), user()

    def write(number):
        asked = {"rating": [("red", "green")[number]]}
        return watching.save(plan=plan, month=month, name="Mine", asked=asked, by=person, at=AT)

    found = race(write, 2)
    assert sorted(type(each).__name__ for each in found) == ["Refused", "SavedFilter"]


# What it means later.


def asked(row, month=None, in_month=False):
    (shown,) = lists.shown([row], row.plan, month, in_month=in_month)
    return shown


def test_a_filter_means_the_same_when_the_plan_is_renumbered(month):
    row = save(month, theme=["2"], outcome=["2.1"], area=["A"])
    Theme.objects.filter(number=2).update(number=7)
    AreaOfFocus.objects.update(letter="C")
    june = factories.published(factories.month(month.plan, 6))
    assert asked(row).asked == {"theme": ["7"], "outcome": ["7.1"], "area": ["C"]}
    assert asked(row, june).asked == {"theme": ["7"], "outcome": ["7.1"], "area": ["C"]}
    # The published month keeps its numbers, and its list is asked for them.
    assert asked(row, month, in_month=True).address == (
        "/plans/thornbury/recommendations/?month=2011-04&theme=2&outcome=2.1&area=A"
    )
    assert save(month, "Again", theme=["2"]).query == {"theme": row.query["theme"]}
    assert save(june, "Anew", theme=["7"]).query == {"theme": row.query["theme"]}


def test_what_has_a_number_that_was_anothers_in_the_month_selects_nothing_there(month):
    row = save(month, theme=["2"])
    Theme.objects.filter(number=2).update(number=7)
    anew = factories.ThemeFactory(plan=month.plan, number=2, title="Anew")
    assert asked(row, month).asked == {"theme": ["2"]}
    assert save(month, "Again", theme=["2"]).query == row.query
    row.query = {"theme": [anew.pk]}
    assert (asked(row, month).asked, asked(row).asked) == ({"theme": ["0"]}, {"theme": ["2"]})


def test_what_no_longer_exists_is_left_out_with_a_sentence(month):
    theme = factories.ThemeFactory(plan=month.plan, number=5)
    row = SavedFilter.objects.create(
        person=user(),
        plan=month.plan,
        name="Old",
        name_key="old",
        query={"rating": ["red", "mauve"], "theme": [theme.pk], "area": [AreaOfFocus.objects.get().pk]},
        saved_at=AT,
    )
    assert asked(row).lost == ("Rating",)
    theme.delete()
    shown = asked(row)
    assert (shown.asked, shown.words) == ({"rating": ["red"], "area": ["A"]}, "Rating: Red; Area of focus: A Area A")
    assert shown.sentence == "Part of this filter is no longer in the plan, so it was left out: “Rating” and “Theme”."


def test_a_filter_is_told_in_the_words_of_the_list(month):
    post = month.plan.recommendations.first().lead_post
    row = save(
        month, rating=["red", "amber"], theme=["1"], post=[str(post.pk)], stuck=["yes"], slipped=["yes"], q=["x y"]
    )
    assert asked(row).words == (
        "Rating: Red or Amber; Theme: 1 Theme 1; Lead post: Head of Safeguarding; Due date: Date has slipped; "
        "Stuck; Words: “x y”"
    )
    assert asked(row).sentence == ""


def test_every_filter_of_the_list_has_a_label_and_is_kept():
    from plans.recommendations.filters import RecommendationFilter

    assert set(RecommendationFilter.base_fields) == keys.NAMES
    labels = {name: field.label for name, field in RecommendationFilter.base_fields.items()}
    assert labels == {name: keys.label(name) for name in keys.NAMES}


def test_filters_are_in_the_order_of_their_names_however_they_were_saved(month):
    for name in ("b", "A", "Ç", "c"):
        save(month, name, moved=["any"])
    own = lists.of_person(user(), [month.plan_id])
    assert [each.saved.name for each in lists.shown(own, month.plan, month)] == ["A", "b", "c", "Ç"]
