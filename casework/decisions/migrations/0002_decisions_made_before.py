"""Cases that were decided before decisions were kept here get one that says so, so that they can go on."""

from django.db import migrations

REASONS = "Made before decisions were kept in Nexus. What was recorded then stands in the case's progress."
SERVED = {
    "served_how": "on_file",
    "served_to": "Not recorded",
    "served_by_whom": "Not recorded",
    "served_document": "Not recorded: served before decisions were kept in Nexus",
}


def keep(apps, schema_editor):
    Case = apps.get_model("casework", "Case")
    Decision = apps.get_model("decisions", "Decision")
    Challenge = apps.get_model("decisions", "Challenge")
    for case in Case.objects.filter(state__in=["decided", "served", "challenged"]):
        moved = case.changes.filter(to_state__in=["decided", "served", "challenged"]).order_by("at", "pk")
        first = moved.first()
        decision = Decision.objects.create(
            case=case, number=1, checklist="before", drafted_by_id=first.by_id, drafted_at=first.at
        )
        one = Decision.objects.filter(pk=decision.pk)
        one.update(
            state="decided",
            decided_by_id=first.by_id,
            decided_at=first.at,
            reasons=REASONS,
            text_hash="before",
        )
        if case.state == "decided":
            continue
        last = moved.filter(to_state=case.state).last()
        day = last.at.date()
        one.update(state="served", served_on=day, served_by_id=last.by_id, served_at=last.at, **SERVED)
        if case.state == "challenged":
            Challenge.objects.create(
                decision=decision, kind="other", lodged_on=day, lodged_by_id=last.by_id, lodged_at=last.at
            )


class Migration(migrations.Migration):
    dependencies = [("decisions", "0001_initial"), ("casework", "0003_the_decision_moves_the_case")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
