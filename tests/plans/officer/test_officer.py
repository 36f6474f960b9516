"""What is owed, checked, handed in and read."""

from datetime import date

import pytest
from django.conf import settings

from accounts import posts
from plans import reporting
from plans.contradictions import Code, Contradiction, questions
from plans.officer import duties
from plans.reporting import evidence
from tests import factories
from tests.plans.officer.pages import CHECK, FORM, address, drafted, signed_in, text

# My updates


@pytest.mark.parametrize("number", [1, 3])
def test_my_updates_takes_as_many_queries_for_one_row_as_for_three(client, db, number, django_assert_num_queries):
    factories.month(factories.plan(number), 12)
    signed_in(client)
    with django_assert_num_queries(8):
        response = client.get("/my/updates/")
    assert len(response.context["months"][0].owed) == number


@pytest.mark.parametrize("number", [1, 3])
def test_my_updates_takes_one_query_more_for_the_questions_of_the_board(client, db, number, django_assert_num_queries):
    plan = factories.plan()
    for place in range(number):
        factories.challenge(plan, f"Question {place}?")
    signed_in(client)
    with django_assert_num_queries(8):
        response = client.get("/my/updates/")
    asked = [(question.about, question.question, question.number) for question in response.context["questions"]]
    assert asked == [("R01", f"Question {place}?", place + 1) for place in range(number)]


def test_my_updates_puts_returned_first_then_awaited_then_drafts_and_what_is_handed_in_below(ada, plan):
    factories.recommendation(plan, 4)
    month = factories.month(plan, 12)
    one, two, three, _ = month.updates.order_by("reference")
    factories.submitted(one)
    drafted(two)
    row = factories.submitted(three)
    reporting.return_for_changes(
        update=row, version=row.version, comment="Say who.", by=factories.user("Liam Lead"), at=factories.AT
    )
    duties = ada.get("/my/updates/").context["months"][0]
    assert [duty.update.reference for duty in duties.owed] == ["R03", "R04", "R02"]
    assert [duty.update.reference for duty in duties.handed_in] == ["R01"]
    assert duties.ready == 1
    assert not duties.is_overdue


def test_my_updates_asks_to_change_what_was_returned_before_it_is_ready(ada, update):
    row = factories.submitted(update)
    liam = factories.user("Liam Lead")
    row = reporting.return_for_changes(update=row, version=row.version, comment="Say who.", by=liam, at=factories.AT)
    page = text(ada.get("/my/updates/"))
    assert "1 returned to you: read the comment, then change it or reply." in page
    assert "Check and submit" not in page
    assert "You have no complete drafts." in text(ada.get("/my/updates/check/"))
    # The clock may stand still: what counts is that it says something else.
    at = factories.AT
    row = reporting.save_draft(update=row, version=row.version, by=factories.user(), at=at, progress=row.progress + " ")
    assert "Check and submit" not in text(ada.get("/my/updates/"))
    reporting.save_draft(update=row, version=row.version, by=factories.user(), at=at, progress="Ada did.")
    page = text(ada.get("/my/updates/"))
    assert "returned to you" not in page
    assert "Check and submit 1 complete draft" in page
    assert "Ada did." in text(ada.get("/my/updates/check/"))


def test_my_updates_counts_what_was_returned_as_ready_once_it_has_evidence(ada, update):
    row = factories.submitted(update)
    liam = factories.user("Liam Lead")
    row = reporting.return_for_changes(update=row, version=row.version, comment="Show it.", by=liam, at=factories.AT)
    evidence.add(
        update=row, kind="qualitative", title="Letter", url="https://a.example/", by=factories.user(), at=factories.AT
    )
    assert "Check and submit 1 complete draft" in text(ada.get("/my/updates/"))


def test_my_updates_shows_the_rating_of_this_month_once_it_is_handed_in(ada, reported, plan):
    update = factories.month(plan, 12).updates.get(reference="R01")
    assert "in November 2011" in text(ada.get("/my/updates/"))
    factories.submitted(update, rating="green")
    page = text(ada.get("/my/updates/"))
    assert page.index("Submitted</h3>") < page.index("Green") < page.index("(November 2011: Red)")


def test_my_updates_says_which_updates_are_late(ada, plan):
    factories.month(plan, 5)
    response = ada.get("/my/updates/")
    assert response.context["months"][0].is_overdue
    assert text(response).count("Update late") == 3
    assert "Overdue" not in text(response)


