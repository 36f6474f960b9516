import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """What may be removed from a record, and how its removal is recorded."""

    dependencies = [
        ('plans', '0001_start'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Redaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(help_text='Which text, for example “progress” or “comment-7”.', max_length=30)),
                ('reason', models.CharField(max_length=120)),
                ('by_name', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
                ('digest_before', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 before')),
                ('digest_after', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 after')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redactions', to=settings.AUTH_USER_MODEL)),
                ('month', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redactions', to='plans.reportingmonth')),
                ('update', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='redactions', to='plans.monthlyupdate')),
            ],
            options={
                'ordering': ('at', 'pk'),
                'constraints': [
                    models.CheckConstraint(condition=~Q(reason=''), name='redaction_has_a_reason', violation_error_message='Enter a reason for removing it.'),
                    models.CheckConstraint(condition=Q(digest_before='', digest_after='') | (~Q(digest_before='') & ~Q(digest_after='')), name='redaction_has_both_digests_or_none', violation_error_message='The digest before and the digest after belong together.'),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name='correction',
            name='correction_changes_something',
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=~Q(before=F('after')) | Q(after__startswith='[removed: '), name='correction_changes_something', violation_error_message='The correction changes nothing.'),
        ),
    ]
