"""The step every person's action on a data-wash begins with."""

from nexus.accounts.models import User
from referrals.datawash.models import Wash
from referrals.datawash.permissions import WHO_MAY


def lock(wash_id: int, *, by: User, verb: str) -> Wash:
    """The wash, locked until the transaction ends.

    Raises Wash.DoesNotExist outside what `by` may see, PermissionDenied where the role may not.
    """
    wash = (
        Wash.objects.visible_to(by)
        .select_for_update(of=("self",))
        .select_related("agreement__force")
        .get(pk=wash_id)
    )
    WHO_MAY.permit(verb, by)
    return wash
