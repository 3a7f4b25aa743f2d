"""Form, JSON and facts say the same of any answers, there and back."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from nexus.accounts.models import Force, User
from nexus.accounts.roles import Role
from referrals.matrix import forms
from referrals.matrix.answers import HARM, VULNERABILITY, Answers, answers_of, besides_of, subject_of
from referrals.models import ConductEvent, Referral, Standing
from referrals.queries import conduct_of, harms_wider_community, material_of, yes_no_none
from referrals.rules.nationalities import NATIONALITIES
from referrals.rules.terms import CONVICTIONS, ConductKind, MaterialLevel, Part, SentenceType, Status
from referrals.subjects_json import facts_from, faults_in

ON = date(2026, 11, 22)
FORCE = Force(code="20")
OFFICER = User(role=Role.POLICE_OFFICER, force=FORCE)

answer = st.sampled_from(["", "yes", "no", "not_known"])
yes_no = st.sampled_from([None, True, False])
days = st.dates(date(1930, 1, 1), date(2026, 11, 21))
columns = st.fixed_dictionaries(
    {
        "immigration_status": st.sampled_from(["", *(s.value for s in Status if s is not Status.UNKNOWN)]),
        "right_of_abode": answer,
        "long_resident": answer,
        "age_at_arrival": st.none() | st.integers(0, 120),
        "years_of_residence": st.none() | st.integers(0, 120),
        "active_police_interest": yes_no,
        "removal_priority": yes_no,
        **dict.fromkeys(HARM, st.booleans()),
        "material_level": st.sampled_from(["", *MaterialLevel.values()]),
        "threat_current": yes_no,
        "threat_ongoing": yes_no,
    }
)
vulnerability = st.one_of(
    st.just(dict.fromkeys(VULNERABILITY, "no")),
    st.fixed_dictionaries(dict.fromkeys(VULNERABILITY, st.sampled_from(["", "yes"]))),
)
born = st.one_of(
    st.just({"date_of_birth": None, "date_of_birth_precision": ""}),
    st.fixed_dictionaries(
        {"date_of_birth": days, "date_of_birth_precision": st.sampled_from(["exact", "estimated"])}
    ),
)
convictions = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(sorted(kind.value for kind in CONVICTIONS)),
        "part": st.sampled_from([Part.CONVICTED.value, Part.VICTIM.value, Part.WITNESS.value]),
        "offence": st.sampled_from(["", "Robbery"]),
        "convicted_on": st.none() | days,
        "sentence_type": st.sampled_from([SentenceType.CUSTODIAL.value, SentenceType.SUSPENDED.value]),
        "sentence_months": st.none() | st.integers(1, 1200),
        "standing": st.sampled_from([Standing.STANDS, Standing.UNDER_APPEAL, Standing.QUASHED]),
    }
)
other_events = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([kind.value for kind in ConductKind if kind not in CONVICTIONS]),
        "part": st.sampled_from([Part.SUSPECT.value, Part.VICTIM.value, Part.WITNESS.value]),
        "offence": st.sampled_from(["", "Affray"]),
    }
)
any_answers = st.builds(
    lambda columns, more, born, codes, events, held_by: Answers(
        {**columns, **more, **born}, tuple(codes), tuple(events), held_by
    ),
    columns,
    vulnerability,
    born,
    st.lists(st.sampled_from(sorted(NATIONALITIES)), max_size=2, unique=True),
    st.lists(st.one_of(convictions, other_events), max_size=4),
    st.sampled_from(["", "criminal_casework", "asylum_casework"]),
)


def posted(answers: Answers) -> QueryDict:
    """These answers as a browser sends the form that shows them."""
    data = QueryDict(mutable=True)
    sheet = forms.blank(OFFICER, answers)
    data["events"] = str(len(sheet.events))
    for form in sheet.forms:
        for bound in form:
            value = bound.value()
            if isinstance(value, dict):
                for part, text in value.items():
                    data[f"{bound.html_name}-{part}"] = text
            elif isinstance(value, list):
                data.setlist(bound.html_name, value)
            elif value is not None:
                data[bound.html_name] = (
                    {True: "yes", False: "no"}.get(value, str(value))
                    if isinstance(value, bool)
                    else str(value)
                )
    return data


def told(answers: Answers) -> tuple[dict[str, Any], dict[str, Any]]:
    return subject_of(answers, force=FORCE, on=ON), besides_of(answers)


@given(answers=any_answers)
def test_what_the_form_sends_is_what_it_showed(answers: Answers) -> None:
    sheet = forms.bound(posted(answers), OFFICER)
    assert sheet.is_valid(), [form.errors for form in sheet.forms]
    assert told(sheet.answers()) == told(answers)


@given(answers=any_answers)
def test_the_stored_answers_say_the_same_again(answers: Answers) -> None:
    assert told(answers_of(*told(answers))) == told(answers)


@given(answers=any_answers)
def test_the_rules_read_what_the_referral_says(answers: Answers) -> None:
    subject, _ = told(answers)
    assert faults_in([subject]) == []
    facts, referral = facts_from(subject), Referral(**answers.columns)
    assert facts.immigration_status == (referral.immigration_status or Status.UNKNOWN)
    assert facts.harms_wider_community == harms_wider_community(referral)
    assert facts.material == material_of(referral)
    assert facts.right_of_abode == yes_no_none(referral.right_of_abode)
    assert facts.conduct == tuple(conduct_of(ConductEvent(**event)) for event in answers.events)
    assert facts == replace(
        facts,
        date_of_birth=referral.date_of_birth,
        active_police_interest=referral.active_police_interest,
        removal_priority=referral.removal_priority,
        nationalities=answers.nationalities,
    )
