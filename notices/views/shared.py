"""How a view fetches what an address names: what is not the person's to see is a 404."""

from datetime import date

from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from accounts.models import Event, User
from improvement.govuk.pages import today
from improvement.records.statements import Statement
from notices import permissions
from notices.models import InterimEntry, ReportState, Target
from notices.targets import terms


def get_notice(request, slug):
    """Return the Notice if the person sees it; one query."""
    found = _NOTICE.objects(user=request.user.pk, on=today(request), slug=slug) if request.user.is_active else []
    if not found:
        raise Http404
    return found[0]


def _notice(user, on, slug):
    return permissions.visible_notices(User(pk=user), on=on).order_by().filter(slug=slug)


_NOTICE = Statement(_notice, user=-1, on=date(1, 1, 1), slug="a slug")


def get_plans(request, notice):
    """Return those of the plans that answer the Notice which the person sees (notices.permissions.Plans)."""
    return permissions.visible_plans(request.user, notice, on=today(request))


def term_of(notice, on):
    """Return the Term of the Notice on the day `on`."""
    return terms.term(ends_on=notice.ends_on, extended_to=notice.extended_to, lifted_on=notice.lifted_on, as_of=on)


def get_target(request, slug, reference):
    """Return the target if the person sees its Notice; one query.

    It knows whether it was changed, whether the person may record its results, the slug of the Board from which they
    ask about it, whether anything was asked about it, and under which status the report of which day last said where it
    stands.
    """
    asked = Target.objects.filter(pk=OuterRef("pk"), challenges__isnull=False)
    label = Target._meta.label_lower
    changed = Event.objects.filter(on_type=label, on_id=OuterRef("pk"), what="target.changed")
    issued = InterimEntry.objects.filter(target=OuterRef("pk"), report__state=ReportState.ISSUED)
    last = issued.order_by("-report__reported_on")
    notices = permissions.visible_notices(request.user, on=today(request)).filter(slug=slug)
    targets = Target.objects.select_related("notice", "area", "owner_post__holder")
    targets = targets.annotate(
        can_record=permissions.records(request.user, "notice"),
        is_asked_about=Exists(asked),
        is_changed=Exists(changed),
        asking_board=permissions.asking_board(request.user, "notice", on=today(request)),
        last_status=Subquery(last.values("status")[:1]),
        last_reported_on=Subquery(last.values("report__reported_on")[:1]),
    )
    return get_object_or_404(targets, notice__in=notices.values("pk"), reference=reference)


def get_report(request, slug, reported_on):
    """Return the report of that day, knowing whether the person may write it, if they see it; one query."""
    return get_object_or_404(
        permissions.visible_reports(request.user, on=today(request)), notice__slug=slug, reported_on=reported_on
    )


def get_office_report(request, slug, reported_on):
    """Return the report if the person writes it."""
    report = get_report(request, slug, reported_on)
    if not report.can_record:
        raise Http404
    return report


def to_report(report, place=""):
    """Return the way to the report's page, and to the `place` in it, such as “#N01”."""
    return redirect(reverse("notices:interim_detail", args=[report.notice.slug, report.reported_on]) + place)


def get_office_target(request, slug, reference):
    """Return the target if the person records its results."""
    target = get_target(request, slug, reference)
    if not target.can_record:
        raise Http404
    return target
