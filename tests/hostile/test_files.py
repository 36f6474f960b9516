"""Hostile files, under hostile names, wherever the site takes a file in; what it takes, it hands out safely."""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from boards.models import Paper
from plans.models import Evidence
from tests.addresses import HELD, MAY, PLAN, address
from tests.hostile.asking import ask, multipart, wrong
from tests.hostile.files import made
from tests.hostile.inputs import tables

EVIDENCE = ("plans:update_evidence", (*PLAN, MAY, "R02"))
PAPER = ("boards:paper_add", HELD)
# Where a file is taken in, by whom, and with which answers; what is kept of it, with the page that hands it out.
TAKES = {
    "evidence": (*EVIDENCE, "office", {"title": "Rates", "kind": "quantitative"}, Evidence),
    "a paper": (*PAPER, "office", {"title": "Rates"}, Paper),
    "a Notice": ("admin:notices_notice_load", (), "administrator", {}, None),
    "results": ("admin:notices_result_load", (), "administrator", {}, None),
}
ALONE = "default-src 'none'; frame-ancestors 'none'; sandbox"
SAFE_NAME = re.compile("[^\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069/\\\\]+")


def content_of(each):
    return made(each["made"], each["name"]) if "made" in each else each["holds"]


def sent(each, answers):
    return multipart(
        answers.items(), "file", each["name"].replace(b"\\", b"\\\\").replace(b'"', b'\\"'), content_of(each)
    )


@pytest.mark.parametrize("place", TAKES)
def test_no_file_breaks_the_page_that_takes_it(clients, pks, place):
    name, args, role, answers, kept = TAKES[place]
    found, taken = {}, []
    path, client = address(name, args, pks), clients[role]
    for number, each in enumerate(tables("files")):
        label = (number, each["name"][:60])
        with transaction.atomic():
            response, fault = ask(client, "POST", path, is_kept=True, **sent(each, answers))
            if not fault and response.status_code == 302:
                taken.append(label)
                fault = handed_out(client, kept) if kept else wrong(client, "GET", response.url)
            transaction.set_rollback(True)
        if fault:
            found[label] = fault
    assert found == {}
    assert len(taken) > 1


def test_a_table_is_taken_under_every_name_that_says_so(clients, pks):
    """Ninety Chinese letters, a path, a script: such a name is no reason to refuse a file."""
    name, args, role, answers, _ = TAKES["evidence"]
    path, client = address(name, args, pks), clients[role]
    names = {each["name"] for each in tables("files") if each.get("holds") == b"month,rate\n"}
    refused = set()
    for each in names:
        response, _ = ask(client, "POST", path, **sent({"name": each, "holds": b"month,rate\n"}, answers))
        if response.status_code != 302:
            refused.add(each)
    no_names = {b"", b"\xff\xfe.csv", b"\xed\xa0\x80.csv", b"rates\r\nSet-Cookie: a=b.csv"}
    assert refused == no_names | {b".csv", b"rates.csv.", b"rates.csv\0.exe"}


def handed_out(client, kept):
    """Return what is wrong with how the file that was taken in last is handed out."""
    row = kept.objects.order_by("-pk").first()
    if not SAFE_NAME.fullmatch(row.original_name):
        return f"is called {row.original_name!r}"
    response = client.get(download_of(row))
    response.getvalue()
    said = {name: response.headers.get(name) for name in ("X-Content-Type-Options", "Content-Security-Policy")}
    if said != {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": ALONE}:
        return f"is handed out with {said}"
    is_apart = response.headers["Content-Disposition"].startswith("attachment")
    return "" if response.status_code == 200 and is_apart else f"is handed out with {response.headers}"


def download_of(row):
    if isinstance(row, Evidence):
        return reverse("plans:evidence_download", args=[*PLAN, MAY, "R02", row.pk])
    return reverse("boards:paper_download", args=[*HELD, row.pk])
