"""Each force is in a region; those that are there already get theirs by their code."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# As they were that day: value, label and the codes of its forces.
REGIONS = (
    ("london", "London", "01 48"),
    ("south_east", "South East", "43 44 45 46 47"),
    ("south_west", "South West", "50 52 53 54 55"),
    ("eastern", "Eastern", "35 36 37 40 41 42"),
    ("east_midlands", "East Midlands", "30 31 32 33 34"),
    ("west_midlands", "West Midlands", "20 21 22 23"),
    ("north_west", "North West", "03 04 05 06 07"),
    ("north_east", "North East", "10 11 17"),
    ("yorkshire", "Yorkshire and the Humber", "12 13 14 16"),
    ("wales", "Wales", "60 61 62 63"),
)


def place_forces(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    force = apps.get_model("accounts", "Force")
    for region, _, codes in REGIONS:
        force.objects.filter(code__in=codes.split()).update(region=region)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_value_added_activity"),
    ]

    operations = [
        migrations.AddField(
            model_name="force",
            name="region",
            field=models.CharField(blank=True, choices=[(value, label) for value, label, _ in REGIONS], default="", max_length=15),
            preserve_default=False,
        ),
        migrations.RunPython(place_forces, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="force",
            constraint=models.CheckConstraint(
                condition=models.Q(("region__in", ["", *(value for value, _, _ in REGIONS)])), name="force_region_is_known"
            ),
        ),
    ]
