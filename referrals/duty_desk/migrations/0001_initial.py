import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
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
        ('referrals', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        nexus.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='Enquiry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', django_fsm.FSMField(choices=[('open', 'Open'), ('answered', 'Answered')], db_index=True, default='open', editable=False, max_length=30, protected=True)),
                        ('asker', models.CharField(choices=[('force', 'A police force'), ('ice', 'Immigration Compliance and Enforcement team'), ('ccu', 'Command and Control Unit'), ('custody', 'Custody immigration officer'), ('criminal_casework', 'Criminal Casework'), ('other', 'Somebody else')], max_length=20, verbose_name='who asks')),
                        ('force', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enquiries', to='accounts.force')),
                        ('caller', models.CharField(max_length=120, verbose_name='name of the caller')),
                        ('contact', models.CharField(blank=True, max_length=120, verbose_name='how to reach them')),
                        ('question', models.TextField()),
                        ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enquiries_asked', to=settings.AUTH_USER_MODEL)),
                        ('logged_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('logged_at', models.DateTimeField()),
                        ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enquiries_owned', to=settings.AUTH_USER_MODEL)),
                        ('referral', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enquiries', to='referrals.referral')),
                        ('reply', models.TextField(blank=True)),
                        ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('idempotency_key', models.UUIDField(null=True)),
                    ],
                    options={
                        'verbose_name_plural': 'enquiries',
                        'ordering': ['-logged_at', '-pk'],
                        'indexes': [models.Index(fields=['state', 'logged_at'], name='enquiry_desk')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'answered'])), name='enquiry_state_is_known'), models.CheckConstraint(condition=models.Q(('question', ''), _negated=True), name='an_enquiry_asks_something'), models.CheckConstraint(condition=models.Q(models.Q(('asker', 'force'), _negated=True), ('force__isnull', False), _connector='OR'), name='a_force_asking_is_named'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), _negated=True), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('reply', ''), _negated=True)), _connector='OR'), name='an_answered_enquiry_says_by_whom'), models.UniqueConstraint(fields=('logged_by', 'idempotency_key'), name='one_enquiry_a_key')],
                    },
                    bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
                ),
                migrations.CreateModel(
                    name='EnquiryChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('verb', models.CharField(max_length=30)),
                        ('from_state', models.CharField(max_length=30)),
                        ('to_state', models.CharField(max_length=30)),
                        ('reason', models.TextField(blank=True)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='duty_desk.enquiry')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='EnquiryNote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='duty_desk.enquiry')),
                        ('text', models.TextField(blank=True)),
                        ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('referral', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.referral')),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), ('to__isnull', False), ('referral__isnull', False), _connector='OR'), name='an_enquiry_note_says_something')],
                    },
                ),
                migrations.CreateModel(
                    name='HandoverNote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField()),
                        ('text', models.TextField()),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'indexes': [models.Index(fields=['day'], name='handover_day')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='a_handover_says_something')],
                    },
                ),
                migrations.CreateModel(
                    name='PendingMatter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pending_matters', to='referrals.referral')),
                        ('kind', models.CharField(choices=[('criminal', 'Criminal proceedings'), ('appeal', 'Appeal'), ('judicial_review', 'Judicial review'), ('injunction', 'Injunction or stay'), ('other', 'Other litigation')], max_length=16)),
                        ('what', models.TextField()),
                        ('court', models.CharField(blank=True, max_length=120, verbose_name='court or tribunal')),
                        ('their_reference', models.CharField(blank=True, max_length=60, verbose_name='reference of the court')),
                        ('known_since', models.DateField(null=True, verbose_name='lodged, or known since')),
                        ('next_on', models.DateField(null=True, verbose_name='next check')),
                        ('hearing_on', models.DateField(null=True, verbose_name='next hearing')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('looked_at', models.DateTimeField()),
                        ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('result', models.TextField(blank=True)),
                        ('changes', models.TextField(blank=True, verbose_name='what it changes')),
                        ('suspends_removal', models.BooleanField(null=True)),
                        ('suspends_reason', models.TextField(blank=True)),
                        ('judged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('judged_at', models.DateTimeField(null=True)),
                        ('tasked_to', models.CharField(blank=True, choices=[('nexus_casework', 'Nexus Casework'), ('criminal_casework', 'Criminal Casework')], max_length=20)),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('ending', models.CharField(blank=True, choices=[('allowed', 'Allowed or granted'), ('dismissed', 'Dismissed or refused'), ('withdrawn', 'Withdrawn'), ('settled', 'Settled between the parties'), ('discharged', 'Lapsed or discharged'), ('convicted', 'Convicted'), ('acquitted', 'Acquitted'), ('discontinued', 'Discontinued'), ('other', 'Otherwise')], max_length=12, verbose_name='how it ended')),
                    ],
                    options={
                        'ordering': ['looked_at', 'pk'],
                        'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['looked_at'], name='matter_unchecked'), models.Index(condition=models.Q(('ended_at', None)), fields=['next_on'], name='matter_next'), models.Index(condition=models.Q(('ended_at', None)), fields=['hearing_on'], name='matter_hearing')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['criminal', 'appeal', 'judicial_review', 'injunction', 'other'])), name='a_matter_is_of_a_kind'), models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='a_matter_says_what_it_is'), models.CheckConstraint(condition=models.Q(models.Q(('checked_by', None), ('result', '')), models.Q(('checked_by__isnull', False), models.Q(('result', ''), _negated=True)), _connector='OR'), name='a_check_has_a_result'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ending', '')), models.Q(('checked_by__isnull', False), ('ended_at__isnull', False), ('ending__in', ['allowed', 'dismissed', 'withdrawn', 'settled', 'discharged', 'convicted', 'acquitted', 'discontinued', 'other']), ('hearing_on', None), ('next_on', None)), _connector='OR'), name='a_matter_that_is_over_says_how_it_ended'), models.CheckConstraint(condition=models.Q(models.Q(('judged_at', None), ('judged_by', None), ('suspends_reason', ''), ('suspends_removal', None)), models.Q(('judged_at__isnull', False), ('judged_by__isnull', False), ('suspends_removal__isnull', False), models.Q(('suspends_reason', ''), _negated=True), ('kind__in', ('appeal', 'judicial_review', 'injunction', 'other'))), _connector='OR'), name='who_says_what_suspends_removal_says_why'), models.CheckConstraint(condition=models.Q(('tasked_to', ''), models.Q(('kind__in', ('appeal', 'judicial_review', 'injunction', 'other')), ('tasked_to__in', ['nexus_casework', 'criminal_casework'])), _connector='OR'), name='only_litigation_is_tasked')],
                    },
                ),
                migrations.CreateModel(
                    name='MatterEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='duty_desk.pendingmatter')),
                        ('done', models.CharField(choices=[('listed', 'Listed'), ('checked', 'Checked'), ('concluded', 'Concluded'), ('judged', 'Effect on removal'), ('tasked', 'Tasked')], max_length=12)),
                        ('said', models.CharField(blank=True, max_length=60)),
                        ('text', models.TextField()),
                        ('changes', models.TextField(blank=True)),
                        ('next_on', models.DateField(null=True)),
                        ('hearing_on', models.DateField(null=True)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name_plural': 'matter entries',
                        'ordering': ['at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('done__in', ['listed', 'checked', 'concluded', 'judged', 'tasked'])), name='what_was_done_is_known'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='a_matter_entry_says_something')],
                    },
                ),
                migrations.CreateModel(
                    name='RotaAlert',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('duty', models.CharField(choices=[('desk', 'Duty officer'), ('on_call', 'CIO or HMI on call')], max_length=10)),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('told_at', models.DateTimeField()),
                        ('over_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['starts_at', 'duty'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('duty__in', ['desk', 'on_call'])), name='an_alert_is_of_a_duty'), models.UniqueConstraint(condition=models.Q(('over_at', None)), fields=('duty', 'starts_at'), name='one_alert_a_gap')],
                    },
                ),
                migrations.CreateModel(
                    name='Shift',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('duty', models.CharField(choices=[('desk', 'Duty officer'), ('on_call', 'CIO or HMI on call')], max_length=10)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to=settings.AUTH_USER_MODEL)),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('cancelled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('cancelled_at', models.DateTimeField(null=True)),
                        ('cancel_reason', models.TextField(blank=True)),
                    ],
                    options={
                        'ordering': ['starts_at', 'duty'],
                        'indexes': [models.Index(fields=['ends_at', 'starts_at'], name='shift_when')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('duty__in', ['desk', 'on_call'])), name='a_duty_is_known'), models.CheckConstraint(condition=models.Q(('starts_at__lt', models.F('ends_at'))), name='a_shift_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('cancel_reason', ''), ('cancelled_at', None), ('cancelled_by', None)), models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False), models.Q(('cancel_reason', ''), _negated=True)), _connector='OR'), name='a_cancelled_shift_says_by_whom_and_why'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('cancelled_at', None), ('duty', 'desk')), expressions=[(models.Func(models.F('starts_at'), models.F('ends_at'), function='TSTZRANGE', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='one_at_a_time_desk'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('cancelled_at', None), ('duty', 'on_call')), expressions=[(models.Func(models.F('starts_at'), models.F('ends_at'), function='TSTZRANGE', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='one_at_a_time_on_call')],
                    },
                ),
                migrations.CreateModel(
                    name='TelephoneReferral',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('referral', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='telephone', to='referrals.referral')),
                        ('caller', models.CharField(max_length=120, verbose_name='name of the caller')),
                        ('contact', models.CharField(blank=True, max_length=120, verbose_name='how to reach them')),
                        ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('why_urgent', models.TextField(verbose_name='why it is urgent')),
                        ('asked', models.TextField(blank=True, verbose_name='what is asked')),
                        ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('taken_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-taken_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('caller', ''), _negated=True), name='a_caller_is_named'), models.CheckConstraint(condition=models.Q(('why_urgent', ''), _negated=True), name='a_call_says_why_it_is_urgent')],
                    },
                ),
                migrations.CreateModel(
                    name='CallAdvice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='advice', to='duty_desk.telephonereferral')),
                        ('text', models.TextField()),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name_plural': 'call advice',
                        'ordering': ['at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='advice_says_something')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='enquiry',
                    trigger=pgtrigger.compiler.Trigger(name='only_legal_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{answered:open,open:answered}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='2d09eef3fc691074a1fd2f6135e18be4e3f85350', operation='UPDATE', pgid='pgtrigger_only_legal_moves_43be7', table='duty_desk_enquiry', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='enquiry',
                    trigger=pgtrigger.compiler.Trigger(name='starts_at_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IS DISTINCT FROM \'open\')', func="RAISE EXCEPTION 'A new row starts as open, not as %', NEW.state;", hash='0dafd8eb8f30486a7b47800efe7bf3ff1f1e453c', operation='INSERT', pgid='pgtrigger_starts_at_the_start_c1294', table='duty_desk_enquiry', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='enquirynote',
                    trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a4642013a770ba196d9d24b0093b73f85e6e49d0', operation='UPDATE OR DELETE', pgid='pgtrigger_written_once_dd222', table='duty_desk_enquirynote', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='handovernote',
                    trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2e89efda5ff4a618c2ad9867bd1d6ea50edd73c1', operation='UPDATE OR DELETE', pgid='pgtrigger_written_once_40dd2', table='duty_desk_handovernote', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='matterentry',
                    trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='217a6e84a105c89e507506ed99217b6ee6147b0e', operation='UPDATE OR DELETE', pgid='pgtrigger_written_once_ea0af', table='duty_desk_matterentry', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='telephonereferral',
                    trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dd22922e067aca1cba90cdb6101ce8fd7442c541', operation='UPDATE OR DELETE', pgid='pgtrigger_written_once_13915', table='duty_desk_telephonereferral', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='calladvice',
                    trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='aac3a23f3bfd13ecc0d8a7e28e78ee480430653b', operation='UPDATE OR DELETE', pgid='pgtrigger_written_once_90c56', table='duty_desk_calladvice', when='BEFORE')),
                ),
            ],
        ),
    ]
