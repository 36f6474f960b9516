"""A whole plan from a file: another council's loads, the same again changes nothing, and what others did stays."""

from datetime import date

import pytest

from accounts.models import Event, Post, Tenure, User
from boards.loading import plan_file, revising
from boards.models import Board, Seat
from notices.loading import exporting, uploads
from notices.models import Finding, Inspection, Judgement
from plans.models import Action, Outcome, Plan, Recommendation
from tests import factories
from tests.boards.loading.files import BARNMOUTH, COUNCIL, ROWS, all_rows, check, typed
from tests.factories import AT, later, user
from tests.notices.loading.files import altered, changes, load, problems, rows_of

pytestmark = pytest.mark.django_db
ON = date(2011, 5, 1)
BOTH = pytest.mark.parametrize("extension", exporting.KINDS)


@pytest.fixture(autouse=True)
def notice():
    """The Notice that the plan answers."""
    return factories.notice()


@pytest.fixture
def barnmouth(notice):
    """Barnmouth's plan, loaded."""
    return load(check(typed(BARNMOUTH)))


def test_another_council_s_plan_typed_into_the_template_loads(barnmouth):
    plan = Plan.objects.get(slug="barnmouth")
    assert (plan.title, plan.notice.slug, plan.board.name) == (
        "Barnmouth Improvement Plan",
        "thornbury",
        "Barnmouth Improvement Board",
    )
    assert set(plan.programme_office.values_list("name", flat=True)) == {"Olga Office", "Omar Office"}
    undated, first, second = plan.recommendations.all()
    assert (first.reference, first.outcome.title, first.lead_post.title, first.timescale) == (
        "R1",
        "Every contact is decided on in a day",
        "Head of the Front Door",
        "By the end of the year",
    )
    assert (first.original_due_on, first.due_on, second.due_on) == (
        date(2011, 12, 31),
        date(2011, 12, 31),
        date(2011, 9, 30),
    )
    assert (undated.reference, undated.original_due_on, undated.due_on, undated.timescale, undated.lead_wording) == (
        "3.2(b)",
        None,
        None,
        "Ongoing",
        "Nurse, with all partners",
    )
    assert undated.success == "Children say so.\nPartners say so."
    assert [row.reference for row in first.targets.all()] == ["N01"]
    assert [row.natural_key() for row in first.findings.all()] == [("barnmouth-2010", "S1"), ("barnmouth-2010", "S2")]
    assert [row.letter for row in first.areas.all()] == ["A", "B"]
    assert [(row.title, row.due_on) for row in first.actions.all()] == [
        ("Train the team", date(2011, 5, 1)),
        ("Report", date(2011, 6, 1)),
        ("Report", None),
    ]
    assert [row.parent and row.parent.name for row in Judgement.objects.all()] == [
        None,
        "Overall",
        "Help and protection",
    ]
    assert [notice.slug for notice in Inspection.objects.get(slug="barnmouth-2010").notices.all()] == ["thornbury"]
    assert [(seat.name, seat.user and seat.user.email) for seat in Seat.objects.all()] == [
        ("Cleo Chair", "cleo@chair.example"),
        ("Barnmouth NHS Trust", None),
    ]


def test_every_row_of_a_new_plan_is_new_and_nothing_stands_yet():
    upload = check(typed(BARNMOUTH))
    assert problems(upload) == []
    assert upload.report["counts"] == {"wrong": 0, "new": ROWS, "changed": 0, "same": 0}
    assert not Plan.objects.exists()


def test_the_same_file_twice_changes_nothing(barnmouth):
    again = check(typed(BARNMOUTH), at=later(hours=1))
    assert (problems(again), changes(again), again.report["remarks"]) == ([], [], [])
    assert again.report["counts"] == {"wrong": 0, "new": 0, "changed": 0, "same": ROWS}
    before = all_rows()
    load(again, at=later(hours=1))
    assert all_rows() == before


@BOTH
def test_an_export_loaded_again_changes_nothing(barnmouth, extension):
    content = exporting.export("plan", Plan.objects.get(), extension, on=ON)
    upload = check(content, name=f"file.{extension}", at=later(days=300))
    assert (problems(upload), changes(upload), upload.report["remarks"]) == ([], [], [])
    assert upload.report["counts"] == {"wrong": 0, "new": 0, "changed": 0, "same": ROWS}


