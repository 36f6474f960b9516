import logging
from contextlib import suppress
from datetime import UTC, datetime
from threading import BoundedSemaphore

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponseNotAllowed, UnreadablePostError
from django.middleware.gzip import GZipMiddleware
from whitenoise.middleware import WhiteNoiseFileResponse

METHODS = ("GET", "HEAD", "POST")
UTF_8 = ("utf-8", "utf8")
# In each process: more than that would only take the processor from whoever holds a lock of the database.
_AT_ONCE = 4
NOT_BELIEVED = (
    "A request came through a proxy (it has X-Forwarded-For), but BEHIND_PROXY is off: "
    "everyone counts as one address. Set BEHIND_PROXY=1."
)
NO_ADDRESS = (
    "A request came without X-Forwarded-For, but BEHIND_PROXY is on: the limits on wrong passwords do not work. "
    "Make the proxy set the header, as in the README, and do not let anyone reach the site without the proxy."
)
# A proxy on this machine would pass on what comes from anywhere.
_OF_A_PROXY = {"HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP"}
logger = logging.getLogger(__name__)


class Request(WSGIRequest):
    """Takes a kind of content that cannot be read for none: Django breaks on it before any middleware is asked."""

    def _set_content_type_params(self, meta):
        try:
            super()._set_content_type_params(meta)
        except (LookupError, ValueError):
            self.content_type, self.content_params, self._encoding = "", {}, None


def headers(get_response):
    """Set the headers that every response has, and keep all but the static files out of every cache.

    A view whose answer is the same for everyone says so itself: `response.is_for_caches`.
    """

    def middleware(request):
        response = get_response(request)
        for name, value in settings.RESPONSE_HEADERS.items():
            response.headers.setdefault(name, value)
        if not (isinstance(response, WhiteNoiseFileResponse) or getattr(response, "is_for_caches", False)):
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


class Compression(GZipMiddleware):
    """Compress the pages, where no proxy does; files are compressed already, or are read as they come.

    The token against forged requests is masked anew in each page and Django pads what it compresses at random, so that
    its length tells nothing of the page's secrets.
    """

    def process_response(self, request, response):
        if response.streaming or not response.get("Content-Type", "").startswith("text/"):
            return response
        return super().process_response(request, response)


def bounds(get_response):
    """Refuse what no page could answer: another method, a body that is beyond all files, without a length or in another
    encoding than our pages are in, or a NUL, which PostgreSQL refuses.
    """

    def middleware(request):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdigit()):
            raise BadRequest("The length of the request is no number.")
        if len(length) > 20 or int(length) > settings.REQUEST_MAX_BYTES:
            raise RequestDataTooBig("The request is too large.")
        if request.encoding and request.encoding.lower() not in UTF_8:
            raise BadRequest("The request is not in UTF-8.")
        if any("\0" in value for value in request.COOKIES.values()):
            raise BadRequest("A cookie contains a NUL.")
        return get_response(request)

    return middleware


def proxy(get_response):
    """Tell the log, once in each process, of a proxy that is not believed, or of one that does not say who asks.

    In the first case everybody counts as one address when passwords are tried, in the second whoever forges theirs
    meets no limit.
    """
    told = []

    def middleware(request):
        has_header = "HTTP_X_FORWARDED_FOR" in request.META
        if has_header != settings.BEHIND_PROXY and request.path_info not in {"/healthz", "/readyz"} and not told:
            told.append(True)
            logger.warning(NO_ADDRESS if settings.BEHIND_PROXY else NOT_BELIEVED)
        return get_response(request)

    return middleware


def this_machine(get_response):
    """Answer nobody but this machine where the site is only tried (settings.ON_LOCALHOST), whatever it listens to."""

    def middleware(request):
        is_passed_on = not request.META.keys().isdisjoint(_OF_A_PROXY)
        is_near = request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"} and not is_passed_on
        if settings.ON_LOCALHOST and not is_near:
            raise PermissionDenied
        return get_response(request)

    return middleware


def turns(get_response):
    """Work on a few requests at once, each when it has come in whole: who sends slowly keeps nobody from their turn.

    Whether the process answers is asked past the queue, or a busy site would be taken for a dead one.
    """
    turn = BoundedSemaphore(_AT_ONCE)

    def middleware(request):
        if request.path_info == "/healthz":
            return get_response(request)
        with suppress(UnreadablePostError):  # Nobody is there any more to be answered.
            request.POST  # noqa: B018
        with turn:
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
