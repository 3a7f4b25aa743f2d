import django.db.models.deletion
import django.db.models.expressions
import django_fsm
import nexus.migrating
import pgtrigger.compiler
import pgtrigger.migrations
import referrals.datawash.models.register
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('documents', '0001_initial'),
        ('referrals', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        nexus.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='Person',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person_id', models.CharField(max_length=40, unique=True)),
                        ('surname', models.CharField(max_length=200)),
                        ('forenames', models.CharField(blank=True, max_length=200)),
                        ('dob', models.CharField(blank=True, max_length=10, verbose_name='date of birth')),
                        ('sex', models.CharField(blank=True, max_length=20)),
                        ('nationality', models.CharField(blank=True, max_length=60)),
                        ('postcode', models.CharField(blank=True, max_length=12)),
                        ('place_of_birth', models.CharField(blank=True, max_length=120)),
                        ('aliases', models.TextField(blank=True)),
                        ('pnc_id', models.CharField(blank=True, max_length=20, verbose_name='PNC ID')),
                        ('cro', models.CharField(blank=True, max_length=20, verbose_name='CRO number')),
                        ('ho_ref', models.CharField(blank=True, max_length=40, verbose_name='Home Office reference')),
                        ('immigration_status', models.CharField(blank=True, max_length=40)),
                        ('changed_at', models.DateTimeField()),
                        ('changed_in', models.BigIntegerField(db_default=referrals.datawash.models.register.CurrentTransaction(), db_index=True, editable=False, help_text='The transaction that wrote the row last: the snapshot reads what it has not seen')),
                        ('gone_at', models.DateTimeField(db_index=True, help_text='No longer in the register; kept while washes name the row', null=True)),
                    ],
                    options={
                        'verbose_name_plural': 'people',
                    },
                ),
                migrations.CreateModel(
                    name='Review',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='datawash.candidate')),
                        ('verdict', models.CharField(choices=[('same', 'The same person'), ('not_same', 'Not the same'), ('cannot_tell', 'Cannot tell')], max_length=12)),
                        ('note', models.TextField(blank=True)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Wash',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('lease_ends_at', models.DateTimeField(null=True)),
                        ('lease_token', models.UUIDField(null=True)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='washes', to='datawash.agreement')),
                        ('purpose', models.TextField()),
                        ('file_name', models.CharField(max_length=160)),
                        ('sha256', models.CharField(max_length=64)),
                        ('file', models.ForeignKey(help_text='Until it has been read and nothing is open about that', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                        ('state', django_fsm.FSMField(choices=[('received', 'Waiting to be read'), ('reading', 'Being read'), ('unreadable', 'Could not be read'), ('asked', 'Needs an answer'), ('checked', 'Checked, ready to wash'), ('queued', 'Waiting to be washed'), ('washing', 'Being washed'), ('washed', 'Washed'), ('stale', 'Out of date'), ('parked', 'Could not be washed'), ('discarded', 'Discarded')], db_index=True, default='received', editable=False, max_length=30, protected=True)),
                        ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('uploaded_at', models.DateTimeField()),
                        ('read', models.PositiveIntegerField(default=0, help_text='rows with anything in them')),
                        ('accepted', models.PositiveIntegerField(default=0)),
                        ('rejected', models.PositiveIntegerField(default=0)),
                        ('about', models.JSONField(default=list, help_text='What is to be said of how the file was read: sentences')),
                        ('questions', models.JSONField(default=dict, help_text='What the force may say of how it is read: {sheets: [name], headings: [{heading, name, column, meant}]}')),
                        ('answers', models.JSONField(default=dict, help_text='What it has said: {sheet, columns: {name: column}}')),
                        ('failure', models.CharField(blank=True, max_length=1000)),
                        ('stage', models.CharField(blank=True, help_text='What the worker does now, in words', max_length=80)),
                        ('done', models.PositiveIntegerField(default=0, help_text='rows answered so far')),
                        ('washed_at', models.DateTimeField(null=True)),
                        ('register_as_at', models.DateTimeField(help_text='How old the register was', null=True)),
                        ('model_version', models.CharField(blank=True, max_length=20)),
                        ('counts', models.JSONField(default=dict, help_text='{grade: n} and {pot: n} when washed; they outlive the rows')),
                        ('purged_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'verbose_name_plural': 'washes',
                        'ordering': ['-uploaded_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['received', 'reading', 'unreadable', 'asked', 'checked', 'queued', 'washing', 'washed', 'stale', 'parked', 'discarded'])), name='wash_state_is_known'), models.UniqueConstraint(condition=models.Q(('state__in', ('received', 'reading', 'asked', 'checked', 'queued', 'washing', 'washed', 'parked'))), fields=('agreement', 'sha256'), name='one_wash_a_file'), models.CheckConstraint(condition=models.Q(('read', django.db.models.expressions.CombinedExpression(models.F('accepted'), '+', models.F('rejected')))), name='rows_reconcile'), models.CheckConstraint(condition=models.Q(('purpose', ''), _negated=True), name='no_wash_without_a_purpose'), models.CheckConstraint(condition=models.Q(models.Q(('lease_ends_at__isnull', False), ('lease_token__isnull', False), ('state__in', ('reading', 'washing'))), models.Q(models.Q(('state__in', ('reading', 'washing')), _negated=True), ('lease_ends_at__isnull', True), ('lease_token__isnull', True)), _connector='OR'), name='washing_has_a_lease')],
                    },
                    bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
                ),
                migrations.CreateModel(
                    name='WashChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('verb', models.CharField(max_length=30)),
                        ('from_state', models.CharField(max_length=30)),
                        ('to_state', models.CharField(max_length=30)),
                        ('reason', models.TextField(blank=True)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('wash', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='datawash.wash')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='WashRemark',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('wash', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='datawash.wash')),
                        ('line', models.PositiveIntegerField()),
                        ('reference', models.CharField(blank=True, help_text="The row's own", max_length=200)),
                        ('kind', models.CharField(choices=[('rejected', 'Rejected'), ('repeated', 'Repeated'), ('remark', 'Remark')], max_length=10)),
                        ('text', models.CharField(max_length=300)),
                        ('cells', models.JSONField(default=dict, help_text="A rejected row's columns as they were written, to be mended and sent again")),
                    ],
                    options={
                        'ordering': ['line', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='WashRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('wash', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='datawash.wash')),
                        ('number', models.PositiveIntegerField(help_text='place in the list from 0')),
                        ('force_row_ref', models.CharField(max_length=200)),
                        ('surname', models.CharField(blank=True, max_length=200)),
                        ('forenames', models.CharField(blank=True, max_length=200)),
                        ('dob', models.CharField(blank=True, max_length=10)),
                        ('dob_doubt', models.CharField(blank=True, help_text='Why it is doubtful; such a row is never exact', max_length=200)),
                        ('sex', models.CharField(blank=True, max_length=200)),
                        ('nationality', models.CharField(blank=True, max_length=200)),
                        ('pnc_id', models.CharField(blank=True, max_length=200)),
                        ('cro', models.CharField(blank=True, max_length=200)),
                        ('ho_ref', models.CharField(blank=True, max_length=200)),
                        ('aliases', models.CharField(blank=True, max_length=200)),
                        ('place_of_birth', models.CharField(blank=True, max_length=200)),
                        ('postcode', models.CharField(blank=True, max_length=200)),
                        ('grade', models.CharField(blank=True, choices=[('exact', 'Exact'), ('probable', 'Probable'), ('possible', 'Possible'), ('ambiguous', 'Ambiguous'), ('no trace', 'No trace')], max_length=10)),
                        ('pot', models.CharField(blank=True, choices=[('not liable', 'Not liable'), ('EEA', 'EEA'), ('leave', 'Leave'), ('undetermined', 'Undetermined'), ('no leave', 'No leave'), ('in process', 'In process')], max_length=20)),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='datawash.person')),
                        ('confirmed', models.BooleanField(help_text='Empty: not reviewed. Exact rows need no review', null=True)),
                        ('referral', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='referrals.referral')),
                        ('purged_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['wash', 'number'],
                        'indexes': [models.Index(fields=['wash', 'pot', 'number'], name='wash_pot'), models.Index(condition=models.Q(('confirmed__isnull', True), ('grade__in', ['probable', 'possible', 'ambiguous']), ('purged_at__isnull', True)), fields=['wash', 'number'], name='rows_to_review')],
                        'constraints': [models.UniqueConstraint(fields=('wash', 'number'), name='one_row_a_place'), models.CheckConstraint(condition=models.Q(('purged_at__isnull', True), models.Q(('dob', ''), ('forenames', ''), ('person__isnull', True), ('surname', '')), _connector='OR'), name='purged_rows_name_nobody')],
                    },
                ),
                migrations.CreateModel(
                    name='Agreement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='datawash_agreements', to='accounts.force')),
                        ('title', models.CharField(max_length=120)),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField(null=True)),
                        ('pots', models.JSONField(default=dict, help_text='Status → pot, where it differs from the standard table')),
                        ('columns', models.JSONField(default=dict, help_text='Heading → column (“” for none), as the force has said of its lists')),
                        ('stale_after_days', models.PositiveSmallIntegerField(default=28)),
                        ('purge_after_days', models.PositiveSmallIntegerField(default=14)),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['force__code', '-starts_on', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='an_agreement_runs_forward', violation_error_message='The agreement cannot end before it starts.'), models.CheckConstraint(condition=models.Q(('purge_after_days__gte', 1), ('stale_after_days__gte', 1)), name='agreed_days_are_days')],
                    },
                ),
                migrations.CreateModel(
                    name='Candidate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('row', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='candidates', to='datawash.washrow')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='datawash.person')),
                        ('place', models.PositiveSmallIntegerField(help_text='0 is the likeliest')),
                        ('probability', models.FloatField()),
                        ('weight', models.FloatField()),
                        ('steps', models.JSONField(default=list, help_text='[{field, words, weight}], the starting point first')),
                    ],
                    options={
                        'ordering': ['row', 'place'],
                        'constraints': [models.UniqueConstraint(fields=('row', 'person'), name='one_pair_a_row_and_person'), models.UniqueConstraint(fields=('row', 'place'), name='one_candidate_a_place')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='person',
                    trigger=pgtrigger.compiler.Trigger(name='changes_name_their_transaction', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.changed_in = pg_current_xact_id()::text::bigint; RETURN NEW;', hash='678c50f77427aef8deb0d7339657a9daa5ad6225', operation='UPDATE', pgid='pgtrigger_changes_name_their_transaction_2a69f', table='datawash_person', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='review',
                    trigger=pgtrigger.compiler.Trigger(name='reviews_stay_as_said', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='08266298f9994fbb841f86e9960a7daaf0e616b0', operation='UPDATE', pgid='pgtrigger_reviews_stay_as_said_c6adf', table='datawash_review', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='wash',
                    trigger=pgtrigger.compiler.Trigger(name='only_legal_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{asked:discarded,asked:received,checked:discarded,checked:queued,checked:received,parked:discarded,parked:queued,queued:washing,reading:asked,reading:checked,reading:received,reading:unreadable,received:reading,washed:stale,washing:parked,washing:queued,washing:washed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='14452c9da38b5727794b6daf30367c3d7c9dda8d', operation='UPDATE', pgid='pgtrigger_only_legal_moves_68438', table='datawash_wash', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='wash',
                    trigger=pgtrigger.compiler.Trigger(name='starts_at_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IS DISTINCT FROM \'received\')', func="RAISE EXCEPTION 'A new row starts as received, not as %', NEW.state;", hash='1a8f3190d94a0d013e83e47795c1cd61fe63ef36', operation='INSERT', pgid='pgtrigger_starts_at_the_start_b64e0', table='datawash_wash', when='BEFORE')),
                ),
            ],
        ),
    ]
