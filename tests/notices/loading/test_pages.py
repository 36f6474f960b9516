"""The pages in the administration: choose a file, see what it would do, confirm; for staff who may."""

import io

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from notices.models import Indicator, Notice, Result, Target, Upload
from notices.permissions import can_load
from tests import factories
from tests.factories import user
from tests.improvement.workbooks.books import repacked
from tests.notices.loading.files import BARNMOUTH, VALUES, altered, check, typed

pytestmark = pytest.mark.django_db

LOAD, LOAD_RESULTS = "admin:notices_notice_load", "admin:notices_result_load"
LISTS = {"notice": ("notice", "area", "target", "indicator", "milestone"), "results": ("result",)}


@pytest.fixture
def administrator(client):
    made = user("Abe Administrator", is_staff=True, is_superuser=True)
    client.force_login(made)
    return made


def choose(client, content, name="file.xlsx", page=LOAD):
    return client.post(reverse(page), {"file": SimpleUploadedFile(name, content)}, follow=True)


def text(response):
    return " ".join(response.content.decode().split())


def waiting():
    return Upload.objects.get(loaded_at=None)


def test_a_file_is_chosen_checked_and_loaded(administrator, client):
    page = choose(client, typed(BARNMOUTH))
    assert page.redirect_chain == [(reverse("admin:notices_notice_loading", args=[waiting().pk]), 302)]
    assert (page.context["title"], page.context["to_do"]) == ("Check before loading: file.xlsx", 13)
    assert "Load 13 rows" in text(page)
    assert not Notice.objects.exists()
    page = client.post(page.request["PATH_INFO"], {"digest": waiting().digest}, follow=True)
    assert "“file.xlsx” has been loaded: 13 new, 0 changed." in text(page)
    assert (page.context["title"], "Load 13 rows" in text(page)) == ("Loaded: file.xlsx", False)
    assert Target.objects.count() == 3
    again = client.post(page.request["PATH_INFO"], {"digest": page.context["upload"].digest}, follow=True)
    assert "“file.xlsx” has been loaded: 13 new, 0 changed." in text(again)
    assert "There is nothing to load." in text(choose(client, typed(BARNMOUTH)))


def test_results_are_chosen_checked_and_loaded(administrator, client):
    factories.notice()
    page = choose(client, typed(VALUES, "results"), page=LOAD_RESULTS)
    client.post(page.request["PATH_INFO"], {"digest": waiting().digest})
    assert Result.objects.get().recorded_by == administrator


def test_rows_are_shown_by_what_was_found_the_wrong_ones_first(administrator, client):
    page = choose(client, typed(altered(BARNMOUTH, "Areas", 0, Place="first")))
    assert [row["what"] for row in page.context["rows"]] == ["The front door"]
    assert "Nothing has been loaded because some rows have errors." in text(page)
    assert "<b>Place</b> “first”: This is not a number. If there is no value, leave the cell empty." in text(page)
    assert "Load " not in text(page).partition("<h1>")[2]
    path = page.request["PATH_INFO"]
    shown = {show: len(client.get(path, {"show": show}).context["rows"]) for show in ("", "new", "same", "none")}
    assert shown == {"": 13, "new": 12, "same": 0, "none": 0}


def test_many_rows_are_shown_in_pages(administrator, client):
    areas = [{"Place": number, "Name": f"Area {number}"} for number in range(150)]
    path = choose(client, typed(BARNMOUTH | {"Areas": [*BARNMOUTH["Areas"], *areas]})).request["PATH_INFO"]
    for page, first in (("1", 1), ("2", 101), ("9", 101), ("x", 1)):
        assert client.get(path, {"page": page}).context["rows"].start_index() == first


