"""The case-owner reads the summary: is the material relevant and applicable?"""

from datetime import datetime

from django.db import transaction

from casework.material.actions.steps import lock, reasons_not_to, written
from casework.material.models import Material
from nexus.accounts.models import User
from nexus.refusals import refuse_if, wordless


@transaction.atomic
def review_summary(
    *,
    material_id: int,
    by: User,
    now: datetime,
    relevant: bool | None,
    applicable: bool | None,
    reasons: str,
) -> Material:
    """Say whether the material is relevant and applicable, with reasons the force does not read.

    "to ensure that the material requested is relevant and applicable to the case" (p. 7). Raises Refused.
    """
    material = lock(material_id, by=by, verb="review_summary")
    refuse_if(
        reasons_not_to("review_summary", material, by)
        or ([] if relevant is not None else ["Select whether the material is relevant to the case."])
        + ([] if applicable is not None else ["Select whether the material is applicable to the case."])
        + wordless(reasons, "Enter the reasons of the review.")
    )
    material.changed_at = now
    answers = {"relevant": relevant, "applicable": applicable, "why": reasons}
    material.move("review_summary", by=by, now=now, reason=reasons, **answers)
    written(material, done="summary_reviewed", by=by, now=now)
    return material
