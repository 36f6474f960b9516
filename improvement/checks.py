"""What `check --deploy` asks of the site as a whole."""

from django.conf import settings
from django.core import checks


@checks.register(deploy=True)
def somebody_answers_for_the_site(app_configs, **kwargs):
    """The accessibility statement of a public body names it, and says how to reach it."""
    names = ("ORGANISATION", "ACCESSIBILITY_EMAIL")
    missing = [name for name in names if not getattr(settings, name)]
    if settings.DEMONSTRATION or not missing:
        return []
    return [
        checks.Warning(
            f"The accessibility statement lacks what the law asks for: {' and '.join(missing)} not set.",
            hint="Set who runs the site, and where people report barriers.",
            id="improvement.W001",
        )
    ]
