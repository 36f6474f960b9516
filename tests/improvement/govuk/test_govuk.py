"""Each kind of field as the browser gets it: what is labelled, described, wrong and kept."""

import re
from datetime import date
from types import SimpleNamespace

import django_tables2 as tables
import pytest
from django import forms
from django.http import QueryDict
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from pytest_django.asserts import assertInHTML

from improvement import govuk
from improvement.govuk import EXAMPLE_DATE


class AnswerForm(govuk.FormMixin, forms.Form):
    rating = forms.ChoiceField(
        label="Rating",
        choices=[("red", "Red"), ("green", "Green")],
        widget=forms.RadioSelect,
        help_text="As it stands.",
    )
    direction = forms.ChoiceField(label="Direction of travel", choices=[("", ""), ("steady", "Steady")])
    areas = forms.MultipleChoiceField(
        label="Areas of focus", choices=[("1", "Safeguarding")], widget=forms.CheckboxSelectMultiple
    )
    progress = forms.CharField(label="Progress this month", widget=forms.Textarea, max_length=10)
    remedy = forms.CharField(label="What is needed", help_text="From whom, and when.")
    due_on = govuk.DateField(label="Due date")
    file = forms.FileField(label="A file")
    agreed = forms.BooleanField(label="I have checked it")
    token = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rating"].choice_hints = {"red": "Not on track."}


def ids(html):
    return set(re.findall(r'\bid="([^"]*)"', html))


def dated(day, month, year):
    form = AnswerForm({"due_on_0": day, "due_on_1": month, "due_on_2": year})
    return form, form["due_on"].errors


def test_every_link_of_the_error_summary_leads_to_an_input_of_the_page():
    form = AnswerForm({}, {})
    targets = [target for _, target in form.error_links]
    assert targets == [
        "id_rating_0",
        "id_direction",
        "id_areas_0",
        "id_progress",
        "id_remedy",
        "id_due_on_0",
        "id_file",
        "id_agreed",
        "",
    ]
    html = str(form)
    for target in filter(None, targets):
        assert re.search(rf'<(input|select|textarea)\b[^>]*\bid="{target}"', html)


def test_messages_name_what_is_asked_for():
    assert [text for text, _ in AnswerForm({}, {}).error_links] == [
        "Select the rating.",
        "Select the direction of travel.",
        "Select the areas of focus.",
        "Enter the progress this month.",
        "Enter what is needed.",
        "Enter the due date.",
        "Select a file.",
        "Tick “I have checked it”.",
        "Enter the token.",
    ]


def test_a_forms_own_message_is_kept():
    class ReasonForm(govuk.FormMixin, forms.Form):
        reason = forms.CharField(error_messages={"required": "Say why"})

    assert ReasonForm({}).error_links == [("Say why", "id_reason")]


def test_a_text_that_is_too_long_is_kept_and_counted():
    form = AnswerForm({"progress": "Twelve chars"})
    assert form["progress"].errors == ["“Progress this month” must be 10 characters or fewer. You have entered 12."]
    html = form["progress"].as_field_group()
    assertInHTML(
        '<textarea name="progress" cols="40" rows="10" id="id_progress" '
        'class="govuk-textarea govuk-textarea--error govuk-js-character-count" '
        'aria-invalid="true" aria-describedby="id_progress_error id_progress-info">Twelve chars</textarea>',
        html,
    )
    assert 'data-module="govuk-character-count" data-maxlength="10"' in html
    assert "You can enter up to 10 characters" in html
    assert "maxlength" not in html.replace("data-maxlength", "")


def test_every_long_text_of_the_product_has_a_limit_that_its_page_says():
    for form in every_form():
        for name, field in form.base_fields.items():
            if isinstance(field.widget, forms.Textarea):
                assert field.max_length, f"{form.__name__}.{name} has a limit"


def test_every_form_that_several_people_may_fill_in_says_whether_it_brings_their_texts_together():
    """One whose button is a decision, such as to sign off, must not: what was read has changed."""
    undecided = [
        form.__name__
        for form in every_form()
        if issubclass(form, govuk.VersionForm) and set(form.base_fields) - {"version"} and not said(form)
    ]
    assert undecided == []


