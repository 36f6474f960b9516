"""What the programme office is shown of a pack before it is made: what stands in it, for whom, and what is new.

A constant number of queries.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from boards import packs, permissions
from boards.models import CoverSheet, Meeting, Pack, PackFile
from boards.packs import chosen, contents, kept_packs, pack_document
from boards.packs.contents import BoardPack
from boards.packs.kept_packs import Kept
from notices.targets.values import plural

AUDIENCES = tuple(Pack.Audience)


@dataclass(frozen=True)
class Line:
    """One section, or one paper, with what each of AUDIENCES finds of it: (audience, words)."""

    title: str
    cells: tuple[tuple[Pack.Audience, str], ...]

    @property
    def is_same(self):
        return len({words for _, words in self.cells}) == 1


@dataclass(frozen=True)
class Outline:
    cover: CoverSheet
    lines: tuple[Line, ...]
    papers: tuple[Line, ...]
    kept: tuple[Kept, ...]
    news: tuple[tuple[str, list[str]], ...]
    has_files: bool

    @property
    def audiences(self):
        return AUDIENCES

    @property
    def forms(self):
        return (PackFile.Form.FULL, *PackFile.HANDED_OUT) if self.has_files else PackFile.HANDED_OUT

    @property
    def is_kept(self):
        """Whether anything was kept that was not removed."""
        return any(not one.pack.is_removed for one in self.kept)

    @property
    def is_news(self):
        return any(titles for _, titles in self.news)

    def kept_for(self):
        """Return (audience, what was kept for it) for each of AUDIENCES."""
        return [(audience, [one for one in self.kept if one.pack.audience == audience]) for audience in AUDIENCES]


def build(meeting: Meeting, *, now: datetime) -> Outline:
    """Return the Outline of the pack of `meeting`, which has received a month, as at `now`."""
    found = packs.news(meeting, at=now)
    every = [found[audience].making.pack for audience in AUDIENCES]
    words = [dict(_shown(one)) for one in every]
    return Outline(
        cover=every[0].cover,
        lines=(*(Line(title, _cells(known[title] for known in words)) for title in _TITLES), _names(every)),
        papers=tuple(
            Line(paper.title, _cells(_read(paper, one) for one in every))
            for paper in meeting.papers.select_related("item").order_by("position", "pk")
        ),
        kept=tuple(kept_packs.of_meeting(meeting, list(AUDIENCES), at=now)),
        news=tuple(
            (audience.label, [section.title for section in found[audience].making.shown]) for audience in AUDIENCES
        ),
        has_files=any(one.enclosures for one in every),
    )


def cover_of(meeting: Meeting, *, now: datetime) -> CoverSheet:
    """Return the cover sheet as it stands, or as the record drafts it."""
    return contents.build(meeting, at=now)[Pack.Audience.BOARD].cover


_TITLES = tuple(title for _, title, _ in pack_document.SECTIONS)


def _cells(words):
    return tuple(zip(AUDIENCES, words, strict=True))


def _read(paper, built):
    """Say whether the pack has the paper, or why it has not."""
    if paper in built.papers:
        return "Draft, counted as tabled" if paper.tabled_at is None else "Yes"
    if paper.tabled_at is None and not built.is_preview:
        return "No: a draft"
    if paper.embargoed_until and paper.embargoed_until > built.at:
        return f"No: under embargo until {timezone.localtime(paper.embargoed_until):%-d %B %Y, %H:%M}"
    if not permissions.is_read(paper.item, permissions.Readership(built.audience)):
        return "No: its agenda item is restricted"
    return "No: it excludes observers" if built.audience == Pack.Audience.OBSERVERS else "No: restricted"


def _names(every):
    return Line(chosen.NAMES_TITLE, _cells("Shown" if one.has_names else "Left out" for one in every))


def _shown(built):
    """Yield each title with what stands under it, or that it is left out for the audience."""
    for (key, title, _), words in zip(pack_document.SECTIONS, _words(built), strict=True):
        yield title, "Left out" if key in chosen.OFFERED and key not in built.chosen else words


def _words(built: BoardPack) -> list[str]:
    sections = built.dashboard.sections
    return [
        "As written" if built.cover.pk else "Drafted from the record",
        f"{plural(len(built.items), 'item')}, {plural(len(built.papers), 'paper')}",
        f"Meeting of {built.minutes.meeting.held_on:%-d %B %Y}" if built.minutes else "No earlier meeting",
        plural(len(built.actions), "action"),
        built.revision.revision.title if built.revision else "Not among the papers",
        f"{sections['moved'].number.value} changed, {plural(sections['decisions'].number.value, 'decision')} asked",
        plural(len(built.dashboard.wording), "rating"),
        plural(len(built.exceptions), "recommendation"),
        plural(len(built.themes), "theme"),
        plural(len(built.dashboard.rows), "recommendation"),
        plural(len(built.targets), "target"),
        plural(len(built.challenges), "question"),
        plural(len(built.enclosures), "file"),
    ]
