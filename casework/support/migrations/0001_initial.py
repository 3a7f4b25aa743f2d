import casework.support.rules
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
        ('accounts', '0001_initial'),
        ('documents', '0001_initial'),
        ('engagement', '0001_initial'),
        ('material', '0001_initial'),
        ('referrals', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        nexus.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='SupportRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', django_fsm.FSMField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('with_force', 'With the force'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('fulfilled', 'Fulfilled'), ('cancelled', 'Cancelled')], db_index=True, default='draft', editable=False, max_length=30, protected=True)),
                        ('kind', models.CharField(choices=[('information', 'Additional information'), ('tracing', 'Tracing an absconder'), ('tribunal', 'Attendance at tribunal'), ('papers', 'Serving papers'), ('arrest', 'Arrest, detention or escort'), ('intelligence', 'Disclosable intelligence')], max_length=15)),
                        ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='support_requests', to='accounts.force')),
                        ('referral', models.ForeignKey(help_text='Empty: value added activity', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='support_requests', to='referrals.referral')),
                        ('from_criminal_casework', models.BooleanField(verbose_name='asked by Criminal Casework')),
                        ('own_reference', models.CharField(blank=True, max_length=40, verbose_name="the asker's own reference")),
                        ('subject_name', models.CharField(blank=True, help_text='Value added activity only', max_length=120)),
                        ('subject_born', models.DateField(help_text='Value added activity only', null=True, verbose_name='date of birth')),
                        ('asked', models.TextField(verbose_name='what is asked')),
                        ('why', models.TextField(verbose_name='why it is asked')),
                        ('due_on', models.DateField(verbose_name='needed by')),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='support_asked', to=settings.AUTH_USER_MODEL)),
                        ('asked_at', models.DateTimeField()),
                        ('submitted_at', models.DateTimeField(null=True)),
                        ('passed_on_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('passed_on_at', models.DateTimeField(null=True)),
                        ('answer', models.TextField(blank=True, verbose_name='what the force said')),
                        ('decline_reason', models.CharField(blank=True, choices=[('resource', 'No resource is available'), ('not_ours', 'It is not a matter for this force'), ('powers', 'The police have no power to do it'), ('other', 'Another reason')], max_length=10)),
                        ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('done', models.TextField(blank=True, verbose_name='what the force did')),
                        ('done_on', models.DateField(null=True)),
                        ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('operation', models.ForeignKey(help_text='The authorised operation in which it was done', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='support_requests', to='engagement.engagement')),
                        ('authority', models.CharField(blank=True, help_text='Where Criminal Casework asked, and no operation of Nexus High Harm stands behind it', max_length=200, verbose_name='who authorised it')),
                        ('material', models.OneToOneField(help_text='The Nexus material as which accepted intelligence is asked for, checked and approved', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='support_request', to='material.material')),
                        ('reminded_at', models.DateTimeField(null=True)),
                        ('overdue_told_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'verbose_name': 'support request',
                        'ordering': ['due_on', 'pk'],
                        'indexes': [models.Index(fields=['force', 'state', 'due_on'], name='support_of_a_force')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'with_force', 'accepted', 'declined', 'fulfilled', 'cancelled'])), name='support_state_is_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['information', 'tracing', 'tribunal', 'papers', 'arrest', 'intelligence'])), name='support_is_of_a_kind'), models.CheckConstraint(condition=models.Q(models.Q(('asked', ''), _negated=True), models.Q(('why', ''), _negated=True)), name='a_request_says_what_and_why'), models.CheckConstraint(condition=models.Q(models.Q(('referral__isnull', False), ('subject_born__isnull', True), ('subject_name', '')), models.Q(('from_criminal_casework', True), ('referral__isnull', True), ('subject_born__isnull', False), models.Q(('subject_name', ''), _negated=True), models.Q(('own_reference', ''), _negated=True)), _connector='OR'), name='value_added_activity_names_its_subject'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('with_force', 'accepted', 'declined', 'fulfilled')), _negated=True), models.Q(('passed_on_at__isnull', False), ('passed_on_by__isnull', False), ('submitted_at__isnull', False)), _connector='OR'), name='what_the_force_has_was_passed_on'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('accepted', 'declined', 'fulfilled')), _negated=True), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='the_forces_answer_has_words_and_a_name'), models.CheckConstraint(condition=models.Q(models.Q(('decline_reason__in', ['resource', 'not_ours', 'powers', 'other']), ('state', 'declined')), models.Q(models.Q(('state', 'declined'), _negated=True), ('decline_reason', '')), _connector='OR'), name='only_a_declined_request_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('done_by__isnull', False), ('done_on__isnull', False), ('state', 'fulfilled'), models.Q(('done', ''), _negated=True)), models.Q(models.Q(('state', 'fulfilled'), _negated=True), ('done', ''), ('done_by__isnull', True), ('done_on__isnull', True)), _connector='OR'), name='a_fulfilled_request_says_what_was_done'), models.CheckConstraint(condition=models.Q(('state', 'fulfilled'), models.Q(('authority', ''), ('operation__isnull', True)), _connector='OR'), name='only_what_was_done_names_its_authority'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', (casework.support.rules.Kind['PAPERS'], casework.support.rules.Kind['ARREST'])), ('state', 'fulfilled'), _negated=True), ('operation__isnull', False), models.Q(('from_criminal_casework', True), models.Q(('authority', ''), _negated=True)), _connector='OR'), name='what_touches_the_person_was_authorised'), models.CheckConstraint(condition=models.Q(models.Q(('kind', casework.support.rules.Kind['INTELLIGENCE']), _negated=True), ('referral__isnull', False), _connector='OR'), name='intelligence_is_about_a_flagged_subject'), models.CheckConstraint(condition=models.Q(models.Q(('kind', casework.support.rules.Kind['INTELLIGENCE']), ('state__in', ['accepted', 'fulfilled']), _negated=True), ('material__isnull', False), _connector='OR'), name='accepted_intelligence_is_nexus_material')],
                    },
                    bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
                ),
                migrations.CreateModel(
                    name='SupportMessage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('support_request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='support.supportrequest')),
                        ('text', models.TextField()),
                        ('file', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='support_message', to='documents.storedfile')),
                        ('marking', models.CharField(blank=True, choices=[('official', 'OFFICIAL'), ('official_sensitive', 'OFFICIAL-SENSITIVE')], max_length=20)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='a_support_message_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('file__isnull', True), ('marking', '')), models.Q(('file__isnull', False), models.Q(('marking', ''), _negated=True)), _connector='OR'), name='a_support_document_is_marked')],
                    },
                ),
                migrations.CreateModel(
                    name='SupportChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('verb', models.CharField(max_length=30)),
                        ('from_state', models.CharField(max_length=30)),
                        ('to_state', models.CharField(max_length=30)),
                        ('reason', models.TextField(blank=True)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('support_request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='support.supportrequest')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='supportrequest',
                    trigger=pgtrigger.compiler.Trigger(name='only_legal_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{accepted:cancelled,accepted:declined,accepted:fulfilled,draft:cancelled,draft:submitted,submitted:cancelled,submitted:draft,submitted:with_force,with_force:accepted,with_force:cancelled,with_force:declined}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='129c16617a30f5bee83b08a52d60347d175df5cd', operation='UPDATE', pgid='pgtrigger_only_legal_moves_1477b', table='support_supportrequest', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='supportrequest',
                    trigger=pgtrigger.compiler.Trigger(name='starts_at_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IS DISTINCT FROM \'draft\')', func="RAISE EXCEPTION 'A new row starts as draft, not as %', NEW.state;", hash='05a71293e99c5e4b78300ef85291c8a4029c4b66', operation='INSERT', pgid='pgtrigger_starts_at_the_start_d99ce', table='support_supportrequest', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='supportrequest',
                    trigger=pgtrigger.compiler.Trigger(name='what_is_asked_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IS DISTINCT FROM \'draft\' AND (OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."asked" IS DISTINCT FROM (NEW."asked") OR OLD."why" IS DISTINCT FROM (NEW."why") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."subject_name" IS DISTINCT FROM (NEW."subject_name") OR OLD."subject_born" IS DISTINCT FROM (NEW."subject_born") OR OLD."force_id" IS DISTINCT FROM (NEW."force_id") OR OLD."referral_id" IS DISTINCT FROM (NEW."referral_id")))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='bc26b6d6a42ac4dbcde6ef32f3409af6c4371f7d', operation='UPDATE', pgid='pgtrigger_what_is_asked_stays_d72ef', table='support_supportrequest', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='supportmessage',
                    trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='31fb96dc4b899095f7c062486bc980b0a5a2000f', operation='UPDATE OR DELETE', pgid='pgtrigger_written_once_132df', table='support_supportmessage', when='BEFORE')),
                ),
            ],
        ),
    ]
