"""What the Board reads of a month, and that its numbers are those of the lists behind them."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boards import dashboard
from improvement.records import triggers
from plans import guards, reporting, revisions
from plans.calendar import RECEIVED, UpdateStatus, after
from plans.models import MonthlyUpdate, Recommendation
from plans.ratings import Direction, Rating
from tests import factories
from tests.boards.reading import address, main, read, size_behind, text
from tests.factories import AT, later


def a_published_month(plan, number, **ratings):
    """Publish a month in which each reference has its rating; the others send nothing."""
    month = factories.month(plan, number)
    for row in month.updates.filter(reference__in=ratings):
        rating = ratings[row.reference]
        reasons = dict.fromkeys(("improving_worse", "same_text"), "It is so.")
        answers = {"rating": rating, "progress": f"Done in month {number}.", "override_reasons": reasons}
        factories.signed_off(row, **answers)
    return factories.published(month)


@pytest.fixture
def plan(db):
    return factories.plan(3, themes=2)


# What the numbers are.

ANSWER = st.fixed_dictionaries(
    {
        "status": st.sampled_from(sorted(UpdateStatus)),
        "rating": st.sampled_from(sorted(Rating)),
        "direction": st.sampled_from(sorted(Direction)),
        "movement": st.sampled_from(["better", "worse", "same", ""]),
        "is_stuck": st.booleans(),
        "is_late": st.booleans(),
        "decision_sought": st.sampled_from(["", "Agree the budget."]),
        "due_on": st.sampled_from([date(2011, 1, 31), date(2011, 12, 31), date(2012, 6, 30)]),
        "areas": st.sampled_from(["", " A ", " B ", " A B "]),
    }
)


def set_answer(row, answer):
    """Put `answer` into an open month's row, with what the database's constraints ask of its status."""
    officer, lead = factories.user("Ada Officer"), factories.user("Liam Lead")
    signed = answer["status"] == UpdateStatus.SIGNED_OFF
    carried = {"rating": Rating.COMPLETE} if answer["status"] == UpdateStatus.CARRIED else {}
    MonthlyUpdate.objects.filter(pk=row.pk).update(
        **{name: value for name, value in factories.ANSWERS.items() if name not in answer},
        **answer | carried,
        first_submitted_at=AT,
        submitted_at=AT,
        submitted_by=officer,
        signed_off_at=AT if signed else None,
        signed_off_by=lead if signed else None,
        verified_month=date(2011, 4, 1),
    )


@pytest.fixture
@factories.once
def six(db):
    plan = factories.plan(6, themes=2)
    for letter in "AB":
        factories.area(plan, letter)
    return factories.month(plan)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=st.lists(ANSWER, min_size=6, max_size=6))
def test_any_updates_add_up_to_the_scope_and_every_number_is_that_of_its_list(six, answers):
    with transaction.atomic():
        for row, answer in zip(six.updates.all(), answers, strict=True):
            set_answer(row, answer)
        built = dashboard.build(six, now=later(days=300))
        assert sum(number.value for number in built.ratings) == built.total.value == 6
        assert sum(theme.total.value for theme in built.themes) == 6
        for group in (*built.themes, *built.areas):
            assert sum(number.value for number in group.ratings) == group.total.value
        assert built.in_areas == sum(len(answer["areas"].split()) for answer in answers)
        assert built.in_no_area == sum(not answer["areas"] for answer in answers)
        received = sum(answer["status"] in RECEIVED for answer in answers)
        assert sum(number.value for number in built.directions) == received
        for number in every_number(built):
            assert (number.address, number.value) == (number.address, size_behind(number.address))
        for section in built.sections.values():
            assert section.number.value == len(section.rows)
        transaction.set_rollback(True)


def every_number(built):
    yield from (built.total, *built.ratings, *built.corrected, *built.directions)
    yield from (section.number for section in built.sections.values())
    for group in (*built.themes, *built.areas):
        yield from (group.total, *group.ratings)
    for totals in built.history:
        yield from (totals.total, *totals.ratings)


def test_each_rating_says_what_it_was_in_the_month_before(plan):
    a_published_month(plan, 5, R01="green", R02="amber")
    built = dashboard.build(a_published_month(plan, 6, R01="green", R02="green"), now=AT)
    assert [(n.key, n.value, n.before.value, n.more, n.fewer) for n in built.ratings] == [
        ("red", 0, 0, 0, 0),
        ("amber", 0, 1, 0, 1),
        ("green", 2, 1, 1, 0),
        ("none", 1, 1, 0, 0),
    ]
    assert built.previous.month.label == "May 2011"


def test_the_first_month_has_nothing_before_it(plan, client):
    month = a_published_month(plan, 5, R01="green")
    assert dashboard.build(month, now=AT).previous is None
    assert "No change from" not in text(read(client, address(month)))


def test_complete_is_counted_only_where_the_plan_offers_it_or_gave_it(plan):
    month = a_published_month(plan, 5, R01="green")
    assert [number.key for number in dashboard.build(month, now=AT).ratings] == ["red", "amber", "green", "none"]


# What the page says.


def test_dashboard_names_the_month_of_a_movement_that_is_not_the_month_before(plan, client):
    a_published_month(plan, 5, R01="amber", R02="amber")
    a_published_month(plan, 6, R02="amber")
    page = text(read(client, address(a_published_month(plan, 7, R01="green", R02="red"))))
    assert "R01 Recommendation 1 Amber Green (better, since May 2011)" in page
    assert "R02 Recommendation 2 Amber Red (worse)" in page


def test_dashboard_says_since_when_something_is_stuck(plan, client):
    for number in (5, 6, 7):
        month = a_published_month(plan, number, R01="amber", R02="green", R03="green")
    page = text(read(client, address(month)))
    assert "1 stuck: Red or Amber for three months or more, none of the last three “improving”. 0 long:" in page
    assert "R01 Recommendation 1 Stuck. Amber for 3 months, since May 2011 Steady Head of Safeguarding" in page


def test_dashboard_lists_as_stuck_and_long_what_sent_no_update(plan, client):
    a_published_month(plan, 1, R01="amber")
    for number in range(2, 7):
        month = a_published_month(plan, number)
    page = text(read(client, address(month)))
    words = "Amber (last received for January 2011) for 6 months, since January 2011"
    assert "1 stuck: " in page
    assert "1 long: " in page
    assert f"R01 Recommendation 1 Stuck. {words} Head of Safeguarding" in page
    (row, *_) = dashboard.build(month, now=AT).grid
    assert (row.reference, row.months_at_rating) == ("R01", 6)


def test_a_total_that_fell_because_updates_are_missing_says_so(plan, client):
    """Nothing got worse: what sent no update is named and compared with nothing."""
    a_published_month(plan, 5, R01="amber", R02="amber", R03="amber")
    month = a_published_month(plan, 6, R02="green")
    built = dashboard.build(month, now=AT)
    amber = next(number for number in built.ratings if number.key == "amber")
    assert (amber.fewer, amber.unreported, amber.gap) == (3, 2, "no update received for 2 of those 3")
    assert [number.gap for number in built.ratings if number is not amber] == ["", "", ""]
    page = text(read(client, address(month)))
    assert "3 fewer than 3 Amber in May 2011: no update received for 2 of those 3" in page
    assert (
        "No update was received for 2 of the 3 recommendations , so this page says nothing about their rating. "
        "Changes are counted among the 1 with an update now and before. "
        "No update received: R01 Recommendation 1 , R03 Recommendation 3 ."
    ) in page
    assert "1 update received" in page
    assert "1 better 0 worse of the 1 with an update now and before" in page
    path = reverse("boards:compare", args=["thornbury", month.month])
    page = text(read(client, f"{path}?with=2011-05"))
    assert "3 fewer: no update received for 2 of those 3" in page
    assert "Ratings are compared for the 1 recommendation with an update received for both months." in page
    assert "No update received for June 2011: 2" in page


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["", "red", "amber", "green"]), st.booleans()), min_size=3, max_size=3))
def test_what_sent_no_update_is_never_better_or_worse_and_every_gap_is_counted(plan, chosen):
    with transaction.atomic():
        references = ("R01", "R02", "R03")
        given_before = {name: rating for name, (rating, _) in zip(references, chosen, strict=True) if rating}
        a_published_month(plan, 5, **given_before)
        sent = {name: "amber" for name, (_, is_sent) in zip(references, chosen, strict=True) if is_sent}
        built = dashboard.build(a_published_month(plan, 6, **sent), now=AT)
        changed = {row.reference for name in ("better", "worse") for row in built.sections[name].rows}
        assert changed <= sent.keys()
        assert built.received.value + len(built.sections["missing"].rows) == built.total.value
        for number in built.ratings[:-1]:
            silent = [name for name, rating in given_before.items() if rating == number.key and name not in sent]
            assert number.unreported == len(silent)
            assert bool(number.gap) == bool(silent and number.fewer)
        transaction.set_rollback(True)


def test_dashboard_shows_what_is_red_with_its_path_to_green_word_for_word(plan, client):
    month = factories.month(plan)
    answers = {"cause": "Line one.\n\nLine <two>.", "remedy": "Hire “three”.", "decision_sought": "Agree the money."}
    factories.submitted(month.updates.get(reference="R01"), rating="red", **answers)
    page = unescape(main(read(client, address(factories.published(month)))))
    assert '<span class="app-prose">Line one.\n\nLine <two>.</span></td>' in page
    assert '<span class="app-prose">Hire “three”.</span></td>' in page
    assert 'class="govuk-table__cell app-prose">Head of Training <span' in page
    assert ">30 Sep 2012<br>" in page
    assert '<span class="app-prose">Agree the money.</span></dd>' in page


def test_dashboard_lists_overdue_slipped_agreed_and_proposed_dates(plan, client):
    with triggers.lifted({guards.RECOMMENDATIONS}):
        dates = {"original_due_on": date(2011, 4, 1), "due_on": date(2011, 4, 30)}
        Recommendation.objects.filter(reference="R03").update(**dates)
    month = factories.month(plan)
    proposal = {"proposed_due_on": date(2012, 3, 31), "proposed_due_reason": "The supplier is late."}
    factories.signed_off(month.updates.get(reference="R01"), **proposal)
    factories.submitted(month.updates.get(reference="R02"), **proposal)
    page = text(read(client, address(factories.published(month))))
    assert (
        "Overdue 1 1 not complete on 1 May 2011 2 later than originally due "
        "1 with a new date agreed this month 1 with a new date proposed"
    ) in page
    assert "All dates later than originally due R01 31 Dec 2011 to 31 Mar 2012 R03 1 Apr 2011 to 30 Apr 2011" in page
    assert "R03 Recommendation 3 No update received 1 Apr 2011 30 Apr 2011" in page
    change = "31 Dec 2011 to 31 Mar 2012, agreed by Liam Lead: The supplier is late."
    assert f"R01 Recommendation 1 Amber 31 Dec 2011 31 Mar 2012 {change}" in page
    assert "R02 Recommendation 2 Amber 31 Dec 2011 31 Dec 2011 31 Mar 2012 The supplier is late." in page


def test_dashboard_says_how_many_are_not_signed_off_or_late(plan, client):
    month = factories.month(plan)
    factories.submitted(month.updates.get(reference="R01"), at=later(days=30))
    factories.signed_off(month.updates.get(reference="R02"))
    page = text(read(client, address(factories.published(month))))
    assert "3 recommendations in scope, which need an update." in page
    assert "2 updates received, 1 counted but not signed off, 1 late." in page


def test_dashboard_lists_what_was_not_received_with_its_post_and_never_its_draft(plan, client):
    month = factories.month(plan)
    draft = {"rating": "red", "remedy": "A secret draft.", "decision_sought": "A secret wish."}
    for row in month.updates.all():
        reporting.save_draft(update=row, version=0, by=factories.user("Ada Officer"), at=AT, **draft)
    page = text(read(client, address(factories.published(month))))
    assert "R01 Recommendation 1 Head of Safeguarding (Ada Officer) None yet" in page
    assert "No recommendations are red." in page
    assert "secret" not in page


def test_dashboard_shows_areas_with_their_updates_and_the_note_on_their_sum(plan, client):
    area = factories.area(plan)
    other = factories.area(plan, "B")
    Recommendation.objects.get(reference="R01").areas.add(area, other)
    month = factories.month(plan)
    row = month.area_updates.get(letter="A")
    reporting.write_area_update(area_update=row, version=0, text="Two boards met.", by=factories.user(), at=AT)
    page = text(read(client, address(factories.published(month))))
    assert "so the areas add up to 2 and the recommendations to 3. Not in any area: 2." in page
    assert "A. Area A 1 A. Area A 1 Two boards met. Led by Head of Safeguarding" in page
    assert "B. Area B 1 B. Area B 1 No update was written. Led by Head of Safeguarding" in page


def test_dashboard_has_no_section_for_areas_before_there_were_any(plan, client):
    assert "area of focus" not in text(read(client, address(factories.published(factories.month(plan)))))


def test_dashboard_shows_corrections_beside_the_totals_as_published(plan, client):
    month = a_published_month(plan, 5, R01="green", R02="amber")
    agreed = {"agreed_by": factories.user("Liam Lead"), "agreed_on": date(2011, 6, 1), "agreed_how": "by e-mail"}
    agreed["by"] = factories.user()
    for reference, rating in (("R01", "amber"), ("R03", "red")):
        row = month.updates.get(reference=reference)
        reporting.correct(update=row, rating=rating, reason="It was misread.", at=later(days=60), **agreed)
    response = read(client, address(month))
    page = text(response)
    assert "With corrections made since then: 1 Red 2 Amber 0 Green 0 No update received" in page
    assert "R01 Recommendation 1 Corrected since: Amber Published as Green It was misread. (Ada Officer" in page
    assert "R03 Recommendation 3 Received after publication: Red" in page
    assert "Green , corrected to Amber" in page
    assert "* corrected after publication." in page
    built = dashboard.build(month, now=AT)
    assert [number.value for number in built.ratings] == [0, 1, 1, 1]
    assert all(number.value == size_behind(number.address) for number in built.corrected)


def test_the_latest_correction_of_a_rating_counts_and_that_of_a_text_does_not(plan):
    month = a_published_month(plan, 5, R01="green", R02="amber")
    agreed = {"agreed_by": factories.user("Liam Lead"), "agreed_on": date(2011, 6, 1), "agreed_how": "by e-mail"}
    by = {"by": factories.user()}
    agreed |= by
    changes = ({"progress": "Another text."}, {"rating": "amber"}, {"rating": "red"})
    for minute, changed in enumerate(changes):
        row = month.updates.get(reference="R01")
        reporting.correct(
            update=row,
            reason="A slip.",
            at=later(days=60, minutes=minute),
            **(agreed if "rating" in changed else by) | changed,
        )
        built = dashboard.build(month, now=AT)
        assert len(built.put_right) == 1
        assert [number.value for number in built.corrected] == ([], [0, 2, 0, 1], [1, 1, 0, 1])[minute]


def test_dashboard_shows_nothing_of_a_later_month(plan, client):
    earlier = a_published_month(plan, 5, R01="green")
    before = main(read(client, address(earlier)))
    a_published_month(plan, 6, R01="red")
    response = read(client, address(earlier))
    assert main(response) == before
    assert f'href="{reverse("boards:dashboard", args=["thornbury", date(2011, 6, 1)])}"' in response.content.decode()


def test_dashboard_keeps_in_its_grid_what_has_left_the_plan(plan, client):
    a_published_month(plan, 5, R01="green", R02="amber", R03="amber")
    recommendation = Recommendation.objects.get(reference="R02")
    by = factories.user("Olga Office")
    revisions.close(recommendation=recommendation, closure="withdrawn", reason="Not needed.", by=by, at=AT)
    month = a_published_month(plan, 6, R01="green")
    built = dashboard.build(month, now=AT)
    assert [row.reference for row in built.grid] == ["R01", "R02", "R03"]
    assert [cell.rating for cell in built.grid[1].cells] == ["amber", ""]
    assert built.total.value == 2
    assert "R02 Recommendation 2 Amber Not in the plan" in text(read(client, address(month)))


# Who may see it.


@pytest.mark.parametrize("name", ["Cass Chair", "Mo Member", "Obi Observer", "Ada Officer", "Liam Lead", "Ned Nobody"])
def test_dashboard_of_an_open_month_is_not_found_but_for_the_programme_office(plan, client, name):
    month = factories.month(plan)
    path = reverse("boards:compare", args=["thornbury", month.month])
    assert [read(client, address(month), name).status_code, client.get(path).status_code] == [404, 404]
    assert "only the programme office can see this page" in text(read(client, address(month), "Olga Office"))


@pytest.mark.parametrize("name", ["Cass Chair", "Mo Member", "Obi Observer", "Ada Officer", "Liam Lead", "Olga Office"])
def test_dashboard_of_a_published_month_is_for_all_who_see_the_plan(plan, client, name):
    month = factories.published(factories.month(plan))
    assert read(client, address(month), name).status_code == 200
    assert read(client, address(month), "Ned Nobody").status_code == 404


@pytest.mark.parametrize("path", ["2011-13/", "2011-06/", "0000-00/", "2011-05/compare/x/", "2011-5/", "%00/", "nope/"])
def test_dashboard_of_a_month_that_cannot_be_is_not_found(plan, client, path):
    factories.published(factories.month(plan))
    assert read(client, f"/boards/thornbury/{path}").status_code == 404


def test_dashboard_is_only_read(plan, client):
    month = factories.published(factories.month(plan))
    client.force_login(factories.user("Olga Office"))
    assert client.post(address(month)).status_code == 405


# The Board, and two months compared.


def test_board_detail_shows_todays_seats_and_the_months_latest_first(plan, client):
    plan.board.seats.filter(person="Mo Member").update(to_on=date(2011, 6, 30))
    a_published_month(plan, 5, R01="green")
    a_published_month(plan, 6, R01="red")
    factories.month(plan, 7)
    path = reverse("boards:board_detail", args=["thornbury"])
    page = text(read(client, path))
    assert "June 2011 1 May 2011 1 0 0 2 3 May 2011 1 May 2011 0 0 1 2 3" in page
    assert "Independent chair Cass Chair Not stated 1 January 2011 Present" in page
    assert "Mo Member" not in page
    assert "July 2011" not in page
    assert "July 2011 Open" in text(read(client, path, "Olga Office"))


def test_board_detail_is_not_found_by_strangers(plan, client):
    assert read(client, "/boards/thornbury/", "Ned Nobody").status_code == 404


def test_board_detail_of_a_board_without_months_says_so(plan, client):
    assert "No month has been published yet." in text(read(client, "/boards/thornbury/"))


def test_compare_shows_what_changed_from_the_earlier_month_to_the_later(plan, client):
    earlier = a_published_month(plan, 5, R01="amber", R02="green")
    by = factories.user("Olga Office")
    date_of_r03 = {"recommendation": Recommendation.objects.get(reference="R03"), "due_on": date(2012, 3, 31)}
    revisions.change_due_date(**date_of_r03, reason="The refresh.", by=by, at=AT)
    later_month = a_published_month(plan, 7, R01="green", R02="red", R03="green")
    pages = [
        read(client, f"{reverse('boards:compare', args=['thornbury', one.month])}?with={other.address}")
        for one, other in ((earlier, later_month), (later_month, earlier))
    ]
    for page in map(text, pages):
        assert "May 2011 and July 2011" in page
        assert "Red 0 1 1 more Amber 1 0 1 fewer Green 1 2 1 more No update received 1 0 1 fewer All 3 3" in page
        assert "Rating better: 1 Recommendation May 2011 July 2011 R01 Recommendation 1 Amber Green" in page
        assert "Rating worse: 1 Recommendation May 2011 July 2011 R02 Recommendation 2 Green Red" in page
        assert "No update received for May 2011: 1 Recommendation May 2011 July 2011 R03 Recommendation 3" in page
        assert "No update received due 31 Dec 2011 Green due 31 Mar 2012" in page


@pytest.mark.parametrize("asked", ["2011-06", "2011-05", "abc", "\x00", "2011-13"])
def test_compare_says_in_a_sentence_that_a_month_cannot_be_shown(plan, client, asked):
    factories.published(factories.month(plan))
    factories.month(plan, 6)
    response = read(client, reverse("boards:compare", args=["thornbury", date(2011, 5, 1)]) + f"?with={asked}")
    assert response.status_code == 200
    assert "That month cannot be shown. Choose a month from the list." in text(response)


def test_compare_asks_for_a_month_first(plan, client):
    month = factories.published(factories.month(plan))
    page = text(read(client, reverse("boards:compare", args=["thornbury", month.month])))
    assert "Compare May 2011 with another month" in page
    assert "There is a problem" not in page


# How it is built.


def months_in_every_section(plan, number):
    """Publish `number` months of which every row stands in most sections of the page; return the last."""
    first = date(2010, 1, 1)
    for _ in range(number):
        dates = {"due_on": first + timedelta(days=20), "by": factories.user("Olga Office"), "at": AT}
        month = reporting.open_month(plan=plan, month=first, **dates)
        answer = {"rating": "red", "direction": "declining", "movement": "worse", "previous_rating": "amber"}
        answer |= {"is_stuck": True, "status": UpdateStatus.SUBMITTED, "decision_sought": "Agree.", "areas": " A "}
        answer |= {"due_on": date(2011, 2, 1), "original_due_on": date(2011, 1, 1)}
        for row in month.updates.all():
            set_answer(row, answer)
        factories.published(month)
        first = after(first)
    return month


@pytest.mark.parametrize(("recommendations", "months"), [(3, 3), (44, 3), (3, 24)])
def test_pages_take_as_many_queries_for_3_recommendations_and_months_as_for_44_and_24(
    db, client, recommendations, months
):
    plan = factories.plan(recommendations, themes=2)
    factories.area(plan)
    month = months_in_every_section(plan, months)
    client.force_login(factories.user("Cass Chair"))
    compare = reverse("boards:compare", args=["thornbury", month.month]) + "?with=2010-01"
    counted = []
    for path in (address(month), compare, reverse("boards:board_detail", args=["thornbury"])):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        counted.append(len(captured))
    assert counted == [17, 8, 9]


# Leeds.
