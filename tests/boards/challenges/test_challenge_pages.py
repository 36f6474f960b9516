"""The challenge log and the pages on which a question is asked, answered and concluded."""

import csv
from datetime import date
from io import BytesIO, StringIO
from urllib.parse import urlencode

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards.models import BoardAction, Challenge
from tests import factories
from tests.boards.reading import address, main, text
from tests.factories import AT, answered, concluded, post, user

pytestmark = pytest.mark.django_db

LOG = "/boards/thornbury/challenges/"
ASK = "/boards/thornbury/recommendations/R01/ask/"
ASK_TARGET = "/boards/thornbury/targets/N01/ask/"
HOME = "/boards/thornbury/home/"
TARGET = "/notices/thornbury/targets/N01/"


@pytest.fixture
@factories.once
def plan():
    """A plan with a Notice, whose April is published with R01 amber."""
    plan = factories.plan(3, themes=2)
    plan.notice = factories.notice()
    plan.caveat = "Illustrative, all of it."
    plan.save()
    april = factories.month(plan, 4)
    factories.signed_off(april.updates.get(reference="R01"))
    factories.published(april)
    return plan


@pytest.fixture
def time_stands(settings):
    """The clock of the pages stands at 1 May 2011."""
    settings.DEMONSTRATION_NOW = AT


def signed_in(client, name):
    client.force_login(user(name))
    return client


@pytest.fixture
def member(client, plan):
    return signed_in(client, "Mo Member")


def log(client, query=""):
    response = client.get(LOG + query)
    assert response.status_code == 200
    return [row.record.number for row in response.context["table"].rows]


# Asking


def test_a_member_asks_about_a_recommendation(member, plan):
    page = text(member.get(ASK))
    assert "Improve matter 1 without delay." in page
    assert "April 2011: Amber" in page
    assert "The Head of Safeguarding will be asked to answer." in page
    assert "Who is asking?" not in page
    response = member.post(ASK, {"question": "How do you know?"}, follow=True)
    assert response.redirect_chain == [(f"{LOG}1/", 302)]
    assert "Question 1 has been asked." in text(response)
    row = Challenge.objects.get()
    assert (row.asked_name, row.month, row.meeting) == ("Mo Member", plan.months.get(), None)


def test_pasted_tables_are_tables_in_a_question_and_its_answer(member, plan):
    row = factories.challenge(plan, "| Month | In time |\n| May | 81% |")
    factories.answered(row, "| Month | Cases |\n| May | 12 |")
    page = member.get("/boards/thornbury/challenges/1/").content.decode()
    assert page.count('<td class="govuk-table__cell">May</td>') == 2


def test_a_question_is_about_the_month_that_the_address_names(member, plan):
    factories.published(factories.month(plan, 5))
    member.post(f"{ASK}?month=2011-04", {"question": "Why?"})
    assert Challenge.objects.get().month.month == date(2011, 4, 1)
    factories.month(plan, 6)
    for month in ("2011-06", "2010-01", "x", "%00"):
        assert member.get(f"{ASK}?month={month}").status_code == 404


def test_a_question_is_for_the_next_meeting_unless_another_is_chosen(client, plan, time_stands):
    for day in (date(2011, 4, 11), date(2011, 5, 9), date(2011, 6, 13)):
        factories.meeting(plan, day)
    form = signed_in(client, "Mo Member").get(ASK).context["form"]
    assert form["meeting"].initial.held_on == date(2011, 5, 9)
    client.post(ASK, {"question": "Why?", "meeting": plan.board.meetings.get(held_on=date(2011, 6, 13)).pk})
    assert Challenge.objects.get().meeting.held_on == date(2011, 6, 13)


def test_meetings_to_come_are_offered_that_of_today_among_them(client, plan, time_stands):
    for day in (date(2011, 4, 30), date(2011, 5, 1), date(2011, 5, 9)):
        factories.meeting(plan, day)
    form = signed_in(client, "Mo Member").get(ASK).context["form"]
    assert [row.held_on.day for row in form.fields["meeting"].queryset] == [1, 9]
    assert form["meeting"].initial.held_on == date(2011, 5, 1)


def test_a_meeting_of_long_ago_is_not_offered(member, plan):
    meeting = factories.meeting(plan)
    assert "Which meeting is it for?" not in text(member.get(ASK))
    member.post(ASK, {"question": "Why?", "meeting": meeting.pk})
    assert Challenge.objects.get().meeting is None


def test_what_was_asked_before_stands_beside_the_form(member, plan):
    answered(factories.challenge(plan, "What was done?"))
    assert "1 question What was done?" not in text(member.get(ASK))
    page = text(member.get(ASK))
    assert "Earlier questions: 1 question" in page
    assert "From the audits." in page


