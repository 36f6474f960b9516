from datetime import date
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from accounts import posts
from accounts.models import User
from plans import reporting
from plans.models import Recommendation
from plans.months import sets
from plans.office import console
from plans.reporting import evidence
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db

HOME = "https://plans.example/"


@pytest.fixture
def month():
    """Six updates in every state, under two outcomes, of three posts: one of them without an account."""
    plan = factories.plan(6, themes=2)
    police = factories.post("District Commander")
    other = factories.post("Head of Looked After Children", user("Lena Looked"))
    Recommendation.objects.filter(reference="R05").update(lead_post=police)
    Recommendation.objects.filter(reference="R06").update(lead_post=other)
    factories.area(plan, "A")
    month = factories.month(plan)
    rows = {row.reference: row for row in month.updates.all()}
    factories.signed_off(rows["R01"], rating="green")
    factories.submitted(rows["R02"], at=later(days=21))
    reporting.save_draft(update=rows["R03"], version=0, by=user("Ada Officer"), at=AT, progress="Begun.")
    row = factories.submitted(rows["R04"])
    reporting.return_for_changes(update=row, version=1, comment="Why?", by=user("Liam Lead"), at=AT)
    factories.submitted(rows["R05"], by=user("Olga Office"))
    return month


def numbers(counts):
    return {count.name: count.number for count in counts}


def rows_behind(month, count):
    filters = dict(parse_qsl(urlsplit(count.link).query))
    assert filters.pop("month") == "2011-05"
    return sets.select(month, filters, now=AT).count()


def test_the_totals_say_where_every_update_stands(month):
    assert numbers(console.build(month, now=AT, home=HOME).totals) == {
        "Expected": 6,
        "Received": 3,
        "Signed off": 1,
        "Not signed off": 2,
        "Late": 1,
        "No update received": 3,
    }


def test_the_counts_of_the_outcomes_and_of_the_posts_add_up_to_the_totals(month):
    built = console.build(month, now=AT, home=HOME)
    totals = numbers(built.totals)
    for lines in (built.outcomes, built.posts):
        assert {name: sum(numbers(line.counts)[name] for line in lines) for name in totals} == totals
        for counts in [built.totals, *(line.counts for line in lines)]:
            line = numbers(counts)
            assert line["Expected"] == line["Received"] + line["No update received"]
            assert line["Received"] == line["Signed off"] + line["Not signed off"]


def test_every_number_links_to_exactly_its_rows(month):
    built = console.build(month, now=AT, home=HOME)
    counts = [*built.totals, *(count for line in [*built.outcomes, *built.posts] for count in line.counts)]
    assert [rows_behind(month, count) for count in counts] == [count.number for count in counts]


def test_a_line_names_the_post_and_who_acts_for_it(month):
    built = console.build(month, now=AT, home=HOME)
    assert [(line.title, line.post, line.people) for line in built.outcomes] == [
        ("1.1 Outcome 1", "Director of Children", "Liam Lead; deputy: Dina Deputy"),
        ("2.1 Outcome 2", "Director of Children", "Liam Lead; deputy: Dina Deputy"),
    ]
    assert [(line.title, line.people) for line in built.posts] == [
        ("District Commander", ""),
        ("Head of Looked After Children", "Lena Looked"),
        ("Head of Safeguarding", "Ada Officer; deputy: Dev Deputy"),
    ]


def test_a_published_month_names_posts_and_people_as_they_were(month):
    factories.published(month)
    month.refresh_from_db()
    post = factories.post("Head of Safeguarding")
    post.title = "Chief of Protection"
    post.save()
    for changed in (post, factories.post("Director of Children")):
        posts.hand_over(post=changed, holder=user("New Holder"), deputy=None, on=date(2011, 4, 1), by=user(), at=AT)
    built = console.build(month, now=AT, home=HOME)
    assert [(line.title, line.people) for line in built.posts] == [
        ("District Commander", ""),
        ("Head of Looked After Children", "Lena Looked"),
        ("Head of Safeguarding", "Ada Officer"),
    ]
    assert [line.people for line in built.outcomes] == ["Liam Lead"] * 2


def test_what_is_missing_is_grouped_by_post_with_the_message_to_its_people(month):
    built = console.build(month, now=AT, home=HOME)
    chases = built.missing
    assert (built.missing_count, built.unsigned_count) == (3, 2)
    assert [(chase.post.title, [row.reference for row in chase.updates]) for chase in chases] == [
        ("Head of Safeguarding", ["R03", "R04"]),
        ("Head of Looked After Children", ["R06"]),
    ]
    assert chases[0].text == (
        "May 2011: updates due 20 May 2011\nFor the Head of Safeguarding\n\n"
        "R03 Recommendation 3: draft\nR04 Recommendation 4: returned\n\nhttps://plans.example/"
    )
    address = urlsplit(chases[0].mailto)
    assert (address.scheme, address.path) == ("mailto", "ada.officer@thornbury.example")
    assert parse_qs(address.query) == {
        "cc": ["dev.deputy@thornbury.example"],
        "subject": ["May 2011: updates due 20 May 2011"],
        "body": [chases[0].text.replace("\n", "\r\n")],
    }
    assert "cc=" not in chases[1].mailto


