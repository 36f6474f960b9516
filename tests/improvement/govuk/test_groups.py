"""What is written once of the form groups, and what of a field is written anew each time."""

import re
from datetime import date

from django import forms
from django.utils.safestring import mark_safe

from improvement import govuk
from improvement.govuk import groups


class AnswerForm(govuk.FormMixin, forms.Form):
    rating = forms.ChoiceField(label="Rating", choices=[("red", "Red"), ("green", "Green")], widget=forms.RadioSelect)
    progress = govuk.ProseField(label="Progress")
    due_on = govuk.DateField(label="Due date")


def drawn(form):
    return [form[name].as_field_group() for name in form.fields]


def test_a_group_that_was_written_before_shows_what_the_field_holds_now():
    drawn(AnswerForm(initial={"progress": "Before.", "rating": "red", "due_on": date(2011, 12, 1)}))
    now = AnswerForm(initial={"progress": "<Now>", "rating": "green", "due_on": date(2012, 1, 31)})
    rating, progress, due_on = drawn(now)
    assert re.findall(r">\n([^<>]*)</textarea>", progress) == ["&lt;Now&gt;"]
    assert re.findall(r'value="(\w+)"[^>]* checked', rating) == ["green"]
    assert re.findall(r' value="(\d+)"', due_on) == ["31", "1", "2012"]


def test_a_label_that_is_safe_is_not_taken_for_the_same_one_that_is_not():
    labels = []
    for label in (mark_safe("<b>Progress</b>"), "<b>Progress</b>"):
        form = AnswerForm()
        form.fields["progress"].label = label
        labels += re.findall(r"<label[^>]*>(.*)</label>", form["progress"].as_field_group())
    assert labels == ["<b>Progress</b>", "&lt;b&gt;Progress&lt;/b&gt;"]


def test_a_day_with_a_page_of_spaces_around_it_is_a_day_of_which_nothing_is_kept():
    typed = {"due_on_0": "1" + " " * 1000, "due_on_1": "12", "due_on_2": "2011"}
    form = AnswerForm(typed)
    assert not form["due_on"].errors
    kept = dict(groups._written)
    assert re.findall(r' value="(\d+) *"', form["due_on"].as_field_group()) == ["1", "12", "2011"]
    assert groups._written == kept
    AnswerForm(typed | {"due_on_0": "1"})["due_on"].as_field_group()
    assert len(groups._written) == len(kept) + 1
