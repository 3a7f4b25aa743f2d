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
        ('decisions', '0001_initial'),
        ('documents', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        nexus.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='Bundle',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('hearing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bundles', to='decisions.hearing')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('late_because', models.TextField(blank=True, verbose_name='why these documents are late')),
                        ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('started_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['number'],
                        'constraints': [models.UniqueConstraint(fields=('hearing', 'number'), name='bundles_of_a_hearing_are_numbered'), models.CheckConstraint(condition=models.Q(('number', 0), models.Q(('late_because', ''), _negated=True), _connector='OR'), name='a_supplementary_bundle_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='BundleEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('bundle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='tribunal.bundle')),
                        ('source', models.CharField(max_length=60)),
                        ('section', models.CharField(choices=[('decision', 'Decision, notice and service'), ('grounds', 'Grounds, and what the appellant has said'), ('convictions', 'Conviction record'), ('statements', 'Statements and exhibits'), ('human_rights', 'Human-rights evidence'), ('chronology', 'Chronology'), ('authorities', 'Authorities')], max_length=20)),
                        ('position', models.PositiveIntegerField()),
                        ('title', models.CharField(max_length=200, verbose_name='what it is')),
                        ('dated_on', models.DateField(null=True, verbose_name='date of the document')),
                        ('author', models.CharField(blank=True, max_length=120, verbose_name='who made it')),
                        ('included', models.BooleanField(default=True)),
                        ('withheld_because', models.CharField(blank=True, max_length=300, verbose_name='why it is withheld')),
                    ],
                    options={
                        'ordering': ['position', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('bundle', 'source'), name='one_entry_a_source'), models.CheckConstraint(condition=models.Q(('section__in', ['decision', 'grounds', 'convictions', 'statements', 'human_rights', 'chronology', 'authorities'])), name='entry_section_is_known'), models.CheckConstraint(condition=models.Q(('included', False), ('withheld_because', ''), _connector='OR'), name='what_is_included_is_not_withheld')],
                    },
                ),
                migrations.CreateModel(
                    name='BundleVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('lease_ends_at', models.DateTimeField(null=True)),
                        ('lease_token', models.UUIDField(null=True)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('bundle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='tribunal.bundle')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('state', django_fsm.FSMField(choices=[('waiting', 'Waiting to be made'), ('making', 'Being made'), ('made', 'Made'), ('failed', 'Could not be made')], db_index=True, default='waiting', editable=False, max_length=30, protected=True)),
                        ('is_final', models.BooleanField()),
                        ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('requested_at', models.DateTimeField()),
                        ('prepared', models.PositiveIntegerField(default=0, help_text='Entries that are ready to be bound')),
                        ('to_prepare', models.PositiveIntegerField(default=0)),
                        ('contents', models.JSONField(default=list)),
                        ('left_out', models.JSONField(default=list)),
                        ('pages', models.PositiveIntegerField(null=True)),
                        ('file', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bundle_version', to='documents.storedfile')),
                        ('failure', models.CharField(blank=True, max_length=300)),
                        ('made_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['-number'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'making', 'made', 'failed'])), name='bundle_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('lease_ends_at__isnull', False), ('lease_token__isnull', False), ('state', 'making')), models.Q(models.Q(('state', 'making'), _negated=True), ('lease_ends_at__isnull', True), ('lease_token__isnull', True)), _connector='OR'), name='making_has_a_lease'), models.UniqueConstraint(fields=('bundle', 'number'), name='bundle_versions_are_numbered'), models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'making'])), fields=('bundle',), name='one_bundle_is_made_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'made'), _negated=True), models.Q(('file__isnull', False), ('made_at__isnull', False), ('pages__isnull', False)), _connector='OR'), name='a_made_bundle_has_its_file')],
                    },
                    bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
                ),
                migrations.CreateModel(
                    name='BundleVersionChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('verb', models.CharField(max_length=30)),
                        ('from_state', models.CharField(max_length=30)),
                        ('to_state', models.CharField(max_length=30)),
                        ('reason', models.TextField(blank=True)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('bundle_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='tribunal.bundleversion')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ChronologyLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chronology', to='casework.case')),
                        ('key', models.CharField(blank=True, max_length=60)),
                        ('on', models.DateField(null=True, verbose_name='date')),
                        ('on_words', models.CharField(blank=True, max_length=60, verbose_name='date in words, where no day is known')),
                        ('event', models.TextField(verbose_name='what happened')),
                        ('source', models.CharField(max_length=200, verbose_name='how it is known')),
                        ('left_out', models.BooleanField(default=False)),
                        ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('written_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['on', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('case', 'key'), name='one_line_of_the_chronology_a_fact'), models.CheckConstraint(condition=models.Q(models.Q(('source', ''), _negated=True), models.Q(('event', ''), _negated=True)), name='a_line_of_the_chronology_has_its_source'), models.CheckConstraint(condition=models.Q(('on__isnull', False), models.Q(('on_words', ''), _negated=True), _connector='OR'), name='a_line_of_the_chronology_says_when')],
                    },
                ),
                migrations.CreateModel(
                    name='Redaction',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redactions', to='casework.case')),
                        ('passage', models.CharField(max_length=200, verbose_name='the words')),
                        ('because', models.CharField(choices=[('third_party', 'It names or identifies a third party'), ('address', 'It is an address or a way to reach somebody'), ('intelligence', 'It shows intelligence, or how it was come by')], max_length=20)),
                        ('found_in', models.CharField(max_length=200, verbose_name='where they were marked')),
                        ('marked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('marked_at', models.DateTimeField()),
                        ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('confirmed_at', models.DateTimeField(null=True)),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                        ('withdrawn_because', models.TextField(blank=True)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('because__in', ['third_party', 'address', 'intelligence'])), name='redaction_reason_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), models.Q(('confirmed_by', models.F('marked_by')), _negated=True)), _connector='OR'), name='a_second_reader_confirms'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_because', ''), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_because', ''), _negated=True)), _connector='OR'), name='a_withdrawn_redaction_says_why')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='bundleversion',
                    trigger=pgtrigger.compiler.Trigger(name='only_legal_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{failed:waiting,making:failed,making:made,making:waiting,waiting:making}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='2ed61eb34e58fc270fb18b2dab1ebfcbbdfb0de7', operation='UPDATE', pgid='pgtrigger_only_legal_moves_df61f', table='tribunal_bundleversion', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='bundleversion',
                    trigger=pgtrigger.compiler.Trigger(name='starts_at_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IS DISTINCT FROM \'waiting\')', func="RAISE EXCEPTION 'A new row starts as waiting, not as %', NEW.state;", hash='4fb34d2b23611a770f296d0c96f3f56fbbe3fce8', operation='INSERT', pgid='pgtrigger_starts_at_the_start_c28ab', table='tribunal_bundleversion', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='bundleversion',
                    trigger=pgtrigger.compiler.Trigger(name='what_was_made_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'made\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1a02c30664271bde5d224b84706bf56f83476821', operation='UPDATE', pgid='pgtrigger_what_was_made_stays_961bb', table='tribunal_bundleversion', when='BEFORE')),
                ),
            ],
        ),
    ]
