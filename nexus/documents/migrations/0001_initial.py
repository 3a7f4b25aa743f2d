import django.db.models.deletion
import nexus.migrating
import uuid
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
                    name='StoredFile',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('name', models.CharField(max_length=160)),
                        ('content_type', models.CharField(max_length=100)),
                        ('size', models.PositiveIntegerField(help_text='bytes')),
                        ('sha256', models.CharField(max_length=64)),
                        ('scan', models.CharField(choices=[('quarantined', 'Being checked'), ('clean', 'Checked'), ('refused', 'Refused')], default='quarantined', max_length=12)),
                        ('scan_note', models.CharField(blank=True, max_length=200)),
                        ('scanned_at', models.DateTimeField(null=True)),
                        ('pages', models.PositiveSmallIntegerField(help_text='That can be printed; empty until looked at', null=True)),
                        ('not_shown', models.CharField(blank=True, help_text='Why none can be printed: a clause', max_length=200)),
                        ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('uploaded_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('scan__in', ['quarantined', 'clean', 'refused'])), name='scan_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('scan', 'quarantined'), ('scanned_at__isnull', True)), models.Q(models.Q(('scan', 'quarantined'), _negated=True), ('scanned_at__isnull', False)), _connector='OR'), name='scanned_files_say_when')],
                    },
                ),
            ],
        ),
    ]
