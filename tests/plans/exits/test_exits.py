"""The exit view: what the chair needs to recommend that a Notice be lifted."""

import csv
from datetime import date
from html import unescape
from io import BytesIO, StringIO

import docx
import openpyxl
import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notices import permissions
from notices.models import Category, Notice, Target
from plans import exits
from plans.exits import exit_words
from plans.exits.case import Factor
from tests import factories
from tests.factories import user

pytestmark = pytest.mark.django_db

PAGE = "/notices/thornbury/exit/"
TODAY = date(2011, 12, 9)


@pytest.fixture
@factories.once
def notice():
    """A Notice with a target that a plan answers, published as amber, and one that nothing answers."""
    made = factories.notice()
    plan = factories.plan(2)
    plan.notice, plan.caveat = made, "An invented plan."
    plan.save()
    plan.recommendations.get(reference="R01").targets.set(made.targets.all())
    month = factories.month(plan)
    factories.signed_off(month.updates.get(reference="R01"))
    factories.published(month)
    factories.target(made, 2, note="Met by the Board's own record.")
    return made


@pytest.fixture
def chair(client, notice):
    client.force_login(user("Cass Chair"))
    return client


def endings(notice, on=TODAY):
    return {
        row.target.reference: row
        for row in exits.build(notice, permissions.Plans(tuple(notice.plans.all())), on=on).endings
    }


def references(rows):
    return [row.target.reference for row in rows]


def state(reference, end_verdict):
    Target.objects.filter(reference=reference).update(end_verdict=end_verdict, end_verdict_source="A report")


def test_build_sorts_targets_into_not_met_undecided_and_unspoken(notice):
    indicator = notice.targets.get(reference="N01").indicators.get()
    built = exits.build(notice, permissions.Plans(tuple(notice.plans.all())), on=TODAY)
    assert list(map(references, (built.not_met, built.undecided, built.unspoken))) == [[], ["N01"], ["N02"]]
    factories.result(indicator, "70")
    built = exits.build(notice, permissions.Plans(tuple(notice.plans.all())), on=TODAY)
    assert list(map(references, (built.not_met, built.undecided, built.unspoken))) == [["N01"], [], ["N02"]]
    state("N01", "well-on-the-way")
    state("N02", "not-met")
    built = exits.build(notice, permissions.Plans(tuple(notice.plans.all())), on=TODAY)
    assert list(map(references, (built.not_met, built.undecided, built.unspoken))) == [["N02"], [], []]
    assert references(built.on_the_way) == ["N01"]


@pytest.mark.parametrize(
    ("stated", "value", "is_at_odds"),
    [
        ("achieved", "70", True),
        ("not-met", "90", True),
        ("achieved", "90", False),
        ("not-met", "70", False),
        ("well-on-the-way", "70", False),
        ("not-stated", "70", False),
    ],
)
def test_what_is_stated_against_what_is_worked_out_is_pointed_out(notice, stated, value, is_at_odds):
    factories.result(notice.targets.get(reference="N01").indicators.get(), value)
    state("N01", stated)
    assert endings(notice)["N01"].is_at_odds is is_at_odds


def test_a_live_recommendation_carries_on_with_its_post_and_date_and_a_closed_one_does_not(notice):
    [owned] = endings(notice)["N01"].live
    assert (owned.answer.recommendation.reference, owned.answer.rating_label, owned.is_overdue) == (
        "R01",
        "Amber",
        False,
    )
    assert endings(notice, date(2012, 1, 1))["N01"].live[0].is_overdue
    type(owned.answer.recommendation).objects.filter(reference="R01").update(
        closed_on=date(2011, 12, 1), closure="withdrawn", closure_reason="It is done."
    )
    built = exits.build(notice, permissions.Plans(tuple(notice.plans.all())), on=TODAY)
    assert references(built.unanswered) == ["N01", "N02"]


def test_what_the_view_stands_on_is_named(notice):
    """The months of the ratings, the plans' own caveats and what is left out; of a plan without a month, nothing."""
    other = factories.plan(1, slug="other")
    other.notice = notice
    other.save()
    plans = permissions.Plans(tuple(notice.plans.order_by("pk")), is_partial=True)
    built = exits.build(notice, plans, on=TODAY)
    assert [given.plan.slug for given in built.plans] == ["thornbury", "other"]
    assert [month.address for month in built.months] == ["2011-05"]
    assert built.caveats == ["An invented plan."]
    assert built.limits == ["Only recommendations in plans that you can see are included."]
    assert exits.build(notice, permissions.Plans(()), on=TODAY).endings[0].live == []


