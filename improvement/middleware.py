from datetime import UTC, datetime

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig


def bounds(get_response):
    """Refuse what no page could answer: a body beyond all files, or a NUL, which PostgreSQL takes in no text."""

    def middleware(request):
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.REQUEST_MAX_BYTES:
            raise RequestDataTooBig("The request is too large.")
        if any("\0" in value for value in request.COOKIES.values()):
            raise BadRequest("A cookie holds a NUL.")
        return get_response(request)

    return middleware


def clock(get_response):
    """Set `request.now`, the one clock: whole seconds, or the demonstration's pinned moment."""

    def middleware(request):
        request.now = now()
        return get_response(request)

    return middleware


def now():
    """Return the present moment. For the edges only: requests and management commands."""
    return settings.DEMONSTRATION_NOW or datetime.now(UTC).replace(microsecond=0)  # noqa: TID251
