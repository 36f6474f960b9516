import improvement.records.references
from django.db import migrations


class Migration(migrations.Migration):
    """What is listed by its reference is listed as people count."""

    dependencies = [
        ('plans', '0012_agreed_ratings'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='monthlyupdate',
            options={'ordering': ('month', 'reference_order')},
        ),
        migrations.AlterModelOptions(
            name='recommendation',
            options={'ordering': ('plan', 'reference_order')},
        ),
        migrations.AddField(
            model_name='monthlyupdate',
            name='reference_order',
            field=improvement.records.references.OrderField(default=b''),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='reference_order',
            field=improvement.records.references.OrderField(default=b''),
        ),
    ]
