"""Of a stranger's PDF only what is drawn is taken, and what cannot be taken is refused with its reason."""

import zlib

import pytest
from pypdf.generic import IndirectObject, NameObject

from improvement.documents import binding
from improvement.documents.binding import cleaning
from tests.improvement.documents.binding.pdfs import (
    a_pdf,
    in_root,
    locked,
    on_page,
    read,
    stream,
    text_of,
    thing,
    with_note,
)

SCRIPT = {"/S": "/JavaScript", "/JS": "app.alert(1)"}
LAUNCH = {"/S": "/Launch", "/F": "cmd.exe"}
URI = {"/S": "/URI", "/URI": "https://evil.example"}
FILE = {"/Type": "/Filespec", "/F": "evil.exe", "/UF": "evil.exe"}


NOT_ON_SCREEN = {"/Type": "/OCG", "/Usage": {"/View": {"/ViewState": "/OFF"}}}


def in_a_layer(**about):
    """Return the change that draws the first page in a layer, shown as `about` says."""

    def change(writer):
        shown = {"/Type": "/OCMD", "/OCGs": [], **{f"/{key}": value for key, value in about.items()}}
        writer.pages[0]["/Resources"].update(thing({"/Properties": {"/Layer": shown}}))

    return change


def in_a_picture_with_a_layer(**about):
    """Return the change that has the first page draw with a picture in such a layer."""

    def change(writer):
        shown = {"/Type": "/OCMD", "/OCGs": [], **{f"/{key}": value for key, value in about.items()}}
        picture = writer._add_object(stream(b"", Subtype="/Form", OC=shown))
        writer.pages[0]["/Resources"].update(thing({"/XObject": {"/Picture": picture}}))

    return change


def attached(writer):
    writer.add_attachment("evil.exe", b"evil")


def deep(writer):
    """Lead from the resources of a page back to the document, past what names itself."""
    in_root(OpenAction=SCRIPT)(writer)
    writer.pages[0]["/Resources"]["/Font"]["/F1"].update(
        {NameObject("/Encoding"): writer.root_object.indirect_reference}
    )


@pytest.mark.parametrize(
    "change",
    [
        in_root(OpenAction=SCRIPT),
        in_root(AA={"/WC": SCRIPT}),
        in_root(Names={"/JavaScript": {"/Names": ["a", SCRIPT]}}),
        on_page(AA={"/O": SCRIPT}),
        on_page(AA={"/O": LAUNCH}),
        on_page(PieceInfo={"/Evil": {"/Private": FILE}}),
        with_note(Subtype="/Link", A=SCRIPT),
        with_note(Subtype="/Link", A=LAUNCH),
        with_note(Subtype="/Link", A=URI),
        with_note(Subtype="/Widget", FT="/Btn", A=SCRIPT, shows="Press"),
        with_note(Subtype="/FileAttachment", FS=FILE, shows="Clip"),
        with_note(Subtype="/Text", Contents="evil comment", shows="Note"),
        attached,
        deep,
    ],
)
def test_nothing_that_runs_opens_or_is_attached_is_taken(change):
    content = a_pdf("Kept", change=change)
    assert any(word in content for word in WORDS), "the paper must have held it"
    made, pages = cleaning.cleaned(content)
    reader = read(made)
    everything = made + b"".join(repr(one.get_object()).encode() for one in _objects(reader))
    assert [word for word in WORDS if word in everything] == []
    assert (pages, "Kept" in text_of(made)[0]) == ([(595.0, 842.0)], True)


WORDS = (b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/AA", b"/OpenAction", b"evil", b"/Annots", b"/PieceInfo")


def _objects(reader):
    return [IndirectObject(number, 0, reader) for number in range(1, reader.trailer["/Size"])]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (locked, "it is locked with a password"),
        (in_root(AcroForm={"/XFA": ["template", "x"]}), "it is a form that only some programs can show"),
        (with_note(Subtype="/Widget", FT="/Tx", V="Said"), "it is a form that only some programs can show"),
        (in_root(OCProperties={"/OCGs": [], "/D": {"/OFF": [{"/Type": "/OCG"}]}}), "it has hidden layers"),
        (in_root(OCProperties={"/OCGs": [], "/D": {"/BaseState": "/OFF"}}), "it has hidden layers"),
        (in_a_layer(P="/AllOff"), "it has hidden layers"),
        (in_a_layer(P="/AnyOff"), "it has hidden layers"),
        (in_a_layer(VE=["/Not", {}]), "it has hidden layers"),
        (in_a_picture_with_a_layer(P="/AllOff"), "it has hidden layers"),
        (with_note(Subtype="/Stamp", OC={"/P": "/AllOff"}, shows="Stamp"), "it has hidden layers"),
        (
            in_root(OCProperties={"/OCGs": [NOT_ON_SCREEN], "/D": {"/AS": [{"/Event": "/View"}]}}),
            "it has hidden layers",
        ),
        (on_page(MediaBox=[0, 0, 3, 3], CropBox=[0, 0, 3, 3]), "a page of it has no usable size"),
        (on_page(MediaBox=[0, 0, 90_000, 842]), "a page of it has no usable size"),
        (on_page(MediaBox=[0, 0]), "it is damaged"),
        (on_page(Rotate=45), "a page of it has no usable size"),
        (lambda writer: writer.root_object["/Pages"].get_object().clear(), "it is damaged"),
    ],
)
def test_what_cannot_be_bound_is_refused_with_its_reason(change, reason):
    with pytest.raises(cleaning.Refused) as refusal:
        cleaning.cleaned(a_pdf(change=change))
    assert str(refusal.value) == reason


