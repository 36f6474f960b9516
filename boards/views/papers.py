"""The papers of a meeting: added, tabled, their access changed, and handed out to whoever reads them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.handing_out import hand_out
from boards import papers, permissions
from boards.forms.papers import PaperAddForm, PaperEditForm
from boards.forms.refusable import ConfirmForm
from boards.packs import enclosed
from boards.views.shared import about, back, draw, fill_in, get_meeting, office_form
from improvement.govuk.pages import is_written, today


@office_form
def paper_add(request, meeting):
    form = PaperAddForm(
        request.POST or None,
        request.FILES or None,
        meeting=meeting,
        by=request.user,
        on=today(request),
        initial={"item": request.GET.get("item")},
    )
    if is_written(request, form, papers.add, meeting=meeting):
        form.let_go()
        added = "The draft paper has been added. Only the programme office can see it."
        messages.success(request, " ".join(filter(None, (added, enclosed.foretold(meeting.papers.latest("pk"))))))
        return back(meeting)
    form.hold(at=request.now)
    return draw(request, "boards/papers/paper_add.html", form, **about(meeting))


@office_form
def paper_edit(request, meeting, pk):
    paper = _get(meeting, pk)
    form = PaperEditForm(request.POST or None, meeting=meeting, paper=paper)
    return fill_in(request, meeting, form, papers.change, "boards/papers/paper_edit.html", paper=paper)


@office_form
def paper_table(request, meeting, pk):
    paper = _get(meeting, pk)
    form = ConfirmForm(request.POST or None)
    if is_written(request, form, papers.table, paper=paper):
        messages.success(request, f"“{paper.title}” has been tabled.")
        return back(meeting)
    return draw(request, "boards/papers/paper_table.html", form, **about(meeting), paper=paper)


@office_form
def paper_remove(request, meeting, pk):
    paper = _get(meeting, pk)
    form = ConfirmForm(request.POST or None)
    if is_written(request, form, papers.remove, paper=paper):
        messages.success(request, f"“{paper.title}” has been removed.")
        return back(meeting)
    return draw(request, "boards/papers/paper_remove.html", form, **about(meeting), paper=paper)


@require_safe
def paper_download(request, board, held_on, pk):
    """Hand a file out as a download, never to be opened within the site, to whoever reads the paper now."""
    meeting = get_meeting(request, board, held_on)
    readership = permissions.readership(request.user, meeting.board, on=today(request))
    readable = permissions.readable_papers(meeting.papers.exclude(file=""), readership, at=request.now)
    paper = get_object_or_404(readable, pk=pk)
    return hand_out(request, paper, paper.original_name)


def _get(meeting, pk):
    paper = get_object_or_404(meeting.papers, pk=pk)
    paper.meeting = meeting
    return paper
