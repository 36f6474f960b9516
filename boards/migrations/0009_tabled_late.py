from django.db import migrations, models


class Migration(migrations.Migration):
    """Whether a paper was tabled after the agenda."""

    dependencies = [("boards", "0008_paper_reports")]

    operations = [
        migrations.AddField(
            "paper", "is_tabled_late", models.BooleanField("tabled after the agenda", default=False)
        ),
    ]
