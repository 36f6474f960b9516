"""A Notice from a file: another council's loads, what differs is changed, the same again changes nothing."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from accounts.models import Event, Post
from notices.loading import exporting, notice_file
from notices.models import Area, Indicator, Milestone, Notice, NoticeVersion, Target
from notices.targets import results
from tests import factories
from tests.factories import AT, later, user
from tests.notices.loading.files import (
    BARNMOUTH,
    all_rows,
    altered,
    changes,
    check,
    column,
    found,
    load,
    rows_of,
    typed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def barnmouth():
    """Barnmouth's Notice, loaded."""
    return load(check(typed(BARNMOUTH)))


def test_another_council_s_notice_typed_into_the_template_loads(barnmouth):
    notice = Notice.objects.get(slug="barnmouth")
    assert (notice.title, notice.issued_on, notice.ends_on) == (
        "Barnmouth Improvement Notice",
        date(2011, 1, 17),
        date(2012, 12, 31),
    )
    assert list(Area.objects.values_list("position", "name")) == [(1, "The front door"), (2, "Children in our care")]
    assert NoticeVersion.objects.get().dated_on == date(2011, 1, 17)
    targets = Target.objects.values_list("reference", "kind", "area__name", "wording", "owner_post__title")
    assert list(targets) == [
        ("B1", "measured", "The front door", "Decide on 95% of contacts within 24 hours.", "Head of the Front Door"),
        ("B2", "measured", "Children in our care", "Shorten waits.", None),
        ("B3", "narrative", None, "Listen to children\nand act on it.", None),
    ]
    assert {target.end_verdict for target in Target.objects.all()} == {"not-stated"}
    indicators = Indicator.objects.values_list(
        "target__reference", "reference", "subgroup", "unit", "better", "decides"
    )
    assert list(indicators) == [
        ("B1", "Contacts", "", "%", "higher", True),
        ("B2", "7", "Siblings", "days", "lower", False),
    ]
    milestones = Milestone.objects.values_list("kind", "basis", "period_start", "period_end", "threshold", "baseline")
    assert list(milestones) == [
        ("level", "month", date(2011, 3, 1), date(2011, 3, 31), 95, None),
        ("change", "average", date(2010, 4, 1), date(2011, 3, 31), 20, Decimal("1063.5")),
        ("judged", "point-in-time", date(2011, 3, 31), date(2011, 3, 31), None, None),
    ]
    post = Post.objects.get(title="Head of the Front Door")
    assert (post.organisation, post.holder) == ("Barnmouth Borough Council", None)


def test_a_floor_is_loaded_in_the_unit_of_its_indicator_and_comes_back_in_the_export():
    floor = {"Floor": "80%", "Floor's source": "The regulations"}
    load(check(typed(altered(BARNMOUTH, "Indicators", 0, **floor))))
    first, second = Indicator.objects.order_by("target__reference")
    assert (first.floor, first.floor_words, second.floor_words) == (Decimal("80"), "80% (The regulations)", "")
    content = exporting.export("notice", Notice.objects.get(), "xlsx", on=AT.date())
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Indicators"]
    heads = [cell.value for cell in sheet[1]]
    cell = sheet.cell(2, heads.index("Floor") + 1)
    assert (cell.value, "%" in cell.number_format) == (0.8, True)


def test_every_row_of_a_new_notice_is_new_and_says_how_it_was_read():
    upload = check(typed(BARNMOUTH))
    assert upload.report["counts"] == {"wrong": 0, "new": 13, "changed": 0, "same": 0}
    row = next(row for row in upload.report["rows"] if row["sheet"] == "Milestones")
    assert (row["number"], row["what"]) == (2, "B1, Contacts, 1")
    assert {each["column"]: each["after"] for each in row["details"]} == {
        "Target": "B1",
        "Indicator": "Contacts",
        "Place": "1",
        "Wording": "95% in a month",
        "Kind": "Level to reach",
        "Basis": "Month",
        "Period starts": "1 March 2011",
        "Period ends": "31 March 2011",
        "Threshold": "95%",
        "Result expected on": "20 April 2011",
    }
    assert not Notice.objects.exists()


def test_what_is_loaded_is_history_with_who_when_and_from_where(barnmouth):
    for model in (Notice, Post, Target, Indicator, Milestone):
        for row in model.history.all():
            assert (row.history_type, row.history_user, row.history_date, row.history_change_reason) == (
                "+",
                user("Abe Administrator"),
                AT,
                "Loaded from file.xlsx",
            )
        assert model.history.count() == model.objects.count()
    event = Event.objects.get()
    assert (event.what, event.by, event.at, event.on_text) == (
        "notice.loaded",
        user("Abe Administrator"),
        AT,
        "Barnmouth Improvement Notice",
    )
    assert event.detail == {"new": 13, "changed": 0, "file": "file.xlsx", "sha256": barnmouth.sha256}


def test_the_same_file_twice_changes_nothing(barnmouth):
    again = check(typed(BARNMOUTH), at=later(hours=1))
    assert again.report["counts"] == {"wrong": 0, "new": 0, "changed": 0, "same": 13}
    before = all_rows()
    load(again, at=later(hours=1))
    assert all_rows() == before


