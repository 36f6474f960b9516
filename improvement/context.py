from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject


def site(request):
    """What every page needs: whether it is the demonstration, the moment it is read at, and where one can go."""
    return {
        "is_demonstration": settings.DEMONSTRATION,
        "now": getattr(request, "now", None),
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
    }


def _navigation(request):
    """Return (label, address, whether it is this page) for each page that the person's roles open to them."""
    names = [("Home", "home")]
    if request.user.is_staff:
        names.append(("Administration", "admin:index"))
    addresses = [(label, reverse(name)) for label, name in names]
    return [(label, address, address == request.path) for label, address in addresses]
