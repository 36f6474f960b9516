"""What the Board of Leeds asked and advised, as `fixtures/leeds_challenge.json` tells it, through the pages' verbs.

The questions are illustrative. They are asked from the seat that has an account, under the name of that account, which
is its role: the sources name every person who sits there. The advice is what they publish of it, word for word.
"""

from datetime import date

from django.db import transaction

from accounts.models import Post, User
from boards import challenges
from boards.challenges import advice
from boards.models import Board, Seat
from improvement.demonstration import moment, read

DOMAIN = "@leeds.example"
MEMBER, OFFICE = "board-member", "programme-office"
ILLUSTRATIVE = "Illustrative: not in the sources"


def add_missing(until=None):
    """Ask and record what the database lacks, each in a transaction of its own; leave alone what it has.

    With `until`, only what was asked or recorded by that moment.
    """
    board = Board.objects.select_related("plan__notice").get(slug="leeds")
    people = {user.email.removesuffix(DOMAIN): user for user in User.objects.filter(is_demonstration=True)}
    seat = Seat.objects.filter(board=board, user=people[MEMBER]).first()
    told = read("leeds_challenge.json")
    asked = set(board.challenges.values_list("question", flat=True))
    for question in told["questions"]:
        if seat and question["question"] not in asked and _is_due(question["asked_at"], until):
            _play_question(board, seat, people, question)
    advised = set(board.advice.values_list("wording", flat=True))
    for row in told["advice"]:
        if row["wording"] not in advised and _is_due(row["recorded_at"], until):
            _play_advice(board, people, row)


def _is_due(told, until):
    return until is None or moment(told) <= until


@transaction.atomic
def _play_question(board, seat, people, told):
    about = {
        "recommendation": board.plan.recommendations.filter(reference=told.get("recommendation")).first(),
        "target": board.plan.notice.targets.filter(reference=told.get("target")).first(),
        "month": board.plan.months.filter(month=told.get("month")).first(),
        "meeting": board.meetings.filter(held_on=told["meeting"]).first(),
    }
    row = challenges.ask(
        board=board,
        seat=seat,
        question=told["question"],
        source=ILLUSTRATIVE,
        by=people[MEMBER],
        at=moment(told["asked_at"]),
        **about,
    )
    if "answer" in told:
        by, at = people[told["answered_by"]], moment(told["answered_at"])
        row = challenges.answer(challenge=row, version=row.version, answer=told["answer"], by=by, at=at)
    if "outcome" in told:
        challenges.conclude(
            challenge=row,
            version=row.version,
            outcome=told["outcome"],
            text=told["text"],
            action=board.actions.filter(number=told.get("action")).first(),
            by=people[OFFICE],
            at=moment(told["concluded_at"]),
        )


@transaction.atomic
def _play_advice(board, people, told):
    office = people[OFFICE]
    row = advice.record(
        board=board,
        wording=told["wording"],
        body=board.bodies.filter(number=told.get("body")).first(),
        meeting=board.meetings.filter(held_on=told.get("meeting")).first(),
        source=told["source"],
        by=office,
        at=moment(told["recorded_at"]),
    )
    if "response" in told:
        title, organisation = told.get("responding_post", ("", ""))
        row = advice.respond(
            advice=row,
            version=row.version,
            response=told["response"],
            responded_on=date.fromisoformat(told["responded_on"]) if "responded_on" in told else None,
            responding_post=Post.objects.filter(title=title, organisation=organisation).first(),
            by=office,
            at=moment(told["recorded_at"]),
        )
    if "result" in told:
        advice.conclude(
            advice=row, version=row.version, result=told["result"], by=office, at=moment(told["concluded_at"])
        )
