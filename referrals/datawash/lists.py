"""Agreements, lists, their rows and the pairs under review as people meet them. Reads only."""

from nexus.rows import Rows
from referrals.datawash.models import Agreement, Candidate, Wash, WashRow
from referrals.datawash.permissions import WHO_MAY
from referrals.datawash.queries import washes

WASHES = Rows(noun="datawash", seen=lambda by: washes(Wash.objects.visible_to(by)), who_may=WHO_MAY)

WASH_ROWS = Rows(
    noun="datawash",
    seen=lambda by: WashRow.objects.filter(wash__in=Wash.objects.visible_to(by)).select_related("referral"),
    who_may=WHO_MAY,
    lookups={"wash_id": "wash"},
)

AGREEMENTS = Rows(
    noun="agreement",
    seen=lambda by: Agreement.objects.visible_to(by).select_related("force", "made_by"),
    who_may=WHO_MAY,
)

CANDIDATES = Rows(
    noun="datawash",
    seen=lambda by: Candidate.objects.visible_to(by).select_related(
        "person", "row__wash__agreement__force", "row__person"
    ),
    who_may=WHO_MAY,
)
