"""Audit entries in words: `referral.not_accepted` reads "Referral not accepted"."""

# Kinds whose own words read badly.
WORDS = {
    "audit.exported": "Audit log exported",
    "audit.read": "Audit log read",
    "audit.verified": "Audit log verified",
    "audit.found_faulty": "Audit log found not as it was written",
    "audit.verification_asked_for": "Verification of the audit log asked for",
    "file.not_as_stored": "Found not to be what was stored",
    "referral.asked_about": "Information requested about a referral",
    "referral.answered": "Information about a referral given",
    "referral.exported": "Referrals exported",
    "referral.listed": "Referrals listed",
    "case.listed": "Cases listed",
    "report.listed": "Reports listed",
    "refusal.bad_token": "Refused: a token that is not valid",
    "refusal.conflict": "Refused: not possible as things stood",
    "refusal.foreign_address": "Refused: an address outside what they may see",
    "refusal.forged_form": "Refused: a form that did not come from our page",
    "refusal.not_permitted": "Refused: their role may not",
    "refusal.throttled": "Refused: too many attempts",
    "search.made": "Search made",
    "user.sign_in_failed": "Sign-in failed",
    "user.signed_in": "Signed in",
    "user.signed_out": "Signed out",
    "user.integration_granted": "Program granted",
    "user.integration_withdrawn": "Program withdrawn",
    "program.token_issued": "Token given to a program",
    "user.invited": "Link to choose a password sent",
    "user.invitation_accepted": "Password chosen by the link",
    "user.password_reset": "Password ended, to be chosen anew",
    "user.password_changed": "Own password changed",
}


def kind_in_words(kind: str) -> str:
    """A kind as a person reads it; any `subject.verb_in_the_past` has words."""
    words = WORDS.get(kind) or kind.replace(".", " ").replace("_", " ")
    return words[:1].upper() + words[1:]
