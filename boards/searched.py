"""What a search finds of a Board's record, and what the search of a plan's list reads of it."""

from django.urls import reverse

from boards import permissions
from boards.models import Advice, AgendaItem, BoardAction, BoardActionNote, Challenge, Decision, Paper
from improvement.searching import asking
from improvement.searching.asking import Kind, Shown
from improvement.searching.kinds import Indexed
from plans.months import searching


def install(config):
    """Have a search find it, and that of the list read what everybody reads of it; called when the apps are ready."""
    asking.register(config, (DECISIONS, QUESTIONS, PAPERS, MINUTES, ACTIONS, PROGRESS, ADVICE))
    searching.register("decisions", ("wording", "source"), Decision.objects.public)
    searching.register("board_actions", ("wording", "owner", "source"), BoardAction.objects.public)
    told = ("question", "asked_name", "source", "answer", "answered_name", "answered_for", "outcome_text")
    searching.register("challenges", told, Challenge.objects.public)


def _read(visible, related, *order):
    """Return what gives the rows that a person reads, in order; `visible` is one of `boards.permissions`."""
    return lambda who: visible(who.user, on=who.on).select_related(*related).order_by(*order)


def _papers(who):
    rows = permissions.visible_papers(who.user, on=who.on, at=who.at).select_related("meeting__board")
    return rows.order_by("-meeting__held_on", "meeting", "position", "pk")


def _decision(row):
    title = ", ".join(filter(None, (f"Decision {row.number}", row.about or row.revision_title)))
    return Shown(_meeting(row), title, str(row.meeting), (row.wording, row.about, row.revision_title))


def _paper(row):
    return Shown(_meeting(row), row.title, str(row.meeting), ())


def _question(row):
    address = reverse("boards:challenge_detail", args=[row.board.slug, row.number])
    about = f"{row.about_reference} {row.about_title}".strip()
    place = f"{row.board}, about {about}" if about else str(row.board)
    return Shown(address, f"Question {row.number}", place, (row.question, row.answer, row.outcome_text, row.asked_name))


def _minute(row):
    title = f"Minutes, item {row.position}: {row.title}"
    return Shown(f"{_meeting(row)}#agenda", title, str(row.meeting), (row.minute,))


def _action(row):
    about = f", about {row.about_reference} {row.about_title}" if row.about_reference else ""
    texts = (row.wording, row.outcome, f"Owner: {row.owner}")
    return Shown(_page_of_action(row), f"Action {row.number}", f"{row.board}{about}", texts)


def _note(row):
    return Shown(_page_of_action(row.action), f"Progress of action {row.action.number}", str(row.meeting), (row.text,))


def _advised(row):
    address = reverse("boards:advice_detail", args=[row.board.slug, row.number])
    place = f"{row.board}, from {row.body}" if row.body else str(row.board)
    return Shown(address, f"Advice {row.number}", place, (row.wording, row.response, row.result))


def _page_of_action(action):
    return reverse("boards:action_detail", args=[action.board.slug, action.number])


def _meeting(row):
    return reverse("boards:meeting_detail", args=[row.meeting.board.slug, row.meeting.held_on])


def _indexed(number, model, *names, **more):
    return Indexed(number, model._meta.db_table, names, tuple(f"r.{name}" for name in names), **more)


_OF_MEETING, _LATEST = ("meeting__board",), ("-meeting__held_on", "meeting")
DECISIONS = Kind(
    "decision",
    "Decisions",
    _indexed(6, Decision, "wording", "about", "revision_title"),
    _read(permissions.visible_decisions, _OF_MEETING, *_LATEST, "number"),
    _decision,
)
QUESTIONS = Kind(
    "question",
    "Questions",
    _indexed(7, Challenge, "question", "answer", "outcome_text", "about_reference", "about_title", "asked_name"),
    _read(permissions.visible_challenges, ("board",), "-asked_at", "-pk"),
    _question,
)
PAPERS = Kind("paper", "Papers", _indexed(8, Paper, "title"), _papers, _paper)
MINUTES = Kind(
    "minute",
    "Minutes",
    _indexed(10, AgendaItem, "title", "minute", condition="{row}.minute <> ''"),
    _read(permissions.visible_minutes, _OF_MEETING, *_LATEST, "position"),
    _minute,
)
ACTIONS = Kind(
    "action",
    "Board actions",
    _indexed(11, BoardAction, "wording", "owner", "about_reference", "about_title", "outcome"),
    _read(permissions.visible_actions, ("board",), "board_id", "-number"),
    _action,
)
PROGRESS = Kind(
    "progress",
    "Progress of Board actions",
    _indexed(12, BoardActionNote, "text"),
    _read(permissions.visible_action_notes, ("action__board", *_OF_MEETING), *_LATEST, "at", "pk"),
    _note,
)
ADVICE = Kind(
    "advice",
    "Advice",
    _indexed(13, Advice, "wording", "response", "result"),
    _read(permissions.visible_advice, ("board", "body"), "board_id", "-number"),
    _advised,
)
