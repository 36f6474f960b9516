"""What each role reads says the same without its colours: in forced colours, and on paper in grey."""

import io

import pytest
from pypdf import PdfReader

from tests import once
from tests.browser import axe, person

pytestmark = [pytest.mark.browser, once.LOOKS]

READ = pytest.mark.parametrize(
    ("name", "path"),
    [
        ("lead-officer-safeguarding", "/plans/leeds/2011-11/R10/"),
        ("accountable-lead-social-care", "/plans/leeds/2011-12/R26/review/"),
        ("programme-office", "/plans/leeds/2011-12/publish/"),
        ("board-member", "/boards/leeds/2011-11/"),
        ("observer", "/plans/leeds/recommendations/R10/"),
    ],
)

# What is told by a coloured ground or shape, and lacks the word or the letter that says it too.
UNTOLD = """() => {
    const grounds = "main [class*='app-rating--'], main .govuk-tag, main [class*='app-total--']";
    const told = [...document.querySelectorAll(grounds)];
    const shapes = [...document.querySelectorAll("symbol[id^='rating-']")];
    const fill = element => getComputedStyle(element).fill;
    return [
        ...told.filter(element => !element.textContent.trim()).map(element => element.outerHTML),
        ...shapes.filter(shape => fill(shape.children[0]) === fill(shape.children[1])).map(shape => shape.id),
    ];
}"""
# What leads elsewhere, and does nothing on paper.
STEERING = (
    ".govuk-service-navigation, .govuk-breadcrumbs, .govuk-back-link, .govuk-skip-link, .govuk-button, .moj-filter"
)


def ratings(page):
    """Return the word of every rating that is seen."""
    return {word for word in page.locator("main .app-rating:visible").all_inner_texts() if word.strip()}


@READ
def test_in_forced_colours_nothing_is_told_by_a_ground_alone(site, leeds_copy, name, path):
    page = site.open(path, by=person(name), forced_colors="active")
    assert page.evaluate(UNTOLD) == []
    assert ratings(page) != set()
    assert axe(page) == []


@READ
def test_on_grey_paper_every_rating_is_a_word_and_nothing_steers(site, leeds_copy, name, path):
    page = site.open(path, by=person(name))
    paper = PdfReader(io.BytesIO(page.pdf(format="A4")))
    text = " ".join(sheet.extract_text() for sheet in paper.pages)
    assert ratings(page) != set()
    assert {word for word in ratings(page) if word not in text} == set()
    page.emulate_media(media="print")
    assert page.evaluate(UNTOLD) == []
    assert [element.inner_text() for element in page.locator(STEERING).all() if element.is_visible()] == []
