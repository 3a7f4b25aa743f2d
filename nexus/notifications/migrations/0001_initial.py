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
                    name='Mail',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('lease_ends_at', models.DateTimeField(null=True)),
                        ('lease_token', models.UUIDField(null=True)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('key', models.CharField(help_text='The event, or the digest and its day', max_length=120)),
                        ('state', django_fsm.FSMField(choices=[('waiting', 'Waiting to be sent'), ('sending', 'Being sent'), ('sent', 'Sent'), ('parked', 'Could not be sent')], db_index=True, default='waiting', editable=False, max_length=30, protected=True)),
                        ('made_at', models.DateTimeField()),
                        ('due_at', models.DateTimeField(help_text='Not tried before')),
                        ('failure', models.CharField(blank=True, max_length=300)),
                        ('may_have_arrived', models.BooleanField(default=False)),
                        ('sent_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sending', 'sent', 'parked'])), name='mail_state_is_known'), models.UniqueConstraint(fields=('person', 'key'), name='one_mail_a_person_and_event'), models.CheckConstraint(condition=models.Q(models.Q(('lease_ends_at__isnull', False), ('lease_token__isnull', False), ('state', 'sending')), models.Q(models.Q(('state', 'sending'), _negated=True), ('lease_ends_at__isnull', True), ('lease_token__isnull', True)), _connector='OR'), name='sending_has_a_lease'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='sent_says_when')],
                    },
                    bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
                ),
                migrations.CreateModel(
                    name='MailChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('verb', models.CharField(max_length=30)),
                        ('from_state', models.CharField(max_length=30)),
                        ('to_state', models.CharField(max_length=30)),
                        ('reason', models.TextField(blank=True)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('mail', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='notifications.mail')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Notification',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('event_key', models.CharField(help_text='The event by its ids', max_length=100)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notifications', to=settings.AUTH_USER_MODEL)),
                        ('kind', models.CharField(max_length=40)),
                        ('reference', models.CharField(blank=True, max_length=80)),
                        ('subject_type', models.CharField(blank=True, max_length=60)),
                        ('subject_id', models.CharField(blank=True, max_length=40)),
                        ('url_name', models.CharField(max_length=60)),
                        ('url_args', models.JSONField(default=list)),
                        ('made_at', models.DateTimeField()),
                        ('read_at', models.DateTimeField(null=True)),
                        ('delivery', models.CharField(choices=[('none', 'No notifications'), ('in_app', 'In Nexus only'), ('instant', 'In Nexus, and an e-mail each time'), ('daily', 'In Nexus, and one e-mail a day'), ('weekly', 'In Nexus, and one e-mail a week')], max_length=10)),
                        ('mail', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notifications', to='notifications.mail')),
                    ],
                    options={
                        'ordering': ['-made_at', '-pk'],
                        'indexes': [models.Index(fields=['person', '-made_at', '-id'], name='inbox'), models.Index(condition=models.Q(('read_at', None)), fields=['person'], name='unread_of_a_person'), models.Index(condition=models.Q(('delivery__in', ['daily', 'weekly']), ('mail', None), ('read_at', None)), fields=['delivery', 'made_at'], name='waits_for_a_digest')],
                        'constraints': [models.UniqueConstraint(fields=('event_key', 'person'), name='one_notification_an_event'), models.CheckConstraint(condition=models.Q(('delivery__in', ['in_app', 'instant', 'daily', 'weekly'])), name='notification_delivery_is_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Preference',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notification_preferences', to=settings.AUTH_USER_MODEL)),
                        ('group', models.CharField(max_length=30)),
                        ('delivery', models.CharField(choices=[('none', 'No notifications'), ('in_app', 'In Nexus only'), ('instant', 'In Nexus, and an e-mail each time'), ('daily', 'In Nexus, and one e-mail a day'), ('weekly', 'In Nexus, and one e-mail a week')], max_length=10)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('person', 'group'), name='one_preference_a_group'), models.CheckConstraint(condition=models.Q(('delivery__in', ['none', 'in_app', 'instant', 'daily', 'weekly'])), name='preference_is_known')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='mail',
                    trigger=pgtrigger.compiler.Trigger(name='only_legal_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{parked:waiting,sending:parked,sending:sent,sending:waiting,waiting:sending}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='591bb7c6020bcfdc4650e4125b54e68a5c10cc7d', operation='UPDATE', pgid='pgtrigger_only_legal_moves_98af6', table='notifications_mail', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='mail',
                    trigger=pgtrigger.compiler.Trigger(name='starts_at_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IS DISTINCT FROM \'waiting\')', func="RAISE EXCEPTION 'A new row starts as waiting, not as %', NEW.state;", hash='d06fb8d816ab78408168cc8c86c4a995a1150a57', operation='INSERT', pgid='pgtrigger_starts_at_the_start_9c815', table='notifications_mail', when='BEFORE')),
                ),
            ],
        ),
    ]
