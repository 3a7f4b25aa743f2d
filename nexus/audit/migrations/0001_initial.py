import django.contrib.postgres.indexes
import nexus.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        nexus.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='ChainHead',
                    fields=[
                        ('chain', models.CharField(max_length=120, primary_key=True, serialize=False)),
                        ('number', models.BigIntegerField()),
                        ('hash', models.CharField(max_length=64)),
                        ('sealed_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='ErasedReason',
                    fields=[
                        ('entry_id', models.BigIntegerField(primary_key=True, serialize=False)),
                        ('review_id', models.BigIntegerField(db_index=True, help_text='The review by which two people erased the record')),
                    ],
                ),
                migrations.CreateModel(
                    name='StoryTime',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ],
                    options={
                        'verbose_name': 'told time',
                    },
                ),
                migrations.CreateModel(
                    name='AuditEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('recorded_at', models.DateTimeField(editable=False, help_text="By the database's own clock", null=True)),
                        ('transaction', models.BigIntegerField(editable=False, help_text="The database's own number", null=True)),
                        ('by_id', models.BigIntegerField(help_text='User id; empty for the system itself', null=True)),
                        ('by_role', models.CharField(blank=True, max_length=30)),
                        ('kind', models.CharField(max_length=80)),
                        ('subject_type', models.CharField(blank=True, max_length=60)),
                        ('subject_id', models.CharField(blank=True, max_length=40)),
                        ('subjects', models.JSONField(default=list, help_text='Ids of the rows a list showed')),
                        ('reason', models.TextField(blank=True, help_text='As typed; goes when the record it speaks of is erased')),
                        ('reason_salt', models.CharField(blank=True, editable=False, max_length=36)),
                        ('reason_digest', models.CharField(blank=True, editable=False, help_text='What is sealed of it', max_length=64)),
                        ('recipient', models.CharField(blank=True, max_length=120)),
                        ('detail', models.JSONField(default=dict, help_text='Ids and field names, never values about a person')),
                        ('request_id', models.CharField(blank=True, max_length=40)),
                        ('is_change', models.GeneratedField(db_persist=True, expression=models.ExpressionWrapper(models.Q(('kind__regex', '(viewed|listed|exported|downloaded|searched|printed|read)$|^(refusal|search)\\.'), _negated=True), models.BooleanField()), output_field=models.BooleanField())),
                    ],
                    options={
                        'ordering': ['-id'],
                        'indexes': [models.Index(fields=['subject_type', 'subject_id', '-id'], name='audit_by_subject'), models.Index(fields=['-at', '-id'], name='audit_by_time'), models.Index(fields=['by_id', '-at', '-id'], name='audit_by_person'), models.Index(fields=['kind', '-at', '-id'], name='audit_by_kind'), models.Index(condition=models.Q(('is_change', True)), fields=['-at', '-id'], name='audit_changes'), models.Index(condition=models.Q(('is_change', True)), fields=['by_id', '-at', '-id'], name='audit_changes_by_person'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('subjects', []), _negated=True), fields=['subjects'], name='audit_by_row_shown', opclasses=['jsonb_path_ops']), django.contrib.postgres.indexes.GinIndex(fields=['detail'], name='audit_by_detail', opclasses=['jsonb_path_ops'])],
                    },
                ),
                migrations.CreateModel(
                    name='Seal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('chain', models.CharField(max_length=120)),
                        ('number', models.BigIntegerField(help_text='Place in the chain, from 1')),
                        ('entry_id', models.BigIntegerField(unique=True)),
                        ('sealed_at', models.DateTimeField()),
                        ('hash', models.CharField(max_length=64)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('chain', 'number'), name='one_seal_a_place')],
                    },
                ),
                migrations.CreateModel(
                    name='Verification',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('started_at', models.DateTimeField()),
                        ('finished_at', models.DateTimeField()),
                        ('by_id', models.BigIntegerField(help_text='User id; empty for the nightly one', null=True)),
                        ('entries', models.BigIntegerField()),
                        ('chains', models.BigIntegerField()),
                        ('heads', models.IntegerField(help_text='Exported heads it was compared with')),
                        ('faults', models.BigIntegerField()),
                        ('first_faults', models.JSONField(default=list, help_text='Sentences with the numbers of entries')),
                    ],
                    options={
                        'ordering': ['-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('faults__gte', 0)), name='verification_counts_faults')],
                    },
                ),
            ],
        ),
        migrations.RunSQL(
            sql='\nCREATE FUNCTION audit_micros(moment timestamptz) RETURNS text LANGUAGE sql IMMUTABLE\nRETURN ((extract(epoch FROM moment) * 1000000)::bigint)::text;\n\nCREATE FUNCTION audit_piece(value text) RETURNS text LANGUAGE sql IMMUTABLE\nRETURN CASE WHEN value IS NULL THEN \'-\' ELSE length(value)::text || \':\' || value END;\n\nCREATE FUNCTION audit_sha256(value text) RETURNS text LANGUAGE sql IMMUTABLE\nRETURN encode(sha256(convert_to(value, \'UTF8\')), \'hex\');\n\nCREATE FUNCTION audit_digest(e audit_auditevent) RETURNS text LANGUAGE sql STABLE\nRETURN audit_sha256(concat(audit_piece(e.id::text), audit_piece(audit_micros(e.at)), audit_piece(audit_micros(e.recorded_at)), audit_piece(e.transaction::text), audit_piece(e.by_id::text), audit_piece(e.by_role), audit_piece(e.kind), audit_piece(e.subject_type), audit_piece(e.subject_id), audit_piece(e.subjects::text), audit_piece(e.reason_digest), audit_piece(e.recipient), audit_piece(e.detail::text), audit_piece(e.request_id)));\n\nCREATE FUNCTION audit_chain(e audit_auditevent) RETURNS text LANGUAGE sql STABLE\nRETURN CASE WHEN e.subject_type <> \'\' THEN e.subject_type || \':\' || e.subject_id\n    ELSE \'person:\' || coalesce(e.by_id::text, \'\') END;\n\nCREATE FUNCTION audit_link(before text, number bigint, moment timestamptz, digest text) RETURNS text\nLANGUAGE sql IMMUTABLE\nRETURN audit_sha256(concat_ws(\' \', before, number::text, audit_micros(moment), digest));\n\nCREATE FUNCTION audit_set_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$\nBEGIN\n    IF NEW.id IS DISTINCT FROM currval(\'public.audit_auditevent_id_seq\') THEN\n        RAISE insufficient_privilege USING MESSAGE = \'The database numbers audit entries\';\n    END IF;\n    NEW.recorded_at := clock_timestamp();\n    NEW.transaction := pg_current_xact_id()::text::bigint;\n    NEW.reason_salt := CASE NEW.reason WHEN \'\' THEN \'\' ELSE gen_random_uuid()::text END;\n    NEW.reason_digest := CASE NEW.reason WHEN \'\' THEN \'\' ELSE audit_sha256(NEW.reason_salt || NEW.reason) END;\n    IF NOT EXISTS (SELECT FROM audit_storytime) THEN\n        NEW.at := NEW.recorded_at;\n    END IF;\n    IF coalesce(current_setting(\'nexus.first_entry\', true), \'\') = \'\' THEN\n        PERFORM set_config(\'nexus.first_entry\', NEW.id::text, true);\n    END IF;\n    RETURN NEW;\nEND $$;\nCREATE TRIGGER audit_set_entry BEFORE INSERT ON audit_auditevent\nFOR EACH ROW EXECUTE FUNCTION audit_set_entry();\n\nCREATE FUNCTION audit_seal_one(e audit_auditevent) RETURNS void LANGUAGE plpgsql AS $$\nDECLARE\n    digest text := audit_digest(e);\n    moment timestamptz := greatest(clock_timestamp(), e.recorded_at);\n    sealed audit_chainhead;\nBEGIN\n    INSERT INTO audit_chainhead AS head (chain, number, hash, sealed_at)\n    VALUES (audit_chain(e), 1, audit_link(\'\', 1, moment, digest), moment)\n    ON CONFLICT (chain) DO UPDATE SET\n        number = head.number + 1,\n        sealed_at = greatest(moment, head.sealed_at),\n        hash = audit_link(head.hash, head.number + 1, greatest(moment, head.sealed_at), digest)\n    RETURNING * INTO sealed;\n    INSERT INTO audit_seal (chain, number, entry_id, sealed_at, hash)\n    VALUES (sealed.chain, sealed.number, e.id, sealed.sealed_at, sealed.hash);\nEND $$;\n\nCREATE FUNCTION audit_seal_entries() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$\nDECLARE\n    first bigint := nullif(current_setting(\'nexus.first_entry\', true), \'\')::bigint;\n    e audit_auditevent;\nBEGIN\n    IF TG_RELID <> \'public.audit_auditevent\'::regclass THEN\n        RAISE insufficient_privilege USING MESSAGE = \'Only audit entries are sealed\';\n    END IF;\n    IF EXISTS (SELECT FROM audit_seal WHERE entry_id = NEW.id) THEN\n        RETURN NULL;\n    END IF;\n    FOR e IN\n        SELECT * FROM audit_auditevent one\n        WHERE one.id >= first AND one.transaction = NEW.transaction\n            AND NOT EXISTS (SELECT FROM audit_seal WHERE entry_id = one.id)\n        ORDER BY audit_chain(one), one.id\n    LOOP\n        PERFORM audit_seal_one(e);\n    END LOOP;\n    IF NOT EXISTS (SELECT FROM audit_seal WHERE entry_id = NEW.id) THEN\n        PERFORM audit_seal_one(NEW);\n    END IF;\n    RETURN NULL;\nEND $$;\nCREATE CONSTRAINT TRIGGER audit_seal_entries AFTER INSERT ON audit_auditevent\nDEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_seal_entries();\n\nCREATE FUNCTION audit_keep() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$\nBEGIN\n    IF TG_OP = \'UPDATE\' AND TG_TABLE_NAME = \'audit_auditevent\' AND public._pgtrigger_should_ignore(TG_NAME) THEN\n        IF to_jsonb(NEW) - \'is_change\' = to_jsonb(OLD) - \'is_change\' || \'{"reason": "", "reason_salt": ""}\' THEN\n            RETURN NEW;\n        END IF;\n    END IF;\n    RAISE insufficient_privilege USING MESSAGE = \'The audit record is append-only\';\nEND $$;\n\nCREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE ON audit_auditevent FOR EACH ROW EXECUTE FUNCTION audit_keep();\nCREATE TRIGGER audit_keep_all BEFORE TRUNCATE ON audit_auditevent EXECUTE FUNCTION audit_keep();\n\nCREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE ON audit_seal FOR EACH ROW EXECUTE FUNCTION audit_keep();\nCREATE TRIGGER audit_keep_all BEFORE TRUNCATE ON audit_seal EXECUTE FUNCTION audit_keep();\n\nCREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE ON audit_verification FOR EACH ROW EXECUTE FUNCTION audit_keep();\nCREATE TRIGGER audit_keep_all BEFORE TRUNCATE ON audit_verification EXECUTE FUNCTION audit_keep();\n\nCREATE FUNCTION audit_horizon() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = \'10s\' AS $$\nBEGIN\n    LOCK TABLE audit_seal IN SHARE MODE;\n    RETURN (SELECT coalesce(max(id), 0) FROM audit_seal);\nEND $$;\n',
            reverse_sql='\nDROP FUNCTION audit_horizon();\nDROP FUNCTION audit_keep() CASCADE;\nDROP FUNCTION audit_seal_entries() CASCADE;\nDROP FUNCTION audit_set_entry() CASCADE;\nDROP FUNCTION audit_seal_one(audit_auditevent);\nDROP FUNCTION audit_link(text, bigint, timestamptz, text);\nDROP FUNCTION audit_chain(audit_auditevent);\nDROP FUNCTION audit_digest(audit_auditevent);\nDROP FUNCTION audit_sha256(text);\nDROP FUNCTION audit_piece(text);\nDROP FUNCTION audit_micros(timestamptz);\n',
        ),
    ]
