import pytest

from accounts.models import Event, Letter, Message
from accounts.outbox import delivery
from accounts.posts import hand_over
from improvement.records.refusals import Incomplete, Refused
from plans.office import chasing, outgoing
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def month():
    """May, in which R01 is submitted and R02 owed; and a post without an account owes R03."""
    plan = factories.plan(2)
    factories.recommendation(plan, 3, factories.post("Designated Doctor"))
    month = factories.month(plan)
    factories.submitted(month.updates.get(reference="R01"))
    Message.objects.all().delete()
    return month


def chase(month, note="By Friday, please.", posts=None):
    posts = chasing.posts_owing(month) if posts is None else posts
    return chasing.chase(month=month, posts=posts, note=note, by=user("Olga Office"), at=AT)


def test_who_owes_or_has_to_sign_off_is_chased_where_somebody_acts(month):
    assert [post.title for post in chasing.posts_owing(month)] == ["Director of Children", "Head of Safeguarding"]


def test_each_post_says_what_it_owes(month, client):
    factories.submitted(month.updates.get(reference="R02"))
    month.updates.filter(reference="R03").update(lead_post=month.updates.get(reference="R01").lead_post)
    owed = [(post.title, post.owes) for post in chasing.posts_owing(month)]
    assert owed == [("Director of Children", "2 sign-offs"), ("Head of Safeguarding", "1 update")]
    client.force_login(user("Olga Office"))
    page = client.get("/plans/thornbury/2011-05/chase/").content.decode()
    assert "Director of Children (Liam Lead; deputy: Dina Deputy): 2 sign-offs" in page


def test_the_note_goes_to_everyone_who_acts_for_the_posts(month):
    assert chase(month) == 4
    told = Message.objects.values_list("user__name", "subject", "text")
    people = ["Ada Officer", "Dev Deputy", "Dina Deputy", "Liam Lead"]
    assert sorted(told) == [(name, "A note from Olga Office about May 2011", "By Friday, please.") for name in people]
    event = Event.objects.get(what="month.chased")
    assert event.detail == {"note": "By Friday, please.", "people": people}


def test_the_note_goes_to_the_posts_that_were_chosen(month):
    assert chase(month, posts=chasing.posts_owing(month)[:1]) == 2
    assert set(Message.objects.values_list("user__name", flat=True)) == {"Liam Lead", "Dina Deputy"}


def test_the_same_note_again_is_sent_to_nobody(month):
    assert [chase(month), chase(month)] == [4, 0]
    assert Event.objects.filter(what="month.chased").count() == 1


def test_a_note_says_something(month):
    with pytest.raises(Incomplete):
        chase(month, note=" ")


def test_nobody_is_chased_for_a_published_month(month):
    posts = chasing.posts_owing(month)
    factories.published(month)
    with pytest.raises(Refused, match="nobody to write to"):
        chase(month, posts=posts)


def test_a_post_that_owes_nothing_is_not_written_to(month):
    with pytest.raises(Refused, match="nobody to write to"):
        chase(month, posts=[factories.post("Head of Training", user("Oz Other"))])


@pytest.mark.parametrize(("hours", "is_late"), [(26, False), (27, True)])
def test_the_office_is_told_of_e_mails_that_wait_in_vain(month, hours, is_late):
    chase(month)
    found = outgoing.of_plan(month.plan)
    assert outgoing.waiting_since(found, later(hours=hours)) == (AT if is_late else None)


def test_what_was_sent_or_given_up_waits_no_more(month):
    chase(month)
    delivery.deliver(at=AT)
    Letter.objects.filter(user=user("Liam Lead")).update(sent_at=None, given_up=True)
    assert outgoing.waiting_since(outgoing.of_plan(month.plan), later(days=9)) is None


def test_the_same_note_on_another_day_is_sent_again(month):
    posts = chasing.posts_owing(month)
    sent = [
        chasing.chase(month=month, posts=posts, note="Please.", by=user("Olga Office"), at=later(days=day))
        for day in (0, 7)
    ]
    assert sent == [4, 4]


def test_a_post_that_owes_both_says_so_and_posts_of_one_title_stand_by_their_organisation(month):
    schools = factories.PostFactory(title="Director of Children", organisation="Another Council")
    hand_over(post=schools, holder=user("Oz Other"), deputy=None, on=AT.date(), by=user("Olga Office"), at=AT)
    month.updates.filter(reference="R03").update(lead_post=schools, accountable_post=schools)
    factories.submitted(month.updates.get(reference="R02"))
    month.updates.filter(reference="R02").update(accountable_post=schools)
    assert [(post.organisation, post.owes) for post in chasing.posts_owing(month)] == [
        ("Another Council", "1 update, 1 sign-off"),
        ("Thornbury Council", "1 sign-off"),
    ]


def test_another_note_and_the_same_of_another_person_are_sent_on_the_same_day(month):
    month.plan.programme_office.add(user("Oona Office"))
    posts = chasing.posts_owing(month)
    told = [("Please.", "Olga Office"), ("Please, by Friday.", "Olga Office"), ("Please.", "Oona Office")]
    sent = [chasing.chase(month=month, posts=posts, note=note, by=user(name), at=AT) for note, name in told]
    assert sent == [4, 4, 4]


def test_the_same_note_reaches_those_alone_who_have_not_had_it_that_day(month):
    director, head = chasing.posts_owing(month)
    assert [chase(month, posts=[director]), chase(month, posts=[director, head])] == [2, 2]
    people = [event.detail["people"] for event in Event.objects.filter(what="month.chased").order_by("pk")]
    assert people == [["Dina Deputy", "Liam Lead"], ["Ada Officer", "Dev Deputy"]]


def test_a_note_is_kept_without_the_spaces_around_it_and_leads_to_the_first_page(month):
    chase(month, note=" Please. ")
    assert set(Message.objects.values_list("text", "path", "kind")) == {("Please.", "/", "note")}


def test_the_e_mails_about_a_plan_are_its_own_latest_first(month):
    other = factories.month(factories.plan(1, slug="other"))
    chase(other, note="Of another plan.")
    for day in (1, 0):
        at = later(days=day)
        chasing.chase(
            month=month, posts=chasing.posts_owing(month)[:1], note=f"Day {day}.", by=user("Olga Office"), at=at
        )
    found = outgoing.of_plan(month.plan)
    assert list(found.values_list("text", "made_at")) == [("Day 1.", later(days=1))] * 2 + [("Day 0.", AT)] * 2
    written = [row.pk for row in found]
    assert written == sorted(written[:2], reverse=True) + sorted(written[2:], reverse=True)
    assert outgoing.waiting_since(found, later(days=9)) == AT
