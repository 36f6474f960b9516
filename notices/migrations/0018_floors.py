from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0017_scales_of_grades'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalindicator',
            name='floor',
            field=models.DecimalField(blank=True, decimal_places=3, help_text='The level that a source says no council, school or group may fall below, or rise above where lower is better. Leave empty if no source states one.', max_digits=12, null=True),
        ),
        migrations.AddField(
            model_name='historicalindicator',
            name='floor_source',
            field=models.CharField(blank=True, help_text='The source that states the floor, in its own words.', max_length=200, verbose_name="floor's source"),
        ),
        migrations.AddField(
            model_name='indicator',
            name='floor',
            field=models.DecimalField(blank=True, decimal_places=3, help_text='The level that a source says no council, school or group may fall below, or rise above where lower is better. Leave empty if no source states one.', max_digits=12, null=True),
        ),
        migrations.AddField(
            model_name='indicator',
            name='floor_source',
            field=models.CharField(blank=True, help_text='The source that states the floor, in its own words.', max_length=200, verbose_name="floor's source"),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('floor__isnull', True), ('floor_source', '')), models.Q(('floor__isnull', False), models.Q(('floor_source', ''), _negated=True)), _connector='OR'), name='indicator_floor_names_its_source', violation_error_message='A floor and the source that states it belong together.'),
        ),
    ]
