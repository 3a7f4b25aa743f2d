import django.db.models.deletion
import django.db.models.functions.text
import nexus.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('referrals', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        nexus.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='SavedView',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='queue_views', to=settings.AUTH_USER_MODEL)),
                        ('name', models.CharField(max_length=60)),
                        ('query', models.CharField(blank=True, max_length=500, verbose_name='filters and sorting, as in the address')),
                        ('shared', models.BooleanField(default=False, verbose_name='shared with everybody at the desk')),
                        ('saved_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['name', 'pk'],
                        'constraints': [models.UniqueConstraint(models.F('owner'), django.db.models.functions.text.Lower('name'), name='one_view_a_name'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_view_has_a_name')],
                    },
                ),
                migrations.CreateModel(
                    name='DefaultView',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='default_queue_view', to=settings.AUTH_USER_MODEL)),
                        ('view', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='default_of', to='desk.savedview')),
                    ],
                ),
                migrations.CreateModel(
                    name='ViewAlert',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('view', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alerts', to='desk.savedview')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='view_alerts', to=settings.AUTH_USER_MODEL)),
                        ('how_often', models.CharField(choices=[('instant', 'At once, for each referral'), ('daily', 'Once a day, how many'), ('weekly', 'Once a week, how many')], max_length=10)),
                        ('set_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('view', 'person'), name='one_alert_a_view_and_person'), models.CheckConstraint(condition=models.Q(('how_often__in', ['instant', 'daily', 'weekly'])), name='how_often_an_alert_is_known')],
                    },
                ),
                migrations.CreateModel(
                    name='ViewDigest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('alert', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='digests', to='desk.viewalert')),
                        ('how_often', models.CharField(choices=[('instant', 'At once, for each referral'), ('daily', 'Once a day, how many'), ('weekly', 'Once a week, how many')], max_length=10)),
                        ('day', models.DateField()),
                        ('entered', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('alert', 'how_often', 'day'), name='one_digest_a_period')],
                    },
                ),
                migrations.CreateModel(
                    name='ViewEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('alert', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='desk.viewalert')),
                        ('referral', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='referrals.referral')),
                        ('entered_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('alert', 'referral'), name='a_referral_enters_a_view_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ClockNotice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clock_notices', to='referrals.referral')),
                        ('clock', models.CharField(choices=[('claim', 'Local target to claim'), ('decide', 'Local target to decide'), ('custody', 'Custody clock')], max_length=10)),
                        ('threshold', models.CharField(choices=[('near', 'Near'), ('passed', 'Passed')], max_length=10)),
                        ('runs_from', models.DateTimeField()),
                        ('told_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['told_at', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('referral', 'clock', 'threshold', 'runs_from'), name='one_notice_a_threshold')],
                    },
                ),
                migrations.CreateModel(
                    name='EndedClaim',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ended_claims', to='referrals.referral')),
                        ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ended_claims', to=settings.AUTH_USER_MODEL)),
                        ('claimed_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField()),
                        ('told_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['ended_at', 'pk'],
                        'indexes': [models.Index(condition=models.Q(('told_at', None)), fields=['officer'], name='ended_claim_untold')],
                        'constraints': [models.UniqueConstraint(fields=('referral', 'claimed_at'), name='a_claim_ends_once')],
                    },
                ),
            ],
        ),
    ]
