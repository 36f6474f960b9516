"""The meetings of Leeds as `fixtures/leeds_meetings.json` tells them, played through the verbs that the pages use.

Each is planned at `planned_at` (by default on the day after the last one), its agenda published at `published_at` with
all its papers, and recorded on the evening of its day. What `items` tells of an item stands under the names of
`AgendaItem`, with the `position` that it is moved to and the `page` that is its paper; `leaves_out` names carried items
that are not wanted, `minutes` those of carried items. `packs` are the moments at which its pack and then supplements
are kept, with the questions that had been asked. `notes` and `closed` name an action by its number.
"""

from datetime import date, datetime, time, timedelta

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from accounts.models import Event, Post, User
from boards import actions, meetings, packs, papers
from boards.models import Board, BoardAction, Paper
from improvement.demonstration import FOLDER, challenged, moment, read
from plans.models import Recommendation

OFFICE = "programme-office@leeds.example"
ITEM = ("title", "purpose", "source", "is_standing")


def add_missing(tell):
    """Play each meeting that was never planned, one transaction a meeting; leave those that were alone.

    `tell` is given the place of each among how many, and its day, before it is played.
    """
    board = Board.objects.select_related("plan").get(slug="leeds")
    planned = Event.objects.filter(what="meeting.planned", on_id__in=board.meetings.values("pk"))
    known = set(planned.values_list("detail__held_on", flat=True))
    office = User.objects.get(email=OFFICE)
    last, every = None, read("leeds_meetings.json")
    missing = [told["held_on"] for told in every if told["held_on"] not in known]
    for told in every:
        if told["held_on"] in missing:
            tell(missing.index(told["held_on"]) + 1, len(missing), date.fromisoformat(told["held_on"]))
            with transaction.atomic():
                _Playing(board, told, last, office).play()
        last = told["held_on"]


class _Playing:
    """One meeting as the fixture tells it."""

    def __init__(self, board, told, last, office):
        self.board, self.told, self.last, self.office = board, told, last, office
        self.day = date.fromisoformat(told["held_on"])
        self.evening = _at(self.day, time(17))

    def play(self):
        told = self.told
        at = moment(told["planned_at"]) if "planned_at" in told else _at(_day(self.last) + timedelta(days=1), time(10))
        self.meeting = self._do(
            meetings.plan_meeting,
            at,
            board=self.board,
            held_on=self.day,
            source=told["source"],
            note=told.get("note", ""),
        )
        self._put_together(at)
        if "published_at" in told:
            self._publish(moment(told["published_at"]))
            self._record()

    def _put_together(self, at):
        for title in self.told.get("leaves_out", ()):
            item = self._item(title)
            for paper in item.papers.all():
                self._do(papers.remove, at, paper=paper)
            self._do(meetings.remove_item, at, item=item)
        for told in self.told.get("items", ()):
            facts = {name: told[name] for name in ITEM if name in told}
            item = self._do(meetings.add_item, at, meeting=self.meeting, **facts)
            if "position" in told:
                self._do(meetings.move_item, at, item=item, position=told["position"])
            if "page" in told:
                page = {"title": Paper.Page(told["page"]).label, "page": told["page"]}
                self._do(papers.add, at, meeting=self.meeting, item=item, **page)
        for told in self.told.get("papers", ()):
            self._add_paper(told, at)

    def _add_paper(self, told, at):
        access = {name: told.get(name, "") for name in ("restricted_because", "public_title")}
        if "embargoed_until" in told:
            access["embargoed_until"] = moment(told["embargoed_until"])
        facts = {"title": told["title"], "item": self._item(told["item"]), "source": told["source"]}
        with (FOLDER / "papers" / told["file"]).open("rb") as stream:
            file = File(stream, name=told["file"])
            self._do(papers.add, at, meeting=self.meeting, file=file, **facts, **access)

    def _publish(self, at):
        if "month" in self.told:
            month = self.board.plan.months.get(month=self.told["month"])
            self._do(meetings.receive_month, at, meeting=self.meeting, month=month)
        self.meeting = self._do(meetings.publish_agenda, at, meeting=self.meeting, papers=self.meeting.papers.all())
        for at in map(moment, self.told.get("packs", ())):
            challenged.add_missing(until=at)
            self._do(packs.keep, at, meeting=self.meeting)

    def _record(self):
        items = self.told.get("items", ())
        minutes = {item["title"]: item["minute"] for item in items if "minute" in item} | self.told.get("minutes", {})
        for title, minute in minutes.items():
            item = self._item(title)
            self._do(meetings.write_minute, self.evening, item=item, version=item.version, minute=minute)
        for told in self.told.get("decisions", ()):
            facts = {"wording": told["wording"], "source": told["source"], "item": self._item(told["item"])}
            facts["revision"] = self.board.plan.revisions.filter(title=told["revision"]).first()
            self._do(meetings.record_decision, self.evening, meeting=self.meeting, **facts, **_about(told, self.board))
        self._report()
        if self.told.get("agrees_last"):
            last = self.board.meetings.get(held_on=self.last)
            self._do(meetings.agree_minutes, self.evening, meeting=last, agreed_in=self.meeting)

    def _report(self):
        for told in self.told.get("notes", ()):
            due_on = _day(told["due_on"]) if "due_on" in told else None
            report = {"meeting": self.meeting, "text": told["text"], "due_on": due_on}
            self._do(actions.note_progress, self.evening, action=self._action(told), **report)
        for told in self.told.get("closed", ()):
            action = self._action(told)
            closing = {"meeting": self.meeting, "outcome": told["outcome"], "version": action.version}
            self._do(actions.close, self.evening, action=action, **closing)
        for told in self.told.get("actions", ()):
            title, organisation = told["owner_post"]
            facts = {"wording": told["wording"], "due_on": _day(told["due_on"])}
            facts["owner_post"] = Post.objects.get(title=title, organisation=organisation)
            facts["source"] = "Illustrative: not in the sources"
            self._do(actions.raise_action, self.evening, meeting=self.meeting, **facts, **_about(told, self.board))

    def _do(self, verb, at, **what):
        return verb(by=self.office, at=at, **what)

    def _item(self, title):
        return self.meeting.items.select_related("meeting").get(title=title)

    def _action(self, told) -> BoardAction:
        return self.board.actions.get(number=told["action"])


def _about(told, board):
    found = Recommendation.objects.filter(plan=board.plan_id, reference=told["recommendation"]).first()
    return {"recommendation": found}


def _day(text):
    return date.fromisoformat(text)


def _at(day, hour):
    return timezone.make_aware(datetime.combine(day, hour))
