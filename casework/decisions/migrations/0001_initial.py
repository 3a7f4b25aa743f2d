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
        ('duty_desk', '0001_initial'),
        ('engagement', '0001_initial'),
        ('material', '0001_initial'),
        ('referrals', '0001_initial'),
        ('support', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        nexus.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='Challenge',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='challenges', to='decisions.decision')),
                        ('state', django_fsm.FSMField(choices=[('open', 'Open'), ('dismissed', 'Dismissed'), ('allowed', 'Allowed'), ('withdrawn', 'Withdrawn'), ('remitted', 'Sent back for a new decision')], db_index=True, default='open', editable=False, max_length=30, protected=True)),
                        ('kind', models.CharField(choices=[('representations', 'Representations'), ('appeal', 'Appeal'), ('judicial_review', 'Judicial review'), ('other', 'Another challenge')], max_length=20)),
                        ('lodged_on', models.DateField()),
                        ('matter', models.ForeignKey(help_text='How the Duty Desk watches it', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='challenges', to='duty_desk.pendingmatter')),
                        ('court', models.CharField(blank=True, max_length=120, verbose_name='court or tribunal')),
                        ('court_reference', models.CharField(blank=True, max_length=60)),
                        ('lodged_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('lodged_at', models.DateTimeField()),
                        ('outcome_on', models.DateField(null=True)),
                        ('outcome_reasons', models.TextField(blank=True)),
                        ('concluded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('concluded_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['-lodged_on', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'dismissed', 'allowed', 'withdrawn', 'remitted'])), name='challenge_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('concluded_at', None), ('concluded_by', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('concluded_at__isnull', False), ('concluded_by__isnull', False), ('outcome_on__isnull', False), models.Q(('outcome_reasons', ''), _negated=True)), _connector='OR'), name='a_concluded_challenge_says_why')],
                    },
                    bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
                ),
                migrations.CreateModel(
                    name='ChallengeChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('verb', models.CharField(max_length=30)),
                        ('from_state', models.CharField(max_length=30)),
                        ('to_state', models.CharField(max_length=30)),
                        ('reason', models.TextField(blank=True)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('challenge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='decisions.challenge')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Claim',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='casework.case')),
                        ('kind', models.CharField(choices=[('protection', 'Protection claim'), ('human_rights', 'Human rights claim')], max_length=20)),
                        ('made_on', models.DateField(verbose_name='when it was made')),
                        ('how', models.CharField(choices=[('in_writing', 'In writing, to the Home Office'), ('representative', 'By the representative'), ('interview', 'At an interview'), ('section_120', 'In answer to a one-stop notice (section 120)'), ('representations', 'In representations against removal or deportation'), ('other', 'Another way, as the grounds say')], max_length=20, verbose_name='how it was made')),
                        ('grounds', models.TextField(verbose_name='on what grounds')),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('recorded_at', models.DateTimeField()),
                        ('end', models.CharField(blank=True, choices=[('granted', 'Granted'), ('withdrawn', 'Withdrawn, or treated as withdrawn'), ('refused_before', 'Refused by an earlier decision, not made here'), ('no_claim', 'Further submissions that are no fresh claim (paragraph 353)'), ('mistake', 'Recorded by mistake')], max_length=20, verbose_name='how it ended')),
                        ('ended_on', models.DateField(null=True, verbose_name='when it ended')),
                        ('end_words', models.TextField(blank=True, verbose_name='what shows that it ended')),
                        ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['made_on', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('grounds', ''), _negated=True), name='a_claim_says_its_grounds'), models.CheckConstraint(condition=models.Q(models.Q(('end', ''), ('end_words', ''), ('ended_at', None), ('ended_by', None), ('ended_on', None)), models.Q(('end__in', ['granted', 'withdrawn', 'refused_before', 'no_claim', 'mistake']), ('ended_at__isnull', False), ('ended_by__isnull', False), ('ended_on__isnull', False), models.Q(('end_words', ''), _negated=True)), _connector='OR'), name='the_end_of_a_claim_is_complete')],
                    },
                ),
                migrations.CreateModel(
                    name='Decision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='casework.case')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('state', django_fsm.FSMField(choices=[('draft', 'Draft'), ('submitted', 'Waiting for review'), ('reviewed', 'Reviewed'), ('decided', 'Decided'), ('served', 'Served'), ('superseded', 'No longer stands')], db_index=True, default='draft', editable=False, max_length=30, protected=True)),
                        ('checklist', models.CharField(max_length=10)),
                        ('answers', models.JSONField(default=dict)),
                        ('relies_on_material', models.BooleanField(default=False)),
                        ('letter', models.JSONField(default=dict, help_text='Address, country, reporting, and standard paragraphs put otherwise')),
                        ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('drafted_at', models.DateTimeField()),
                        ('written_at', models.DateTimeField(help_text='When its text last changed', null=True)),
                        ('submitted_at', models.DateTimeField(null=True)),
                        ('text_hash', models.CharField(blank=True, max_length=64)),
                        ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reviewed_at', models.DateTimeField(null=True)),
                        ('reviewed_hash', models.CharField(blank=True, max_length=64)),
                        ('reviewed_because', models.TextField(blank=True, help_text='Why two people decided it, a sentence a line')),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('reasons', models.TextField(blank=True, verbose_name='why this decision is made')),
                        ('served_on', models.DateField(null=True)),
                        ('served_how', models.CharField(blank=True, choices=[('in_person', 'In person, by the police'), ('by_officer', 'In person, by a Home Office officer'), ('post', 'By post'), ('representative', 'On the representative'), ('email', 'By e-mail'), ('on_file', 'On file')], max_length=20)),
                        ('served_to', models.CharField(blank=True, max_length=200, verbose_name='on whom')),
                        ('served_by_whom', models.CharField(blank=True, max_length=200, verbose_name='by whom it was handed over or sent')),
                        ('served_document', models.CharField(blank=True, max_length=300, verbose_name='what was served')),
                        ('served_hash', models.CharField(blank=True, max_length=64)),
                        ('served_place', models.CharField(blank=True, choices=[('in_uk', 'In the UK'), ('outside_uk', 'Outside the UK')], max_length=20, verbose_name='where the subject is')),
                        ('appeal_right', models.CharField(blank=True, choices=[('tribunal', 'An appeal to the First-tier Tribunal: a protection or human-rights claim is refused'), ('after_leaving', 'An appeal only after leaving the UK: the claim is certified'), ('citizens_rights', 'A citizens’ rights appeal to the First-tier Tribunal'), ('none', 'No right of appeal')], max_length=20, verbose_name='which right of appeal it carries')),
                        ('appeal_until', models.DateField(null=True, verbose_name='last day of an appeal in time')),
                        ('appeal_told_at', models.DateTimeField(help_text='When the case-owner was told of that day', null=True)),
                        ('served_document_on', models.DateField(null=True, verbose_name='date of what was not made here')),
                        ('served_under', models.ForeignKey(help_text='The authorised operation in which the police served it', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='services', to='engagement.engagement')),
                        ('served_rule', models.CharField(blank=True, max_length=200, verbose_name='rule that other means rest on')),
                        ('served_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('served_at', models.DateTimeField(null=True)),
                        ('superseded_at', models.DateTimeField(null=True)),
                        ('material', models.ManyToManyField(related_name='decisions', to='material.material')),
                        ('claims', models.ManyToManyField(help_text='Which it refuses', related_name='decisions', to='decisions.claim')),
                        ('served_letters', models.ManyToManyField(related_name='served_with', to='decisions.letter')),
                    ],
                    options={
                        'ordering': ['-number'],
                        'indexes': [models.Index(condition=models.Q(('state', 'submitted')), fields=['submitted_at'], name='to_review'), models.Index(condition=models.Q(('appeal_told_at', None), ('appeal_until__isnull', False), ('state', 'served')), fields=['appeal_until'], name='appeal_time_to_tell_of')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'reviewed', 'decided', 'served', 'superseded'])), name='decision_state_is_known'), models.UniqueConstraint(fields=('case', 'number'), name='decisions_are_numbered'), models.UniqueConstraint(condition=models.Q(('state', 'superseded'), _negated=True), fields=('case',), name='one_decision_stands'), models.CheckConstraint(condition=models.Q(('reviewed_by', None), models.Q(('reviewed_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='a_drafter_never_reviews'), models.CheckConstraint(condition=models.Q(models.Q(('reviewed_at', None), ('reviewed_by', None), ('reviewed_hash', '')), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False), ('reviewed_hash', models.F('text_hash'))), _connector='OR'), name='a_review_is_of_this_text'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'reviewed'), _negated=True), ('reviewed_by__isnull', False), _connector='OR'), name='reviewed_says_by_whom'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('decided', 'served', 'superseded')), _negated=True), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('reasons', ''), _negated=True), models.Q(('text_hash', ''), _negated=True)), _connector='OR'), name='a_decision_says_by_whom_and_why'), models.CheckConstraint(condition=models.Q(models.Q(('relies_on_material', True), ('state__in', ('decided', 'served', 'superseded')), _negated=True), ('reviewed_by__isnull', False), _connector='OR'), name='nexus_material_is_reviewed'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('decided', 'served', 'superseded')), _negated=True), ('reviewed_because', ''), ('reviewed_by__isnull', False), _connector='OR'), name='what_two_people_decide_is_reviewed'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('decided', 'served', 'superseded')), _negated=True), ('answers__route__choice__isnull', True), models.Q(('answers__route__choice__in', ['conviction_led', 'intelligence_led']), _negated=True), ('reviewed_by__isnull', False), _connector='OR'), name='a_deportation_is_reviewed'), models.CheckConstraint(condition=models.Q(('reviewed_by', None), ('decided_by', None), models.Q(('reviewed_by', models.F('decided_by')), _negated=True), _connector='OR'), name='a_reviewer_never_decides'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'served'), _negated=True), models.Q(('served_at__isnull', False), ('served_by__isnull', False), ('served_on__isnull', False), models.Q(('served_how', ''), _negated=True), models.Q(('served_to', ''), _negated=True), models.Q(('served_by_whom', ''), _negated=True), models.Q(('served_document', ''), _negated=True)), _connector='OR'), name='service_is_complete'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'served'), _negated=True), models.Q(('served_how', 'in_person'), ('served_under__isnull', False)), models.Q(models.Q(('served_how', 'in_person'), _negated=True), models.Q(('served_rule', ''), _negated=True)), _connector='OR'), name='service_rests_on_an_operation_or_a_rule')],
                    },
                    bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
                ),
                migrations.CreateModel(
                    name='DecisionChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('verb', models.CharField(max_length=30)),
                        ('from_state', models.CharField(max_length=30)),
                        ('to_state', models.CharField(max_length=30)),
                        ('reason', models.TextField(blank=True)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='decisions.decision')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Finding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('removed_at', models.DateTimeField(editable=False, null=True)),
                        ('removed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='decisions.decision')),
                        ('event', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='referrals.conductevent')),
                        ('allegation', models.TextField()),
                        ('evidence', models.TextField(blank=True)),
                        ('proved', models.BooleanField(null=True, verbose_name='proved on the balance of probabilities')),
                        ('reasons', models.TextField(blank=True)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', True), ('removed_by__isnull', True)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='decisions_finding_removed_by_whom'), models.CheckConstraint(condition=models.Q(('allegation', ''), _negated=True), name='a_finding_is_on_something'), models.UniqueConstraint(condition=models.Q(('event__isnull', False), ('removed_at', None)), fields=('decision', 'event'), name='one_finding_an_event')],
                    },
                ),
                migrations.CreateModel(
                    name='Hearing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('challenge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='decisions.challenge')),
                        ('on', models.DateField()),
                        ('at_time', models.TimeField(help_text='Empty: the court has not said yet', null=True)),
                        ('place', models.CharField(max_length=200)),
                        ('witnesses', models.TextField(blank=True, verbose_name='officers needed as witnesses')),
                        ('to_bring', models.TextField(blank=True, verbose_name='what they bring')),
                        ('attendance', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hearing', to='support.supportrequest')),
                        ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('added_at', models.DateTimeField()),
                        ('result', models.CharField(blank=True, choices=[('heard', 'It was heard'), ('adjourned', 'It was put off to another day'), ('vacated', 'It was taken out of the list')], max_length=10)),
                        ('result_words', models.TextField(blank=True, verbose_name='what came of it')),
                        ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('recorded_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['on', 'pk'],
                        'indexes': [models.Index(condition=models.Q(('result', '')), fields=['on'], name='hearings_to_come')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('recorded_at', None), ('recorded_by', None), ('result', ''), ('result_words', '')), models.Q(('recorded_at__isnull', False), ('recorded_by__isnull', False), ('result__in', ['heard', 'adjourned', 'vacated']), models.Q(('result_words', ''), _negated=True)), _connector='OR'), name='the_result_of_a_hearing_is_complete')],
                    },
                ),
                migrations.CreateModel(
                    name='Letter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='decisions.decision')),
                        ('template', models.CharField(choices=[('notice', 'Notice of decision'), ('reasons', 'Decision with reasons')], max_length=30)),
                        ('version', models.CharField(max_length=10, verbose_name='version of the template')),
                        ('content', models.JSONField()),
                        ('pdf', models.BinaryField()),
                        ('pdf_hash', models.CharField(max_length=64)),
                        ('docx', models.BinaryField()),
                        ('docx_hash', models.CharField(max_length=64)),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-made_at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Submission',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='decisions.decision')),
                        ('words', models.JSONField()),
                        ('submitted_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['submitted_at', 'pk'],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='claim',
                    trigger=pgtrigger.compiler.Trigger(name='claims_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='9e6bbba560ffa2c2d0c4ce3dc12d3c28a3cf854c', operation='DELETE', pgid='pgtrigger_claims_stay_38934', table='decisions_claim', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='challenge',
                    trigger=pgtrigger.compiler.Trigger(name='only_legal_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:allowed,open:dismissed,open:remitted,open:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='d823095d19d3d941b8aef8f0acefd034a83147b4', operation='UPDATE', pgid='pgtrigger_only_legal_moves_ca6ee', table='decisions_challenge', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='challenge',
                    trigger=pgtrigger.compiler.Trigger(name='starts_at_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IS DISTINCT FROM \'open\')', func="RAISE EXCEPTION 'A new row starts as open, not as %', NEW.state;", hash='4da5097d508b9bbd766a3380b95359f75dc7e65b', operation='INSERT', pgid='pgtrigger_starts_at_the_start_883e2', table='decisions_challenge', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='finding',
                    trigger=pgtrigger.compiler.Trigger(name='never_on_a_victim_or_witness', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF EXISTS (SELECT 1 FROM referrals_conductevent event\n                               WHERE event.id = NEW.event_id AND event.part IN ('victim', 'witness')) THEN\n                        RAISE EXCEPTION 'A victim or witness event is never a finding';\n                    END IF;\n                    RETURN NEW;\n                ", hash='21098a90d7de71237ad1e1192ea1fa4a10630698', operation='INSERT OR UPDATE', pgid='pgtrigger_never_on_a_victim_or_witness_16e9a', table='decisions_finding', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='finding',
                    trigger=pgtrigger.compiler.Trigger(name='only_in_a_draft', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF EXISTS (SELECT 1 FROM decisions_decision decision\n                               WHERE decision.id = COALESCE(NEW.decision_id, OLD.decision_id)\n                               AND decision.state <> 'draft') THEN\n                        RAISE EXCEPTION 'Findings change only in a draft';\n                    END IF;\n                    RETURN COALESCE(NEW, OLD);\n                ", hash='c5ff5ebb162c0bd4e9222b2a1873e90331f80df3', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_only_in_a_draft_2d7c3', table='decisions_finding', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='letter',
                    trigger=pgtrigger.compiler.Trigger(name='made_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c3f788769a9b74a25e889bf06eb56f52873def32', operation='UPDATE OR DELETE', pgid='pgtrigger_made_once_77ccf', table='decisions_letter', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='decision',
                    trigger=pgtrigger.compiler.Trigger(name='only_legal_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{decided:served,decided:superseded,draft:decided,draft:submitted,reviewed:decided,reviewed:draft,reviewed:submitted,served:superseded,submitted:draft,submitted:reviewed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='f3f4528902c84d9a53efa8ad17d971b3a9c2ae7a', operation='UPDATE', pgid='pgtrigger_only_legal_moves_260a9', table='decisions_decision', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='decision',
                    trigger=pgtrigger.compiler.Trigger(name='starts_at_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IS DISTINCT FROM \'draft\')', func="RAISE EXCEPTION 'A new row starts as draft, not as %', NEW.state;", hash='b5588ff7821da0e231cc4247fcf0f0152e425812', operation='INSERT', pgid='pgtrigger_starts_at_the_start_d037c', table='decisions_decision', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='decision',
                    trigger=pgtrigger.compiler.Trigger(name='text_is_locked', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF OLD.state <> 'draft' AND\n            (NEW.answers, NEW.letter) IS DISTINCT FROM (OLD.answers, OLD.letter) THEN\n            RAISE EXCEPTION 'Only a draft decision may change';\n        END IF;\n        IF OLD.state IN ('decided', 'served', 'superseded') AND\n            (NEW.text_hash, NEW.reasons, NEW.decided_by_id, NEW.decided_at, NEW.reviewed_by_id,\n             NEW.reviewed_because, NEW.checklist, NEW.case_id)\n            IS DISTINCT FROM\n            (OLD.text_hash, OLD.reasons, OLD.decided_by_id, OLD.decided_at, OLD.reviewed_by_id,\n             OLD.reviewed_because, OLD.checklist, OLD.case_id) THEN\n            RAISE EXCEPTION 'A decision that is made stays as it is';\n        END IF;\n        RETURN NEW;\n    ", hash='fa73ec0d45c5522a8a8a69af574432240ce03dcf', operation='UPDATE', pgid='pgtrigger_text_is_locked_8faea', table='decisions_decision', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='submission',
                    trigger=pgtrigger.compiler.Trigger(name='submissions_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4701b1f49d2e5c00ac254c622058ca8ab2e6619a', operation='UPDATE OR DELETE', pgid='pgtrigger_submissions_stay_53d77', table='decisions_submission', when='BEFORE')),
                ),
            ],
        ),
    ]
