"""Where each person is rung, for those who show who is on call."""

import django.core.validators
from django.db import migrations, models

TELEPHONE = r"^[+(]?[0-9][-0-9 ().,extEXT]{4,28}$"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_force_regions"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="telephone",
            field=models.CharField(
                blank=True,
                default="",
                max_length=30,
                validators=[
                    django.core.validators.RegexValidator(
                        TELEPHONE, "Enter a telephone number, like 020 7946 0101", "telephone"
                    )
                ],
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("telephone", ""), ("telephone__regex", TELEPHONE), _connector="OR"),
                name="a_telephone_number_is_one",
            ),
        ),
    ]
