"""What a reader reaches of a meeting's papers is one and the same set, whichever way they go."""

import re

import pytest
from django.urls import reverse

from boards import packs, papers, permissions
from boards.meetings import proceedings
from boards.models import Meeting, Pack, PackFile, Paper
from boards.packs import kept_packs
from improvement.records import triggers
from tests import addresses, factories
from tests.boards.packs.packing import ACCESS, FAR_AHEAD, HELD, a_meeting, a_plan, pdf_text, sheet_text, word_text
from tests.boards.reading import main, read
from tests.factories import AT, later, user
from tests.notices.test_two_plans import everything

pytestmark = pytest.mark.django_db

# Each has a public title, so that its own is named to none but those who read it.
PAPERS = {
    f"{title} paper": access | {"public_title": "A title"}
    for title, access in (ACCESS | {"Embargoed": {"embargoed_until": FAR_AHEAD}}).items()
}
EVERY = {*PAPERS, "Draft paper"}
READERS = {
    "Cass Chair": {"Open paper", "Restricted paper", "Closed paper"},
    "Mo Member": {"Open paper", "Restricted paper", "Closed paper"},
    "Obi Observer": {"Open paper", "Restricted paper"},
    "Ada Officer": {"Open paper"},
}
# What stands in the place of a paper that is withheld: the reader, then how many of each.
WITHHELD = {
    "Cass Chair": {"Restricted: ": 0, "To follow": 1},
    "Mo Member": {"Restricted: ": 0, "To follow": 1},
    "Obi Observer": {"Restricted: ": 1, "To follow": 1},
    "Ada Officer": {"Restricted: ": 2, "To follow": 1},
}
TEXTS = {PackFile.Form.PDF: pdf_text, PackFile.Form.WORD: word_text, PackFile.Form.EXCEL: sheet_text}


@pytest.fixture
@factories.once
def meeting():
    """A meeting whose pack is kept, with a paper of each kind under an item of its own, and a draft."""
    made = a_meeting(a_plan(), papers=PAPERS)
    factories.paper(made, "Draft paper")
    packs.keep(meeting=made, by=user("Olga Office"), at=AT)
    return made


def at(name, *args):
    return reverse(f"boards:{name}", args=["thornbury", HELD, *args])


def readership_of(name, meeting):
    return permissions.readership(user(name), meeting.board, on=HELD)


def build(meeting, name):
    return proceedings.build(meeting, readership_of(name, meeting), now=AT)


def by_page(client, name, meeting):
    """What the page of the meeting names; an item is named only with a paper that is read."""
    shown = main(read(client, at("meeting_detail"), name))
    items = {title for title in EVERY if f"Item {title}" in shown}
    papers = {title for title in EVERY if title in shown.replace("Item ", "Item:").replace(f"Item:{title}", "")}
    return papers, items


def by_address(client, name, meeting):
    found = set()
    for paper in Paper.objects.filter(meeting=meeting):
        response = read(client, at("paper_download", paper.pk), name)
        if response.status_code == 200:
            response.getvalue()
            found.add(paper.title)
    return found


def by_query(client, name, meeting):
    rows = permissions.readable_papers(meeting.papers.all(), readership_of(name, meeting), at=AT)
    return set(rows.values_list("title", flat=True))


def by_pack(client, name, form):
    """The papers that the pack which the reader is handed names in one of its forms, beside the items of the agenda."""
    said = TEXTS[form](read(client, at("pack_download", form), name).getvalue())
    return {title for title in EVERY if title in said.replace(f"Item {title}", "")}


def items_in_the_pack(client, name):
    said = pdf_text(read(client, at("pack_download", "pdf"), name).getvalue())
    return {title for title in EVERY if f"Item {title}" in said}


def by_every_pack(client, name, meeting):
    """What any pack names that the reader may download."""
    found = kept_packs.read_by(meeting, readership_of(name, meeting), at=AT)
    return set(
        Paper.objects.filter(pk__in={pk for one in found for pk in one.pack.contents["papers"]}).values_list(
            "title", flat=True
        )
    )


def test_what_each_reader_reaches_is_the_same_set_by_every_way(client, meeting):
    for name, expected in READERS.items():
        ways = {
            "page": by_page(client, name, meeting)[0],
            "address": by_address(client, name, meeting),
            "query": by_query(client, name, meeting),
            "packs": by_every_pack(client, name, meeting),
            **{form.label: by_pack(client, name, form) for form in TEXTS},
        }
        assert ways == dict.fromkeys(ways, expected)
        found = by_page(client, name, meeting)[1]
        assert (found, items_in_the_pack(client, name)) == (set(PAPERS), set(PAPERS))


def test_a_paper_that_is_withheld_keeps_its_place_with_the_reason(client, meeting):
    for name, withheld in WITHHELD.items():
        page = main(read(client, at("meeting_detail"), name))
        texts = {form: TEXTS[form](read(client, at("pack_download", form), name).getvalue()) for form in TEXTS}
        for said, number in withheld.items():
            assert page.count(said) == number
            assert all((said in text) is bool(number) for text in texts.values())
        positions = [(entry.number, entry.item.title) for entry in build(meeting, name).items]
        assert positions == [(item.position, item.title) for item in meeting.items.all()]


def test_the_address_of_a_withheld_paper_is_named_nowhere(client, meeting):
    page = main(read(client, at("meeting_detail"), "Ada Officer"))
    for paper in Paper.objects.exclude(title="Open paper"):
        assert at("paper_download", paper.pk) not in page
        assert paper.original_name not in page or paper.original_name == ""


# What is said of each paper and its item that only its own readers may be told; nothing else in the plan says it.
SECRETS = {name: re.compile(f"{name}(title|item|file|source|minute|decided)") for name in ("Nightshade", "Foxglove")}


@pytest.mark.parametrize("is_moved", [False, True], ids=["from the start", "put off since"])
def test_no_page_file_or_pack_tells_the_title_of_a_paper_under_embargo(client, is_moved, settings):
    """Neither while it is a draft nor once it is tabled, whoever reads: its place has the public title, “to follow”."""
    settings.DEMONSTRATION = False
    pks = addresses.build()
    held, office = Meeting.objects.get(held_on=addresses.HELD[1]), {"by": user("Olga Office"), "at": AT}
    made = {}
    for name in SECRETS:
        file = factories.a_file(f"{name}file.csv")
        given = {"title": f"{name}title", "public_title": "A paper", "source": f"{name}source", "file": file}
        until = {"embargoed_until": addresses.EMBARGO if not is_moved else later(days=2)}
        made[name] = papers.add(meeting=held, **given, **until, **office)
    factories.tabled(made["Nightshade"])
    triggers.drop()
    PackFile.objects.all().delete()
    Pack.objects.all().delete()
    packs.keep(meeting=held, by=user("Olga Office"), at=later(days=3 if is_moved else 1))
    if is_moved:
        for row in made.values():
            row.refresh_from_db()
            facts = {"title": row.title, "public_title": row.public_title, "item": None}
            papers.change(paper=row, version=row.version, embargoed_until=addresses.EMBARGO, **facts, **office)
    for name in ("Cass Chair", "Mo Member", "Obi Observer", "Ada Officer", "Liam Lead"):
        pages = dict(everything(client, pks, name))
        assert len(pages) > 20
        assert {path: word for path, said in pages.items() for word in SECRETS if SECRETS[word].search(said)} == {}
    assert any("Nightshadetitle" in said for _, said in everything(client, pks, "Olga Office"))
