import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import nexus.migrating
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        nexus.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='Team',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(max_length=40, unique=True)),
                        ('name', models.CharField(max_length=80, unique=True)),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='Force',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=2, unique=True, verbose_name='PNC force code')),
                        ('ons_code', models.CharField(blank=True, max_length=9, verbose_name='ONS code')),
                        ('name', models.CharField(max_length=60, unique=True)),
                        ('region', models.CharField(blank=True, choices=[('london', 'London'), ('south_east', 'South East'), ('south_west', 'South West'), ('eastern', 'Eastern'), ('east_midlands', 'East Midlands'), ('west_midlands', 'West Midlands'), ('north_west', 'North West'), ('north_east', 'North East'), ('yorkshire', 'Yorkshire and the Humber'), ('wales', 'Wales')], max_length=15)),
                        ('engaged', models.BooleanField(default=False)),
                        ('engaged_on', models.DateField(blank=True, null=True, verbose_name='engaged since')),
                        ('metropolitan', models.BooleanField(default=False, verbose_name='flagged as Nexus High Harm, not Regional')),
                        ('value_added_activity', models.BooleanField(default=False, verbose_name='takes part in value added activity')),
                    ],
                    options={
                        'ordering': ['code'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('metropolitan', True)), fields=('metropolitan',), name='one_metropolitan_force'), models.CheckConstraint(condition=models.Q(('region__in', ['', 'london', 'south_east', 'south_west', 'eastern', 'east_midlands', 'west_midlands', 'north_west', 'north_east', 'yorkshire', 'wales'])), name='force_region_is_known'), models.UniqueConstraint(condition=models.Q(('ons_code', ''), _negated=True), fields=('ons_code',), name='ons_code_of_one_force')],
                    },
                ),
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                        ('full_name', models.CharField(max_length=120, verbose_name='full name')),
                        ('role', models.CharField(choices=[('police_officer', 'Police officer'), ('force_lead', 'Force lead'), ('immigration_officer', 'ICE, CCU or custody immigration officer'), ('referrals_officer', 'Referrals officer'), ('case_owner', 'Case-owner'), ('senior_caseworker', 'Senior Caseworker'), ('cio_hmi', 'Chief Immigration Officer or HM Inspector'), ('specialist_appeals', 'Specialist Appeals'), ('criminal_casework', 'Criminal Casework case-owner'), ('manager', 'Manager'), ('auditor', 'Auditor or data protection officer'), ('administrator', 'Administrator')], max_length=30)),
                        ('telephone', models.CharField(blank=True, max_length=30, validators=[django.core.validators.RegexValidator('^[+(]?[0-9][-0-9 ().,extEXT]{4,28}$', 'Enter a telephone number, like 020 7946 0101', 'telephone')])),
                        ('force', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='users', to='accounts.force')),
                        ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='users', to='accounts.team')),
                        ('nsa_accredited', models.BooleanField(default=False, verbose_name='NSA (non-suspensive appeal) accredited')),
                        ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('provider_subject', models.CharField(blank=True, max_length=255)),
                        ('session_epoch', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'ordering': ['full_name', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['police_officer', 'force_lead', 'immigration_officer', 'referrals_officer', 'case_owner', 'senior_caseworker', 'cio_hmi', 'specialist_appeals', 'criminal_casework', 'manager', 'auditor', 'administrator'])), name='user_role_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('force__isnull', False), ('role__in', ['force_lead', 'police_officer'])), models.Q(models.Q(('role__in', ['force_lead', 'police_officer']), _negated=True), ('force__isnull', True)), _connector='OR'), name='police_and_only_police_have_a_force', violation_error_message='A police officer or force lead needs a force; nobody else may have one.'), models.CheckConstraint(condition=models.Q(('nsa_accredited', False), ('role', 'case_owner'), _connector='OR'), name='only_case_owners_are_nsa_accredited', violation_error_message='Only a case-owner is recorded as NSA accredited.'), models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_ignores_case'), models.UniqueConstraint(condition=models.Q(('provider_subject', ''), _negated=True), fields=('provider_subject',), name='a_provider_knows_one_person'), models.CheckConstraint(condition=models.Q(('telephone', ''), ('telephone__regex', '^[+(]?[0-9][-0-9 ().,extEXT]{4,28}$'), _connector='OR'), name='a_telephone_number_is_one')],
                    },
                ),
                migrations.CreateModel(
                    name='Integration',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='integrations', to=settings.AUTH_USER_MODEL)),
                        ('name', models.CharField(max_length=80)),
                        ('scopes', models.JSONField(default=list)),
                        ('reason', models.TextField()),
                        ('granted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('granted_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('granted_by', models.F('person')), _negated=True), name='nobody_grants_themselves_a_program'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='an_integration_is_withdrawn_by_somebody')],
                    },
                ),
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('invited_by', models.ForeignKey(help_text='None: by a command', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('invited_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('secret_hash', models.CharField(blank=True, help_text='Blank until the e-mail is written', max_length=64)),
                        ('used_at', models.DateTimeField(null=True)),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('used_at', None), ('withdrawn_at', None)), fields=('person',), name='one_open_invitation'), models.UniqueConstraint(condition=models.Q(('secret_hash', ''), _negated=True), fields=('secret_hash',), name='a_link_opens_one_invitation'), models.CheckConstraint(condition=models.Q(('used_at', None), models.Q(('withdrawn_at', None), models.Q(('secret_hash', ''), _negated=True)), _connector='OR'), name='a_used_invitation_had_a_link')],
                    },
                ),
                migrations.CreateModel(
                    name='ProgramKey',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('integration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keys', to='accounts.integration')),
                        ('public_key', models.TextField()),
                        ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('added_at', models.DateTimeField()),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                        ('last_used_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='a_key_is_withdrawn_by_somebody')],
                    },
                ),
                migrations.CreateModel(
                    name='SecondFactorReset',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_at', models.DateTimeField()),
                        ('reason', models.TextField()),
                        ('agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('agreed_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('agreed_at', None)), fields=('person',), name='one_reset_asked_for_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('agreed_at', None), ('agreed_by', None)), models.Q(('agreed_at__isnull', False), ('agreed_by__isnull', False)), _connector='OR'), name='a_reset_is_agreed_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('asked_by', models.F('person')), _negated=True), models.Q(('agreed_by', None), models.Q(models.Q(('agreed_by', models.F('person')), _negated=True), models.Q(('agreed_by', models.F('asked_by')), _negated=True)), _connector='OR')), name='a_reset_takes_two_others')],
                    },
                ),
                migrations.CreateModel(
                    name='TokenGrant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('digest', models.CharField(max_length=128, unique=True)),
                        ('scope', models.CharField(choices=[('read', 'Read only'), ('write', 'Read and write')], max_length=5)),
                        ('integration', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to='accounts.integration')),
                        ('last_used_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('scope__in', ['read', 'write'])), name='scope_of_a_token_is_known')],
                    },
                ),
                migrations.CreateModel(
                    name='BankHoliday',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField()),
                        ('reason', models.CharField(max_length=120)),
                        ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('added_at', models.DateTimeField()),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['day', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('day',), name='one_bank_holiday_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='bank_holiday_withdrawn_by_somebody'), models.CheckConstraint(condition=models.Q(('day__iso_week_day__lte', 5)), name='bank_holiday_on_a_weekday')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='bankholiday',
                    trigger=pgtrigger.compiler.Trigger(name='bank_holidays_are_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='363244d1ef5585a7e7e26eceedfd8331ee3ef1f5', operation='DELETE', pgid='pgtrigger_bank_holidays_are_never_deleted_fabea', table='accounts_bankholiday', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='integration',
                    trigger=pgtrigger.compiler.Trigger(name='integrations_are_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='586d1349b9812b61a7285db6d6f77fe22c3ce02f', operation='DELETE', pgid='pgtrigger_integrations_are_never_deleted_c3bce', table='accounts_integration', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='invitation',
                    trigger=pgtrigger.compiler.Trigger(name='invitations_are_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='9816f2531ce99292a856a8265903666db762ce82', operation='DELETE', pgid='pgtrigger_invitations_are_never_deleted_5a90a', table='accounts_invitation', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='programkey',
                    trigger=pgtrigger.compiler.Trigger(name='program_keys_are_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='ad18cc3464e8c1f95914a7573d7e5b100d99c647', operation='DELETE', pgid='pgtrigger_program_keys_are_never_deleted_f5b41', table='accounts_programkey', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='secondfactorreset',
                    trigger=pgtrigger.compiler.Trigger(name='resets_are_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='ec4f0e841ea1d7ee177964b6ba69709cc6faaa35', operation='DELETE', pgid='pgtrigger_resets_are_never_deleted_0c61e', table='accounts_secondfactorreset', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='user',
                    trigger=pgtrigger.compiler.Trigger(name='users_are_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='04b5b37dfc0daa0086ffa920b7e72ad53d2a9af1', operation='DELETE', pgid='pgtrigger_users_are_never_deleted_461fb', table='accounts_user', when='BEFORE')),
                ),
            ],
        ),
    ]