def said(form):
    """Whether the form, or one that it is derived from within the product, says `merges`."""
    return any("merges" in vars(kind) for kind in form.__mro__ if kind is not govuk.VersionForm)


def every_form(kind=govuk.FormMixin):
    """Yield every form of the product, as its pages have loaded it."""
    import improvement.urls  # noqa: F401

    for form in kind.__subclasses__():
        if not form.__module__.startswith("tests.") and hasattr(form, "base_fields"):
            yield form
        yield from every_form(form)


def test_a_null_character_gets_a_sentence():
    form = AnswerForm({"remedy": "a\x00b"})
    assert form["remedy"].errors == ["“What is needed” includes a character that cannot be saved. Enter it again."]


def test_an_input_is_labelled_and_described_by_its_hint_and_error():
    html = AnswerForm({})["remedy"].as_field_group()
    assertInHTML('<label class="govuk-label govuk-label--s" for="id_remedy">What is needed</label>', html)
    assertInHTML('<div class="govuk-hint" id="id_remedy_helptext">From whom, and when.</div>', html)
    assertInHTML(
        '<p class="govuk-error-message" id="id_remedy_error"><span class="govuk-visually-hidden">Error:</span> '
        "Enter what is needed.</p>",
        html,
    )
    assert 'aria-describedby="id_remedy_helptext id_remedy_error"' in html
    assert "govuk-form-group--error" in html


def test_radios_are_a_described_group_and_each_choice_may_have_a_hint():
    html = AnswerForm({"rating": "red"})["rating"].as_field_group()
    assert '<fieldset class="govuk-fieldset" aria-describedby="id_rating_helptext">' in html
    assertInHTML('<legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Rating</legend>', html)
    assertInHTML(
        '<input type="radio" name="rating" value="red" id="id_rating_0" class="govuk-radios__input" checked '
        'aria-describedby="id_rating_0_hint">',
        html,
    )
    assertInHTML('<div class="govuk-hint govuk-radios__hint" id="id_rating_0_hint">Not on track.</div>', html)
    assertInHTML('<input type="radio" name="rating" value="green" id="id_rating_1" class="govuk-radios__input">', html)


def test_checkboxes_are_not_taken_for_radios():
    html = AnswerForm({})["areas"].as_field_group()
    assert '<div class="govuk-checkboxes">' in html
    assertInHTML('<input type="checkbox" name="areas" value="1" id="id_areas_0" class="govuk-checkboxes__input">', html)
    assertInHTML('<label class="govuk-label govuk-checkboxes__label" for="id_areas_0">Safeguarding</label>', html)


def test_a_single_checkbox_has_its_label_beside_it():
    html = AnswerForm()["agreed"].as_field_group()
    assertInHTML('<input type="checkbox" name="agreed" class="govuk-checkboxes__input" id="id_agreed">', html)
    assertInHTML('<label class="govuk-label govuk-checkboxes__label" for="id_agreed">I have checked it</label>', html)


def test_selects_and_files_have_their_classes():
    form = AnswerForm()
    assert 'class="govuk-select"' in form["direction"].as_field_group()
    assertInHTML('<input type="file" name="file" class="govuk-file-upload" id="id_file">', str(form["file"]))


def test_everything_that_describes_or_labels_exists():
    for form in (AnswerForm(), AnswerForm({}, {})):
        html = str(form)
        named = re.findall(r'\b(?:for|aria-describedby)="([^"]*)"', html)
        assert {name for names in named for name in names.split()} <= ids(html)
        assert len(re.findall(r'\bid="', html)) == len(ids(html))


def test_a_hidden_field_is_drawn_without_a_group():
    assert str(AnswerForm()["token"]) == '<input type="hidden" name="token" id="id_token">'


@pytest.mark.parametrize(
    "typed",
    [
        (" 31 ", "3", "2011"),
        ("31", "03", "11"),
        ("31", "March", "2011"),
        ("31", "mar", "11"),
        ("31", "Mar.", "2011"),
        ("31 March 2011", "", ""),
        ("31/3/2011", "", ""),
        ("31.03.11", "", ""),
        ("31-Mar-11", "", ""),
    ],
)
def test_a_date_is_read_as_people_type_it(typed):
    form, errors = dated(*typed)
    assert errors == []
    assert form.cleaned_data["due_on"] == date(2011, 3, 31)