@BOTH
def test_leeds_survives_its_export(leeds, extension):
    content = exporting.export("plan", Plan.objects.get(slug="leeds"), extension, on=ON)
    upload = check(content, name=f"file.{extension}", at=later(days=300))
    assert (problems(upload), changes(upload), upload.report["remarks"]) == ([], [], [])
    assert upload.report["counts"] == {"wrong": 0, "new": 0, "changed": 0, "same": 248}


def test_posts_are_handed_to_their_holders_from_today(barnmouth):
    tenures = Tenure.objects.filter(post__organisation=COUNCIL).order_by("pk")
    told = [(row.post.title, row.user.name, row.capacity, row.from_on, row.to_on) for row in tenures]
    assert told == [
        ("Director of Children’s Services", "Lena Lead", "holder", ON, None),
        ("Head of the Front Door", "Lena Lead", "deputy", ON, None),
    ]
    assert Event.objects.filter(what="post.handed_over").count() == 2


def test_nobody_can_sign_in_to_a_new_account_yet(barnmouth):
    lena = User.objects.get(email="lena@barnmouth.example")
    assert (lena.has_usable_password(), lena.is_active, lena.is_staff, lena.date_joined) == (False, True, False, AT)


def test_what_is_loaded_is_history_with_what_it_names(barnmouth):
    row = Recommendation.objects.get(reference="R1").history.get()
    assert (row.history_type, row.history_user, row.history_date) == ("+", user("Abe Administrator"), AT)
    assert [past.finding.reference for past in row.findings.order_by("finding")] == ["S1", "S2"]
    assert Inspection.objects.get(slug="barnmouth-2010").history.get().notices.count() == 1
    event = Event.objects.get(what="plan.loaded")
    assert (event.on_text, event.detail["new"], event.detail["file"]) == (
        "Barnmouth Improvement Plan",
        ROWS,
        "file.xlsx",
    )


def test_what_a_row_names_is_changed_and_the_rest_stays(barnmouth):
    sheets = altered(BARNMOUTH, "Recommendations", 0, Findings_answered="S2; barnmouth-2011/S1", Areas_of_focus=None)
    upload = check(typed(sheets), at=later(hours=1))
    assert changes(upload) == [
        ("Recommendations", 2, "Findings answered", "barnmouth-2010/S1, S2", "S2, barnmouth-2011/S1"),
        ("Recommendations", 2, "Areas of focus", "A, B", "empty"),
    ]
    load(upload, at=later(hours=1))
    row = Recommendation.objects.get(reference="R1")
    assert {finding.natural_key() for finding in row.findings.all()} == {
        ("barnmouth-2010", "S2"),
        ("barnmouth-2011", "S1"),
    }
    assert (row.areas.count(), row.targets.count(), row.history.count()) == (0, 1, 2)
    assert [(past.history_type, past.findings.count()) for past in row.history.all()] == [("~", 2), ("+", 2)]


def test_a_plan_with_a_published_month_is_not_changed_by_a_file(barnmouth):
    month = factories.month(Plan.objects.get())
    changed = typed(altered(BARNMOUTH, "Themes", 0, Title="The front of the house"))
    upload = check(changed)
    assert problems(upload) == []
    factories.published(month)
    with pytest.raises(uploads.CheckedAgain):
        load(upload)
    more = {
        **BARNMOUTH,
        "Areas of focus": [*BARNMOUTH["Areas of focus"], BARNMOUTH["Areas of focus"][0] | {"Letter": "C"}],
    }
    for content in (changed, typed(more)):
        assert [sentence for *_, sentence in problems(check(content))] == [revising.OTHERS]
    assert problems(check(typed(BARNMOUTH))) == []


