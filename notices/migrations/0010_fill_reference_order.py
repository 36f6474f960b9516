from django.db import migrations

from improvement.records.references import order


def fill(apps, schema_editor):
    """Keep the order of every reference, a published month's too: it is no part of its digest."""
    for name in ("Indicator",):
        rows = apps.get_model("notices", name).objects
        for pk, reference in list(rows.values_list("pk", "reference")):
            rows.filter(pk=pk).update(reference_order=order(reference))


class Migration(migrations.Migration):
    """What stood before gets the order of its reference."""

    dependencies = [
        ("notices", "0009_reference_order"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
