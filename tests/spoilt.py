"""A form in a browser, filled in so that it has to be refused, whatever it asks."""

# The form that the page sends to its own address (a field may be named "action"); a button of it that sends it.
_FORM = """
const form = [...document.querySelectorAll("main form[method=post]")].find(
    form => new URL(form.getAttribute("action") || "", location).pathname === location.pathname);
const typed = form ? [...form.elements].filter(field => field.type !== "hidden" && field.tagName !== "BUTTON") : [];
const send = () => form.requestSubmit(form.querySelector("button"));
"""
# Nothing is chosen, dates are no dates, texts are longer than any may be, and what was shown is another.
_WRONGLY = """() => {%s
    if (form.elements.seen) form.elements.seen.value = "0";
    for (const field of typed) {
        if (["checkbox", "radio"].includes(field.type)) field.checked = false;
        else if (field.tagName === "SELECT") field.selectedIndex = -1;
        else if (field.tagName === "TEXTAREA") field.value = "Too long. ".repeat(1001);
        else if (field.type !== "file") field.value = field.inputMode === "numeric" ? "99" : "Too long. ".repeat(40);
    }
    send();
}"""
# Every answer is another and none is empty (but for an embargo, which has to end ahead), the version is one that the
# page was not made from and says nothing of how its fields were, and the last button sends it, which of two returns
# what was read.
_OUTDATED = """() => {%s
    for (const field of form.elements) {
        const part = field.name.match(/^(?!embargo).*_([012])$/);
        const isLine = field.type === "text" && /^[A-Za-z]/.test(field.value);
        if (field.type === "hidden" && /version$/.test(field.name)) field.value = 99;
        else if (field.type === "hidden" && /version_marks$/.test(field.name)) field.value = "";
        else if (field.type === "radio" && !form.querySelector(`[name="${field.name}"]:checked`)) field.checked = true;
        else if (field.tagName === "SELECT") field.selectedIndex = field.options.length - 1;
        else if (field.tagName === "TEXTAREA" || isLine) field.value += " Changed.";
        else if (field.inputMode === "numeric" && part && !field.value) field.value = ["1", "6", "2011"][part[1]];
    }
    form.requestSubmit([...form.querySelectorAll("button")].at(-1));
}"""
# In which states the form can be found: with errors if it asks something, in conflict if it tells its version.
_STATES = """() => {%s
    const isVersioned = form && [...form.elements].some(field => /version$/.test(field.name));
    return [...(typed.length || form?.elements.seen ? ["error"] : []), ...(isVersioned ? ["conflict"] : [])];
}"""
_FOCUS = """() => {
    const summary = document.querySelector(".govuk-error-summary");
    if (!summary) return ["no error is shown"];
    const wrong = document.activeElement === summary ? [] : ["the error summary has no focus"];
    if (!document.title.startsWith("Error: ")) wrong.push("the title tells of no error");
    for (const link of summary.querySelectorAll("a")) {
        link.click();
        if (`#${document.activeElement.id}` !== link.hash) wrong.push(`no focus on ${link.hash}`);
    }
    return wrong;
}"""


def send_wrongly(page):
    """Send the page's form with everything in it wrong; return what the page of its errors lacks."""
    with page.expect_navigation():
        page.evaluate(_WRONGLY % _FORM)
    return page.evaluate(_FOCUS)


def states(page):
    """Return the states in which the page's form can be found, if it has one."""
    return page.evaluate(_STATES % _FORM)


def send_outdated(page):
    """Send the page's form as if somebody else had changed the thing meanwhile; return what its answer lacks."""
    with page.expect_navigation() as answered:
        page.evaluate(_OUTDATED % _FORM)
    is_told = answered.value.status == 409 or "Someone else changed this" in page.inner_text("main")
    return [] if is_told else ["no conflict is shown"]
