import django.contrib.postgres.fields
import django.db.models.deletion
import django_fsm
import nexus.migrating
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('casework', '0001_initial'),
        ('documents', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        nexus.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='Check',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='material.version')),
                        ('remarks', models.TextField(blank=True)),
                        ('checked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('checked_at', models.DateTimeField()),
                        ('removes_because', models.TextField(blank=True, help_text='Why it lets out what an earlier check had redacted or kept back')),
                    ],
                    options={
                        'ordering': ['-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Approval',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('of_check', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='approval', to='material.check')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='material.version')),
                        ('sha256', models.CharField(max_length=64)),
                        ('reasons', models.TextField()),
                        ('approved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('approved_at', models.DateTimeField()),
                        ('checked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('commissioned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('approved_by', models.F('checked_by')), _negated=True), name='nobody_approves_their_own_check'), models.CheckConstraint(condition=models.Q(('approved_by', models.F('commissioned_by')), _negated=True), name='nobody_approves_what_they_commissioned'), models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='an_approval_has_reasons')],
                    },
                ),
                migrations.CreateModel(
                    name='Material',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='material', to='casework.case')),
                        ('title', models.CharField(help_text='The force reads it', max_length=120)),
                        ('state', django_fsm.FSMField(choices=[('summary_requested', 'Summary requested'), ('summary_received', 'Summary received'), ('summary_reviewed', 'Summary reviewed'), ('not_needed', 'No statement needed'), ('commissioned', 'Statement commissioned'), ('received', 'Statement received'), ('checked', 'Statement checked'), ('rejected', 'Rejected: a new version is requested'), ('approved', 'Approved'), ('relied_on', 'Relied on in a decision'), ('with_appeals', 'With Specialist Appeals'), ('advised', 'Specialist Appeals have advised'), ('served', 'Served'), ('superseded', 'Superseded')], db_index=True, default='summary_requested', editable=False, max_length=30, protected=True)),
                        ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('requested_at', models.DateTimeField()),
                        ('changed_at', models.DateTimeField()),
                        ('relevant', models.BooleanField(null=True)),
                        ('applicable', models.BooleanField(null=True)),
                        ('review_reasons', models.TextField(blank=True)),
                        ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reviewed_at', models.DateTimeField(null=True)),
                        ('not_needed_because', models.TextField(blank=True)),
                        ('commissioned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('commissioned_at', models.DateTimeField(null=True)),
                        ('override_reason', models.TextField(blank=True, help_text='Why a statement comes before a reviewed summary')),
                        ('approval', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='material.approval')),
                        ('served_on', models.DateField(null=True)),
                        ('served_how', models.CharField(blank=True, max_length=200)),
                        ('served_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('served_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'verbose_name_plural': 'material',
                        'ordering': ['-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['summary_requested', 'summary_received', 'summary_reviewed', 'not_needed', 'commissioned', 'received', 'checked', 'rejected', 'approved', 'relied_on', 'with_appeals', 'advised', 'served', 'superseded'])), name='material_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('approved', 'relied_on', 'with_appeals', 'advised', 'served')), _negated=True), ('approval__isnull', False), _connector='OR'), name='locked_material_is_approved'), models.CheckConstraint(condition=models.Q(('state__in', ['approved', 'relied_on', 'with_appeals', 'advised', 'served', 'superseded']), ('approval__isnull', True), _connector='OR'), name='only_locked_material_is_approved'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'summary_reviewed'), _negated=True), models.Q(('applicable__isnull', False), ('relevant__isnull', False), ('reviewed_by__isnull', False), models.Q(('review_reasons', ''), _negated=True)), _connector='OR'), name='a_review_says_why'), models.CheckConstraint(condition=models.Q(('commissioned_by__isnull', True), models.Q(('applicable', True), ('relevant', True), ('reviewed_by__isnull', False)), models.Q(('override_reason', ''), _negated=True), _connector='OR'), name='a_statement_follows_a_reviewed_summary'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'not_needed'), _negated=True), models.Q(('not_needed_because', ''), _negated=True), _connector='OR'), name='no_statement_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'served'), _negated=True), models.Q(('served_by__isnull', False), ('served_on__isnull', False), models.Q(('served_how', ''), _negated=True)), _connector='OR'), name='served_says_how')],
                    },
                    bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
                ),
                migrations.CreateModel(
                    name='Ask',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asks', to='material.material')),
                        ('kind', models.CharField(choices=[('summary', 'Summary'), ('statement', 'Statement')], max_length=10)),
                        ('what', models.TextField(verbose_name='what is asked')),
                        ('why', models.TextField(verbose_name='why it is asked')),
                        ('due_on', models.DateField()),
                        ('again', models.BooleanField(default=False, help_text='What was sent before was not enough; `what` says why')),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_at', models.DateTimeField()),
                        ('draft_author', models.CharField(blank=True, max_length=120)),
                        ('draft_text', models.TextField(blank=True)),
                        ('reminded_at', models.DateTimeField(null=True)),
                        ('closed_at', models.DateTimeField(help_text='Supplied, or not asked any more', null=True)),
                    ],
                    options={
                        'ordering': ['-pk'],
                        'indexes': [models.Index(condition=models.Q(('closed_at', None)), fields=['due_on'], name='open_asks')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('material',), name='one_open_ask_a_material')],
                    },
                ),
                migrations.CreateModel(
                    name='MaterialChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('verb', models.CharField(max_length=30)),
                        ('from_state', models.CharField(max_length=30)),
                        ('to_state', models.CharField(max_length=30)),
                        ('reason', models.TextField(blank=True)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='material.material')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Message',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='material.material')),
                        ('text', models.TextField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('from_force', models.BooleanField()),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='NoStatement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='no_statements', to='casework.case')),
                        ('because', models.TextField()),
                        ('indication', models.CharField(choices=[('required', 'Required'), ('not_necessarily', 'Not necessarily required'), ('undetermined', 'Cannot be said yet')], help_text='T4, that day', max_length=15)),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('recorded_at', models.DateTimeField()),
                        ('withdrawn_because', models.TextField(blank=True)),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('case',), name='one_standing_no_statement_a_case'), models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='no_statement_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_because', ''), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_because', ''), _negated=True)), _connector='OR'), name='a_withdrawal_says_who_and_why')],
                    },
                ),
                migrations.CreateModel(
                    name='Original',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('removed_at', models.DateTimeField(editable=False, null=True)),
                        ('removed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ask', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='originals', to='material.ask')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='material_originals', to='documents.storedfile')),
                        ('marking', models.CharField(choices=[('official', 'OFFICIAL'), ('official_sensitive', 'OFFICIAL-SENSITIVE')], max_length=20)),
                        ('text_taken', models.BooleanField(help_text='The draft began as the file’s own text; else it was typed')),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', True), ('removed_by__isnull', True)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='material_original_removed_by_whom'), models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('ask',), name='one_original_an_ask'), models.CheckConstraint(condition=models.Q(('marking__in', ['official', 'official_sensitive'])), name='original_marking_is_known')],
                    },
                ),
                migrations.CreateModel(
                    name='ParagraphChecked',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('of_check', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paragraphs', to='material.check')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('disclosable', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('redacted', 'With redaction')], max_length=10)),
                        ('to_redact', models.TextField(blank=True, help_text='Passages, one a line')),
                        ('remark', models.TextField(blank=True)),
                    ],
                    options={
                        'ordering': ['number'],
                        'constraints': [models.UniqueConstraint(fields=('of_check', 'number'), name='one_answer_a_paragraph'), models.CheckConstraint(condition=models.Q(models.Q(('disclosable', 'redacted'), models.Q(('to_redact', ''), _negated=True)), models.Q(models.Q(('disclosable', 'redacted'), _negated=True), ('to_redact', '')), _connector='OR'), name='a_redaction_says_what')],
                    },
                ),
                migrations.CreateModel(
                    name='PointChecked',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('of_check', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='material.check')),
                        ('code', models.CharField(help_text='Of rules.CHECKLIST', max_length=20)),
                        ('met', models.BooleanField()),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('of_check', 'code'), name='one_answer_a_point')],
                    },
                ),
                migrations.CreateModel(
                    name='Record',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('removed_at', models.DateTimeField(editable=False, null=True)),
                        ('removed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ask', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='material.ask')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='material_records', to='documents.storedfile')),
                        ('description', models.CharField(max_length=200)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', True), ('removed_by__isnull', True)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='material_record_removed_by_whom')],
                    },
                ),
                migrations.CreateModel(
                    name='RecordChecked',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('of_check', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='material.check')),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='material.record')),
                        ('disclosable', models.BooleanField()),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('of_check', 'record'), name='one_answer_a_record')],
                    },
                ),
                migrations.CreateModel(
                    name='Version',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='material.material')),
                        ('kind', models.CharField(choices=[('summary', 'Summary'), ('statement', 'Statement')], max_length=10)),
                        ('number', models.PositiveSmallIntegerField()),
                        ('ask', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='version', to='material.ask')),
                        ('author', models.CharField(help_text='Whose summary or statement it is', max_length=120)),
                        ('paragraphs', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                        ('sha256', models.CharField(max_length=64)),
                        ('supplied_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('supplied_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-pk'],
                        'constraints': [models.UniqueConstraint(fields=('material', 'kind', 'number'), name='one_version_a_number'), models.CheckConstraint(condition=models.Q(('paragraphs', []), _negated=True), name='a_version_has_paragraphs')],
                    },
                ),
                migrations.CreateModel(
                    name='AppealsReview',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals_reviews', to='material.material')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='material.version')),
                        ('question', models.TextField()),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_at', models.DateTimeField()),
                        ('issues', models.TextField(blank=True, verbose_name='potential issues of challenge or scrutiny')),
                        ('advice', models.TextField(blank=True)),
                        ('advised_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('advised_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('advised_at', None)), fields=('material',), name='one_open_review_a_material'), models.CheckConstraint(condition=models.Q(models.Q(('advised_at__isnull', True), ('advised_by__isnull', True)), models.Q(('advised_at__isnull', False), ('advised_by__isnull', False), models.Q(('issues', ''), _negated=True), models.Q(('advice', ''), _negated=True)), _connector='OR'), name='advice_is_complete')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='material',
                    trigger=pgtrigger.compiler.Trigger(name='only_legal_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{advised:rejected,advised:served,advised:superseded,approved:rejected,approved:relied_on,approved:superseded,checked:approved,checked:rejected,checked:superseded,commissioned:received,commissioned:superseded,not_needed:commissioned,not_needed:summary_received,received:checked,received:rejected,received:superseded,rejected:received,rejected:superseded,relied_on:rejected,relied_on:served,relied_on:superseded,relied_on:with_appeals,served:rejected,served:superseded,served:with_appeals,summary_received:commissioned,summary_received:not_needed,summary_received:summary_requested,summary_received:summary_reviewed,summary_received:superseded,summary_requested:commissioned,summary_requested:not_needed,summary_requested:summary_received,summary_requested:superseded,summary_reviewed:commissioned,summary_reviewed:not_needed,summary_reviewed:superseded,with_appeals:advised,with_appeals:superseded}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='8b0b086e5b6b61f9c42a8ca85a9be3d5ad488add', operation='UPDATE', pgid='pgtrigger_only_legal_moves_b3183', table='material_material', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='material',
                    trigger=pgtrigger.compiler.Trigger(name='starts_at_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IS DISTINCT FROM \'summary_requested\')', func="RAISE EXCEPTION 'A new row starts as summary_requested, not as %', NEW.state;", hash='dcaa937dda6dbcf0db4785e4639e2549ee9bf2c3', operation='INSERT', pgid='pgtrigger_starts_at_the_start_efce8', table='material_material', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='material',
                    trigger=pgtrigger.compiler.Trigger(name='not_beside_no_statement', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" = \'commissioned\' AND OLD."state" IS DISTINCT FROM \'commissioned\')', func="\n                    IF EXISTS (\n                        SELECT 1 FROM material_nostatement WHERE case_id = NEW.case_id AND withdrawn_at IS NULL\n                    ) THEN RAISE EXCEPTION 'It is recorded that this case needs no statement.';\n                    END IF;\n                    RETURN NEW;\n                ", hash='bacf1f0d72e326f16b78001a28fc0284b5129287', operation='UPDATE', pgid='pgtrigger_not_beside_no_statement_d7aac', table='material_material', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='message',
                    trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='95fa0364c9f30390831f9f7a9600616e5d9979bd', operation='UPDATE OR DELETE', pgid='pgtrigger_written_once_b4563', table='material_message', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='nostatement',
                    trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='f9f06f59c2a6e73bad674c9d717dee6f7a475d52', operation='DELETE', pgid='pgtrigger_never_deleted_feffc', table='material_nostatement', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='nostatement',
                    trigger=pgtrigger.compiler.Trigger(name='said_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."because" IS DISTINCT FROM (NEW."because") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."indication" IS DISTINCT FROM (NEW."indication") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e2c696682f0f017c408f85ba6b0eaad8c384f6b5', operation='UPDATE', pgid='pgtrigger_said_once_9cc02', table='material_nostatement', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='nostatement',
                    trigger=pgtrigger.compiler.Trigger(name='withdrawn_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."withdrawn_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='097b4a46024d5874d3723b6badf4c4351b25577f', operation='UPDATE', pgid='pgtrigger_withdrawn_once_cfbdb', table='material_nostatement', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='nostatement',
                    trigger=pgtrigger.compiler.Trigger(name='not_beside_a_statement', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF EXISTS (\n                        SELECT 1 FROM material_material WHERE case_id = NEW.case_id AND state NOT IN (\n                            'summary_requested', 'summary_received', 'summary_reviewed', 'not_needed', 'superseded'\n                        )\n                    ) THEN RAISE EXCEPTION 'A statement is asked for in this case.';\n                    END IF;\n                    RETURN NEW;\n                ", hash='fd54ade3e0e65b73304b4e202d3a40b92f0da506', operation='INSERT', pgid='pgtrigger_not_beside_a_statement_83340', table='material_nostatement', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='original',
                    trigger=pgtrigger.compiler.Trigger(name='fixed_once_sent', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE asked bigint;', func="\n        IF TG_OP = 'DELETE' THEN asked := OLD.ask_id; ELSE asked := NEW.ask_id; END IF;\n        IF EXISTS (SELECT 1 FROM material_ask WHERE id = asked AND closed_at IS NOT NULL)\n        THEN RAISE EXCEPTION 'What the force has sent stays as it is.';\n        END IF;\n        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n        RETURN NEW;\n    ", hash='f96c57d07a91f17b58860f6f2b4af5ef9c3865ac', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_fixed_once_sent_54d6f', table='material_original', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='paragraphchecked',
                    trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='21d9282e5b4dea2e676d843ad7b181062f839cc9', operation='UPDATE OR DELETE', pgid='pgtrigger_written_once_c7fde', table='material_paragraphchecked', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='pointchecked',
                    trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a9cf172ebd07b7f3728950d2b77176072171c013', operation='UPDATE OR DELETE', pgid='pgtrigger_written_once_c6172', table='material_pointchecked', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='record',
                    trigger=pgtrigger.compiler.Trigger(name='fixed_once_sent', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE asked bigint;', func="\n        IF TG_OP = 'DELETE' THEN asked := OLD.ask_id; ELSE asked := NEW.ask_id; END IF;\n        IF EXISTS (SELECT 1 FROM material_ask WHERE id = asked AND closed_at IS NOT NULL)\n        THEN RAISE EXCEPTION 'What the force has sent stays as it is.';\n        END IF;\n        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n        RETURN NEW;\n    ", hash='f44393e86fa9ef8b3a9e65f920455c70e920b696', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_fixed_once_sent_d77d6', table='material_record', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='recordchecked',
                    trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='efbda9d3c53358317db45e190fb81c37a3a7bbbd', operation='UPDATE OR DELETE', pgid='pgtrigger_written_once_63761', table='material_recordchecked', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='version',
                    trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bfe7b3b3e793fe25ab69594b1e19d202b458a470', operation='UPDATE OR DELETE', pgid='pgtrigger_written_once_970cb', table='material_version', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='check',
                    trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='af58c64c0278765a9015ad385e48e2860399fadd', operation='UPDATE OR DELETE', pgid='pgtrigger_written_once_008eb', table='material_check', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='approval',
                    trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8d8a847bb40fce2bdc0373967ee8082f6011d27e', operation='UPDATE OR DELETE', pgid='pgtrigger_written_once_665cb', table='material_approval', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='approval',
                    trigger=pgtrigger.compiler.Trigger(name='copies_are_true', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT 1 FROM material_check c\n                        JOIN material_version v ON v.id = c.version_id\n                        JOIN material_material m ON m.id = v.material_id\n                        WHERE c.id = NEW.of_check_id AND v.id = NEW.version_id AND v.sha256 = NEW.sha256\n                        AND c.checked_by_id = NEW.checked_by_id\n                        AND m.commissioned_by_id = NEW.commissioned_by_id\n                    ) THEN RAISE EXCEPTION 'An approval names its own version, check and commission.';\n                    END IF;\n                    RETURN NEW;\n                ", hash='50b94c66f33015c88af1646370ecd3b47b3e7012', operation='INSERT', pgid='pgtrigger_copies_are_true_ef97a', table='material_approval', when='BEFORE')),
                ),
            ],
        ),
    ]