def test_what_carries_on_stands_by_its_targets_and_what_speaks_of_the_whole_by_none(notice):
    whole = factories.continuation(notice, 1)
    of_one = factories.continuation(notice, 2, notice.targets.get(reference="N02"), owner="A trust")
    built = exits.build(notice, permissions.Plans(tuple(notice.plans.all())), on=TODAY)
    assert built.continuations == [whole, of_one]
    assert [row.continuations for row in built.endings] == [[], [of_one]]


@pytest.mark.parametrize("field", ["then", "now", "endings", "judged"])
def test_a_factor_with_anything_at_all_is_not_empty(field):
    nothing = dict.fromkeys(("then", "now", "endings", "judged"), ())
    assert Factor(None, **nothing).is_empty
    assert not Factor(None, **nothing | {field: ["x"]}).is_empty


def test_a_factor_stands_with_its_evidence_its_targets_and_its_grades(notice):
    category = Category.objects.create(group="Safeguarding", position=1, name="Leadership")
    for number, grade in ((1, "inadequate"), (2, "good")):
        inspection = factories.inspection(f"number-{number}", ordered_on=date(2009 + number, 1, 1))
        inspection.notices.add(notice)
        factories.judgement(inspection, 1, grade, category=category)
    factor, bare = factories.factor(notice, 1), factories.factor(notice, 2)
    factor.targets.set(notice.targets.filter(reference="N02"))
    factor.categories.add(category)
    then, now = factories.evidence_of(factor, 1, "then"), factories.evidence_of(factor, 2)
    first, second = exits.build(notice, permissions.Plans(tuple(notice.plans.all())), on=TODAY).factors
    assert (first.factor, first.then, first.now, references(first.endings)) == (factor, [then], [now], ["N02"])
    assert [[cell.judgement.grade for cell in row.cells] for row in first.judged] == [["inadequate", "good"]]
    assert (second.factor, second.is_empty, first.is_empty) == (bare, True, False)


def test_findings_that_nothing_live_answers_are_open(notice):
    inspection = factories.inspection()
    inspection.notices.add(notice)
    answered, left, closed = (factories.finding(inspection, number) for number in (1, 2, 3))
    first, second = notice.plans.get().recommendations.all()
    first.findings.add(answered)
    second.findings.add(answered, closed)
    facts = {"closed_on": TODAY, "closure": "withdrawn", "closure_reason": "It is done."}
    notice.plans.get().recommendations.filter(reference="R02").update(**facts)
    factories.finding(factories.inspection("apart"), 1)
    assert exits.build(notice, permissions.Plans(tuple(notice.plans.all())), on=TODAY).findings == [left, closed]


def test_notice_exit_says_where_the_notice_stands_and_who_recommends_that_it_be_lifted(chair, notice, settings):
    Notice.objects.update(
        ends_on=date(2011, 10, 31),
        recommended_on=date(2100, 1, 1),
        recommended_by="the independent chair",
        recommendation="It can safely be removed.",
        recommendation_source="A letter",
    )
    assert "It can safely be removed." not in chair.get(PAGE).content.decode()
    Notice.objects.update(recommended_on=date(2011, 12, 8))
    page = chair.get(PAGE).content.decode()
    assert "Recommended on 8 December 2011 by the independent chair" in page
    assert "Awaiting decision" in page


def test_notice_exit_counts_lead_to_exactly_the_targets_that_they_count(chair, notice):
    state("N02", "achieved")
    shown = 0
    for _, name, counts in chair.get(PAGE).context["leaving"].counts:
        for value, _, number in counts:
            rows = chair.get(f"/notices/thornbury/?{name}={value}").context["rows"]
            assert len(rows) == number
            shown += number
    assert shown == 2 * 2


def test_notice_exit_says_plainly_what_is_not_known(chair):
    page = chair.get(PAGE).content.decode()
    assert page.count("Not known") == 2
    assert "No live recommendation" in page
    assert "No factors of sustainability have been added yet." in page
    assert "No source says what continues yet." in page


