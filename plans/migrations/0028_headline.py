from django.db import migrations, models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual


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
        migrations.AddConstraint(
            model_name="reportingmonth",
            constraint=models.CheckConstraint(
                condition=LessThanOrEqual(Length("headline"), 250) | models.Q(headline__startswith="[removed: "),
                name="month_headline_is_a_sentence_or_two",
                violation_error_message="Sum the month up in 250 characters or fewer.",
            ),
        ),
    ]