def test_what_differs_is_changed_and_says_from_what_to_what(barnmouth):
    sheets = altered(BARNMOUTH, "Milestones", 0, Threshold=0.9, Note="Lowered.")
    sheets = altered(
        sheets, "Targets", 0, Area="Children in our care", Owner_post=None, **{"Owner's organisation": None}
    )

    def as_percent(book):
        sheet = book["Milestones"]
        sheet[f"{column(sheet, 'Threshold')}2"].number_format = "0%"

    upload = check(typed(sheets, change=as_percent), at=later(hours=1))
    assert changes(upload) == [
        ("Targets", 2, "Area", "The front door", "Children in our care"),
        ("Targets", 2, "Owner post", "Head of the Front Door", "empty"),
        ("Targets", 2, "Owner's organisation", "Barnmouth Borough Council", "empty"),
        ("Milestones", 2, "Threshold", "95%", "90%"),
        ("Milestones", 2, "Note", "empty", "Lowered."),
    ]
    load(upload, at=later(hours=1))
    milestone = Milestone.objects.get(position=1, indicator__reference="Contacts")
    assert (milestone.threshold, milestone.note, milestone.wording) == (90, "Lowered.", "95% in a month")
    target = Target.objects.get(reference="B1")
    assert (target.area.name, target.owner_post) == ("Children in our care", None)
    assert [row.history_type for row in milestone.history.all()] == ["~", "+"]
    assert milestone.history.first().history_date == later(hours=1)
    assert Milestone.history.count() == 4


def test_a_change_keeps_what_no_column_holds(barnmouth):
    milestone = Milestone.objects.get(kind="judged")
    results.judge(milestone=milestone, is_met=True, reason="Seen.", by=user("Olga Office"), at=AT)
    load(check(typed(altered(BARNMOUTH, "Milestones", 2, Note="A note.")), at=later(hours=1)))
    milestone.refresh_from_db()
    assert (milestone.note, milestone.judged, milestone.judged_reason) == ("A note.", True, "Seen.")


def test_an_empty_cell_empties_what_stands(barnmouth):
    upload = check(typed(altered(BARNMOUTH, "Indicators", 1, Subgroup=None)))
    assert changes(upload) == [("Indicators", 3, "Subgroup", "Siblings", "empty")]


def test_what_is_not_in_the_file_stays_and_is_told(barnmouth):
    fewer = BARNMOUTH | {"Targets": BARNMOUTH["Targets"][:2], "Milestones": []}
    upload = check(typed(fewer))
    assert upload.report["remarks"] == [
        "Targets: 1 not in the file and unchanged (B3).",
        "Milestones: 3 not in the file and unchanged (B1, Contacts, 1; B2, 7, 1; B2, 7, 2).",
    ]
    load(upload)
    assert (Target.objects.count(), Milestone.objects.count()) == (3, 3)


def test_another_notice_is_left_alone(barnmouth):
    factories.notice()
    content = typed(altered(BARNMOUTH, "Notice", 0, Name_in_addresses="elsewhere"))
    upload = check(content)
    assert len(found(upload, "new")) == 12
    assert found(upload, "same") == [("Posts", 2, "Head of the Front Door, Barnmouth Borough Council")]
    load(upload)
    assert Target.objects.filter(notice__slug="barnmouth").count() == 3
    assert Target.objects.count() == 7


def test_another_indicator_may_decide_from_now_on(barnmouth):
    second = BARNMOUTH["Indicators"][0] | {"Reference": "Later", "Place": 2, "Decides": "No"}
    load(check(typed(BARNMOUTH | {"Indicators": [*BARNMOUTH["Indicators"], second]})))
    swapped = [BARNMOUTH["Indicators"][0] | {"Decides": "No"}, second | {"Decides": "Yes"}]
    load(check(typed(BARNMOUTH | {"Indicators": swapped})))
    assert Indicator.objects.get(target__reference="B1", decides=True).reference == "Later"


@pytest.mark.parametrize("number", [1, 3])
def test_a_comparison_takes_the_same_queries_however_many_rows(number, django_assert_num_queries):
    load(check(typed(BARNMOUTH)))
    rows = rows_of(typed(BARNMOUTH | {"Milestones": BARNMOUTH["Milestones"][:number]}))
    with django_assert_num_queries(8):
        notice_file.compare(rows, at=AT)


@pytest.mark.parametrize("number", [1, 3])
def test_loading_takes_the_same_queries_however_many_rows(number, django_assert_num_queries):
    upload = check(typed(BARNMOUTH | {"Targets": BARNMOUTH["Targets"][:number], "Indicators": [], "Milestones": []}))
    with django_assert_num_queries(20):
        load(upload)


def test_what_a_file_rewords_is_told_with_the_words_before(barnmouth):
    before = Target.objects.get(reference="B2").wording
    load(check(typed(altered(BARNMOUTH, "Targets", 1, Wording="Shorten every wait."))))
    event = Event.objects.get(what="target.changed")
    (text,) = event.detail["texts"]
    assert text == {
        "of": "",
        "field": "wording",
        "label": "Wording",
        "before": before,
        "after": "Shorten every wait.",
    }
    assert event.about == Event.objects.filter(what="notice.loaded").first().about != ""
