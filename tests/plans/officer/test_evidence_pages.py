"""Evidence as it is added, removed and handed out."""

from datetime import timedelta

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from notices.forms import LoadForm
from plans.forms.holding import HoldingForm
from plans.forms.officer import EvidenceForm
from plans.models import Evidence, HeldFile
from plans.reporting import evidence
from tests import factories
from tests.plans.officer.pages import address, signed_in, text


def uploaded(name="figures.csv", content=b"1,2"):
    return {"title": "Figures", "kind": "quantitative", "file": SimpleUploadedFile(name, content)}


def test_update_evidence_adds_a_file_that_is_handed_out_as_a_download(ada, update):
    assert ada.post(address("plans:update_evidence"), uploaded('a "b".csv')).status_code == 302
    item = Evidence.objects.get()
    response = ada.get(address("plans:evidence_download", pk=item.pk))
    assert b"".join(response.streaming_content) == b"1,2"
    assert response["Content-Disposition"] == 'attachment; filename="a \\"b\\".csv"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "text/csv"
    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"


def test_update_evidence_adds_a_link(ada, update):
    link = {"title": "Survey", "kind": "qualitative", "url": "survey.example/2011"}
    ada.post(address("plans:update_evidence"), link)
    assert Evidence.objects.get().url == "https://survey.example/2011"


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"title": "T", "kind": "qualitative"}, "Choose a file or enter a link, not both."),
        (uploaded("page.html"), "This kind of file is not accepted."),
        (uploaded("program.pdf"), "The file is not a real .pdf file."),
        (uploaded(content=b""), "The file is empty."),
        (
            {"title": "T", "kind": "qualitative", "url": "javascript:alert(1)"},
            "Enter a link that begins with “https://”.",
        ),
        ({"title": "", "kind": "", "url": "https://a.example"}, "Select the kind of evidence."),
    ],
)
def test_update_evidence_says_what_is_wrong(ada, update, posted, sentence):
    response = ada.post(address("plans:update_evidence"), posted)
    assert response.status_code == 200
    assert sentence in text(response)
    assert not Evidence.objects.exists()


def held_of(response):
    return [str(pk) for pk in response.context["form"]["held"].value()]


def test_a_chosen_file_is_kept_while_another_answer_is_mended(ada, update, evidence_folder):
    first = ada.post(address("plans:update_evidence"), uploaded() | {"kind": ""})
    assert "figures.csv (3 bytes)" in text(first)
    held = held_of(first)
    second = ada.post(address("plans:update_evidence"), {"title": "Figures", "kind": "", "held": held})
    assert "figures.csv (3 bytes)" in text(second)
    added = ada.post(address("plans:update_evidence"), {"title": "Figures", "kind": "quantitative", "held": held})
    assert added.status_code == 302
    item = Evidence.objects.get()
    with item.file.open() as stream:
        assert (item.title, item.original_name, stream.read()) == ("Figures", "figures.csv", b"1,2")
    assert not HeldFile.objects.exists()


def both():
    return [SimpleUploadedFile(name, b"1,2") for name in ("may.csv", "june.csv")]


@pytest.mark.parametrize(("title", "titles"), [("", ["may", "june"]), ("Audit", ["Audit: may", "Audit: june"])])
def test_several_files_are_added_at_once_each_under_its_own_name(ada, update, title, titles):
    posted = {"kind": "quantitative", "title": title, "file": both()}
    assert "2 files have been added." in text(ada.post(address("plans:update_evidence"), posted, follow=True))
    assert [item.title for item in Evidence.objects.order_by("pk")] == titles


def test_of_several_files_the_wrong_one_is_named_and_the_others_are_kept(ada, update):
    files = [*both()[:1], SimpleUploadedFile("page.html", b"<p>")]
    response = ada.post(address("plans:update_evidence"), {"kind": "quantitative", "file": files})
    (sentence,) = response.context["form"].errors["file"]
    assert sentence.startswith("“page.html”: This kind of file is not accepted. Use one of:")
    assert not Evidence.objects.exists()
    added = ada.post(address("plans:update_evidence"), {"kind": "quantitative", "held": held_of(response)})
    assert added.status_code == 302
    assert Evidence.objects.get().original_name == "may.csv"


def test_a_kept_file_is_left_out_once_it_is_unticked_and_joined_by_what_is_chosen_later(ada, update):
    held = held_of(ada.post(address("plans:update_evidence"), {"kind": "", "file": both()}))
    later = {"kind": "quantitative", "held": held[:1], "file": SimpleUploadedFile("july.csv", b"3")}
    assert ada.post(address("plans:update_evidence"), later).status_code == 302
    assert {item.original_name for item in Evidence.objects.all()} == {"may.csv", "july.csv"}


def test_where_not_all_files_have_room_none_is_added_and_all_are_kept(ada, update, settings):
    settings.EVIDENCE_MAX_COUNT = 1
    response = ada.post(address("plans:update_evidence"), {"kind": "quantitative", "file": both()})
    assert "An update can have up to 1 pieces of evidence." in text(response)
    assert not Evidence.objects.exists()
    assert len(held_of(response)) == 2


def test_a_link_takes_the_place_of_the_file_that_is_held(ada, update):
    held = held_of(ada.post(address("plans:update_evidence"), uploaded() | {"kind": ""}))
    link = {"title": "Survey", "kind": "qualitative", "url": "https://a.example", "held": held}
    assert ada.post(address("plans:update_evidence"), link).status_code == 302
    assert (Evidence.objects.get().file.name, HeldFile.objects.exists()) == ("", False)


