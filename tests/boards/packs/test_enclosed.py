"""Papers in a pack's one file: PDFs bound, others attached, and of each audience's exactly what it reads."""

import io
import re
from pathlib import Path

import pytest
from django.urls import reverse

from boards import meetings, packs, papers
from boards.models import Pack, PackFile, Paper
from boards.packs import enclosed, pack_files
from boards.packs.contents import Enclosure
from boards.packs.enclosed import Enclosed
from improvement.documents import binding
from improvement.records.refusals import Refused
from tests import factories
from tests.boards.packs.packing import ACCESS, BOARD, HELD, OBSERVERS, PUBLIC, a_meeting, a_plan, built, pdf_of
from tests.boards.reading import read, text
from tests.factories import AT, a_file, later, user
from tests.improvement.documents.binding.pdfs import a_pdf, locked, text_of

pytestmark = pytest.mark.django_db

Form = PackFile.Form
READ = {BOARD: ("Open", "Restricted", "Closed"), OBSERVERS: ("Open", "Restricted"), PUBLIC: ("Open",)}


@pytest.fixture
@factories.once
def meeting():
    """A meeting with a PDF of two pages, a text and a locked PDF of each kind, each under an item of its own."""
    made = a_meeting(a_plan(), papers={}, is_announced=False)
    for kind, access in ACCESS.items():
        item = meetings.add_item(meeting=made, title=f"Item {kind}", by=user("Olga Office"), at=AT)
        files = {
            "note.txt": f"{kind}note".encode(),
            "locked.pdf": a_pdf(f"{kind}locked", change=locked),
            "bound.pdf": a_pdf(f"{kind}bound", f"{kind}bound"),
        }
        for name, file in files.items():
            add(made, f"{kind} {name}", a_file(f"{kind}-{name}", file), item=item, public_title="A paper", **access)
    announced = factories.announced(made, papers=made.papers.all())
    announced.month.plan.board = announced.board
    return announced


def add(meeting, title, file, **rest):
    return papers.add(meeting=meeting, title=title, file=file, by=user("Olga Office"), at=AT, **rest)


def keep(meeting, at=AT):
    return packs.keep(meeting=meeting, by=user("Olga Office"), at=at)


def content(pack, form):
    with pack.files.get(form=form).file.open() as stream:
        return stream.read()


def bookmarks(outline):
    return [title for one in outline for title in (bookmarks(one) if isinstance(one, list) else [one.title])]


def kinds_in(said):
    """Return whose papers a text names or holds: by title, file name or what stands in the file."""
    return {kind for kind in ACCESS for word in ("note", "locked", "bound") if re.search(f"{kind}[- ]?{word}", said)}


@pytest.mark.parametrize("audience", [BOARD, OBSERVERS, PUBLIC])
def test_an_audience_finds_in_the_one_file_exactly_the_papers_that_it_reads(meeting, audience):
    made = pack_files.written(pack_files.whole(built(meeting, audience)), Form.FULL)
    reader, read = pdf_of(made), READ[audience]
    drawn = [page for page in text_of(made) if page.split(" ")[0].endswith("bound")]
    assert [page.split(" ")[0] for page in drawn] == [f"{kind}bound" for kind in read for _ in range(2)]
    named = [title for title in bookmarks(reader.outline) if title.startswith("Item ")]
    places = {"Open": 2, "Restricted": 3, "Closed": 4}
    assert named == [f"Item {places[kind]}: {kind} bound.pdf" for kind in read]
    attached = {name: b"".join(files) for name, files in reader.attachments.items()}
    assert sorted(attached) == sorted(f"{kind}-{name}" for kind in read for name in ("note.txt", "locked.pdf"))
    assert attached["Open-note.txt"] == b"Opennote"
    listed = " ".join(text_of(made))
    assert kinds_in(listed) == set(read)
    assert "Restricted locked.pdf (attached file, because it is locked with a password)" in listed or audience == PUBLIC
    assert not any(f"{kind}bound".encode() in made for kind in set(ACCESS) - set(read))
    assert reader.page_labels == [str(number) for number in range(1, len(reader.pages) + 1)]
    without = pdf_of(pack_files.written(pack_files.whole(built(meeting, audience)), Form.PDF))
    assert (len(reader.pages) - len(without.pages), without.attachments) == (2 * len(read), {})


def test_what_is_kept_is_numbered_with_its_papers_and_its_supplement_brings_only_the_new_ones(meeting):
    first = keep(meeting)[0]
    assert first.pages == len(pdf_of(content(first, Form.FULL)).pages)
    second = next(one for one in keep(meeting, later(days=3)) if one.audience == PUBLIC)
    assert second.first_page == Pack.objects.get(audience=PUBLIC, number=1).last_page + 1
    said = " ".join(text_of(content(second, Form.FULL)))
    assert (kinds_in(said), said.count("Embargoedbound")) == ({"Embargoed"}, 2)
    merged = content(second, Form.MERGED)
    drawn = [page.split(" ")[0] for page in text_of(merged) if page.split(" ")[0].endswith("bound")]
    assert drawn == ["Openbound", "Openbound", "Embargoedbound", "Embargoedbound"]
    assert len(pdf_of(merged).pages) == second.last_page
    assert sorted(pdf_of(merged).attachments) == sorted(
        f"{kind}-{name}" for kind in ("Open", "Embargoed") for name in ("note.txt", "locked.pdf")
    )


