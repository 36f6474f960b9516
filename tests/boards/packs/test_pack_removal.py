"""What was kept is taken away for good where it could identify someone; that it was, and why, stays."""

from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.urls import reverse

from boards import guards, packs, verification
from boards.models import Meeting, Pack, PackFile
from boards.packs import kept_packs, making
from boards.permissions import Readership
from improvement import files
from improvement.records import triggers
from improvement.records.backup import backup
from improvement.records.refusals import Refused
from plans import reporting
from tests import factories
from tests.boards.packs.packing import BOARD, HELD, PUBLIC, a_meeting, a_plan
from tests.boards.reading import read, text
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db

OFFICE = "Olga Office"
WHERE = ["thornbury", HELD]


@pytest.fixture
@factories.once
def meeting():
    return a_meeting(a_plan(), papers={"Open": {}})


@pytest.fixture
def kept(meeting):
    """The meeting with a pack for the Board, its supplement, and a pack for the public."""
    for audience, number, first_page in ((BOARD, 1, 1), (BOARD, 2, 5), (PUBLIC, 1, 1)):
        factories.kept_pack(meeting, audience, number, first_page)
    return meeting


def remove(meeting, reason="names a child", by=OFFICE, **more):
    return packs.remove(meeting=meeting, reason=reason, by=user(by), at=later(days=1), **more)


def on_disk():
    return list(default_storage.listdir("packs")[1])


# The write.


