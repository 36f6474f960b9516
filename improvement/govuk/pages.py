"""What every view with a form needs: its day, its methods, its refusals. It knows no domain."""

from django.http import Http404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from improvement.govuk import together
from improvement.records.refusals import Refusal

page_with_form = require_http_methods(["GET", "HEAD", "POST"])


def today(request):
    """Return the day of `request.now` in London."""
    return timezone.localdate(request.now)


def refuse_unless(is_allowed):
    """Answer with a 404 what is not the person's to see or to do."""
    if not is_allowed:
        raise Http404


def is_written(request, form, verb, **what):
    """Call the `verb` with what a valid form answers; where that is refused, the form says why."""
    if not form.is_valid():
        return False
    try:
        together.write(request, form, verb, **what, by=request.user, at=request.now)
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    return True