def test_a_link_needs_a_title(ada, update):
    response = ada.post(address("plans:update_evidence"), {"kind": "qualitative", "url": "https://a.example"})
    assert response.context["form"].errors["title"] == ["Enter a title for the evidence."]


def test_a_held_file_is_for_whoever_chose_it_and_goes_after_a_day(client, update):
    held = evidence.hold(file=uploaded()["file"], by=factories.user("Dev Deputy"), at=factories.AT)
    posted = {"title": "Figures", "kind": "quantitative", "held": held.pk}
    for number in (held.pk, "x", 10**30):
        response = signed_in(client).post(address("plans:update_evidence"), posted | {"held": number})
        assert "Choose a file or enter a link, not both." in text(response)
        assert "figures.csv" not in text(response)
    later = factories.AT + evidence.HELD_FOR + timedelta(seconds=1)
    evidence.hold(file=uploaded("b.csv")["file"], by=factories.user("Ada Officer"), at=later)
    assert HeldFile.objects.get().original_name == "b.csv"
    refused = evidence.hold(file=uploaded("page.html")["file"], by=factories.user("Ada Officer"), at=later)
    assert refused is None


def scripted(client, **files):
    return client.post(address("plans:update_evidence"), files, headers={"accept": "application/json"})


def test_the_script_has_a_file_held_and_is_told_under_which_number(ada, update):
    response = scripted(ada, file=both()[0])
    row = HeldFile.objects.get()
    assert (response.json()["held"], " ".join(response.json()["name"].split())) == (row.pk, "may.csv (3 bytes)")
    ada.post(address("plans:update_evidence"), {"kind": "quantitative", "held": row.pk})
    assert Evidence.objects.get().title == "may"


def test_the_script_is_told_why_a_file_is_not_taken(ada, update):
    response = scripted(ada, file=SimpleUploadedFile("page.html", b"<p>"))
    assert response.status_code == 422
    assert response.json()["message"].startswith("“page.html”: This kind of file is not accepted.")
    assert scripted(ada).status_code == 409
    factories.submitted(update)
    assert scripted(ada, file=both()[0]).status_code == 409
    assert not HeldFile.objects.exists()


def test_the_script_of_somebody_who_does_not_see_the_update_is_refused(client, update):
    assert scripted(signed_in(client, "Mo Member"), file=both()[0]).status_code == 404
    assert not HeldFile.objects.exists()


def test_every_page_that_takes_a_file_says_which_and_how_large_and_keeps_it(db):
    fields = {}
    for form in every(forms.Form):
        files = [field for field in form.base_fields.values() if isinstance(field, forms.FileField)]
        if files and not form.__module__.startswith(("tests.", "django.")):
            fields[form] = files
    assert {form.__name__ for form in fields} == {"EvidenceForm", "LetterheadForm", "PaperAddForm", "LoadForm"}
    # A file to load is all that its page asks for, and a letterhead is uploaded once.
    without = {form.__name__ for form in fields if not issubclass(form, HoldingForm)}
    assert without == {"LetterheadForm", "LoadForm"}
    assert "up to 10 MB" in fields[LoadForm][0].help_text
    form = EvidenceForm(by=factories.user("Ada Officer"))
    said = "each up to 20 MB and together up to 100 MB: .csv, .docx, .eml, .jpeg, .jpg, .msg,"
    assert said in form.fields["file"].help_text
    assert ".msg," in form.fields["file"].widget.attrs["accept"]


def every(kind):
    for form in kind.__subclasses__():
        yield form
        yield from every(form)


def test_update_evidence_says_beside_the_file_that_there_is_no_room(ada, update, evidence_folder):
    evidence_folder.mkdir()
    (evidence_folder / "evidence").write_text("A file stands where the folder should.")
    response = ada.post(address("plans:update_evidence"), uploaded())
    assert response.context["form"].errors["file"] == [evidence.NO_ROOM]


def test_evidence_remove_asks_first_and_then_removes(ada, update):
    ada.post(address("plans:update_evidence"), uploaded())
    remove = address("plans:evidence_remove", pk=Evidence.objects.get().pk)
    assert "You cannot undo this." in text(ada.get(remove))
    assert Evidence.objects.count() == 1
    for _ in range(2):
        assert ada.post(remove).url == address("plans:update_evidence")
    assert ada.get(remove).status_code == 404
    assert not Evidence.objects.exists()


def test_evidence_download_is_for_whoever_may_read_the_update(client, month, update):
    signed_in(client).post(address("plans:update_evidence"), uploaded())
    download = address("plans:evidence_download", pk=Evidence.objects.get().pk)
    assert signed_in(client, "Mo Member").get(download).status_code == 404
    row = month.updates.get(reference="R01")
    factories.submitted(row)
    factories.published(month)
    assert b"".join(signed_in(client, "Mo Member").get(download).streaming_content) == b"1,2"
    assert client.get(address("plans:evidence_download", pk=10**30)).status_code == 404


def test_evidence_download_of_an_update_that_was_not_received_is_a_404(ada, month, update):
    ada.post(address("plans:update_evidence"), uploaded())
    factories.published(month)
    assert ada.get(address("plans:evidence_download", pk=Evidence.objects.get().pk)).status_code == 404
