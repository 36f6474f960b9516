"""The Notice in a browser: anyone reads it, the programme office records, confirms and judges."""

import pytest

from tests import once
from tests.browser import flaws, person

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 320])
def test_an_observer_filters_the_notice_and_reads_a_target(site, leeds_copy, width):
    page = site.open("/notices/leeds/", by=person("observer"), width=width)
    assert page.locator("main tbody tr").count() == 23
    assert flaws(page) == []
    page.click("text=Filter the targets")
    page.get_by_role("group", name="Verdict").get_by_label("Missed", exact=True).check()
    page.click("main form button")
    assert page.locator("main tbody tr").count() == 3
    page.click("main tbody a >> text=N07")
    assert page.locator("main .app-verdict").first.inner_text() == "Missed"
    assert flaws(page) == []
    page.click(".govuk-back-link")
    page.wait_for_url("**/notices/leeds/?verdict=missed")
    assert page.locator("main tbody tr").count() == 3


@pytest.mark.parametrize("width", [1280, 320])
def test_the_programme_office_confirms_a_value_and_judges_a_milestone(site, leeds_copy, width):
    page = site.open("/notices/leeds/targets/N03/", by=person("programme-office"), width=width)
    page.locator("a:has-text('Confirm')").first.click()
    page.click("main form button")
    assert page.title().startswith("Error: ")
    assert flaws(page) == []
    page.fill("[name=value]", "2")
    page.fill("[name=source]", "Performance tables")
    for part, text in enumerate(("8", "12", "2011")):
        page.fill(f"[name=source_on_{part}]", text)
    page.click("main form button")
    assert "Confirms the provisional 3 schools (range 1 to 3)" in page.locator("main").inner_text()

    page.click("text=State whether it is met")
    page.check("[name=is_met][value=yes]")
    page.fill("[name=reason]", "Every school had a plan by then.")
    assert flaws(page) == []
    page.click("main form button")
    assert "Every school had a plan by then." in page.locator("main").inner_text()

    page.click("text=Record a value")
    page.click("main form button")
    assert page.title().startswith("Error: ")
    assert flaws(page) == []


@pytest.mark.parametrize("width", [1280, 320])
def test_the_programme_office_records_a_value_with_all_that_a_source_says(site, leeds_copy, width):
    page = site.open("/notices/leeds/targets/N07/results/add/", by=person("programme-office"), width=width)
    page.select_option(
        "[name=indicator]", label="NI 117 16 to 18 year olds who are not in education, employment or training"
    )
    page.select_option("[name=basis]", "month")
    for name, day in (
        ("period_start", (1, 7, 2011)),
        ("period_end", (31, 7, 2011)),
        ("source_on", (2, 12, 2011)),
        ("expected_on", (31, 1, 2012)),
    ):
        for part, number in enumerate(day):
            page.fill(f"[name={name}_{part}]", str(number))
    given = {"value": "9.1%", "low": "8.9", "high": "9.3", "numerator": "90", "denominator": "1,000"}
    given |= {"source": "Monthly return", "as_printed": "“June 2011”", "discrepancy": "Its table says July: read so."}
    for name, text in given.items():
        page.fill(f"[name={name}]", text)
    page.check("[name=is_provisional][value=yes]")
    page.check("[name=breaks_series]")
    page.click("main form button")
    assert page.locator(".govuk-error-summary li").all_inner_texts() == ["90 of 1000 is 9.0%, not 9.1%."]
    assert page.input_value("[name=denominator]") == "1,000"
    assert flaws(page) == []
    page.fill("[name=numerator]", "91")
    page.click("main form button")
    page.wait_for_url("**/notices/leeds/targets/N07/")
    row = page.locator("tr:has-text('Monthly return')").inner_text()
    for told in (
        "July 2011",
        "9.1% (range 8.9 to 9.3)",
        "provisional",
        "91 of 1000",
        "Printed: “June 2011”. Its table says July: read so.",
        "Series breaks here",
        "Confirmed value expected on 31 January 2012.",
    ):
        assert told in row, told
    assert page.locator(".app-plot__break").count() == 2
    # A value of another basis and period changes no verdict.
    assert page.locator("main .app-verdict").first.inner_text() == "Missed"


def test_a_comparator_stands_beside_the_councils_own_value_and_is_never_taken_for_it(site, leeds_copy):
    page = site.open("/notices/leeds/targets/N07/", by=person("observer"))
    marks = page.locator(".app-plot__value--comparator").all_text_contents()
    assert marks == ["10.4 national", "9.3 neighbours", "76.4 national"]
    page = site.open("/notices/leeds/targets/N03/", by=person("observer"))
    assert page.locator(".app-plot__point--provisional").count() == 1
    assert page.locator(".app-plot__range").count() == 1


@once.LOOKS
def test_the_chart_of_a_target_is_large_enough_on_a_phone_and_begins_at_its_latest_value(site, leeds_copy):
    page = site.open("/notices/leeds/targets/N07/", by=person("observer"), width=390)
    assert flaws(page) == []
    heights = "svg => [...svg.querySelectorAll('text')].map(text => text.getBoundingClientRect().height)"
    drawing = page.locator(".app-chart__drawing").first
    assert min(drawing.evaluate(heights)) >= 12
    right_edges = "svg => [svg.getBoundingClientRect().right, svg.parentElement.getBoundingClientRect().right]"
    of_the_drawing, of_its_region = map(round, drawing.evaluate(right_edges))
    assert of_the_drawing == of_its_region
