"""What a page shows hundreds of times over is drawn as an `include` would draw it."""

import re

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import mark_safe

from accounts.models import User
from improvement.govuk.drawing import drawn, number, written


def page(source, **context):
    return engines["django"].from_string(source).render(context)


def test_what_is_drawn_is_what_the_template_draws():
    values = {"rating": "red", "label": "Red"}
    again = page('{% drawn "_rating.html" rating=rating label="Red" %}', rating="red")
    assert drawn("_rating.html", **values) == again == render_to_string("_rating.html", values)


@pytest.mark.parametrize("labels", [("<b>", mark_safe("<b>")), (mark_safe("<b>"), "<b>")])
def test_a_safe_text_and_the_same_one_that_is_not_are_drawn_apart(labels):
    pieces = {type(label): drawn("_rating.html", rating="red", label=label) for label in labels}
    assert ["&lt;b&gt;" in pieces[kind] for kind in (str, type(mark_safe("")))] == [True, False]


def test_a_row_is_not_kept_by_its_key():
    with pytest.raises(TypeError):
        drawn("_rating.html", rating=User(pk=1))


@pytest.mark.parametrize(
    ("given", "drawn_so"),
    [
        ((0, "/a/"), "0"),
        ((None, None), "0"),
        ((3, "/a/?b=1&c=2"), '<a class="govuk-link govuk-link--no-visited-state" href="/a/?b=1&amp;c=2">3</a>'),
        (
            (3, "/a/", "red", "<Theme>"),
            '<a class="govuk-link govuk-link--no-visited-state" href="/a/">3'
            '<span class="govuk-visually-hidden"> red, &lt;Theme&gt;</span></a>',
        ),
    ],
)
def test_a_number_leads_to_what_it_counts_and_none_leads_nowhere(given, drawn_so):
    assert number(*given) == drawn_so


def test_an_address_is_that_of_its_page():
    source = '{% url "plans:recommendation_detail" plan "R01" %}|{% url "home" as there %}{{ there }}'
    address = reverse("plans:recommendation_detail", args=["leeds", "R01"])
    assert page(source, plan="leeds") == f"{address}|/"


def test_an_address_that_cannot_be_is_an_error_unless_it_is_asked_for_first():
    with pytest.raises(NoReverseMatch):
        page('{% url "plans:recommendation_detail" %}')
    assert page('{% url "plans:recommendation_detail" as there %}{{ there|default:"none" }}') == "none"


def test_a_text_is_drawn_as_it_was_written_and_nothing_in_it_is_markup():
    assert written("One <b>.\n| two |") == '<span class="app-prose">One &lt;b&gt;.\n| two |</span>'


def test_a_table_in_a_text_is_drawn_as_one_with_its_heads():
    drawn_so = "".join(line.strip() for line in written("Before.\n\tMay\n<i>\t81%\nAfter.").splitlines())
    assert drawn_so.startswith(
        '<div class="app-prose">Before.</div><div class="app-table-scroll app-pasted" role="group"'
    )
    assert '<td class="govuk-table__cell"></td><th scope="col" class="govuk-table__header">May</th>' in drawn_so
    assert '<td class="govuk-table__cell">&lt;i&gt;</td><td class="govuk-table__cell">81%</td>' in drawn_so
    assert drawn_so.endswith('</div><div class="app-prose">After.</div>')


def test_the_head_of_a_table_names_its_columns():
    drawn = page('{% columns "No." name %}', name="<What>")
    assert re.findall('<(th) scope="col" role="columnheader"[^>]*>([^<]*)<', drawn) == [
        ("th", "No."),
        ("th", "&lt;What&gt;"),
    ]


def test_a_table_is_named_by_its_caption():
    drawn = page(
        '{% table id="of-" of=name size="m" %}{{ name }}{% columns "No." %}<tr></tr>{% endtable %}', name="<1>"
    )
    assert re.findall('aria-labelledby="([^"]*)"', drawn) == ["of-&lt;1&gt;"]
    assert re.findall("<caption .*</caption>", drawn) == [
        '<caption class="govuk-table__caption govuk-table__caption--m" id="of-&lt;1&gt;">&lt;1&gt;</caption>'
    ]


def test_a_table_without_a_caption_is_named_by_a_heading_and_may_have_a_head_of_its_own():
    drawn = page('{% table id="due" %}{% head %}<th>No.</th>{% rows %}<tr></tr>{% endtable %}')
    assert re.findall('aria-labelledby="([^"]*)"', drawn) == ["due"]
    assert re.findall("<(caption|thead|th|tbody)", drawn) == ["thead", "th", "tbody"]
