"""The pages of a report to the department: who sees it when, what its forms keep, how much they ask of the database."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notices import interim
from notices.models import InterimReport
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db

LIST = "/notices/thornbury/interim/"
PAGE = f"{LIST}2011-04-30/"
READERS = ["Cass Chair", "Mo Member", "Obi Observer", "Ada Officer", "Liam Lead"]


@pytest.fixture
def notice():
    made = factories.notice()
    factories.result(made.targets.get().indicators.get())
    plan = factories.plan()
    plan.notice = made
    plan.save()
    return made


@pytest.fixture
def office(client):
    client.force_login(user("Olga Office"))
    return client


def text(response):
    return " ".join(response.content.decode().split())


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def add_targets(notice, count):
    for number in range(2, 2 + count):
        target = factories.target(notice, number)
        indicator = target.indicators.create(reference="A", name="Matters done", unit="matters", better="higher")
        factories.result(indicator, str(number))


@pytest.mark.parametrize("name", READERS)
def test_a_draft_is_a_404_to_all_but_the_office_and_is_not_listed(client, notice, name):
    factories.report(notice)
    client.force_login(user(name))
    for address in (PAGE, f"{PAGE}report.pdf", f"{PAGE}report.docx", f"{PAGE}cover/", f"{PAGE}targets/N01/"):
        assert client.get(address).status_code == 404
    assert "30 April 2011" not in text(client.get(LIST))


@pytest.mark.parametrize("name", READERS)
def test_from_tabled_on_whoever_sees_the_notice_reads_it_and_writes_nothing(client, notice, name):
    report = factories.tabled_report(notice)
    client.force_login(user(name))
    page = text(client.get(PAGE))
    assert "Matter N01 was seen to." in page
    assert "Take the report back" not in page
    for step in ("take-back", "agree", "issue", "table", "cover", "discard", "review", "targets/N01"):
        assert client.post(f"{PAGE}{step}/", {"version": report.version}).status_code == 404
    assert InterimReport.objects.get().state == "tabled"


def test_a_report_that_is_taken_back_is_hidden_again(client, notice):
    report = factories.tabled_report(notice)
    interim.take_back(report=report, version=report.version, by=user("Olga Office"), at=AT)
    client.force_login(user("Cass Chair"))
    assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize("address", ["2011-02-30", "0000-01-01", "2011-4-30", "2010-01-01", "start-x"])
def test_a_day_that_cannot_be_or_has_no_report_is_a_404(office, notice, address):
    factories.report(notice)
    assert office.get(f"{LIST}{address}/").status_code == 404


def test_interim_detail_shows_status_verdict_and_provisional_value_side_by_side(client, notice):
    factories.tabled_report(notice)
    client.force_login(user("Cass Chair"))
    page = text(client.get(PAGE))
    for words in ("Well on the way", "Met, provisional", "80.5%", "provisional", "1 target: 0 achieved, 1 well on"):
        assert words in page
    assert "Increase timely assessments to 80%." in page


def test_a_draft_takes_as_many_queries_for_one_target_as_for_three(office, notice):
    factories.issued_report(notice, date(2011, 4, 20))
    factories.report(notice)
    addresses = [PAGE, f"{PAGE}targets/N01/", f"{PAGE}table/", f"{PAGE}cover/"]
    one = [queries(office, address) for address in addresses]
    add_targets(notice, 2)
    assert [queries(office, address) for address in addresses] == one
    assert max(one) <= 12


def test_an_issued_report_takes_as_many_queries_for_one_target_as_for_three(client, notice):
    client.force_login(user("Cass Chair"))
    factories.issued_report(notice)
    one = queries(client, PAGE)
    add_targets(notice, 2)
    factories.issued_report(notice, date(2011, 5, 31))
    assert queries(client, f"{LIST}2011-05-31/") == one <= 12


def test_interim_list_takes_as_many_queries_for_one_report_as_for_three(client, notice):
    client.force_login(user("Cass Chair"))
    factories.issued_report(notice)
    one = queries(client, LIST)
    for month in (5, 6):
        factories.issued_report(notice, date(2011, month, 30))
    assert queries(client, LIST) == one <= 12


def test_interim_start_says_beside_the_day_why_not(office, notice):
    factories.issued_report(notice)
    response = office.post(
        f"{LIST}start/", {"reported_on_0": "30", "reported_on_1": "4", "reported_on_2": "2011", "title": "Mine"}
    )
    page = text(response)
    assert "Choose a day after 30 April 2011, the date of the last report." in page
    assert 'value="Mine"' in page


def test_interim_start_leads_to_the_draft(office, notice):
    given = {"reported_on_0": "30", "reported_on_1": "4", "reported_on_2": "2011", "title": "April"}
    for _ in range(2):  # a double click
        assert office.post(f"{LIST}start/", given).url == PAGE
    assert InterimReport.objects.get().title == "April"


def entry_form(**answers):
    return {"version": 1, "status": "achieved", "narrative": "Mine.", "recap": "", "note": "", "source": ""} | answers


def test_interim_entry_saves_with_plain_line_ends_and_goes_on_to_the_next(office, notice):
    factories.target(notice, 2)
    factories.report(notice)
    response = office.post(f"{PAGE}targets/N01/", entry_form(narrative="One.\r\n\r\nTwo.", next="yes"))
    assert response.url == f"{PAGE}targets/N02/"
    assert InterimReport.objects.get().entries.get(reference="N01").narrative == "One.\n\nTwo."
    assert office.post(f"{PAGE}targets/N02/", entry_form(next="yes")).url == f"{PAGE}#N02"


def test_interim_entry_shows_both_texts_when_somebody_else_was_first(office, notice):
    report = factories.report(notice)
    interim.write_entry(
        report=report, target=notice.targets.get(), version=1, narrative="Theirs.", by=user("Second Office"), at=AT
    )
    response = office.post(f"{PAGE}targets/N01/", entry_form())
    page = text(response)
    assert response.status_code == 409
    for words in ("Someone else changed this", "Theirs.", "Mine.", "Well on the way", 'name="version" value="2"'):
        assert words in page
    assert report.entries.get().narrative == "Theirs."
    office.post(f"{PAGE}targets/N01/", entry_form(version=2, narrative="Both."))
    assert report.entries.get().narrative == "Both."


def test_interim_cover_shows_both_texts_when_somebody_else_was_first(office, notice):
    report = factories.report(notice)
    given = {"version": 1, "title": "A report", "purpose": "Mine.", "conclusion": "It is better."}
    interim.write_cover(report=report, version=1, purpose="Theirs.", by=user("Second Office"), at=AT)
    response = office.post(f"{PAGE}cover/", given)
    assert response.status_code == 409
    for words in ("Theirs.", "Mine.", 'name="version" value="2"'):
        assert words in text(response)
    assert office.post(f"{PAGE}cover/", given | {"version": 2}).url == PAGE
    assert InterimReport.objects.get().purpose == "Mine."


def test_interim_cover_keeps_what_each_of_two_people_wrote_in_a_section_of_their_own(office, notice):
    report = factories.report(notice)
    form = office.get(f"{PAGE}cover/").context["form"]
    mine = {name: form[name].value() for name in form.fields} | {"version_marks": form.marks, "purpose": "Mine."}
    interim.write_cover(report=report, version=1, conclusion="Theirs.", by=user("Second Office"), at=AT)
    assert 'name="version_marks"' in text(office.get(f"{PAGE}cover/"))
    response = office.post(f"{PAGE}cover/", mine, follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    assert "Both of your changes have been kept. “Conclusion” is theirs." in text(response)
    report.refresh_from_db()
    assert (report.purpose, report.conclusion) == ("Mine.", "Theirs.")


@pytest.mark.parametrize("version", ["", "x", "-1"])
def test_interim_entry_keeps_the_text_when_the_page_is_broken(office, notice, version):
    factories.report(notice)
    page = text(office.post(f"{PAGE}targets/N01/", entry_form(version=version)))
    assert "This page is out of date." in page
    assert "Mine." in page


def test_what_was_typed_too_late_is_given_back(office, notice):
    factories.tabled_report(notice)
    for response in (
        office.post(f"{PAGE}targets/N01/", entry_form()),
        office.post(f"{PAGE}cover/", {"version": 1, "title": "A report", "purpose": "Mine."}),
    ):
        assert response.status_code == 409
        for words in ("Your text has not been saved.", "Take it back before you change it.", "Mine."):
            assert words in text(response)
    assert InterimReport.objects.get().entries.get().narrative == "Matter N01 was seen to."


def test_a_page_of_a_step_that_is_past_leads_back_to_the_report(office, notice):
    factories.issued_report(notice)
    for step in ("table", "agree", "issue", "cover", "targets/N01", "discard"):
        assert office.get(f"{PAGE}{step}/").url == PAGE


def test_a_target_that_is_not_in_the_report_is_a_404(office, notice):
    factories.report(notice)
    assert office.get(f"{PAGE}targets/N99/").status_code == 404


def test_interim_table_lists_what_is_to_be_gone_over(office, notice):
    factories.issued_report(notice, date(2011, 4, 20))
    interim.start(notice=notice, reported_on=date(2011, 4, 30), title="April", by=user("Olga Office"), at=AT)
    factories.target(notice, 2)
    page = text(office.get(f"{PAGE}table/"))
    for words in ("Targets without text (1)", "Still as last reported (1)", "Empty: background, main points"):
        assert words in page
    seen = interim.state_of(InterimReport.objects.get(state="draft"))
    day = {"tabled_on_0": "1", "tabled_on_1": "5", "tabled_on_2": "2011"}
    assert "why there is nothing to report, on N02." in text(office.post(f"{PAGE}table/", day | {"seen": seen}))


def test_a_status_that_says_the_opposite_of_its_verdict_is_pointed_out(office, notice):
    report = factories.report(notice)
    write = {"report": report, "target": notice.targets.get(), "by": user("Olga Office"), "at": AT}
    interim.write_entry(version=1, status="not-met", **write)
    assert "Status and computed verdict disagree (1)" in text(office.get(f"{PAGE}table/"))
    assert "Status and verdict disagree. Say why." in text(office.get(PAGE))
    interim.write_entry(version=2, status="achieved", **write)
    assert "Status and computed verdict disagree (0)" in text(office.get(f"{PAGE}table/"))


def test_the_way_through_the_board_with_double_clicks(office, notice):
    report = factories.report(notice)
    table = {"tabled_on_0": "9", "tabled_on_1": "12", "tabled_on_2": "2011", "seen": interim.state_of(report)}
    agree = {"agreed_on_0": "9", "agreed_on_1": "12", "agreed_on_2": "2011", "version": report.version + 1}
    issue = {"is_checked": "on", "version": report.version + 2}
    review = {"held_on_0": "9", "held_on_1": "12", "held_on_2": "2011", "said": "Well done."}
    for step, given in (("table", table), ("agree", agree), ("issue", issue), ("review", review)):
        for _ in range(2):
            assert office.post(f"{PAGE}{step}/", given).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.version, report.reviews.count()) == ("issued", 4, 1)
    assert "Well done." in text(office.get(PAGE))


def test_interim_take_back_says_what_is_wrong_and_changes_nothing(office, notice):
    report = factories.tabled_report(notice)
    page = text(office.post(f"{PAGE}take-back/", {"version": report.version + 1}, follow=True))
    assert "Someone else changed this" in page
    assert "This page is out of date." in text(office.post(f"{PAGE}take-back/", {"version": "x"}, follow=True))
    assert InterimReport.objects.get().state == "tabled"
    assert "draft again" in text(office.post(f"{PAGE}take-back/", {"version": report.version}, follow=True))


def test_target_detail_says_what_was_last_reported(client, notice):
    client.force_login(user("Cass Chair"))
    target = "/notices/thornbury/targets/N01/"
    report = factories.tabled_report(notice)
    assert "Last reported" not in text(client.get(target))
    report = interim.agree(report=report, version=report.version, by=user("Olga Office"), at=AT)
    interim.issue(report=report, version=report.version, by=user("Olga Office"), at=AT)
    assert f'Well on the way <a class="govuk-link" href="{PAGE}#N01">' in text(client.get(target))


def test_notice_detail_leads_to_the_reports(client, notice):
    client.force_login(user("Obi Observer"))
    assert f'href="{LIST}"' in text(client.get("/notices/thornbury/"))


def test_a_draft_shows_what_is_known_by_now_and_a_tabled_report_what_was(office, notice):
    report = factories.report(notice)
    assert "80.5%" in text(office.get(PAGE))
    indicator = notice.targets.get().indicators.get()
    factories.result(indicator, "81", source_on=date(2011, 4, 21))
    assert "81%" in text(office.get(PAGE))
    interim.table(report=report, by=user("Olga Office"), at=AT + timedelta(days=1))
    factories.result(indicator, "79", source_on=date(2011, 4, 22))
    page = text(office.get(PAGE))
    assert ("81%" in page, "79%" in page) == (True, False)