@pytest.mark.parametrize("content", [b"", b"%PDF-", b"%PDF-1.7\n%%EOF", b"no PDF", a_pdf()[:300], b"%PDF-1.4\n" * 99])
def test_what_is_no_whole_pdf_is_damaged(content):
    with pytest.raises(cleaning.Refused, match="it is damaged"):
        cleaning.cleaned(content)


def test_a_paper_of_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(cleaning, "MOST_PAGES", 2)
    assert len(cleaning.cleaned(a_pdf("1", "2"))[1]) == 2
    with pytest.raises(cleaning.Refused, match="it has more than 2 pages"):
        cleaning.cleaned(a_pdf("1", "2", "3"))


@pytest.mark.parametrize(
    ("about", "size"),
    [
        ({}, (595, 842)),
        ({"Rotate": 90}, (842, 595)),
        ({"Rotate": -90}, (842, 595)),
        ({"Rotate": 180}, (595, 842)),
        ({"MediaBox": [100, 100, 500, 700]}, (400, 600)),
        ({"MediaBox": [500, 700, 100, 100], "CropBox": [500, 700, 100, 100]}, (400, 600)),
        ({"CropBox": [50, 60, 350, 460]}, (300, 400)),
        ({"CropBox": [-50, -60, 9_000, 9_000]}, (595, 842)),
        ({"CropBox": [2_000, 2_000, 3_000, 3_000]}, (595, 842)),
        ({"UserUnit": 2}, (1190, 1684)),
    ],
)
def test_a_page_is_as_large_as_it_is_shown(about, size):
    made, pages = cleaning.cleaned(a_pdf(change=on_page(**about)))
    assert (pages, tuple(float(side) for side in read(made).pages[0].mediabox)) == ([size], (0, 0, *size))


@pytest.mark.parametrize("shown", [{}, {"P": "/AnyOn"}, {"P": "/AllOn"}])
def test_a_paper_in_layers_that_are_shown_is_bound(shown):
    made, _ = cleaning.cleaned(a_pdf("Kept", change=in_a_layer(**shown)))
    assert "Kept" in text_of(made)[0]


@pytest.mark.parametrize(
    ("note", "is_shown"),
    [
        ({"Subtype": "/Widget", "FT": "/Tx", "V": "Said"}, True),
        ({"Subtype": "/Stamp"}, True),
        ({"Subtype": "/FreeText"}, True),
        ({"Subtype": "/Stamp", "F": 4}, True),
        ({"Subtype": "/Stamp", "F": 2}, False),
        ({"Subtype": "/Stamp", "F": 32}, False),
        ({"Subtype": "/Popup"}, False),
    ],
)
def test_what_a_form_or_a_stamp_shows_on_paper_is_drawn(note, is_shown):
    made, _ = cleaning.cleaned(a_pdf("Kept", change=with_note(shows="Stamped", **note)))
    assert ("Stamped" in text_of(made)[0]) is is_shown


def test_a_paper_that_never_ends_is_stopped(monkeypatch):
    monkeypatch.setattr(binding, "_WORKER", ["sleep", "60"])
    monkeypatch.setattr(binding, "_PATIENCE", 0.1)
    with pytest.raises(binding.NotBound, match=binding.SLOW):
        binding.cleaned(a_pdf())


@pytest.mark.parametrize(("how", "why"), [("kill -XCPU $$", binding.SLOW), ("exit 1", binding.BROKEN)])
def test_a_worker_that_is_stopped_says_so(monkeypatch, how, why):
    monkeypatch.setattr(binding, "_WORKER", ["sh", "-c", f"cat > /dev/null; {how}"])
    with pytest.raises(binding.NotBound, match=why):
        binding.cleaned(a_pdf())


def test_a_worker_is_told_no_key_of_the_site(monkeypatch):
    """Whoever found a way into it through a stranger's PDF would find nothing there to take along."""
    monkeypatch.setenv("SECRET_KEY", "a secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://user:password@host/name")
    said = 'cat > /dev/null; echo "{\\"refused\\": \\"$SECRET_KEY$DATABASE_URL\\"}"'
    monkeypatch.setattr(binding, "_WORKER", ["sh", "-c", said])
    with pytest.raises(binding.NotBound) as refused:
        binding.cleaned(a_pdf())
    assert str(refused.value) == ""


def test_a_paper_that_swells_is_stopped_at_the_workers_limit():
    """A page whose contents unpack to far more than the worker may take."""

    def swollen(writer):
        packed = zlib.compress(b" " * (90 << 20), 9)
        made = stream(zlib.compress(packed), Filter=["/FlateDecode", "/FlateDecode"])
        writer.pages[0][NameObject("/Contents")] = writer._add_object(made)

    with pytest.raises(binding.NotBound, match=binding.BROKEN):
        binding.cleaned(a_pdf(change=swollen))


def test_the_worker_answers_as_the_cleaning_does():
    made = binding.cleaned(a_pdf("One", "Two"))
    assert (len(made.pages), made.content) == (2, cleaning.cleaned(a_pdf("One", "Two"))[0])
    with pytest.raises(binding.NotBound, match="it is locked with a password"):
        binding.cleaned(a_pdf(change=locked))
