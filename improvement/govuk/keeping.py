"""What was typed is given back where it could not be taken: signed out, an old page, a database that is away.

Nothing is stored for it, neither here nor in a session: the page that is answered holds it, and sends it again. It
needs neither person nor database, and it trusts only what one of our own pages sent: another site could otherwise have
a text of its own sent in the name of whoever presses the button.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.shortcuts import resolve_url
from django.template.loader import render_to_string

from improvement.govuk import MARKS

# Of what is posted to the pages of an account nothing is shown again, nor a password or a code of any other.
_ACCOUNT = "/accounts/"
_SECRET = ("password", "code", "csrfmiddlewaretoken")
_SHORT = 40
# What a page that gives a text back was sent for: it says so itself, as its token changes when one signs in.
_STAMP = "csrfmiddlewaretoken_kept"
_STAMPED_FOR = 24 * 3600
SIGNED_OUT = "You have been signed out."
NOT_YOURS = "There is no page at this address, or you can no longer see it. Copy your text before you leave this page."
TOO_OLD = "You signed in again in another tab, or this page has been open for a very long time."


class CsrfMiddleware(CsrfViewMiddleware):
    """Django's own, which lets a page that gives a text back be sent with one press after one has signed in again.

    Its token changed with the signing in. In its place stand the stamp that we put on the page for this very address,
    and the browser's word that the page is one of ours; both are needed.
    """

    def process_view(self, request, *view):
        if request.method == "POST" and _is_ours(request) and _is_stamped(request):
            request._dont_enforce_csrf_checks = True
        return super().process_view(request, *view)


def middleware(get_response):
    """Give back what was posted by somebody who was signed out meanwhile, or to whom the page is no longer open."""

    def answer(request):
        response = get_response(request)
        if request.method != "POST":
            return response
        sign_in = resolve_url(settings.LOGIN_URL)
        is_out = response.status_code == 302 and response.url.startswith(f"{sign_in}?")
        is_out = is_out and not request.user.is_authenticated
        again = f"{sign_in}?{urlencode({'next': request.path})}"
        if prefers_json(request):
            if is_out:
                return told(SIGNED_OUT, 401, sign_in=again)
            is_told = response.status_code != 404 or response["Content-Type"] == "application/json"
            return response if is_told else told(NOT_YOURS, 404)
        if not _has_text(typed(request)):
            return response
        if is_out:
            return page(request, "kept/signed_out.html", 403, sign_in=again)
        return page(request, "kept/not_found.html", 404) if response.status_code == 404 else response

    return answer


def page(request, template, status, **context):
    """Return the page `template`, which holds what was posted, to be sent again or copied."""
    fields = typed(request)
    context |= {
        "action": request.get_full_path(),
        "texts": [(number, name, value) for number, (name, value) in enumerate(fields) if _is_text(name, value)],
        "others": [(name, value) for name, value in fields if not _is_text(name, value)],
        "has_files": bool(fields and request.FILES),
        "csrf_token": get_token(request),
        "stamp": signing.dumps(request.path, salt=_STAMP),
    }
    response = HttpResponse(render_to_string(template, context), status=status)
    response["Cache-Control"] = "no-store"
    return response


def told(sentence, status, **more):
    """Return the same to the script of a page, which keeps its text itself."""
    return JsonResponse({"message": f"Not saved. {sentence}", **more}, status=status)


def typed(request):
    """Return the (name, value) of everything that one of our own pages posted and that may be shown again."""
    if request.method != "POST" or request.path.startswith(_ACCOUNT) or not _is_ours(request):
        return []
    try:
        posted = request.POST
    except (BadRequest, SuspiciousOperation, OSError):
        return []  # It cannot be read, which somebody else answers.
    return [
        (name, value)
        for name, values in posted.lists()
        for value in values
        if not any(word in name.lower() for word in _SECRET)
    ]


def prefers_json(request):
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _is_ours(request):
    """Whether the browser says so; one that says nothing is not trusted."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _is_stamped(request):
    """Whether a page that gave a text back, for this address and of today, says so."""
    try:
        stamp = request.POST.get(_STAMP, "")
        return bool(stamp) and signing.loads(stamp, salt=_STAMP, max_age=_STAMPED_FOR) == request.path
    except (signing.BadSignature, BadRequest, SuspiciousOperation, OSError):
        return False  # Whether it can be read is answered by whoever reads it next.


def _has_text(fields):
    return any(_is_text(name, value) for name, value in fields)


def _is_text(name, value):
    return not name.endswith(MARKS) and ("\n" in value or " " in value.strip() or len(value) > _SHORT)
