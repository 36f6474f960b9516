from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    """Take the last submission for the first: of the ones before it nothing was kept on the row."""
    updates = apps.get_model("plans", "MonthlyUpdate").objects.exclude(submitted_at=None)
    updates.update(first_submitted_at=F("submitted_at"))


class Migration(migrations.Migration):
    """When the updates that are there were first submitted, as far as it is known."""

    dependencies = [("plans", "0005_first_submission")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