def test_notice_exit_exports_the_targets_that_it_shows(chair, notice):
    factories.result(notice.targets.get(reference="N01").indicators.get(), "70")
    factories.continuation(notice, 1, notice.targets.get(reference="N02"), owner="=A trust")
    factories.factor(notice)
    page = chair.get(PAGE).content.decode()
    assert [name in page for name in (">PDF<", ">Word<", ">CSV file<", ">Excel workbook<", ">XLSX<")] == [True] * 4 + [
        False
    ]
    lines = list(csv.reader(StringIO(chair.get(f"{PAGE}?_export=csv").content.decode("utf-8-sig"))))
    heading = next(place for place, line in enumerate(lines) if line[:1] == ["Reference"])
    first, second = (dict(zip(lines[heading], line, strict=True)) for line in lines[heading + 1 :])
    assert (first["Reference"], first["Verdict, as worked out"], first["Value"]) == (
        "N01",
        "Missed, provisional",
        "70%",
    )
    assert first["Held, as worked out"].startswith("Missed since 20 April 2011")
    assert (first["Rating"], first["Lead post"]) == ("R01: Amber", "R01: Head of Safeguarding")
    assert (second["Live recommendations"], second["Held, as worked out"]) == ("None", "Not known")
    assert second["Continues"] == "“what carries on 1” A report (owner: =A trust)"
    assert ["An invented plan."] in lines[:heading]
    assert ["Factor 1: “factor 1” A letter"] in lines[:heading]
    book = openpyxl.load_workbook(BytesIO(chair.get(f"{PAGE}?_export=xlsx").content))
    rows = [row[0].value for row in book.active.iter_rows()]
    assert rows[rows.index("Reference") + 1 :] == ["N01", "N02"]


def test_notice_exit_downloads_as_an_accessible_document(chair, notice):
    factories.result(notice.targets.get(reference="N01").indicators.get(), "70")
    factories.continuation(notice, 1, notice.targets.get(reference="N02"), owner="A trust")
    factor = factories.factor(notice)
    factor.targets.set(notice.targets.all())
    factories.evidence_of(factor, wording="Much is different.")
    response = chair.get(f"{PAGE}?_export=pdf")
    assert response["Content-Disposition"] == 'attachment; filename="thornbury-exit.pdf"'
    reader = pypdf.PdfReader(BytesIO(response.content))
    assert "/StructTreeRoot" in reader.root_object
    printed = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    for told in ("Missed since 20 April 2011", "“Much is different.”", "Afterwards, 1: A trust", "An invented plan."):
        assert told in printed
    word = docx.Document(BytesIO(chair.get(f"{PAGE}?_export=docx").content))
    headings = [row.text for row in word.paragraphs if row.style.name.startswith("Heading")]
    assert headings[-2:] == [
        "Targets: how long they have held, and what continues",
        "What continues after the Notice",
    ]
    table = next(table for table in word.tables if table.cell(0, 0).text == "Target")
    assert [row.cells[2].text for row in table.rows][-1] == "Not known"


def test_notice_exit_leads_with_what_is_not_met_or_on_the_way_and_says_what_to_do_about_the_rest(chair, notice):
    page = chair.get(PAGE).content.decode()
    assert page.index('id="leading"') < page.index('id="counts-end"') < page.index('id="open"')
    notice.issuer = "The Secretary of State"
    notice.save()
    page = chair.get(PAGE).content.decode()
    for sentence in (exit_words.DECIDE, exit_words.ASK):
        assert sentence.format(issuer="the Secretary of State") in unescape(page)
    word = docx.Document(BytesIO(chair.get(f"{PAGE}?_export=docx").content))
    said = [row.text for row in word.paragraphs]
    assert said.index("Not met: 0") < said.index("Well on the way: 0") < said.index("Status of the Notice")
    assert exit_words.ASK.format(issuer="the Secretary of State") in said
    state("N01", "well-on-the-way")
    state("N02", "achieved")
    page = unescape(chair.get(PAGE).content.decode())
    assert "Well on the way: 1" in page
    for sentence in (exit_words.DECIDE, exit_words.ASK):
        assert sentence.format(issuer="the Secretary of State") not in page


def queries(client):
    client.get(PAGE)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(PAGE).status_code == 200
    return len(caught)


def test_notice_exit_takes_as_many_queries_for_one_of_each_as_for_three(chair, notice):
    def add(number):
        target = factories.target(notice, number)
        notice.plans.get().recommendations.get(reference="R02").targets.add(target)
        factor = factories.factor(notice, number)
        factor.targets.add(target)
        factories.evidence_of(factor)
        factories.continuation(notice, number, target)

    add(3)
    one = queries(chair)
    add(4)
    add(5)
    assert queries(chair) == one <= 27


def test_a_stranger_finds_no_exit_view(client, notice):
    client.force_login(user("Sid Stranger"))
    assert client.get(PAGE).status_code == 404
