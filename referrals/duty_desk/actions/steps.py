"""The steps every action on an enquiry begins with."""

from nexus.accounts.models import User
from referrals.duty_desk.models import Enquiry
from referrals.duty_desk.permissions import WHO_MAY


def lock(enquiry_id: int, *, by: User, verb: str) -> Enquiry:
    """The enquiry, locked until the transaction ends.

    Raises Enquiry.DoesNotExist outside what `by` may see, PermissionDenied where the role may not.
    """
    enquiry = (
        Enquiry.objects.visible_to(by)
        .select_for_update(of=("self",))
        .select_related("force", "owner")
        .get(pk=enquiry_id)
    )
    WHO_MAY.permit(verb, by)
    return enquiry