def test_a_post_without_an_account_has_nobody_to_write_to(month):
    row = month.updates.get(reference="R05")
    reporting.take_back(update=row, version=1, by=user("Olga Office"), at=AT)
    chases = console.build(month, now=AT, home=HOME).missing
    assert [(chase.post.title, chase.mailto) for chase in chases if not chase.post.people] == [
        ("District Commander", "")
    ]


def test_whoever_is_deactivated_is_neither_written_to_nor_named(month):
    User.objects.filter(name__in=("Ada Officer", "Lena Looked", "Liam Lead")).update(is_active=False)
    built = console.build(month, now=AT, home=HOME)
    chases = [*built.missing, *built.unsigned]
    assert [(chase.post.title, urlsplit(chase.mailto).path) for chase in chases] == [
        ("Head of Safeguarding", "dev.deputy@thornbury.example"),
        ("Head of Looked After Children", ""),
        ("Director of Children", "dina.deputy@thornbury.example"),
    ]
    assert [line.people for line in built.posts] == ["", "", "deputy: Dev Deputy"]


def test_what_waits_for_sign_off_is_chased_at_the_accountable_post(month):
    chases = console.build(month, now=AT, home=HOME).unsigned
    assert [(chase.post.title, [row.reference for row in chase.updates]) for chase in chases] == [
        ("Director of Children", ["R02", "R05"])
    ]


def test_freeze_counts_every_row_once_under_its_rating(month):
    frozen = console.freeze(month, now=AT)
    assert [(rating, count.number) for rating, count in frozen.ratings] == [
        ("red", 0),
        ("amber", 2),
        ("green", 1),
        (None, 3),
    ]
    assert frozen.expected.number == 6
    assert [rows_behind(month, count) for _, count in frozen.ratings] == [0, 2, 1, 3]
    assert [row.reference for row in frozen.unsigned] == ["R02", "R05"]
    assert [row.reference for row in frozen.missing] == ["R03", "R04", "R06"]
    assert [row.letter for row in frozen.silent_areas] == ["A"]
    area = {"area_update": month.area_updates.get(), "version": 0, "text": "On course."}
    reporting.write_area_update(**area, by=user("Ada Officer"), at=AT)
    assert console.freeze(month, now=AT).silent_areas == []


def test_loss_tells_what_was_written_in_the_order_of_the_plan():
    plan = factories.plan(3)
    for letter in "AB":
        factories.area(plan, letter)
    month, ada = factories.month(plan), {"by": user("Ada Officer"), "at": AT}
    first, second, _ = month.updates.all()
    for row, title, at in ((second, "Later", later(hours=1)), (second, "Letter", AT), (first, "Rates", later(hours=2))):
        link = {"kind": "qualitative", "title": title, "url": f"https://{title}.example/"}
        evidence.add(update=row, **link, by=ada["by"], at=at)
    for row in (second, first):
        reporting.save_draft(update=row, version=0, progress="Begun.", **ada)
    reporting.write_area_update(area_update=month.area_updates.get(letter="B"), version=0, text="On course.", **ada)
    found = console.loss(month)
    assert (found.refusal, found.expected, found.drafts) == ("", 3, [first, second])
    assert [item.title for item in found.evidence] == ["Rates", "Letter", "Later"]
    assert [row.letter for row in found.areas] == ["B"]
    assert found.seen == reporting.discarding(month)


def test_loss_says_why_a_month_cannot_be_discarded(month):
    references = "R01, R02, R04, R05"
    assert (
        console.loss(month).refusal == f"May 2011 has submitted updates: {references}. It can no longer be discarded."
    )


@pytest.mark.parametrize("number", [1, 3])
def test_the_console_is_built_in_three_queries(number, django_assert_num_queries):
    plan = factories.plan(number, themes=number)
    for letter in "ABC"[:number]:
        factories.area(plan, letter)
    month = factories.month(plan)
    with django_assert_num_queries(3):
        console.build(month, now=AT, home=HOME)


def test_discarding_is_offered_until_an_update_is_submitted_even_if_it_is_returned(client):
    month = factories.month(factories.plan(2))
    client.force_login(user("Olga Office"))
    offered = ["Discard May 2011" in client.get("/plans/thornbury/2011-05/").content.decode()]
    row = factories.submitted(month.updates.get(reference="R01"))
    reporting.return_for_changes(update=row, version=1, comment="Why?", by=user("Liam Lead"), at=AT)
    offered.append("Discard" in client.get("/plans/thornbury/2011-05/").content.decode())
    assert offered == [True, False]
