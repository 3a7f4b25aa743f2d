"""Each force is in a region; those that are there already get theirs by their code."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from nexus.accounts.regions import CODES, Region


def place_forces(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    force = apps.get_model("accounts", "Force")
    for region, codes in CODES.items():
        force.objects.filter(code__in=codes.split()).update(region=region)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_value_added_activity"),
    ]

    operations = [
        migrations.AddField(
            model_name="force",
            name="region",
            field=models.CharField(blank=True, choices=Region.choices, default="", max_length=15),
            preserve_default=False,
        ),
        migrations.RunPython(place_forces, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="force",
            constraint=models.CheckConstraint(
                condition=models.Q(("region__in", ["", *Region.values])), name="force_region_is_known"
            ),
        ),
    ]