def test_what_changed_in_between_is_said_and_shown(administrator, client):
    path = choose(client, typed(BARNMOUTH)).request["PATH_INFO"]
    digest = waiting().digest
    Notice.objects.create(slug="barnmouth", title="Somebody was quicker", issuer="X")
    page = client.post(path, {"digest": digest}, follow=True)
    assert "The tracker’s data has changed since this file was checked" in text(page)
    assert "<del>Somebody was quicker</del>" in text(page)
    assert not Target.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "empty.xlsx", "The file is empty."),
        (b"x" * (10 * 1024 * 1024 + 1), "large.csv", "The file is larger than 10 MB."),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "old.xls", "This is an old Excel workbook (.xls)."),
        (b"a picture", "picture.png", "This is not an Excel workbook (.xlsx) or a CSV file (.csv)."),
        (b"PK", "broken.xlsx", "This workbook could not be read."),
    ],
)
def test_what_cannot_be_read_is_told_beside_the_file(administrator, client, content, name, sentence):
    page = choose(client, content, name)
    assert page.context["form"].errors["file"][0].startswith(sentence)
    assert (page.status_code, Upload.objects.exists()) == (200, False)


def test_a_bomb_is_told_beside_the_file(administrator, client):
    page = choose(client, repacked(typed(BARNMOUTH), {"xl/worksheets/sheet2.xml": b" " * 30_000_000}))
    assert page.context["form"].errors["file"][0].startswith("This workbook is too large when unpacked.")


def test_no_file_is_told_too(administrator, client):
    page = client.post(reverse(LOAD), {})
    assert page.context["form"].errors["file"] == ["Choose a file."]
    assert page.context["title"] in text(page)
    assert "<title>Error: " in text(page)


def test_what_a_file_says_is_shown_as_text(administrator, client):
    wicked = "<script>alert(1)</script>"
    page = choose(client, typed(altered(BARNMOUTH, "Targets", 0, Wording=wicked)), f"{wicked}.xlsx")
    assert wicked not in page.content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.content.decode()


def test_a_check_that_is_gone_leads_back(administrator, client):
    first = choose(client, typed(BARNMOUTH)).request["PATH_INFO"]
    choose(client, typed(BARNMOUTH))
    for response in (client.get(first, follow=True), client.post(first, {"digest": "x"}, follow=True)):
        assert response.redirect_chain == [(reverse(LOAD), 302)]
        assert "That check has expired. Choose the file again." in text(response)


def test_a_check_is_for_whoever_made_it(administrator, client):
    other = check(typed(BARNMOUTH), by=user("Olga Office"))
    path = reverse("admin:notices_notice_loading", args=[other.pk])
    assert client.get(path).url == reverse(LOAD)
    assert client.post(path, {"digest": other.digest}).url == reverse(LOAD)
    assert not Notice.objects.exists()
    assert client.get(reverse("admin:notices_result_loading", args=[other.pk])).url == reverse(LOAD_RESULTS)