@pytest.mark.parametrize(
    ("typed", "message", "target"),
    [
        (("", "", ""), "Enter the due date.", "id_due_on_0"),
        (("", "3", "2011"), f"Due date: enter a date that includes a day, such as {EXAMPLE_DATE}.", "id_due_on_0"),
        (("31", "", "2011"), f"Due date: enter a date that includes a month, such as {EXAMPLE_DATE}.", "id_due_on_1"),
        (
            ("31", "", ""),
            f"Due date: enter a date that includes a month and a year, such as {EXAMPLE_DATE}.",
            "id_due_on_1",
        ),
        (("31", "3", "011"), f"Due date: enter a year with four digits, such as {EXAMPLE_DATE}.", "id_due_on_2"),
        (
            ("31", "Ma", "2011"),
            f"Due date: enter the month as a number or by its name, such as {EXAMPLE_DATE}.",
            "id_due_on_1",
        ),
        (("31", "2", "2011"), f"Due date: 31 2 2011 is not a date. Enter one, such as {EXAMPLE_DATE}.", "id_due_on_0"),
        (("1", "13", "2011"), f"Due date: 1 13 2011 is not a date. Enter one, such as {EXAMPLE_DATE}.", "id_due_on_0"),
        (("1", "1", "0000"), f"Due date: 1 1 0000 is not a date. Enter one, such as {EXAMPLE_DATE}.", "id_due_on_0"),
        (("first", "of", "June"), f"Due date: enter the day as a number, such as {EXAMPLE_DATE}.", "id_due_on_0"),
        (("-1", "1", "2011"), f"Due date: enter the day as a number, such as {EXAMPLE_DATE}.", "id_due_on_0"),
        (("٣", "3", "2011"), f"Due date: enter the day as a number, such as {EXAMPLE_DATE}.", "id_due_on_0"),
        (("1\x00", "3", "2011"), f"Due date: enter the day as a number, such as {EXAMPLE_DATE}.", "id_due_on_0"),
        (("2147483648", "3", "2011"), f"Due date: enter the day as a number, such as {EXAMPLE_DATE}.", "id_due_on_0"),
        (
            ("1", "9" * 5000, "2011"),
            f"Due date: enter the month as a number or by its name, such as {EXAMPLE_DATE}.",
            "id_due_on_1",
        ),
    ],
)
def test_a_date_that_is_none_is_explained_and_kept(typed, message, target):
    form, errors = dated(*typed)
    assert errors == [message]
    assert form["due_on"].error_target == target
    kept = re.findall(r'value="([^"]*)"', form["due_on"].as_field_group())
    assert kept == [text for text in typed if text]


def test_only_the_part_of_a_date_that_is_at_fault_is_marked():
    html = dated("31", "3", "011")[0]["due_on"].as_field_group()
    assert re.findall(r'govuk-input--error" id="([^"]*)"', html) == ["id_due_on_2"]


def test_a_date_that_is_known_is_shown_in_its_parts_and_is_no_change():
    form = AnswerForm(initial={"due_on": date(2011, 3, 31)})
    assert re.findall(r'value="([^"]*)"', form["due_on"].as_field_group()) == ["31", "3", "2011"]
    same = AnswerForm({"due_on_0": "31", "due_on_1": "03", "due_on_2": "2011"}, initial={"due_on": date(2011, 3, 31)})
    assert "due_on" not in same.changed_data


def test_what_is_wrong_with_a_form_is_listed_in_the_order_of_the_page():
    class ReasonForm(govuk.FormMixin, forms.Form):
        reason = forms.CharField(label="Reason")

        def clean(self):
            raise forms.ValidationError("Say it better")

    assert ReasonForm({}, prefix="a").error_links == [("Say it better", ""), ("Enter the reason.", "id_a-reason")]


def test_the_error_summary_is_an_alert_of_links():
    html = render_to_string("_error_summary.html", {"links": [("Enter the reason.", "id_reason"), ("Again", "")]})
    assertInHTML("<h2 class='govuk-error-summary__title'>There is a problem</h2>", html)
    assertInHTML('<li><a href="#id_reason">Enter the reason.</a></li>', html)
    assertInHTML("<li>Again</li>", html)


