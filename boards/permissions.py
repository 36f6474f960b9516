"""Who sees and does what of a Board's work, on a day; what is not allowed here is a 404 to the person who asks.

Whoever sees the plan sees its Board. How much they see follows from their `readership`, the one thing by which pages,
lists, downloads and packs choose: the programme office sees drafts, the Board what is tabled, observers what does not
exclude them, and everybody else who has a part in the plan what the public may read.
"""

from enum import StrEnum
from functools import partial, reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from boards.models import (
    Advice,
    AgendaItem,
    BoardAction,
    BoardActionNote,
    Challenge,
    Decision,
    Meeting,
    Pack,
    Paper,
    Report,
    Seat,
)
from boards.models.access import Restrictable
from plans import permissions as plan_permissions
from plans.models import ReportingMonth


class Readership(StrEnum):
    OFFICE = "office"
    BOARD = "board"
    OBSERVERS = "observers"
    PUBLIC = "public"


def can_see_board(user, board, *, on):
    """Whether the person sees the Board: everybody who sees its plan does."""
    return plan_permissions.can_see_plan(user, board.plan, on=on)


def is_office(user, board, *, on):
    """Whether the person prepares the Board's papers: the plan's programme office does."""
    return plan_permissions.is_office(user, board.plan, on=on)


def seats_of(user, board, *, on):
    """Return the person's present seats on the Board, kept on the user for the rest of the request."""
    if not user.is_authenticated or not user.is_active:
        return []
    known = user.__dict__.setdefault("_seats", {})
    if (board.pk, on) not in known:
        known[board.pk, on] = list(board.seats.filter(user=user).present(on))
    return known[board.pk, on]


def is_chair(user, board, *, on):
    """Whether the person chairs the Board."""
    return any(seat.role == Seat.Role.CHAIR for seat in seats_of(user, board, on=on))


def challenging_seat(user, board, *, on):
    """Return the seat from which the person asks questions, that of the chair or of a member, or None."""
    return next((seat for seat in seats_of(user, board, on=on) if seat.role in Seat.ASKING), None)


def has_seat(user, board, *, on):
    """Whether the person sits on the Board, in whatever role: they have a home there."""
    return bool(seats_of(user, board, on=on))


def can_ask(user, board, *, on):
    """Whether the person asks questions: the chair and members do, and the office enters what another seat asks."""
    return challenging_seat(user, board, on=on) is not None or is_office(user, board, on=on)


def can_see_challenge(user, challenge, *, on):
    """Whether the person sees a question: who sees the Board, is to answer it or owns its target."""
    if _answers(user, challenge, on=on):
        return True
    if can_see_board(user, challenge.board, on=on):
        return is_read(challenge, readership(user, challenge.board, on=on))
    owned = challenge.target_id is not None and challenge.target.owner_post_id
    return owned in plan_permissions.roles(user, on=on).posts and is_read(challenge, Readership.PUBLIC)


def can_answer(user, challenge, *, on):
    """Whether the person answers a question: for its post, or as programme office for a post without an account."""
    return _answers(user, challenge, on=on) or is_office(user, challenge.board, on=on)


def can_settle(user, board, *, on):
    """Whether the person records advice, what came of things, and who answers: the chair and the office do."""
    return is_office(user, board, on=on) or is_chair(user, board, on=on)


def _answers(user, challenge, *, on):
    return challenge.answering_post_id in plan_permissions.roles(user, on=on).posts


def readership(user, board, *, on):
    """Return how much of the Board's work the person reads; for one who sees the Board."""
    return _readership(is_office(user, board, on=on), {seat.role for seat in seats_of(user, board, on=on)})


def _readership(is_office, roles):
    if is_office:
        return Readership.OFFICE
    if not roles:
        return Readership.PUBLIC
    return Readership.OBSERVERS if roles == {Seat.Role.OBSERVER} else Readership.BOARD


def can_read_agenda(readership, meeting):
    """Whether more than that the meeting is planned is read: its agenda, once published, and what grows from it."""
    return readership == Readership.OFFICE or meeting.is_announced


