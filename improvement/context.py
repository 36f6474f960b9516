from functools import partial

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from improvement import navigation
from improvement.govuk import ways_back


def site(request):
    """What every page needs: is it the demonstration, when is it read, where can one go and where did one come from."""
    return {
        "is_demonstration": settings.DEMONSTRATION,
        "now": getattr(request, "now", None),
        "site": SimpleLazyObject(lambda: navigation.site_of(request)),
        "caveats": SimpleLazyObject(lambda: _caveats(request)),
        "navigation": partial(_menu, request),  # What is drawn once for all pages is given as it is, not lazily.
        "way_back": ways_back.offered(request),
    }


def _caveats(request):
    """Return what a page that shows no plan in particular says of the illustrative: every page says it."""
    user = getattr(request, "user", None)
    is_visitor = user is None or not user.is_authenticated
    if settings.DEMONSTRATION if is_visitor else user.is_staff:
        return navigation.every_caveat()
    return navigation.site_of(request).caveats


def _menu(request):
    """Return (label, address, whether it is this page) for each place of the menu."""
    places = navigation.site_of(request).menu
    return tuple((place.label, place.address, place.address == request.path) for place in places)
