import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from accounts import posts
from accounts.models import Event, Post, Tenure
from improvement.texts import days
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db


def hand_over(post, holder, deputy, on):
    return posts.hand_over(post=post, holder=holder, deputy=deputy, on=on, by=user("Olga Office"), at=AT)


@pytest.fixture
def post():
    return factories.post("Head of Safeguarding", user("Ada Officer"), user("Dev Deputy"))


def test_hand_over_ends_one_tenure_the_day_before_the_next(post):
    hand_over(post, user("Nia Newcomer"), user("Dev Deputy"), date(2011, 4, 1))
    assert list(post.tenures.values_list("user__name", "capacity", "from_on", "to_on")) == [
        ("Dev Deputy", "deputy", date(2011, 1, 1), None),
        ("Ada Officer", "holder", date(2011, 1, 1), date(2011, 3, 31)),
        ("Nia Newcomer", "holder", date(2011, 4, 1), None),
    ]
    post.refresh_from_db()
    assert (post.holder, post.deputy) == (user("Nia Newcomer"), user("Dev Deputy"))
    assert Event.objects.filter(what="post.handed_over").first().detail["holder"] == "Nia Newcomer"


def test_hand_over_ends_the_present_tenure_and_none_that_ended_before(post):
    hand_over(post, user("Nia Newcomer"), user("Dev Deputy"), date(2011, 3, 1))
    hand_over(post, user("Oz Other"), user("Dev Deputy"), date(2011, 4, 1))
    holders = post.tenures.filter(capacity="holder").order_by("from_on").values_list("user__name", "to_on")
    assert list(holders) == [
        ("Ada Officer", date(2011, 2, 28)),
        ("Nia Newcomer", date(2011, 3, 31)),
        ("Oz Other", None),
    ]


def test_hand_over_to_nobody_leaves_the_post_empty(post):
    hand_over(post, None, None, date(2011, 4, 1))
    assert not Tenure.objects.filter(to_on=None).exists()


@pytest.mark.parametrize(
    ("deputy", "on", "sentence"),
    [
        ("Nia Newcomer", date(2011, 4, 1), "The deputy cannot be the same person as the holder."),
        ("Dev Deputy", date(2011, 5, 2), "A hand-over date cannot be in the future. Record the hand-over on the day."),
        ("Dev Deputy", date(2011, 1, 1), "Ada Officer has been the holder since 1 January 2011. Choose a later day."),
    ],
)
def test_hand_over_refuses_what_cannot_be(post, deputy, on, sentence):
    with pytest.raises(posts.HandOverRefused) as caught:
        hand_over(post, user("Nia Newcomer"), user(deputy), on)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(("capacity", "until"), [("holder", None), ("deputy", AT.date())])
def test_hand_over_refuses_whoever_observes_a_board_or_is_deactivated(capacity, until):
    plan = factories.plan()
    plan.board.seats.filter(user=user("Obi Observer")).update(to_on=until)
    post = plan.recommendations.get().lead_post
    user("Dot Deactivated", is_active=False)
    for name, why in (("Obi Observer", "observes a Board"), ("Dot Deactivated", "is deactivated")):
        people = {"holder": None, "deputy": None} | {capacity: user(name)}
        with pytest.raises(posts.HandOverRefused) as caught:
            hand_over(post, **people, on=date(2011, 4, 1))
        assert str(caught.value) == f"{name} {why}, so cannot be the {capacity}. Choose someone else."
        assert caught.value.field == capacity
    post.refresh_from_db()
    assert {post.holder, post.deputy} & {user("Obi Observer"), user("Dot Deactivated")} == set()


def test_hand_over_lets_whoever_observed_until_yesterday_hold_a_post():
    plan = factories.plan()
    plan.board.seats.filter(user=user("Obi Observer")).update(to_on=AT.date() - timedelta(days=1))
    hand_over(plan.recommendations.get().lead_post, user("Obi Observer"), None, AT.date())
    assert user("Obi Observer").posts.count() == 1


def test_hand_over_leaves_a_holder_who_came_to_observe_where_they_are(post):
    """Only so can the deputy be replaced before the holder is."""
    board = factories.plan(slug="other").board
    board.seats.filter(user=user("Obi Observer")).update(user=user("Ada Officer"))
    hand_over(post, user("Ada Officer"), user("Nia Newcomer"), date(2011, 4, 1))
    post.refresh_from_db()
    assert (post.holder, post.deputy) == (user("Ada Officer"), user("Nia Newcomer"))


def test_hand_over_goes_by_the_day_in_london(post):
    just_after_midnight = datetime(2011, 5, 1, 23, 30, tzinfo=UTC)
    posts.hand_over(
        post=post,
        holder=user("Nia Newcomer"),
        deputy=None,
        on=date(2011, 5, 2),
        by=user("Olga Office"),
        at=just_after_midnight,
    )
    assert post.tenures.get(user=user("Nia Newcomer")).from_on == date(2011, 5, 2)