def test_my_updates_tells_a_deputy_whom_they_act_for(client, month):
    response = signed_in(client, "Dev Deputy").get("/my/updates/")
    assert "You are acting for the Head of Safeguarding (Ada Officer)" in text(response)


def test_my_updates_says_what_happens_next_when_nothing_is_owed(ada, plan):
    assert "when the programme office opens the month" in text(ada.get("/my/updates/"))


def test_my_updates_tells_who_holds_no_post_what_to_do(client, month):
    assert "You do not hold a post" in text(signed_in(client, "Cass Chair").get("/my/updates/"))


def test_my_updates_follow_the_post_to_its_new_holder(client, month):
    posts.hand_over(
        post=factories.post(),
        holder=factories.user("Nia New"),
        deputy=None,
        on=date(2011, 4, 1),
        by=factories.user("Olga Office"),
        at=factories.AT,
    )
    assert len(signed_in(client, "Nia New").get("/my/updates/").context["months"][0].owed) == 3
    assert signed_in(client).get("/my/updates/").context["months"] == []


def test_my_updates_lists_the_areas_of_focus_that_are_to_be_written_on(ada, plan):
    factories.area(plan, "B")
    factories.month(plan, 12)
    with_area = ada.get("/my/updates/")
    assert 'href="/plans/thornbury/2011-12/areas/B/"' in text(with_area)
    assert "Not written yet" in text(with_area)


# Same as last month


def test_update_same_copies_the_last_published_answers_with_one_reason(ada, reported, update):
    assert "Nothing was done." in text(ada.get(address("plans:update_same")))
    response = ada.post(address("plans:update_same"), {"version": 0, "reason": "Staff were away."})
    assert response.url == address(CHECK)
    update.refresh_from_db()
    assert (update.rating, update.progress, update.unchanged_reason) == ("red", "Nothing was done.", "Staff were away.")
    assert ada.get(address(CHECK)).context["contradictions"] == []


def test_update_same_names_the_accountable_lead_by_one_name(ada, reported, update):
    page = text(ada.get(address("plans:update_same")))
    assert page.count("Your accountable lead will see") == 2
    assert "reviewer" not in page


def test_update_same_asks_for_its_reason(ada, reported, update):
    response = ada.post(address("plans:update_same"), {"version": 0, "reason": " "})
    assert "Say why nothing has changed." in text(response)


def test_update_same_is_not_offered_without_a_month_before(ada, update):
    assert "same as last month" not in text(ada.get(address()))
    assert ada.get(address("plans:update_same")).status_code == 404


def test_update_same_names_the_last_month_received_where_that_is_not_the_month_before(ada, plan):
    september = factories.month(plan, 9)
    factories.signed_off(september.updates.get(reference="R01"), rating="red", progress="Nothing was done.")
    factories.published(september)
    factories.published(factories.month(plan, 10))
    update = factories.month(plan, 11).updates.get(reference="R01")
    path = address("plans:update_same", month=11)
    edit = text(ada.get(path.replace("same/", "")))
    assert "Same as September 2011</a>, the last month with an update" in edit
    assert "last month</a>" not in edit
    page = text(ada.get(path))
    assert "Same as September 2011</h1>" in page
    assert "published for September 2011, the last month with an update, become your draft" in page
    ada.post(path, {"version": 0, "reason": "Staff were away."})
    check = text(ada.get(path.replace("same/", "check/")))
    assert "Same as September 2011 because" in check
    assert update.same_as == "Same as September 2011"


def test_no_page_of_an_update_says_same_as_last_month_without_looking_which_month_that_is():
    pages = [
        page for folder in ("plans", "boards") for page in (settings.BASE_DIR / "templates" / folder).rglob("*.html")
    ]
    assert [page.name for page in pages if "Same as last month:" in page.read_text()] == []


def test_improving_with_nothing_new_is_asked_about_once(ada, reported, update):
    ada.post(address("plans:update_same"), {"version": 0, "reason": "Staff were away."})
    ada.post(address(), FORM | {"version": 1, "progress": "Nothing was done.", "direction": "improving"})
    update.refresh_from_db()
    assert update.unchanged_reason == "Staff were away."
    (asked,) = [question for question, *_ in ada.get(address(CHECK)).context["contradictions"]]
    assert asked.code == "improving-with-nothing-new"
    ada.post(address(CHECK), {"version": 2, "improving-with-nothing-new": "The plan bears fruit."})
    update.refresh_from_db()
    assert [item["reason"] for item in update.contradictions] == ["The plan bears fruit."]


