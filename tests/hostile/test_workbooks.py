"""Workbooks that are wrong in one cell or in one part, loaded as a Notice."""

import re

from django.db import transaction
from django.urls import reverse

from notices.models import Notice, Upload
from tests.hostile.asking import ask, multipart
from tests.hostile.files import WORKBOOKS
from tests.hostile.inputs import tables
from tests.notices.loading.files import BARNMOUTH, altered, typed

LOAD = reverse("admin:notices_notice_load")


def workbook(each):
    if "made" in each:
        return WORKBOOKS[each["made"]]()
    sheet, heading = each["cell"]
    held = each["holds"].decode() if isinstance(each["holds"], bytes) else each["holds"]
    return typed(altered(BARNMOUTH, sheet, 0, **{heading: held}))


def test_no_workbook_breaks_the_pages_that_load_it(clients):
    client, found, loaded = clients["administrator"], {}, []
    for number, each in enumerate(tables("workbooks")):
        label = (number, *each.get("cell", [each.get("made")]), str(each.get("holds"))[:40])
        with transaction.atomic():
            if fault := _loaded(client, workbook(each), loaded):
                found[label] = fault
            transaction.set_rollback(True)
    assert found == {}
    assert 3 < len(loaded) < len(tables("workbooks")) / 2
    assert [slug for slug in loaded if not re.fullmatch("[a-z0-9-]+", slug)] == []


def _loaded(client, content, loaded):
    """Choose the file, look at what it would do, load it where that is offered, and look at what it did."""
    response, fault = ask(client, "POST", LOAD, is_kept=True, **multipart([], "file", "file.xlsx", content))
    if fault or response.status_code != 302:
        return fault
    check = response.url
    _, fault = ask(client, "GET", check)
    digest = Upload.objects.get(loaded_at=None).digest
    _, again = ask(client, "POST", check, is_kept=True, body=b"digest=" + digest.encode())
    fault = fault or again
    for notice in Notice.objects.filter(title__gt="", slug__gt="").exclude(slug="thornbury"):
        loaded.append(notice.slug)
        export = reverse("admin:notices_notice_export", args=[notice.pk, "csv"])
        pages = (f"/notices/{notice.slug}/", export, reverse("admin:notices_notice_change", args=[notice.pk]))
        fault = fault or next(filter(None, (ask(client, "GET", page)[1] for page in pages)), "")
    return fault