def can_read_minutes(readership, meeting, *, is_tabled, is_chair=False):
    """Whether the minutes of the meeting are read: agreed, tabled at a later meeting, or with the chair who reads them.

    `is_tabled` says whether the agenda of a later meeting is published. A draft is the office's.
    """
    if readership == Readership.OFFICE or meeting.is_agreed or is_tabled:
        return True
    return is_chair and meeting.is_with_chair


def readable(rows, readership):
    """Return those of `rows` that are read: items, decisions, actions, questions or advice.

    Every page, list, file and pack asks this. What is restricted is not for those who have a part in the plan and no
    seat, nor for observers where it excludes them; whatever belongs to an agenda item is read by those who read that.
    """
    if readership in {Readership.OFFICE, Readership.BOARD}:
        return rows
    return rows.for_observers() if readership == Readership.OBSERVERS else rows.public()


def is_read(thing, readership):
    """Whether one row, whose item is loaded if it has any, is among those that are `readable`."""
    if readership in {Readership.OFFICE, Readership.BOARD}:
        return True
    to_observers = readership == Readership.OBSERVERS
    parts = (thing, getattr(thing, "item", None))
    return not any(isinstance(part, Restrictable) and part.is_closed(to_observers=to_observers) for part in parts)


def readable_papers(papers, readership, *, at, with_drafts=False):
    """Return those of the queryset `papers` that are read at the moment `at`. Every page, list and pack asks this.

    A draft is the office's. What was tabled is its audience's, from the end of its embargo on, as far as it is
    `readable`. `with_drafts` tells what would be read if all were tabled.
    """
    if readership == Readership.OFFICE:
        return papers
    return readable(papers if with_drafts else papers.tabled(), readership).released(at)


def listed_papers(papers, readership, *, with_drafts=False):
    """Return those of the queryset `papers` that are named to the reader, though some are withheld.

    Of an item that is not read nothing is named.
    """
    if readership == Readership.OFFICE:
        return papers
    rows = papers if with_drafts else papers.tabled()
    return rows.filter(Q(item=None) | Q(item__in=readable(AgendaItem.objects.all(), readership)))


def for_everyone(rows, board, *, at):
    """Return those of `rows`, meetings, papers or months, that anybody may read at the moment `at`, without an account.

    The public page and its files ask this and nothing else. While it is off, and of whatever is not named here, that is
    nothing. Of a meeting it is what the public reads, once its agenda is published; of a month, once such a meeting
    receives it.
    """
    if not board.is_public:
        return rows.none()
    meetings = Meeting.objects.filter(board=board, agenda_published_at__isnull=False)
    if rows.model is Meeting:
        return rows.filter(pk__in=meetings)
    if rows.model is Paper:
        return readable_papers(rows.filter(meeting__in=meetings), Readership.PUBLIC, at=at)
    if rows.model is ReportingMonth:
        return rows.filter(published_at__isnull=False, meetings__in=meetings).distinct()
    return rows.none()


def readerships(user, *, on):
    """Return, by how much of it the person reads, the plans whose Board's work they see; one query."""
    held = plan_permissions.roles(user, on=on)
    seats = {}
    if held.seats_on:
        for plan, role in user.seats.order_by().present(on).values_list("board__plan", "role"):
            seats.setdefault(plan, set()).add(role)
    found = {}
    for plan in held.sees:
        found.setdefault(_readership(plan in held.office_of, seats.get(plan, ())), set()).add(plan)
    return found


def visible_decisions(user, *, on):
    """Return the decisions that the person reads: of meetings whose agenda they read, as far as they are `readable`."""
    return _of_meetings(Decision.objects, user, on, readable)


def visible_papers(user, *, on, at):
    """Return the papers that the person reads at the moment `at`, by the rule of `readable_papers`."""
    return _of_meetings(Paper.objects, user, on, partial(readable_papers, at=at))


def visible_challenges(user, *, on):
    """Return the questions that the person sees, by the rule of `can_see_challenge`."""
    posts = plan_permissions.roles(user, on=on).posts
    own = Q(pk__in=Challenge.objects.public().filter(target__owner_post__in=posts).values("pk"))
    return Challenge.objects.filter(Q(answering_post__in=posts) | own | _of_boards(Challenge.objects, user, on))