def test_update_same_is_no_longer_said_once_the_progress_is_changed(ada, reported, update):
    ada.post(address("plans:update_same"), {"version": 0, "reason": "Staff were away."})
    ada.post(address(), FORM | {"version": 1, "progress": "Nothing was done."})
    update.refresh_from_db()
    assert update.unchanged_reason == "Staff were away."
    ada.post(address(), FORM | {"version": 2, "progress": "Something was done."})
    update.refresh_from_db()
    assert update.unchanged_reason == ""


# The check


def test_update_check_lists_what_is_missing_with_links_to_the_answers(ada, update):
    ada.post(address(), {"version": 0, "rating": "red"})
    response = ada.get(address(CHECK))
    assert f'href="{address()}#green_by"' in text(response)
    assert "Submit for sign-off" not in text(response)
    assert "Answer what is missing first." in text(ada.post(address(CHECK), {"version": 1}))


def test_update_check_submits_within_seventeen_queries_and_goes_to_the_next_one(
    ada, reported, update, django_assert_num_queries
):
    row = drafted(update)
    with django_assert_num_queries(17):
        response = ada.post(address(CHECK), {"version": row.version})
    assert response.url == address(reference="R02")
    row.refresh_from_db()
    assert (row.status, row.submitted_name, row.entered_for) == ("submitted", "Ada Officer", "")


def test_update_check_asks_a_reason_for_each_contradiction_and_keeps_it_for_the_reviewer(ada, reported, update):
    row = drafted(update, progress="nothing  was done.")
    response = ada.post(address(CHECK), {"version": row.version})
    assert response.status_code == 200
    (link,) = response.context["form"].error_links
    assert link[1] == "id_same-text"
    ada.post(address(CHECK), {"version": row.version, "same-text": "The post was vacant."})
    row.refresh_from_db()
    assert row.status == "submitted"
    assert [(item["code"], item["reason"]) for item in row.contradictions] == [("same-text", "The post was vacant.")]


def test_update_check_keeps_the_reasons_typed_while_an_answer_is_missing(client, ada, reported, update):
    row = drafted(update, progress="Nothing was done.", impact="")
    page = text(ada.get(address(CHECK)))
    assert "Save the reasons and answer what is missing" in page
    typed = {"version": row.version, "same-text": "The post was vacant.", "next": "change"}
    assert ada.post(address(CHECK), typed).url == address()
    assert "The post was vacant." in text(ada.get(address(CHECK)))
    row.refresh_from_db()
    ada.post(address(), FORM | {"version": row.version, "progress": "Nothing was done."})
    assert "The post was vacant." in text(ada.get(address(CHECK)))
    for name in ("Mo Member", "Obi Observer", "Liam Lead"):
        assert "The post was vacant." not in text(signed_in(client, name).get(address()))


def test_update_check_answers_the_pages_script_and_does_not_pass_over_what_somebody_else_changed(ada, reported, update):
    row = drafted(update, progress="Nothing was done.")
    json_please = {"Accept": "application/json"}
    told = ada.post(address(CHECK), {"version": 1, "same-text": "Vacant."}, headers=json_please).json()
    assert told == {"message": "Reasons saved", "version": 2, "is_partly": False}
    drafted_by_another = {"version": 2, "impact": "The deputy wrote this."}
    reporting.save_draft(update=update, by=factories.user("Dev Deputy"), at=factories.AT, **drafted_by_another)
    told = ada.post(address(CHECK), {"version": 2, "same-text": "Still vacant."}, headers=json_please).json()
    assert told["version"] == "2"
    assert "Someone else changed this" in text(ada.post(address(CHECK), {"version": 2, "same-text": "Still vacant."}))
    row.refresh_from_db()
    assert (row.status, row.override_reasons) == ("draft", {"same-text": "Still vacant."})


