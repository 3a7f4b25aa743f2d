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
                    name='AccessRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', django_fsm.FSMField(choices=[('received', 'To answer'), ('answered', 'Answered'), ('refused', 'Not answered')], db_index=True, default='received', editable=False, max_length=30, protected=True)),
                        ('name', models.CharField(max_length=200, verbose_name='name of the person')),
                        ('born_on', models.DateField(null=True, verbose_name='date of birth')),
                        ('contact', models.CharField(max_length=200, verbose_name='how to reach them')),
                        ('identity', models.TextField(verbose_name='how it is known that it is they')),
                        ('received_on', models.DateField()),
                        ('due_on', models.DateField()),
                        ('received_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('received_at', models.DateTimeField()),
                        ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['state', 'due_on', 'id'], name='access_by_day')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['received', 'answered', 'refused'])), name='access_state_is_known'), models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('received_on'))), name='access_has_time'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True), ('state', 'received')), models.Q(models.Q(('state', 'received'), _negated=True), ('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='access_ends_by_whom')],
                    },
                    bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
                ),
                migrations.CreateModel(
                    name='AccessRecord',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('access_request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='rights.accessrequest')),
                        ('kind', models.CharField(max_length=20)),
                        ('record_id', models.BigIntegerField()),
                        ('reference', models.CharField(max_length=60)),
                        ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('added_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('access_request', 'kind', 'record_id'), name='a_record_once_a_request')],
                    },
                ),
                migrations.CreateModel(
                    name='AccessDecision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('access_request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='rights.accessrequest')),
                        ('item', models.CharField(help_text='Table, row and field', max_length=120)),
                        ('outcome', models.CharField(choices=[('disclosed', 'Disclose it'), ('others', 'Withhold it: it is about somebody else'), ('legal', 'Withhold it: legal advice'), ('work', 'Withhold it: disclosing it would prejudice the work')], max_length=10)),
                        ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('access_request', 'item'), name='an_item_is_decided_once'), models.CheckConstraint(condition=models.Q(('outcome__in', ['disclosed', 'others', 'legal', 'work'])), name='access_outcome_is_known')],
                    },
                ),
                migrations.CreateModel(
                    name='AccessChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('verb', models.CharField(max_length=30)),
                        ('from_state', models.CharField(max_length=30)),
                        ('to_state', models.CharField(max_length=30)),
                        ('reason', models.TextField(blank=True)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('access_request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='rights.accessrequest')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='accessrequest',
                    trigger=pgtrigger.compiler.Trigger(name='only_legal_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{received:answered,received:refused}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='1c8dafd45cbaae821bfaa047a122da90153d1bdd', operation='UPDATE', pgid='pgtrigger_only_legal_moves_6bd30', table='rights_accessrequest', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='accessrequest',
                    trigger=pgtrigger.compiler.Trigger(name='starts_at_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IS DISTINCT FROM \'received\')', func="RAISE EXCEPTION 'A new row starts as received, not as %', NEW.state;", hash='0af342a9d8f1a90e16ffff3ca05565590a1a4b33', operation='INSERT', pgid='pgtrigger_starts_at_the_start_3b2f9', table='rights_accessrequest', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='accessdecision',
                    trigger=pgtrigger.compiler.Trigger(name='decided_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='28c9ae0ff7733e1f5e5b65a6a3b97883c80c9f67', operation='UPDATE OR DELETE', pgid='pgtrigger_decided_once_ec3c5', table='rights_accessdecision', when='BEFORE')),
                ),
            ],
        ),
    ]
