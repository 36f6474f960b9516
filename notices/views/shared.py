"""How a view fetches what an address names: what is not the person's to see is a 404."""

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from notices import permissions
from notices.models import Target

page_with_form = require_http_methods(["GET", "HEAD", "POST"])


def today(request):
    """Return the day of `request.now` in London."""
    return timezone.localdate(request.now)


def get_notice(request, slug):
    """Return the Notice if the person sees it; one query."""
    return get_object_or_404(permissions.visible_notices(request.user, on=today(request)), slug=slug)


def get_target(request, slug, reference):
    """Return the target if the person sees its Notice; one query.

    It knows whether the person may record its results, the slug of the Board from which they ask about it, and whether
    anything was asked about it.
    """
    asked = Target.challenges.field.model.objects.filter(target=OuterRef("pk"))
    notices = permissions.visible_notices(request.user, on=today(request)).filter(slug=slug)
    targets = Target.objects.select_related("notice", "area", "owner_post__holder")
    targets = targets.annotate(
        can_record=permissions.records(request.user, "notice"),
        is_asked_about=Exists(asked),
        asking_board=permissions.asking_board(request.user, "notice", on=today(request)),
    )
    return get_object_or_404(targets, notice__in=notices.values("pk"), reference=reference)


def get_office_target(request, slug, reference):
    """Return the target if the person records its results."""
    target = get_target(request, slug, reference)
    if not target.can_record:
        raise Http404
    return target
