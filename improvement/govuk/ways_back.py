"""The way back from a row's page to its list, with the filters, the month, the order and the page it was opened from.

A list's links to its rows carry its query string as one parameter, and the row's page puts it behind the list's own
address. So it leads nowhere else, and two windows do not mix up their lists.
"""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.encoding import iri_to_uri

PARAMETER = "from"


def to_row(request: HttpRequest) -> str:
    """Return what the address of a row ends with, in the list that `request` asks for."""
    asked = request.GET.copy()
    asked.pop("_export", None)
    query = asked.urlencode()
    return f"?{urlencode({PARAMETER: query})}" if query else ""


def to_list(request: HttpRequest) -> str:
    """Return what the address of the list ends with, on the row's page that `request` asks for."""
    query = iri_to_uri(request.GET.get(PARAMETER, ""))
    return f"?{query}" if query else ""
