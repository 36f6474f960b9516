"""The pages in the administration: choose the spreadsheet, map its columns, see what it would do, confirm."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from notices.loading import uploads
from notices.models import Upload
from plans.importing import files
from plans.models import Action, ColumnMapping, Outcome, Plan, Recommendation, Spreadsheet, Theme
from tests import factories
from tests.factories import AT, user
from tests.hostile.files import FILES, PLAN, WORKBOOKS
from tests.improvement.workbooks.books import workbook
from tests.plans.importing import block_tables, more_tables, tables

pytestmark = pytest.mark.django_db

CHOOSE, COLUMNS = "admin:plans_plan_spreadsheet", "admin:plans_plan_columns"
SMALL = [["Action", "Lead", "Due", "Comments"], ["do it (a) now; (b) soon", "Head of Service", "May 26", "well"]]


@pytest.fixture
def administrator(client):
    made = user("Abe Administrator", is_staff=True, is_superuser=True)
    client.force_login(made)
    return made


def choose(client, content, name="plan.xlsx"):
    return client.post(reverse(CHOOSE), {"file": SimpleUploadedFile(name, content)}, follow=True)


def typed(page, **other):
    """Return what the form on the page would post, as it is filled in, with some of it typed."""
    found = {bound.html_name: bound.value() for bound in page.context["form"]}
    return {name: value for name, value in (found | other).items() if value not in (None, False)}


def answer(client, page, **other):
    said = {"council": "Barnmouth", "organisation": "Barnmouth", "slug": "barnmouth", "opened_on": "2026-01-01"}
    return client.post(page.request["PATH_INFO"], typed(page, **said | other), follow=True)


def load(client, page):
    digest = Upload.objects.get(loaded_at=None).digest
    return client.post(page.request["PATH_INFO"], {"digest": digest}, follow=True)


def text(response):
    return " ".join(response.content.decode().split())


def errors(page):
    return {name: list(sentences) for name, sentences in page.context["form"].errors.items()}


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("table", [tables.FLAT, tables.LEVELS], ids=["flat", "levels"])
def test_the_two_tables_load_as_they_are(administrator, client, table, kind):
    page = answer(client, choose(client, tables.written(table, kind), f"plan.{kind}"))
    assert (page.context["title"], page.context["is_wrong"]) == (
        f"Check before loading: plan.{kind}",
        False,
    )
    assert "has been loaded" in text(load(client, page))
    assert tables.loaded() == table.comes_to


@pytest.mark.parametrize("make", tables.OTHERS)
def test_plans_in_other_forms_load_as_well(administrator, client, make):
    name, content, said, comes_to = make()
    page = answer(client, choose(client, content, name), **said)
    assert page.context["is_wrong"] is False
    load(client, page)
    found = {
        "themes": list(Theme.objects.values_list("title", flat=True)),
        "outcomes": list(Outcome.objects.values_list("title", flat=True)),
        "recommendations": list(Recommendation.objects.values_list("reference", "title")),
        "actions": list(Action.objects.order_by("pk").values_list("recommendation__reference", "title")),
    }
    assert found == comes_to


@pytest.mark.parametrize("make", [*more_tables.MADE_UP, *block_tables.BLOCKS])
def test_plans_that_were_made_up_later_load_without_losing_or_misreading_anything(administrator, client, make):
    name, content, said, comes_to = make()
    page = answer(client, choose(client, content, name), **said)
    assert (page.context["title"], page.context["is_wrong"]) == (f"Check before loading: {name}", False)
    load(client, page)
    facts = Recommendation.objects.values_list("reference", "due_on", "timescale", "lead_post__title")
    notes = Recommendation.objects.order_by("pk").first().note.split("\n")
    assert comes_to == {
        "themes": list(Theme.objects.values_list("title", flat=True)),
        "outcomes": list(Outcome.objects.values_list("title", flat=True)),
        "recommendations": [tuple(map(str, row)) for row in facts.order_by("pk")],
        "actions": list(Action.objects.order_by("pk").values_list("recommendation__reference", "title")),
        "noted": [line for line in notes if line],
    }


def test_what_was_not_understood_stands_above_the_rows(administrator, client):
    rows = [["Version 3"], ["Action", "Lead", "Due"], ["do it", "Jo Brown", "Spring 2026"], ["go on", "Jo Brown", "x"]]
    page = answer(client, choose(client, workbook({"Plan": rows})), title="Our plan")
    shown = text(page)
    assert shown.index("Not understood") < shown.index("Rows 1 to")
    assert "<b>A1</b>: “Version 3”. This is above the headings and was not loaded." in shown
    assert "<b>B3, B4</b>: “Jo Brown”. This looks like a person’s name." in shown
    assert "<b>C3</b>: “Spring 2026”. This could mean several days, so no date was read." in shown
    assert "No row has a reference. References were made for row 3: 1.1, row 4: 1.2." in shown
    back = client.get(reverse(COLUMNS, args=[Spreadsheet.objects.get().pk]))
    assert f'<a href="{back.request["PATH_INFO"]}">Change what the columns hold</a>' in shown
    assert back.context["form"]["title"].value() == "Our plan"
    assert "Change what the columns hold" not in text(load(client, page))


def test_nothing_typed_is_lost_when_something_is_wrong(administrator, client):
    page = choose(client, workbook({"Plan": SMALL}))
    wrong = answer(client, page, title="", slug="not a slug", column_3="theme", split_0="on", opened_on="31 June")
    assert errors(wrong) == {
        "title": ["Enter the title of the plan."],
        "slug": ["Use letters, digits and hyphens only."],
        "opened_on": ["Enter a date."],
    }
    form = wrong.context["form"]
    kept = {name: form[name].value() for name in ("slug", "column_3", "split_0", "opened_on", "council")}
    expected = {
        "slug": "not a slug",
        "column_3": "theme",
        "split_0": True,
        "opened_on": "31 June",
        "council": "Barnmouth",
    }
    assert kept == expected
    assert "Nothing has been checked yet." in text(wrong)
    assert not Upload.objects.exists()


def test_a_field_that_one_column_fills_is_chosen_once_and_the_actions_are_chosen(administrator, client):
    page = choose(client, workbook({"Plan": SMALL}))
    assert errors(answer(client, page, column_3="recommendation")) == {
        "column_3": ["Another column is “Recommendation or action that is rated” already. Choose it once."]
    }
    assert errors(answer(client, page, column_0="note")) == {
        "__all__": ["Choose the column that holds the actions: “Recommendation or action that is rated”."]
    }
    assert "Select a valid choice" in errors(answer(client, page, column_0="nonsense"))["column_0"][0]


def test_a_first_day_that_cannot_be_meant_is_refused(administrator, client):
    page = choose(client, workbook({"Plan": SMALL}))
    found = errors(answer(client, page, opened_on="0026-01-01"))
    assert found == {"opened_on": ["Enter a date from 2000 to 2099."]}


def test_lists_become_steps_where_that_is_ticked(administrator, client):
    page = choose(client, workbook({"Plan": SMALL}))
    assert "Make each item of its lists a step (1 cell)" in text(page)
    load(client, answer(client, page, split_0="on"))
    assert list(Action.objects.values_list("title", "timescale")) == [("now", "May 26"), ("soon", "May 26")]


def test_another_sheet_or_row_of_headings_is_read_and_what_was_typed_of_the_plan_stays(administrator, client):
    sheets = {"Cover": [["Notes", "by us"], ["x", "y"]], "Plan": [["Was", "Wer"], *SMALL]}
    page = choose(client, workbook(sheets))
    form = page.context["form"]
    assert (form["sheet_name"].value(), form["top"].value()) == ("Plan", 2)
    again = client.post(page.request["PATH_INFO"], typed(page, top="1", council="Barnmouth", again="Read"))
    assert [column.heading for column in again.context["sheet"].shape.columns] == ["Was", "Wer", "", ""]
    assert again.context["form"]["council"].value() == "Barnmouth"
    other = client.post(page.request["PATH_INFO"], typed(page, sheet_name="Cover"))
    assert "The sheet has been read again. Check what its columns hold." in text(other)
    assert [column.heading for column in other.context["sheet"].shape.columns] == ["Notes", "by us"]
    for digits in (8, 20, 5_000):
        none = client.post(page.request["PATH_INFO"], typed(page, top="9" * digits, again="Read"))
        assert "No headings were found in this sheet." in text(none)
    assert not Upload.objects.exists()


def test_what_the_same_headings_meant_is_remembered(administrator, client):
    answer(client, choose(client, workbook({"Plan": SMALL})), column_3="progress", accountable="Director", split_0="on")
    assert ColumnMapping.objects.get().saved_by == administrator
    form = choose(client, workbook({"Plan": [*SMALL, ["more", "x", "y", "z"]]}), "next.xlsx").context["form"]
    names = ("column_3", "accountable", "split_0", "slug", "opened_on")
    assert [form[name].value() for name in names] == ["progress", "Director", True, "barnmouth", "2026-01-01"]
    other = choose(client, workbook({"Plan": [["Action", "Lead"], ["do it", "x"]]})).context["form"]
    assert other["accountable"].value() == "Director of Children’s Services"


def test_hidden_rows_are_shown_and_asked_about(administrator, client):
    def hide(book):
        book.active.row_dimensions[3].hidden = True

    page = choose(client, workbook({"Plan": [*SMALL, ["secretly", "x", "y", "z"]]}, hide))
    assert "1 row is hidden in this sheet:" in text(page)
    assert "Row 3: secretly x y z" in text(page)
    assert errors(answer(client, page)) == {"hidden": ["Choose whether to load the hidden rows."]}
    load(client, answer(client, page, hidden="no"))
    assert Recommendation.objects.count() == 1


def test_what_a_plan_holds_besides_stays_when_it_is_loaded_again(administrator, client):
    page = answer(client, choose(client, workbook({"Plan": SMALL})))
    load(client, page)
    plan = Plan.objects.get()
    plan.programme_office.add(administrator)
    Plan.objects.update(caveat="Invented.")
    page = answer(client, choose(client, workbook({"Plan": [[*SMALL[0]], [*SMALL[1][:3], "better"]]})))
    (row,) = page.context["rows"].object_list
    assert [(detail["column"], detail["before"], detail["after"]) for detail in row["details"]] == [
        ("Note", "Comments: well", "Comments: better")
    ]
    load(client, page)
    plan.refresh_from_db()
    assert (plan.caveat, list(plan.programme_office.all())) == ("Invented.", [administrator])


def test_a_file_that_cannot_be_read_is_said(administrator, client):
    for name, content, sentence in (
        ("plan.xlsx", b"", "The file is empty."),
        ("plan.pdf", b"%PDF", "This is not an Excel workbook (.xlsx) or a CSV file (.csv)."),
        ("plan.csv", b" \r\n", "This file has no rows."),
        ("plan.xlsx", FILES["bomb"]("xlsx"), "This workbook is too large when unpacked."),
    ):
        page = choose(client, content, name)
        assert page.context["form"].errors["file"][0].startswith(sentence)
        assert "<title>Error: " in text(page)
    assert not Spreadsheet.objects.exists()


@pytest.mark.parametrize("what", sorted(WORKBOOKS))
def test_a_workbook_that_is_wrong_in_one_place_is_checked_or_refused(administrator, client, what):
    page = choose(client, WORKBOOKS[what](PLAN))
    if "sheet" in page.context:
        page = answer(client, page, hidden="yes")
    said = page.context["form"].errors if "form" in page.context else page.context["rows"]
    assert (page.status_code, bool(said)) == (200, True)


def test_sheets_of_one_form_are_loaded_together(administrator, client):
    sheets = {"Health": SMALL, "Voice": [SMALL[0], ["ask", "Nurse", "Ongoing", ""]], "KPIs": [["a", "b"], ["c", "d"]]}
    page = choose(client, workbook(sheets))
    assert "All 2 sheets with the same headings" in text(page)
    load(client, answer(client, page))
    found = Recommendation.objects.values_list("reference", "outcome__theme__title", "source")
    assert list(found) == [
        ("1.1", "Health", "plan.xlsx, sheet “Health”, row 2"),
        ("2.1", "Voice", "plan.xlsx, sheet “Voice”, row 2"),
    ]


def test_a_sheet_without_recommendations_leads_back(administrator, client):
    page = answer(client, choose(client, workbook({"Plan": [["Action", "Lead"]]})))
    assert "No recommendations were found beneath the headings." in text(page)
    assert not Upload.objects.exists()


def test_what_a_cell_says_is_shown_as_text(administrator, client):
    wicked = "<script>alert(1)</script>"
    page = choose(client, workbook({"Plan": [["Action", wicked], [wicked, wicked]]}), f"{wicked}.xlsx")
    checked = answer(client, page)
    for shown in (page, checked):
        assert wicked not in shown.content.decode()
    load(client, checked)
    assert Recommendation.objects.get().wording == wicked


def test_a_spreadsheet_is_for_whoever_chose_it_and_for_a_day(administrator, client):
    other = files.keep(name="plan.xlsx", content=workbook({"Plan": SMALL}), by=user("Olga Office"), at=AT)
    page = client.get(reverse(COLUMNS, args=[other.pk]), follow=True)
    assert page.redirect_chain == [(reverse(CHOOSE), 302)]
    assert "That spreadsheet has expired. Choose it again." in text(page)
    choose(client, workbook({"Plan": SMALL}))
    assert not Spreadsheet.objects.filter(pk=other.pk).exists()


def test_the_last_spreadsheet_that_was_not_loaded_gives_way_to_the_next(administrator, client):
    first = choose(client, workbook({"Plan": SMALL}))
    load(client, answer(client, choose(client, workbook({"Plan": SMALL}))))
    loaded = Spreadsheet.objects.get()
    assert bytes(loaded.content) == b""
    choose(client, workbook({"Plan": SMALL}))
    assert Spreadsheet.objects.filter(pk=loaded.pk).exists()
    for path in (first.request["PATH_INFO"], reverse(COLUMNS, args=[loaded.pk])):
        assert client.get(path).url == reverse(CHOOSE)


def test_a_spreadsheet_keeps_its_content_until_it_is_loaded(administrator, client):
    page = answer(client, choose(client, workbook({"Plan": SMALL})))
    Upload.objects.update(digest="of something else")
    client.post(page.request["PATH_INFO"], {"digest": "what was shown"})
    assert bytes(Spreadsheet.objects.get().content)
    assert not Recommendation.objects.exists()


def test_what_was_chosen_or_loaded_more_than_a_day_ago_is_swept_away(administrator, client, settings):
    load(client, answer(client, choose(client, workbook({"Plan": SMALL}))))
    chosen_at = Spreadsheet.objects.get().chosen_at
    for late, left in ((timedelta(), 1), (timedelta(seconds=1), 0)):
        settings.DEMONSTRATION_NOW = chosen_at + uploads.KEPT_FOR + late
        call_command("sweep")
        assert (Spreadsheet.objects.count(), Upload.objects.count()) == (left, left)


def test_another_spreadsheet_sweeps_what_was_loaded_a_day_ago_by_anyone(administrator, client):
    load(client, answer(client, choose(client, workbook({"Plan": SMALL}))))
    at = Spreadsheet.objects.get().chosen_at + uploads.KEPT_FOR + timedelta(seconds=1)
    files.keep(name="plan.xlsx", content=workbook({"Plan": SMALL}), by=user("Olga Office"), at=at)
    assert list(Spreadsheet.objects.values_list("chosen_at", flat=True)) == [at]
    assert not Upload.objects.exists()


def test_the_loading_page_of_plans_alone_leads_there(administrator, client):
    factories.notice()
    assert f'<a href="{reverse(CHOOSE)}">load your own spreadsheet</a>' in text(
        client.get(reverse("admin:plans_plan_load"))
    )
    assert "your own spreadsheet" not in text(client.get(reverse("admin:notices_notice_load")))


def test_staff_without_the_rights_find_nothing(client):
    staff = user("Sam Staff", is_staff=True)
    staff.user_permissions.set(Permission.objects.filter(codename__in=["view_plan", "change_plan"]))
    client.force_login(staff)
    for path in (reverse(CHOOSE), reverse(COLUMNS, args=[1])):
        assert {client.get(path).status_code, client.post(path, {}).status_code} == {404}
