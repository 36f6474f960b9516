"""The Notice's page, each target's page, and the programme office's forms."""

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from notices.models import Area, Indicator, Milestone, Notice, NoticeVersion, Result, Target
from notices.targets import progress, results
from tests import factories
from tests.factories import user

pytestmark = pytest.mark.django_db

PAGE = "/notices/thornbury/"
TARGET = f"{PAGE}targets/N01/"


@pytest.fixture
def notice():
    """A Notice that a plan answers, whose first target is answered by a published recommendation."""
    made = factories.notice()
    plan = factories.plan(2)
    plan.notice = made
    plan.save()
    for recommendation in plan.recommendations.all():
        recommendation.targets.set(made.targets.all())
    month = factories.month(plan)
    factories.signed_off(month.updates.first())
    factories.published(month)
    return made


@pytest.fixture
def office(client, notice):
    client.force_login(user("Olga Office"))
    return client


def add_targets(notice, count):
    for number in range(2, 2 + count):
        target = factories.target(notice, number, wording=f"Do matter {number}.")
        indicator = factories.IndicatorFactory(target=target, reference="A", name="Matters done", unit="matters")
        factories.result(indicator, str(number))


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_notice_detail_takes_as_many_queries_for_one_target_as_for_three(client, notice):
    client.force_login(user("Cass Chair"))
    Area.objects.create(notice=notice, position=1, name="Safeguarding")
    NoticeVersion.objects.create(notice=notice, position=1, state="draft", summary="The first.")
    one = queries(client, PAGE)
    add_targets(notice, 2)
    assert queries(client, PAGE) == one <= 12


def test_target_detail_takes_as_many_queries_for_one_result_as_for_three(client, notice):
    client.force_login(user("Cass Chair"))
    indicator = Indicator.objects.get()
    factories.result(indicator)
    one = queries(client, TARGET)
    for number in (4, 5):
        period = {"period_start": date(2011, number, 1), "period_end": date(2011, number, 2)}
        factories.result(indicator, **period)
        factories.milestone(indicator, number, **period)
    assert queries(client, TARGET) == one <= 13


@pytest.mark.parametrize(
    "address",
    [
        "/notices/elsewhere/",
        f"{PAGE}targets/N99/",
        f"{PAGE}targets/%00/",
        f"{PAGE}targets/N01/results/99/confirm/",
        f"{PAGE}targets/N01/results/{10**30}/confirm/",
        f"{PAGE}targets/N01/milestones/99/judge/",
    ],
)
def test_what_is_not_there_is_a_404(office, address):
    assert office.get(address).status_code == 404


@pytest.mark.parametrize("address", [PAGE, TARGET])
def test_a_stranger_finds_nothing(client, notice, address):
    client.force_login(user("Sid Stranger"))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("page", ["results/add/", "results/{result}/confirm/", "milestones/{milestone}/judge/"])
def test_only_the_programme_office_writes(client, notice, page):
    indicator = Indicator.objects.get()
    judged = factories.milestone(indicator, 2, kind="judged", threshold=None)
    address = TARGET + page.format(result=factories.result(indicator).pk, milestone=judged.pk)
    client.force_login(user("Cass Chair"))
    assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    client.force_login(user("Olga Office"))
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        ({"ends_on": date(2012, 1, 1)}, ["Ends", "1 January 2012", "Days left", "23"]),
        (
            {"ends_on": date(2011, 10, 31), "extended_to": date(2012, 1, 1)},
            ["Ends", "31 October 2011", "Extended to", "1 January 2012", "Days left", "23"],
        ),
        ({"ends_on": date(2011, 10, 31)}, ["Ends", "31 October 2011", "Now", "39 days past its end and not lifted"]),
        (
            {"ends_on": date(2011, 10, 31), "lifted_on": date(2011, 12, 1)},
            ["Ends", "31 October 2011", "Lifted", "1 December 2011"],
        ),
        ({}, ["Now", "In force, end date not known"]),
    ],
)
def test_notice_detail_says_how_long_the_notice_has_to_run(office, notice, dates, told):
    Notice.objects.update(**dates)
    page = strip_tags(office.get(PAGE).content.decode().partition("</h1>")[2].partition("</dl>")[0])
    text = " ".join(page.split())
    assert text.startswith("Issued bySecretary of State")
    places = [text.find(words) for words in told]
    assert -1 not in places
    assert places == sorted(places)


def test_notice_detail_filters_its_targets_and_ignores_what_means_nothing(office, notice):
    add_targets(notice, 2)

    def shown(query):
        return [row.progress.target.reference for row in office.get(PAGE + query).context["rows"]]

    assert shown("") == shown("?kind=nonsense&area=9&end=achieved&end=nonsense") == ["N01", "N02", "N03"]
    assert shown("?kind=narrative") == shown("?verdict=none") == ["N02", "N03"]
    assert shown("?verdict=no-data&kind=measured&area=none") == ["N01"]
    assert shown("?verdict=met") == []
    assert shown("?kind=narrative&kind=measured&verdict=none&verdict=no-data") == ["N01", "N02", "N03"]
    Target.objects.filter(reference="N02").update(end_verdict="achieved")
    assert (shown("?end=achieved"), shown("?end=not-stated")) == (["N02"], ["N01", "N03"])
    assert (shown("?answered=yes"), shown("?answered=no")) == (["N01"], ["N02", "N03"])


