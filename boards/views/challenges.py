"""The challenge log, one question, and what is asked, answered and concluded."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from accounts.models import Removal
from boards import challenges, permissions, tables
from boards.challenges import challenge_log
from boards.filters import ChallengeFilter
from boards.forms.challenges import AnswerForm, AskForm, AssignForm, ConcludeForm
from boards.models import Challenge
from boards.views.shared import change_access, draw, form_for, get_board
from improvement.govuk.pages import is_written, page_with_form, refuse_unless, today
from improvement.records.refusals import Refusal
from improvement.workbooks import sheets
from notices.models import Target
from plans import calendar
from plans.months import sets

OPEN, ANSWERED, CONCLUDED = Challenge.State


@require_safe
def challenge_list(request, board):
    """Every question with its age: the evidence of effective challenge that the Notice demands [002]."""
    found = get_board(request, board)
    readership = permissions.readership(request.user, found, on=today(request))
    filters = ChallengeFilter(request.GET, rows=challenge_log.of_board(found, readership, on=today(request)))
    table = tables.ChallengeTable(filters.rows)
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    if (kind := request.GET.get("_export")) in sheets.FORMATS:
        rows = [row.record for row in table.rows]
        sheet = tables.challenge_sheet(found, rows, filters=filters, on=today(request))
        return sheets.response(sheet, f"{found.slug}-challenge-log", kind)
    context = {"board": found, "plan": found.plan, "filters": filters, "table": table}
    return render(request, "boards/challenges/challenge_list.html", context)


@require_safe
def challenge_detail(request, board, number):
    challenge = _get(request, board, number, permissions.can_see_challenge)
    may_settle = permissions.can_settle(request.user, challenge.board, on=today(request))
    may_answer = permissions.can_answer(request.user, challenge, on=today(request))
    context = {
        "removals": Removal.objects.of(challenge),
        "is_office": permissions.is_office(request.user, challenge.board, on=today(request)),
        "can_assign": may_settle and challenge.state == OPEN,
        "can_answer": may_answer and challenge.answering_post and challenge.state != CONCLUDED,
        "can_conclude": may_settle and challenge.state == ANSWERED,
    }
    return render(request, "boards/challenges/challenge_detail.html", _about(request, challenge) | context)


@page_with_form
def recommendation_ask(request, board, reference):
    found = get_board(request, board, may=permissions.can_ask)
    recommendation = get_object_or_404(found.plan.recommendations.select_related("lead_post"), reference=reference)
    month = _asked_about(request, found.plan)
    context = {"post": recommendation.lead_post, "update": _reported(month, recommendation)}
    return _ask(request, found, context, recommendation=recommendation, month=month)


@page_with_form
def target_ask(request, board, reference):
    found = get_board(request, board, may=permissions.can_ask)
    targets = Target.objects.select_related("notice", "owner_post")
    target = get_object_or_404(targets, notice=found.plan.notice_id, reference=reference)
    return _ask(request, found, {"post": target.owner_post}, target=target)


@page_with_form
def challenge_access(request, board, number):
    """Say who reads a question with its answer, after it is concluded too."""
    found = get_board(request, board, may=permissions.is_office)
    challenge = get_object_or_404(found.challenges.select_related("meeting"), number=number)
    address = reverse("boards:challenge_detail", args=[board, number])
    return change_access(request, found, challenge, form_for(request, challenge), f"Question {number}", address)


@page_with_form
def challenge_assign(request, board, number):
    challenge = _get(request, board, number, _settles)
    form = AssignForm(
        request.POST or None,
        posts=challenges.posts_of(challenge.board.plan),
        initial={"version": challenge.version, "post": challenge.answering_post_id},
    )
    return _change(request, challenge, form, challenges.assign, "boards/challenges/challenge_assign.html", {OPEN})


@page_with_form
def challenge_answer(request, board, number):
    challenge = _get(request, board, number, permissions.can_answer)
    initial = {"version": challenge.version, "answer": challenge.answer}
    form = AnswerForm(request.POST or None, initial=initial)
    return _change(
        request, challenge, form, challenges.answer, "boards/challenges/challenge_answer.html", {OPEN, ANSWERED}
    )


@page_with_form
def challenge_conclude(request, board, number):
    challenge = _get(request, board, number, _settles)
    held = challenge.board.meetings.open_to_record(today(request))
    form = ConcludeForm(
        request.POST or None,
        actions=challenge.board.actions.filter(closed_at=None),
        posts=challenges.posts_of(challenge.board.plan),
        meetings=held,
        initial={"version": challenge.version, "meeting": held.first(), "owner_post": challenge.answering_post_id},
    )
    return _change(
        request, challenge, form, challenges.conclude, "boards/challenges/challenge_conclude.html", {ANSWERED}
    )


def _settles(user, challenge, *, on):
    return permissions.can_settle(user, challenge.board, on=on)


def _get(request, board, number, may):
    """Return a question if the predicate `may` of `boards.permissions` allows it."""
    rows = Challenge.objects.whole().select_related(
        "board__plan__notice", "target__notice", "answering_post__holder", "answering_post__deputy"
    )
    challenge = get_object_or_404(rows, board__slug=board, number=number)
    refuse_unless(may(request.user, challenge, on=today(request)))
    readership = permissions.readership(request.user, challenge.board, on=today(request))
    challenge.keep_action(lambda action: permissions.is_read(action, readership))
    challenge.days = challenge.age(today(request))
    return challenge


def _asked_about(request, plan):
    """Return the published month that the address names, by default the latest; None where there is none yet."""
    published = plan.months.filter(published_at__isnull=False).order_by("-month")
    if address := request.GET.get("month"):
        return get_object_or_404(published, month=calendar.parse(address))
    return published.first()


def _reported(month, recommendation):
    """Return how the recommendation stood in a published month, without what a draft says."""
    if month is None or recommendation is None:
        return None
    return next(iter(sets.without_drafts(month.updates.filter(recommendation=recommendation))), None)


def _ask(request, board, context, **asked):
    seat = permissions.challenging_seat(request.user, board, on=today(request))
    is_entered = permissions.is_office(request.user, board, on=today(request))
    meetings = challenge_log.meetings_asked_for(board, on=today(request))
    form = AskForm(
        request.POST or None,
        seats=board.seats.present(today(request)).asking() if is_entered else None,
        meetings=meetings,
        initial={"seat": seat, "meeting": meetings.first()},
    )
    if form.is_valid():
        given = {"seat": seat} | form.answers | asked
        try:
            challenge = challenges.ask(board=board, by=request.user, at=request.now, **given)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Question {challenge.number} has been asked.")
            return redirect("boards:challenge_detail", board.slug, challenge.number)
    about = asked.get("recommendation") or asked["target"]
    earlier = challenge_log.about(about, board, on=today(request))
    context |= {"board": board, "plan": board.plan, "about": about, "earlier": earlier, **asked}
    return draw(request, "boards/challenges/challenge_ask.html", form, **context)


def _change(request, challenge, form, verb, template, states):
    """Make the change; where it is refused, give back what was typed beside the question as it stands now.

    In other states than `states` there is nothing to do any more.
    """
    is_done = is_written(request, form, verb, challenge=challenge)
    if is_done:
        messages.success(request, f"Question {challenge.number}: your entry is saved.")
    if is_done or (challenge.state not in states and not form.is_bound):
        return redirect("boards:challenge_detail", challenge.board.slug, challenge.number)
    if form.is_bound:
        challenge = _get(request, challenge.board.slug, challenge.number, permissions.can_see_challenge)
    return draw(request, template, form, **_about(request, challenge))


def _about(request, challenge):
    """Return what every page of a question is told."""
    post = challenge.answering_post
    return {
        "board": challenge.board,
        "plan": challenge.board.plan,
        "challenge": challenge,
        "update": _reported(challenge.month, challenge.recommendation),
        "acting_for": post.acts_for(request.user) if post else "",
        "sees_board": permissions.can_see_board(request.user, challenge.board, on=today(request)),
    }
