"""What was returned and came back: in time or late, changed or replied to, and never by the clock."""

import ast
import re
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Event
from plans import reporting
from plans.answers import ANSWERS, UNCHANGED
from plans.models import MonthlyUpdate
from plans.officer import comparison, duties, sign_offs
from plans.reporting import evidence
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]
LATE = AT.replace(day=25)
EDIT = "/plans/thornbury/2011-05/R01/"
REVIEW = f"{EDIT}review/"


@pytest.fixture
def month():
    return factories.month(factories.plan())


@pytest.fixture
def update(month):
    return month.updates.get()


def fresh(update):
    return MonthlyUpdate.objects.select_related("month").get(pk=update.pk)


def sent_back(update, comment="Say how many.", at=AT):
    return reporting.return_for_changes(
        update=update, version=update.version, comment=comment, by=user("Liam Lead"), at=at
    )


def taken_back(update, at=AT):
    return reporting.take_back(update=update, version=update.version, by=user("Ada Officer"), at=at)


# Lateness.


def test_an_update_submitted_in_time_is_not_late_when_it_comes_back_after_the_due_day(update):
    row = factories.submitted(sent_back(factories.submitted(update)), at=LATE, progress="14 people were trained.")
    assert (row.is_late, row.is_resubmitted, row.first_submitted_at, row.submitted_at) == (False, True, AT, LATE)


def test_an_update_first_submitted_late_stays_late(update):
    row = factories.submitted(sent_back(factories.submitted(update, at=LATE)), at=LATE, progress="Again.")
    assert (row.is_late, row.is_resubmitted) == (True, True)


def test_an_update_taken_back_was_not_submitted_so_that_it_is_late_after_the_due_day(update):
    row = taken_back(factories.submitted(update))
    assert (row.first_submitted_at, row.is_late) == (None, False)
    row = factories.submitted(row, at=LATE)
    assert (row.is_late, row.is_resubmitted, row.first_submitted_at) == (True, False, LATE)


def test_an_update_taken_back_after_it_was_returned_keeps_its_first_submission(update):
    row = taken_back(factories.submitted(sent_back(factories.submitted(update)), progress="Again."), at=LATE)
    row = factories.submitted(row, at=LATE, progress="Once more.")
    assert (row.is_late, row.is_resubmitted, row.first_submitted_at) == (False, True, AT)


def test_an_update_is_not_submitted_again_without_a_first_time(update):
    row = factories.submitted(update)
    for first in (None, later(hours=1)):
        with pytest.raises(IntegrityError, match="update_is_first_submitted_before"), transaction.atomic():
            MonthlyUpdate.objects.filter(pk=row.pk).update(first_submitted_at=first)


def test_pages_say_when_an_update_was_submitted_again(update, client):
    row = factories.submitted(sent_back(factories.submitted(update)), at=LATE, progress="14 people were trained.")
    said = "First submitted on 1 May 2011. Submitted again by Ada Officer on 25 May 2011"
    client.force_login(user("Liam Lead"))
    assertContains(client.get(REVIEW), said)
    assertContains(client.get("/my/sign-offs/"), said)
    client.force_login(user("Ada Officer"))
    assertContains(client.get(EDIT), "Submitted again 25 May 2011")
    reporting.sign_off(update=row, version=row.version, by=user("Liam Lead"), at=LATE)
    factories.published(row.month, at=LATE)
    assertContains(
        client.get("/plans/thornbury/recommendations/R01/"),
        "First submitted on 1 May 2011. Submitted again by Ada Officer",
    )
    assertContains(client.get("/plans/thornbury/recommendations/?month=2011-05&_export=csv"), "2011-05-25 09:00")


def test_whatever_prints_when_an_update_was_submitted_says_that_it_was_submitted_again():
    printed = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("plans/months/exports.py"), *ROOT.glob("boards/**/*.py")]
    silent = [
        str(path.relative_to(ROOT))
        for path in printed
        if re.search(r"\.submitted_at\b(?! %})", path.read_text()) and "is_resubmitted" not in path.read_text()
    ]
    assert silent == []


def test_my_updates_does_not_call_late_what_was_first_submitted_in_time(update):
    sent_back(factories.submitted(update))
    (found,), _ = duties.page_of(user("Ada Officer"), on=LATE.date())
    assert (found.is_overdue, found.owed[0].is_late) == (True, False)


# Unchanged.


