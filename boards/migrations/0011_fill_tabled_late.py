from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    """Tell by their moments which of the papers that are there came after the agenda."""
    papers = apps.get_model("boards", "Paper").objects.filter(tabled_at__gt=F("meeting__agenda_published_at"))
    late = list(papers.values_list("pk", flat=True))
    apps.get_model("boards", "Paper").objects.filter(pk__in=late).update(is_tabled_late=True)


class Migration(migrations.Migration):
    """Which of the papers that are there were tabled after the agenda."""

    dependencies = [("boards", "0010_tabled_late")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
