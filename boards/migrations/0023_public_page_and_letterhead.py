import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('boards', '0022_pack_choices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='board',
            name='public_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='board',
            name='public_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='board',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('public_at__isnull', True), ('public_by__isnull', True)), models.Q(('public_at__isnull', False), ('public_by__isnull', False)), _connector='OR'), name='board_is_public_by_someone', violation_error_message='Who switched the public page on and when belong together.'),
        ),
        migrations.AddField(
            model_name='reportsection',
            name='table',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.CreateModel(
            name='Letterhead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(upload_to='letterheads')),
                ('original_name', models.CharField(max_length=200)),
                ('size', models.PositiveIntegerField(verbose_name='size in bytes')),
                ('sha256', models.CharField(max_length=64)),
                ('shows', models.CharField(help_text='What the picture shows, for people who cannot see it.', max_length=200)),
                ('sender', models.TextField(blank=True, help_text='Who writes, with the address, above every letter.')),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letterheads', to='boards.board')),
            ],
            options={
                'ordering': ('board', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('file', ''), _negated=True), models.Q(('sha256', ''), _negated=True), models.Q(('shows', ''), _negated=True)), name='letterhead_has_its_picture_and_what_it_shows', violation_error_message='A letterhead needs a picture, its hash and what it shows.')],
            },
        ),
        migrations.AddField(
            model_name='report',
            name='letterhead',
            field=models.ForeignKey(blank=True, help_text='The one it was issued with.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='boards.letterhead'),
        ),
    ]
