"""The challenge log: a member's question, its answer and its conclusion.

No question is ever removed, and a text only where it could identify someone (`accounts.removal.redactions`). A
question is locked before the meeting and the Board of the action that comes of it.
"""

from django.db import transaction
from django.utils import timezone

from accounts.audit import events
from accounts.models import Post
from boards import access, actions, telling
from boards.models import Board, Challenge
from boards.models.access import as_recorded
from improvement.records.refusals import Incomplete, Refused
from improvement.records.writes import write

CONCLUDED = "The conclusion of this question has been recorded, so it can no longer be changed. Ask another question."
_NEEDS_TEXT = {
    Challenge.Outcome.DATE: "Say which date was changed, the new date, and why.",
    Challenge.Outcome.VIEW: "Enter the Board’s view.",
}


@transaction.atomic
def ask(
    *, board, seat, question, by, at, recommendation=None, target=None, month=None, meeting=None, item=None, source=""
):
    """Ask a question from `seat` about a recommendation or a target, of the post that answers for it; return it.

    The same question about the same thing from the same seat, while it is not concluded, is found and not asked twice.
    """
    board = Board.objects.select_for_update(of=("self",)).select_related("plan").get(pk=board.pk)
    question = question.strip()
    if not question:
        raise Incomplete({"question": "Enter the question."})
    _require_fitting(board, seat, recommendation, target, month, meeting, at)
    access.require_item_of(meeting, item)
    asked = {"seat": seat, "recommendation": recommendation, "target": target, "question": question}
    if same := board.challenges.filter(**asked, concluded_at=None).first():
        return same
    row = board.challenges.create(
        number=board.challenges.free_number(),
        month=month,
        meeting=meeting,
        item=item,
        **_asker(seat, by),
        asked_at=at,
        asked_by=by,
        answering_post=recommendation.lead_post if recommendation else target.owner_post,
        source=source,
        about_reference=(recommendation or target).reference,
        about_title=recommendation.title if recommendation else target.wording,
        **asked,
    )
    events.record(by=by, at=at, what="challenge.asked", on=row, about=row.about.reference, access=[as_recorded(row)])
    telling.of_question(row, at=at)
    return row


def posts_of(plan):
    """Return the posts that answer to the Board: those with a part in the plan or in its Notice."""
    return plan.posts | Post.objects.filter(pk__in=plan.notice.targets.values("owner_post") if plan.notice else ())


def require_post_of(plan, post, field):
    """Raise Refused unless `post`, the answer to `field`, answers to the Board of `plan`."""
    if not posts_of(plan).filter(pk=post.pk).exists():
        raise Refused("Choose a post with a part in the plan or in its Notice.", field)


@transaction.atomic
def assign(*, challenge, post, version, by, at):
    """Give an unanswered question to another `post` to answer; return it."""
    row = _locked(challenge)
    if row.answering_post_id == post.pk:
        return row
    _require_open(row)
    if row.answered_at:
        raise Refused("This question has already been answered.")
    require_post_of(row.board.plan, post, "post")
    before = row.answering_post
    row = write(row, version, answering_post=post)
    events.record(by=by, at=at, what="challenge.assigned", on=row, before=before and before.title, after=post.title)
    telling.of_question(row, at=at)
    return row


@transaction.atomic
def answer(*, challenge, answer, version, by, at):
    """Answer a question for its post, or put another text in the place of the answer; return it.

    The text that stood before is kept in the event.
    """
    row = _locked(challenge)
    answer = answer.strip()
    if answer and row.answer == answer and row.answered_by_id == by.pk:
        return row
    _require_open(row)
    if row.answering_post is None:
        raise Refused("Choose a post to answer this question first.")
    if not answer:
        raise Incomplete({"answer": "Enter the answer."})
    before, answered_for = row.answer, row.answering_post.acts_for(by)
    row = write(
        row, version, answer=answer, answered_name=by.name, answered_for=answered_for, answered_at=at, answered_by=by
    )
    events.record(by=by, at=at, what="challenge.answered", on=row, answered_for=answered_for, before=before)
    telling.of_answer(row, at=at)
    return row