@pytest.mark.parametrize("extension", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", ["notice", "result"])
def test_templates_and_exports_are_handed_out(administrator, client, kind, extension):
    pk = factories.notice().pk
    template = client.get(reverse(f"admin:notices_{kind}_template", args=[extension]))
    export = client.get(reverse(f"admin:notices_{kind}_export", args=[pk, extension]))
    name = {"notice": "notice", "result": "results"}[kind]
    assert [each["Content-Disposition"] for each in (template, export)] == [
        f'attachment; filename="{name}-template.{extension}"',
        f'attachment; filename="thornbury-{name}.{extension}"',
    ]
    page = choose(client, export.content, f"file.{extension}", f"admin:notices_{kind}_load")
    assert page.context["to_do"] == 0


def test_what_does_not_exist_is_not_found(administrator, client):
    assert client.get(reverse("admin:notices_notice_template", args=["pdf"])).status_code == 404
    assert client.get(reverse("admin:notices_notice_export", args=[factories.notice().pk, "pdf"])).status_code == 404
    assert client.get(reverse("admin:notices_notice_export", args=[999, "csv"])).status_code == 404


def test_a_text_that_no_cell_holds_is_said(administrator, client):
    notice = factories.notice()
    Target.objects.update(wording="x" * 32_768)
    page = client.get(reverse("admin:notices_notice_export", args=[notice.pk, "xlsx"]), follow=True)
    assert "is too long for a cell. Use the CSV file." in text(page)


def test_the_lists_lead_to_the_file(administrator, client):
    for kind, models in LISTS.items():
        address = reverse(LOAD if kind == "notice" else LOAD_RESULTS)
        for model in models:
            assert f'<a href="{address}">Load from a file</a>' in text(
                client.get(reverse(f"admin:notices_{model}_changelist"))
            )
    assert "Load from a file" not in text(client.get(reverse("admin:notices_finding_changelist")))


PAGES = [
    ("load", ()),
    ("loading", (1,)),
    ("template", ("xlsx",)),
    ("export", (1, "xlsx")),
]
ADDRESSES = [(f"admin:notices_{model}_{page}", args) for model in ("notice", "result") for page, args in PAGES]


def granted(*codenames):
    staff = user("Sam Staff", is_staff=True)
    staff.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return type(staff).objects.get(pk=staff.pk)


NOTICE_RIGHTS = [
    f"{action}_{model}"
    for action in ("add", "change", "view")
    for model in ("notice", "noticeversion", "area", "target", "indicator", "milestone", "post")
]


def test_staff_load_what_they_have_the_rights_to_write():
    assert can_load(granted(*NOTICE_RIGHTS), "notice")
    assert not can_load(granted(*NOTICE_RIGHTS), "results")
    assert can_load(granted("add_result"), "results")
    for missing in ("add_post", "change_milestone"):
        assert not can_load(granted(*(right for right in NOTICE_RIGHTS if right != missing)), "notice")
    other = user("Abe Administrator", is_superuser=True)
    assert not can_load(other, "notice")


@pytest.mark.parametrize(("name", "args"), ADDRESSES)
def test_staff_without_the_rights_find_nothing(client, name, args):
    factories.notice()
    client.force_login(granted("view_notice", "view_result", "change_notice"))
    assert client.get(reverse(name, args=args)).status_code == 404
    assert client.post(reverse(name, args=args), {}).status_code == 404
    assert "Load from a file" not in text(client.get(reverse("admin:notices_notice_changelist")))


@pytest.mark.parametrize(("name", "args"), ADDRESSES)
def test_who_is_not_staff_is_not_let_in(client, name, args):
    factories.plan()
    path = reverse(name, args=args)
    for response in (client.get(path), client.post(path, {})):
        assert response.url.startswith((reverse("account_login"), reverse("admin:login")))
    client.force_login(user("Olga Office"))
    assert {client.get(path).status_code, client.post(path, {}).status_code} == {404}


@pytest.mark.parametrize("page", [LOAD, LOAD_RESULTS])
@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_queries_however_many_notices(
    administrator, client, page, number, django_assert_num_queries
):
    for place in range(number):
        factories.notice(f"notice-{place}")
    client.get(reverse(page))
    with django_assert_num_queries(5):
        client.get(reverse(page))


@pytest.mark.parametrize("number", [1, 3])
def test_a_check_is_shown_in_the_same_queries_however_many_rows(
    administrator, client, number, django_assert_num_queries
):
    sheets = {name: rows[:number] for name, rows in BARNMOUTH.items()}
    path = choose(client, typed(sheets)).request["PATH_INFO"]
    with django_assert_num_queries(5):
        client.get(path)


def test_a_file_that_is_no_upload_is_no_error(administrator, client):
    assert client.post(reverse(LOAD), {"file": "text"}).context["form"].errors["file"] == ["Choose a file."]
    response = client.post(reverse(LOAD), {"file": io.BytesIO(b"Sheet: Notice\n\0")})
    assert response.status_code == 200
    assert Indicator.objects.count() == 0
