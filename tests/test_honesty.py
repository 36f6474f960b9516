"""What the demonstration says of Leeds beside its sources: cited, known by then, and marked where it is invented."""

import re
from datetime import date

import pytest

from accounts.models import Post, User
from boards.models import Advice, Circulation, Report, Seat
from improvement.demonstration import FOLDER, read
from notices.models import InterimEntry, Notice, Result, Target
from notices.targets import progress
from plans.models import Action, ReportingMonth

MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
NARRATIVE = {
    *("progress", "impact", "cause", "next_steps", "remedy", "decision_sought"),
    *("unchanged_reason", "proposed_due_reason"),
}
# What is a date, an age, a school year, a grade or a name, and no figure.
NO_FIGURE = re.compile(
    rf"\d{{1,2}}(?:th)? (?:{MONTH})(?: 20\d\d)?|(?:{MONTH}) 20\d\d|\b20\d\d(?:/\d\d)?\b|[Yy]ear 1[0-3]|A\*-[CG]|Level 2"
    r"|\b(?:aged|age|at|by|now|before) 1[4-9](?: (?:to|and|or) 1[4-9])?|1[67] (?:to|and) 1[789] year olds"
)
# Bodies and people outside children's services of which nothing is made up.
REAL = re.compile(
    r"Ofsted|[Ii]nspect(?:or|ion|ed)|NHS|[Pp]olice|[Hh]ospital|[Dd]octor|the department\b|Secretary of State"
    r"|[Mm]inister|White Paper|Executive Board|[Ss]upplier|Government|Safeguarding Children Board|Trust Board"
    r"|\bhealth\b|general practi|Connexions|Education Leeds|Academy|[Uu]nions|[Ee]mployers|adoption service|LSCB"
    r"|interim report|[Pp]rovider|City of Leeds|Parklands|Swallow|Munro|spending review"
)
CITES = re.compile(r"\[00[0-4]\] (?:\d|N\d\d|appendix)|\[00[0-4]\][,)]|\[00[0-4]\], background")
MONTHS = read("leeds_months.json")


def narratives(month):
    """Yield (where, text, the day on which it was written) for every text of a month as the story tells it."""
    written_on = month["texts_at"][:10]
    yield "headline", month.get("headline", ""), written_on
    yield "commentary", month["commentary"], written_on
    for letter, text in month.get("areas", {}).items():
        yield f"area {letter}", text, written_on
    for reference, update in month["updates"].items():
        on = update.get("submitted_at", update.get("saved_at", ""))[:10]
        returned = update.get("returned", {})
        told = [
            *update.items(),
            *returned.get("was", {}).items(),
            *(("progress", returned[name]) for name in ("comment", "reply") if name in returned),
            *(("progress", reason) for reason in update.get("override_reasons", {}).values()),
        ]
        for name, text in told:
            if name in NARRATIVE:
                yield f"{reference} {name}", text, on


def in_words(month):
    return month["month"][:7]


@pytest.mark.parametrize("month", MONTHS, ids=in_words)
def test_a_figure_or_quotation_names_its_document_and_paragraph(month):
    uncited = [
        (where, text)
        for where, text, _ in narratives(month)
        if (re.search(r"\d", NO_FIGURE.sub("", text)) or "“" in text) and not CITES.search(text)
    ]
    assert uncited == []


@pytest.mark.parametrize("month", MONTHS, ids=in_words)
def test_nothing_is_made_up_of_a_real_body(month):
    assert [(where, text) for where, text, _ in narratives(month) if REAL.search(text) and not CITES.search(text)] == []


