"""What two people wrote at the same time, brought together field by field."""

from datetime import date, time

import pytest

from boards.forms import access, advice, meetings, packs, papers, record, reports
from boards.models import Advice, AgendaItem, BoardAction, CoverSheet, Meeting, Paper, Report, ReportSection
from improvement import govuk
from improvement.texts import merging
from notices import forms as notice_forms
from notices.models import InterimEntry, InterimReport
from plans.forms.officer import UpdateForm
from plans.models import MonthlyUpdate

LOADED = {"progress": "As before.", "due_on": date(2011, 5, 1)}
MARKS = {name: merging.mark(value) for name, value in LOADED.items()}


@pytest.mark.parametrize(
    ("mine", "theirs", "taken", "contested"),
    [
        ({}, {}, {}, []),
        ({"progress": "Mine."}, {}, {}, []),
        ({}, {"progress": "Theirs."}, {"progress": "Theirs."}, []),
        ({"progress": "Mine."}, {"due_on": None}, {"due_on": None}, []),
        ({"progress": "Mine."}, {"progress": "Theirs."}, {}, ["progress"]),
        ({"progress": "Same."}, {"progress": "Same."}, {}, []),
        ({"progress": ""}, {"progress": "Theirs."}, {}, ["progress"]),
        ({"due_on": date(2011, 6, 1)}, {"due_on": date(2011, 7, 1)}, {}, ["due_on"]),
    ],
)
def test_only_what_both_changed_is_asked_about(mine, theirs, taken, contested):
    merged = merging.merge(LOADED | mine, LOADED | theirs, MARKS)
    assert (merged.taken, merged.contested) == (taken, contested)


def test_without_marks_whatever_differs_counts_as_changed_by_both():
    assert merging.merge(LOADED, LOADED | {"progress": "Theirs."}, {}).contested == ["progress"]


@pytest.mark.parametrize(
    ("shown", "read"),
    [("One.\nTwo.", "One.\r\nTwo. "), (None, ""), (False, None), (date(2011, 5, 1), date(2011, 5, 1)), (7, "7")],
)
def test_a_value_has_the_mark_of_what_is_read_back_from_its_page(shown, read):
    assert merging.mark(shown) == merging.mark(read)
    assert merging.mark(time(14, 30)) == merging.mark(time(14, 30))


def test_marks_are_read_as_they_were_written_and_nonsense_is_passed_over():
    assert merging.read(merging.write_down(MARKS)) == MARKS
    assert merging.read("nonsense : a:b:c") == {"": "", "a": "b:c"}


WRITES = {
    UpdateForm: MonthlyUpdate,
    access.AccessForm: BoardAction,
    access.ItemAccessForm: AgendaItem,
    advice.ResponseForm: Advice,
    meetings.MeetingDetailsForm: Meeting,
    meetings.ItemEditForm: AgendaItem,
    packs.CoverForm: CoverSheet,
    papers.PaperEditForm: Paper,
    record.AttendanceForm: Meeting,
    record.MinuteForm: AgendaItem,
    reports.ReportHeadingForm: Report,
    reports.ReportSectionForm: ReportSection,
    notice_forms.CoverForm: InterimReport,
    notice_forms.EntryForm: InterimEntry,
}


def test_every_form_that_brings_texts_together_asks_for_columns_of_what_it_writes():
    merging_forms = {
        form for form in every(govuk.VersionForm) if form.merges and not form.__module__.startswith("tests")
    }
    assert merging_forms == {*WRITES}
    for form, model in WRITES.items():
        columns = {field.name for field in model._meta.concrete_fields}
        is_shown_otherwise = form.shown_of is not govuk.VersionForm.shown_of
        assert set(form.base_fields) <= columns or is_shown_otherwise, form.__name__


def every(kind):
    for form in kind.__subclasses__():
        yield form
        yield from every(form)
