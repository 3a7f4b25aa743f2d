"""Nothing on the way forward. On the way back, a case that is being drafted or was reviewed gathers evidence
again: before decisions were kept, nobody knew those states, and the constraint of then refuses them."""

from django.db import migrations

BACK_TO_EVIDENCE = """
    ALTER TABLE casework_case DISABLE TRIGGER USER;
    UPDATE casework_case SET state = 'evidence' WHERE state IN ('drafted', 'reviewed');
    ALTER TABLE casework_case ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0004_hearings_and_reading"),
        ("casework", "0003_the_decision_moves_the_case"),
    ]

    operations = [migrations.RunSQL(migrations.RunSQL.noop, BACK_TO_EVIDENCE)]
