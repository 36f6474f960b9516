"""The calendar of a person's deadlines and meetings, for a program that cannot sign in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from accounts.people import calendar_feeds
from boards.meetings import personal_calendar
from improvement.texts import icalendar


@login_not_required
@require_safe
def calendar_feed(request, token):
    """Give who knows the secret address the calendar of the person whose it is."""
    if (user := calendar_feeds.find(token)) is None:
        raise Http404
    listed = personal_calendar.entries(user, now=request.now)
    return HttpResponse(
        icalendar.write("Improvement plan", listed, at=request.now), content_type=icalendar.CONTENT_TYPE
    )
