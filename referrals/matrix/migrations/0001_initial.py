import django.db.models.deletion
import nexus.migrating
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('datawash', '0001_initial'),
        ('duty_desk', '0001_initial'),
        ('referrals', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        nexus.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='MatrixAssessment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                        ('own_reference', models.CharField(blank=True, max_length=60, verbose_name='your own reference')),
                        ('subject', models.JSONField(help_text='One subject as `manage.py assess` reads it')),
                        ('besides', models.JSONField(default=dict, help_text='Answers the rules do not read')),
                        ('policy_version', models.CharField(max_length=20)),
                        ('outcome', models.CharField(choices=[('M0', 'Appears out of scope'), ('M1', 'Indicative: removal or deportation'), ('M2', 'Indicative: conviction-led deportation'), ('M3', 'Indicative: intelligence-led deportation'), ('M4', 'Probably in Criminal Casework: discuss the flag'), ('M5', 'Insufficient information'), ('M6', 'Provisionally not suitable')], max_length=2)),
                        ('found', models.JSONField(help_text='What `manage.py assess` prints of it')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('wash_row', models.ForeignKey(help_text='The match it was prefilled from', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='datawash.washrow')),
                        ('referral', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='matrix_assessment', to='referrals.referral')),
                        ('enquiry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='matrix_assessment', to='duty_desk.enquiry')),
                    ],
                    options={
                        'ordering': ['-made_at', '-pk'],
                        'indexes': [models.Index(fields=['force', 'made_at'], name='matrix_force')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='matrixassessment',
                    trigger=pgtrigger.compiler.Trigger(name='a_result_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."besides" IS DISTINCT FROM (NEW."besides") OR OLD."force_id" IS DISTINCT FROM (NEW."force_id") OR OLD."found" IS DISTINCT FROM (NEW."found") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."own_reference" IS DISTINCT FROM (NEW."own_reference") OR OLD."policy_version" IS DISTINCT FROM (NEW."policy_version") OR OLD."subject" IS DISTINCT FROM (NEW."subject"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='89f15496c27e9307b1fcdd4750f5a7cbbe75a289', operation='UPDATE', pgid='pgtrigger_a_result_stays_76ee3', table='matrix_matrixassessment', when='BEFORE')),
                ),
            ],
        ),
    ]
