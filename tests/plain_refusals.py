"""The site's addresses with a 404 of one word: for tests that ask thousands of times, and look at the status alone."""

from django.http import HttpResponseNotFound

from improvement.urls import urlpatterns  # noqa: F401


def handler404(request, exception):
    return HttpResponseNotFound()
