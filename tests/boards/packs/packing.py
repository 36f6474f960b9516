"""A meeting with a published month and a paper of each kind, and how these tests read what is made of it."""

import io
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import docx
import openpyxl
import pypdf

from boards import meetings
from boards.models import Pack
from boards.packs import contents, pack_document
from tests import factories
from tests.factories import AT, later, user

HELD = date(2011, 5, 16)
BOARD, OBSERVERS, PUBLIC = Pack.Audience
# A paper of each kind: how it is kept from whom.
ACCESS = {
    "Open": {},
    "Restricted": {"restricted_because": "Names a post."},
    "Closed": {"restricted_because": "Names a person.", "excludes_observers": True},
    "Embargoed": {"embargoed_until": later(days=3)},
}
# The end of an embargo for pages, which are read by today's clock.
FAR_AHEAD = datetime(2099, 1, 1, tzinfo=ZoneInfo("Europe/London"))


def a_plan(recommendations=2):
    """Return a plan whose April is published: R01 amber, R02 red, the others without an update."""
    plan = factories.plan(recommendations)
    plan.notice = factories.notice()
    plan.save()
    factories.area(plan)
    april = factories.month(plan, 4)
    in_time = later(days=-13)
    factories.signed_off(april.updates.get(reference="R01"), at=in_time)
    factories.signed_off(april.updates.get(reference="R02"), at=in_time, rating="red", cause="Too few staff.")
    factories.published(april)
    return plan


def a_meeting(plan, *, papers=ACCESS, is_announced=True):
    """Return a meeting of 16 May 2011 with that month, and a paper under an item of its own for each of `papers`."""
    made = factories.meeting(plan, HELD)
    for title, access in (papers or {}).items():
        item = meetings.add_item(meeting=made, title=f"Item {title}", by=user("Olga Office"), at=AT)
        factories.paper(made, title, item=item, **access)
    made = factories.received(made, plan.months.get(published_at__isnull=False))
    if is_announced:
        announced = factories.announced(made, papers=made.papers.all())
        announced.month.plan.board = announced.board
        return announced
    return made


def built(meeting, audience=BOARD, at=AT):
    return contents.build(meeting, at=at)[audience]


def titles(pack_of_it):
    return [section.title for section in pack_document.sections(pack_of_it)]


def blocks(pack_of_it, key):
    return next(section.blocks for section in pack_document.sections(pack_of_it) if section.key == key)


def table(pack_of_it, key, caption):
    """Return the rows of the table with that caption in a section, as lists of text."""
    return [[said(cell) for cell in row] for row in cells(pack_of_it, key, caption)]


def cells(pack_of_it, key, caption):
    """Return the rows of that table as they are drawn."""
    return next(block for block in blocks(pack_of_it, key) if getattr(block, "caption", None) == caption).rows


def said(cell):
    """Return a cell as text, a rating with what it was corrected to."""
    if isinstance(cell, str):
        return cell
    return f"{cell.label}\ncorrected to {said(cell.corrected)}" if cell.corrected else cell.label


def facts(pack_of_it, key, heading):
    """Return what the facts say that follow the heading in a section."""
    at_hand = list(blocks(pack_of_it, key))
    start = next(at for at, block in enumerate(at_hand) if getattr(block, "text", "") == heading)
    rows = next(block for block in at_hand[start:] if type(block).__name__ == "Facts").rows
    return {term: said(cell) for term, cell in rows}


def pdf_of(content):
    return pypdf.PdfReader(io.BytesIO(content))


@lru_cache(100)  # of a file that is handed to several readers
def pdf_text(content):
    return " ".join(" ".join(page.extract_text() for page in pdf_of(content).pages).split())


def bookmarks(content):
    """Return the titles of the bookmarks of the first level."""
    return [one.title for one in pdf_of(content).outline if not isinstance(one, list)]


def word_of(content):
    return docx.Document(io.BytesIO(content))


@lru_cache(100)
def word_text(content):
    file = word_of(content)
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(paragraph.text for paragraph in file.paragraphs), *cells]).split())


def sheets_of(content):
    """Return each sheet's table as rows of values, its header first, without the lines above it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    found = {}
    for sheet in book:
        rows = [[cell.value for cell in row] for row in sheet[next(iter(sheet.tables.values())).ref]]
        found[sheet.title] = rows
    return found


def sheet_text(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
