"""The right of appeal follows from what is decided, the claim, the certificate, the place and the day it was sent."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.decisions.rules import appeal_rights as rules
from casework.decisions.rules.appeal_rights import Certificate, ClaimKind, Decided, Decides, appeal_rights
from casework.decisions.rules.time_limits import AppealRight, Place
from nexus.working_days import is_working_day

SENT = date(2026, 11, 16)
PROTECTION, HUMAN = ClaimKind.PROTECTION, ClaimKind.HUMAN_RIGHTS
REFUSES = Decides.REFUSES_CLAIM


def of(
    decides: str,
    claims: tuple[str, ...] = (),
    certificate: str = "none",
    place: str = "in_uk",
    **more: Any,
) -> Any:
    decided = Decided(decides, claims, certificate, place, **{"sent_on": SENT, **more})
    return appeal_rights(decided, is_working_day=is_working_day)


# What is decided, the claims refused, the certificate, the place: the right, its provision, how many grounds, the last day.
# Sources: 2002 Act ss.82, 84, 92, 94, 94B, 96; SI 2020/61; SI 2014/2604 r.19.
TABLE = [
    (REFUSES, (HUMAN,), "none", "in_uk", "tribunal", "section 82(1)(b)", 1, date(2026, 11, 30)),
    (REFUSES, (PROTECTION,), "none", "in_uk", "tribunal", "section 82(1)(a)", 3, date(2026, 11, 30)),
    (REFUSES, (PROTECTION, HUMAN), "none", "in_uk", "tribunal", "section 82(1)(a) and section 82(1)(b)", 4, date(2026, 11, 30)),
    (REFUSES, (HUMAN,), "none", "outside_uk", "tribunal", "section 82(1)(b)", 1, date(2026, 12, 14)),
    (REFUSES, (HUMAN,), "s94", "in_uk", "none", "", 0, None),
    (REFUSES, (HUMAN,), "s94", "outside_uk", "none", "", 0, None),
    (REFUSES, (HUMAN,), "s96", "in_uk", "none", "", 0, None),
    (REFUSES, (HUMAN,), "s94b", "in_uk", "after_leaving", "section 82(1)(b)", 1, None),
    (REFUSES, (HUMAN,), "s94b", "outside_uk", "after_leaving", "section 82(1)(b)", 1, date(2026, 12, 14)),
    (REFUSES, (PROTECTION,), "s94_7", "in_uk", "after_leaving", "section 82(1)(a)", 3, None),
    (Decides.REVOKES, (), "none", "in_uk", "tribunal", "section 82(1)(c)", 2, date(2026, 11, 30)),
    (Decides.CITIZENS_RIGHTS, (), "none", "in_uk", "citizens_rights", "Citizens’ Rights Appeals", 2, date(2026, 11, 30)),
    (Decides.CITIZENS_RIGHTS, (), "r33", "in_uk", "citizens_rights", "Citizens’ Rights Appeals", 2, date(2026, 11, 30)),
    (Decides.CITIZENS_RIGHTS, (), "none", "outside_uk", "citizens_rights", "Citizens’ Rights Appeals", 2, date(2026, 12, 14)),
    (Decides.NO_CLAIM, (), "none", "in_uk", "none", "", 0, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("decides", "claims", "certificate", "place", "right", "provision", "grounds", "until"), TABLE
)
def test_the_right_of_appeal_follows_from_the_decision_the_claim_the_certificate_and_the_place(
    decides: str,
    claims: tuple[str, ...],
    certificate: str,
    place: str,
    right: str,
    provision: str,
    grounds: int,
    until: date | None,
) -> None:
    found = of(decides, claims, certificate, place)
    assert found.right == right
    assert provision in found.provision and bool(provision) == bool(found.provision)
    assert (len(found.grounds), found.until) == (grounds, until)
    if until:
        assert f"The last day is {until.day} {until:%B %Y}." in found.time
    assert found.laws


def test_there_is_no_appeal_against_deportation_as_such() -> None:
    found = of(Decides.NO_CLAIM)
    assert found.headline == "You have no right of appeal against this decision."
    assert "does not refuse a protection or human rights claim" in found.place
    assert found.review_until == date(2027, 2, 16)


def test_a_claim_certified_as_clearly_unfounded_carries_no_appeal_since_june_2022() -> None:
    found = of(REFUSES, (HUMAN,), "s94")
    assert "clearly unfounded. You may not appeal" in found.certificate
    assert "niaa_2002_s94" in [each.code for each in found.laws]


def test_not_known_which_right_there_is_is_said_and_not_guessed() -> None:
    assert of("") is None and of("nonsense") is None
    assert of(REFUSES, ()) is None, "no claim is named that could be refused"


def test_before_it_is_sent_the_notice_has_the_days_and_no_date() -> None:
    found = of(REFUSES, (HUMAN,), sent_on=None)
    assert found.until is None and "not later than 14 days after this notice was sent to you." in found.time
    assert "last day" not in found.time


ANY = st.builds(
    Decided,
    decides=st.sampled_from([each.value for each in Decides]),
    claims=st.sets(st.sampled_from([each.value for each in ClaimKind])).map(tuple),
    certificate=st.sampled_from([each.value for each in Certificate]),
    place=st.sampled_from([each.value for each in Place]),
    sent_on=st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2027, 12, 1))),
    posted=st.booleans(),
)


@settings(max_examples=300, deadline=None)
@given(ANY)
def test_whatever_is_decided_the_block_is_whole(decided: Decided) -> None:
    """A right has its provision, grounds, place and time; no right has none of them; a last day is never before the
    notice was sent, and a certificate speaks only where it goes with what is decided."""
    found = appeal_rights(decided, is_working_day=is_working_day)
    if found is None:
        assert decided.decides == REFUSES and not decided.claims
        return
    if found.right is AppealRight.NONE:
        assert not (found.provision or found.grounds or found.time or found.until)
        assert found.place or found.certificate, "it is said why there is none"
    else:
        assert found.provision and found.grounds and found.place and found.time
    if found.until:
        assert decided.sent_on and (found.until - decided.sent_on).days >= 14
    certifies = {each.value for each in rules.CERTIFIES.get(Decides(decided.decides), ())}
    assert bool(found.certificate) == (decided.certificate in certifies)


def test_sabotage_a_rule_that_forgets_the_certificate_gives_a_right_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rules, "TAKES_THE_RIGHT_AWAY", ())
    with pytest.raises(AssertionError):
        test_the_right_of_appeal_follows_from_the_decision_the_claim_the_certificate_and_the_place(*TABLE[4])
