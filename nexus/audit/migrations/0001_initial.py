import nexus.migrating
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        nexus.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='AuditEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('by_id', models.BigIntegerField(help_text='User id; empty for the system itself', null=True)),
                        ('by_role', models.CharField(blank=True, max_length=30)),
                        ('kind', models.CharField(max_length=80)),
                        ('subject_type', models.CharField(blank=True, max_length=60)),
                        ('subject_id', models.CharField(blank=True, max_length=40)),
                        ('subjects', models.JSONField(default=list, help_text='Ids of the rows a list showed')),
                        ('reason', models.TextField(blank=True)),
                        ('recipient', models.CharField(blank=True, max_length=120)),
                        ('detail', models.JSONField(default=dict, help_text='Ids and field names, never values about a person')),
                        ('request_id', models.CharField(blank=True, max_length=40)),
                    ],
                    options={
                        'ordering': ['-id'],
                        'indexes': [models.Index(fields=['subject_type', 'subject_id', '-id'], name='audit_by_subject'), models.Index(fields=['by_id', '-id'], name='audit_by_person'), models.Index(fields=['kind', '-id'], name='audit_by_kind')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='auditevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0450288fcb55201b346da4e2d56d2293ba7aac03', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_00dfa', table='audit_auditevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='auditevent',
                    trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The audit record is append-only';", hash='047961e3478c1c3656f23ee4799095f5dc469e26', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_c220f', table='audit_auditevent', when='BEFORE')),
                ),
            ],
        ),
    ]
