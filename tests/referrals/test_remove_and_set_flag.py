"""Removing the flag and setting it again, and that neither, nor flagging, ever changes whose case it is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, ProgrammingError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework import actions as casework_actions
from casework.keying.models import Entry
from casework.models import Case
from nexus.accounts.models import Team
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from referrals import actions
from referrals.following import following
from referrals.models import Allocation, Referral, SpecialConditionsFlag
from referrals.permissions import WHO_MAY
from tests.builders import ACCEPTANCE, NOON, a_force, a_user, an_acceptance, in_triage
from tests.referrals.croydon import as_role, page_of, signed_in

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=3)
WHY = "The concern was about another man."
AGAIN = "Arrested again on 18 November."


def removed(referral: Referral, **values: Any) -> SpecialConditionsFlag:
    by = values.pop("by", None) or a_user(Role.REFERRALS_OFFICER)
    return actions.remove_flag(referral_id=referral.pk, by=by, now=LATER, **{"reason": WHY, **values})


def set_again(referral: Referral, **values: Any) -> SpecialConditionsFlag:
    by = values.pop("by", None) or a_user(Role.REFERRALS_OFFICER)
    later = LATER + timedelta(days=1)
    return actions.set_flag_again(referral_id=referral.pk, by=by, now=later, **{"reason": AGAIN, **values})


def test_it_is_removed_with_a_reason_and_the_case_stays_where_it_is() -> None:
    referral, officer = an_acceptance().referral, a_user(Role.REFERRALS_OFFICER)
    flag = removed(referral, by=officer)
    assert (flag.removed_by, flag.removed_at, flag.removed_because) == (officer, LATER, WHY)
    assert Allocation.objects.get(referral=referral).ended_at is None
    assert Case.objects.get(referral=referral).state == "allocated"
    assert flag.words == "Nexus High Harm (Regional), removed on 19 November 2026"


def test_each_refusal() -> None:
    decision = an_acceptance()
    with pytest.raises(Refused, match="Enter why the flag is removed"):
        removed(decision.referral, reason=" ")
    removed(decision.referral)
    with pytest.raises(Refused, match="has already removed this flag"):
        removed(decision.referral)
    with pytest.raises(Refused, match="has no flag"):
        removed(in_triage())


@pytest.mark.parametrize("role", sorted(Role))
def test_who_may(role: Role) -> None:
    referral, by = an_acceptance().referral, a_user(role)
    if role in WHO_MAY["remove_flag"] & WHO_MAY["set_flag_again"]:
        assert removed(referral, by=by).removed_by == set_again(referral, by=by).set_by == by
    else:
        for act in (removed, set_again):
            with pytest.raises((PermissionDenied, Referral.DoesNotExist)):
                act(referral, by=by)


@pytest.mark.parametrize(("force", "text"), [("01", "Nexus High Harm"), ("48", "Nexus High Harm (Regional)")])
def test_it_is_set_again_with_reasons_and_the_removal_stays_on_record(force: str, text: str) -> None:
    referral = an_acceptance(by=a_user(Role.POLICE_OFFICER, force=a_force(force))).referral
    old, lead = removed(referral), a_user(Role.FORCE_LEAD, force=referral.force)
    flag = set_again(referral)
    assert (flag.text, flag.set_because, flag.decision_id) == (text, AGAIN, old.decision_id)
    assert list(referral.flags.all()) == [old, flag] and Referral.objects.get(pk=referral.pk).flag == flag
    assert Allocation.objects.get(referral=referral).ended_at is None
    assert lead.pk in Notification.objects.filter(kind="flag_set_again").values_list("person_id", flat=True)
    known = following(Referral.objects.get(pk=referral.pk))
    assert "removed" not in known.state_words
    assert [(each["text"], each["by"]) for each in known.happenings[:2]] == [(AGAIN, ""), (WHY, "")]
    assert AuditEvent.objects.get(kind="flag.set_again").subject_id == str(flag.pk)
    assert Entry.objects.pending().get(pk=f"flag-set-{flag.pk}").instruction.act == f"add “{text}”"


def test_it_is_not_set_again_while_it_stands_nor_without_reasons_nor_before_an_acceptance() -> None:
    decision = an_acceptance()
    with pytest.raises(Refused, match="set the flag on 16 November 2026, and it stands"):
        set_again(decision.referral)
    removed(decision.referral)
    with pytest.raises(Refused, match="Enter why the flag is set again"):
        set_again(decision.referral, reason=" ")
    with pytest.raises(Refused, match="has no flag"):
        set_again(in_triage())


def test_the_database_holds_one_standing_flag_and_asks_why_it_is_set_again() -> None:
    flag = an_acceptance().flags.get()
    again = {"referral": flag.referral, "decision": flag.decision, "text": flag.text, "set_by": flag.set_by}
    for says, error in (("Why.", IntegrityError), ("", InternalError)):
        with pytest.raises(error), transaction.atomic():
            SpecialConditionsFlag.objects.create(**again, set_at=LATER, set_because=says)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        SpecialConditionsFlag.objects.update(text="Nexus High Harm")


def test_the_database_keeps_a_removed_flag_as_it_is() -> None:
    flag = removed(an_acceptance().referral)
    with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
        SpecialConditionsFlag.objects.filter(pk=flag.pk).update(removed_because="Something else.")


def test_the_force_is_told_with_the_reason_and_it_is_recorded() -> None:
    referral = an_acceptance().referral
    lead = a_user(Role.FORCE_LEAD)
    flag = removed(referral)
    told = Notification.objects.filter(kind="flag_removed")
    assert {each.person_id for each in told} == {referral.created_by_id, lead.pk}
    known = following(Referral.objects.get(pk=referral.pk))
    assert known.state_words == "Accepted. The Nexus High Harm flag was removed on 19 November 2026."
    assert (known.happenings[0]["text"], known.happenings[0]["by"]) == (WHY, "")
    entry = AuditEvent.objects.get(kind="flag.removed")
    assert (entry.subject_id, entry.reason) == (str(flag.pk), WHY)


def test_the_page_shows_what_follows_before_it_is_done() -> None:
    referral, officer = an_acceptance().referral, signed_in(a_user(Role.REFERRALS_OFFICER))
    path = page_of("remove_flag", referral)
    assert path in officer.get(page_of("decide", referral)).text
    assert "Enter why the flag is removed" in officer.post(path, {"reason": ""}).text
    check = officer.post(path, {"reason": WHY}).text
    assert "The case stays with Nexus High Harm, Liverpool" in check
    assert not SpecialConditionsFlag.objects.filter(removed_at__isnull=False).exists()
    assert officer.post(path, {"reason": WHY, "step": "confirm"}).status_code == 302
    assert "removed on" in officer.get(page_of("detail", referral)).text
    again = officer.post(path, {"reason": WHY, "step": "confirm"})
    assert again.status_code == 409
    assert "has already removed this flag" in again.text
    path = page_of("set_flag_again", referral)
    assert path in officer.get(page_of("decide", referral)).text
    assert "Why it was removed" in officer.get(path).text
    assert "The case stays with Nexus High Harm, Liverpool" in officer.post(path, {"reason": AGAIN}).text
    assert officer.post(path, {"reason": AGAIN, "step": "confirm"}).status_code == 302
    decided = officer.get(page_of("decide", referral)).text
    assert AGAIN in decided and page_of("remove_flag", referral) in decided


def test_who_looks_the_flag_up_learns_that_it_is_removed() -> None:
    removed(an_acceptance().referral)
    page = as_role(Role.CRIMINAL_CASEWORK).post("/referrals/flags/", {"words": "Zelmanov"}, follow=True).text
    assert "19 November 2026, by" in page and "no longer makes the case eligible" in page


class Line:
    """One referral, and whatever people may try on it in any order."""

    def __init__(self, *, held: bool) -> None:
        self.officer, self.manager = a_user(Role.REFERRALS_OFFICER), a_user(Role.MANAGER)
        self.owner = a_user(Role.CASE_OWNER)
        self.referral = in_triage(officer=self.officer)
        self.held_by = Team.objects.get(code="criminal_casework") if held else None
        self.clock = NOON + timedelta(hours=1)

    def case(self) -> dict[str, Any]:
        found = Case.objects.filter(referral=self.referral).first()
        if found is None:
            raise Refused(["Nothing is accepted yet."])
        return {"case_id": found.pk, "by": self.manager, "now": self.clock}

    def accept(self) -> None:
        held = {"held_by": self.held_by, **ACCEPTANCE}
        actions.accept(referral_id=self.referral.pk, by=self.officer, now=self.clock, **held)

    def remove(self) -> None:
        actions.remove_flag(referral_id=self.referral.pk, by=self.officer, now=self.clock, reason=WHY)

    def again(self) -> None:
        actions.set_flag_again(referral_id=self.referral.pk, by=self.officer, now=self.clock, reason=AGAIN)

    def allocate(self) -> None:
        casework_actions.allocate(**self.case(), reason="The tenancy was given up.")

    def assign(self) -> None:
        casework_actions.assign(**self.case(), case_owner=self.owner)

    def allocations(self) -> list[Any]:
        return list(Allocation.objects.filter(referral=self.referral).values_list())

    def flags(self) -> list[Any]:
        return list(SpecialConditionsFlag.objects.filter(referral=self.referral).values_list())

    def attempt(self, verb: str) -> bool:
        deed: Callable[[], None] = getattr(self, verb)
        self.clock += timedelta(minutes=1)
        try:
            with transaction.atomic():
                deed()
        except Refused:
            return False
        return True


VERBS = st.lists(st.sampled_from(["accept", "remove", "again", "allocate", "assign"]), min_size=2, max_size=6)


@given(held=st.booleans(), verbs=VERBS)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_flag_and_allocation_never_change_each_other(db: None, held: bool, verbs: list[str]) -> None:
    with transaction.atomic():
        line = Line(held=held)
        for verb in ["accept", *verbs]:
            allocations, flags = line.allocations(), line.flags()
            line.attempt(verb)
            if verb in ("remove", "again"):
                assert line.allocations() == allocations
            if verb in ("allocate", "assign"):
                assert line.flags() == flags
            if verb == "accept" and held:
                assert line.allocations() == allocations  # flagging leaves the case with its team
        transaction.set_rollback(True)


def test_the_way_to_it_stands_at_the_flag() -> None:
    """On Flags, on the referral's first page and on the case's summary, for the Referrals Office alone."""
    referral = an_acceptance().referral
    office, manager = as_role(Role.REFERRALS_OFFICER), as_role(Role.MANAGER)
    for verb in ("remove_flag", "set_flag_again"):
        for way in (page_of("detail", referral), f"/cases/{referral.reference}/"):
            assert f'href="{page_of(verb, referral)}"' in office.get(way).text, (verb, way)
            assert f'href="{page_of(verb, referral)}"' not in manager.get(way).text
        found = office.post("/referrals/flags/", {"words": referral.reference}, follow=True).text
        assert f'href="{page_of(verb, referral)}"' in found
        if verb == "remove_flag":
            removed(referral)
