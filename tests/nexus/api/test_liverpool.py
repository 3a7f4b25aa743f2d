"""Liverpool's parts over the interface, each by the people who act in it; and what the force reads of each."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.engagement import actions
from casework.engagement.rules.authorising import Check
from casework.engagement.rules.risks import READ_BY_FORCE, Question
from casework.material.models import Material, Record
from casework.material.rules import CHECKLIST
from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.accounts.second_factor.proof import CODE
from referrals.actions import remove_flag, set_flag_again
from tests.builders import (
    NOON,
    PASSWORD,
    a_challenge,
    a_flag_only_case,
    a_proposal,
    a_submitted_decision,
    a_user,
    an_assigned_case,
)
from tests.casework.engagement import builders as engagement
from tests.casework.material import builders as material
from tests.casework.support import builders as support
from tests.identity import code_of
from tests.nexus.api.calling import Caller, errors_of

pytestmark = pytest.mark.django_db
NOW = NOON + timedelta(days=1)
DUE = "2026-11-30"


@pytest.fixture(autouse=True)
def the_day_after() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def case() -> Case:
    return an_assigned_case()


@pytest.fixture
def owner(case: Case) -> Caller:
    assert case.case_owner
    return Caller(case.case_owner)


def force_of(case: Case) -> User:
    return case.referral.created_by


def done(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content.decode()
    return answer.json() if answer.content else None


def refused(answer: Any) -> str:
    return " ".join(done(answer, 409)["reasons"])


def test_material_from_the_request_to_the_approval(case: Case, owner: Caller) -> None:
    asked = {
        "what": "Four incidents.",
        "why": "They bear on the threat.",
        "due_on": DUE,
        "fit_for_force": True,
    }
    made = done(
        owner.post(f"cases/{case.referral.reference}/request-summary/", {"title": "Assaults", **asked}), 201
    )
    one, police = f"material/{made['id']}/", Caller(force_of(case))
    senior = Caller(a_user(Role.SENIOR_CASEWORKER))
    (line,) = done(police.get("material/"))["results"]
    assert line["asked"]["kind"] == "summary" and "state" not in line
    draft = done(police.post(f"{one}save-draft/", {"text": "Two incidents."}))
    assert draft["asked"]["missing"] == ["Enter whose summary it is."]
    assert "Two incidents." not in owner.get(one).content.decode()
    done(police.post(f"{one}save-draft/", {"author": "PC Ashdown"}))  # the text stays
    assert done(police.post(f"{one}supply/"))["versions"][0]["paragraphs"] == ["Two incidents."]
    assert "Review a summary first" in refused(owner.post(f"{one}commission/", asked))
    review = {"relevant": True, "applicable": True, "reasons": "Inside: it bears on it."}
    assert done(owner.post(f"{one}review-summary/", review))["state"] == "summary_reviewed"
    done(owner.post(f"{one}commission/", asked))
    done(police.post(f"{one}save-draft/", {"author": "PC Ashdown", "text": "I saw it.\n\nSo did he."}))
    words = {"author": "PC Ashdown", "records": 1}
    material.written(Material.objects.get(pk=made["id"]), "I saw it.\n\nSo did he.", **words)
    (attached,) = Record.objects.all()
    done(police.post(f"{one}supply/"))
    points = {f"point_{code}": True for code in CHECKLIST} | {f"record_{attached.pk}": True}
    lacking = errors_of(owner.post(f"{one}check-statement/", {**points, "disclosable_1": "yes"}))
    assert list(lacking) == ["disclosable_2"]
    judged = {"disclosable_1": "yes", "disclosable_2": "no", "remark_2": "Inside: he did not."}
    checked = done(owner.post(f"{one}check-statement/", {**points, **judged}))
    assert "read" in refused(senior.post(f"{one}approve/", {"reasons": "Fit to be relied on."})).lower()
    version = done(senior.opened(f"{one}versions/{checked['versions'][0]['id']}/"))
    assert version["holds"] and version["check"]["paragraphs"][1]["disclosable"] == "no"
    assert done(senior.post(f"{one}approve/", {"reasons": "Inside: fit."}))["approval"]["sha256"]
    assert "Inside" not in police.get(one).content.decode()
    assert police.get(f"{one}versions/{version['id']}/").status_code == 403
    assert Caller(a_user(Role.POLICE_OFFICER, force=support.a_force("06"))).get(one).status_code == 404
    unknown = police.get("material/", state="approved")  # what it does not know it cannot ask
    assert (unknown.status_code, list(errors_of(unknown))) == (400, ["state"])


def test_an_operation_from_the_request_to_the_outcome(case: Case, owner: Caller) -> None:
    chief = a_user(Role.CIO_HMI)
    cio, police = Caller(chief), Caller(force_of(case))
    started = {"kind": "arrest", "force": "20"}
    made = done(owner.post(f"cases/{case.referral.reference}/start-engagement/", started), 201)
    one = f"engagements/{made['id']}/"
    assert "Answer" in refused(owner.post(f"{one}request/"))
    inside = {"medical": "yes", "medical_words": "Inside: his heart."}
    done(owner.post(f"{one}save-risks/", {**dict.fromkeys(Question.values(), "no"), **inside}))
    saved = done(owner.post(f"{one}save-risks/", {"safety_note": "Two large dogs."}))
    assert {row["question"] for row in saved["risks"]} == set(Question.values())  # what is not named stays
    when = {"window_starts_on": "2026-11-20", "window_starts_time": "6am"}
    until = {"window_ends_on": "2026-11-20", "window_ends_time": "12:30"}
    what = {
        "legal_power": "ia1971_s2_17",
        "address": "14 Quince Row",
        "asked": "A van at the door.",
        "why": "Inside: why the team waits.",
    }
    done(owner.post(f"{one}save-details/", {**what, **when, **until}))
    done(owner.post(f"{one}request/"))
    assured = {"checked": Check.values(), "findings": "Inside: seen."}
    assert "read" in refused(cio.post(f"{one}quality-assure/", assured)).lower()
    assert police.get(one).status_code == 404 and done(cio.opened(one))["missing"] == []
    done(cio.post(f"{one}quality-assure/", assured))
    done(cio.post(f"{one}assess-risk/", {"risk_level": "low", "risk_controls": "Inside: none was found."}))
    named = {"reasons": "Inside: necessary.", "conditions": "Not before 6am."}
    named |= {"expires_on": "2026-11-20", "expires_time": "12:30", "sha256": done(cio.opened(one))["sha256"]}
    wrong = errors_of(cio.post(f"{one}authorise/", {**named, CODE: "000000"}))
    assert list(wrong) == [CODE]
    signed = done(cio.post(f"{one}authorise/", {**named, CODE: code_of(chief)}))
    assert signed["state"] == "authorised" and PASSWORD not in str(signed)
    done(cio.post(f"{one}task/"))
    told = police.get(one)
    assert "Inside" not in told.content.decode() and told.json()["told"]["conditions"] == "Not before 6am."
    assert {row["question"] for row in told.json()["told"]["risks"]} == {each.value for each in READ_BY_FORCE}
    done(police.post(f"{one}accept/", {"words": "Team 2."}))
    assert done(owner.get(one))["answer_words"] == "Team 2."
    done(owner.post(f"{one}reopen/", {"reason": "Inside: he moved."}))
    back = done(police.get(one))
    assert back.pop("called_back") is True
    known = {"shape": "shared", "id": made["id"], "kind": "arrest", "reference": case.referral.reference}
    assert {name: value for name, value in back.items() if value is not None} == {
        **known, "tasked_at": back["tasked_at"]
    }  # fmt: skip


def test_the_force_is_told_that_an_authorisation_is_not_in_writing_yet(case: Case) -> None:
    cio, police = a_user(Role.CIO_HMI), Caller(force_of(case))
    made = engagement.a_verbal_one(cio=cio, case=case, now=NOW)
    actions.task(engagement_id=made.pk, by=cio, now=NOW)
    one = f"engagements/{made.pk}/"
    assert done(police.get(one))["told"]["to_write_up"] is True
    engagement.sections_written(
        made, by=cio, now=NOW, window_starts_at=NOW, window_ends_at=NOW + timedelta(hours=6)
    )
    actions.write_up(engagement_id=made.pk, by=cio, now=NOW, confirmed_at=NOW, **engagement.signing(made))
    assert done(police.get(one))["told"]["to_write_up"] is False


def test_support_through_croydon_and_the_ledger() -> None:
    case = a_flag_only_case()
    asker, office = Caller(a_user(Role.CRIMINAL_CASEWORK)), Caller(a_user(Role.REFERRALS_OFFICER))
    lead, manager = Caller(a_user(Role.FORCE_LEAD)), Caller(a_user(Role.MANAGER))
    words = {"kind": "tracing", "asked": "Visit him.", "why": "He is gone to Leeds.", "due_on": DUE}
    made = done(asker.post(f"flags/{case.referral.reference}/ask-for-support/", words), 201)
    one = f"support-requests/{made['id']}/"
    done(asker.post(f"{one}amend/", {"own_reference": "CC/1"}))
    assert done(asker.post(f"{one}submit/"))["state"] == "submitted"
    assert office.post(f"{one}send-back/", {"reason": "Inside: which address?"}).status_code == 204
    assert office.get(one).status_code == 404 and lead.get(one).status_code == 404
    done(asker.post(f"{one}submit/"))
    done(office.post(f"{one}pass-on/"))
    seen = lead.get(one)
    assert "Inside" not in seen.content.decode() and seen.json()["own_reference"] == "CC/1"
    assert done(lead.post(f"{one}accept/", {"answer": "This week."}))["standing"] == "open"
    assert done(lead.post(f"{one}add-message/", {"text": "Nobody in the house."}))["thread"][0]["from_force"]
    done(lead.post(f"{one}fulfil/", {"done": "He lives there.", "done_on": "2026-11-17"}))
    tracing = [
        row for row in done(lead.get("support-ledgers/20/"))["asked"] if row["commitment"] == "tracing"
    ]
    assert tracing[0]["kept"] == 1 and lead.get("support-ledgers/06/").status_code == 404
    assert [row["force"] for row in done(manager.get("support-ledgers/"))] == ["20"]
    both = done(manager.get(f"cases/{case.referral.reference}/support-ledger/"))
    assert both["finding"].startswith("1 thing") and both["given"]


def test_support_is_asked_for_a_subject_flagged_again() -> None:
    referral, officer = a_flag_only_case().referral, a_user(Role.REFERRALS_OFFICER)
    said: dict[str, Any] = {"referral_id": referral.pk, "by": officer, "now": NOW, "reason": "See the file."}
    remove_flag(**said)
    set_flag_again(**said)
    words = {"kind": "tracing", "asked": "Visit him.", "why": "He is gone to Leeds.", "due_on": DUE}
    asker = Caller(a_user(Role.CRIMINAL_CASEWORK))
    done(asker.post(f"flags/{referral.reference}/ask-for-support/", words), 201)


def test_a_decision_from_the_draft_to_the_challenge(case: Case, owner: Caller) -> None:
    senior = Caller(a_user(Role.SENIOR_CASEWORKER))
    made = done(owner.post(f"cases/{case.referral.reference}/draft-decision/"), 201)
    one = f"decisions/{made['id']}/"
    done(
        owner.post(f"{one}save-section/", {"children": "no", "children_reasons": "Asked the social worker."})
    )
    saved = done(owner.post(f"{one}save-section/", {"children_reasons": "Asked him on Monday."}))
    assert (
        saved["answers"]["children"] == {"choice": "no", "reasons": "Asked him on Monday."}
        and saved["missing"]
    )
    (finding,) = done(owner.post(f"{one}add-finding/", {"event": "written", "allegation": "He struck him."}))[
        "findings"
    ]
    changed = done(owner.post(f"{one}findings/{finding['id']}/change/", {"proved": True}))
    assert changed["findings"][0]["allegation"] == "He struck him." and changed["findings"][0]["proved"]
    assert senior.post(f"{one}submit/").status_code == 403 and refused(owner.post(f"{one}submit/"))
    other = an_assigned_case()
    two = f"decisions/{a_submitted_decision(other).pk}/"
    assert done(senior.get("decisions/", state="submitted"))["count"] == 1
    assert refused(senior.post(f"{two}approve/", {"reasons": "It holds, as the file shows."}))  # unread
    done(senior.opened(two))
    assert (
        done(senior.post(f"{two}approve/", {"reasons": "It holds, as the file shows."}))["state"]
        == "reviewed"
    )
    theirs = Caller(other.case_owner)
    done(theirs.opened(two))
    assert done(
        theirs.post(f"{two}decide/", {"reasons": "It weighs against the family.", "shared_text": "Decided."})
    )["decided_by"]
    assert Caller(force_of(other)).get(two).status_code == 404
    challenge = a_challenge(an_assigned_case())
    hearing = {"on": "2026-12-14", "place": "Leeds", "shared_text": "It is listed for May by the court."}
    theirs, three = Caller(challenge.decision.case.case_owner), f"challenges/{challenge.pk}/"
    (listed,) = done(theirs.post(f"{three}add-hearing/", hearing))["hearings"]
    came = {"result": "vacated", "words": "By consent of both sides.", "shared_text": "It is not heard."}
    (ended,) = done(theirs.post(f"{three}hearings/{listed['id']}/record/", came))["hearings"]
    assert (ended["place"], ended["result"]) == ("Leeds", "vacated")


def test_what_is_keyed_and_what_is_read_twice() -> None:
    case = an_assigned_case()
    office = Caller(a_user(Role.REFERRALS_OFFICER))
    pending = done(office.get("to-be-keyed/", keyed="no", what="flag_set"))["results"]
    (entry,) = [row for row in pending if row["reference"] == case.referral.reference]
    lacking = office.post(f"to-be-keyed/{entry['key']}/confirm/", {"system": "cid"})
    assert errors_of(lacking).keys() == {"keyed"}
    keyed = {"system": "cid", "keyed": True}
    assert done(office.post(f"to-be-keyed/{entry['key']}/confirm/", keyed))["keyed"]["system"] == "cid"
    assert "already" in refused(office.post(f"to-be-keyed/{entry['key']}/confirm/", keyed))
    assert done(office.get("to-be-keyed/", keyed="yes"))["count"] == 1


@pytest.mark.usefixtures("second_reading")
def test_a_decision_is_proposed_and_agreed() -> None:
    proposal = a_proposal()
    assert proposal.referral.claimed_by
    reference, proposer = proposal.referral.reference, Caller(proposal.referral.claimed_by)
    reader, one = Caller(a_user(Role.REFERRALS_OFFICER)), f"proposals/{proposal.pk}/"
    assert "somebody else" in refused(proposer.post(f"{one}agree/"))
    assert "read the referral" in refused(reader.post(f"{one}agree/"))
    done(reader.opened(f"referrals/{reference}/"))
    assert (
        done(reader.post(f"{one}send-back/", {"reasons": "Say more about the family."}))["state"]
        == "returned"
    )
    words = {
        "reasons": "One event in the record.",
        "balance": "Long residence.",
        "significant_impact": "no",
        "impact_reasons": "Nobody was hurt by it.",
    }
    again = done(proposer.post(f"referrals/{reference}/propose-refusal/", words), 201)
    assert done(reader.post(f"proposals/{again['id']}/agree/"))["state"] == "agreed"
    assert done(reader.get(f"referrals/{reference}/"))["decision"]["outcome"] == "not_accepted"


def test_lists_ask_as_much_of_the_database_for_one_row_as_for_three(case: Case) -> None:
    def one_more(case: Case) -> None:
        material.requested(case=case)
        engagement.tasked(case=case)
        support.with_force(case=case)
        a_submitted_decision(case)

    callers = {
        path: [Caller(case.case_owner), Caller(force_of(case))]
        for path in ("material/", "engagements/", "support-requests/")
    } | {"decisions/": [Caller(case.case_owner)], "to-be-keyed/": [Caller(case.case_owner)]}
    one_more(case)
    before = {path: [asked(caller, path) for caller in each] for path, each in callers.items()}
    for _ in range(2):
        one_more(an_assigned_case(by=force_of(case)))
    assert {path: [asked(caller, path) for caller in each] for path, each in callers.items()} == before


def asked(caller: Caller, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert done(caller.get(path))["results"]
    return len(queries)