def test_an_inspection_of_another_plan_s_published_month_is_not_changed_by_a_file(barnmouth, notice):
    other = factories.plan()
    other.recommendations.get().findings.add(Finding.objects.get(reference="S2"))
    changed = typed(altered(BARNMOUTH, "Findings", 0, Wording="Improve it."))
    assert problems(check(changed)) == []
    factories.published(factories.month(other))
    sentence = f"“barnmouth-2010” is part of another plan with published months. {plan_file.ON_ITS_OWN_PAGE}"
    assert problems(check(changed)) == [("Inspections", None, "", "", sentence)]
    assert problems(check(typed(altered(BARNMOUTH, "Findings", 2, Wording="Improve it.")))) == []
    assert problems(check(typed(BARNMOUTH))) == []


WRONG = [
    (
        "Plan",
        0,
        {"Notice": "elsewhere"},
        ("Notice", "“elsewhere” is not in the Notices of this file or of the tracker."),
    ),
    (
        "Plan",
        0,
        {"Programme office": "olga@barnmouth.example, nobody@barnmouth.example"},
        (
            "Programme office",
            "“nobody@barnmouth.example” is not in the People of this file or of the tracker."
            " Did you mean “omar@barnmouth.example”?",
        ),
    ),
    ("People", 0, {"E-mail address": "olga"}, ("E-mail address", "Enter a valid email address.")),
    (
        "Posts",
        0,
        {"Deputy": "lena@barnmouth.example"},
        ("Deputy", "The deputy cannot be the same person as the holder."),
    ),
    (
        "Areas of focus",
        0,
        {"Leading post": "director of children's services"},
        (
            "Leading post",
            "“director of children's services, Barnmouth Borough Council” is not in the Posts of this file or of the "
            "tracker. “Director of Children’s Services, Barnmouth Borough Council” and “director of children's "
            "services, Barnmouth Borough Council” differ only in case.",
        ),
    ),
    (
        "Judgements",
        1,
        {"Printed under": 3},
        ("Printed under", "Choose a line printed before this one."),
    ),
    (
        "Judgements",
        1,
        {"Grade as printed": None},
        ("Grade as printed", "Give the grade as the source prints it."),
    ),
    ("Outcomes", 0, {"Theme": 3}, ("Theme", "“3” is not in the Themes of this file or of the tracker.")),
    (
        "Recommendations",
        0,
        {"Findings answered": "S1"},
        (
            "Findings answered",
            "“S1” is more than one of the Findings. Write “barnmouth-2010/S1” or “barnmouth-2011/S1”.",
        ),
    ),
    (
        "Recommendations",
        0,
        {"Targets answered": "N01, n01"},
        (
            "Targets answered",
            "“n01” is not in the Targets of this file or of the tracker. “N01” and “n01” differ only in case. "
            "Write “N01”.",
        ),
    ),
    (
        "Recommendations",
        1,
        {"Reference": "r1"},
        ("Reference", "“R1” and “r1” differ only in case. Write “R1”, or rename one."),
    ),
    (
        "Recommendations",
        2,
        {"Timescale": None},
        ("Timescale", "Enter a due date or, if there is none, the timescale, for example “Ongoing”."),
    ),
    (
        "Actions",
        2,
        {"Timescale": None},
        ("Timescale", "Enter a due date or, if there is none, the timescale, for example “Ongoing”."),
    ),
    ("Seats", 1, {"Organisation": None}, ("Person", "Name the person, the organisation, or both.")),
    ("Seats", 0, {"To": "1 December 2010"}, ("To", "A seat cannot end before it begins.")),
]


@pytest.mark.parametrize(("name", "place", "cells", "expected"), WRONG)
def test_what_is_wrong_names_row_column_value_and_rule(name, place, cells, expected):
    upload = check(typed(altered(BARNMOUTH, name, place, **cells)))
    heading, sentence = expected
    (told,) = [each for each in problems(upload) if each[0] == name and each[1] == place + 2]
    assert (told[2], told[4][: len(sentence)]) == (heading, sentence)
    with pytest.raises(uploads.CheckedAgain):
        load(upload)
    assert not Plan.objects.exists()


