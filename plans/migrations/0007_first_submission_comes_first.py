from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """No update is submitted without having been submitted first."""

    dependencies = [("plans", "0006_fill_first_submission")]

    operations = [
        migrations.AddConstraint(
            "monthlyupdate",
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True)
                | Q(first_submitted_at__isnull=False, first_submitted_at__lte=F("submitted_at")),
                name="update_is_first_submitted_before_it_is_again",
                violation_error_message="An update is submitted first before it is submitted again.",
            ),
        ),
    ]
