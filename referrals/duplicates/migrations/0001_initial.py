import django.contrib.postgres.operations
import django.db.models.deletion
import nexus.migrating
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('datawash', '0001_initial'),
        ('referrals', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        nexus.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='Search',
                    fields=[
                        ('referral', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='duplicate_search', serialize=False, to='referrals.referral')),
                        ('details', models.CharField(max_length=64)),
                        ('model_version', models.CharField(max_length=20)),
                        ('searched_at', models.DateTimeField()),
                    ],
                    options={
                        'verbose_name_plural': 'searches',
                    },
                ),
                migrations.CreateModel(
                    name='Pair',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('referral', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='referrals.referral')),
                        ('other', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='referrals.referral')),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='datawash.person')),
                        ('probability', models.FloatField()),
                        ('steps', models.JSONField(default=list, help_text='[{field, words, weight}], the starting point first')),
                        ('found_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-probability', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('referral', 'other'), name='one_pair_of_two_referrals'), models.UniqueConstraint(fields=('referral', 'person'), name='one_pair_of_referral_and_person'), models.CheckConstraint(condition=models.Q(models.Q(('other__isnull', False), ('person__isnull', True)), models.Q(('other__isnull', True), ('person__isnull', False)), _connector='OR'), name='a_pair_has_two_sides'), models.CheckConstraint(condition=models.Q(('other__isnull', True), ('other__gt', models.F('referral')), _connector='OR'), name='the_older_referral_first')],
                    },
                ),
                migrations.CreateModel(
                    name='Judgement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('pair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='duplicates.pair')),
                        ('verdict', models.CharField(choices=[('same', 'The same person'), ('not_same', 'Not the same person')], max_length=10)),
                        ('reason', models.TextField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                        ('taken_back_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('taken_back_at', models.DateTimeField(null=True)),
                        ('taken_back_reason', models.TextField(blank=True)),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('taken_back_at__isnull', True)), fields=('pair',), name='one_standing_judgement'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='no_judgement_without_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at__isnull', True), ('taken_back_by__isnull', True), ('taken_back_reason', '')), models.Q(('taken_back_at__isnull', False), ('taken_back_by__isnull', False), models.Q(('taken_back_reason', ''), _negated=True)), _connector='OR'), name='taken_back_says_by_whom_and_why')],
                    },
                ),
                migrations.CreateModel(
                    name='Merge',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('judgement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='duplicates.judgement')),
                        ('leading', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.referral')),
                        ('follower', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.referral')),
                        ('reason', models.TextField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                        ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('undone_at', models.DateTimeField(null=True)),
                        ('undone_reason', models.TextField(blank=True)),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('follower',), name='one_standing_merge'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='no_merge_without_a_reason'), models.CheckConstraint(condition=models.Q(('leading', models.F('follower')), _negated=True), name='a_merge_is_of_two'), models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_by__isnull', True), ('undone_reason', '')), models.Q(('undone_at__isnull', False), models.Q(('undone_reason', ''), _negated=True)), _connector='OR'), name='undone_says_why')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='merge',
                    trigger=pgtrigger.compiler.Trigger(name='a_merge_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."follower_id" IS DISTINCT FROM (NEW."follower_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."judgement_id" IS DISTINCT FROM (NEW."judgement_id") OR OLD."leading_id" IS DISTINCT FROM (NEW."leading_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='fd137ad1f149a9e39b8d05a614c6ea4bb2279d35', operation='UPDATE', pgid='pgtrigger_a_merge_stays_bdc76', table='duplicates_merge', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='merge',
                    trigger=pgtrigger.compiler.Trigger(name='undone_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."undone_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6d95fa9b9a260ade79590d68b792fa67984aaaee', operation='UPDATE', pgid='pgtrigger_undone_once_30e92', table='duplicates_merge', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='judgement',
                    trigger=pgtrigger.compiler.Trigger(name='a_judgement_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."pair_id" IS DISTINCT FROM (NEW."pair_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."verdict" IS DISTINCT FROM (NEW."verdict"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ba848547001f4bd5e83ade8af3a8966ea6e94ec0', operation='UPDATE', pgid='pgtrigger_a_judgement_stays_0f998', table='duplicates_judgement', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='judgement',
                    trigger=pgtrigger.compiler.Trigger(name='taken_back_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."taken_back_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='70d9dfcb25d91e8264584d1bff0f053deeae7ad9', operation='UPDATE', pgid='pgtrigger_taken_back_once_27503', table='duplicates_judgement', when='BEFORE')),
                ),
            ],
        ),
        django.contrib.postgres.operations.TrigramExtension(
        ),
        migrations.RunSQL(
            sql="CREATE INDEX duplicates_by_name ON referrals_referral USING gin (upper(surname || ' ' || forenames) gin_trgm_ops) WHERE submitted_at IS NOT NULL",
            reverse_sql='DROP INDEX duplicates_by_name',
        ),
        migrations.RunSQL(
            sql='CREATE INDEX duplicates_by_other_name ON referrals_alias USING gin (upper(name) gin_trgm_ops)',
            reverse_sql='DROP INDEX duplicates_by_other_name',
        ),
        migrations.RunSQL(
            sql='CREATE INDEX duplicates_by_birth ON referrals_referral (date_of_birth) WHERE submitted_at IS NOT NULL',
            reverse_sql='DROP INDEX duplicates_by_birth',
        ),
        migrations.RunSQL(
            sql="CREATE INDEX duplicates_by_pnc_id ON referrals_referral (pnc_id) WHERE submitted_at IS NOT NULL AND pnc_id <> ''",
            reverse_sql='DROP INDEX duplicates_by_pnc_id',
        ),
        migrations.RunSQL(
            sql="CREATE INDEX duplicates_by_cro_number ON referrals_referral (cro_number) WHERE submitted_at IS NOT NULL AND cro_number <> ''",
            reverse_sql='DROP INDEX duplicates_by_cro_number',
        ),
        migrations.RunSQL(
            sql="CREATE INDEX duplicates_by_reference ON referrals_referral (upper(regexp_replace(home_office_reference, '[^A-Za-z0-9/]', '', 'g'))) WHERE submitted_at IS NOT NULL AND home_office_reference <> ''",
            reverse_sql='DROP INDEX duplicates_by_reference',
        ),
    ]
