import django.contrib.postgres.search
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
        ('documents', '0001_initial'),
        ('referrals', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        nexus.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='Searchable',
                    fields=[
                        ('key', models.CharField(max_length=40, primary_key=True, serialize=False)),
                        ('kind', models.CharField(max_length=12)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='casework.case')),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('text', models.TextField()),
                        ('vector', django.contrib.postgres.search.SearchVectorField()),
                    ],
                    options={
                        'db_table': 'casework_searchable',
                        'managed': False,
                    },
                ),
                migrations.CreateModel(
                    name='Case',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('referral', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='case', to='referrals.referral')),
                        ('state', django_fsm.FSMField(choices=[('open', 'Open, flag only'), ('allocated', 'Allocated to Liverpool'), ('assigned', 'Assigned to a case-owner'), ('evidence', 'Gathering evidence'), ('drafted', 'Decision being drafted'), ('reviewed', 'Decision reviewed'), ('decided', 'Decision made'), ('served', 'Decision served'), ('challenged', 'Under challenge'), ('outcome', 'Outcome recorded'), ('closed', 'Closed')], db_index=True, default='open', editable=False, max_length=30, protected=True)),
                        ('route', models.CharField(choices=[('administrative_removal', 'Administrative removal'), ('conviction_led', 'Conviction-led deportation'), ('intelligence_led', 'Intelligence-led deportation')], max_length=25)),
                        ('opened_at', models.DateTimeField()),
                        ('case_owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to=settings.AUTH_USER_MODEL)),
                        ('next_action', models.CharField(max_length=200)),
                        ('next_action_on', models.DateField()),
                        ('next_action_by', models.ForeignKey(help_text='Empty: the manager', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('last_progress_at', models.DateTimeField()),
                        ('outcome', models.CharField(blank=True, choices=[('removed', 'Removed'), ('deported', 'Deported'), ('left_voluntarily', 'Left voluntarily'), ('refused_by_tribunal', 'Appeal allowed by the tribunal'), ('not_pursued', 'Not pursued'), ('revoked', 'Decision revoked'), ('other', 'Other')], max_length=20)),
                        ('outcome_on', models.DateField(null=True)),
                        ('outcome_reasons', models.TextField(blank=True, help_text='The force reads these')),
                        ('outcome_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('outcome_at', models.DateTimeField(null=True)),
                        ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('closed_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['next_action_on', 'pk'],
                        'indexes': [models.Index(fields=['case_owner', 'state'], name='case_owner_state'), models.Index(condition=models.Q(('state', 'closed'), _negated=True), fields=['next_action_on', 'id'], include=('state', 'last_progress_at'), name='cases_by_next_action'), models.Index(condition=models.Q(('state', 'closed'), _negated=True), fields=['case_owner'], name='open_cases_of_owner'), models.Index(condition=models.Q(('state', 'closed'), _negated=True), fields=['next_action_by'], name='open_cases_waiting_for')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'allocated', 'assigned', 'evidence', 'drafted', 'reviewed', 'decided', 'served', 'challenged', 'outcome', 'closed'])), name='case_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('assigned', 'evidence', 'drafted', 'reviewed', 'decided', 'served', 'challenged')), _negated=True), ('case_owner__isnull', False), _connector='OR'), name='work_has_a_name'), models.CheckConstraint(condition=models.Q(models.Q(('outcome_at__isnull', False), ('outcome_on__isnull', False), ('state__in', ['outcome', 'closed']), ('outcome_by__isnull', False), models.Q(('outcome', ''), _negated=True), models.Q(('outcome_reasons', ''), _negated=True)), models.Q(models.Q(('state__in', ['outcome', 'closed']), _negated=True), ('outcome', ''), ('outcome_at__isnull', True)), _connector='OR'), name='an_outcome_is_complete'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', True), ('closed_by__isnull', True)), _connector='OR'), name='closed_says_by_whom')],
                    },
                    bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
                ),
                migrations.CreateModel(
                    name='CarriedOver',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carried_over', to='casework.case')),
                        ('key', models.CharField(max_length=40)),
                        ('words', models.TextField()),
                        ('reason', models.TextField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'verbose_name_plural': 'carried over',
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('case', 'key'), name='carried_over_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='what_is_carried_over_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='Barrier',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='barriers', to='casework.case')),
                        ('kind', models.CharField(choices=[('trafficking', 'Trafficking referral'), ('claim', 'Asylum or human-rights claim'), ('suspensive_appeal', 'Suspensive appeal'), ('injunction', 'Injunction'), ('pending_prosecution', 'Pending prosecution')], max_length=20)),
                        ('since', models.DateField()),
                        ('details', models.TextField()),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('recorded_at', models.DateTimeField()),
                        ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('lifted_at', models.DateTimeField(null=True)),
                        ('lifted_because', models.TextField(blank=True)),
                        ('outcome', models.CharField(blank=True, choices=[('reasonable_positive', 'Reasonable grounds: positive'), ('reasonable_negative', 'Reasonable grounds: negative'), ('conclusive_positive', 'Conclusive grounds: positive'), ('conclusive_negative', 'Conclusive grounds: negative'), ('withdrawn', 'Withdrawn'), ('disqualified', 'Disqualified from protection')], max_length=25)),
                        ('ended_on', models.DateField(null=True, verbose_name='date of the decision or order')),
                        ('ended_reference', models.CharField(blank=True, max_length=100, verbose_name='reference of the decision or order')),
                        ('court', models.CharField(blank=True, max_length=200)),
                        ('carries_on', models.OneToOneField(help_text='The one that a positive decision left standing', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_on_by', to='casework.barrier')),
                    ],
                    options={
                        'ordering': ['-since', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('case', 'kind'), name='one_open_barrier_a_kind'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_at__isnull', True), ('lifted_by__isnull', True)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False), models.Q(('lifted_because', ''), _negated=True)), _connector='OR'), name='a_lifted_barrier_says_why'), models.CheckConstraint(condition=models.Q(('lifted_at__isnull', True), models.Q(('kind', 'trafficking'), _negated=True), models.Q(('ended_on__isnull', False), ('outcome__in', ['reasonable_positive', 'reasonable_negative', 'conclusive_positive', 'conclusive_negative', 'withdrawn', 'disqualified']), models.Q(('ended_reference', ''), _negated=True)), _connector='OR'), name='trafficking_ends_by_a_decision'), models.CheckConstraint(condition=models.Q(('lifted_at__isnull', True), models.Q(('kind', 'injunction'), _negated=True), models.Q(('ended_on__isnull', False), models.Q(('ended_reference', ''), _negated=True), models.Q(('court', ''), _negated=True)), _connector='OR'), name='an_injunction_ends_by_an_order')],
                    },
                ),
                migrations.CreateModel(
                    name='Assignment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='casework.case')),
                        ('case_owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL)),
                        ('assigned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('assigned_at', models.DateTimeField()),
                        ('reason', models.TextField(blank=True)),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['assigned_at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('case',), name='one_case_owner_at_a_time')],
                    },
                ),
                migrations.CreateModel(
                    name='CaseChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('verb', models.CharField(max_length=30)),
                        ('from_state', models.CharField(max_length=30)),
                        ('to_state', models.CharField(max_length=30)),
                        ('reason', models.TextField(blank=True)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='casework.case')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='CaseDocument',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='casework.case')),
                        ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='case_document', to='documents.storedfile')),
                        ('description', models.CharField(max_length=200)),
                        ('marking', models.CharField(choices=[('official', 'OFFICIAL'), ('official_sensitive', 'OFFICIAL-SENSITIVE')], max_length=20)),
                        ('disclosable', models.BooleanField(verbose_name='may be disclosed')),
                        ('text', models.TextField(blank=True, help_text='What the file says, to be searched')),
                        ('read_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='CaseNote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='casework.case')),
                        ('text', models.TextField()),
                        ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('written_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-written_at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='CaseTask',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='casework.case')),
                        ('title', models.CharField(max_length=200)),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='case_tasks', to=settings.AUTH_USER_MODEL)),
                        ('due_on', models.DateField()),
                        ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('added_at', models.DateTimeField()),
                        ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('done_at', models.DateTimeField(null=True)),
                        ('remind_on', models.DateField(null=True)),
                        ('reminded_at', models.DateTimeField(null=True)),
                        ('overdue_told_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['due_on', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('remind_on__isnull', True), ('remind_on__lte', models.F('due_on')), _connector='OR'), name='reminded_before_the_day'), models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('done_by__isnull', True)), models.Q(('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='done_by_and_at_together')],
                    },
                ),
                migrations.CreateModel(
                    name='Clarification',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clarifications', to='casework.case')),
                        ('about', models.CharField(choices=[('under_18', 'Is the subject under 18?'), ('trafficking', 'Is there a trafficking indicator?'), ('claim', 'Is there an asylum or human-rights claim that has not been answered?'), ('children', 'Does the subject have children in the UK?'), ('health', 'Does the subject have a health condition?'), ('mental_health', 'Is there an order under the Mental Health Act?'), ('adult_at_risk', 'Is the subject an adult at risk?'), ('judicial_review', 'Is a judicial review threatened or likely?')], max_length=20, verbose_name='the question')),
                        ('found', models.BooleanField(verbose_name='whether it is so')),
                        ('words', models.TextField(verbose_name='what was done to find out, and what was found')),
                        ('welfare', models.TextField(blank=True, verbose_name='who looks after the subject, and what is arranged')),
                        ('basis', models.CharField(max_length=60)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('about__in', ['under_18', 'trafficking', 'claim', 'children', 'health', 'mental_health', 'adult_at_risk', 'judicial_review'])), name='a_known_question_is_clarified'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_clarification_says_what_was_found'), models.CheckConstraint(condition=models.Q(models.Q(('about', 'under_18'), ('found', True), _negated=True), models.Q(('welfare', ''), _negated=True), _connector='OR'), name='the_welfare_of_a_child_is_arranged')],
                    },
                ),
                migrations.CreateModel(
                    name='Mention',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='casework.casenote')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to=settings.AUTH_USER_MODEL)),
                        ('seen_at', models.DateTimeField(help_text='When the person opened the notes of the case', null=True)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'indexes': [models.Index(condition=models.Q(('seen_at__isnull', True)), fields=['person'], name='mention_unseen')],
                        'constraints': [models.UniqueConstraint(fields=('note', 'person'), name='mentioned_once_a_note')],
                    },
                ),
                migrations.CreateModel(
                    name='ProgressEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress', to='casework.case')),
                        ('kind', models.CharField(choices=[('evidence', 'Evidence gathering began'), ('decision', 'A decision was made'), ('service', 'The decision was served'), ('challenge', 'An appeal or judicial review was lodged'), ('dismissal', 'The challenge was dismissed and the decision stands'), ('reconsideration', 'A new decision is to be made'), ('contact', 'Contact with police or a partner'), ('other', 'Other progress')], max_length=20)),
                        ('happened_on', models.DateField()),
                        ('text', models.TextField(verbose_name='what happened')),
                        ('shared_with_force', models.BooleanField(verbose_name='the force may see this')),
                        ('asked_of_force', models.TextField(blank=True, verbose_name='what is asked of the force')),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-happened_on', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('asked_of_force', ''), ('shared_with_force', True), _connector='OR'), name='what_is_asked_of_the_force_is_shared')],
                    },
                ),
                migrations.CreateModel(
                    name='RelatedCase',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                        ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                        ('kind', models.CharField(choices=[('same_incident', 'Part in the same incident'), ('offended_together', 'Offended together'), ('family', 'Family or household'), ('other', 'Other')], max_length=20)),
                        ('reason', models.TextField()),
                        ('related_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('related_at', models.DateTimeField()),
                        ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('ended_because', models.TextField(blank=True)),
                    ],
                    options={
                        'ordering': ['-related_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('case__lt', models.F('other'))), name='a_pair_of_cases_has_one_order'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('case', 'other'), name='related_once'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_because', ''), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), models.Q(('ended_because', ''), _negated=True)), _connector='OR'), name='an_ended_relation_says_by_whom_and_why')],
                    },
                ),
                migrations.CreateModel(
                    name='RelatedPerson',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='casework.case')),
                        ('name', models.CharField(max_length=120)),
                        ('relation', models.CharField(choices=[('partner', 'Partner or spouse'), ('child', 'Child'), ('parent', 'Parent'), ('family', 'Other family'), ('co_offender', 'Co-offender'), ('associate', 'Associate'), ('victim', 'Victim of the conduct'), ('witness', 'Witness of the conduct'), ('other', 'Other')], max_length=15)),
                        ('known', models.TextField(verbose_name='what is known')),
                        ('source', models.CharField(max_length=200)),
                        ('disclosable', models.BooleanField(verbose_name='may be disclosed')),
                        ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('added_at', models.DateTimeField()),
                        ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='casework.relatedperson')),
                        ('because', models.TextField(blank=True, verbose_name='why it was corrected')),
                        ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('removed_at', models.DateTimeField(null=True)),
                        ('removed_because', models.TextField(blank=True)),
                    ],
                    options={
                        'ordering': ['added_at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('relation__in', ['partner', 'child', 'parent', 'family', 'co_offender', 'associate', 'victim', 'witness', 'other'])), name='a_person_is_of_a_known_relation'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('known', ''), _negated=True), models.Q(('source', ''), _negated=True)), name='a_person_says_who_what_and_whence'), models.CheckConstraint(condition=models.Q(models.Q(('because', ''), ('replaces__isnull', True)), models.Q(('replaces__isnull', False), models.Q(('because', ''), _negated=True)), _connector='OR'), name='a_correction_of_a_person_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', True), ('removed_because', ''), ('removed_by__isnull', True)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False), models.Q(('removed_because', ''), _negated=True)), _connector='OR'), name='a_removed_person_says_by_whom_and_why')],
                    },
                ),
                migrations.CreateModel(
                    name='RemovalNotice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='removal_notices', to='casework.case')),
                        ('kind', models.CharField(choices=[('intention', 'Notice of intention to remove'), ('departure', 'Notice of departure details'), ('both', 'Both in one notice')], max_length=20)),
                        ('given_on', models.DateField(verbose_name='when it was given')),
                        ('period_ends_on', models.DateField(null=True, verbose_name='last day of its period')),
                        ('how', models.CharField(max_length=200, verbose_name='how, and by whom')),
                        ('departure', models.TextField(blank=True, verbose_name='details of the departure')),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-given_on', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('how', ''), _negated=True), name='a_removal_notice_says_how_it_was_given'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('intention', 'both')), ('period_ends_on__isnull', False)), models.Q(('kind', 'departure'), ('period_ends_on', None)), _connector='OR'), name='a_notice_of_intention_begins_a_period'), models.CheckConstraint(condition=models.Q(('kind', 'intention'), models.Q(('departure', ''), _negated=True), _connector='OR'), name='a_notice_of_departure_says_its_details')],
                    },
                ),
                migrations.CreateModel(
                    name='RouteChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='route_changes', to='casework.case')),
                        ('from_route', models.CharField(choices=[('administrative_removal', 'Administrative removal'), ('conviction_led', 'Conviction-led deportation'), ('intelligence_led', 'Intelligence-led deportation')], max_length=25)),
                        ('to_route', models.CharField(choices=[('administrative_removal', 'Administrative removal'), ('conviction_led', 'Conviction-led deportation'), ('intelligence_led', 'Intelligence-led deportation')], max_length=25)),
                        ('reason', models.TextField()),
                        ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('changed_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-changed_at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Absence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL)),
                        ('first_day', models.DateField()),
                        ('last_day', models.DateField()),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('recorded_at', models.DateTimeField()),
                        ('cancelled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('cancelled_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['first_day', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('first_day__lte', models.F('last_day'))), name='an_absence_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', True), ('cancelled_by__isnull', True)), models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False)), _connector='OR'), name='an_absence_is_cancelled_by_somebody')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='case',
                    trigger=pgtrigger.compiler.Trigger(name='only_legal_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{allocated:assigned,assigned:drafted,assigned:evidence,assigned:outcome,challenged:evidence,challenged:outcome,challenged:served,decided:evidence,decided:outcome,decided:served,drafted:decided,drafted:outcome,drafted:reviewed,evidence:drafted,evidence:outcome,open:allocated,open:outcome,outcome:closed,reviewed:decided,reviewed:drafted,reviewed:outcome,served:challenged,served:evidence,served:outcome}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='5826b2d50a23e91647c279d5e96da1b62ebe76d3', operation='UPDATE', pgid='pgtrigger_only_legal_moves_895fc', table='casework_case', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='case',
                    trigger=pgtrigger.compiler.Trigger(name='starts_at_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IS DISTINCT FROM \'open\')', func="RAISE EXCEPTION 'A new row starts as open, not as %', NEW.state;", hash='f1e581dc2d28b554cdb53d771d358e2ce527c413', operation='INSERT', pgid='pgtrigger_starts_at_the_start_4a3c9', table='casework_case', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='carriedover',
                    trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2f91e9225034aa75e66281223875804339ef801a', operation='UPDATE OR DELETE', pgid='pgtrigger_written_once_645a0', table='casework_carriedover', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='clarification',
                    trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='87d23f283368a1f8b346d66b15a2a48c7f481320', operation='UPDATE OR DELETE', pgid='pgtrigger_written_once_a03d6', table='casework_clarification', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='relatedperson',
                    trigger=pgtrigger.compiler.Trigger(name='what_was_written_of_a_person_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."because" IS DISTINCT FROM (NEW."because") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."disclosable" IS DISTINCT FROM (NEW."disclosable") OR OLD."known" IS DISTINCT FROM (NEW."known") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."relation" IS DISTINCT FROM (NEW."relation") OR OLD."replaces_id" IS DISTINCT FROM (NEW."replaces_id") OR OLD."source" IS DISTINCT FROM (NEW."source"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='debf4fe1f146984f91c6ffb7e73761b84e45b45b', operation='UPDATE', pgid='pgtrigger_what_was_written_of_a_person_stays_445b7', table='casework_relatedperson', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='relatedperson',
                    trigger=pgtrigger.compiler.Trigger(name='a_removed_person_stays_removed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."removed_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b9771ee597be74565f5f93997d714a85c1989e2e', operation='UPDATE', pgid='pgtrigger_a_removed_person_stays_removed_cd663', table='casework_relatedperson', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='relatedperson',
                    trigger=pgtrigger.compiler.Trigger(name='a_correction_stays_with_its_case', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.replaces_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM casework_relatedperson\n        WHERE id = NEW.replaces_id AND case_id = NEW.case_id AND removed_at IS NULL\n    ) THEN\n        RAISE EXCEPTION 'A correction is of a person of the same case who has not been removed';\n    END IF;\n    RETURN NEW;\n", hash='13907ffd7ee81ae6d5a80f0b5e8c6a19937a106a', operation='INSERT', pgid='pgtrigger_a_correction_stays_with_its_case_5c4bc', table='casework_relatedperson', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='removalnotice',
                    trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='65eb48b1925a409885eea0ebce922136a4a190c3', operation='UPDATE OR DELETE', pgid='pgtrigger_written_once_d1dbd', table='casework_removalnotice', when='BEFORE')),
                ),
            ],
        ),
        migrations.RunSQL(
            sql="\nCREATE INDEX note_words ON casework_casenote USING gin (to_tsvector('english', text));\nCREATE INDEX document_words ON casework_casedocument USING gin (to_tsvector('english', description));\nCREATE INDEX file_words ON casework_casedocument USING gin (to_tsvector('english', text));\n",
            reverse_sql='DROP INDEX note_words, document_words, file_words',
        ),
        migrations.RunSQL(
            sql="\nCREATE VIEW casework_searchable AS\nSELECT 'note-' || id AS key, 'note' AS kind, case_id, written_at AS at, written_by_id AS by_id,\n    text, to_tsvector('english', text) AS vector\nFROM casework_casenote\nUNION ALL\nSELECT 'document-' || paper.id, 'document', paper.case_id, file.uploaded_at, file.uploaded_by_id,\n    paper.description, to_tsvector('english', paper.description)\nFROM casework_casedocument paper JOIN documents_storedfile file ON file.id = paper.file_id\nUNION ALL\nSELECT 'file-' || paper.id, 'file', paper.case_id, file.uploaded_at, file.uploaded_by_id,\n    paper.text, to_tsvector('english', paper.text)\nFROM casework_casedocument paper JOIN documents_storedfile file ON file.id = paper.file_id\nWHERE file.scan = 'clean' AND paper.text <> ''\n",
            reverse_sql='DROP VIEW casework_searchable',
        ),
    ]
