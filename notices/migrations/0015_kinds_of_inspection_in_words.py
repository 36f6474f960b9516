from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0014_findings_without_a_timescale'),
    ]

    operations = [
        migrations.AlterField(
            model_name='historicalinspection',
            name='kind',
            field=models.CharField(help_text='In the inspectorate’s words, for example “Standard inspection”, “Focused visit” or “Annual assessment”.', max_length=100),
        ),
        migrations.AlterField(
            model_name='inspection',
            name='kind',
            field=models.CharField(help_text='In the inspectorate’s words, for example “Standard inspection”, “Focused visit” or “Annual assessment”.', max_length=100),
        ),
    ]
