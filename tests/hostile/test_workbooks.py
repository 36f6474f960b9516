"""Workbooks that are wrong in one cell or in one part, loaded as a Notice and as a plan."""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from notices.models import Notice, Upload
from plans.models import Plan
from tests.hostile.asking import ask, multipart
from tests.hostile.files import NOTICE, PLAN, WORKBOOKS
from tests.hostile.inputs import tables
from tests.notices.loading.files import altered

KINDS = {
    "notice": (NOTICE, Notice, "admin:notices_notice", "/notices/{}/"),
    "plan": (PLAN, Plan, "admin:plans_plan", "/plans/{}/"),
}


def workbooks(kind):
    """Return what is wrong with each workbook of the kind; what is wrong with a part of it is so with every kind."""
    return [each for each in tables("workbooks") if "made" in each or each.get("of", b"notice") == kind.encode()]


def workbook(whole, each):
    if "made" in each:
        return WORKBOOKS[each["made"]](whole)
    sheet, heading = each["cell"]
    held = each["holds"].decode() if isinstance(each["holds"], bytes) else each["holds"]
    return whole.typed_with(altered(whole.sheets, sheet, 0, **{heading: held}))


@pytest.mark.parametrize("kind", KINDS)
def test_no_workbook_breaks_the_pages_that_load_it(clients, kind):
    client, found, loaded = clients["administrator"], {}, []
    for number, each in enumerate(workbooks(kind)):
        label = (number, *each.get("cell", [each.get("made")]), str(each.get("holds"))[:40])
        with transaction.atomic():
            if fault := _loaded(client, kind, workbook(KINDS[kind][0], each), loaded):
                found[label] = fault
            transaction.set_rollback(True)
    assert found == {}
    assert 3 < len(loaded) < len(workbooks(kind)) / 2
    assert [slug for slug in loaded if not re.fullmatch("[a-z0-9-]+", slug)] == []


def _loaded(client, kind, content, loaded):
    """Choose the file, look at what it would do, load it where that is offered, and look at what it did."""
    _, model, admin, page = KINDS[kind]
    sent = multipart([], "file", "file.xlsx", content)
    response, fault = ask(client, "POST", reverse(f"{admin}_load"), is_kept=True, **sent)
    if fault or response.status_code != 302:
        return fault
    check = response.url
    _, fault = ask(client, "GET", check)
    digest = Upload.objects.get(loaded_at=None).digest
    _, again = ask(client, "POST", check, is_kept=True, body=b"digest=" + digest.encode())
    fault = fault or again
    for root in model.objects.filter(title__gt="", slug__gt="").exclude(slug="thornbury"):
        loaded.append(root.slug)
        export = reverse(f"{admin}_export", args=[root.pk, "csv"])
        pages = (page.format(root.slug), export, reverse(f"{admin}_change", args=[root.pk]))
        fault = fault or next(filter(None, (ask(client, "GET", each)[1] for each in pages)), "")
    return fault
