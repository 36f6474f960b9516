"""A draft that was not received when its month was published stays with those who wrote or lead it."""

from datetime import date

import pytest
from django.urls import reverse

from accounts import posts
from plans import permissions, reporting, verification
from plans.models import Correction, MonthlyUpdate
from plans.months import narrative
from plans.officer import duties
from plans.reporting import evidence
from tests import factories
from tests.factories import AT, user
from tests.plans.officer.pages import address, drafted, signed_in, text

SECRET = "Only those who wrote it read this."
LATE = "plans:update_late"
CARRY = "plans:update_carry"


@pytest.fixture
def november(plan):
    """The plan's November, published while R01 was a draft with evidence."""
    month = factories.month(plan, 11)
    row = drafted(month.updates.get(reference="R01"), progress=SECRET, proposed_due_on=date(2012, 3, 31))
    evidence.add(update=row, kind="quantitative", title="Rates", file=factories.a_file(), by=user(), at=AT)
    return factories.published(month)


@pytest.fixture
def left(november):
    return november.updates.get(reference="R01")


def open_row(november):
    return factories.month(november.plan, 12).updates.get(reference="R01")


def carry(row, by="Ada Officer", **more):
    return reporting.carry_draft(update=row, version=row.version, by=user(by), at=AT, **more)


@pytest.mark.parametrize("name", ["Ada Officer", "Dev Deputy"])
def test_a_left_draft_is_read_by_those_who_wrote_or_lead_it(client, left, name):
    signed_in(client, name)
    page = text(client.get(address(month=11)))
    for words in ("Draft that was not received", SECRET, "Ada Officer last saved it", address(LATE, month=11)):
        assert words in page
    item = left.evidence.get()
    link = address("plans:evidence_download", month=11, pk=item.pk)
    assert link in page
    assert client.get(link).getvalue()
    mine = text(client.get("/my/updates/"))
    assert "R01 Recommendation 1, November 2011" in mine


PAGES = [
    address(month=11),
    "/my/updates/",
    "/my/sign-offs/",
    reverse("plans:recommendation_detail", args=["thornbury", "R01"]),
    reverse("plans:recommendation_list", args=["thornbury"]),
    reverse("plans:recommendation_list", args=["thornbury"]) + "?_export=csv",
    reverse("plans:month_detail", args=["thornbury", date(2011, 11, 1)]),
    reverse("plans:update_correct", args=["thornbury", date(2011, 11, 1), "R01"]),
    reverse("boards:dashboard", args=["thornbury", date(2011, 11, 1)]),
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["Olga Office", "Liam Lead", "Dina Deputy", "Cass Chair", "Obi Observer"])
def test_a_left_draft_is_shown_to_nobody_else(client, left, name, page):
    response = signed_in(client, name).get(page)
    assert SECRET not in response.content.decode()


@pytest.mark.parametrize("name", ["Olga Office", "Liam Lead", "Cass Chair", "Obi Observer"])
def test_nobody_else_hands_a_left_draft_in_or_carries_it_on(client, november, left, name):
    open_row(november)
    signed_in(client, name)
    for place in (address(LATE, month=11), address(CARRY)):
        assert client.get(place).status_code == 404
        assert client.post(place, {"reason": "Mine.", "seen": "0", "version": "0"}).status_code == 404
    item = left.evidence.get()
    assert client.get(address("plans:evidence_download", month=11, pk=item.pk)).status_code == 404
    assert not Correction.objects.exists()


def test_the_next_holder_of_the_post_reads_a_left_draft(client, left):
    posts.hand_over(
        post=left.lead_post, holder=user("Nia New"), deputy=None, on=AT.date(), by=user("Olga Office"), at=AT
    )
    assert SECRET in text(signed_in(client, "Nia New").get(address(month=11)))


def test_a_left_draft_is_carried_into_the_next_month(client, november, left):
    assert "once that month is open" in text(signed_in(client).get(address(month=11)))
    row = open_row(november)
    place = address(CARRY)
    assert place in text(client.get(address(month=11)))
    page = text(client.get(place))
    assert SECRET in page
    assert "Evidence is not copied" in page
    response = client.post(place, {"version": row.version}, follow=True)
    assert "The draft of R01 has been carried into December 2011." in text(response)
    row.refresh_from_db()
    assert (row.status, row.progress, row.rating, row.proposed_due_on) == ("draft", SECRET, "amber", date(2012, 3, 31))
    left.refresh_from_db()
    assert left.progress == SECRET
    assert list(verification.problems()) == []


def test_carrying_on_overwrites_only_what_was_chosen(client, november, left):
    row = drafted(open_row(november), progress="December's own text.", impact="December's own impact.", cause="Old.")
    place = address(CARRY)
    page = text(signed_in(client).get(place))
    for words in (SECRET, "December&#x27;s own text.", "Different in both months"):
        assert words in page
    stale = client.post(place, {"version": row.version - 1, "progress": "on"})
    assert "Someone else changed this" in text(stale)
    row.refresh_from_db()
    assert row.progress == "December's own text."
    client.post(place, {"version": row.version, "progress": "on"})
    row.refresh_from_db()
    assert (row.progress, row.impact, row.cause) == (SECRET, "December's own impact.", "Old.")


@pytest.mark.parametrize("stage", ["submitted", "returned", "signed off"])
def test_a_left_draft_is_not_carried_into_what_was_submitted(client, november, left, stage):
    row = factories.submitted(open_row(november))
    who = {"update": row, "version": row.version, "by": user("Liam Lead"), "at": AT}
    if stage == "returned":
        row = reporting.return_for_changes(**who, comment="Why?")
    elif stage == "signed off":
        row = reporting.sign_off(**who)
    with pytest.raises(reporting.Refused):
        carry(row)
    assert address(CARRY) not in text(signed_in(client).get(address(month=11)))
    assert client.get(address(CARRY)).status_code == 302


