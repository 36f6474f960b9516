from datetime import UTC, datetime

from django.conf import settings


def clock(get_response):
    """Set `request.now`, the one clock: whole seconds, or the demonstration's pinned moment."""

    def middleware(request):
        request.now = now()
        return get_response(request)

    return middleware


def now():
    """Return the present moment. For the edges only: requests and management commands."""
    return settings.DEMONSTRATION_NOW or datetime.now(UTC).replace(microsecond=0)  # noqa: TID251
