import improvement.records.references
from django.db import migrations


class Migration(migrations.Migration):
    """Indicators of one place are listed by their reference as people count."""

    dependencies = [
        ('notices', '0008_uploads'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='indicator',
            options={'ordering': ('target', 'position', 'reference_order')},
        ),
        migrations.AddField(
            model_name='indicator',
            name='reference_order',
            field=improvement.records.references.OrderField(default=b''),
        ),
    ]
