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
                    name='Press',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('key', models.CharField(max_length=64)),
                        ('place', models.CharField(help_text='A hash of the address, and of a page also of what was sent', max_length=64)),
                        ('body', models.CharField(help_text='A hash of what was sent', max_length=64)),
                        ('at', models.DateTimeField()),
                        ('status', models.PositiveSmallIntegerField(default=0)),
                        ('location', models.CharField(blank=True, help_text='The page it led to: names and ids', max_length=500)),
                        ('answer', models.JSONField(help_text='What a call was answered', null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['at'], name='presses_by_age')],
                        'constraints': [models.UniqueConstraint(fields=('by', 'key', 'place'), name='one_effect_a_press')],
                    },
                ),
            ],
        ),
    ]