def test_notice_detail_exports_the_rows_that_are_shown(office, notice):
    add_targets(notice, 2)
    assert "CSV file</a> or <a" in office.get(PAGE).content.decode()
    text = office.get(f"{PAGE}?_export=csv&kind=narrative").content.decode("utf-8-sig")
    lines = list(csv.reader(StringIO(text)))
    assert ["Filters: Kind: Narrative. 2 of 3 targets."] in lines
    heading = next(place for place, line in enumerate(lines) if line[:1] == ["Reference"])
    assert [line[0] for line in lines[heading + 1 :]] == ["N02", "N03"]
    book = openpyxl.load_workbook(BytesIO(office.get(f"{PAGE}?_export=xlsx").content))
    rows = [row[0].value for row in book.active.iter_rows()]
    assert rows[rows.index("Reference") + 1 :] == ["N01", "N02", "N03"]


def test_notice_detail_exports_say_what_is_provisional_and_what_is_illustrative(office, notice):
    notice.plans.update(caveat="An invented plan.")
    factories.result(Indicator.objects.get(), "80.5", expected_on=date(2012, 1, 31))
    lines = list(csv.reader(StringIO(office.get(f"{PAGE}?_export=csv").content.decode("utf-8-sig"))))
    assert ["An invented plan."] in lines
    heading, row = lines[-2:]
    told = dict(zip(heading, row, strict=True))
    assert (told["Verdict"], told["Latest value"], told["Provisional"], told["Confirmed value expected on"]) == (
        "Met, provisional",
        "80.5",
        "provisional",
        "2012-01-31",
    )
    book = openpyxl.load_workbook(BytesIO(office.get(f"{PAGE}?_export=xlsx").content))
    heading, row = [[cell.value for cell in line] for line in book.active.iter_rows()][-2:]
    told = dict(zip(heading, row, strict=True))
    assert (told["Verdict"], told["Latest value"], told["Provisional"]) == ("Met, provisional", 80.5, "provisional")


def test_target_detail_shows_the_recommendations_with_their_published_rating(office):
    answers = office.get(TARGET).context["answers"]
    assert [(answer.recommendation.reference, answer.rating_label) for answer in answers] == [
        ("R01", "Amber"),
        ("R02", "No update received"),
    ]


VALUE = {
    "subject": "council",
    "period_start_0": "1",
    "period_start_1": "3",
    "period_start_2": "2011",
    "period_end_0": "31",
    "period_end_1": "3",
    "period_end_2": "2011",
    "basis": "month",
    "value": "80.5%",
    "is_provisional": "yes",
    "source": "Monthly return",
    "source_on_0": "20",
    "source_on_1": "4",
    "source_on_2": "2011",
}


EXPECTED = {"expected_on_0": "31", "expected_on_1": "1", "expected_on_2": "2012"}


def test_result_add_records_when_the_confirmed_value_is_expected_until_it_is_there(office):
    given = VALUE | EXPECTED | {"indicator": Indicator.objects.get().pk}
    assert office.post(f"{TARGET}results/add/", given).status_code == 302
    page = office.get(TARGET).content.decode()
    assert page.count("onfirmed value expected on 31 January 2012") == 2
    provisional = Result.objects.get()
    confirm = f"{TARGET}results/{provisional.pk}/confirm/"
    assert confirm in page
    given = {"value": "80", "source": "Final return", "source_on_0": "1", "source_on_1": "6", "source_on_2": "2011"}
    assert office.post(confirm, given).status_code == 302
    page = office.get(TARGET).content.decode()
    assert "onfirmed value expected on" not in page
    assert confirm not in page


def test_result_add_records_a_value(office):
    given = VALUE | {"indicator": Indicator.objects.get().pk}
    assert office.post(f"{TARGET}results/add/", given).status_code == 302
    row = Result.objects.get()
    assert (row.value, row.period_end, row.is_provisional) == (Decimal("80.5"), date(2011, 3, 31), True)
    assert "Met, provisional" in office.get(TARGET).content.decode()


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"value": ""}, "value", "Give a value, a range, or both."),
        ({"value": "lots"}, "value", "Enter a number with up to three decimal places, such as 80.5."),
        ({"value": "1.23456"}, "value", "Enter a number with up to three decimal places, such as 80.5."),
        ({"value": "1" * 20}, "value", "Enter a number with up to three decimal places, such as 80.5."),
        ({"low": "90", "high": "80"}, "low", "A range needs both its ends, the lower first."),
        ({"numerator": "1", "denominator": "4"}, "numerator", "1 of 4 is 25.0%, not 80.5%."),
        ({"source_on_2": "2012"}, "source_on", "The source's date cannot be in the future."),
        ({"is_provisional": "no", **EXPECTED}, "expected_on", "A confirmed value cannot have an expected date."),
        (
            EXPECTED | {"expected_on_2": "2010"},
            "expected_on",
            "The confirmed value is expected after the date of the source.",
        ),
        ({"as_printed": "March"}, "discrepancy", "Give what the source prints and why it cannot mean it."),
    ],
)
def test_result_add_says_beside_the_field_what_is_wrong(office, given, field, sentence):
    given = VALUE | {"indicator": Indicator.objects.get().pk} | given
    response = office.post(f"{TARGET}results/add/", given)
    assert response.context["form"].errors == {field: [sentence]}
    assert not Result.objects.exists()


