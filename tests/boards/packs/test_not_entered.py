"""What nobody entered is printed nowhere: no ward, no call-in, no consultation, no implication."""

import re

import pytest
from django.conf import settings
from django.db import models

from boards import packs
from boards.models import CoverSheet
from boards.packs import pack_workbook
from tests import factories
from tests.boards.packs.packing import a_meeting, a_plan, blocks, built
from tests.boards.packs.test_making import COVER
from tests.factories import AT, user

pytestmark = pytest.mark.django_db

WRITTEN = dict.fromkeys(("originator", "report_of", "subject", "executive_summary", "recommendations"), "Said.")


@pytest.fixture
@factories.once
def meeting():
    return a_meeting(a_plan(), papers={})


def terms(meeting):
    """Return what the cover sheet of the pack states, in the documents and in the workbook."""
    pack = built(meeting)
    (facts,) = (block for block in blocks(pack, "cover") if type(block).__name__ == "Facts")
    _, rows = pack_workbook._cover(pack)["Cover"]
    return dict(facts.rows), dict(rows)


def test_a_drafted_cover_sheet_states_only_what_the_record_holds(meeting):
    printed, sheet = terms(meeting)
    assert list(printed) == ["Originator", "Report of", "To", "Date", "Subject"]
    assert list(sheet) == [*printed, "Executive summary", "Recommendations"]


def test_a_written_cover_sheet_states_no_answer_that_was_not_given(meeting):
    packs.write_cover(meeting=meeting, version=0, by=user("Olga Office"), at=AT, **COVER | dict(WRITTEN, wards=""))
    row = CoverSheet.objects.get()
    assert (row.wards, row.is_consulted, row.is_for_call_in) == ("", False, False)
    CoverSheet.objects.update(is_consulted=None, is_for_call_in=None)
    printed, sheet = terms(meeting)
    for term in ("Electoral wards affected", "Ward members consulted", "Call-in", "Eligible for call-in"):
        assert term not in printed
        assert term not in sheet


@pytest.mark.parametrize(
    ("answer", "consulted", "call_in"),
    [(True, "Yes (referred to in report)", "Eligible for call-in"), (False, "No", "Not eligible for call-in")],
)
def test_a_cover_sheet_states_what_was_entered(meeting, answer, consulted, call_in):
    given = COVER | {"wards": "Harehills", "is_consulted": answer, "is_for_call_in": answer}
    packs.write_cover(meeting=meeting, version=0, by=user("Olga Office"), at=AT, **given)
    printed, sheet = terms(meeting)
    assert printed["Electoral wards affected"] == sheet["Electoral wards affected"] == "Harehills"
    assert (printed["Ward members consulted"], printed["Call-in"]) == (consulted, call_in)
    assert sheet["Eligible for call-in"] == ("Yes" if answer else "No")


def test_the_councils_update_is_drafted_without_wards_and_implications():
    board = a_plan().board
    report = factories.outgoing(board, "council", factories.later(days=1).date(), by=user("Olga Office"))
    said = {section.heading: section.text for section in report.sections.all()}
    assert (said["Electoral wards affected"], said["Specific implications for"]) == ("", "")


def test_no_yes_or_no_of_a_cover_sheet_has_an_answer_that_nobody_gave():
    fields = [field for field in CoverSheet._meta.get_fields() if isinstance(field, models.BooleanField)]
    assert fields
    assert [field.name for field in fields if not field.null or field.has_default()] == []


def test_no_document_prints_no_where_nothing_was_entered():
    """A choice of “Yes” or “No” by truth alone says no for what nobody entered."""
    said = re.compile(r"else \"(?:No|no|None stated)\"(?! \w)")
    files = [*(settings.BASE_DIR / "boards").rglob("*.py"), *(settings.BASE_DIR / "notices").glob("*_document.py")]
    printing = [path for path in files if re.search("pack|document|drafting|cover|report", path.as_posix())]
    assert printing
    assert [path.name for path in printing if said.search(path.read_text(encoding="utf-8"))] == []
