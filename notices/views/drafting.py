"""The programme office writes a report to the department; what was typed is saved, or given back, never lost."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from improvement import govuk
from improvement.govuk import together
from improvement.govuk.pages import page_with_form, today
from improvement.records.refusals import Conflict, Refusal, Refused
from notices import forms, interim, permissions
from notices.interim import reported
from notices.views.shared import get_notice, get_office_report, to_report


@page_with_form
def interim_start(request, notice):
    notice = get_notice(request, notice)
    if not permissions.can_record(request.user, notice, on=today(request)):
        raise Http404
    form = forms.ReportStartForm(request.POST or None, initial={"title": f"{notice.title}: interim report"})
    if form.is_valid():
        try:
            report = interim.start(notice=notice, by=request.user, at=request.now, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"The report of {report.label} has been started.")
            return to_report(report)
    context = {"notice": notice, "form": form, "last": interim.last_issued(notice)}
    return render(request, "notices/interim/interim_start.html", context)


@page_with_form
def interim_cover(request, notice, reported_on):
    report = get_office_report(request, notice, reported_on)
    form = forms.CoverForm(request.POST or None, initial=_initial(report, interim.COVER))
    context = {"report": report}
    if _is_written(request, form, context, interim.write_cover, report=report):
        messages.success(request, "The cover sections have been saved.")
        return to_report(report)
    return _page(request, "notices/interim/interim_cover.html", form, context)


@page_with_form
def interim_entry(request, notice, reported_on, reference):
    report = get_office_report(request, notice, reported_on)
    lines = reported.build(report).lines
    place = next((place for place, line in enumerate(lines) if line.entry.reference == reference), None)
    if place is None:
        raise Http404
    entry, following = lines[place].entry, lines[place + 1 :]
    form = forms.EntryForm(request.POST or None, initial=_initial(entry, interim.ANSWERS))
    context = {"report": report, "line": lines[place], "has_next": bool(following)}
    if _is_written(request, form, context, interim.write_entry, report=report, target=entry.target):
        messages.success(request, f"The report on {reference} has been saved.")
        if "next" in request.POST and following:
            return redirect("notices:interim_entry", notice, reported_on, following[0].entry.reference)
        return to_report(report, f"#{reference}")
    context["last"] = interim.last_said(report, entry.target)
    return _page(request, "notices/interim/interim_entry.html", form, context)


@page_with_form
def interim_discard(request, notice, reported_on):
    report = get_office_report(request, notice, reported_on)
    form = govuk.VersionForm(request.POST or None, initial={"version": report.version})
    if form.is_valid():
        try:
            interim.discard(report=report, by=request.user, at=request.now, **form.cleaned_data)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return to_report(report)
        messages.success(request, f"The draft of {report.label} has been discarded.")
        return redirect("notices:interim_list", notice)
    if not report.is_draft:
        return to_report(report)
    return render(request, "notices/interim/interim_discard.html", {"report": report, "form": form})


def _initial(row, fields):
    return {field: getattr(row, field) for field in (*fields, "version")}


def _is_written(request, form, context, write, **what):
    """Write what the form holds; where that is refused, `context` gets what the page has to say about it."""
    if not form.is_valid():
        return False
    try:
        together.write(request, form, write, **what, by=request.user, at=request.now)
        return True
    except Conflict as conflict:
        context["differences"] = _differences(form, conflict.current)
        form.take_version(conflict.current.version)
    except interim.ReportSettled as refusal:
        context["settled"] = refusal
    except Refused as refusal:
        form.refuse(refusal)
    return False


def _differences(form, current):
    """Return (label, what stands, what was typed) for each answer in which the two differ."""
    typed = {name: text for name, text in form.cleaned_data.items() if name != "version"}
    return [
        (form[name].label, _said(form, name, getattr(current, name)), _said(form, name, text))
        for name, text in typed.items()
        if text != getattr(current, name) and name in (form.contested or typed)
    ]


def _said(form, name, text):
    return dict(getattr(form.fields[name], "choices", ())).get(text, text)


def _page(request, template, form, context):
    """Draw the form with what it was refused for; a report that is no draft has none."""
    if not context["report"].is_draft and not form.is_bound:
        return to_report(context["report"])
    context = {"form": form, "differences": None, "settled": None} | context
    is_refused = context["settled"] is not None or context["differences"] is not None
    return render(request, template, context, status=409 if is_refused else 200)
