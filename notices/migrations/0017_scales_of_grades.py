from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0016_fill_kinds_of_inspection'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalinspection',
            name='scale',
            field=models.TextField(blank=True, help_text='Its grades, best first, one on each line. Leave empty if it uses those that can be chosen for a judgement, from outstanding to inadequate.'),
        ),
        migrations.AddField(
            model_name='inspection',
            name='scale',
            field=models.TextField(blank=True, help_text='Its grades, best first, one on each line. Leave empty if it uses those that can be chosen for a judgement, from outstanding to inadequate.'),
        ),
    ]