FIXED = [
    (
        "Recommendations",
        2,
        {"Original due date": "1 5 2012"},
        "Enter its first date on the recommendation’s page, with the reason.",
    ),
    (
        "People",
        0,
        {"Name": "Olga Officer"},
        "This is “Olga Office” already. Change the name in the administration, under",
    ),
    ("Posts", 0, {"Holder": "omar@barnmouth.example"}, "This is “lena@barnmouth.example” already. Hand the post over"),
    (
        "Recommendations",
        0,
        {"Original due date": "1 5 2012"},
        "This is “31 December 2011” already. The first date never",
    ),
    (
        "Board",
        0,
        {"Name in addresses": "board"},
        "The plan already has the Board “barnmouth”. Keep its name in addresses.",
    ),
    (
        "Plan",
        0,
        {"Name in addresses": "Barnmouth"},
        "“barnmouth” and “Barnmouth” differ only in case. Write “barnmouth”.",
    ),
]


@pytest.mark.parametrize(("name", "place", "cells", "sentence"), FIXED)
def test_a_file_does_not_change_what_has_a_page_of_its_own(barnmouth, name, place, cells, sentence):
    told = [each[4] for each in problems(check(typed(altered(BARNMOUTH, name, place, **cells)))) if each[0] == name]
    assert [each[: len(sentence)] for each in told] == [sentence]


@pytest.mark.parametrize("name", ["Director of Children's Services", " Director  of\u00a0Children‘s Services "])
def test_an_apostrophe_or_a_space_makes_no_second_post(barnmouth, name):
    upload = check(typed(altered(BARNMOUTH, "Posts", 0, Title=name)))
    assert (problems(upload), upload.report["counts"]["same"]) == ([], ROWS)


def test_an_empty_holder_or_source_keeps_what_there_is(barnmouth):
    Post.objects.update(source="Structure of May 2011")
    upload = check(typed(altered(BARNMOUTH, "Posts", 0, Holder=None)))
    assert upload.report["counts"]["same"] == ROWS


def test_an_observer_or_a_deactivated_person_holds_no_post():
    seat = BARNMOUTH["Seats"][0] | {"Role": "Observer", "E-mail address": "lena@barnmouth.example"}
    sheets = BARNMOUTH | {"Seats": [seat]}
    sentence = "This person observes a Board. Choose someone else."
    assert [each[1:] for each in problems(check(typed(sheets)))] == [
        (2, "Holder", "lena@barnmouth.example", sentence),
        (3, "Deputy", "lena@barnmouth.example", sentence),
    ]
    factories.UserFactory(name="Lena Lead", email="lena@barnmouth.example", is_active=False)
    sentence = "This account is deactivated. Choose someone else."
    assert [each[4] for each in problems(check(typed(BARNMOUTH)))] == [sentence, sentence]


def test_a_board_is_one_and_its_own():
    factories.plan()
    two = BARNMOUTH | {"Board": [*BARNMOUTH["Board"], {"Name in addresses": "other", "Name": "Other"}]}
    assert problems(check(typed(two)))[0][4] == "A plan has one Board. This sheet has 2 rows."
    taken = altered(BARNMOUTH, "Board", 0, Name_in_addresses="thornbury")
    sentence = "“thornbury” is the Board of another plan. Choose another name in addresses."
    assert problems(check(typed(taken)))[0][4] == sentence
    assert Board.objects.get().slug == "thornbury"


def test_another_plan_is_left_alone(barnmouth):
    factories.plan()
    sheets = altered(altered(BARNMOUTH, "Plan", 0, Name_in_addresses="elsewhere"), "Board", 0, Name_in_addresses="e")
    sheets = altered(altered(sheets, "Seats", 0, Board="e"), "Seats", 1, Board="e")
    load(check(typed(sheets)))
    assert (Recommendation.objects.filter(plan__slug="thornbury").count(), Outcome.objects.count()) == (1, 5)
    assert (Finding.objects.count(), Action.objects.count()) == (3, 6)
    assert (Post.objects.filter(organisation=COUNCIL).count(), User.objects.filter(name="Olga Office").count()) == (
        2,
        2,
    )


@pytest.mark.parametrize("number", [1, 2])
def test_a_comparison_takes_the_same_queries_however_many_rows(number, barnmouth, django_assert_num_queries):
    rows = rows_of(typed(BARNMOUTH | {"Recommendations": BARNMOUTH["Recommendations"][:number]}), "plan")
    with django_assert_num_queries(27):
        plan_file.compare(rows, at=AT)
