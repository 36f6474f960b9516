"""What was typed is given back where it could not be taken: signed out, an old page, a database that is away.

Nothing is stored for it, neither here nor in a session: the page that is answered holds it, and sends it again. It
needs neither person nor database, and it trusts only what one of our own pages sent: another site could otherwise have
a text of its own sent in the name of whoever presses the button.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import resolve_url
from django.template.loader import render_to_string

# Of what is posted to the pages of an account nothing is shown again, nor a password or a code of any other.
_ACCOUNT = "/accounts/"
_SECRET = ("password", "code", "csrfmiddlewaretoken")
_SHORT = 40


def middleware(get_response):
    """Give back what was posted by somebody who was signed out meanwhile, or to whom the page is no longer open."""

    def answer(request):
        response = get_response(request)
        if request.method != "POST" or prefers_json(request) or not _has_text(typed(request)):
            return response
        sign_in = resolve_url(settings.LOGIN_URL)
        if response.status_code == 302 and response.url.startswith(f"{sign_in}?") and not request.user.is_authenticated:
            return page(request, "kept/signed_out.html", 403, sign_in=f"{sign_in}?{urlencode({'next': request.path})}")
        return page(request, "kept/not_found.html", 404) if response.status_code == 404 else response

    return answer


def page(request, template, status, **context):
    """Return the page `template`, which holds what was posted, to be sent again or copied."""
    fields = typed(request)
    context |= {
        "action": request.get_full_path(),
        "texts": [(number, name, value) for number, (name, value) in enumerate(fields) if _is_text(value)],
        "others": [(name, value) for name, value in fields if not _is_text(value)],
        "has_files": bool(fields and request.FILES),
        "csrf_token": get_token(request),
    }
    response = HttpResponse(render_to_string(template, context), status=status)
    response["Cache-Control"] = "no-store"
    return response


def told(sentence, status):
    """Return the same to the script of a page, which keeps its text itself."""
    return JsonResponse({"message": f"Not saved. {sentence}"}, status=status)


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


def _has_text(fields):
    return any(_is_text(value) for _, value in fields)


def _is_text(value):
    return "\n" in value or " " in value.strip() or len(value) > _SHORT