def test_only_the_draft_of_the_month_before_is_carried_on(november, left):
    row = open_row(november)
    factories.signed_off(row)
    factories.published(row.month)
    january = reporting.open_month(
        plan=november.plan, month=date(2012, 1, 1), due_on=date(2012, 1, 20), by=user("Olga Office"), at=AT
    )
    with pytest.raises(reporting.Refused, match="no earlier draft"):
        carry(january.updates.get(reference="R01"))


def test_a_left_draft_is_handed_in_as_received_after_publication(client, november, left):
    place = address(LATE, month=11)
    page = text(signed_in(client).get(place))
    assert SECRET in page
    assert "The rating counts in the corrected totals once the accountable lead agrees it." in page
    assert "Your proposed due date is not included." in page
    assert "Say why it was received after publication." in text(client.post(place, {"seen": "0", "reason": ""}))
    for _ in range(2):
        response = client.post(place, {"seen": "0", "reason": "I was ill."}, follow=True)
    assert "R01 for November 2011 is now shown as received after publication." in text(response)
    told = dict(left.corrections.values_list("field", "after"))
    assert told["progress"] == SECRET
    assert "rating" not in told
    assert [proposal.rating for proposal in reporting.waiting(left)] == ["amber"]
    assert set(left.corrections.values_list("reason", flat=True)) == {"I was ill."}
    public = text(signed_in(client, "Cass Chair").get(address(month=11)))
    assert "Received after publication" in public
    assert SECRET in public
    assert "R01 Recommendation 1, November 2011" not in text(signed_in(client).get("/my/updates/"))
    assert list(verification.problems()) == []


def test_the_rating_of_what_was_handed_in_late_is_recorded_once_it_is_agreed(left):
    reporting.hand_in_late(update=left, reason="I was ill.", by=user(), at=AT)
    reporting.agree_rating(proposal=reporting.waiting(left).get(), by=user("Liam Lead"), at=AT)
    assert reporting.corrected_answers(left)["rating"] == "amber"


def test_what_is_no_left_draft_is_not_handed_in(plan):
    row = factories.month(plan, 11).updates.get(reference="R01")
    for stage in (row, drafted(row)):
        with pytest.raises(reporting.Refused, match="no draft to hand in"):
            reporting.hand_in_late(update=stage, reason="Late.", by=user(), at=AT)
    row = factories.submitted(MonthlyUpdate.objects.get(pk=row.pk))
    factories.published(row.month)
    with pytest.raises(reporting.Refused, match="no draft to hand in"):
        reporting.hand_in_late(update=row, reason="Late.", by=user(), at=AT)


def test_a_left_draft_is_handed_in_once_pressed_twice(left):
    given = {"update": left, "reason": "I was ill.", "by": user(), "at": AT}
    first = reporting.hand_in_late(**given)
    assert reporting.hand_in_late(**given) == first != []
    assert (left.corrections.count(), left.proposed_ratings.count()) == (len(first), 1)


def corrected_since(left):
    reporting.correct(update=left, reason="A slip.", by=user("Olga Office"), at=AT, progress="As the office has it.")


def declined_since(left):
    reporting.decline_rating(proposal=reporting.waiting(left).get(), reason="No.", by=user("Liam Lead"), at=AT)


def proposed_since(left):
    reporting.correct(update=left, reason="A slip.", by=user("Olga Office"), at=AT, rating="green")


@pytest.mark.parametrize("since", [corrected_since, declined_since, proposed_since])
@pytest.mark.parametrize("name", ["Ada Officer", "Dev Deputy"])
def test_what_was_recorded_since_is_not_overridden_by_handing_in_again(left, since, name):
    reporting.hand_in_late(update=left, reason="I was ill.", by=user(), at=AT)
    since(left)
    before = (list(left.corrections.values()), list(left.proposed_ratings.values()))
    for reason in ("I was ill.", "Again."):
        with pytest.raises(reporting.Refused, match="Tell them what to add"):
            reporting.hand_in_late(update=left, reason=reason, by=user(name), at=AT)
    assert (list(left.corrections.values()), list(left.proposed_ratings.values())) == before


@pytest.mark.parametrize("since", [corrected_since, proposed_since])
def test_what_the_office_recorded_first_is_not_overridden_by_handing_in(left, since):
    since(left)
    with pytest.raises(reporting.Refused, match="The programme office has recorded something for this update"):
        reporting.hand_in_late(update=left, reason="I was ill.", by=user(), at=AT)


def test_a_path_to_green_is_handed_in_only_with_a_rating_that_needs_it(november, left):
    left.rating = "green"
    assert "remedy" not in reporting.late_answers(left)
    left.rating = "red"
    assert reporting.late_answers(left)["remedy"] == "More trainers."


def test_my_updates_reads_left_drafts_in_one_query(client, november, left, django_assert_num_queries):
    officer, on = user(), date(2011, 12, 1)
    permissions.roles(officer, on=on)
    with django_assert_num_queries(1):
        assert duties.drafts(officer, on=on) == [left]


def test_what_is_carried_or_handed_in_late_is_told_in_the_order_of_the_update(client, left, november):
    open_row(november)
    signed_in(client, "Ada Officer")
    told = list(narrative.LABELS.values())
    for page, key in ((address(CARRY, month=12), "empty"), (address(LATE, month=11), "answers")):
        labels = [answer.label for answer in client.get(page).context[key]]
        assert len(labels) > 2
        assert labels == sorted(labels, key=told.index)