def test_updates_check_keeps_the_reasons_of_those_that_are_not_submitted(ada, reported, month, update):
    rows = [drafted(update, progress="Nothing was done."), drafted(month.updates.get(reference="R02"))]
    posted = {f"u{row.pk}-version": row.version for row in rows}
    posted |= {f"u{rows[0].pk}-same-text": "Vacant.", f"u{rows[1].pk}-is_chosen": "on"}
    assert ada.post("/my/updates/check/", posted).url == "/my/updates/"
    assert "Vacant.</textarea>" in text(ada.get("/my/updates/check/"))


def test_reasons_come_back_once_an_update_is_taken_back_or_returned(ada, reported, update):
    row = drafted(update, progress="Nothing was done.")
    ada.post(address(CHECK), {"version": row.version, "same-text": "Vacant."})
    ada.post(address("plans:update_take_back"), {"version": 2})
    assert "Vacant.</textarea>" in text(ada.get(address(CHECK)))


def test_the_reason_given_last_month_is_offered_and_its_confirmation_is_on_record(client, ada, plan):
    september = factories.month(plan, 9)
    factories.signed_off(september.updates.get(reference="R01"), progress="Nothing was done.")
    factories.published(september)
    update = factories.month(plan, 10).updates.get(reference="R01")
    row = drafted(update, progress="Nothing was done.")
    reporting.submit(
        update=row,
        version=row.version,
        override_reasons={"same-text": "The post is vacant."},
        by=factories.user("Ada Officer"),
        at=factories.AT,
    )
    factories.published(update.month)
    following = factories.month(plan, 11).updates.get(reference="R01")
    check = address(CHECK, month=11)
    drafted(following, progress="Nothing was done.")
    page = text(ada.get(check))
    assert "The reason given for October 2011 still applies" in page
    assert (
        '<blockquote class="govuk-inset-text"><span class="app-prose">The post is vacant.</span></blockquote>' in page
    )
    # A tick alone is enough; without it, and without another reason, it is asked for.
    assert ada.post(check, {"version": 1}).status_code == 200
    assert ada.post(check, {"version": 1, "same-text-holds": "on"}).status_code == 302
    following.refresh_from_db()
    (kept,) = following.contradictions
    assert (kept["reason"], kept["confirmed"]) == ("The post is vacant.", "October 2011")
    review = check.replace("check/", "review/")
    assert "It was given for October 2011 and confirmed." in text(signed_in(client, "Liam Lead").get(review))


def test_a_reason_for_something_else_or_one_that_was_removed_is_not_offered(ada, reported, update):
    reported_row = reported.updates.get(reference="R01")
    (asked,) = questions([Contradiction(Code.SAME_TEXT, "It is the same.")])
    for stored, offered in (
        ({"code": "same-text", "reason": "Vacant."}, {"reason": "Vacant.", "confirmed": "November 2011"}),
        ({"code": "same-text", "reason": "V.", "confirmed": "May 2011"}, {"reason": "V.", "confirmed": "May 2011"}),
        ({"code": "green-past-its-date", "reason": "Vacant."}, None),
        ({"code": "same-text", "reason": "[removed: it named a child]"}, None),
    ):
        reported_row.contradictions = [stored]
        assert reporting.reason_given(asked, reported_row) == offered
    assert reporting.reason_given(asked, None) is None
    # Ticking what was never explained explains nothing.
    row = drafted(update, progress="Nothing was done.")
    assert ada.post(address(CHECK), {"version": row.version, "same-text-holds": "on"}).status_code == 200


def test_update_check_leaves_the_path_to_green_out_of_a_green_update(ada, update):
    row = drafted(update, rating="green")
    assert "More trainers." not in text(ada.get(address(CHECK)))
    ada.post(address(CHECK), {"version": row.version})
    row.refresh_from_db()
    assert (row.status, row.remedy, row.green_by) == ("submitted", "", None)


def test_update_check_submits_once_however_often_it_is_pressed(ada, update):
    row = drafted(update)
    for _ in range(2):
        assert ada.post(address(CHECK), {"version": row.version}).status_code == 302
    row.refresh_from_db()
    assert row.version == 2


def test_update_check_shows_what_somebody_else_changed_meanwhile(ada, update):
    drafted(drafted(update), "Dev Deputy", progress="The deputy wrote this.")
    response = ada.post(address(CHECK), {"version": 1})
    assert "Someone else changed this" in text(response)
    assert "The deputy wrote this." in text(response)
    assert response.context["form"]["version"].value() == 2


