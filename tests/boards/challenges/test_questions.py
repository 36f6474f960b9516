"""What is asked, answered and concluded, and what is refused."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Event
from boards import challenges, meetings
from boards.models import BoardAction, Challenge, Seat
from improvement.records.refusals import Conflict, Incomplete, Refused
from tests import factories
from tests.factories import AT, answered, concluded, later, post, user


@pytest.fixture
def plan(db):
    plan = factories.plan(2)
    plan.notice = factories.notice()
    plan.save()
    return plan


def seat(plan, name="Mo Member"):
    return plan.board.seats.get(user=user(name))


def events():
    return list(Event.objects.filter(what__startswith="challenge.").order_by("pk").values_list("what", flat=True))


def test_a_question_about_a_recommendation_is_put_to_its_lead_post(plan):
    row = factories.challenge(plan)
    assert (row.number, row.about, row.answering_post) == (1, plan.recommendations.first(), post())
    assert (row.about_reference, row.about_title) == ("R01", "Recommendation 1")
    assert (row.asked_name, row.entered_name, row.state) == ("Mo Member", "", "open")
    assert events() == ["challenge.asked"]


def test_a_question_about_a_target_is_put_to_its_owner(plan):
    target = plan.notice.targets.get()
    row = factories.challenge(plan, target=target)
    assert (row.answering_post, row.about_reference, row.about_title) == (None, target.reference, target.wording)
    target.owner_post = post("Director of Children")
    target.save()
    assert factories.challenge(plan, "And now?", target=target).answering_post == target.owner_post


def test_what_the_office_enters_for_a_seat_names_its_role_and_body_and_who_entered_it(plan):
    police = factories.SeatFactory(board=plan.board, user=None, person="Pat Police", organisation="Thornbury Police")
    recommendation = plan.recommendations.first()
    row = challenges.ask(
        board=plan.board, seat=police, question="Why?", recommendation=recommendation, by=user("Olga Office"), at=AT
    )
    assert (row.asked_name, row.entered_name) == ("Member, Thornbury Police", "Olga Office")


def test_what_the_office_enters_for_a_seat_without_a_body_names_the_person(plan):
    row = challenges.ask(
        board=plan.board,
        seat=seat(plan),
        question="Why?",
        recommendation=plan.recommendations.first(),
        by=user("Olga Office"),
        at=AT,
    )
    assert row.asked_name == "Member, Mo Member"


def test_a_question_may_be_about_a_published_month_and_asked_at_a_meeting(plan):
    about = {"month": factories.published(factories.month(plan)), "meeting": factories.held(plan)}
    row = factories.challenge(plan, **about)
    assert {name: getattr(row, name) for name in about} == about


def test_the_same_question_again_is_not_asked_twice_until_it_is_concluded(plan):
    first = factories.challenge(plan)
    assert factories.challenge(plan, " How do you know? ") == first
    assert factories.challenge(plan, "How do you know?", by=user("Cass Chair")).number == 2
    concluded(answered(first))
    assert factories.challenge(plan).number == 3
    assert events().count("challenge.asked") == 3


def test_a_question_needs_words(plan):
    with pytest.raises(Incomplete) as refusal:
        factories.challenge(plan, " \n ")
    assert refusal.value.errors == {"question": "Enter the question."}
    assert not Challenge.objects.exists()


def test_only_the_chair_and_members_ask_and_only_while_they_sit(plan):
    with pytest.raises(Refused, match="Only the chair and members"):
        factories.challenge(plan, by=user("Obi Observer"))
    Seat.objects.filter(user=user("Mo Member")).update(to_on=date(2011, 4, 30))
    with pytest.raises(Refused, match="Only the chair and members"):
        factories.challenge(plan)


def test_a_question_is_about_what_the_board_reads(plan):
    other = factories.plan(1, slug="other")
    open_month = factories.month(plan)
    target = plan.notice.targets.get()
    for asked, sentence in (
        ({"recommendation": other.recommendations.get()}, "in the Board’s plan"),
        ({"target": factories.notice("other").targets.get()}, "of the plan’s Notice"),
        ({"recommendation": plan.recommendations.first(), "target": target}, "one recommendation or one target"),
        ({"month": open_month}, "Choose a published month"),
        ({"month": factories.published(factories.month(other))}, "Choose a published month"),
        ({"meeting": factories.held(other)}, "meeting of this Board"),
    ):
        with pytest.raises(Refused, match=sentence):
            factories.challenge(plan, **asked)
    assert not Challenge.objects.exists()


def test_another_post_is_given_the_question_until_it_is_answered(plan):
    row = factories.challenge(plan)
    director, office = post("Director of Children"), user("Olga Office")
    for _ in range(2):
        row = challenges.assign(challenge=row, post=director, version=0, by=office, at=AT)
    assert (row.answering_post, row.version) == (director, 1)
    assert events() == ["challenge.asked", "challenge.assigned"]
    row = answered(row, by=user("Liam Lead"))
    with pytest.raises(Refused, match="already been answered"):
        challenges.assign(challenge=row, post=post(), version=row.version, by=office, at=AT)


def test_a_question_that_nobody_answers_is_given_to_a_post(plan):
    row = factories.challenge(plan, target=plan.notice.targets.get())
    row = challenges.assign(challenge=row, post=post(), version=0, by=user("Olga Office"), at=AT)
    assert row.answering_post == post()
    assert Event.objects.get(what="challenge.assigned").detail == {"before": None, "after": "Head of Safeguarding"}


def test_a_question_is_given_to_a_post_with_a_part_in_the_plan(plan):
    row = factories.challenge(plan)
    with pytest.raises(Refused) as caught:
        challenges.assign(challenge=row, post=post("Head of Elsewhere"), version=0, by=user("Olga Office"), at=AT)
    assert str(caught.value) == "Choose a post with a part in the plan or in its Notice."
    assert caught.value.field == "post"
    row.refresh_from_db()
    assert row.answering_post == post()


def test_an_answer_names_who_gave_it_and_for_whom(plan):
    row = answered(factories.challenge(plan))
    assert (row.answer, row.answered_name, row.answered_for) == ("From the audits.", "Ada Officer", "")
    deputy = answered(factories.challenge(plan, "And?"), by=user("Dev Deputy"))
    assert (deputy.answered_name, deputy.answered_for) == ("Dev Deputy", "Head of Safeguarding (Ada Officer)")
    partner = post("Detective, Child Protection")
    plan.recommendations.update(lead_post=partner)
    entered = answered(factories.challenge(plan, "And you?"), by=user("Olga Office"))
    assert entered.answered_for == "Detective, Child Protection, Thornbury Council"


def test_the_same_answer_again_changes_nothing(plan):
    row = factories.challenge(plan)
    first = answered(row)
    again = answered(row, at=later(hours=1))
    assert (again.version, again.answered_at) == (first.version, first.answered_at) == (1, AT)
    assert events() == ["challenge.asked", "challenge.answered"]


def test_an_answer_may_be_put_better_and_the_event_keeps_what_stood(plan):
    row = answered(answered(factories.challenge(plan)), "From both audits.", by=user("Dev Deputy"))
    assert (row.answer, row.answered_name) == ("From both audits.", "Dev Deputy")
    assert Event.objects.filter(what="challenge.answered").latest("pk").detail["before"] == "From the audits."


@pytest.mark.parametrize(
    ("text", "by"), [("From both audits.", "Ada Officer"), ("From the audits.", "Dev Deputy")], ids=["text", "person"]
)
def test_another_text_or_the_same_of_another_person_is_another_answer(plan, text, by):
    row = answered(answered(factories.challenge(plan)), text, by=user(by))
    assert (row.answer, row.answered_name, row.version) == (text, by, 2)


def test_who_did_not_see_the_first_answer_does_not_write_over_it(plan):
    row = factories.challenge(plan)
    answered(row)
    with pytest.raises(Conflict) as refusal:
        answered(row, "Another.", by=user("Dev Deputy"))
    assert refusal.value.current.answer == "From the audits."


def test_an_answer_needs_words_and_a_post(plan):
    row = factories.challenge(plan, target=plan.notice.targets.get())
    with pytest.raises(Refused, match="Choose a post to answer this question first"):
        answered(row)
    row = factories.challenge(plan)
    with pytest.raises(Incomplete) as refusal:
        answered(row, " ")
    assert refusal.value.errors == {"answer": "Enter the answer."}


def test_nothing_comes_of_a_question_before_it_is_answered(plan):
    with pytest.raises(Refused, match="has not been answered yet"):
        concluded(factories.challenge(plan))


@pytest.mark.parametrize(
    ("told", "errors"),
    [
        ({"outcome": ""}, {"outcome": "Choose a conclusion."}),
        ({"outcome": "applause"}, {"outcome": "Choose a conclusion."}),
        ({"outcome": "view", "text": " "}, {"text": "Enter the Board’s view."}),
        ({"outcome": "date"}, {"text": "Say which date was changed, the new date, and why."}),
        (
            {"outcome": "action"},
            {
                "wording": "Enter what needs to be done, or choose an action from the log.",
                "owner_post": "Choose the post that will do it.",
                "meeting": "Choose the meeting that agreed the action.",
            },
        ),
    ],
)
def test_what_came_of_it_has_to_be_whole(plan, told, errors):
    row = answered(factories.challenge(plan))
    with pytest.raises(Incomplete) as refusal:
        concluded(row, **told)
    assert refusal.value.errors == errors
    row.refresh_from_db()
    assert row.state == "answered"


def test_what_came_of_it_is_an_action_of_the_same_board(plan):
    row = answered(factories.challenge(plan))
    elsewhere = factories.held(factories.plan(slug="other"))
    for told, errors in (
        ({"action": factories.action(elsewhere)}, {"action": "Choose an action of this Board."}),
        (
            {"meeting": elsewhere, "wording": "Audit again.", "owner_post": post()},
            {"meeting": "Choose the meeting that agreed the action."},
        ),
    ):
        with pytest.raises(Incomplete) as refusal:
            concluded(row, "action", **told)
        assert refusal.value.errors == errors


def test_an_action_stands_under_the_item_of_its_question_at_that_meeting_alone(plan):
    asked_at, agreed_at = factories.held(plan, date(2011, 4, 11)), factories.held(plan, AT.date())
    for meeting, item in ((asked_at, asked_at.items.last()), (agreed_at, None)):
        asked = factories.challenge(plan, f"Of {meeting}?", meeting=asked_at, item=asked_at.items.last())
        told = {"meeting": meeting, "wording": f"Act on {asked.question}", "owner_post": post()}
        assert concluded(answered(asked), "action", **told).action.item == item


def test_the_same_conclusion_in_other_words_is_another(plan):
    row = concluded(answered(factories.challenge(plan)), "view", text="It is red to us.")
    assert concluded(row, "view", text="It is red to us.") == row
    for outcome, text in (("view", "It is amber to us."), ("date", "It is red to us.")):
        with pytest.raises(Refused, match="it can no longer be changed"):
            concluded(row, outcome, text=text)


def test_an_item_is_named_with_its_meeting(plan):
    meeting, other = factories.held(plan, date(2011, 4, 11)), factories.held(plan, AT.date())
    for asked in ({"item": meeting.items.last()}, {"item": meeting.items.last(), "meeting": other}):
        with pytest.raises(Refused, match="Choose an item on this meeting’s agenda"):
            factories.challenge(plan, **asked)


def test_an_agreed_action_goes_into_the_log_once(plan):
    row = answered(factories.challenge(plan))
    meeting = factories.held(plan, AT.date())
    told = {
        "outcome": "action",
        "meeting": meeting,
        "wording": "Audit again.",
        "owner_post": post(),
        "due_on": date(2011, 6, 30),
    }
    for _ in range(2):
        row = concluded(row, **told)
    action = BoardAction.objects.get()
    assert (row.action, row.outcome, row.state) == (action, "action", "concluded")
    assert (action.wording, action.owner, action.raised_at) == ("Audit again.", "Head of Safeguarding", meeting)
    assert (action.recommendation, action.due_on) == (row.recommendation, date(2011, 6, 30))
    assert events()[-1:] == ["challenge.concluded"]
    with pytest.raises(Refused, match="so it can no longer be changed"):
        concluded(row, **told | {"wording": "Audit everything."})


def test_an_action_of_the_log_is_named_and_none_is_raised(plan):
    first = answered(factories.challenge(plan))
    meeting = factories.held(plan, AT.date())
    action = concluded(first, "action", meeting=meeting, wording="Audit again.", owner_post=post()).action
    second = concluded(answered(factories.challenge(plan, "And?")), "action", action=action)
    assert (second.action, BoardAction.objects.count()) == (action, 1)


def test_fields_of_an_action_are_left_out_where_none_was_agreed(plan):
    row = answered(factories.challenge(plan))
    meeting = factories.held(plan, AT.date())
    row = concluded(row, "view", text="It is red to us.", meeting=meeting, wording="Audit.", owner_post=post())
    assert (row.action, row.outcome_text, row.concluded_name) == (None, "It is red to us.", "Cass Chair")
    assert not BoardAction.objects.exists()


def test_an_action_of_the_log_is_left_out_where_none_was_agreed(plan):
    action = factories.action(factories.held(plan))
    row = concluded(answered(factories.challenge(plan)), "view", text="It is red to us.", action=action)
    assert row.action is None


@pytest.mark.parametrize("excludes", [False, True])
def test_what_comes_of_a_question_under_a_restricted_item_is_restricted_at_another_meeting_too(plan, excludes):
    access = {"restricted_because": "Names a person.", "excludes_observers": excludes}
    asked_at, agreed_at = factories.held(plan, date(2011, 4, 11)), factories.held(plan, AT.date())
    item = meetings.add_item(meeting=asked_at, title="Staffing", **access, by=user("Olga Office"), at=AT)
    row = answered(factories.challenge(plan, meeting=asked_at, item=item))
    action = concluded(row, "action", meeting=agreed_at, wording="Act on it.", owner_post=post()).action
    assert {"item": action.item, **{name: getattr(action, name) for name in access}} == {"item": None, **access}


def test_a_concluded_question_is_not_answered_assigned_or_concluded_again(plan):
    row = concluded(answered(factories.challenge(plan)))
    for write in (
        lambda: answered(row, "Another."),
        lambda: concluded(row, by=user("Olga Office")),
        lambda: challenges.assign(challenge=row, post=post("Director"), version=row.version, by=user(), at=AT),
    ):
        with pytest.raises(Refused, match="so it can no longer be changed"):
            write()


def test_age_counts_days_until_it_is_concluded(plan):
    row = factories.challenge(plan)
    assert row.age(later(days=9).date()) == 9
    row = concluded(answered(row, at=later(days=3)), at=later(days=5))
    assert row.age(later(days=9).date()) == 5


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"question": ""}, "challenge_asks_something"),
        ({"recommendation": None}, "challenge_is_about_a_recommendation_or_a_target"),
        ({"answer": "Yes."}, "challenge_is_answered_by_someone"),
        ({"outcome": "none"}, "challenge_is_concluded_by_someone"),
        ({"number": 1}, "challenge_number_is_unique_in_its_board"),
    ],
)
def test_the_database_refuses_half_a_question(plan, fields, constraint):
    row = factories.challenge(plan)
    row.pk, row.number = None, 2
    for field, value in fields.items():
        setattr(row, field, value)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        Challenge.objects.bulk_create([row])
    assert constraint in str(refusal.value) or "boards_challenge.number" in str(refusal.value)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"outcome": "none"}, "challenge_is_answered_before_it_is_concluded"),
        ({"outcome": "action"}, "challenge_names_the_action_that_was_agreed"),
    ],
)
def test_the_database_refuses_half_a_conclusion(plan, fields, constraint):
    row = factories.challenge(plan)
    if constraint.endswith("agreed"):
        row = answered(row)
    row.pk, row.number, row.concluded_at, row.concluded_by = None, 2, AT, user("Cass Chair")
    row.outcome = fields["outcome"]
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Challenge.objects.bulk_create([row])


def test_questions_asked_at_once_are_numbered_one_by_one(transactional_db):
    plan, ready = factories.plan(), Barrier(4)

    def ask(number):
        ready.wait()
        factories.challenge(plan, f"Question {number}?")
        connection.close()

    threads = [Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(Challenge.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]


def test_its_age_says_how_long_it_stands_or_what_it_took(plan):
    row = factories.challenge(plan)
    row.days = row.age(date(2011, 5, 2))
    assert row.age_words == "Open for 1 day"
    row = answered(row, at=later(days=3))
    row.days = row.age(date(2011, 5, 8))
    assert row.age_words == "Answered after 3 days"
    row = concluded(row, at=later(days=9))
    row.days = row.age(date(2011, 6, 8))
    assert row.age_words == "Concluded after 9 days"
