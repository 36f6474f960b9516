"""How these tests read a page of the Board."""

import re
from urllib.parse import parse_qsl, urlsplit

from django.urls import reverse

from plans.models import ReportingMonth
from plans.months import sets
from tests import factories
from tests.factories import later

NUMBER = re.compile(r'href="([^"]*/recommendations/\?month=[^"]*)">(\d+)')


def address(month, board="thornbury"):
    return reverse("boards:dashboard", args=[board, month.month])


def read(client, path, name="Obi Observer"):
    client.force_login(factories.user(name))
    return client.get(path)


def main(response):
    """Return the content of the page without its frame, its breadcrumbs and the list of months."""
    html = response.content.decode()
    return html[html.index("<main") : html.index("</main>")]


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", main(response)).split())


def size_behind(link):
    """Return how many rows the list at `link` selects."""
    pairs = dict(parse_qsl(urlsplit(link).query))
    month = ReportingMonth.objects.get(plan__slug=link.split("/")[2], month=f"{pairs.pop('month')}-01")
    return sets.select(month, pairs, now=later(days=300)).count()