def test_update_check_says_that_a_month_was_published_meanwhile(ada, month, update):
    row = drafted(update)
    factories.published(month)
    response = ada.post(address(CHECK), {"version": row.version}, follow=True)
    assert "December 2011 has been published" in text(response)


def test_update_check_says_that_a_late_update_will_be_marked_late(ada, plan):
    row = drafted(factories.month(plan, 5).updates.get(reference="R01"))
    assert "this update will be marked as late" in text(ada.get(address(CHECK, month=5)))
    ada.post(address(CHECK, month=5), {"version": row.version})
    row.refresh_from_db()
    assert row.is_late


def test_update_check_of_a_deputy_records_whom_they_acted_for(client, update):
    row = drafted(update, "Dev Deputy")
    signed_in(client, "Dev Deputy").post(address(CHECK), {"version": row.version})
    row.refresh_from_db()
    assert row.entered_for == "Head of Safeguarding (Ada Officer)"


def test_update_check_by_the_office_records_whom_it_entered_for_and_returns_to_the_month(client, update):
    row = drafted(update, "Olga Office")
    signed_in(client, "Olga Office")
    assert "Back to December 2011" in text(client.get(address()))
    response = client.post(address(CHECK), {"version": row.version})
    assert response.url == "/plans/thornbury/2011-12/"
    row.refresh_from_db()
    assert row.entered_for == "Head of Safeguarding (Ada Officer)"


def test_update_take_back_makes_a_submitted_update_a_draft_again(ada, update):
    row = factories.submitted(update)
    assert "Take it back to change it" in text(ada.get(address()))
    ada.post(address("plans:update_take_back"), {"version": row.version})
    row.refresh_from_db()
    assert row.status == "draft"
    assert ada.get(address()).templates[0].name == "plans/officer/update_edit.html"


def test_an_area_of_focus_that_is_written_is_not_among_those_to_write_on(client, db):
    plan = factories.plan()
    for letter in "AB":
        factories.area(plan, letter)
    row = factories.month(plan, 12).area_updates.get(letter="A")
    reporting.write_area_update(area_update=row, version=0, text="It goes well.", by=factories.user(), at=factories.AT)
    signed_in(client)
    html = client.get("/my/updates/").content.decode()
    to_write, written = html.split("Areas of focus to write on")[1].split("Areas of focus written")
    assert ("A. Area A" in to_write, "B. Area B" in to_write) == (False, True)
    assert ("A. Area A" in written, "B. Area B" in written) == (True, False)


# Several at once


@pytest.mark.parametrize("number", [1, 3])
def test_updates_check_takes_as_many_queries_for_one_draft_as_for_three(client, db, number, django_assert_num_queries):
    plan = factories.plan(number)
    november = factories.month(plan, 11)
    for update in november.updates.all():
        factories.submitted(update)
    factories.published(november)
    for update in factories.month(plan, 12).updates.all():
        drafted(update)
    signed_in(client)
    with django_assert_num_queries(8):
        response = client.get("/my/updates/check/")
    assert len(response.context["items"]) == number


@pytest.mark.parametrize("number", [1, 3])
def test_updates_check_takes_as_many_queries_for_one_green_draft_as_for_three(
    client, db, number, django_assert_num_queries
):
    """What is Green is held against the targets that it answers."""
    target = factories.notice().targets.get()
    factories.result(target.indicators.get(), "79.0")
    plan = factories.plan(number)
    for recommendation in plan.recommendations.all():
        recommendation.targets.add(target)
    for update in factories.month(plan, 12).updates.all():
        drafted(update, rating="green")
    signed_in(client)
    with django_assert_num_queries(10):
        response = client.get("/my/updates/check/")
    asked = [[question.code.value for question, *_ in item["contradictions"]] for item in response.context["items"]]
    assert asked == [["green-with-target-missed"]] * number