@transaction.atomic
def conclude(
    *,
    challenge,
    outcome,
    version,
    by,
    at,
    text="",
    action=None,
    meeting=None,
    wording="",
    owner_post=None,
    due_on=None,
    source="",
):
    """Record what came of an answered question; return it. From then on nothing of it changes.

    An action that was agreed is an `action` of the log, or a new one, which is raised here from the `meeting` that
    agreed it, its `wording`, `owner_post` and `due_on`.
    """
    row = _locked(challenge)
    text, wording = text.strip(), wording.strip()
    if row.concluded_by_id == by.pk and _is_same(row, outcome, text, action, wording):
        return row
    _require_open(row)
    if not row.answered_at:
        raise Refused("This question has not been answered yet.")
    if errors := _errors(row, outcome, text, action, meeting, wording, owner_post):
        raise Incomplete(errors)
    if outcome != Challenge.Outcome.ACTION:
        action = None
    elif action is None:
        because, excludes = _access_of(row)
        action = actions.raise_action(
            meeting=meeting,
            wording=wording,
            owner_post=owner_post,
            due_on=due_on,
            recommendation=row.recommendation,
            item=row.item if row.item and row.item.meeting_id == meeting.pk else None,
            restricted_because=because,
            excludes_observers=excludes,
            source=source,
            by=by,
            at=at,
        )
    row = write(
        row,
        version,
        outcome=outcome,
        outcome_text=text,
        action=action,
        answering_title=row.answering_post.title if row.answering_post else "",
        concluded_name=by.name,
        concluded_at=at,
        concluded_by=by,
    )
    events.record(by=by, at=at, what="challenge.concluded", on=row, outcome=outcome)
    return row


def _access_of(row):
    """Return the reason for restricting what comes of a question, and whether it excludes observers, as it does."""
    parts = [part for part in (row, row.item) if part and part.is_restricted]
    return parts[0].restricted_because if parts else "", any(part.excludes_observers for part in parts)


def _require_fitting(board, seat, recommendation, target, month, meeting, at):
    """Refuse a question that does not belong together; no page offers one."""
    if not board.seats.present(timezone.localdate(at)).asking().filter(pk=seat.pk).exists():
        raise Refused("Only the chair and members can ask questions.", "seat")
    plan = board.plan
    if (recommendation is None) == (target is None):
        raise Refused("Choose one recommendation or one target.")
    if recommendation is not None and recommendation.plan_id != plan.pk:
        raise Refused("Choose a recommendation in the Board’s plan.")
    if target is not None and target.notice_id != plan.notice_id:
        raise Refused("Choose a target of the plan’s Notice.")
    if month is not None and (month.plan_id != plan.pk or not month.is_published):
        raise Refused("Choose a published month.")
    if meeting is not None and meeting.board_id != board.pk:
        raise Refused("Choose a meeting of this Board.", "meeting")


def _asker(seat, by):
    """Return who asks: the seat's own account by its name, else the seat by its role and body, and who enters it."""
    if seat.user_id == by.pk:
        return {"asked_name": by.name}
    return {"asked_name": f"{seat.get_role_display()}, {seat.organisation or seat.person}", "entered_name": by.name}


def _is_same(row, outcome, text, action, wording):
    """Whether `row` is concluded in just that way: a second click changes nothing and is no error."""
    is_same_action = row.action is None or (row.action == action if action else row.action.wording == wording)
    return (row.outcome, row.outcome_text) == (outcome, text) and is_same_action


def _errors(row, outcome, text, action, meeting, wording, owner_post):
    """Return what is missing or does not fit in a conclusion, by the name of its field."""
    if outcome not in Challenge.Outcome.values:
        return {"outcome": "Choose a conclusion."}
    if outcome in _NEEDS_TEXT and not text:
        return {"text": _NEEDS_TEXT[outcome]}
    if outcome != Challenge.Outcome.ACTION:
        return {}
    if action is not None:
        return {} if action.board_id == row.board_id else {"action": "Choose an action of this Board."}
    errors = {}
    if not wording:
        errors["wording"] = "Enter what needs to be done, or choose an action from the log."
    if owner_post is None:
        errors["owner_post"] = "Choose the post that will do it."
    if meeting is None or meeting.board_id != row.board_id:
        errors["meeting"] = "Choose the meeting that agreed the action."
    return errors


def _locked(challenge):
    rows = Challenge.objects.select_for_update(of=("self",))
    related = ("board__plan__notice", "recommendation", "target", "answering_post__holder", "action", "item")
    return rows.select_related(*related).get(pk=challenge.pk)


def _require_open(row):
    if row.concluded_at:
        raise Refused(CONCLUDED)