def test_each_reader_is_handed_the_one_file_of_their_own_audience(meeting, client):
    keep(meeting)
    address = reverse("boards:pack_download", args=["thornbury", HELD, "full"])
    for name, audience in {"Cass Chair": BOARD, "Obi Observer": OBSERVERS, "Ada Officer": PUBLIC}.items():
        response = read(client, address, name)
        assert response.headers["Content-Disposition"].endswith(f'board-pack-for-{audience}-with-papers.pdf"')
        assert kinds_in(" ".join(text_of(b"".join(response.streaming_content)))) == set(READ[audience])
    assert read(client, f"{address}?audience=board", "Obi Observer").status_code == 404


def test_a_preview_has_the_papers_too_and_says_what_is_damaged(client, meeting):
    address = reverse("boards:pack_download", args=["thornbury", HELD, "full"])
    shown = read(client, f"{address}?audience=public", "Olga Office")
    kinds = kinds_in(" ".join(text_of(shown.content)))
    assert (shown["Content-Type"], kinds) == ("application/pdf", {"Open", "Embargoed"})
    paper = meeting.papers.get(title="Open bound.pdf")
    Path(paper.file.path).write_bytes(b"Something else.")
    assert "The file of “Open bound.pdf” is damaged." in text(client.get(f"{address}?audience=public", follow=True))
    with pytest.raises(Refused, match="The file of “Open bound"):
        keep(meeting)
    assert not Pack.objects.exists()


def test_papers_that_cannot_be_put_together_are_refused_with_what_to_do(meeting, monkeypatch):
    whole = pack_files.whole(built(meeting))
    assert whole.papers  # read by a worker that lives
    monkeypatch.setattr(binding, "_WORKER", ["sh", "-c", "cat > /dev/null; exit 1"])
    with pytest.raises(Refused, match="They may be too large for it: replace the largest"):
        pack_files.written(whole, Form.FULL)
    assert pack_files.written(whole, Form.PDF).startswith(b"%PDF")


def test_two_files_of_one_name_are_both_attached():
    meeting = a_meeting(a_plan(), papers={}, is_announced=False)
    for title in ("One", "Two", "Three"):
        add(meeting, title, a_file("note.txt", title.encode()))
    made = pack_files.written(pack_files.whole(built(meeting)), Form.FULL)
    attached = {name: b"".join(files) for name, files in pdf_of(made).attachments.items()}
    assert attached == {"note.txt": b"One", "2 note.txt": b"Two", "3 note.txt": b"Three"}


@pytest.mark.parametrize("names", [("2 note.txt", "note.txt"), ("note.txt", "2 note.txt", "note.txt")], ids=" ".join)
def test_a_file_whose_own_name_begins_with_a_number_is_lost_beside_no_other(names):
    taken = [
        Enclosed(Enclosure(Paper(original_name=name), None), f"File {place}".encode(), None)
        for place, name in enumerate(names)
    ]
    found = enclosed.files(taken)
    assert [file for _, file in found] == [paper.file for paper in taken]
    assert len({name for name, _ in found}) == len(names)


@pytest.mark.parametrize(
    ("name", "file", "said"),
    [
        ("a.pdf", a_pdf("1", "2"), "The file will be bound into the pack: 2 pages."),
        ("a.pdf", a_pdf(), "The file will be bound into the pack: 1 page."),
        (
            "a.pdf",
            a_pdf(change=locked),
            "The file will be attached to the pack. It cannot be bound into it because it is locked with a password.",
        ),
        (
            "a.pdf",
            b"%PDF-1.7 broken",
            "The file will be attached to the pack. It cannot be bound into it because it is damaged.",
        ),
        ("a.txt", b"text", ""),
    ],
)
def test_who_adds_a_paper_is_told_what_becomes_of_it(client, name, file, said):
    a_meeting(a_plan(), papers={}, is_announced=False)
    client.force_login(user("Olga Office"))
    address = reverse("boards:paper_add", args=["thornbury", HELD])
    assert "PDFs are bound into the pack" in text(client.get(address))
    upload = io.BytesIO(file)
    upload.name = name
    shown = text(client.post(address, {"title": "A paper", "file": upload}, follow=True))
    assert "The draft paper has been added." in shown
    assert (said in shown, "The file will be" in shown) == (True, bool(said))


def test_a_short_supplement_says_on_its_one_page_what_is_new_and_what_is_only_attached(meeting):
    keep(meeting)
    second = next(one for one in keep(meeting, later(days=3)) if one.audience == PUBLIC)
    (page,) = text_of(content(second, Form.PDF))
    assert "Contents" not in page
    assert "Embargoed locked.pdf (attached file, because it is locked with a password)" in page
    assert "Agenda" in page
