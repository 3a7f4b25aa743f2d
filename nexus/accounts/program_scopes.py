"""What a program may be allowed to do, part by part of the API: to read it, or to write it too.

A program never decides, authorises or approves, whatever it was granted: of the endpoints that change something it may
use those named here and no other, so that a new one is closed to programs until somebody opens it.
"""

from collections.abc import Iterable, Mapping

# Each part is what its addresses begin with, and the names of the endpoints at which a program may change something.
PARTS: Mapping[str, tuple[str, frozenset[str]]] = {
    "changes": ("What has changed", frozenset()),
    "referrals": (
        "Referrals and questions about them",
        frozenset(
            {
                "referrals",
                "referral_by_own_reference",
                "referral_section",
                "referral_rows",
                "referral_row",
                "referral_restore_row",
                "referral_submit",
                "referral_withdraw",
                "referral_add_information",
                "referral_answer_information",
            }
        ),
    ),
    "matrix": ("The matrix", frozenset({"matrix", "matrix_result_refer", "matrix_result_discuss"})),
    "data-washes": ("Data-washes", frozenset({"washes", "wash_queue", "wash_discard", "wash_refer"})),
    "support-requests": (
        "Police support requests",
        frozenset({"support_request_add_message", "support_request_fulfil"}),
    ),
    "material": (
        "Nexus material",
        frozenset({"material_save_draft", "material_supply", "material_write_message"}),
    ),
    "reports": ("Progress reports", frozenset()),
    "to-be-keyed": ("What has to be keyed", frozenset({"keying_entry_confirm", "keying_confirm_many"})),
}
# Open to every program, to read: who it is, its own token, and what is the same for everybody.
FOR_ALL = frozenset({"session", "token", "reference"})
READS, WRITES = "read", "write"


def choices(how: str) -> list[tuple[str, str]]:
    """The scopes to read, or those to write, in words."""
    return [(f"{part}:{how}", words) for part, (words, writes) in PARTS.items() if how == READS or writes]


def in_words(scopes: Iterable[str]) -> str:
    """ "Read and write Referrals and questions about them; read Progress reports"."""
    found = []
    for part, (words, _) in PARTS.items():
        if f"{part}:{WRITES}" in scopes:
            found.append(f"read and write: {words}")
        elif f"{part}:{READS}" in scopes:
            found.append(f"read: {words}")
    return "; ".join(found) or "nothing"


def scope_for(*, part: str, endpoint: str, writes: bool) -> str | None:
    """The scope that a program needs for a call: "" where every program may make it, None where none may."""
    if part in FOR_ALL:
        return "" if allows((), part=part, endpoint=endpoint, writes=writes) else None
    scope = f"{part}:{WRITES if writes else READS}"
    return scope if allows([scope], part=part, endpoint=endpoint, writes=writes) else None


def allows(scopes: Iterable[str], *, part: str, endpoint: str, writes: bool) -> bool:
    """Whether a program with these scopes may make the call."""
    if part in FOR_ALL:
        return not writes or endpoint == "token"
    if part not in PARTS:
        return False
    if writes:
        return f"{part}:{WRITES}" in scopes and endpoint in PARTS[part][1]
    return not {f"{part}:{READS}", f"{part}:{WRITES}"}.isdisjoint(scopes)
