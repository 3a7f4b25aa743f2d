"""What was found of one allegation."""

import pgtrigger
from django.db import models
from django.db.models import Q

from casework.decisions.models.decision import Decision
from nexus.row_security import with_its
from nexus.soft_delete import Removable
from referrals.models import ConductEvent


class Finding(Removable):
    """One allegation and what was found of it. `event` is the conduct event it was taken from, if any."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="findings")
    event = models.ForeignKey(ConductEvent, on_delete=models.PROTECT, null=True, related_name="findings")
    allegation = models.TextField()
    evidence = models.TextField(blank=True)
    proved = models.BooleanField("proved on the balance of probabilities", null=True)
    reasons = models.TextField(blank=True)

    SEEN_BY = with_its("decision")

    class Meta(Removable.Meta):
        ordering = ["pk"]
        constraints = [
            *Removable.Meta.constraints,
            models.CheckConstraint(condition=~Q(allegation=""), name="a_finding_is_on_something"),
            models.UniqueConstraint(
                fields=["decision", "event"],
                condition=Q(event__isnull=False, removed_at=None),
                name="one_finding_an_event",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="never_on_a_victim_or_witness",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF EXISTS (SELECT 1 FROM referrals_conductevent event
                               WHERE event.id = NEW.event_id AND event.part IN ('victim', 'witness')) THEN
                        RAISE EXCEPTION 'A victim or witness event is never a finding';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="only_in_a_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (SELECT 1 FROM decisions_decision decision
                               WHERE decision.id = COALESCE(NEW.decision_id, OLD.decision_id)
                               AND decision.state <> 'draft') THEN
                        RAISE EXCEPTION 'Findings change only in a draft';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"Finding {self.pk}"