# What is quoted of documents and meetings, with the day before which no text could know of it.
KNOWN_FROM = {
    "Board agreed": "2010-09-01",
    "new Director of Children's Services started": "2010-09-30",
    "nine are rated green": "2010-11-01",
    "White Paper": "2010-11-24",
    "Munro": "2010-10-01",
    "is now a member of the Children's Trust Board": "2010-11-24",
    "inspection in January": "2011-01-31",
    "Considerable progress": "2011-05-09",
    "was reported in May": "2011-05-09",
    "Board discussed": "2011-05-09",
    "reviewed progress": "2011-05-20",
    "Leeds Education Challenge": "2011-11-01",
    "recent inspection": "2011-11-01",
    "re-inspection": "2011-11-01",
    "chair of the Board wrote": "2011-12-09",
    "chair's letter": "2011-12-09",
}


@pytest.mark.parametrize("month", MONTHS, ids=in_words)
def test_no_text_tells_of_a_document_or_meeting_later_than_its_submission(month):
    assert [
        (where, said)
        for where, text, on in narratives(month)
        for said, since in KNOWN_FROM.items()
        if said in text and on and on < since
    ] == []


PAST = re.compile(rf"\b(?:agreed|discussed|reported|went to|was) [^.]*?\b(\d{{1,2}}) ({MONTH})\b")


@pytest.mark.parametrize("month", MONTHS, ids=in_words)
def test_no_day_named_as_past_is_later_than_the_text(month):
    names = MONTH.split("|")
    year = int(month["month"][:4])
    assert [
        (where, found[0])
        for where, text, on in narratives(month)
        if on
        for found in PAST.finditer(text)
        if date(year, names.index(found[2]) + 1, int(found[1])).isoformat() > on
        and "runs until" not in text
        and "runs to" not in text
    ] == []


@pytest.mark.parametrize("month", MONTHS, ids=in_words)
def test_no_text_quotes_a_result_before_it_was_known(month):
    """A value with a decimal is told apart from other numbers; it may be quoted from the day it was first known."""
    known = {}
    for row in read("leeds_results.json"):
        if "." in row.get("value", ""):
            known[row["value"]] = min(row["source_on"], known.get(row["value"], "9999"))
    assert [
        (where, value, known[value])
        for where, text, on in narratives(month)
        for value in re.findall(r"\b\d+\.\d\b", text)
        if value in known and on and on < known[value]
    ] == []


def test_a_question_quotes_no_result_before_it_was_known():
    known = {row["value"]: row["source_on"] for row in read("leeds_results.json") if "." in row.get("value", "")}
    for row in read("leeds_challenge.json")["questions"]:
        for name, at in (("question", "asked_at"), ("answer", "answered_at")):
            for value in re.findall(r"\b\d+\.\d\b", row.get(name, "")):
                assert value not in known or known[value] <= row[at][:10], (value, row[at])


def test_a_question_cites_its_figures():
    for row in read("leeds_challenge.json")["questions"]:
        for name in ("question", "answer"):
            text = row.get(name, "")
            assert CITES.search(text) or not re.search(r"\d+(?:\.\d+)?%", text), text


def test_every_month_says_of_its_ratings_and_texts_what_is_illustrative(leeds):
    """[001] 3.3.3 and 3.3.4 print the totals of one month; no source prints a rating of another."""
    said = dict(ReportingMonth.objects.values_list("month", "caveat"))
    november = said.pop(date(2010, 11, 1))
    assert "[001] 3.3.3 and 3.3.4" in november
    assert set(said.values()) == {leeds.caveat}
    for caveat in (november, leeds.caveat):
        assert "illustrative" in caveat
        assert "every text that names no source in square brackets" in caveat


def test_the_one_month_whose_totals_are_printed_is_marked_in_every_list_of_months(leeds, client):
    client.force_login(User.objects.get(email="independent-chair@leeds.example"))
    for page in ("/boards/leeds/", "/plans/leeds/", "/boards/leeds/2011-11/"):
        assert "Printed of this month, in [001] 3.3.3 and 3.3.4" in client.get(page).content.decode(), page