def test_remove_takes_the_files_of_every_pack_and_leaves_who_when_why_and_their_hashes(
    kept, django_capture_on_commit_callbacks
):
    hashes = list(PackFile.objects.values_list("sha256", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        assert remove(kept, " names a child ") == 3
    said = set(Pack.objects.values_list("removed_because", "removed_at", "removed_by__name"))
    assert said == {("names a child", later(days=1), OFFICE)}
    assert set(PackFile.objects.values_list("file", flat=True)) == {""}
    assert list(PackFile.objects.values_list("sha256", flat=True)) == hashes
    assert on_disk() == []


def test_remove_needs_a_reason_and_something_that_is_kept(kept):
    for reason, sentence in ((" ", "Enter a reason"), ("x" * 121, "of 120 characters or fewer")):
        with pytest.raises(Refused, match=sentence):
            remove(kept, reason)
    remove(kept)
    with pytest.raises(Refused, match="No pack has been saved for this meeting"):
        remove(kept)


def test_remove_takes_only_what_was_seen_and_a_second_click_changes_nothing(kept):
    seen = packs.removing(kept)
    factories.kept_pack(kept, PUBLIC, 2, 5)
    with pytest.raises(Refused, match="since you opened the page"):
        remove(kept, seen=seen)
    seen = packs.removing(kept)
    assert (remove(kept, seen=seen), remove(kept, seen=seen)) == (4, 0)
    with pytest.raises(Refused, match="since you opened the page"):
        remove(kept, "another reason", seen=seen)


def test_what_is_kept_after_a_removal_holds_everything_anew(meeting):
    first = packs.keep(meeting=meeting, by=user(OFFICE), at=AT)
    assert packs.keep(meeting=meeting, by=user(OFFICE), at=AT) == []
    remove(meeting)
    again = packs.keep(meeting=meeting, by=user(OFFICE), at=later(days=2))
    assert [(one.audience, one.name, one.pages) for one in again] == [
        (one.audience, "Board pack", one.pages) for one in first
    ]
    assert {one.number for one in again} == {2}
    assert list(verification.problems()) == []


def test_a_pack_names_the_removals_that_it_comes_after(meeting):
    update = meeting.month.updates.get(reference="R01")
    removal = reporting.redact(update=update, field="progress", reason="names a child", by=user(OFFICE), at=AT)
    kept = packs.keep(meeting=meeting, by=user(OFFICE), at=AT)
    assert {tuple(one.contents["removals"]) for one in kept} == {(f"removal-{removal.pk}",)}
    assert not any(one.is_withheld for one in kept_packs.of_meeting(meeting, [BOARD], at=AT))


def test_a_text_that_is_removed_after_its_meeting_was_loaded_is_in_no_pack(meeting):
    month = meeting.month
    with triggers.lifted({"plans_reportingmonth"}):
        type(month).objects.update(commentary="Josie Miller moved.")
    loaded = Meeting.objects.select_related("month__plan", "board").get(pk=meeting.pk)
    with triggers.lifted({"plans_reportingmonth"}):
        type(month).objects.update(commentary="[removed: names a child]")
    for pack in packs.keep(meeting=loaded, by=user(OFFICE), at=AT):
        with pack.files.get(form=PackFile.Form.DATA).file.open() as stream:
            data = stream.read()
        assert (b"[removed: names a child]" in data, b"Josie Miller" in data) == (True, False)


def test_what_goes_on_from_a_pack_that_was_removed_meanwhile_is_not_kept(meeting):
    packs.keep(meeting=meeting, by=user(OFFICE), at=AT)
    factories.tabled(factories.paper(meeting, "Late", item=meeting.items.first()))
    found = packs.news(meeting, at=AT)[BOARD]
    remove(meeting)
    with pytest.raises(Refused, match="Someone else has saved or removed the pack"):
        making._kept(found, {}, [], by=user(OFFICE), at=AT)


def test_what_was_removed_is_handed_to_nobody_and_listed_for_its_readers(kept):
    remove(kept)
    for readership in (Readership.OFFICE, Readership.BOARD, Readership.PUBLIC):
        assert kept_packs.read_by(kept, readership, at=AT) == []
    listed = kept_packs.handed_to(kept, Readership.BOARD, at=AT)
    assert [(one.pack.name, one.downloads, one.merged) for one in listed] == [
        ("Board pack", [], None),
        ("Supplement 1", [], None),
    ]


# The guards.


REMOVED = {"removed_because": "names a child", "removed_at": AT}


def test_the_guards_let_a_pack_say_once_that_it_was_removed_and_change_nothing_else(kept):
    by = {"removed_by": user(OFFICE)}
    for changes in ({"pages": 9}, {"contents": {}}, {"made_at": later(days=1)}, {"number": 9}, {"first_page": 2}):
        with pytest.raises(IntegrityError, match=guards.PACK), transaction.atomic():
            Pack.objects.filter(audience=PUBLIC).update(**REMOVED, **by, **changes)
    Pack.objects.update(**REMOVED, **by)
    for changes in ({"removed_because": "another"}, {"removed_at": None, "removed_by": None, "removed_because": ""}):
        with pytest.raises(IntegrityError, match=guards.PACK), transaction.atomic():
            Pack.objects.update(**changes)


def test_the_guards_let_a_file_go_only_from_a_pack_that_says_that_it_was_removed(kept):
    with pytest.raises(IntegrityError, match=guards.PACK), transaction.atomic():
        PackFile.objects.update(file="")
    Pack.objects.update(**REMOVED, removed_by=user(OFFICE))
    for changes in ({"file": "packs/another"}, {"file": "", "sha256": "x"}, {"file": "", "size": 1}):
        with pytest.raises(IntegrityError, match=guards.PACK), transaction.atomic():
            PackFile.objects.update(**changes)
    PackFile.objects.update(file="")


def test_without_the_guards_a_file_goes_from_any_pack_and_verify_names_it(kept):
    triggers.drop()
    PackFile.objects.filter(pack__audience=PUBLIC, form="pdf").update(file="")
    assert list(verification.problems()) == [f"{PackFile.objects.get(file='')}: its file is missing."]


@pytest.mark.parametrize(
    "lacking",
    [{"removed_because": ""}, {"removed_by": None}, {"removed_at": None}],
    ids=lambda lacking: next(iter(lacking)),
)
def test_a_removal_has_its_reason_its_moment_and_its_person(kept, lacking):
    triggers.drop()
    with pytest.raises(IntegrityError, match="pack_is_removed_by_someone_for_a_reason"), transaction.atomic():
        Pack.objects.update(**REMOVED | {"removed_by": user(OFFICE)} | lacking)


# What looks after the site.


def test_verify_sweep_and_backup_find_nothing_amiss_in_a_removed_pack(
    kept, tmp_path, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        remove(kept)
    held = backup(tmp_path / "backup")["files"]
    assert [name for name in held if name.startswith("packs/")] == []
    assert (list(verification.problems()), list(files.problems()), list(files.sweep())) == ([], [], [])


def test_verify_names_a_removed_pack_whose_file_is_there(kept):
    Pack.objects.filter(audience=PUBLIC).update(**REMOVED, removed_by=user(OFFICE))
    problems = list(verification.problems())
    assert problems.pop() == f"{kept}: the removal of a pack is not in the audit trail."
    assert len(problems) == len(PackFile.Form)
    assert problems[0].endswith("its file was removed but is still there.")


# The pages.


def test_pack_remove_shows_what_goes_and_says_so_wherever_it_stood(client, kept):
    client.force_login(user(OFFICE))
    assert (
        reverse("boards:pack_remove", args=WHERE)
        in client.get(reverse("boards:pack_detail", args=WHERE)).content.decode()
    )
    page = client.get(reverse("boards:pack_remove", args=WHERE))
    assert "Supplement 1 for the board, saved on" in text(page)
    given = {"seen": page.context["form"]["seen"].value(), "reason": "names a child", "is_checked": "on"}
    after = text(client.post(reverse("boards:pack_remove", args=WHERE), given, follow=True))
    assert "The pack has been removed. Readers will see your reason in its place." in after
    assert "because it could identify someone: names a child" in after
    assert "Remove the saved packs" not in after
    assert "because it could identify someone: names a child" in text(
        read(client, reverse("boards:meeting_detail", args=WHERE), "Cass Chair")
    )
    assert "No pack has been saved for this meeting." in text(
        read(client, reverse("boards:pack_remove", args=WHERE), OFFICE)
    )


def test_pack_remove_asks_for_the_reason_and_that_it_was_understood(client, kept):
    client.force_login(user(OFFICE))
    shown = text(client.post(reverse("boards:pack_remove", args=WHERE), {"reason": ""}))
    assert "Confirm that you have read the text." in shown
    assert not Pack.objects.exclude(removed_at=None).exists()


def test_pack_remove_does_not_take_what_was_kept_meanwhile(client, kept):
    client.force_login(user(OFFICE))
    page = client.get(reverse("boards:pack_remove", args=WHERE))
    factories.kept_pack(kept, PUBLIC, 2, 5)
    given = {"seen": page.context["form"]["seen"].value(), "reason": "names a child", "is_checked": "on"}
    refused = client.post(reverse("boards:pack_remove", args=WHERE), given)
    assert "since you opened the page" in text(refused)
    assert refused.context["form"]["reason"].value() == "names a child"
    assert refused.context["form"]["seen"].value() == packs.removing(kept)


@pytest.mark.parametrize("name", [OFFICE, "Cass Chair"])
def test_a_removed_pack_is_not_found_however_it_is_asked_for(client, kept, name):
    remove(kept)
    for query in ("?number=1", "?number=2", "?number=all", "?audience=public&number=1"):
        assert read(client, f"{reverse('boards:pack_download', args=[*WHERE, 'pdf'])}{query}", name).status_code == 404


def test_a_pack_is_removed_after_the_minutes_are_agreed_too(client):
    plan = a_plan()
    meeting = factories.received(factories.held(plan, date(2011, 4, 18)), plan.months.get())
    factories.minuted(meeting)
    factories.kept_pack(meeting)
    factories.agreed(meeting, factories.held(plan, date(2011, 4, 25)))
    shown = text(read(client, reverse("boards:pack_remove", args=["thornbury", meeting.held_on]), OFFICE))
    assert "so you cannot save another pack for this meeting" in shown
    assert remove(meeting) == 1
