from django.conf import settings


def site(request):
    """What every page needs: whether it is the demonstration, and the moment it is read at."""
    return {"is_demonstration": settings.DEMONSTRATION, "now": getattr(request, "now", None)}