def test_no_page_calls_an_illustrative_rating_published(leeds, client):
    client.force_login(User.objects.get(email="independent-chair@leeds.example"))
    pages = ("/plans/leeds/coverage/", "/notices/leeds/exit/", "/notices/leeds/inspections/leeds-2009-announced/")
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200, page
        assert "as published" not in response.content.decode(), page


def test_an_action_that_a_source_only_asks_for_is_not_told_as_done(leeds):
    """[002] N03 demands plans for the schools by September 2010; no source says whether there were any."""
    row = Action.objects.get(title__startswith="Have a plan in place for each school")
    assert (row.done_on, "no source says whether it was done" in row.source) == (None, True)


def test_the_seats_of_today_are_those_that_the_latest_source_names(leeds, client):
    """[001] 3.3.9 and [004] name a new Chief Executive; the chair signs [004] for another body than in [000]."""
    today = date(2011, 12, 9)
    taken = Seat.objects.filter(board=leeds.board).present(today)
    assert not taken.filter(person="Paul Rogerson").exists()
    assert taken.get(role="chair").organisation == "Managing Director, NHS Commissioning Board Authority"
    assert taken.get(organisation__endswith="Director of Children's Services").from_on == date(2010, 9, 30)
    client.force_login(User.objects.get(email="observer@leeds.example"))
    page = client.get("/boards/leeds/").content.decode()
    assert "[001] 3.3.9 and [004]: new, and not named" in page


def test_no_account_holds_the_seat_of_a_named_member(leeds):
    held = Seat.objects.exclude(user=None).exclude(person="").values_list("role", flat=True)
    assert set(held) == {"chair"}


def test_the_posts_that_changed_hands_are_those_that_the_sources_say_did(leeds):
    """[001] 2.2: a new Director from 30 September 2010, after an interim one ([000], [003])."""
    post = Post.objects.get(title="Director of Children's Services")
    assert list(post.tenures.filter(capacity="holder").order_by("from_on").values_list("user__email", "from_on")) == [
        ("interim-director@leeds.example", date(2010, 1, 1)),
        ("accountable-lead-childrens-services@leeds.example", date(2010, 9, 30)),
    ]
    assert Post.objects.get(title="Head of Looked After Children").tenures.filter(capacity="holder").count() == 1


def test_what_a_narrative_says_is_shown_beside_a_verdict_that_is_not_taken_from_it(leeds, client):
    """[002] 73 says “was not achieved” of N04, of which paragraph 3 states nothing."""
    target = Target.objects.get(reference="N04")
    assert (target.end_verdict, target.narrative_wording[:16]) == ("not-stated", "was not achieved")
    client.force_login(User.objects.get(email="observer@leeds.example"))
    for page in ("/notices/leeds/targets/N04/", "/notices/leeds/exit/"):
        assert "was not achieved with 73.7% reaching this level" in client.get(page).content.decode(), page
    for row in InterimEntry.objects.filter(reference__in=("N01", "N02"), report__reported_on=date(2011, 5, 9)):
        assert row.note.startswith("The narrative says “was met”.")


def test_every_result_says_since_when_it_is_known_and_why(leeds):
    for row in Result.objects.exclude(source_on__in=(date(2011, 5, 9), date(2011, 11, 3))):
        assert "Printed in November 2011" in row.note, row


def test_the_letter_is_whole_with_its_head_and_its_capitals(leeds):
    report = Report.objects.get(kind="letter")
    said = " ".join(
        [report.addressed_to, *(f"{row.heading} {row.text}" for row in report.sections.order_by("position"))]
    )
    for printed in ("Quarry House", "Tel: 0113 254 5842", "LONDON", "LEEDS CHILDREN'S SERVICES IMPROVEMENT BOARD"):
        assert printed in said


