"""Nothing that an audience may not read is in any part of any file of its pack: text, bookmarks, attachments, metadata.

What only the Board reads says SECRET, what observers read too says CLOSED, and what everybody reads says OPEN. Each
file is taken apart to its last piece, whatever a program shows of it.
"""

import io
import zipfile
from datetime import date

import pypdf
import pytest

from boards import meetings, packs, papers
from boards.models import Pack, PackFile
from plans.reporting import evidence
from tests import factories
from tests.boards.packs.packing import BOARD, HELD, OBSERVERS, PUBLIC, a_plan
from tests.factories import AT, a_file, later, user
from tests.improvement.documents.binding.pdfs import a_pdf, text_of

pytestmark = pytest.mark.django_db

ACCESS = {
    "OPEN": {},
    "CLOSED": {"restricted_because": "About staff."},
    "SECRET": {"restricted_because": "About staff.", "excludes_observers": True},
}
READ = {BOARD: {"OPEN", "CLOSED", "SECRET"}, OBSERVERS: {"OPEN", "CLOSED"}, PUBLIC: {"OPEN"}}
# What is in no pack at all, whoever reads it: a draft, an embargo, what was not submitted.
NEVER = {"DRAFT", "EMBARGO"}


def by_office():
    return {"by": user("Olga Office"), "at": AT}


@pytest.fixture
@factories.once
def meeting():
    """A meeting after another, with an item of each kind and whatever can belong to one, kept with a supplement."""
    plan = a_plan(3)
    may = factories.month(plan, 5)
    first, second, third = may.updates.order_by("reference_order")
    evidence.add(update=first, kind="quantitative", title="EVIDENCE", file=a_file("JSMITH.txt"), **by_office())
    factories.signed_off(first, at=AT, progress="Training goes on.")
    factories.signed_off(second, at=AT, progress="Visits go on.")
    factories.submitted(third, progress="Seen.")
    may = factories.published(may)
    last = _filled(factories.meeting(plan, date(2011, 4, 18)))
    last = factories.announced(last, papers=last.papers.exclude(title__contains="DRAFT"))
    for item in last.items.all():
        word = item.title if item.title in ACCESS else "OPEN"
        meetings.write_minute(item=item, version=item.version, minute=f"{word} minute.", **by_office())
        factories.decision(last, f"{word} decision.", item=item)
        factories.guest(last, f"{word} guest", item=item)
        factories.declaration(last, f"{word} interest.", item=item)
        factories.action(last, f"{word} action.", item=item)
    made = _filled(factories.meeting(plan, HELD))
    made = factories.received(made, may)
    made = factories.announced(made, papers=made.papers.exclude(title__contains="DRAFT"))
    made.month.plan.board = made.board
    packs.keep(meeting=made, **by_office())
    for word, access in ACCESS.items():
        factories.tabled(_paper(made, f"{word} late", None, **access))
    packs.keep(meeting=made, by=user("Olga Office"), at=later(hours=1))
    return made


def _filled(meeting):
    for word, access in ACCESS.items():
        item = meetings.add_item(meeting=meeting, title=word, public_title="A matter", **access, **by_office())
        _paper(meeting, f"{word} paper", item)
    _paper(meeting, "DRAFT", None)
    _paper(meeting, "EMBARGO", None, embargoed_until=later(days=300))
    return meeting


def _paper(meeting, title, item, **access):
    """Add a PDF, which is bound, and a text, which is attached, by names that say which they are."""
    word = title.partition(" ")[0]
    for name, file in {"bound.pdf": a_pdf(f"{word}bound"), "note.txt": f"{word}note".encode()}.items():
        added = papers.add(
            meeting=meeting,
            title=title,
            item=item,
            public_title="A paper",
            file=a_file(f"{word}-{name}", file),
            **({} if item else access),
            **by_office(),
        )
    return added


def pieces(form, content):
    """Return every piece of a file as bytes: the parts of an archive, the texts and the streams of a PDF."""
    if form in {PackFile.Form.WORD, PackFile.Form.EXCEL}:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from (archive.read(name) + name.encode() for name in archive.namelist())
        return
    if form == PackFile.Form.DATA:
        yield content
        return
    reader = pypdf.PdfReader(io.BytesIO(content))
    yield content
    yield " ".join(text_of(content)).encode()
    yield repr(_titles(reader.outline)).encode() + repr(reader.metadata).encode()
    yield reader.trailer["/Root"]["/Metadata"].get_data()
    for name, files in reader.attachments.items():
        yield name.encode() + b"".join(files)
    for number in range(1, len(reader.xref[0]) + len(reader.xref_objStm) + 1):
        thing = reader.get_object(number)
        yield repr(thing).encode()
        if isinstance(thing, pypdf.generic.StreamObject) and "/Subtype" not in thing:
            yield thing.get_data()


def _titles(outline):
    return [_titles(one) if isinstance(one, list) else one.title for one in outline]


def words_in(audience):
    """Return by pack and form which of the words are in any piece of the file."""
    found = {}
    for file in PackFile.objects.filter(pack__audience=audience).select_related("pack"):
        with file.file.open() as stream:
            everything = b"\n".join(pieces(file.form, stream.read())).decode("latin-1")
        words = {word for word in (*ACCESS, *NEVER, "EVIDENCE", "JSMITH") if word in everything}
        found[file.pack.number, file.form] = words
    return found


@pytest.mark.parametrize("audience", [BOARD, OBSERVERS, PUBLIC])
def test_every_form_of_a_pack_holds_what_its_audience_may_read_and_no_piece_of_any_file_what_it_may_not(
    meeting, audience
):
    found = words_in(audience)
    assert {number for number, _ in found} == {1, 2}
    assert set().union(*found.values()) - READ[audience] == ({"EVIDENCE"} if audience != PUBLIC else set())
    whole = {form for number, form in found if number == 1}
    assert whole >= {"pdf", "full", "docx", "xlsx"}
    for form in whole:
        assert found[1, form] >= READ[audience], form
    assert Pack.objects.filter(audience=audience).count() == 2
