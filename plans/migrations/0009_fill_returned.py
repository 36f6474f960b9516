from django.db import migrations

ANSWERS = (
    *("cause", "decision_sought", "direction", "green_by", "impact", "next_steps", "progress", "proposed_due_on"),
    *("proposed_due_reason", "rating", "remedy", "remedy_owner", "unchanged_reason"),
)


def fill(apps, schema_editor):
    """Keep how an update was returned where its officer has not saved it since."""
    returned = apps.get_model("plans", "MonthlyUpdate").objects.filter(status="returned", month__published_at=None)
    for row in returned.prefetch_related("comments", "evidence"):
        last = max((comment.at for comment in row.comments.all()), default=None)
        if last and row.saved_at <= last and all(item.added_at <= last for item in row.evidence.all()):
            row.returned = {
                "answers": {field: str(getattr(row, field) or "") for field in ANSWERS},
                "evidence": [{"pk": item.pk, "title": item.title} for item in row.evidence.all()],
                "is_answered": False,
            }
            row.save(update_fields=("returned",))


class Migration(migrations.Migration):
    """How the updates that are returned at present were when they were returned."""

    dependencies = [("plans", "0008_replies")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
