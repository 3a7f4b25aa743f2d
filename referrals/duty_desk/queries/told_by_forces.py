"""What was said at the Duty Desk and by telephone about a person, for PART.told_by_forces (referrals/parts.py)."""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from nexus.accounts.models import User
from referrals.duty_desk.models import CallAdvice, Enquiry, TelephoneReferral
from referrals.parts import ToldByForce


def told_by_forces(*, referrals: Collection[int], reader: User) -> Iterable[ToldByForce]:
    """Three queries."""
    return chain(_enquiries(referrals), _calls(referrals), _advice(referrals))


def _enquiries(referrals: Collection[int]) -> Iterator[ToldByForce]:
    for enquiry in Enquiry.objects.filter(referral__in=referrals).exclude(force=None):
        reply = f"\n\nThe Duty Desk replied: {enquiry.reply}" if enquiry.reply else ""
        yield ToldByForce(
            f"{enquiry}, Duty Desk", enquiry.question + reply, enquiry.logged_at, enquiry.caller
        )


def _calls(referrals: Collection[int]) -> Iterator[ToldByForce]:
    for call in TelephoneReferral.objects.filter(referral__in=referrals):
        words = "\n\n".join(filter(None, [call.why_urgent, call.asked]))
        yield ToldByForce("Telephone call", words, call.taken_at, call.caller)


def _advice(referrals: Collection[int]) -> Iterator[ToldByForce]:
    for advice in CallAdvice.objects.filter(call__referral__in=referrals).select_related("by"):
        yield ToldByForce("Advice given by telephone", advice.text, advice.at, str(advice.by))
