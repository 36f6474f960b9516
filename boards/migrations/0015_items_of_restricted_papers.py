"""An agenda item was not shown to those who may not read one of its papers. What was withheld with it stays withheld."""

from django.db import migrations

PUBLIC_TITLE = "Restricted item"


def restrict(apps, schema_editor):
    papers = apps.get_model("boards", "Paper").objects.exclude(restricted_because="").exclude(item=None)
    # Those that exclude observers come last, so that theirs is the reason.
    for paper in papers.order_by("excludes_observers", "-position", "-pk").select_related("item"):
        item = apps.get_model("boards", "AgendaItem").objects.filter(pk=paper.item_id)
        item.update(
            restricted_because=paper.restricted_because,
            excludes_observers=paper.excludes_observers,
            public_title=PUBLIC_TITLE,
        )


class Migration(migrations.Migration):
    dependencies = [("boards", "0014_restricted_record")]

    operations = [migrations.RunPython(restrict, migrations.RunPython.noop)]
