"""Which facts of a referral can be corrected, and what follows of a correction, as the pages find them."""

from typing import NamedTuple

from django.http import Http404
from django.shortcuts import get_object_or_404

from referrals.forms.pages import PAGES, Page
from referrals.models import CorrectionRecipient, Referral, StaleFinding

# What is said of the subject and their conduct: what the force says of itself is no fact about them.
SECTIONS = (
    "identity", "scope", "identifiers", "immigration", "interest", "harm", "material", "pending", "vulnerability",
)  # fmt: skip


def correctable(referral: Referral) -> list[Page]:
    """The pages of the form on which a fact can be corrected."""
    return [page for page in PAGES if page.form and page.section in SECTIONS and page.is_asked(referral)]


class Correctable(NamedTuple):
    """A page of a referral's form on which a fact can be corrected."""

    referral: Referral
    page: Page


def find_correctable(referral: Referral, *, page: str) -> Correctable:
    """Raises Http404 for a page on which nothing of the subject stands, or that is not asked."""
    for each in correctable(referral):
        if each.key == page:
            return Correctable(referral, each)
    raise Http404


def find_stale(referral: Referral, *, stale_id: int) -> StaleFinding:
    """Something of the referral that rested on a wrong fact. Raises Http404."""
    rows = StaleFinding.objects.select_related("correction__referral")
    return get_object_or_404(rows, pk=stale_id, correction__referral=referral)


def find_recipient(referral: Referral, *, recipient_id: int) -> CorrectionRecipient:
    """Somebody who had been given a wrong fact of the referral. Raises Http404."""
    rows = CorrectionRecipient.objects.select_related("correction__referral")
    return get_object_or_404(rows, pk=recipient_id, correction__referral=referral)
