"""What only the demonstration shows."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from improvement.demonstration import read


@require_safe
def source_list(request):
    """Say which public documents the numbers in square brackets stand for."""
    if not settings.DEMONSTRATION:
        raise Http404
    return render(request, "source_list.html", {"sources": read("leeds_sources.json")})
