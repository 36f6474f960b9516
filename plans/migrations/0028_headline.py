from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0027_saved_filters"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportingmonth",
            name="headline",
            field=models.TextField(
                blank=True,
                default="",
                help_text="Never write anything that could identify a child.",
                verbose_name="the month in a sentence or two",
            ),
            preserve_default=False,
        ),
    ]
