from django.db import migrations, models


class Migration(migrations.Migration):
    """The first submission of an update, which decides whether it is late."""

    dependencies = [("plans", "0004_fill_date_changes")]

    operations = [
        migrations.AddField(
            "monthlyupdate",
            "first_submitted_at",
            models.DateTimeField(
                null=True,
                blank=True,
                help_text="It decides whether the update is late. It stays when an update is returned.",
            ),
        ),
        migrations.AddField(
            "monthlyupdate",
            "is_resubmitted",
            models.BooleanField(default=False, help_text="Submitted again after it was returned."),
        ),
    ]
