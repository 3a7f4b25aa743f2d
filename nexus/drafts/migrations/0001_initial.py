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
                    name='Draft',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL)),
                        ('page', models.CharField(help_text='The address of the page: names and ids, no personal data', max_length=300)),
                        ('answers', models.JSONField(help_text='What the page would post: the values of each input, by its name')),
                        ('saved_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-saved_at'],
                        'indexes': [models.Index(fields=['saved_at'], name='drafts_by_age')],
                        'constraints': [models.UniqueConstraint(fields=('person', 'page'), name='one_draft_a_person_and_page')],
                    },
                ),
            ],
        ),
    ]