def test_an_update_that_was_returned_is_not_submitted_unchanged_without_a_reply(update):
    row = sent_back(factories.submitted(update))
    with pytest.raises(reporting.Incomplete) as caught:
        factories.submitted(row, progress=f" {row.progress.upper()}")
    assert caught.value.errors == {"reply": UNCHANGED}
    row = factories.submitted(fresh(update), reply=" The figure comes in June. ")
    said = [(comment.by_name, comment.text, comment.is_reply) for comment in row.comments.all()]
    assert said == [("Liam Lead", "Say how many.", False), ("Ada Officer", "The figure comes in June.", True)]
    assert (row.status, row.reply) == ("submitted", "")


def test_the_same_reply_sent_twice_counts_once(update):
    row = sent_back(factories.submitted(update))
    first, again = [factories.submitted(row, reply="The figure comes in June.") for _ in range(2)]
    assert (again, again.version) == (first, first.version)
    assert row.comments.filter(is_reply=True).count() == 1


def test_a_submission_is_told_with_its_rating_for_whom_it_was_entered_and_the_reply(update):
    row = sent_back(factories.submitted(update))
    factories.submitted(row, by=user("Dev Deputy"), rating="red", reply="In June.")
    first, second = Event.objects.filter(what="update.submitted").order_by("pk")
    assert first.detail == {"rating": "amber", "entered_for": ""}
    assert second.detail == {
        "rating": "red",
        "entered_for": "Head of Safeguarding (Ada Officer)",
        "reply": "In June.",
    }


OTHERS = {
    "rating": "red",
    "direction": "declining",
    "green_by": factories.SINCE.replace(year=2013),
    "proposed_due_on": factories.SINCE.replace(year=2013),
    "proposed_due_reason": "More time.",
}


@pytest.mark.parametrize("field", sorted(ANSWERS - {"reply"}))
def test_a_change_of_any_answer_is_enough_and_the_lead_sees_it(update, field):
    given = {"proposed_due_reason": "Later.", "proposed_due_on": factories.SINCE.replace(year=2014)}
    given = given if field.startswith("proposed") else {}
    row = sent_back(factories.submitted(update, **given))
    row = factories.submitted(row, **given | {field: OTHERS.get(field, "Something else.")})
    assert [line.field for line in comparison.since_return(row).lines] == [field]


def test_evidence_added_is_a_change_and_the_lead_sees_it(update):
    row = sent_back(factories.submitted(update))
    evidence.add(update=row, kind="qualitative", title="Letter", url="https://a.example/", by=user(), at=AT)
    row = factories.submitted(row)
    since = comparison.since_return(row)
    assert (since.lines, since.added, since.removed, since.is_unchanged) == ([], ["Letter"], [], False)


def test_taking_it_back_does_not_let_it_slip_by(update):
    row = sent_back(factories.submitted(update))
    row = taken_back(factories.submitted(row, progress="14 people were trained."))
    with pytest.raises(reporting.Incomplete):
        factories.submitted(row)


def test_a_reply_counts_until_the_update_is_returned_again(update):
    row = factories.submitted(sent_back(factories.submitted(update)), reply="In June.")
    row = sent_back(factories.submitted(taken_back(row)), "June is too late.")
    with pytest.raises(reporting.Incomplete):
        factories.submitted(row)


def test_the_same_comment_returns_what_was_submitted_again(update):
    row = factories.submitted(sent_back(factories.submitted(update)), progress="14 people were trained.")
    assert sent_back(row).status == "returned"
    assert row.comments.filter(text="Say how many.").count() == 2


@pytest.mark.parametrize(
    ("by", "comment"), [("Dina Deputy", "Say how many."), ("Liam Lead", "Say who."), ("Ada Officer", "In June.")]
)
def test_what_is_returned_is_not_returned_again_by_somebody_else_or_for_another_reason(update, by, comment):
    row = factories.submitted(sent_back(factories.submitted(update)), reply="In June.")
    row = sent_back(row)
    with pytest.raises(reporting.Refused, match="Only a submitted update can be returned"):
        reporting.return_for_changes(update=row, version=row.version, comment=comment, by=user(by), at=AT)


def test_what_was_returned_is_read_by_itself(update):
    row = factories.submitted(sent_back(factories.submitted(update)), reply="In June.")
    assert not sign_offs.is_plain(row)


def test_how_it_was_returned_is_forgotten_once_it_is_signed_off_or_published(update):
    row = factories.submitted(sent_back(factories.submitted(update)), reply="In June.")
    assert comparison.since_return(row).is_unchanged
    reporting.sign_off(update=row, version=row.version, by=user("Liam Lead"), at=AT)
    assert fresh(update).returned == {}
    sent_back(fresh(update))
    factories.published(update.month)
    assert fresh(update).returned == {}