def visible_minutes(user, *, on):
    """Return the agenda items whose minute the person reads, by the rules of `can_read_minutes` and `readable`."""
    later = Meeting.objects.filter(board=OuterRef("meeting__board"), held_on__gt=OuterRef("meeting__held_on"))
    is_tabled = Exists(later.filter(agenda_published_at__isnull=False))
    chaired = user.seats.order_by().present(on).filter(role=Seat.Role.CHAIR).values("board")
    with_chair = Q(meeting__minutes_sent_at__isnull=False, meeting__board__in=chaired)
    may_read = Q(meeting__minutes_agreed_at__isnull=False) | Q(is_tabled) | with_chair
    return _of_meetings(
        AgendaItem.objects.exclude(minute=""),
        user,
        on,
        lambda rows, readership: readable(
            rows if readership == Readership.OFFICE else rows.filter(may_read), readership
        ),
    )


def visible_actions(user, *, on):
    """Return the Board's actions that the person reads, as far as they are `readable`."""
    return BoardAction.objects.filter(_of_boards(BoardAction.objects, user, on))


def visible_action_notes(user, *, on):
    """Return what was reported on the actions that the person reads."""
    return BoardActionNote.objects.filter(action__in=visible_actions(user, on=on).order_by().values("pk"))


def visible_advice(user, *, on):
    """Return the advice that the person reads, as far as it is `readable`."""
    return Advice.objects.filter(_of_boards(Advice.objects, user, on))


def _of_boards(manager, user, on):
    """Return the condition of a row of a Board that the person sees, as far as it is `readable`."""
    return _any(
        Q(pk__in=readable(manager.filter(board__plan__in=plans), readership).order_by().values("pk"))
        for readership, plans in readerships(user, on=on).items()
    )


def _of_meetings(manager, user, on, read):
    """Return those rows of meetings that are read: of such as are announced, to the office of any, as `read` says."""
    found = []
    for readership, plans in readerships(user, on=on).items():
        rows = manager.filter(meeting__board__plan__in=plans)
        if readership != Readership.OFFICE:
            rows = rows.filter(meeting__agenda_published_at__isnull=False)
        found.append(Q(pk__in=read(rows, readership).order_by().values("pk")))
    return manager.filter(_any(found))


def _any(conditions):
    return reduce(or_, conditions, Q(pk__in=()))


def readable_packs(readership):
    """Return the audiences whose packs are read: one's own, and whatever is handed out to more people than that."""
    audiences = list(Pack.Audience)
    if readership in {Readership.OFFICE, Readership.BOARD}:
        return audiences
    return audiences[audiences.index(readership.value) :]


def own_audience(readership):
    """Return the audience whose pack the person reads; the office reads that of the Board."""
    return Pack.Audience.BOARD if readership == Readership.OFFICE else Pack.Audience(readership)


def can_write_report(user, report, *, on):
    """Whether the person drafts and edits the report: the programme office any, the chair what goes out from them."""
    if report.is_issued:
        return False
    return is_office(user, report.board, on=on) or (report.is_chairs and is_chair(user, report.board, on=on))


def can_issue_report(user, report, *, on):
    """Whether the person issues the report: the chair their own, the programme office the council's."""
    if report.is_issued:
        return False
    may = is_chair if report.is_chairs else is_office
    return may(user, report.board, on=on)


def can_see_report(user, report, *, on):
    """Whether the person sees the report: everybody who sees the Board once it is issued, a draft who writes it."""
    if report.is_issued:
        return can_see_board(user, report.board, on=on)
    return can_write_report(user, report, on=on)


def startable_reports(user, board, *, on):
    """Return the kinds of report that the person may start."""
    if is_office(user, board, on=on):
        return list(Report.Kind)
    return [kind for kind in Report.Kind if kind.is_chairs] if is_chair(user, board, on=on) else []


def visible_reports(user, board, *, on):
    """Return the Board's reports that the person sees, latest first; for one who sees the Board."""
    return board.reports.filter(
        Q(issued_at__isnull=False) | Q(kind__in=startable_reports(user, board, on=on))
    ).order_by("-dated_on", "kind")
