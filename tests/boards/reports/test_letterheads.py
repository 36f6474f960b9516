"""The letterhead is shown, replaced, taken out of use, and cleaned of a text that could identify someone."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Event, Removal
from accounts.removal import kinds
from boards import reports, verification
from boards.models import Letterhead, Report
from boards.reports import digests, letterhead, report_document
from improvement.documents import pdf
from improvement.documents.blocks import Figure
from improvement.records import triggers
from improvement.records.refusals import Incomplete, Refused
from tests import factories
from tests.boards.packs.packing import pdf_text
from tests.factories import AT, later, user
from tests.guarded import UPDATES

pytestmark = pytest.mark.django_db
MAY = date(2011, 5, 1)
REASON = "Names a child."


@pytest.fixture
def board():
    return factories.plan().board


def at(name, *args):
    return reverse(f"boards:letterhead_{name}", args=["thornbury", *args])


def office():
    return {"by": user("Olga Office"), "at": AT}


def a_letter(board, dated_on=MAY, kind="letter"):
    row = factories.outgoing(board, kind, dated_on, by=user("Cass Chair"), sections=[("", "Dear Minister")])
    return factories.issued(row, by=user("Cass Chair"))


def digest_problems():
    return [problem for problem in verification.problems() if "digest" in problem]


# Shown and replaced.


def test_the_page_shows_the_picture_with_its_description_and_the_file(client, board):
    row = factories.letterhead(board, shows="Logo of the <Board>", sender="Civic Hall\nLeeds")
    client.force_login(user("Cass Chair"))
    page = client.get(at("upload")).content.decode()
    assert f'<img src="{at("picture")}?{row.pk}" alt="Logo of the &lt;Board&gt;">' in page
    assert '<span class="app-prose">Civic Hall\nLeeds</span>' in page
    assert "logo.png</a>, uploaded on 1 May 2011 by Olga Office" in page
    picture = client.get(at("picture"))
    assert (picture["Content-Type"], b"".join(picture)) == ("image/png", factories.PNG)


def test_without_a_letterhead_there_is_nothing_to_show_or_to_stop(client, board):
    client.force_login(user("Cass Chair"))
    page = client.get(at("upload")).content.decode()
    assert "No letterhead is in use." in page
    assert "<img" not in page
    assert client.get(at("picture")).status_code == 404
    assert client.get(at("stop")).url == at("upload")


def test_the_words_are_changed_and_the_picture_stays(client, board):
    first = factories.letterhead(board)
    client.force_login(user("Cass Chair"))
    page = client.post(at("upload"), {"shows": first.shows, "sender": "Another hall"}, follow=True)
    assert "The letterhead has been saved." in page.content.decode()
    used = letterhead.of_board(board)
    assert (used.sender, used.sha256, used.original_name) == ("Another hall", first.sha256, "logo.png")
    assert used.file.name != first.file.name
    assert Letterhead.objects.count() == 2


def test_a_first_letterhead_needs_a_picture(board):
    with pytest.raises(Incomplete) as refusal:
        factories.letterhead(board, file=None)
    assert refusal.value.errors == {"file": "Choose a picture."}


# Taken out of use.


def test_stop_using_leaves_what_was_issued_with_it_and_nothing_has_it_from_then_on(board):
    row = factories.letterhead(board)
    before = a_letter(board)
    for _ in range(2):
        reports.stop_using(letterhead=row, by=user("Cass Chair"), at=later(days=1))
    after = a_letter(board, date(2011, 5, 2))
    assert letterhead.of_board(board) is None
    assert (before.letterhead, after.letterhead) == (row, None)
    first, _ = report_document.build(Report.objects.get(pk=before.pk)).opening[:2]
    assert isinstance(first, Figure)
    assert not any(isinstance(one, Figure) for one in report_document.build(after).opening)
    assert Event.objects.filter(what="letterhead.removed").count() == 1
    assert digest_problems() == []


def test_the_same_letterhead_is_used_again_after_it_was_stopped(board):
    first = factories.letterhead(board)
    reports.stop_using(letterhead=first, **office())
    again = factories.letterhead(board)
    assert again != first
    assert letterhead.of_board(board) == again


def test_one_that_is_not_in_use_any_more_is_not_stopped(board):
    first = factories.letterhead(board)
    factories.letterhead(board, sender="Another hall")
    with pytest.raises(Refused, match="Another letterhead has been uploaded since"):
        reports.stop_using(letterhead=first, **office())


def test_the_chair_stops_using_it_on_its_page(client, board):
    factories.letterhead(board)
    client.force_login(user("Cass Chair"))
    assert "Stop using this letterhead?" in client.get(at("stop")).content.decode()
    page = client.post(at("stop"), {"is_confirmed": "True"}, follow=True).content.decode()
    assert "The letterhead is no longer used." in page
    assert letterhead.of_board(board) is None


@pytest.mark.parametrize("way", UPDATES)
@pytest.mark.parametrize("change", [{"removed_at": AT, "removed_by": True}, {"shows": "x"}, {"sender": "x"}])
def test_a_removed_letterhead_never_changes_and_nothing_but_its_removal_is_ever_said(board, way, change):
    row = factories.letterhead(board)
    reports.stop_using(letterhead=row, **office())
    change = {name: user("Cass Chair") if value is True else value for name, value in change.items()}
    rows = Letterhead.objects.filter(pk=row.pk)
    with pytest.raises(IntegrityError, match="A letterhead is never changed"), transaction.atomic():
        way(rows, change)
    triggers.drop()
    with transaction.atomic():
        way(rows, change)


def test_the_removal_of_a_letterhead_has_who_and_when(board):
    factories.letterhead(board)
    with pytest.raises(IntegrityError), transaction.atomic():
        Letterhead.objects.update(removed_at=AT)


@pytest.mark.parametrize(("kind", "is_issued"), [("letter", False), ("council", True), ("council", False)])
def test_only_what_the_chair_has_issued_keeps_a_letterhead(board, kind, is_issued):
    row = factories.letterhead(board)
    report = factories.outgoing(board, kind, MAY, sections=[("", "Dear Minister")])
    if is_issued:
        report = factories.issued(report)
        triggers.drop()
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(letterhead=row)


# A text that could identify someone.


def test_a_text_of_the_letterhead_is_removed_from_it_and_from_what_was_issued(board):
    row = factories.letterhead(board, sender="Write about Tom Child, Civic Hall")
    report, draft = a_letter(board), factories.outgoing(board, "letter", date(2011, 5, 3), sections=[("", "Dear all")])
    before = digests.digest(report)
    made = letterhead.redact(thing=row, field="sender", reason=REASON, **office())
    assert made.label == "Sender"
    for one in (report, draft):
        said = pdf_text(pdf.write(report_document.build(Report.objects.get(pk=one.pk))))
        assert ("Tom Child" in said, f"[removed: {REASON}]" in said) == (False, True)
    followed = Removal.objects.of(report).get()
    assert (followed.label, followed.reason, followed.digest_before) == ("Letterhead, sender", REASON, before)
    assert followed.digest_after == digests.digest(Report.objects.get(pk=report.pk))
    assert not Removal.objects.of(draft).exists()
    assert digest_problems() == []
    assert list(Event.objects.filter(what__endswith=".redacted").order_by("pk").values_list("what", flat=True)) == [
        "letterhead.redacted",
        "report.redacted",
    ]


def test_removing_it_again_changes_nothing(board):
    row = factories.letterhead(board)
    a_letter(board)
    for _ in range(2):
        letterhead.redact(thing=row, field="sender", reason=REASON, **office())
    assert Removal.objects.count() == 2
    assert digest_problems() == []


def test_nothing_hides_behind_the_removal_where_a_report_was_tampered_with(board):
    row = factories.letterhead(board)
    report = a_letter(board)
    with triggers.lifted({"boards_report"}):
        Report.objects.filter(pk=report.pk).update(author="Somebody else")
    with pytest.raises(Refused, match="This has changed since it was issued"):
        letterhead.redact(thing=row, field="sender", reason=REASON, **office())
    assert Letterhead.objects.get().sender == "Civic Hall"


def test_the_office_removes_it_on_its_page_also_of_one_that_is_not_in_use_any_more(client, board):
    row = factories.letterhead(board, shows="Tom Child at school")
    report = a_letter(board)
    factories.letterhead(board, shows="Logo of the Board")
    client.force_login(user("Olga Office"))
    address = at("redact", row.pk)
    assert address in client.get(reverse("boards:report_detail", args=["thornbury", "letter", MAY])).content.decode()
    page = client.get(f"{address}?field=shows")
    assert "with the new SHA-256 beside the earlier one" in page.content.decode()
    seen = page.context["form"]["seen"].value()
    answers = {"reason": REASON, "seen": seen, "is_certain": "on", "is_checked": "on"}
    client.post(f"{address}?field=shows", answers)
    assert Letterhead.objects.get(pk=row.pk).shows == f"[removed: {REASON}]"
    assert Removal.objects.of(report).get().label == "Letterhead, what the picture shows"


def test_what_a_person_types_into_a_letterhead_can_be_removed(board):
    row = factories.letterhead(board)
    typed = {"shows", "sender"}
    assert set(kinds.of(row)) == typed
    assert {name for name in ("shows", "sender") if getattr(row, name)} == typed