def test_what_is_removed_while_it_is_returned_goes_from_what_was_returned_too(update):
    row = sent_back(factories.submitted(update, progress="Josie was seen."))
    row = reporting.save_draft(update=row, version=row.version, by=user(), at=AT, progress="A girl was seen.")
    reporting.redact(update=row, field="progress", reason="names a child", by=user("Olga Office"), at=AT)
    assert "Josie" not in repr(fresh(update).returned)


def test_the_lead_reads_what_changed_and_the_reply(update, client):
    row = sent_back(factories.submitted(update))
    row = factories.submitted(row, progress="14 people were trained.", reply="The number is in.")
    client.force_login(user("Liam Lead"))
    page = client.get(REVIEW)
    assertContains(page, "Changes since it was returned")
    assertContains(page, "[removed: </span>Two teams<")
    assertContains(page, "[added: </span>14 people<")
    assertContains(page, "Reply from Ada Officer")
    assertContains(page, "The number is in.")


def test_the_lead_reads_that_nothing_changed(update, client):
    factories.submitted(sent_back(factories.submitted(update)), reply="In June.")
    client.force_login(user("Liam Lead"))
    assertContains(client.get(REVIEW), "Nothing has changed since you returned it. Read the reply below.")


def test_the_officer_writes_the_reply_in_the_form_and_it_is_kept_as_a_draft(update, client):
    row = sent_back(factories.submitted(update))
    client.force_login(user("Ada Officer"))
    assertContains(client.get(EDIT), "Reply to the comment")
    answers = {name: value for name, value in factories.ANSWERS.items() if name != "green_by"}
    day = {"green_by_0": "30", "green_by_1": "9", "green_by_2": "2012"}
    client.post(EDIT, answers | day | {"version": row.version, "reply": "In June.", "next": "check"})
    assert fresh(update).reply == "In June."
    assertContains(client.get(EDIT), "In June.</textarea>")
    assertNotContains(client.get(f"{EDIT}check/"), UNCHANGED)
    client.post(f"{EDIT}check/", {"version": fresh(update).version})
    assert fresh(update).comments.get(is_reply=True).text == "In June."


def test_the_check_says_that_nothing_changed(update, client):
    sent_back(factories.submitted(update))
    client.force_login(user("Ada Officer"))
    assertContains(client.get(f"{EDIT}check/"), UNCHANGED)


def test_an_update_that_was_never_returned_asks_for_no_reply(update, client):
    client.force_login(user("Ada Officer"))
    assertNotContains(client.get(EDIT), "Reply to the comment")


# Moments tell what happened when; what is newer is told by versions, ids and stamps, as the clock may stand still.

COMPARED = {
    "accounts/models/people.py": "an invitation is open until a moment",
    "accounts/people/invitations.py": "an invitation is open until a moment",
    "accounts/outbox/delivery.py": "a letter is tried again after a while",
    "boards/papers.py": "an embargo ends at a moment, and what was tabled by a day",
    "boards/packs/ordered.py": "a pack is somebody's to make for so long",
    "boards/packs/pack_outline.py": "an embargo ends at a moment",
    "boards/meetings/proceedings.py": "an embargo ends at a moment",
    "boards/meetings/planning.py": "a month is laid before a meeting once it is published",
    "notices/loading/uploads.py": "an upload is kept for so long",
    "plans/models/updates.py": "a constraint: nothing is submitted before it is first submitted",
    "plans/months/rating_evidence.py": "what the Board thought by the publication of a month",
    "plans/importing/files.py": "a spreadsheet is kept for so long",
    "plans/recommendations/actions.py": "an action was marked since its month was opened, at the same moment too",
    "plans/reporting/evidence.py": "a file that was chosen is held for so long",
    "plans/calendar.py": "the data are as at a day, and no moment",
}


def test_no_two_moments_are_compared_to_learn_what_is_newer():
    found = {
        str(path.relative_to(ROOT))
        for app in ("accounts", "boards", "improvement", "notices", "plans")
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts and any(_compares(node) for node in ast.walk(ast.parse(path.read_text())))
    }
    assert found == set(COMPARED)


def _compares(node):
    if isinstance(node, ast.keyword):
        return bool(node.arg) and node.arg.endswith(("_at__gt", "_at__gte", "_at__lt", "_at__lte", "_at__range"))
    if not isinstance(node, ast.Compare) or not isinstance(
        node.ops[0], ast.Lt | ast.LtE | ast.Gt | ast.GtE | ast.NotEq
    ):
        return False
    sides = [node.left, *node.comparators]
    names = [getattr(side, "attr", getattr(side, "id", "")) for side in sides]
    return any(name == "at" or name.endswith("_at") for name in names) and not any(
        isinstance(side, ast.Constant) for side in sides
    )
