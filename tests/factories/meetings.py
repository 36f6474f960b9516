"""Meetings of the Board with their papers, decisions and packs."""

import hashlib
from datetime import date

from django.core.files.base import ContentFile

from accounts.audit import events
from boards import meetings, papers, public
from boards.models import Pack, PackFile
from boards.packs import kept_packs
from tests.factories.moments import AT, a_file
from tests.factories.people import user


def meeting(plan, held_on=date(2011, 5, 9), at=AT, **details):
    """Plan a meeting of the plan's Board with one item on its agenda beside those that are carried over."""
    made = meetings.plan_meeting(board=plan.board, held_on=held_on, by=user("Olga Office"), at=at, **details)
    meetings.add_item(meeting=made, title=f"Item of {held_on:%-d %B}", by=user("Olga Office"), at=at)
    return made


def announced(meeting, at=AT, papers=()):
    return meetings.publish_agenda(meeting=meeting, papers=papers, by=user("Olga Office"), at=at)


def held(plan, held_on=date(2011, 4, 11), at=AT):
    """Return a meeting that was held on a day before `at`, nothing of it recorded yet."""
    return announced(meeting(plan, held_on, at), at)


def minuted(meeting, minute="It was discussed.", at=AT):
    """Write a minute under the last item of the meeting, and return that item."""
    item = meeting.items.last()
    return meetings.write_minute(item=item, version=item.version, minute=minute, by=user("Olga Office"), at=at)


def agreed(meeting, agreed_in, at=AT):
    return meetings.agree_minutes(meeting=meeting, agreed_in=agreed_in, by=user("Olga Office"), at=at)


def paper(meeting, title="Quality of practice", at=AT, **access):
    """Add a draft with a file of its own."""
    file = a_file(f"{title}.txt", title.encode())
    return papers.add(meeting=meeting, title=title, file=file, by=user("Olga Office"), at=at, **access)


def tabled(paper, at=AT):
    return papers.table(paper=paper, by=user("Olga Office"), at=at)


def decision(meeting, wording="Agreed.", at=AT, **about):
    return meetings.record_decision(meeting=meeting, wording=wording, by=user("Olga Office"), at=at, **about)


def guest(meeting, name="Gita Guest", at=AT, **about):
    return meetings.add_guest(meeting=meeting, name=name, by=user("Olga Office"), at=at, **about)


def declaration(meeting, interest="Trustee of a provider.", at=AT, **about):
    facts = {"name": "Mo Member", "interest": interest} | about
    return meetings.add_declaration(meeting=meeting, by=user("Olga Office"), at=at, **facts)


def with_chair(meeting, at=AT):
    """Send the draft minutes of the meeting to the chair."""
    return meetings.send_minutes(meeting=meeting, by=user("Olga Office"), at=at)


def opened_to_all(board, at=AT):
    """Switch the public page of the Board on."""
    return public.switch(board=board, is_public=True, by=user("Olga Office"), at=at)


def received(meeting, month, at=AT):
    """Lay a published month before the meeting; return the meeting with all that a pack is made of."""
    made = meetings.receive_month(meeting=meeting, month=month, by=user("Olga Office"), at=at)
    made.month.plan.board = made.board
    return made


def kept_pack(meeting, audience="board", number=1, first_page=1, named=(), at=AT):
    """Keep a pack of a few bytes, without making it, that names the papers `named`."""
    pack = Pack.objects.create(
        meeting=meeting,
        audience=audience,
        number=number,
        first_page=first_page,
        pages=4,
        contents={
            "parts": {},
            "papers": [paper.pk for paper in named],
            "items": [],
            "enclosed": [],
            "month": meeting.month_id,
            "meetings": kept_packs.told_in(meeting),
            "removals": sorted(kept_packs.removals_of(meeting, list(meeting.packs.all()))),
        },
        made_at=at,
        made_by=user("Olga Office"),
    )
    for form in PackFile.Form.values:
        content = f"{pack} as {form}".encode()
        file = PackFile(pack=pack, form=form, size=len(content), sha256=hashlib.sha256(content).hexdigest())
        file.file.save(f"{audience}-{number}-{form}", ContentFile(content), save=False)
        file.save()
    digest = pack.files.get(form=PackFile.Form.PDF).sha256
    events.record(by=pack.made_by, at=at, what="pack.kept", on=meeting, sha256=[digest])
    return pack
