import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """How the accountable lead agreed a corrected rating, and the ratings that wait for them."""

    dependencies = [
        ('plans', '0011_months_at_rating'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ProposedRating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rating', models.CharField(choices=[('red', 'Red'), ('amber', 'Amber'), ('green', 'Green'), ('complete', 'Complete')], max_length=10)),
                ('reason', models.TextField()),
                ('by_name', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
                ('decision', models.CharField(blank=True, choices=[('agreed', 'Agreed'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], max_length=10)),
                ('decision_reason', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_name', models.CharField(blank=True, max_length=150)),
            ],
            options={
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.AddField(
            model_name='correction',
            name='agreed_how',
            field=models.CharField(blank=True, help_text='How they agreed, as the programme office recorded it.', max_length=200),
        ),
        migrations.AddField(
            model_name='correction',
            name='is_agreed_on_own_page',
            field=models.BooleanField(default=False, verbose_name="was agreed on the lead's own page"),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreed_how', ''), ('is_agreed_on_own_page', False)), models.Q(('agreed_by__isnull', False), ('agreed_how', '')), models.Q(('agreed_by__isnull', False), ('is_agreed_on_own_page', False)), _connector='OR'), name='correction_is_agreed_in_one_way', violation_error_message="A rating is agreed on the lead's own page, or as the office recorded it."),
        ),
        migrations.AddField(
            model_name='proposedrating',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='proposedrating',
            name='correction',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposal', to='plans.correction'),
        ),
        migrations.AddField(
            model_name='proposedrating',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='proposedrating',
            name='update',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposed_ratings', to='plans.monthlyupdate'),
        ),
        migrations.AddConstraint(
            model_name='proposedrating',
            constraint=models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True)), fields=('update',), name='proposed_rating_is_the_only_one_that_waits', violation_error_message='A corrected rating of this update is already waiting for agreement.'),
        ),
        migrations.AddConstraint(
            model_name='proposedrating',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='proposed_rating_has_a_reason', violation_error_message='Enter a reason for the correction.'),
        ),
        migrations.AddConstraint(
            model_name='proposedrating',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='proposed_rating_is_decided_by_someone', violation_error_message='What was decided, who decided it and when belong together.'),
        ),
        migrations.AddConstraint(
            model_name='proposedrating',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('correction__isnull', False), ('decision', 'agreed')), models.Q(models.Q(('decision', 'agreed'), _negated=True), ('correction__isnull', True)), _connector='OR'), name='proposed_rating_is_corrected_once_agreed', violation_error_message='An agreed rating and its correction belong together.'),
        ),
        migrations.AddConstraint(
            model_name='proposedrating',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'declined'), _negated=True), models.Q(('decision_reason', ''), _negated=True), _connector='OR'), name='proposed_rating_is_declined_with_a_reason', violation_error_message='Enter a reason for declining it.'),
        ),
        migrations.AddConstraint(
            model_name='proposedrating',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'agreed'), _negated=True), models.Q(('decided_by', models.F('by')), _negated=True), _connector='OR'), name='proposed_rating_is_agreed_by_someone_else', violation_error_message='People cannot agree a correction that they entered.'),
        ),
    ]
