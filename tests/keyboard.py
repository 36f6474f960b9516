"""Going through a page by keyboard alone, as whoever has no mouse does."""

from tests.browser import sideways

# What went wrong, or that it is done: from there Tab goes on, past the menu.
TAKES_THE_FOCUS = ".govuk-error-summary, .govuk-notification-banner--success"
# What of the element that has the focus tells that it has, in the window; a radio's ring stands round its label's dot.
UNSEEN = """() => {
    const element = document.activeElement, box = element.getBoundingClientRect();
    const label = element.labels && element.labels[0];
    const styles = [getComputedStyle(element), ...(label ? [getComputedStyle(label, "::before")] : [])];
    const isRinged = styles.some(style => style.boxShadow !== "none"
        || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0));
    const isInside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    return isRinged && isInside ? "" : `${isRinged}, ${isInside}: ${element.outerHTML.slice(0, 200)}`;
}"""


def tab_to(page, selector):
    """Press Tab until what `selector` names has the focus, which is seen at every step."""
    for _ in range(150):
        page.keyboard.press("Tab")
        assert page.evaluate(UNSEEN) == ""
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def press_on(page, selector):
    """Go to a link or a button by Tab, and on to the page that Enter leads to, past its menu to its content."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_load_state()
    assert sideways(page) == 0
    if page.locator(TAKES_THE_FOCUS).count():
        assert page.evaluate("selector => document.activeElement.matches(selector)", TAKES_THE_FOCUS)
    else:
        skip_the_menu(page)


def skip_the_menu(page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "govuk-skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"
