"""A form asks once about what looks as if it identified a child, and takes a tick for an answer."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from improvement import govuk
from improvement.govuk import no_child

ASKED = "“LS7 4BQ” looks like a postcode. Remove it, or tick “I have checked that this does not identify a child”."


class NoteForm(govuk.FormMixin, forms.Form):
    text = forms.CharField(required=False, widget=forms.Textarea)
    line = forms.CharField(required=False)
    file = forms.FileField(required=False)


def posted(form_class=NoteForm, files=None, initial=None, prefix=None, **data):
    return form_class(QueryDict("", mutable=True) | data, files, initial=initial, prefix=prefix)


def token(form):
    assert not form.is_valid()
    return form["no_child"].subwidgets[0].data["attrs"]["value"]


def test_a_text_that_looks_so_is_asked_about_beside_its_field():
    form = posted(text="At LS7 4BQ.")
    assert form.errors == {"text": [ASKED]}
    assert "no_child" in str(form)
    assert "checked" not in str(form["no_child"])


def test_a_tick_answers_it_and_is_no_answer_of_the_form():
    again = posted(text="At LS7 4BQ.", no_child=token(posted(text="At LS7 4BQ.")))
    assert again.is_valid()
    assert again.cleaned_data == {"text": "At LS7 4BQ.", "line": "", "file": None}


def test_a_tick_stays_where_the_form_is_drawn_again_for_something_else():
    again = posted(text="At LS7 4BQ.", no_child=token(posted(text="At LS7 4BQ.")))
    again.add_error("line", "Wrong.")
    assert "checked" in str(again["no_child"])


def test_a_tick_counts_for_what_it_was_asked_about_only():
    again = posted(text="At LS7 4BQ. Child A.", no_child=token(posted(text="At LS7 4BQ.")))
    assert len(again.errors["text"]) == 2
    assert "checked" not in str(again["no_child"])


def test_what_stands_already_is_not_asked_about_again():
    assert posted(text="At LS7 4BQ. More.", initial={"text": "At LS7 4BQ."}).is_valid()
    assert not posted(text="At LS7 4BQ. Child A.", initial={"text": "At LS7 4BQ."}).is_valid()


def test_the_address_of_an_office_may_have_a_postcode_and_nothing_else_of_the_kind():
    class LetterForm(govuk.FormMixin, forms.Form):
        sender = no_child.AddressField(rows=3)

    assert posted(LetterForm, sender="Civic Hall\nLS1 1UR").is_valid()
    assert len(posted(LetterForm, sender="Civic Hall\nLS1 1UR\nChild A").errors["sender"]) == 1


def test_a_file_is_asked_about_by_its_name():
    file = SimpleUploadedFile("child_B_notes.txt", b"x")
    form = posted(files={"file": file})
    assert form.errors.keys() == {"file"}
    assert posted(files={"file": file}, no_child=token(form)).is_valid()


def test_a_line_is_asked_about_where_its_field_says_so():
    assert posted(line="LS7 4BQ").is_valid()

    class OfAChild(NoteForm):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.fields["line"].names_no_child = True

    assert posted(OfAChild, line="LS7 4BQ").errors == {"line": [ASKED]}


def test_each_of_several_forms_has_a_tick_of_its_own():
    form = posted(prefix="u7", **{"u7-text": "At LS7 4BQ."})
    assert not form.is_valid()
    assert 'name="u7-no_child"' in str(form["no_child"])
    assert posted(prefix="u7", **{"u7-text": "At LS7 4BQ.", "u7-no_child": token(form)}).is_valid()


@pytest.mark.parametrize("text", ["", "Two teams were trained in every child's home."])
def test_a_plain_text_is_never_asked_about(text):
    form = posted(text=text)
    assert form.is_valid()
    assert no_child.NAME not in form.fields
