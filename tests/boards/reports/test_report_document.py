"""What goes out in the chair's name looks like a report or a letter: letterhead, sender, recipient, date, signature."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Event
from boards import reports, verification
from boards.models import Letterhead, Report
from boards.reports import digests, letterhead, report_document, report_tables
from improvement.documents import pdf, write_word
from improvement.documents.blocks import Facts, Figure, Paragraph, Table
from improvement.records import triggers
from improvement.records.refusals import Incomplete
from tests import factories
from tests.boards.packs.packing import pdf_of, pdf_text, word_of, word_text
from tests.factories import AT, a_picture, later, user
from tests.guarded import WAYS

pytestmark = pytest.mark.django_db
MAY = date(2011, 5, 1)
SENDER = "Cass Chair\nCivic Hall"


@pytest.fixture
def board():
    """A Board whose plan answers a Notice and has two published months; R02 had no update in either."""
    plan = factories.plan(2)
    plan.notice = factories.notice()
    plan.save()
    for number, rating in ((3, "red"), (4, "amber")):
        month = factories.month(plan, number)
        factories.signed_off(month.updates.get(reference="R01"), rating=rating, progress=f"Step {number}.")
        factories.published(month)
    return plan.board


def upload(board, file=None, shows="Logo of the Board", sender=SENDER, at=AT):
    file = file or a_picture()
    return reports.upload(board=board, file=file, shows=shows, sender=sender, by=user("Cass Chair"), at=at)


def a_letter(board, dated_on=MAY, **given):
    given = {"sections": [("", "Dear Minister\n\nMuch was done.")], "addressed_to": "The Minister\nLondon"} | given
    return factories.outgoing(board, "letter", dated_on, by=user("Cass Chair"), **given)


def issue(report):
    return factories.issued(report, by=user("Cass Chair"))


# The layout.


@pytest.mark.parametrize("written", [(pdf.write, pdf_text), (write_word, word_text)], ids=["pdf", "word"])
def test_a_letter_has_sender_recipient_one_date_and_who_signs(board, written):
    write, reading = written
    upload(board)
    said = reading(write(report_document.build(issue(a_letter(board)))))
    for words in ("Cass Chair", "Civic Hall", "The Minister", "London", "Dear Minister"):
        assert words in said
    assert said.count("1 May 2011") == 1
    assert (
        said.index("Civic Hall") < said.index("The Minister") < said.index("1 May 2011") < said.index("Dear Minister")
    )
    assert said.index("Much was done.") < said.index("Independent chair of the Improvement Board")


def test_the_letterhead_is_drawn_first_with_what_it_shows(board):
    upload(board)
    document = report_document.build(issue(a_letter(board)))
    first = document.opening[0]
    assert (isinstance(first, Figure), first.alt) == (True, "Logo of the Board")
    assert len(pdf_of(pdf.write(document)).pages[0].images) == 1
    assert len(word_of(write_word(document)).inline_shapes) == 1


def test_a_letter_that_was_typed_whole_has_its_date_and_signature_once(board):
    text = "Cass Chair\n\n1 May 2011\n\nDear Minister\n\nMuch was done.\n\nYours sincerely\n\nCass Chair"
    document = report_document.build(issue(a_letter(board, sections=[("", text)], author="Cass Chair, Chair")))
    said = pdf_text(pdf.write(document))
    assert (said.count("1 May 2011"), said.count("Cass Chair")) == (1, 2)


def test_the_councils_update_has_no_letterhead_and_no_signature(board):
    upload(board)
    row = factories.issued(factories.outgoing(board, "council", MAY, by=user("Olga Office")), by=user("Olga Office"))
    document = report_document.build(row)
    assert row.letterhead is None
    assert not [block for block in document.all_blocks if getattr(block, "style", "") == "signature"]


def test_what_was_issued_in_an_older_format_is_handed_out_as_it_was(board):
    report = issue(a_letter(board))
    triggers.drop()
    report.digest_format = 2
    Report.objects.update(digest_format=2, digest=digests.digest(report))
    triggers.install()
    document = report_document.build(Report.objects.get())
    assert document.opening == ()
    assert list(document.lines) == ["The Minister", "London", "1 May 2011"]
    assert document.blocks[0] == Facts((("In the name of", report.author), ("Date", "1 May 2011")))
    assert not [problem for problem in verification.problems() if "digest" in problem]


# The tables.


def test_the_ratings_are_a_table_whose_rows_add_up(board):
    report = factories.outgoing(board, "chair", MAY, by=user("Cass Chair"))
    table = report.sections.get(heading="Ratings, month by month").table
    assert table["headers"] == ["Month", "Red", "Amber", "Green", "No update received", "All"]
    assert table["rows"] == [["March 2011", "1", "0", "0", "1", "2"], ["April 2011", "0", "1", "0", "1", "2"]]
    for _, *numbers, total in table["rows"]:
        assert sum(map(int, numbers)) == int(total)


def test_the_targets_are_named_in_a_table_and_a_chart(board):
    target = board.plan.notice.targets.get()
    factories.result(target.indicators.get())
    report = factories.outgoing(board, "chair", MAY, by=user("Cass Chair"))
    table = report.sections.get(heading="The targets of the Notice").table
    assert [row[0] for row in table["rows"]] == [f"{target.reference} {target.wording}"]
    blocks = report_document.build(report).blocks
    assert len([block for block in blocks if isinstance(block, Table)]) == 2
    (figure,) = [block for block in blocks if isinstance(block, Figure)]
    assert target.reference in figure.svg


def test_a_target_without_a_milestone_or_a_result_is_named(board):
    wordy = factories.target(board.plan.notice, 2)
    silent = factories.target(board.plan.notice, 3)
    factories.milestone(factories.IndicatorFactory(target=silent))
    report = factories.outgoing(board, "chair", MAY, by=user("Cass Chair"))
    text = report.sections.get(heading="The targets of the Notice").text
    named = dict(part.split("\n", 1) for part in text.split("\n\n")[1:])
    assert wordy.reference in named["The Notice sets no milestone for:"]
    assert silent.reference in named["No result is known for:"]


def test_a_chart_escapes_what_it_names_and_draws_both_directions():
    bars = [{"name": "<A>", "share": 0.5, "words": "beyond"}, {"name": "B", "share": -0.25, "words": "short & sad"}]
    drawn = report_tables.chart({"bars": bars})
    assert ("&lt;A&gt;" in drawn, "short &amp; sad" in drawn, drawn.count("<rect")) == (True, True, 2)
    assert f'x="{report_tables.MIDDLE}.0" y="32" width="{report_tables.HALF}.0"' in drawn
    assert f'x="{report_tables.MIDDLE - report_tables.HALF / 2}" y="62" width="{report_tables.HALF / 2}"' in drawn
    assert report_tables.charted({"bars": bars}).endswith("The longest bar is 50%.")
    assert (report_tables.chart({}), report_tables.charted({})) == ("", "")


def test_the_table_and_the_chart_say_the_direction_the_floor_and_the_comparators(board):
    indicator = board.plan.notice.targets.get().indicators.get()
    factories.result(indicator, "72")
    factories.result(indicator, "76", subject="national")
    factories.result(indicator, "88", subject="neighbours", basis="cumulative")
    indicator.floor, indicator.floor_source = 60, "The regulations"
    indicator.save()
    report = factories.outgoing(board, "chair", MAY, by=user("Cass Chair"))
    table = report.sections.get(heading="The targets of the Notice").table
    assert table["rows"][0][1] == "at least 80%\nfloor 60% (The regulations)"
    [bar] = table["bars"]
    assert (bar["share"], bar["marks"]) == (-0.1, [{"share": -0.05, "words": "national 76%"}])
    assert bar["name"].startswith("N01 NI 59: ")
    drawn = report_tables.chart(table)
    assert "8 percentage points short of it; national 76%" in drawn
    tick = report_tables.MIDDLE - report_tables.HALF / 2
    assert f'<path d="M{tick:.1f}' in drawn


def test_a_level_that_is_to_be_low_says_at_most(board):
    indicator = board.plan.notice.targets.get().indicators.get()
    factories.result(indicator, "72")
    indicator.better = "lower"
    indicator.save()
    report = factories.outgoing(board, "chair", MAY, by=user("Cass Chair"))
    assert report.sections.get(heading="The targets of the Notice").table["rows"][0][1] == "at most 80%"


def test_the_last_paragraph_stays_with_the_signature_and_an_introduction_with_its_list(board):
    blocks = report_document.build(
        a_letter(board, sections=[("", "Dear Minister\n\nWe did:\n\n- One\n\nYours")])
    ).blocks
    assert [(block.text, block.style) for block in blocks if isinstance(block, Paragraph)] == [
        ("Dear Minister", ""),
        ("We did:", "kept"),
        ("Yours", "kept"),
        ("Independent chair of the Improvement Board", "signature"),
    ]


def test_the_page_shows_the_tables_and_the_same_numbers(client, board):
    report = factories.outgoing(board, "chair", MAY, by=user("Cass Chair"))
    client.force_login(user("Cass Chair"))
    page = client.get(reverse("boards:report_detail", args=["thornbury", "chair", MAY])).content.decode()
    table = report.sections.get(heading="Ratings, month by month").table
    for row in table["rows"]:
        assert f">{row[0]}</th>" in page
    said = pdf_text(pdf.write(report_document.build(report)))
    assert "March 2011 1 0 0 1 2" in said


def test_a_table_that_was_pasted_into_a_section_is_on_the_page_and_in_the_document(client, board):
    report = a_letter(board, sections=[("", "As reported:\n\n| Month | In time |\n| May | 81% |")])
    client.force_login(user("Cass Chair"))
    page = client.get(reverse("boards:report_detail", args=["thornbury", "letter", MAY])).content.decode()
    assert '<td class="govuk-table__cell">81%</td>' in page
    assert "81%" in pdf_text(pdf.write(report_document.build(report)))


def test_tables_freeze_with_the_report(board):
    issue(factories.outgoing(board, "chair", MAY, by=user("Cass Chair")))
    before = digests.digest(Report.objects.get())
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.get().sections.update(table={})
    triggers.drop()
    Report.objects.get().sections.update(table={})
    assert digests.digest(Report.objects.get()) != before
    assert [problem for problem in verification.problems() if "digest differs" in problem]


# The letterhead.


def test_a_report_keeps_the_letterhead_it_was_issued_with_and_a_draft_has_the_latest(board):
    first = upload(board)
    report = issue(a_letter(board))
    second = upload(board, sender="Another", at=later(days=1))
    assert Report.objects.get(pk=report.pk).letterhead == first
    draft = a_letter(board, date(2011, 5, 2))
    assert Paragraph("Another", "sender") in report_document.build(draft).opening
    assert Paragraph(SENDER, "sender") in report_document.build(Report.objects.get(pk=report.pk)).opening
    assert letterhead.of_board(board) == second


def test_the_same_letterhead_again_is_found(board):
    assert upload(board) == upload(board)
    assert Event.objects.filter(what="letterhead.uploaded").count() == 1


SHORT = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20)
WIDE = factories.PNG[:16] + (4001).to_bytes(4, "big") + factories.PNG[20:]
BROKEN = factories.PNG[:50] + bytes(12) + factories.PNG[62:]


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (None, "Choose a picture."),
        (("logo.txt", b"Logo"), "The letterhead has to be a picture, a .png or a .jpg file."),
        (("logo.svg", b"<svg/>"), "The letterhead has to be a picture, a .png or a .jpg file."),
        (("logo.png", b"%PDF-1.7"), "The file is not a real .png file. Save it again as .png."),
        (("logo.jpg", factories.PNG), "The file is not a real .jpg file. Save it again as .jpg."),
        (("logo.png", SHORT), letterhead.NO_PICTURE),
        (("logo.png", BROKEN), letterhead.NO_PICTURE),
        (("logo.png", WIDE), "The picture is larger than 4,000 pixels on a side."),
        (("logo.png", factories.PNG + bytes(letterhead.LARGEST)), "The picture is larger than 1 MB."),
    ],
)
def test_what_is_no_picture_is_refused_by_its_content(board, file, sentence):
    with pytest.raises(Incomplete) as refusal:
        reports.upload(
            board=board, file=file and a_picture(*file), shows="A logo", sender="", by=user("Cass Chair"), at=AT
        )
    assert refusal.value.errors == {"file": sentence}
    assert Letterhead.objects.count() == 0


def test_a_picture_says_what_it_shows(board):
    with pytest.raises(Incomplete) as refusal:
        upload(board, shows=" ")
    assert refusal.value.errors == {"shows": "Say what the picture shows, for people who cannot see it."}


@pytest.mark.parametrize("way", WAYS)
def test_a_letterhead_is_never_changed_or_removed(board, way):
    upload(board)
    before = list(Letterhead.objects.values())
    with pytest.raises(IntegrityError, match="A letterhead is never changed"), transaction.atomic():
        way(Letterhead.objects.all(), {"shows": "x"})
    assert list(Letterhead.objects.values()) == before


def test_the_chair_uploads_it_on_its_page(client, board):
    client.force_login(user("Cass Chair"))
    address = reverse("boards:letterhead_upload", args=["thornbury"])
    response = client.post(address, {"file": a_picture(), "shows": "A logo", "sender": SENDER}, follow=True)
    assert "The letterhead has been saved." in response.content.decode()
    assert "logo.png" in client.get(address).content.decode()
    refused = client.post(address, {"file": a_picture("logo.png", SHORT), "shows": "A logo"})
    assert refused.context["form"].errors == {"file": [letterhead.NO_PICTURE]}
