"""Whatever a person types in several lines is drawn as it was written, with its tables and lists."""

import re
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import engines

from improvement import urls  # noqa: F401 (so that every form is known)
from improvement.govuk import drawing, fields
from improvement.texts import lists

TEMPLATES = Path(settings.BASE_DIR) / "templates"
DRAWN = re.compile(r"\{\{ ?([\w.]+)((?:\|[^}]*)?) ?\}\}")
# An element of a text as somebody wrote it, or a text broken into lines, by another way than the filter.
BY_HAND = re.compile(r'class="[^"]*\bapp-prose\b|\|linebreaks')

# These names are also those of other things than texts, or of what is read from a file.
# A month's headline is folded into one line.
OF_ONE_LINE = {
    *("answer", "headline", "note", "outcome", "purpose", "recommendations", "restricted_because", "text", "wording")
}
# A place that does not draw a text as it was written, and why.
ELSEWHERE = {
    "a cut, which leads to the whole": (
        "boards/actions/_actions.html",
        "boards/home/_home_to_settle.html",
        "plans/officer/_unchanged_row.html",
    ),
    "a hash": (
        "_removed.html",
        "boards/reports/report_detail.html",
        "file_damaged.html",
        "notices/interim/interim_detail.html",
        "plans/office/_month_published.html",
    ),
    "a quotation within a sentence": ("plans/lead/_sign_off_marks.html", "plans/lead/_sign_off_queue.html"),
    "words marked one by one": ("plans/lead/_marked.html",),
    "the text of a link": ("plans/recommendations/_story_board.html",),
    "exactly what is removed": ("_removal_places.html",),
    "paragraphs that improvement.texts.prose has read, or an address": (
        "boards/reports/_report_table.html",
        "boards/reports/letterhead_upload.html",
        "notices/interim/_prose.html",
    ),
    "an e-mail, which has no style sheet": ("account/letters/letter.html",),
    "said within a sentence that asks to confirm": (
        "boards/meetings/declaration_remove.html",
        "boards/meetings/decision_remove.html",
    ),
    "a name of one line": ("boards/dashboard/_red.html",),
}


def pages():
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = str(path.relative_to(TEMPLATES))
        if not name.startswith("admin/"):
            yield name, path.read_text(encoding="utf-8")


def test_a_text_of_several_lines_is_drawn_by_the_filter():
    known = {name for names in ELSEWHERE.values() for name in names}
    found = {name for name, text in pages() if BY_HAND.search(text)}
    assert found - known == set()
    assert known - found == {"boards/meetings/declaration_remove.html", "boards/meetings/decision_remove.html"}


def typed(form=forms.BaseForm):
    """Return the names of what forms ask for in several lines."""
    own = {name for name, field in getattr(form, "base_fields", {}).items() if isinstance(field, fields.ProseField)}
    return own.union(*map(typed, form.__subclasses__()))


def test_what_forms_ask_for_in_several_lines_is_drawn_by_the_filter_or_cut():
    """By the name of the field, wherever a template of plans and boards draws one of a row."""
    known = {name for names in ELSEWHERE.values() for name in names}
    names = typed() - OF_ONE_LINE
    assert {"progress", "comment", "commentary", "minute", "interest", "reason"} - names == {"commentary"}
    missing = [
        f"{name} {found[0]}"
        for name, text in pages()
        for found in DRAWN.finditer(text)
        if name not in known and name.startswith(("plans/", "boards/")) and "." in found[1]
        if found[1].rpartition(".")[2] in names | {"closure_reason", "commentary"}
        if not re.search("written|truncate|length", found[2])
    ]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One <b>.\nTwo.", '<span class="app-prose">One &lt;b&gt;.\nTwo.</span>'),
        (None, '<span class="app-prose"></span>'),
        (date(2011, 12, 9), '<span class="app-prose">9 Dec 2011</span>'),
        (
            "Done:\n- one <b>\n- two",
            '<div class="app-prose">Done:</div><ul class="govuk-list govuk-list--bullet app-listed">'
            '<li class="app-prose">one &lt;b&gt;</li><li class="app-prose">two</li></ul>',
        ),
        (
            "(c) one\n  - below\n(d) two",
            '<ol class="govuk-list govuk-list--number app-listed app-listed--letter-brackets" type="a" start="3">'
            '<li class="app-prose">one<ul class="govuk-list govuk-list--bullet app-listed">'
            '<li class="app-prose">below</li></ul></li><li class="app-prose">two</li></ol>',
        ),
    ],
)
def test_a_text_is_drawn_with_its_lists(text, html):
    assert drawing.written(text) == html


@pytest.mark.parametrize(
    "numbering", [f"{way.join(brackets)}" for way in "1aAiI" for brackets in [("", "."), ("", ")"), "()"]]
)
def test_each_way_to_number_has_a_style_of_its_own(numbering):
    first = numbering.replace(
        numbering.strip("().")[0], {"1": "1", "a": "a", "A": "A", "i": "i", "I": "I"}[numbering.strip("().")]
    )
    second = {"1": "2", "a": "b", "A": "B", "i": "ii", "I": "II"}[numbering.strip("().")]
    text = f"{first} one\n{numbering.replace(numbering.strip('().'), second)} two"
    (name,) = re.findall(r"app-listed--[\w-]+", drawing.written(text))
    css = (Path(settings.BASE_DIR) / "improvement/static/improvement/css/site.css").read_text(encoding="utf-8")
    assert lists.pieces(text)[0].numbering == numbering
    assert f".{name}{{list-style-type:" in css


def test_a_list_that_is_short_is_drawn_where_texts_fold():
    template = engines["django"].from_string("{% folded text 60 %}")
    assert "<ul" in template.render({"text": "- one\n- two"})
    assert "<details" in template.render({"text": "- one is long enough to be folded\n- two is so too, and then some"})