def test_the_evidence_of_a_month_holds_the_figures_that_its_text_quotes():
    """Every decimal that an evidence file could hold is there: NI 59 and NI 60 of August 2011 among them."""
    for name, values in (
        ("ni59-initial-assessments.csv", ("78.3", "80.1", "80.5")),
        ("ni60-core-assessments.csv", ("81.4", "90.1", "90.2")),
        ("referrals-leading-to-assessment.csv", ("54.6", "60.7", "70")),
    ):
        said = (FOLDER / "evidence" / name).read_text(encoding="utf-8")
        assert all(value in said for value in values), name


def test_the_report_of_august_2010_went_to_executive_board_on_its_printed_day():
    """[001], background documents."""
    sent = read("leeds_outgoing.json")["circulation"]
    row = next(row for row in sent if row["sent_on"].startswith("2010-08"))
    assert (row["what"], row["sent_on"], row["is_month_only"]) == (
        "Children's Services Improvement Update Report",
        "2010-08-25",
        False,
    )


def test_what_another_body_recommends_is_told_with_the_councils_response(leeds, client):
    """[003] 4.8."""
    row = Advice.objects.get(body__name="Children's Services Scrutiny Board")
    assert (row.source, "Interim Director" in row.response, row.result) == ("[003] 4.8", True, "")
    client.force_login(User.objects.get(email="observer@leeds.example"))
    assert (
        "Recommended by Children&#x27;s Services Scrutiny Board" in client.get("/boards/leeds/advice/").content.decode()
    )


def test_coverage_lists_the_plans_other_sources_and_says_that_their_content_is_not_known(leeds, client):
    """[000] 4.3 and [003] 4.3."""
    assert leeds.sources.count() == 4
    client.force_login(User.objects.get(email="observer@leeds.example"))
    page = client.get("/plans/leeds/coverage/").content.decode()
    assert page.count("What it asks is not known.") == 3
    assert "Plan 2009 to 2014" in page
    assert "Plan 2009 to 2014" in client.get("/plans/leeds/coverage/?_export=csv").content.decode()


def test_the_notice_says_that_it_was_announced_and_on_what_condition_it_is_lifted_early(leeds, client):
    """[000] 3.1 and 3.6."""
    client.force_login(User.objects.get(email="observer@leeds.example"))
    page = client.get("/notices/leeds/").content.decode()
    assert "Minded to issue" in page
    assert "if the necessary improvements have been made and are sustainable" in page


def test_the_councils_own_standards_have_steps_that_decide_nothing_of_the_notice(leeds, client):
    """[002] N13, N20 and N21: caseloads of 20 and 22, a review above 25, 24 of 56 advanced practitioners, surveys."""
    rows = {
        row.target.reference: row
        for row in progress.of_notice(Notice.objects.get(slug="leeds"), as_of=date(2011, 12, 9))
    }
    own = {reference: [step.words for step in row.own_steps] for reference, row in rows.items() if row.own_steps}
    assert {reference: len(steps) for reference, steps in own.items()} == {"N13": 3, "N20": 4, "N21": 1}
    assert own["N20"][0] == "Met"
    for reference in own:
        assert (rows[reference].steps, rows[reference].verdict_words) == ([], "No milestone")
    client.force_login(User.objects.get(email="observer@leeds.example"))
    page = client.get("/notices/leeds/targets/N20/").content.decode()
    assert "The council’s own standards" in page


def test_what_executive_board_was_asked_to_decide_is_told_word_for_word(leeds):
    """[003] 8.1 and [001] 7.1; only of March 2010 is it known what was decided ([001] 2.1)."""
    asked = Circulation.objects.exclude(asked="").order_by("sent_on").values_list("sent_on", flat=True)
    assert list(asked) == [date(2010, 2, 12), date(2010, 12, 15)]
    assert [row.sent_on for row in Circulation.objects.exclude(decided="")] == [date(2010, 3, 10)]


def test_nothing_says_what_no_source_says():
    said = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("leeds_*.json"))
    for invented in ("Until May 2010", "Doctors left", "Nobody checks", "Partners told the department"):
        assert invented not in said
