import datetime
import django.db.models.deletion
import django.db.models.expressions
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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        nexus.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='Engagement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='casework.case')),
                        ('kind', models.CharField(choices=[('arrest', 'Arrest'), ('detention', 'Detention'), ('detention_on_reporting', 'Detention on reporting'), ('serving_papers', 'Serving papers'), ('escort', 'Escort')], max_length=25)),
                        ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='accounts.force')),
                        ('state', django_fsm.FSMField(choices=[('draft', 'Draft'), ('requested', 'To be quality-assured'), ('returned', 'Returned for changes'), ('quality_assured', 'To be risk-assessed'), ('risk_assessed', 'To be authorised'), ('authorised', 'Authorised, to be tasked'), ('refused', 'Refused'), ('tasked', 'With the force'), ('accepted', 'Accepted by the force'), ('stopped', 'Stopped'), ('declined', 'Declined by the force'), ('executed', 'Carried out'), ('aborted', 'Aborted'), ('expired', 'Expired'), ('concluded', 'Outcome recorded'), ('withdrawn', 'Withdrawn')], db_index=True, default='draft', editable=False, max_length=30, protected=True)),
                        ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='engagements_requested', to=settings.AUTH_USER_MODEL)),
                        ('started_at', models.DateTimeField()),
                        ('requested_at', models.DateTimeField(null=True)),
                        ('legal_power', models.CharField(blank=True, max_length=30)),
                        ('address', models.TextField(blank=True)),
                        ('window_starts_at', models.DateTimeField(null=True, verbose_name='from')),
                        ('window_ends_at', models.DateTimeField(null=True, verbose_name='until')),
                        ('asked', models.TextField(blank=True, verbose_name='what is asked of the force')),
                        ('why', models.TextField(blank=True)),
                        ('safety_note', models.TextField(blank=True, verbose_name='what officers must know for safety')),
                        ('at_risk_level', models.CharField(blank=True, choices=[('1', 'Level 1: the person says so'), ('2', 'Level 2: professional or official evidence'), ('3', 'Level 3: professional evidence that detention would be likely to cause harm')], max_length=1)),
                        ('risk_level', models.CharField(blank=True, choices=[('low', 'Low'), ('medium', 'Medium'), ('high', 'High')], max_length=10)),
                        ('risk_controls', models.TextField(blank=True)),
                        ('tasked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('tasked_at', models.DateTimeField(null=True)),
                        ('tasked_sha256', models.CharField(blank=True, max_length=64)),
                        ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('answer_words', models.TextField(blank=True)),
                        ('decline_kind', models.CharField(blank=True, choices=[('resource', 'No resource for it in that time'), ('risk', 'The risk is too high as it stands'), ('information', 'Too little information'), ('other', 'Another reason')], max_length=15)),
                        ('happened_at', models.DateTimeField(null=True)),
                        ('officers', models.CharField(blank=True, max_length=200, verbose_name='who was there for the force')),
                        ('irregular', models.TextField(blank=True, verbose_name='how it was carried out outside its authorisation')),
                        ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('what_happened', models.TextField(blank=True)),
                        ('custody_reference', models.CharField(blank=True, max_length=30)),
                        ('outcome_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('outcome_at', models.DateTimeField(null=True)),
                        ('verbal', models.BooleanField(default=False)),
                        ('write_up_due_at', models.DateTimeField(null=True)),
                        ('written_up_at', models.DateTimeField(null=True)),
                        ('overdue_told_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['-pk'],
                        'indexes': [models.Index(fields=['state', 'window_starts_at'], name='engagement_pending'), models.Index(fields=['force', 'state'], name='engagement_force'), models.Index(condition=models.Q(('verbal', True), ('written_up_at', None)), fields=['write_up_due_at'], name='engagement_to_write_up')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'requested', 'returned', 'quality_assured', 'risk_assessed', 'authorised', 'refused', 'tasked', 'accepted', 'stopped', 'declined', 'executed', 'aborted', 'expired', 'concluded', 'withdrawn'])), name='engagement_state_is_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['arrest', 'detention', 'detention_on_reporting', 'serving_papers', 'escort'])), name='engagement_kind_is_known'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'returned', 'withdrawn']), ('verbal', True), models.Q(models.Q(('legal_power', ''), _negated=True), models.Q(('address', ''), _negated=True), models.Q(('asked', ''), _negated=True), models.Q(('why', ''), _negated=True), ('requested_at__isnull', False), ('window_ends_at__isnull', False), ('window_starts_at__isnull', False)), _connector='OR'), name='a_sent_request_is_complete'), models.CheckConstraint(condition=models.Q(('window_ends_at__isnull', True), ('window_starts_at__lt', models.F('window_ends_at')), _connector='OR'), name='the_time_asked_for_runs_forward'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'risk_assessed'), _negated=True), models.Q(models.Q(('risk_level', ''), _negated=True), models.Q(('risk_controls', ''), _negated=True)), _connector='OR'), name='an_assessed_risk_has_its_words'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('tasked', 'accepted', 'declined', 'executed', 'aborted', 'concluded')), _negated=True), models.Q(('tasked_at__isnull', False), ('tasked_by__isnull', False), models.Q(('tasked_sha256', ''), _negated=True)), _connector='OR'), name='tasked_says_with_what'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(models.Q(('decline_kind', ''), _negated=True), models.Q(('answer_words', ''), _negated=True)), _connector='OR'), name='a_force_that_declines_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['executed', 'aborted', 'concluded']), _negated=True), models.Q(('answered_at__isnull', False), ('ended_by__isnull', False), ('happened_at__isnull', False)), _connector='OR'), name='only_what_was_accepted_is_carried_out'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'concluded'), _negated=True), models.Q(('outcome_at__isnull', False), ('outcome_by__isnull', False), models.Q(('what_happened', ''), _negated=True)), _connector='OR'), name='an_engagements_outcome_is_complete'), models.CheckConstraint(condition=models.Q(models.Q(('verbal', False), ('write_up_due_at', None), ('written_up_at', None)), models.Q(('verbal', True), ('write_up_due_at__isnull', False)), _connector='OR'), name='a_verbal_one_is_to_be_written_up')],
                    },
                    bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
                ),
                migrations.CreateModel(
                    name='Authorisation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('engagement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authorisations', to='engagement.engagement')),
                        ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('authorised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('authorised_at', models.DateTimeField()),
                        ('confirmed_at', models.DateTimeField(help_text='When the pass phrase was entered for it')),
                        ('reasons', models.TextField()),
                        ('conditions', models.TextField(blank=True)),
                        ('expires_at', models.DateTimeField()),
                        ('margin_reason', models.TextField(blank=True, verbose_name='why it lasts longer than the time asked for')),
                        ('text', models.TextField()),
                        ('sha256', models.CharField(max_length=64)),
                        ('verbal', models.BooleanField(default=False)),
                        ('asked_at', models.DateTimeField(help_text='When it was asked for, where it was verbal', null=True)),
                        ('replaced_at', models.DateTimeField(null=True)),
                        ('voided_at', models.DateTimeField(null=True)),
                        ('voided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('voided_because', models.TextField(blank=True)),
                    ],
                    options={
                        'ordering': ['authorised_at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at', None), ('voided_at', None)), fields=('engagement',), name='one_authorisation_stands'), models.CheckConstraint(condition=models.Q(('authorised_by', models.F('requested_by')), _negated=True), name='nobody_authorises_their_own_request'), models.CheckConstraint(condition=models.Q(('confirmed_at__lte', models.F('authorised_at')), ('authorised_at__lte', django.db.models.expressions.CombinedExpression(models.F('confirmed_at'), '+', models.Value(datetime.timedelta(seconds=300))))), name='authorised_by_the_person_at_the_screen'), models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='an_authorisation_has_reasons'), models.CheckConstraint(condition=models.Q(models.Q(('asked_at', None), ('verbal', False)), models.Q(('asked_at__isnull', False), ('verbal', True)), _connector='OR'), name='a_verbal_authorisation_says_when_it_was_asked'), models.CheckConstraint(condition=models.Q(('sha256', models.Func(models.F('text'), output_field=models.CharField(), template="encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"))), name='the_hash_is_of_the_text'), models.CheckConstraint(condition=models.Q(models.Q(('voided_at', None), ('voided_because', ''), ('voided_by', None)), models.Q(('voided_at__isnull', False), ('voided_by__isnull', False), models.Q(('voided_because', ''), _negated=True)), _connector='OR'), name='a_void_authorisation_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='EngagementChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('verb', models.CharField(max_length=30)),
                        ('from_state', models.CharField(max_length=30)),
                        ('to_state', models.CharField(max_length=30)),
                        ('reason', models.TextField(blank=True)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('engagement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='engagement.engagement')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Issue',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('engagement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='engagement.engagement')),
                        ('text', models.TextField()),
                        ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('raised_at', models.DateTimeField()),
                        ('reply', models.TextField(blank=True)),
                        ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('settled_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reply', ''), ('settled_at', None), ('settled_by', None)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False), models.Q(('reply', ''), _negated=True)), _connector='OR'), name='a_settled_issue_says_how')],
                    },
                ),
                migrations.CreateModel(
                    name='RiskAnswer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('engagement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='engagement.engagement')),
                        ('question', models.CharField(choices=[('adults_at_risk', 'Is the person an adult at risk?'), ('children', 'Are children present, or affected?'), ('medical', 'Is there a medical condition?'), ('trafficking', 'Is there a trafficking indicator, or a National Referral Mechanism decision pending or positive?'), ('mental_health', 'Is there a mental health condition, or a risk of self-harm?'), ('warnings', 'Are there warnings: weapons, violence, drugs, dogs, others at the address?'), ('language', 'Is an interpreter needed?'), ('community', 'Could it have an impact on the community?')], max_length=20)),
                        ('answer', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('not_known', 'Not known')], max_length=10)),
                        ('words', models.TextField(blank=True)),
                        ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('answered_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('engagement', 'question'), name='one_answer_a_question'), models.CheckConstraint(condition=models.Q(('question__in', ['adults_at_risk', 'children', 'medical', 'trafficking', 'mental_health', 'warnings', 'language', 'community'])), name='a_known_question'), models.CheckConstraint(condition=models.Q(('answer__in', ['yes', 'no', 'not_known'])), name='a_known_answer')],
                    },
                ),
                migrations.CreateModel(
                    name='TraffickingReview',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('engagement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trafficking_reviews', to='engagement.engagement')),
                        ('outcome', models.CharField(choices=[('safeguarded', 'The indicator remains, and this operation may go ahead with the safeguards described'), ('stops', 'The indicator remains, and this operation must not go ahead')], max_length=15)),
                        ('reasons', models.TextField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='a_trafficking_outcome_has_reasons')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='engagement',
                    trigger=pgtrigger.compiler.Trigger(name='only_legal_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{aborted:concluded,accepted:aborted,accepted:executed,accepted:expired,accepted:returned,accepted:stopped,accepted:withdrawn,authorised:expired,authorised:returned,authorised:stopped,authorised:tasked,authorised:withdrawn,declined:returned,declined:withdrawn,draft:authorised,draft:requested,draft:withdrawn,executed:concluded,expired:aborted,expired:executed,expired:returned,quality_assured:refused,quality_assured:returned,quality_assured:risk_assessed,quality_assured:withdrawn,requested:quality_assured,requested:refused,requested:returned,requested:withdrawn,returned:requested,returned:withdrawn,risk_assessed:authorised,risk_assessed:refused,risk_assessed:returned,risk_assessed:withdrawn,stopped:aborted,stopped:executed,stopped:returned,stopped:risk_assessed,stopped:withdrawn,tasked:accepted,tasked:declined,tasked:expired,tasked:returned,tasked:stopped,tasked:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='37f06b9fe916389860dd81797a02d0d28047b026', operation='UPDATE', pgid='pgtrigger_only_legal_moves_6b96a', table='engagement_engagement', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='engagement',
                    trigger=pgtrigger.compiler.Trigger(name='starts_at_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IS DISTINCT FROM \'draft\')', func="RAISE EXCEPTION 'A new row starts as draft, not as %', NEW.state;", hash='391dc4d1d669203341a19d68f2c19eba261be3a3', operation='INSERT', pgid='pgtrigger_starts_at_the_start_72352', table='engagement_engagement', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='engagement',
                    trigger=pgtrigger.compiler.Trigger(name='what_was_sent_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF OLD.state NOT IN ('draft', 'returned') AND NOT (OLD.verbal AND OLD.written_up_at IS NULL)\n               AND (OLD.kind, OLD.force_id, OLD.requested_by_id, OLD.legal_power, OLD.address, OLD.window_starts_at, OLD.window_ends_at, OLD.asked, OLD.why, OLD.safety_note, OLD.at_risk_level) IS DISTINCT FROM (NEW.kind, NEW.force_id, NEW.requested_by_id, NEW.legal_power, NEW.address, NEW.window_starts_at, NEW.window_ends_at, NEW.asked, NEW.why, NEW.safety_note, NEW.at_risk_level) THEN\n              RAISE EXCEPTION 'A request that was sent is changed by reopening it';\n            END IF;\n            IF OLD.verbal AND OLD.written_up_at IS NULL AND OLD.state <> 'draft' AND (OLD.kind, OLD.force_id, OLD.requested_by_id, OLD.asked) IS DISTINCT FROM (NEW.kind, NEW.force_id, NEW.requested_by_id, NEW.asked) THEN\n              RAISE EXCEPTION 'What was said on the telephone stays as it was logged';\n            END IF;\n            IF (OLD.risk_level, OLD.risk_controls) IS DISTINCT FROM (NEW.risk_level, NEW.risk_controls) AND NEW.state NOT IN ('risk_assessed', 'returned')\n               AND NOT (OLD.verbal AND OLD.written_up_at IS NULL) THEN\n              RAISE EXCEPTION 'The risk is assessed before it is authorised';\n            END IF;\n            IF (OLD.risk_level, OLD.risk_controls) IS DISTINCT FROM (NEW.risk_level, NEW.risk_controls) AND OLD.state = 'risk_assessed' AND NEW.state = 'risk_assessed' THEN\n              RAISE EXCEPTION 'The risk has been assessed';\n            END IF;\n            RETURN NEW;", hash='23b977f044b3315b8bb024070b42e742a7f1bd93', operation='UPDATE', pgid='pgtrigger_what_was_sent_stays_9c925', table='engagement_engagement', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='engagement',
                    trigger=pgtrigger.compiler.Trigger(name='tasked_only_with_a_live_authorisation', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" = \'tasked\' AND OLD."state" IS DISTINCT FROM (NEW."state"))', func="\n            IF NOT EXISTS (\n                SELECT 1 FROM engagement_authorisation a\n                WHERE a.engagement_id = NEW.id AND a.voided_at IS NULL AND a.replaced_at IS NULL\n                  AND a.authorised_at <= NEW.tasked_at AND NEW.tasked_at < a.expires_at\n                  AND a.sha256 = NEW.tasked_sha256\n                  AND (NOT a.verbal OR NEW.tasked_at < NEW.write_up_due_at)\n            ) THEN\n              RAISE EXCEPTION 'Nothing is tasked without a live authorisation';\n            END IF;\n            RETURN NEW;", hash='5b53393182913f9f6fa4c22b501dca76558d632d', operation='UPDATE', pgid='pgtrigger_tasked_only_with_a_live_authorisation_87a7b', table='engagement_engagement', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='engagement',
                    trigger=pgtrigger.compiler.Trigger(name='none_after_an_outcome', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IN (\'requested\', \'authorised\', \'tasked\', \'accepted\') AND OLD."state" IS DISTINCT FROM (NEW."state"))', func="\n            IF EXISTS (SELECT 1 FROM casework_case c WHERE c.id = NEW.case_id AND c.outcome <> '') THEN\n              RAISE EXCEPTION 'No operation goes on once its case has an outcome';\n            END IF;\n            RETURN NEW;", hash='eb1c8c8bfdefd127a520f4069e82dac261307457', operation='UPDATE', pgid='pgtrigger_none_after_an_outcome_762b4', table='engagement_engagement', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='engagement',
                    trigger=pgtrigger.compiler.Trigger(name='reopened_voids_the_authorisation', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IN (\'returned\', \'withdrawn\'))', func="\n            IF EXISTS (SELECT 1 FROM engagement_authorisation a\n                       WHERE a.engagement_id = NEW.id AND a.voided_at IS NULL) THEN\n              RAISE EXCEPTION 'The authorisation is voided first';\n            END IF;\n            RETURN NEW;", hash='4521cd53105160a9dd30dda43881f5de85d8923b', operation='UPDATE', pgid='pgtrigger_reopened_voids_the_authorisation_5a82d', table='engagement_engagement', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='engagement',
                    trigger=pgtrigger.compiler.Trigger(name='sent_with_every_answer', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" = \'requested\')', func="\n            IF (SELECT count(*) FROM engagement_riskanswer r WHERE r.engagement_id = NEW.id\n                AND (r.answer = 'no' OR btrim(r.words) <> '')) < 8 THEN\n              RAISE EXCEPTION 'A request is sent with every answer of its risk assessment';\n            END IF;\n            RETURN NEW;", hash='42714416f329cbe149a2ef1f7f7457af5b0e3f4d', operation='UPDATE', pgid='pgtrigger_sent_with_every_answer_8e770', table='engagement_engagement', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='engagement',
                    trigger=pgtrigger.compiler.Trigger(name='a_trafficking_indicator_blocks', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IN (\'authorised\', \'tasked\') AND OLD."state" IS DISTINCT FROM (NEW."state"))', func="\n            IF EXISTS (\n                SELECT 1 FROM (\n                  SELECT r.answered_at AS known_at FROM engagement_riskanswer r\n                  JOIN engagement_engagement e ON e.id = r.engagement_id\n                  WHERE e.case_id = NEW.case_id AND r.question = 'trafficking' AND r.answer = 'yes'\n                  UNION ALL\n                  SELECT c.opened_at FROM casework_case c\n                  JOIN referrals_referral f ON f.id = c.referral_id OR f.follows_id = c.referral_id\n                  WHERE c.id = NEW.case_id AND f.trafficking_indicator = 'yes'\n                  UNION ALL\n                  SELECT b.recorded_at FROM casework_barrier b\n                  WHERE b.case_id = NEW.case_id AND b.kind = 'trafficking' AND b.lifted_at IS NULL\n                ) shown\n                LEFT JOIN LATERAL (\n                  SELECT max(b.lifted_at) AS at FROM casework_barrier b\n                  WHERE b.case_id = NEW.case_id AND b.kind = 'trafficking' AND b.outcome IN ('reasonable_negative', 'conclusive_negative', 'withdrawn', 'disqualified')\n                ) ended ON true\n                LEFT JOIN LATERAL (\n                  SELECT t.at, t.outcome FROM engagement_traffickingreview t\n                  WHERE t.engagement_id = NEW.id ORDER BY t.at DESC, t.id DESC LIMIT 1\n                ) review ON true\n                WHERE (ended.at IS NULL OR shown.known_at > ended.at)\n                  AND (review.at IS NULL OR shown.known_at > review.at OR review.outcome = 'stops')\n            ) THEN\n              RAISE EXCEPTION 'A trafficking indicator blocks it until its outcome is recorded';\n            END IF;\n            RETURN NEW;", hash='3d7026de7dae12fe1c3e2300d1bfdf0bbff10a3a', operation='UPDATE', pgid='pgtrigger_a_trafficking_indicator_blocks_2f93f', table='engagement_engagement', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='engagement',
                    trigger=pgtrigger.compiler.Trigger(name='outside_its_authorisation_is_marked', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" = \'executed\' AND OLD."state" IS DISTINCT FROM (NEW."state"))', func="\n            IF btrim(NEW.irregular) = '' AND (\n                NEW.happened_at < NEW.window_starts_at\n                OR NOT EXISTS (\n                    SELECT 1 FROM engagement_authorisation a\n                    WHERE a.engagement_id = NEW.id\n                      AND COALESCE(a.asked_at, a.authorised_at) <= NEW.happened_at\n                      AND NEW.happened_at < a.expires_at\n                      AND (a.voided_at IS NULL OR NEW.happened_at < a.voided_at)\n                )\n            ) THEN\n              RAISE EXCEPTION 'What was carried out outside its authorisation is marked';\n            END IF;\n            RETURN NEW;", hash='72188e73fb3c4837a4c3d0614addc2de7341d623', operation='UPDATE', pgid='pgtrigger_outside_its_authorisation_is_marked_23205', table='engagement_engagement', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='engagement',
                    trigger=pgtrigger.compiler.Trigger(name='begun_for_good', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."verbal" IS DISTINCT FROM (NEW."verbal") OR OLD."write_up_due_at" IS DISTINCT FROM (NEW."write_up_due_at") OR OLD."started_at" IS DISTINCT FROM (NEW."started_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='08020d39723a36cfe095664f844a9fa3455e188e', operation='UPDATE', pgid='pgtrigger_begun_for_good_5f929', table='engagement_engagement', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='authorisation',
                    trigger=pgtrigger.compiler.Trigger(name='ends_with_its_window', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF EXISTS (\n                SELECT 1 FROM engagement_engagement e\n                WHERE e.id = NEW.engagement_id AND NOT e.verbal AND NEW.expires_at > e.window_ends_at\n                  AND (NEW.expires_at > e.window_ends_at + interval '7200 seconds'\n                       OR btrim(NEW.margin_reason) = '')\n            ) THEN\n              RAISE EXCEPTION 'An authorisation ends with the time asked for';\n            END IF;\n            RETURN NEW;", hash='da42a50ce970cfc9edce030ac90e51a0009c7fae', operation='INSERT', pgid='pgtrigger_ends_with_its_window_da642', table='engagement_authorisation', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='authorisation',
                    trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."engagement_id" IS DISTINCT FROM (NEW."engagement_id") OR OLD."requested_by_id" IS DISTINCT FROM (NEW."requested_by_id") OR OLD."authorised_by_id" IS DISTINCT FROM (NEW."authorised_by_id") OR OLD."authorised_at" IS DISTINCT FROM (NEW."authorised_at") OR OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."reasons" IS DISTINCT FROM (NEW."reasons") OR OLD."conditions" IS DISTINCT FROM (NEW."conditions") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."margin_reason" IS DISTINCT FROM (NEW."margin_reason") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."verbal" IS DISTINCT FROM (NEW."verbal") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f8130839da6f335705c6c4be251c09808e31b354', operation='UPDATE', pgid='pgtrigger_written_once_88110', table='engagement_authorisation', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='authorisation',
                    trigger=pgtrigger.compiler.Trigger(name='kept_for_good', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='e68ed6816278c95d9d7191cf2e5e99695d28df92', operation='DELETE', pgid='pgtrigger_kept_for_good_d5975', table='engagement_authorisation', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='authorisation',
                    trigger=pgtrigger.compiler.Trigger(name='void_stays_void', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."voided_at" IS NOT NULL AND OLD."voided_at" IS DISTINCT FROM (NEW."voided_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='74005fcad28483923f6df0599ce030fc9b4defab', operation='UPDATE', pgid='pgtrigger_void_stays_void_5d920', table='engagement_authorisation', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='engagementchange',
                    trigger=pgtrigger.compiler.Trigger(name='never_the_requester', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NEW.verb IN ('quality_assure', 'assess_risk', 'send_back', 'authorise', 'refuse', 'log_verbal')\n               AND EXISTS (SELECT 1 FROM engagement_engagement e\n                           WHERE e.id = NEW.engagement_id AND e.requested_by_id = NEW.by_id) THEN\n              RAISE EXCEPTION 'Whoever asked for an engagement does not decide on it';\n            END IF;\n            RETURN NEW;", hash='743a08de8f9afdf546dd1827de2971b33c9d6e73', operation='INSERT', pgid='pgtrigger_never_the_requester_e5656', table='engagement_engagementchange', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='riskanswer',
                    trigger=pgtrigger.compiler.Trigger(name='answers_that_were_sent_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF EXISTS (SELECT 1 FROM engagement_engagement e\n                       WHERE e.id IN (NEW.engagement_id, OLD.engagement_id)\n                         AND e.state NOT IN ('draft', 'returned')\n                         AND NOT (e.verbal AND e.written_up_at IS NULL)) THEN\n              RAISE EXCEPTION 'A risk assessment that was sent is changed by reopening the request';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;", hash='7a0cbd0c1cab2fc07424da20fb7a8ac733ca6d43', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_answers_that_were_sent_stay_6bc2c', table='engagement_riskanswer', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='traffickingreview',
                    trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='94b283a24ece0776eceed1404c0d0a70dbd823bc', operation='UPDATE OR DELETE', pgid='pgtrigger_written_once_d262f', table='engagement_traffickingreview', when='BEFORE')),
                ),
            ],
        ),
    ]
