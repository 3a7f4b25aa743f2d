import django.core.validators
import django.db.models.deletion
import nexus.migrating
import pgtrigger.compiler
import pgtrigger.migrations
import referrals.quality.rules
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('referrals', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        nexus.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='Reading',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('draw', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='quality.draw')),
                        ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='quality_reading', to='referrals.triagedecision')),
                        ('place', models.PositiveIntegerField()),
                        ('evidence_read', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No'), ('not_applicable', 'Not applicable')], max_length=15, verbose_name='Does the decision rest on the evidence in the referral?')),
                        ('scope_confirmed', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No'), ('not_applicable', 'Not applicable')], max_length=15, verbose_name='Was it confirmed that the subject is in scope?')),
                        ('reasons_adequate', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No'), ('not_applicable', 'Not applicable')], max_length=15, verbose_name='Would the force understand from the reasons why?')),
                        ('balance_addressed', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No'), ('not_applicable', 'Not applicable')], max_length=15, verbose_name='Were status, length of residence, family and children weighed?')),
                        ('departure_explained', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No'), ('not_applicable', 'Not applicable')], max_length=15, verbose_name='Where it departs from the rules, do the reasons say why?')),
                        ('right_outcome', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No'), ('not_applicable', 'Not applicable')], max_length=15, verbose_name='Was it the right outcome on what was known?')),
                        ('overall', models.CharField(blank=True, choices=[('sound', 'Sound'), ('with_remarks', 'Sound, with remarks'), ('unsound', 'Unsound')], max_length=15)),
                        ('remarks', models.TextField(blank=True)),
                        ('to_do', models.TextField(blank=True, verbose_name='what should be done')),
                        ('read_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('read_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['draw', 'place'],
                        'constraints': [models.UniqueConstraint(fields=('draw', 'place'), name='one_reading_a_place'), models.CheckConstraint(condition=models.Q(models.Q(('balance_addressed', ''), ('departure_explained', ''), ('evidence_read', ''), ('overall', ''), ('read_at__isnull', True), ('read_by__isnull', True), ('reasons_adequate', ''), ('remarks', ''), ('right_outcome', ''), ('scope_confirmed', ''), ('to_do', '')), models.Q(('balance_addressed__in', ['yes', 'no', 'not_applicable']), ('departure_explained__in', ['yes', 'no', 'not_applicable']), ('evidence_read__in', ['yes', 'no', 'not_applicable']), ('overall__in', ['sound', 'with_remarks', 'unsound']), ('read_at__isnull', False), ('read_by__isnull', False), ('reasons_adequate__in', ['yes', 'no', 'not_applicable']), ('right_outcome__in', ['yes', 'no', 'not_applicable']), ('scope_confirmed__in', ['yes', 'no', 'not_applicable'])), _connector='OR'), name='a_finding_is_whole'), models.CheckConstraint(condition=models.Q(models.Q(('overall', referrals.quality.rules.Overall['UNSOUND']), _negated=True), models.Q(('to_do', ''), _negated=True), _connector='OR'), name='unsound_says_what_to_do')],
                    },
                ),
                migrations.CreateModel(
                    name='Draw',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('month', models.DateField(help_text='Its first day', unique=True)),
                        ('percentage', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)])),
                        ('seed', models.CharField(max_length=64)),
                        ('method', models.CharField(max_length=40)),
                        ('decisions', models.PositiveIntegerField(verbose_name='decisions that stood when it was drawn')),
                        ('drawn_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-month'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('month__day', 1)), name='a_draw_is_of_a_month'), models.CheckConstraint(condition=models.Q(('percentage__range', (1, 100))), name='a_draw_has_a_percentage')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='draw',
                    trigger=pgtrigger.compiler.Trigger(name='drawn_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='727d7a238ce42e034a3fb0a96920c2342a8a3902', operation='UPDATE OR DELETE', pgid='pgtrigger_drawn_once_8dd09', table='quality_draw', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='reading',
                    trigger=pgtrigger.compiler.Trigger(name='a_finding_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."read_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='78e77021ca39b90b4611549e77ab5d9290d54dc6', operation='UPDATE', pgid='pgtrigger_a_finding_stays_ce1a6', table='quality_reading', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='reading',
                    trigger=pgtrigger.compiler.Trigger(name='readings_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='7beabaade09d62fe9ab32de76e2e0879fac40f7c', operation='DELETE', pgid='pgtrigger_readings_stay_63f0b', table='quality_reading', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='reading',
                    trigger=pgtrigger.compiler.Trigger(name='what_was_drawn_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."draw_id" IS DISTINCT FROM (NEW."draw_id") OR OLD."decision_id" IS DISTINCT FROM (NEW."decision_id") OR OLD."place" IS DISTINCT FROM (NEW."place"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='10fcb0f36b07fde27b6e6ca6af1df87036c34747', operation='UPDATE', pgid='pgtrigger_what_was_drawn_stays_19cbb', table='quality_reading', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='reading',
                    trigger=pgtrigger.compiler.Trigger(name='not_read_by_who_decided', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.read_by_id IN (\n        SELECT decided_by_id FROM referrals_triagedecision WHERE id = NEW.decision_id\n        UNION SELECT second_reader_id FROM referrals_triagedecision WHERE id = NEW.decision_id\n    ) THEN\n        RAISE EXCEPTION 'Nobody reads a decision for quality that they made or agreed to';\n    END IF;\n    RETURN NEW;\n", hash='18aecd113cfdffeec40b21a6b9be9721ea122bb9', operation='INSERT OR UPDATE', pgid='pgtrigger_not_read_by_who_decided_90c8e', table='quality_reading', when='BEFORE')),
                ),
            ],
        ),
    ]
