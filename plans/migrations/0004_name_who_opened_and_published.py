"""Stamp who opened and published the months from before, by the name that they have now: no earlier one is known."""

from django.db import migrations


def fill(apps, schema_editor):
    months = apps.get_model("plans", "ReportingMonth").objects.using(schema_editor.connection.alias)
    for month in months.select_related("opened_by", "published_by"):
        published = month.published_by.name if month.published_by_id else ""
        months.filter(pk=month.pk).update(opened_name=month.opened_by.name, published_name=published)


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_who_opened_and_published")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
