import django.db.models.deletion
import nexus.migrating
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
                    name='Response',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('quarter', models.CharField(help_text='As in the address: 2026-q3', max_length=7)),
                        ('finding', models.CharField(help_text='What is measured, by what, of which group', max_length=80)),
                        ('figures', models.CharField(help_text='What the finding said when it was answered', max_length=300)),
                        ('text', models.TextField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                        'indexes': [models.Index(fields=['quarter', 'finding'], name='responses_to_a_finding')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='a_response_says_something')],
                    },
                ),
            ],
        ),
    ]