def test_a_post_has_one_present_holder_in_the_database(post):
    with pytest.raises(IntegrityError), transaction.atomic():
        Tenure.objects.create(post=post, user=user("Nia Newcomer"), capacity="holder", from_on=date(2011, 2, 1))


def test_a_deputy_is_not_the_holder_in_the_database(post):
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(deputy=post.holder)


def test_acts_for_names_the_holder_unless_it_is_the_holder(post):
    assert post.acts_for(user("Ada Officer")) == ""
    assert post.acts_for(user("Dev Deputy")) == "Head of Safeguarding (Ada Officer)"
    assert factories.post("Police").acts_for(user("Olga Office")) == "Police, Thornbury Council"
    named = factories.post("Manager, Thornbury Council")
    assert named.acts_for(user("Olga Office")) == "Manager, Thornbury Council"


def test_user_posts_are_those_held_and_deputised(post):
    other = factories.post("Head of Training", user("Dev Deputy"))
    assert set(user("Dev Deputy").posts) == {post, other}


@pytest.mark.parametrize(("holder", "deputy"), [("Ada Officer", "Nia Newcomer"), ("Nia Newcomer", "Dev Deputy")])
def test_hand_over_changes_one_capacity_and_leaves_the_other(post, holder, deputy):
    hand_over(post, user(holder), user(deputy), date(2011, 4, 1))
    post.refresh_from_db()
    assert (post.holder, post.deputy) == (user(holder), user(deputy))
    present = post.tenures.filter(to_on=None).values_list("capacity", "user__name")
    assert dict(present) == {"holder": holder, "deputy": deputy}


def test_hand_over_to_those_who_hold_it_writes_nothing(post):
    hand_over(post, user("Ada Officer"), user("Dev Deputy"), date(2011, 4, 1))
    assert Event.objects.filter(what="post.handed_over").count() == 1


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (date(2011, 4, 10), "Nia Newcomer was the holder until 10 April 2011. Choose a later day."),
        (date(2011, 4, 11), None),
        (date(1, 1, 1), days.OUTSIDE),
    ],
)
def test_hand_over_of_an_empty_post_begins_after_the_last_holder(post, on, sentence):
    other = factories.post("Head of Training", user("Oz Other"))
    hand_over(other, user("Olga Office"), None, date(2011, 4, 20))  # another post, which says nothing of this one
    hand_over(post, user("Nia Newcomer"), user("Dev Deputy"), date(2011, 4, 1))
    hand_over(post, None, user("Dev Deputy"), date(2011, 4, 11))
    if sentence:
        with pytest.raises(posts.HandOverRefused) as caught:
            hand_over(post, user("Ada Officer"), user("Dev Deputy"), on)
        assert str(caught.value) == sentence
    else:
        assert hand_over(post, user("Ada Officer"), user("Dev Deputy"), on).holder == user("Ada Officer")


def test_how_long_there_was_a_deputy_says_nothing_of_when_a_holder_begins(post):
    hand_over(post, None, user("Dev Deputy"), date(2011, 4, 1))
    hand_over(post, None, None, date(2011, 4, 20))
    assert hand_over(post, user("Nia Newcomer"), None, date(2011, 4, 10)).holder == user("Nia Newcomer")


# Whoever leaves is deactivated, often before their posts are handed over.

ROOT = Path(__file__).parent.parent.parent
# Who holds a post is asked of the post; what follows from that is asked of `acting`, which knows who may still sign in.
HELD = re.compile(r"\.(holder|deputy)(_id)?\b")


def leaves(name):
    person = user(name)
    person.is_active = False
    person.save(update_fields=("is_active",))


@pytest.mark.parametrize(
    ("gone", "acting", "people", "words"),
    [
        ([], ["Ada Officer", "Dev Deputy"], "Ada Officer; deputy: Dev Deputy", "Head of Safeguarding (Ada Officer)"),
        (["Ada Officer"], ["Dev Deputy"], "deputy: Dev Deputy", "Head of Safeguarding, Thornbury Council"),
        (["Dev Deputy"], ["Ada Officer"], "Ada Officer", "Head of Safeguarding (Ada Officer)"),
        (["Ada Officer", "Dev Deputy"], [], "", "Head of Safeguarding, Thornbury Council"),
    ],
)
def test_whoever_is_deactivated_acts_for_no_post(post, gone, acting, people, words):
    for name in gone:
        leaves(name)
    post = Post.objects.get(pk=post.pk)
    assert ([person.name for person in post.acting], post.people, post.holder_words) == (acting, people, words)


def test_nothing_but_the_post_itself_asks_who_holds_it():
    """So that nobody who is deactivated is named as responsible, written to, or waited for."""
    files = [
        *ROOT.glob("templates/**/*.html"),
        *(file for app in ("plans", "notices", "boards") for file in (ROOT / app).rglob("*.py")),
    ]
    assert len(files) > 200
    found = {
        str(file.relative_to(ROOT)): line.strip()
        for file in files
        if "migrations" not in file.parts
        for line in file.read_text().splitlines()
        if HELD.search(line)
    }
    assert found == {}
