from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0013_plan_uploads'),
    ]

    operations = [
        migrations.AlterField(
            model_name='finding',
            name='urgency',
            field=models.CharField(blank=True, choices=[('immediately', 'Immediately'), ('three-months', 'Within three months'), ('six-months', 'Within six months')], help_text='The timescale that the inspection gives. Leave empty if it gives none.', max_length=15),
        ),
        migrations.AlterField(
            model_name='historicalfinding',
            name='urgency',
            field=models.CharField(blank=True, choices=[('immediately', 'Immediately'), ('three-months', 'Within three months'), ('six-months', 'Within six months')], help_text='The timescale that the inspection gives. Leave empty if it gives none.', max_length=15),
        ),
    ]
