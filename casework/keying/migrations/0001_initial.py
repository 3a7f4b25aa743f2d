import django.db.models.deletion
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
                    name='Entry',
                    fields=[
                        ('key', models.CharField(max_length=40, primary_key=True, serialize=False)),
                        ('what', models.CharField(choices=[('flag_set', 'Flag set'), ('flag_removed', 'Flag removed'), ('allocation_made', 'Allocated'), ('allocation_ended', 'Allocation ended')], max_length=20)),
                        ('flag', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='referrals.specialconditionsflag')),
                        ('allocation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='referrals.allocation')),
                        ('referral', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='referrals.referral')),
                        ('happened_at', models.DateTimeField()),
                        ('done_by', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('keyed', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='keying.keyed')),
                    ],
                    options={
                        'db_table': 'keying_entry',
                        'managed': False,
                    },
                ),
                migrations.CreateModel(
                    name='Keyed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=40)),
                        ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keyed', to='referrals.referral')),
                        ('system', models.CharField(choices=[('cid', 'CID'), ('atlas', 'Atlas')], max_length=5)),
                        ('words', models.CharField(help_text='What was keyed where, as it was asked for', max_length=200)),
                        ('keyed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('keyed_by_name', models.CharField(blank=True, help_text='As a file of confirmations says', max_length=120)),
                        ('keyed_at', models.DateTimeField()),
                        ('receipt', models.CharField(blank=True, help_text='What the other system calls the keying', max_length=80)),
                        ('corrected_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('corrected_at', models.DateTimeField(null=True)),
                        ('corrected_because', models.TextField(blank=True)),
                    ],
                    options={
                        'ordering': ['-keyed_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('system__in', ['cid', 'atlas'])), name='keyed_system_is_known'), models.UniqueConstraint(condition=models.Q(('corrected_at__isnull', True)), fields=('key',), name='one_standing_confirmation'), models.CheckConstraint(condition=models.Q(models.Q(('keyed_by__isnull', False), ('keyed_by_name', '')), models.Q(('keyed_by__isnull', True), models.Q(('keyed_by_name', ''), _negated=True)), _connector='OR'), name='keyed_says_by_whom'), models.CheckConstraint(condition=models.Q(models.Q(('corrected_at__isnull', True), ('corrected_because', ''), ('corrected_by__isnull', True)), models.Q(('corrected_at__isnull', False), ('corrected_by__isnull', False), models.Q(('corrected_because', ''), _negated=True)), _connector='OR'), name='a_correction_says_by_whom_and_why')],
                    },
                ),
            ],
        ),
        migrations.RunSQL(
            sql="\nCREATE VIEW keying_entry AS\nSELECT event.*, keyed.id AS keyed_id\nFROM (\n    SELECT 'flag-set-' || id AS key, 'flag_set' AS what, id AS flag_id, NULL::bigint AS allocation_id,\n        referral_id, set_at AS happened_at, set_by_id AS done_by_id\n    FROM referrals_specialconditionsflag\n    UNION ALL\n    SELECT 'flag-removed-' || id, 'flag_removed', id, NULL, referral_id, removed_at, removed_by_id\n    FROM referrals_specialconditionsflag WHERE removed_at IS NOT NULL\n    UNION ALL\n    SELECT 'allocation-made-' || id, 'allocation_made', NULL, id, referral_id, allocated_at, allocated_by_id\n    FROM referrals_allocation\n    UNION ALL\n    SELECT 'allocation-ended-' || id, 'allocation_ended', NULL, id, referral_id, ended_at, ended_by_id\n    FROM referrals_allocation WHERE ended_at IS NOT NULL\n) event\nLEFT JOIN keying_keyed keyed ON keyed.key = event.key AND keyed.corrected_at IS NULL\n",
            reverse_sql='DROP VIEW keying_entry',
        ),
    ]
