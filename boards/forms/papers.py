"""How the programme office adds a paper and says who reads it, and from when."""

from datetime import datetime, time

from django import forms
from django.utils import timezone

from boards import papers
from boards.forms.access import PublicTitle
from boards.forms.choices import EXAMPLE
from boards.forms.meetings import TimeField
from boards.forms.refusable import RefusableForm, VersionedForm
from improvement import govuk
from improvement.govuk.no_child import LineField, ProseField
from improvement.records.columns import NO_CHILD
from plans.forms.holding import HoldingForm

DRAFT = "draft"


class _Access(PublicTitle):
    """What every paper has; `access` is as `boards.papers` takes it."""

    title = LineField(label="Title", max_length=200, help_text=NO_CHILD)
    item = forms.ModelChoiceField(queryset=None, label="Agenda item", required=False, empty_label="None")
    restricted_because = ProseField(
        label="Reason for restriction",
        help_text="Leave empty for an open paper. Only the Board and its observers can read a restricted paper. "
        "Everyone else sees this reason instead. The agenda item stays open: restrict it too if its "
        "minutes, decisions, actions and questions are not for everyone.",
    )
    embargoed_until = govuk.DateField(
        label="Under embargo until",
        required=False,
        help_text=f"Only if nobody may read it before then. It appears automatically. {EXAMPLE}",
    )
    embargo_time = TimeField(label="Time at which the embargo ends", help_text="For example, 9:30. Midnight if empty.")

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.items.all()

    def clean(self):
        said = super().clean()
        if said.get("embargo_time") and not said.get("embargoed_until") and "embargoed_until" not in self.errors:
            self.add_error("embargoed_until", "Enter the date the embargo ends.")
        return said

    @property
    def answers(self):
        said = dict(self.cleaned_data)
        day, moment = said.pop("embargoed_until"), said.pop("embargo_time")
        return said | {"embargoed_until": timezone.make_aware(datetime.combine(day, moment or time())) if day else None}


class PaperAddForm(HoldingForm, _Access, RefusableForm):
    """A draft: a file, or a page of this product."""

    instead = ("page",)
    file = forms.FileField(label="File", required=False, allow_empty_file=True)
    page = forms.ChoiceField(label="Or a page of this product", required=False)
    field_order = ("title", "file", "page", "item")

    def __init__(self, *args, meeting, on, **kwargs):
        super().__init__(*args, meeting=meeting, **kwargs)
        self.fields[
            "file"
        ].help_text += " PDFs are bound into the pack in the order of the agenda. Other files are attached."
        self.meeting, self.on = meeting, on
        choices = [("", "None"), *((page.value, page.label) for page in papers.offered(meeting))]
        if draft := meeting.board.plan.refreshes.filter(applied_at=None).first():
            choices.append((DRAFT, f"The draft revision “{draft.title}” as it is today, as a PDF"))
        self.fields["page"].choices = choices

    def clean(self):
        said = super().clean()
        if said.get("page") == DRAFT and said.get("file"):
            self.add_error("file", papers.FILE_OR_PAGE)
        return said

    @property
    def answers(self):
        said = super().answers
        if said["page"] != DRAFT:
            return said
        return said | {"page": "", "file": papers.of_draft(self.meeting, on=self.on)}


class PaperEditForm(_Access, VersionedForm):
    """The same of a paper that is there; of a tabled one only who reads it, and from when."""

    merges = True
    field_order = ("title", "item")

    def __init__(self, *args, paper, **kwargs):
        super().__init__(*args, initial={**self.shown_of(paper), "version": paper.version}, **kwargs)
        if paper.tabled_at:
            for name in ("title", "item"):
                self.fields[name].disabled = True

    def shown_of(self, row):
        until = row.embargoed_until and timezone.localtime(row.embargoed_until)
        columns = ("title", "item", "restricted_because", "excludes_observers", "public_title")
        return {name: getattr(row, name) for name in columns} | {
            "embargoed_until": until and until.date(),
            "embargo_time": until and until.time(),
        }