def test_the_page_of_a_question_has_the_caveat_of_the_plan_and_not_of_the_month_beside_it(member, plan):
    plan.caveat = "Illustrative since today."
    plan.save()
    assert "Illustrative since today." in member.get(ASK).content.decode()


def test_an_empty_question_is_pointed_out_and_nothing_is_asked(member):
    response = member.post(ASK, {"question": " "})
    assert response.context["form"].errors == {"question": ["Enter the question."]}
    assert not Challenge.objects.exists()


def test_a_double_click_asks_once(member):
    for _ in range(2):
        assert member.post(ASK, {"question": "Why?"}).status_code == 302
    assert Challenge.objects.count() == 1


def test_the_programme_office_enters_what_a_seat_asks(client, plan):
    police = factories.SeatFactory(board=plan.board, user=None, person="", organisation="Thornbury Police")
    office = signed_in(client, "Olga Office")
    response = office.post(ASK, {"question": "Why?"})
    assert response.context["form"].errors == {"seat": ["Answer “Who is asking?”."]}
    office.post(ASK, {"question": "Why?", "seat": police.pk})
    page = text(office.get(f"{LOG}1/"))
    assert "Asked by Member, Thornbury Police (entered by Olga Office), " in page
    observer = plan.board.seats.get(role="observer")
    assert office.post(ASK, {"question": "And?", "seat": observer.pk}).status_code == 200
    assert Challenge.objects.count() == 1


def test_a_member_asks_about_a_target_of_the_notice(member, plan):
    assert "will choose a post to answer" in text(member.get(ASK_TARGET))
    member.post(ASK_TARGET, {"question": "By when?"})
    row = Challenge.objects.get()
    assert (row.target, row.recommendation, row.month) == (plan.notice.targets.get(), None, None)
    assert "Increase timely assessments" in text(member.get(f"{LOG}1/"))


@pytest.mark.parametrize("page", ["recommendations/R99/ask/", "targets/N99/ask/", "challenges/9/", "advice/9/"])
def test_what_is_not_there_is_a_404(member, page):
    assert member.get(f"/boards/thornbury/{page}").status_code == 404
    assert member.get(f"/boards/elsewhere/{page}").status_code == 404


def test_the_dashboard_lets_chair_and_members_ask_beside_each_recommendation_to_look_at(client, plan):
    month = plan.months.get()
    for name, is_asking in (("Mo Member", True), ("Cass Chair", True), ("Obi Observer", False), ("Ada Officer", False)):
        page = main(signed_in(client, name).get(address(month)))
        links = [f"/boards/thornbury/recommendations/R0{number}/ask/?month=2011-04" in page for number in (1, 2, 3)]
        # The first is on track, and stands in the grid alone.
        assert links == [False, is_asking, is_asking]


def test_a_month_that_is_open_offers_no_question(client, plan):
    factories.SeatFactory(board=plan.board, user=user("Olga Office"))
    month = factories.month(plan)
    assert "/ask/" not in main(signed_in(client, "Olga Office").get(address(month)))


# Reading


def test_the_story_of_a_recommendation_tells_its_questions_for_good(client, plan):
    answered(factories.challenge(plan, "What was done?"))
    concluded(answered(factories.challenge(plan, "And since?")), "view", text="It is red to us.")
    factories.challenge(plan, "Not here.", recommendation=plan.recommendations.get(reference="R02"))
    for name in ("Mo Member", "Obi Observer", "Ada Officer"):
        page = text(signed_in(client, name).get("/plans/thornbury/recommendations/R01/"))
        for words in ("What was done?", "From the audits.", "Answered by Ada Officer", "It is red to us."):
            assert words in page
        assert "Conclusion: The Board's view differs from the rating." in page.replace("&#x27;", "'")
        assert "Not here." not in page
        assert ("Ask a question" in page) == (name == "Mo Member")


def test_the_page_of_a_target_tells_its_questions(client, plan):
    factories.challenge(plan, "By when?", target=plan.notice.targets.get())
    for name, is_asking in (("Mo Member", True), ("Olga Office", True), ("Obi Observer", False)):
        page = text(signed_in(client, name).get(TARGET))
        assert "By when?" in page
        assert ("Ask a question" in page) == is_asking


def test_the_page_of_a_meeting_tells_what_was_asked_for_it(client, plan):
    factories.challenge(plan, "Of April?", meeting=factories.held(plan))
    factories.challenge(plan, "Of May?", meeting=factories.meeting(plan))
    page = text(signed_in(client, "Obi Observer").get("/boards/thornbury/meetings/2011-04-11/"))
    assert "Of April?" in page
    assert "Of May?" not in page


