from django.db import migrations, models


class Migration(migrations.Migration):
    """Whether a paper was tabled after the agenda."""

    dependencies = [("boards", "0009_earlier_events_say_what_they_are_about")]

    operations = [
        migrations.AddField(
            "paper", "is_tabled_late", models.BooleanField("tabled after the agenda", default=False)
        ),
    ]
