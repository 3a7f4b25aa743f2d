"""`manage.py assess`: JSON in, assessments out, every fault named."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

SUBJECT: dict[str, Any] = {
    "id": "subject-1",
    "reference_date": "2026-11-22",
    "force": "01",
    "immigration_status": "overstayer",
    "active_police_interest": True,
    "removal_priority": True,
    "conduct": [
        {
            "kind": "conviction",
            "convicted_on": "2023-11-22",
            "sentence_type": "non_custodial",
            "sentence_months": None,
            "part": "convicted",
            "quashed": False,
            "court_occasion": "A",
        }
    ],
}


def assess(tmp_path: Path, document: object, **options: str) -> list[dict[str, Any]]:
    place, out = tmp_path / "subjects.json", io.StringIO()
    place.write_text(document if isinstance(document, str) else json.dumps(document))
    call_command("assess", str(place), stdout=out, **options)
    return json.loads(out.getvalue())


def faults(tmp_path: Path, document: object) -> list[str]:
    place, out, err = tmp_path / "subjects.json", io.StringIO(), io.StringIO()
    place.write_text(document if isinstance(document, str) else json.dumps(document))
    with pytest.raises(SystemExit) as left:
        call_command("assess", str(place), stdout=out, stderr=err)
    assert left.value.code == 2
    assert out.getvalue() == ""
    return err.getvalue().splitlines()


def test_one_object_gives_an_array_of_one(tmp_path: Path) -> None:
    (result,) = assess(tmp_path, SUBJECT)
    assert result["id"] == "subject-1"
    assert result["matrix"] == "M1"
    assert result["flag"] == "Nexus High Harm"
    assert result["allocation"] == "Nexus High Harm, Liverpool"
    assert result["police_statement"] == "not_necessarily"
    assert result["persistence"] == {
        "counted": 1,
        "uk": 1,
        "overseas": 0,
        "court_occasions": 1,
        "guide_met": False,
        "left_for_a_person": [],
    }
    assert [limb["result"] for limb in result["limbs"]] == ["not_met", "not_met", "met"]


@pytest.mark.parametrize(("force", "flag"), [("02", "Nexus High Harm"), ("48", "Nexus High Harm (Regional)")])
def test_the_flag_goes_by_force(tmp_path: Path, force: str, flag: str) -> None:
    (result,) = assess(tmp_path, SUBJECT | {"force": force})
    assert result["flag"] == flag


def test_a_case_another_team_holds_stays_there(tmp_path: Path) -> None:
    (result,) = assess(tmp_path, SUBJECT | {"held_by": "criminal_casework"})
    assert result["allocation"] == "unchanged"
    assert result["matrix"] == "M4"


def test_an_old_policy_can_be_asked_for(tmp_path: Path) -> None:
    (result,) = assess(tmp_path, SUBJECT, policy="2017-03-15")
    assert result["policy_version"] == "2017-03-15"


def test_every_fault_is_named_with_its_path_and_nothing_is_printed(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        [
            SUBJECT,
            SUBJECT
            | {
                "force": "99",
                "reference_date": "2026-02-30",
                "active_police_interest": "yes",
                "colour": "blue",
                "nationalities": ["RKS", "GBO", "XXA", "QQQ"],
                "conduct": [{"kind": "rumour", "part": "convicted"}],
            },
        ],
    )
    assert {line.split(":")[0] for line in found} == {
        "$[1]",
        "$[1].active_police_interest",
        "$[1].conduct[0].kind",
        "$[1].force",
        "$[1].nationalities[3]",
        "$[1].reference_date",
    }


@pytest.mark.parametrize("document", ["[", "", "3", '"text"', "null"])
def test_what_is_no_subject_is_refused_in_a_sentence(tmp_path: Path, document: str) -> None:
    (line,) = faults(tmp_path, document)
    assert line.endswith(".")
