import django.db.models.deletion
import nexus.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('audit', '0001_initial'),
    ]

    operations = [
        nexus.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='Change',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('entry', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='audit.auditevent')),
                        ('number', models.BigIntegerField(null=True, unique=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('number', None)), fields=['id'], name='changes_without_a_number')],
                    },
                ),
            ],
        ),
        migrations.RunSQL(
            sql="\nCREATE FUNCTION changes_note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER\nSET search_path = public, pg_temp AS $$\nBEGIN\n    IF TG_RELID <> 'public.audit_auditevent'::regclass THEN\n        RAISE insufficient_privilege USING MESSAGE = 'Only audit entries are changes';\n    END IF;\n    INSERT INTO changes_change (entry_id) VALUES (NEW.id);\n    RETURN NULL;\nEND $$;\nCREATE TRIGGER changes_note AFTER INSERT ON audit_auditevent\nFOR EACH ROW WHEN (NEW.is_change AND NEW.subject_type <> '') EXECUTE FUNCTION changes_note();\n\nCREATE FUNCTION changes_number() RETURNS void LANGUAGE plpgsql SECURITY DEFINER\nSET search_path = public, pg_temp AS $$\nBEGIN\n    IF NOT pg_try_advisory_xact_lock(hashtext('nexus.changes'), 0) THEN\n        RETURN;\n    END IF;\n    UPDATE changes_change waiting SET number = last.number + place.place\n    FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM changes_change WHERE number IS NULL) place,\n        (SELECT coalesce(max(number), 0) AS number FROM changes_change) last\n    WHERE waiting.id = place.id;\nEND $$;\n",
            reverse_sql='\nDROP TRIGGER changes_note ON audit_auditevent;\nDROP FUNCTION changes_note();\nDROP FUNCTION changes_number();\n',
        ),
    ]
