"""Two plans answer one Notice: whoever sees one of them is shown nothing of what the other does."""

import io
import logging
import re
import zipfile
from functools import lru_cache
from html import unescape

import pypdf
import pytest

from notices import permissions
from plans import permissions as plan_permissions
from plans.models import Plan, Recommendation
from tests import addresses, factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db

# What everything that the other plan says begins with; nothing else in these tests does.
MARK = "Elsewhere"
REFERENCE = "ELSE01"
PARTIAL = "Only recommendations in plans that you can see are included."
FORMATS = ("csv", "xlsx", "pdf", "docx")


def another_plan(notice):
    """Return a second plan that answers the same target and finding, with a published month and a question."""
    made = factories.PlanFactory(slug="other", title=f"{MARK} Plan", council=MARK, notice=notice)
    made.programme_office.add(user("Olga Office"))
    lead = factories.post("Head of Schools", user("Eve Elsewhere"))
    theme = factories.ThemeFactory(plan=made, number=1, title=f"{MARK} theme")
    factories.OutcomeFactory(theme=theme, title=f"{MARK} outcome", accountable_post=lead)
    row = factories.recommendation(made, 1, lead)
    Recommendation.objects.filter(pk=row.pk).update(reference=REFERENCE, title=f"{MARK} title", wording=MARK)
    board = factories.BoardFactory(slug="other", name=f"{MARK} Board", plan=made)
    factories.SeatFactory(board=board, person=f"{MARK} member", user=user("Eli Elsewhere"))
    row.targets.set(notice.targets.all())
    month = factories.month(made, 4)
    by = user("Eve Elsewhere")
    factories.submitted(month.updates.get(), by=by, at=AT, progress=f"{MARK} progress.")
    factories.published(month)
    target = notice.targets.get(reference="N01")
    factories.challenge(made, f"{MARK}, why?", by=user("Eli Elsewhere"), target=target)
    made.programme_office.clear()
    return made


@pytest.fixture
def pks(settings, caplog):
    caplog.set_level(logging.ERROR, "django.request")  # hundreds of refusals are not worth a line each
    settings.DEMONSTRATION = False
    found = addresses.build()
    first = Plan.objects.get(slug="thornbury")
    other = another_plan(first.notice)
    inspection = first.notice.inspections.get()
    finding = factories.finding(inspection, 1)
    other.recommendations.get().findings.add(finding)
    apart = factories.inspection("apart", title=f"{MARK} inspection")
    other.recommendations.get().findings.add(factories.finding(apart, 1, wording=f"{MARK} finding"))
    return found


def text_of(response):
    """Return what the answer holds, whatever kind of file it is."""
    return _text(response.getvalue() if response.streaming else response.content)


@lru_cache(1 << 10)  # of a file that is handed to several readers
def _text(content):
    if content.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return " ".join(book.read(name).decode(errors="replace") for name in book.namelist())
    return unescape(re.sub(r"<[^>]+>", " ", content.decode(errors="replace")))


def everything(client, pks, name):
    """Yield (address, text) for each page of the table that the person may open, and each file that it offers."""
    client.force_login(user(name))
    for address, args, _ in addresses.TABLE:
        if address in addresses.POST_ONLY or address.startswith(("account", "mfa", "openid")):
            continue
        path = addresses.address(address, args, pks)
        response = client.get(path)
        if response.status_code != 200:
            continue
        offered = set() if response.streaming else set(re.findall(rb"_export=(\w+)", response.content))
        yield path, text_of(response)
        for query in [*(f"?_export={kind.decode()}" for kind in sorted(offered)), "?trail=1"]:
            if query != "?trail=1" or "/targets/" in path:
                yield path + query, text_of(client.get(path + query))


def test_no_page_and_no_file_shows_a_reader_of_one_plan_anything_of_the_other(client, pks):
    found = [one for name in ("Olga Office", "Obi Observer", "Ada Officer") for one in everything(client, pks, name)]
    assert len({path.split("?")[0] for path, _ in found}) > 90
    assert [path for path, text in found if MARK in text or REFERENCE in text] == []


def test_who_sees_both_plans_is_shown_both(client, pks):
    Plan.objects.get(slug="other").programme_office.add(user("Olga Office"))
    shown = {path for path, text in everything(client, pks, "Olga Office") if MARK in text}
    pages = ("", "exit/", "targets/N01/", "inspections/", "inspections/announced/", "exit/?_export=pdf")
    assert shown >= {f"/notices/thornbury/{page}" for page in pages}


def test_a_page_says_that_it_holds_only_what_its_reader_can_see(client, pks):
    client.force_login(user("Ada Officer"))
    for page in ("exit/", "targets/N01/", "inspections/announced/"):
        assert PARTIAL in client.get(f"/notices/thornbury/{page}").content.decode()
    for kind in FORMATS:
        assert PARTIAL in " ".join(text_of(client.get(f"/notices/thornbury/exit/?_export={kind}")).split())
    client.force_login(user("Eve Elsewhere"))
    Plan.objects.get(slug="thornbury").programme_office.add(user("Eve Elsewhere"))
    assert PARTIAL not in client.get("/notices/thornbury/exit/").content.decode()


def test_a_target_counts_the_recommendations_of_the_plans_that_the_reader_sees(client, pks):
    for name, number in (("Ada Officer", 0), ("Eve Elsewhere", 1)):
        client.force_login(user(name))
        [row] = client.get("/notices/thornbury/").context["rows"]
        assert row.progress.answers == number


def test_the_owner_of_a_target_sees_what_any_board_asked_about_it_and_no_plan(client, pks):
    owner = factories.post("Head of Targets", user("Tia Target"))
    notice = Plan.objects.get(slug="other").notice
    notice.targets.update(owner_post=owner)
    client.force_login(user("Tia Target"))
    page = client.get("/notices/thornbury/targets/N01/").content.decode()
    assert f"{MARK}, why?" in page
    assert f"{MARK} title" not in page
    assert permissions.visible_plans(user("Tia Target"), notice, on=AT.date()).seen == ()


def test_the_plans_of_a_notice_that_a_person_sees_are_those_that_they_see(pks):
    notice, on = Plan.objects.get(slug="other").notice, later(days=30).date()
    for name in [*addresses.PEOPLE.values(), "Eve Elsewhere", "Eli Elsewhere"]:
        seen = permissions.visible_plans(user(name), notice, on=on).seen
        visible = plan_permissions.visible_plans(user(name), Plan.objects.order_by("pk"), on=on)
        assert list(seen) == list(visible)
