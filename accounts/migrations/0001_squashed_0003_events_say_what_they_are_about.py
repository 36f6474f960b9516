import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from improvement.records.create_models import CreateModels


class Migration(migrations.Migration):
    """The tables as the migrations listed below leave them."""

    replaces = [('accounts', '0001_start'), ('accounts', '0002_removals'), ('accounts', '0003_events_say_what_they_are_about')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [CreateModels([
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('email', models.EmailField(help_text='The address this person signs in with.', max_length=254, unique=True, verbose_name='e-mail address')),
                ('name', models.CharField(help_text='The name shown on pages and in records.', max_length=150)),
                ('is_demonstration', models.BooleanField(default=False, editable=False, help_text='Made by load_demonstration with a published password; refused outside the demonstration.', verbose_name='demonstration account')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'ordering': ('name', 'email'),
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='user_email_is_lower_case', violation_error_message='Enter the e-mail address in lower case.')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True)),
                ('what', models.CharField(help_text='The verb, for example “update.submitted”.', max_length=60)),
                ('on_type', models.CharField(help_text='The kind of thing, for example “plans.monthlyupdate”.', max_length=60)),
                ('on_id', models.BigIntegerField()),
                ('on_text', models.CharField(help_text='The thing as it was named then.', max_length=200)),
                ('about', models.TextField(blank=True, help_text='Its plan, Notice, Board or inspection, as `accounts.audit.subjects` writes them.', verbose_name='belongs to')),
                ('detail', models.JSONField(blank=True, default=dict)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-at', '-id'),
                'indexes': [models.Index(fields=['on_type', 'on_id'], name='event_on_thing')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalPost',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('title', models.CharField(help_text='For example, “Chief Officer, Early Years”.', max_length=150)),
                ('organisation', models.CharField(help_text='The council or partner that the post belongs to.', max_length=150)),
                ('source', models.CharField(blank=True, help_text='Where the post is named: the document and its page or paragraph.', max_length=200)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('deputy', models.ForeignKey(blank=True, db_constraint=False, help_text='The person who acts for the holder now. The record says when a deputy acts for the holder.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('holder', models.ForeignKey(blank=True, db_constraint=False, help_text='The person who holds the post now.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical post',
                'verbose_name_plural': 'historical posts',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(help_text='For example, “Chief Officer, Early Years”.', max_length=150)),
                ('organisation', models.CharField(help_text='The council or partner that the post belongs to.', max_length=150)),
                ('source', models.CharField(blank=True, help_text='Where the post is named: the document and its page or paragraph.', max_length=200)),
                ('deputy', models.ForeignKey(blank=True, help_text='The person who acts for the holder now. The record says when a deputy acts for the holder.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deputised_posts', to=settings.AUTH_USER_MODEL)),
                ('holder', models.ForeignKey(blank=True, help_text='The person who holds the post now.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='held_posts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('organisation', 'title'),
                'constraints': [models.UniqueConstraint(fields=('title', 'organisation'), name='post_title_is_unique_in_its_organisation', violation_error_message='This organisation already has a post with that title.'), models.CheckConstraint(condition=models.Q(('holder__isnull', True), ('deputy__isnull', True), models.Q(('holder', models.F('deputy')), _negated=True), _connector='OR'), name='post_deputy_is_not_its_holder', violation_error_message='The deputy cannot be the same person as the holder.')],
            },
        ),
        migrations.CreateModel(
            name='Removal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on_type', models.CharField(help_text='The kind of thing, for example “boards.challenge”.', max_length=60)),
                ('on_id', models.BigIntegerField()),
                ('field', models.CharField(help_text='Which text of it, for example “answer” or “minute-7”.', max_length=40)),
                ('label', models.CharField(help_text='The same in words.', max_length=100)),
                ('reason', models.CharField(max_length=120)),
                ('by_name', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
                ('digest_before', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 before')),
                ('digest_after', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 after')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='removals', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('at', 'pk'),
                'indexes': [models.Index(fields=['on_type', 'on_id'], name='removal_on_thing')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='removal_has_a_reason', violation_error_message='Enter a reason for removing it.'), models.CheckConstraint(condition=models.Q(models.Q(('digest_after', ''), ('digest_before', '')), models.Q(models.Q(('digest_before', ''), _negated=True), models.Q(('digest_after', ''), _negated=True)), _connector='OR'), name='removal_has_both_digests_or_none', violation_error_message='The digest before and the digest after belong together.')],
            },
        ),
        migrations.CreateModel(
            name='Tenure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capacity', models.CharField(choices=[('holder', 'Holder'), ('deputy', 'Deputy')], max_length=10)),
                ('from_on', models.DateField(verbose_name='from')),
                ('to_on', models.DateField(blank=True, help_text='The last day. Leave empty if there is no end date.', null=True, verbose_name='to')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tenures', to='accounts.post')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('post', 'from_on', 'capacity'),
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='tenure_ends_after_it_begins', violation_error_message='The last day cannot be before the first day.'), models.UniqueConstraint(condition=models.Q(('to_on__isnull', True)), fields=('post', 'capacity'), name='tenure_present_is_one_for_each_capacity', violation_error_message='The post already has a holder or deputy.')],
            },
        ),
    ])]
