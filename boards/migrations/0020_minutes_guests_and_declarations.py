import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('boards', '0019_papers_in_the_pack'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Declaration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Who declared it.', max_length=310)),
                ('interest', models.TextField(help_text='Never write anything that could identify a child.')),
                ('done', models.TextField(blank=True, help_text='For example, “Left the room for the item”.', verbose_name='what was done')),
                ('recorded_at', models.DateTimeField()),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='boards.agendaitem')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='declarations', to='boards.meeting')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'declaration of interest',
                'verbose_name_plural': 'declarations of interest',
                'ordering': ('meeting', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('interest', ''), _negated=True)), name='declaration_says_who_and_what', violation_error_message='Enter who declared the interest, and the interest.')],
            },
        ),
        migrations.CreateModel(
            name='Guest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150)),
                ('organisation', models.CharField(blank=True, max_length=150, verbose_name='post or organisation')),
                ('recorded_at', models.DateTimeField()),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='guests', to='boards.agendaitem')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guests', to='boards.meeting')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('meeting', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='guest_has_a_name', violation_error_message='Enter the guest’s name.')],
            },
        ),
        migrations.AddField(
            model_name='meeting',
            name='minutes_sent_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='minutes_sent_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('minutes_sent_at__isnull', True), ('minutes_sent_by__isnull', True)), models.Q(('minutes_sent_at__isnull', False), ('minutes_sent_by__isnull', False)), _connector='OR'), models.Q(('minutes_sent_at__isnull', True), ('agenda_published_at__isnull', False), _connector='OR')), name='meeting_minutes_are_sent_by_someone', violation_error_message='Minutes are sent to the chair once the agenda is published, by someone.'),
        ),
    ]
