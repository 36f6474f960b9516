import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """The month that counts a changed due date, and its withdrawal where the update it was agreed with is returned."""

    dependencies = [
        ("plans", "0002_redactions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "duedatechange",
            "counted_in",
            models.DateField(
                null=True, blank=True, help_text="The first day of the month that counts it; empty before the first month."
            ),
        ),
        migrations.AddField(
            "duedatechange",
            "is_of_update",
            models.BooleanField(
                "agreed with an update", default=False, help_text="Agreed by signing off the update of that month."
            ),
        ),
        migrations.AddField("duedatechange", "withdrawn_at", models.DateTimeField(null=True, blank=True)),
        migrations.AddField(
            "duedatechange",
            "withdrawn_by",
            models.ForeignKey(
                null=True,
                blank=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            "duedatechange",
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, is_of_update=True),
                name="due_date_change_is_withdrawn_by_someone",
                violation_error_message="Only a date agreed with an update is withdrawn, by someone at some time.",
            ),
        ),
        migrations.AddField("monthlyupdate", "date_changes", models.JSONField(default=list, blank=True)),
    ]