def test_result_confirm_adds_and_erases_nothing(office):
    provisional = factories.result(Indicator.objects.get(), "80.5")
    given = {"value": "79.9", "source": "Final return"} | {
        f"source_on_{place}": text for place, text in enumerate(("1", "6", "2011"))
    }
    assert office.post(f"{TARGET}results/{provisional.pk}/confirm/", given).status_code == 302
    assert list(Result.objects.order_by("pk").values_list("value", "is_provisional")) == [
        (Decimal("80.5"), True),
        (Decimal("79.9"), False),
    ]
    page = office.get(TARGET).content.decode()
    assert "Confirms the provisional 80.5%" in page
    assert page.count(">provisional<") == 1
    again = office.post(f"{TARGET}results/{provisional.pk}/confirm/", given | {"value": "70"})
    assert again.context["form"].errors == {"value": ["This period already has a confirmed value."]}


@pytest.fixture
def judged(db):
    return factories.milestone(Indicator.objects.get(), 2, kind="judged", threshold=None, wording="Plans in place")


def judgement(office, address, **posted):
    return posted | {"seen": office.get(address).context["form"]["seen"].value()}


def test_milestone_judge_states_a_verdict_with_its_reason(office, judged):
    address = f"{TARGET}milestones/{judged.pk}/judge/"
    form = office.post(address, judgement(office, address, is_met="yes", reason=" ")).context["form"]
    assert form.errors == {"reason": ["Enter the reason."]}
    office.post(address, judgement(office, address, is_met="no", reason="Two schools have no plan."))
    assert Milestone.objects.get(pk=judged.pk).judged is False
    assert "Two schools have no plan." in office.get(TARGET).content.decode()


def test_milestone_judge_shows_what_somebody_else_stated_meanwhile_and_keeps_what_was_typed(office, judged):
    address = f"{TARGET}milestones/{judged.pk}/judge/"
    mine = judgement(office, address, is_met="yes", reason="Every school has a plan.")
    results.judge(milestone=judged, is_met=False, reason="Two have none.", by=user("Olaf Other"), at=factories.AT)
    response = office.post(address, mine)
    page = response.content.decode()
    assert "Someone else changed this while you were working on it." in page
    assert "Two have none." in page
    assert "Every school has a plan.</textarea>" in page
    again = mine | {"seen": response.context["form"]["seen"].value()}
    assert office.post(address, again).status_code == 302
    assert office.post(address, again).status_code == 302
    assert Milestone.objects.get(pk=judged.pk).judged is True


def test_target_detail_tells_who_did_what_to_it_and_to_what_measures_it(office, judged):
    results.judge(milestone=judged, is_met=False, reason="Two have none.", by=user("Olga Office"), at=factories.AT)
    factories.result(judged.indicator)
    told = office.get(TARGET, {"trail": "yes"}).context["trail"]
    assert [(line.words, line.event.by.name) for line in told.lines] == [
        ("Result recorded", "Olga Office"),
        ("Milestone judged", "Olga Office"),
    ]


@pytest.mark.parametrize(
    ("better", "kind", "value", "words"),
    [
        ("higher", {"kind": "level", "threshold": 80}, "77", "3 schools short of it"),
        ("higher", {"kind": "level", "threshold": 80}, "83", "3 schools beyond it"),
        ("lower", {"kind": "level", "threshold": 1}, "4", "3 schools more than the target allows"),
        ("lower", {"kind": "level", "threshold": 4}, "1", "3 schools beyond it"),
        ("lower", {"kind": "level", "threshold": 4}, "4", "exactly reached"),
        ("lower", {"kind": "change", "threshold": 5, "baseline": 10}, "8", "3 schools short of it"),
    ],
)
def test_a_gap_is_told_by_which_way_is_better(db, better, kind, value, words):
    target = factories.target(factories.notice(), 2)
    indicator = factories.IndicatorFactory(
        target=target, reference="LI 1", name="Schools below the floor", unit="schools", better=better, decides=True
    )
    factories.milestone(indicator, **kind)
    factories.result(indicator, value)
    assert progress.of_target(target, as_of=date(2011, 5, 1)).measures[0].steps[0].gap_words == words
