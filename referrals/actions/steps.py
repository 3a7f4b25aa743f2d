"""The steps every action on a referral begins with."""

from nexus.accounts.models import User
from nexus.refusals import blank
from referrals.models import Referral
from referrals.permissions import WHO_MAY

__all__ = ["blank", "lock"]


def lock(referral_id: int, *, by: User, verb: str) -> Referral:
    """The referral, locked until the transaction ends.

    Raises Referral.DoesNotExist outside what `by` may see, PermissionDenied where the role may not.
    """
    referral = (
        Referral.objects.visible_to(by)
        .select_for_update(of=("self",))
        .select_related("force")
        .get(pk=referral_id)
    )
    WHO_MAY.permit(verb, by)
    return referral