def test_the_log_names_state_age_and_post(client, plan, time_stands):
    factories.challenge(plan, "What was done?", at=factories.later(days=-12))
    page = text(signed_in(client, "Obi Observer").get(LOG))
    assert "1 of 1 questions" in page
    for words in ("What was done?", "R01", "Mo Member", "19 Apr 2011", "Open for 12 days", "Head of Safeguarding"):
        assert words.replace(" ", " ") in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "Not answered" in page


def test_the_log_says_that_it_is_empty(member):
    assert "No questions have been asked yet." in text(member.get(LOG))


def test_the_log_filters_sorts_and_ignores_what_means_nothing(member, plan):
    target = plan.notice.targets.get()
    factories.challenge(plan, "First?")
    answered(factories.challenge(plan, "Second?", recommendation=plan.recommendations.get(reference="R02")))
    concluded(answered(factories.challenge(plan, "Third?", by=user("Cass Chair"))))
    factories.challenge(plan, "Fourth?", target=target)
    for query, numbers in {
        "": [4, 3, 2, 1],
        "?state=open": [4, 1],
        "?state=answered": [2],
        "?state=concluded": [3],
        "?about=R02": [2],
        "?about=N01": [4],
        "?theme=2": [2],
        "?theme=none": [4],
        f"?post={post().pk}": [3, 2, 1],
        "?post=none": [4],
        "?asked=Cass+Chair": [3],
        "?q=audits+SECOND": [2],
        "?state=open&state=concluded": [4, 3, 1],
        "?asked=Cass+Chair&about=N01&about=R01": [3],
        "?q=%00": [4, 3, 2, 1],
        "?q=" + "a" * 200: [4, 3, 2, 1],
        "?state=pink&theme=99&post=x&about=%C3%A9": [4, 3, 2, 1],
        "?sort=number": [1, 2, 3, 4],
        "?sort=about": [4, 1, 3, 2],
        "?sort=-state": [3, 2, 4, 1],
        "?sort=asked_name": [3, 1, 2, 4],
        "?sort=nothing": [4, 3, 2, 1],
        "?page=99&per_page=0": [4, 3, 2, 1],
        "?sort=days": [3, 1, 2, 4],
    }.items():
        assert (query, log(member, query)) == (query, numbers)


def test_the_log_finds_everything_that_its_rows_files_and_pages_say(member, plan, time_stands):
    factories.challenge(plan, "Another?", by=user("Cass Chair"), target=plan.notice.targets.get())
    whole = concluded(answered(factories.challenge(plan, "Whose naïveté – and the council’s?"), "A façade’s."))
    told = ["naivete - council's", "A FACADE'S", whole.outcome_text, whole.about_title]
    told += [whole.answering_post.title, whole.answering_post.organisation, whole.concluded_name]
    told += [str(plan.themes.first()), "1 May 2011", whole.get_outcome_display(), "Concluded after"]
    for words in told:
        assert (words, whole.number in log(member, f"?{urlencode({'q': words})}")) == (words, True)
    sheet = log_rows(member, whole.number)
    for words in sheet:
        assert (words, whole.number in log(member, f"?{urlencode({'q': words[:100]})}")) == (words, True)


def log_rows(client, number):
    """Every text of the log's workbook about one question."""
    book = openpyxl.load_workbook(BytesIO(client.get(f"{LOG}?_export=xlsx").content))
    (row,) = [row for row in book.active.iter_rows(values_only=True) if row[0] == number]
    return [value for value in row if isinstance(value, str)]


