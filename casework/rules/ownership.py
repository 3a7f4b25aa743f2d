"""Whose case it is.

"Nexus case-owners are non-suspensive appeal (NSA) accredited caseworkers" (p. 6)
"""


def reasons_not_to_give_to(
    *, name: str, is_case_owner: bool, nsa_accredited: bool, is_active: bool
) -> list[str]:
    """Why this person may not have a case. How much they have already is for the manager to weigh."""
    if not is_active:
        return [f"{name} can no longer sign in. Choose another case-owner."]
    if not is_case_owner:
        return [f"{name} is not a case-owner. Choose a case-owner."]
    if not nsa_accredited:
        return [f"{name} is not NSA accredited, and every case-owner of a Nexus case must be."]
    return []


def reasons_not_yours(*, is_a_case_owner: bool, owns_it: bool, owner: str) -> list[str]:
    """A case-owner works their own cases and reads the others; `owner` is "" where there is none."""
    if not is_a_case_owner or owns_it:
        return []
    if not owner:
        return ["This case has no case-owner yet. Ask a manager to assign one."]
    return [f"{owner} is the case-owner. Ask them, or a manager to reassign it."]
