from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Since when, and for how many months, a recommendation has had its rating."""

    dependencies = [
        ('plans', '0010_changed_dates_of_a_month'),
    ]

    operations = [
        migrations.AddField(
            model_name='monthlyupdate',
            name='rated_since',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='monthlyupdate',
            name='months_at_rating',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='monthlyupdate',
            name='is_long',
            field=models.BooleanField(default=False, verbose_name='is long at one rating'),
        ),
        migrations.AddConstraint(
            model_name='monthlyupdate',
            constraint=models.CheckConstraint(
                condition=Q(rated_since__isnull=True, months_at_rating=0) | Q(rated_since__isnull=False, months_at_rating__gt=0),
                name='update_counts_months_since_one',
                violation_error_message='The months at a rating and the first of them belong together.',
            ),
        ),
    ]
