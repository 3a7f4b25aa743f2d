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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        nexus.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='Review',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(help_text='A kind of record, see nexus/retention/kinds.py', max_length=20)),
                        ('record_id', models.BigIntegerField()),
                        ('reference', models.CharField(max_length=60)),
                        ('retention', models.CharField(help_text='A class, see nexus/retention/classes.py', max_length=20)),
                        ('state', django_fsm.FSMField(choices=[('due', 'To review'), ('kept', 'Kept longer'), ('held', 'Legal hold'), ('proposed', 'Erasure proposed'), ('erased', 'Erased')], db_index=True, default='due', editable=False, max_length=30, protected=True)),
                        ('ended_on', models.DateField(help_text='Empty: the record was in use when its review was opened', null=True)),
                        ('due_on', models.DateField(help_text='When its period was over, or the day until which it is kept')),
                        ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('opened_at', models.DateTimeField()),
                        ('ground', models.CharField(blank=True, choices=[('period', 'Its period is over and nobody needs it'), ('request', 'The person asked for it to be erased, and that was upheld'), ('order', 'A court or the Information Commissioner ordered it'), ('mistake', 'It should never have been recorded')], max_length=10)),
                        ('because', models.TextField(blank=True, help_text='Why it is to be erased')),
                        ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('proposed_at', models.DateTimeField(null=True)),
                        ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('confirmed_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['state', 'due_on', 'id'], name='reviews_by_day')],
                        'constraints': [models.UniqueConstraint(fields=('kind', 'record_id'), name='one_review_a_record'), models.CheckConstraint(condition=models.Q(('state__in', ['due', 'kept', 'held', 'proposed', 'erased'])), name='review_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['proposed', 'erased']), _negated=True), models.Q(('ground__in', ['period', 'request', 'order', 'mistake']), ('proposed_at__isnull', False), ('proposed_by__isnull', False), models.Q(('because', ''), _negated=True)), _connector='OR'), name='an_erasure_is_proposed_with_reasons'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('state', 'erased')), models.Q(models.Q(('state', 'erased'), _negated=True), ('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), _connector='OR'), name='an_erasure_is_confirmed'), models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='two_people_erase')],
                    },
                    bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
                ),
                migrations.CreateModel(
                    name='ReviewChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('verb', models.CharField(max_length=30)),
                        ('from_state', models.CharField(max_length=30)),
                        ('to_state', models.CharField(max_length=30)),
                        ('reason', models.TextField(blank=True)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='retention.review')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Tombstone',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('review', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='tombstone', to='retention.review')),
                        ('codes', models.JSONField(help_text='States, outcomes and days; nothing about a person')),
                        ('rows', models.JSONField(help_text='How many rows of each table went')),
                        ('files', models.PositiveIntegerField(help_text='How many uploaded files went')),
                        ('erased_at', models.DateTimeField()),
                    ],
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='review',
                    trigger=pgtrigger.compiler.Trigger(name='only_legal_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{due:held,due:kept,due:proposed,held:due,kept:due,kept:held,proposed:due,proposed:erased,proposed:held}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='c9a25bc44c8041059a4edd322bb082445d081bb9', operation='UPDATE', pgid='pgtrigger_only_legal_moves_90b58', table='retention_review', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='review',
                    trigger=pgtrigger.compiler.Trigger(name='starts_at_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IS DISTINCT FROM \'due\')', func="RAISE EXCEPTION 'A new row starts as due, not as %', NEW.state;", hash='396cc7d1da0ed6180da3fecdae65f6f6baa0c159', operation='INSERT', pgid='pgtrigger_starts_at_the_start_179b0', table='retention_review', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='review',
                    trigger=pgtrigger.compiler.Trigger(name='reviews_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='694558b2909fb587cee9840a90a3b7341a4e9493', operation='DELETE', pgid='pgtrigger_reviews_stay_41eb2', table='retention_review', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='tombstone',
                    trigger=pgtrigger.compiler.Trigger(name='tombstones_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8666e171e43340743d4303be9d4a86b0fe290a44', operation='UPDATE OR DELETE', pgid='pgtrigger_tombstones_stay_8b80a', table='retention_tombstone', when='BEFORE')),
                ),
            ],
        ),
    ]