class RowTable(govuk.Table):
    caption = "Recommendations"
    row_header = "name"

    name = tables.Column()
    count = tables.Column(attrs=govuk.Table.NUMERIC, orderable=False)


def drawn(query="", count=3):
    request = RequestFactory().get("/rows/" + query)
    table = RowTable([{"name": f"R0{number}", "count": number} for number in range(1, count + 1)])
    tables.RequestConfig(request, paginate={"per_page": 2}).configure(table)
    page = engines["django"].from_string("{% load django_tables2 %}{% render_table table %}")
    return page.render({"table": table}, request)


def test_a_table_scrolls_in_a_region_named_by_its_caption():
    html = drawn()
    assert '<div class="app-table-scroll" role="region" aria-labelledby="table-caption" tabindex="0">' in html
    assert 'id="table-caption">Recommendations</caption>' in html
    assertInHTML('<th scope="row" role="rowheader" class="govuk-table__header">R01</th>', html)
    count = '<td role="cell" data-label="Count" class="govuk-table__cell govuk-table__cell--numeric">1</td>'
    assertInHTML(count, html)


def test_a_sorted_column_says_so_and_its_link_turns_it_and_keeps_the_rest():
    assert "aria-sort" not in drawn()
    html = drawn("?sort=name&q=x&page=2")
    assert html.count('aria-sort="ascending"') == 1
    assert 'href="?sort=-name&amp;q=x"' in html
    assert 'aria-sort="descending"' in drawn("?sort=-name")


STRANGE = ["?page=abc", "?page=0", "?page=-1", "?sort=nothing", "?per_page=abc", "?sort=%00", "?sort=name.x,name"]


@pytest.mark.parametrize("query", STRANGE)
def test_a_strange_page_or_sort_is_ignored(query):
    assert "R0" in drawn(query)


def test_pages_are_linked_both_ways():
    first, second = drawn("?q=x"), drawn("?q=x&page=2")
    assert 'href="?q=x&amp;page=2" rel="next"' in first
    assert 'rel="prev"' not in first
    assert 'href="?q=x&amp;page=1" rel="prev"' in second
    assert "Page 2 of 2" in second


def test_one_page_has_no_pagination_and_no_rows_are_said_in_words():
    assert "govuk-pagination" not in drawn(count=2)
    assert "There is nothing to show." in drawn(count=0)


@pytest.mark.parametrize("year", ["0001", "0212", "1899", "2200", "9999"])
def test_a_year_that_nobody_means_is_asked_again(year):
    _, errors = dated("31", "12", year)
    assert errors == [f"Due date: enter a year from 1900 to 2199, such as {EXAMPLE_DATE}."]


class EveryForm(govuk.VersionForm):
    merges = True
    line = forms.CharField(required=False)
    text = forms.CharField(required=False, widget=forms.Textarea)
    choice = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], required=False)
    radio = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], required=False, widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], required=False)
    ticked = forms.BooleanField(required=False)
    day = govuk.DateField(required=False)
    number = forms.IntegerField(required=False)


THEIRS = {"line": "Theirs", "text": "Theirs.", "choice": "b", "radio": "b", "several": ["a", "b"]} | {
    "ticked": True,
    "day": date(2011, 5, 2),
    "number": 7,
}


@pytest.mark.parametrize("name", THEIRS)
def test_what_is_taken_over_is_shown_and_sent_again_whatever_asks_for_it(name):
    """Both ways: an answer of the other that was not there, and one that they took away."""
    assert set(THEIRS) == set(EveryForm.base_fields) - {"version"}
    for value in (THEIRS[name], EveryForm.base_fields[name].clean(None)):
        form = EveryForm(QueryDict("version=1&several=b&ticked=on&choice=a&radio=a&line=Mine"))
        form.data = govuk.put(form, name, value)
        again = EveryForm(form.data)
        assert again.is_valid(), again.errors
        assert again.cleaned_data[name] == value


class RemovalForm(govuk.VersionForm):
    merges = True


def test_what_asks_for_no_text_is_never_brought_together_with_what_somebody_else_wrote():
    form = RemovalForm({"version": "1"})
    assert form.is_valid()
    assert not form.merge(SimpleNamespace(version=2))
    assert form.data["version"] == 2