def test_the_log_is_exported_as_it_is_filtered_and_sorted(member, plan):
    factories.challenge(plan, "=cmd()")
    answered(factories.challenge(plan, "Second?"))
    factories.challenge(plan, "Third?", target=plan.notice.targets.get())
    response = member.get(f"{LOG}?about=R01&sort=number&_export=csv")
    lines = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert lines[0] == ["Thornbury Improvement Board: challenge log"]
    assert lines[2:4] == [["Illustrative, all of it."], ["Filters: About: R01 Recommendation 1. 2 of 3 questions."]]
    rows = [dict(zip(lines[5], line, strict=True)) for line in lines[6:]]
    assert [(row["Number"], row["Question"], row["Answer"]) for row in rows] == [
        ("1", "'=cmd()", ""),
        ("2", "Second?", "From the audits."),
    ]
    book = openpyxl.load_workbook(BytesIO(member.get(f"{LOG}?_export=xlsx").content))
    assert [cell.value for cell in book.active["F"]][6:] == ["Third?", "Second?", "=cmd()"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_take_as_many_queries_for_one_question_as_for_three(client, plan, number):
    for place in range(number):
        concluded(answered(factories.challenge(plan, f"Question {place}?", by=user("Cass Chair"))))
        factories.challenge(plan, f"Open question {place}?", by=user("Cass Chair"))
        factories.challenge(plan, f"By when? {place}", target=plan.notice.targets.get())
    signed_in(client, "Cass Chair")
    counted = {}
    for page in (LOG, f"{LOG}1/", f"{LOG}2/", ASK, ASK_TARGET, HOME, TARGET):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        counted[page] = len(captured)
    assert counted == {LOG: 7, f"{LOG}1/": 7, f"{LOG}2/": 7, ASK: 13, ASK_TARGET: 11, HOME: 17, TARGET: 11}


# Answering


def test_the_officer_finds_the_question_among_what_they_owe_and_answers_it(client, plan):
    factories.challenge(plan, "How do you know?")
    officer = signed_in(client, "Ada Officer")
    page = text(officer.get("/my/updates/"))
    for words in ("Questions to answer", "R01 Recommendation 1", "How do you know?", "You have no updates to submit."):
        assert words in page
    assert "You are answering for" not in text(officer.get(f"{LOG}1/answer/"))
    response = officer.post(f"{LOG}1/answer/", {"answer": "From\r\nthe audits.", "version": 0}, follow=True)
    assert response.redirect_chain == [(f"{LOG}1/", 302)]
    assert Challenge.objects.get().answer == "From\nthe audits."
    assert "Questions to answer" not in text(officer.get("/my/updates/"))


def test_who_answers_for_a_post_is_told_so(client, plan):
    factories.challenge(plan)
    page = text(signed_in(client, "Olga Office").get(f"{LOG}1/answer/"))
    assert "You are answering for the Head of Safeguarding (Ada Officer). The record will say so." in page


def test_a_post_outside_the_plan_finds_its_question_in_the_menu(client, plan):
    plan.notice.targets.update(owner_post=post("Head of Targets", user("Tia Target")))
    owner = signed_in(client, "Tia Target")
    assert "My updates" not in owner.get("/").content.decode()
    factories.challenge(plan, "By when?", target=plan.notice.targets.get())
    assert owner.get("/").url == "/my/updates/"
    assert "N01" in text(owner.get("/my/updates/"))
    assert owner.get(f"{LOG}1/answer/").status_code == 200
    page = owner.get(f"{LOG}1/").content.decode()
    assert 'href="/boards/thornbury/"' not in page
    assert "Back to the target" in page
    assert owner.get(LOG).status_code == 404


def test_both_answers_are_shown_when_somebody_else_was_first(client, plan):
    answered(factories.challenge(plan), "Theirs.", by=user("Dev Deputy"))
    officer = signed_in(client, "Ada Officer")
    response = officer.post(f"{LOG}1/answer/", {"answer": "Mine.", "version": 0})
    assert response.status_code == 409
    page = text(response)
    assert "Someone else changed this" in page
    assert "Theirs." in page
    assert "Mine." in response.content.decode()
    officer.post(f"{LOG}1/answer/", {"answer": "Both.", "version": response.context["form"]["version"].value()})
    assert Challenge.objects.get().answer == "Both."


def test_an_answer_that_comes_too_late_is_given_back(client, plan):
    concluded(answered(factories.challenge(plan)))
    officer = signed_in(client, "Ada Officer")
    assert officer.get(f"{LOG}1/answer/").url == f"{LOG}1/"
    response = officer.post(f"{LOG}1/answer/", {"answer": "Mine.", "version": 2})
    assert "so it can no longer be changed" in text(response)
    assert "Mine." in response.content.decode()
    assert Challenge.objects.get().answer == "From the audits."


@pytest.mark.parametrize("version", ["", "x", "-1"])
def test_a_broken_page_keeps_what_was_typed(client, plan, version):
    factories.challenge(plan)
    response = signed_in(client, "Ada Officer").post(f"{LOG}1/answer/", {"answer": "Mine.", "version": version})
    assert "This page is out of date." in response.content.decode()
    assert "Mine." in response.content.decode()


def test_the_chair_gives_the_question_to_another_post(client, plan):
    factories.challenge(plan)
    chair = signed_in(client, "Cass Chair")
    director = post("Director of Children")
    chair.post(f"{LOG}1/assign/", {"post": director.pk, "version": 0})
    assert Challenge.objects.get().answering_post == director
    assert "Questions to answer" in text(signed_in(client, "Liam Lead").get("/my/updates/"))
    assert "Questions to answer" not in text(signed_in(client, "Ada Officer").get("/my/updates/"))


# Concluding


def test_the_chair_records_that_the_boards_view_differs(client, plan):
    answered(factories.challenge(plan))
    chair = signed_in(client, "Cass Chair")
    response = chair.post(f"{LOG}1/conclude/", {"outcome": "view", "text": "", "version": 1})
    assert response.context["form"].errors == {"text": ["Enter the Board’s view."]}
    chair.post(f"{LOG}1/conclude/", {"outcome": "view", "text": "It is red to us.", "version": 1})
    assert Challenge.objects.get().outcome_text == "It is red to us."
    assert chair.get(f"{LOG}1/conclude/").url == f"{LOG}1/"


def test_what_looks_as_if_it_identified_a_child_is_asked_about_on_every_form(client, plan):
    row = factories.challenge(plan)
    office = signed_in(client, "Olga Office")
    suspicious = "The boy was born on 3 May 2004."
    seat = plan.board.seats.get(role="member").pk
    forms = [(ASK, {"question": suspicious, "seat": seat}), (f"{LOG}1/answer/", {"answer": suspicious, "version": 0})]
    answered(row)
    forms.append((f"{LOG}1/conclude/", {"outcome": "view", "text": suspicious, "version": 1}))
    forms.append(("/boards/thornbury/advice/add/", {"wording": suspicious}))
    for page, given in forms:
        response = office.post(page, given)
        assert (page, "I have checked that this does not identify a child" in main(response)) == (page, True)
    assert Challenge.objects.get().state == "answered"


def test_an_action_is_raised_from_the_page_and_stands_in_the_log(client, plan, time_stands):
    answered(factories.challenge(plan))
    meeting = factories.held(plan, AT.date())
    office = signed_in(client, "Olga Office")
    assert office.get(f"{LOG}1/conclude/").context["form"]["meeting"].initial == meeting
    given = {"outcome": "action", "wording": "Audit again.", "version": 1, "meeting": meeting.pk}
    response = office.post(f"{LOG}1/conclude/", given)
    assert response.context["form"].errors == {"owner_post": ["Choose the post that will do it."]}
    office.post(f"{LOG}1/conclude/", given | {"owner_post": post().pk})
    action = BoardAction.objects.get()
    assert Challenge.objects.get().action == action
    assert f"Action {action.number} : Audit again." in text(office.get(f"{LOG}1/"))
    assert "Audit again." in text(office.get("/boards/thornbury/actions/"))


def test_an_action_of_the_log_can_be_chosen(client, plan, time_stands):
    row = answered(factories.challenge(plan))
    meeting = factories.held(plan, AT.date())
    action = concluded(row, "action", meeting=meeting, wording="Audit again.", owner_post=post()).action
    answered(factories.challenge(plan, "And?"))
    chair = signed_in(client, "Cass Chair")
    chair.post(f"{LOG}2/conclude/", {"outcome": "action", "action": action.pk, "version": 1})
    assert Challenge.objects.get(number=2).action == action


def test_a_question_that_is_not_answered_has_nothing_to_conclude(client, plan):
    factories.challenge(plan)
    chair = signed_in(client, "Cass Chair")
    assert chair.get(f"{LOG}1/conclude/").url == f"{LOG}1/"
    response = chair.post(f"{LOG}1/conclude/", {"outcome": "none", "version": 0})
    assert "This question has not been answered yet." in text(response)


def test_each_sees_the_ways_on_that_are_theirs(client, plan):
    factories.challenge(plan)
    answered(factories.challenge(plan, "And?"))
    offered = {
        "Ada Officer": ({"answer"}, {"answer"}),
        "Olga Office": ({"answer", "assign"}, {"answer", "conclude"}),
        "Cass Chair": ({"assign"}, {"conclude"}),
        "Mo Member": (set(), set()),
        "Obi Observer": (set(), set()),
    }
    for name, expected in offered.items():
        pages = [main(signed_in(client, name).get(f"{LOG}{number}/")) for number in (1, 2)]
        found = [
            {way for way in ("answer", "assign", "conclude") if f'href="{LOG}{number}/{way}/"' in page}
            for number, page in enumerate(pages, 1)
        ]
        assert (name, tuple(found)) == (name, expected)


def test_texts_are_drawn_as_text(member, plan):
    answered(factories.challenge(plan, "<script>alert(1)</script>"), "<b>Bold</b>")
    for page in (LOG, f"{LOG}1/", "/plans/thornbury/recommendations/R01/"):
        html = member.get(page).content.decode()
        assert "<script>alert" not in html
        assert "<b>Bold" not in html
