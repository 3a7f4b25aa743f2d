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
        ('casework', '0001_initial'),
        ('referrals', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        nexus.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='FigureDue',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                        ('month', models.DateField(db_index=True, help_text='Its first day')),
                    ],
                ),
                migrations.CreateModel(
                    name='ProgressReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('lease_ends_at', models.DateTimeField(null=True)),
                        ('lease_token', models.UUIDField(null=True)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress_reports', to='accounts.force')),
                        ('period_from', models.DateField()),
                        ('period_to', models.DateField()),
                        ('state', django_fsm.FSMField(choices=[('scheduled', 'Waiting to be built'), ('building', 'Being built'), ('draft', 'Ready to check'), ('released', 'Released to the force'), ('acknowledged', 'Acknowledged by the force'), ('parked', 'Could not be built')], db_index=True, default='scheduled', editable=False, max_length=30, protected=True)),
                        ('requested_by', models.ForeignKey(help_text='Empty: the schedule', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('requested_at', models.DateTimeField()),
                        ('failure', models.CharField(blank=True, max_length=200)),
                        ('totals', models.JSONField(default=dict)),
                        ('built_at', models.DateTimeField(null=True)),
                        ('released_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('released_at', models.DateTimeField(null=True)),
                        ('disclosure_check', models.TextField(blank=True)),
                        ('acknowledged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('acknowledged_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['-period_to', 'force__code'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['scheduled', 'building', 'draft', 'released', 'acknowledged', 'parked'])), name='report_state_is_known'), models.UniqueConstraint(fields=('force', 'period_from', 'period_to'), name='one_report_a_period'), models.CheckConstraint(condition=models.Q(('period_from__lte', models.F('period_to'))), name='period_runs_forward'), models.CheckConstraint(condition=models.Q(models.Q(('lease_ends_at__isnull', False), ('lease_token__isnull', False), ('state', 'building')), models.Q(models.Q(('state', 'building'), _negated=True), ('lease_ends_at__isnull', True), ('lease_token__isnull', True)), _connector='OR'), name='building_has_a_lease'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('released', 'acknowledged')), _negated=True), models.Q(('released_at__isnull', False), ('released_by__isnull', False), models.Q(('disclosure_check', ''), _negated=True)), _connector='OR'), name='released_says_by_whom'), models.CheckConstraint(condition=models.Q(models.Q(('acknowledged_at__isnull', False), ('acknowledged_by__isnull', False), ('state', 'acknowledged')), models.Q(models.Q(('state', 'acknowledged'), _negated=True), ('acknowledged_at__isnull', True), ('acknowledged_by__isnull', True)), _connector='OR'), name='acknowledged_says_by_whom')],
                    },
                    bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
                ),
                migrations.CreateModel(
                    name='ReportChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('verb', models.CharField(max_length=30)),
                        ('from_state', models.CharField(max_length=30)),
                        ('to_state', models.CharField(max_length=30)),
                        ('reason', models.TextField(blank=True)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='reports.progressreport')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ReportLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='reports.progressreport')),
                        ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.referral')),
                        ('stage', models.CharField(max_length=60)),
                        ('last_action_on', models.DateField()),
                        ('made_in_period', models.BooleanField()),
                        ('decided_in_period', models.BooleanField()),
                        ('accepted_in_period', models.BooleanField()),
                        ('flagged_in_period', models.BooleanField()),
                        ('allocated_in_period', models.BooleanField()),
                        ('outcome', models.CharField(blank=True, max_length=80)),
                        ('reasons', models.TextField(blank=True)),
                        ('asked_of_force', models.TextField(blank=True)),
                        ('progress', models.JSONField(default=list, help_text='Shared progress in the period: [{on, text}]')),
                    ],
                    options={
                        'ordering': ['referral__reference'],
                        'constraints': [models.UniqueConstraint(fields=('report', 'referral'), name='one_line_a_referral')],
                    },
                ),
                migrations.CreateModel(
                    name='Figure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('force', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                        ('month', models.DateField(help_text='Its first day')),
                        ('what', models.CharField(max_length=80)),
                        ('days', models.PositiveIntegerField(null=True)),
                        ('number', models.PositiveIntegerField()),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('what', 'step made')), fields=['force', 'month'], include=('number',), name='figure_made')],
                        'constraints': [models.UniqueConstraint(fields=('force', 'month', 'what', 'days'), name='one_figure_a_month', nulls_distinct=False)],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='progressreport',
                    trigger=pgtrigger.compiler.Trigger(name='only_legal_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{building:draft,building:parked,building:scheduled,draft:released,draft:scheduled,parked:scheduled,released:acknowledged,scheduled:building}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='0fae90f1c21e501e50f39483932524cf091f661d', operation='UPDATE', pgid='pgtrigger_only_legal_moves_a135c', table='reports_progressreport', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='progressreport',
                    trigger=pgtrigger.compiler.Trigger(name='starts_at_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IS DISTINCT FROM \'scheduled\')', func="RAISE EXCEPTION 'A new row starts as scheduled, not as %', NEW.state;", hash='f273734f415cd02dda78fadbaaadc41c532b7b23', operation='INSERT', pgid='pgtrigger_starts_at_the_start_69d10', table='reports_progressreport', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='progressreport',
                    trigger=pgtrigger.compiler.Trigger(name='released_totals_stay', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IN (\'released\', \'acknowledged\') AND OLD."totals" IS DISTINCT FROM (NEW."totals"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3c6e047697a9de922174167b64083067537f6b06', operation='UPDATE', pgid='pgtrigger_released_totals_stay_f4bc0', table='reports_progressreport', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='reportline',
                    trigger=pgtrigger.compiler.Trigger(name='released_lines_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM reports_progressreport WHERE id IN (NEW.report_id, OLD.report_id) AND state IN ('released', 'acknowledged')) THEN RAISE EXCEPTION 'The lines of a released report stay as they are'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='45ff6e24ebdc61e305b008bb1728ab15a4d58082', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_released_lines_stay_0af4b', table='reports_reportline', when='BEFORE')),
                ),
            ],
        ),
        migrations.RunSQL(
            sql="\nCREATE FUNCTION reports_month(moment timestamptz) RETURNS date LANGUAGE sql STABLE\nRETURN date_trunc('month', moment AT TIME ZONE 'Europe/London')::date;\n\nCREATE FUNCTION reports_due_of_referral() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n    IF TG_OP <> 'DELETE' AND NEW.submitted_at IS NOT NULL THEN\n        INSERT INTO reports_figuredue (force_id, month) VALUES (NEW.force_id, reports_month(NEW.submitted_at));\n    END IF;\n    IF TG_OP <> 'INSERT' AND OLD.submitted_at IS NOT NULL THEN\n        INSERT INTO reports_figuredue (force_id, month) VALUES (OLD.force_id, reports_month(OLD.submitted_at));\n    END IF;\n    RETURN NULL;\nEND $$;\n\nCREATE FUNCTION reports_due_with_referral() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n    INSERT INTO reports_figuredue (force_id, month)\n    SELECT force_id, reports_month(submitted_at) FROM referrals_referral\n    WHERE id = NEW.referral_id AND submitted_at IS NOT NULL;\n    RETURN NULL;\nEND $$;\n\nCREATE FUNCTION reports_due_all() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n    INSERT INTO reports_figuredue (force_id, month) SELECT DISTINCT force_id, month FROM reports_figure\n    WHERE force_id IS NOT NULL;\n    RETURN NULL;\nEND $$;\n\nCREATE TRIGGER reports_due AFTER INSERT OR DELETE ON referrals_referral\nFOR EACH ROW EXECUTE FUNCTION reports_due_of_referral();\nCREATE TRIGGER reports_due_moved AFTER UPDATE ON referrals_referral FOR EACH ROW\nWHEN (OLD.state IS DISTINCT FROM NEW.state OR OLD.submitted_at IS DISTINCT FROM NEW.submitted_at OR OLD.force_id IS DISTINCT FROM NEW.force_id)\nEXECUTE FUNCTION reports_due_of_referral();\nCREATE TRIGGER reports_due_moved AFTER UPDATE ON casework_case FOR EACH ROW\nWHEN (OLD.state IS DISTINCT FROM NEW.state OR OLD.outcome IS DISTINCT FROM NEW.outcome) EXECUTE FUNCTION reports_due_with_referral();\nCREATE TRIGGER reports_due AFTER INSERT OR UPDATE OR DELETE ON accounts_bankholiday\nEXECUTE FUNCTION reports_due_all();\n\nCREATE TRIGGER reports_due AFTER INSERT ON casework_case FOR EACH ROW EXECUTE FUNCTION reports_due_with_referral();\n\nCREATE TRIGGER reports_due AFTER INSERT ON referrals_triagedecision FOR EACH ROW EXECUTE FUNCTION reports_due_with_referral();\n\nCREATE TRIGGER reports_due AFTER INSERT ON referrals_specialconditionsflag FOR EACH ROW EXECUTE FUNCTION reports_due_with_referral();\n\nCREATE TRIGGER reports_due AFTER INSERT ON referrals_allocation FOR EACH ROW EXECUTE FUNCTION reports_due_with_referral();\n",
            reverse_sql='\nDROP FUNCTION reports_due_of_referral() CASCADE;\nDROP FUNCTION reports_due_with_referral() CASCADE;\nDROP FUNCTION reports_due_all() CASCADE;\nDROP FUNCTION reports_month(timestamptz);\n',
        ),
    ]