def test_updates_check_submits_what_is_chosen_and_keeps_what_fails_with_its_error(ada, reported, month):
    one, two, three = month.updates.order_by("reference")
    rows = [drafted(one, progress="Nothing was done."), drafted(two), drafted(three)]
    posted = {f"u{row.pk}-version": row.version for row in rows}
    posted |= {f"u{one.pk}-is_chosen": "on", f"u{two.pk}-is_chosen": "on"}
    response = ada.post("/my/updates/check/", posted)
    assert "Submitted: R02." in text(response)
    assert [item["update"].reference for item in response.context["items"]] == ["R01", "R03"]
    assert [target for _, target in response.context["error_links"]] == [f"id_u{one.pk}-same-text"]
    assert list(month.updates.order_by("reference").values_list("status", flat=True)) == [
        "draft",
        "submitted",
        "draft",
    ]
    assert ada.post("/my/updates/check/", posted | {f"u{one.pk}-same-text": "So it was."}).url == "/my/updates/"


def test_updates_check_comes_in_pages_and_submits_what_is_chosen_on_the_second(ada, month, monkeypatch):
    monkeypatch.setattr(duties, "CHECKED_PER_PAGE", 2)
    rows = [drafted(row) for row in month.updates.order_by("reference")]
    first, second = ada.get("/my/updates/check/"), ada.get("/my/updates/check/?page=2")
    assert [[item["update"].reference for item in page.context["items"]] for page in (first, second)] == [
        ["R01", "R02"],
        ["R03"],
    ]
    assert 'href="?page=2" rel="next"' in text(first)
    posted = {f"u{rows[2].pk}-version": rows[2].version, f"u{rows[2].pk}-is_chosen": "on"}
    assert ada.post("/my/updates/check/?page=2", posted).url == "/my/updates/"
    assert list(month.updates.filter(status="submitted").values_list("reference", flat=True)) == ["R03"]


def test_updates_check_asks_to_choose_one(ada, update):
    row = drafted(update)
    response = ada.post("/my/updates/check/", {f"u{row.pk}-version": row.version})
    assert "Select at least one update to submit." in text(response)


def test_updates_check_without_a_complete_draft_says_so(ada, update):
    assert "You have no complete drafts." in text(ada.get("/my/updates/check/"))


# Reading


def test_update_edit_of_a_published_month_shows_who_entered_and_who_signed_off(client, reported):
    response = signed_in(client, "Obi Observer").get(address(month=11))
    assert response.templates[0].name == "plans/officer/update_detail.html"
    assert "Nothing was done." in text(response)
    assert "by Ada Officer" in text(response)
    assert "by Liam Lead" in text(response)


def test_update_edit_says_that_an_update_was_not_signed_off_once_its_month_is_published(client, month, update):
    factories.submitted(update)
    signed_in(client)
    assert "Submitted</strong>" in text(client.get(address()))
    factories.published(month)
    page = text(client.get(address()))
    assert "Not signed off</strong>" in page
    assert "Submitted</strong>" not in page


@pytest.mark.parametrize("name", ["Olga Office", "Liam Lead", "Dina Deputy", "Cass Chair", "Obi Observer"])
def test_update_edit_of_a_published_month_never_shows_a_draft_that_was_not_received(client, month, update, name):
    row = drafted(update, progress="Never to be read.")
    evidence.add(
        update=row,
        kind="qualitative",
        title="A hidden link",
        url="https://a.example/",
        by=row.saved_by,
        at=factories.AT,
    )
    factories.published(month)
    reporting.correct(
        update=row, reason="It came late.", by=factories.user("Olga Office"), at=factories.AT, impact="Came late."
    )
    page = text(signed_in(client, name).get(address()))
    assert "No update received" in page
    assert "Received after publication" in page
    assert "Came late." in page
    assert "Never to be read." not in page
    assert "A hidden link" not in page


def test_update_edit_of_a_published_month_shows_a_correction_beside_what_it_corrects(client, reported):
    reporting.correct(
        update=reported.updates.get(reference="R01"),
        reason="It was misread.",
        by=factories.user("Olga Office"),
        at=factories.AT,
        agreed_by=factories.user("Liam Lead"),
        agreed_on=date(2011, 4, 30),
        agreed_how="by e-mail",
        rating="amber",
    )
    response = signed_in(client, "Cass Chair").get(address(month=11))
    rating = response.context["answers"][0]
    assert (rating.words, [item.words for item in rating.corrected]) == ("Red", ["Amber"])
    page = text(response)
    assert (
        '<span class="app-prose">It was misread.</span> '
        "Rating agreed by Liam Lead on 30 April 2011 (by e-mail), as recorded by Olga Office." in page
    )
