"""Evidence as it is added, removed and handed out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plans import evidence
from plans.models import Evidence
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
        ({"title": "T", "kind": "qualitative"}, "Give a file or a link, one of the two."),
        (uploaded("page.html"), "This kind of file is not accepted."),
        (uploaded("program.pdf"), "The file is named .pdf, but that is not what it holds."),
        (uploaded(content=b""), "The file is empty."),
        ({"title": "T", "kind": "qualitative", "url": "javascript:alert(1)"}, "Enter a link that begins with https://"),
        ({"title": "", "kind": "", "url": "https://a.example"}, "Select the kind of evidence"),
    ],
)
def test_update_evidence_says_what_is_wrong(ada, update, posted, sentence):
    response = ada.post(address("plans:update_evidence"), posted)
    assert response.status_code == 200
    assert sentence in text(response)
    assert not Evidence.objects.exists()


def test_update_evidence_says_beside_the_file_that_there_is_no_room(ada, update, evidence_folder):
    evidence_folder.mkdir()
    (evidence_folder / "evidence").write_text("A file stands where the folder should.")
    response = ada.post(address("plans:update_evidence"), uploaded())
    assert response.context["form"].errors["file"] == [evidence.NO_ROOM]


def test_evidence_remove_asks_first_and_then_removes(ada, update):
    ada.post(address("plans:update_evidence"), uploaded())
    remove = address("plans:evidence_remove", pk=Evidence.objects.get().pk)
    assert "This cannot be undone." in text(ada.get(remove))
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
