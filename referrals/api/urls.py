"""Addresses of the referrals' endpoints; names are within "api"."""

from typing import Any

from django.urls import path

from nexus.api.files import file_path
from nexus.api.verbs import verb_paths
from referrals.api import draft, queue, whole
from referrals.api.proposals import proposals
from referrals.api.referrals import referrals
from referrals.api.serializers import ReferralSerializer, WorkedReferralSerializer
from referrals.api.verbs import OF_POLICE, OF_TRIAGE
from referrals.permissions import WHO_MAY
from referrals.views import documents

ONE = "referrals/<slug:reference>/"
DOORS: dict[str, Any] = {
    "noun": "referral",
    "key": "referral_id",
    "who_may": WHO_MAY,
    "find": referrals.find,
    "answer": referrals.shown,
}
urlpatterns = [
    path("queue/", queue.queue, name="queue"),
    path("queue/take-next/", queue.take_next, name="queue_take_next"),
    path("referrals/by-own-reference/<path:own_reference>/", whole.whole, name="referral_by_own_reference"),
    *referrals.urls(),
    path(f"{ONE}sections/<slug:section>/", draft.section, name="referral_section"),
    path(f"{ONE}rows/<slug:kind>/", draft.rows, name="referral_rows"),
    path(f"{ONE}rows/<slug:kind>/<int:row_id>/", draft.row, name="referral_row"),
    path(f"{ONE}request-information/", queue.request_information, name="referral_request_information"),
    file_path(
        f"{ONE}file/",
        documents.pdf,
        name="referral_file",
        summary="The referral as a PDF",
        stored=False,
        roles=WHO_MAY["view"],
    ),
    file_path(
        f"{ONE}attachments/<int:row_id>/file/",
        documents.attachment,
        name="referral_attachment_file",
        summary="A document of a referral",
        roles=WHO_MAY["view"],
    ),
    *proposals.urls(),
    *verb_paths(OF_POLICE, ONE, **DOORS, shape=ReferralSerializer),
    *verb_paths(OF_TRIAGE, ONE, **DOORS, shape=WorkedReferralSerializer),
]
