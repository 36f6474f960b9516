"""What `check --deploy` asks of the people in the database."""

from django.conf import settings
from django.core.checks import Error, register
from django.db import connection

from accounts.models import User


@register(deploy=True)
def no_demonstration_accounts(app_configs, **kwargs):
    """Their password is published, so outside the demonstration each would be an open door."""
    if settings.DEMONSTRATION or User._meta.db_table not in connection.introspection.table_names():
        return []
    emails = User.objects.filter(is_demonstration=True).order_by("email").values_list("email", flat=True)
    if not emails:
        return []
    return [
        Error(
            f"Demonstration accounts exist outside the demonstration: {', '.join(emails)}.",
            hint="Use a separate database for production.",
            id="accounts.E001",
        )
    ]
