"""The schema in its readers' words: summaries, descriptions without Python, closed lists with labels, closed shapes, examples."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from nexus.api.schema import schema
from nexus.closed_lists import NAMED_BY_ROW
from nexus.examples import FOLDER
from nexus.problems import MEDIA_TYPE
from tests.contract import FORMATS, registry

# What belongs to our Python and to nobody who calls: names of modules and classes, Django's and Python's words.
OF_PYTHON = re.compile(
    r"\b(nexus|referrals|casework)[./]\w+\.|\b[Qq]uery[Ss]ets?\b|\b[Ss]erializers?\b|\bNone\b|\bself\b(?!-)|\bkwargs\b|\bRaises?\b|"
    r"DoesNotExist|Http404|\.py\b|\bADR\b|\w\(\)|`[A-Z]\w*[a-z]\w*`|`\w+\.\w+`|\b[Tt]he base of every\b|\b[Cc]olumns?\b|"
    r"\bTrue\b|\bFalse\b|`(by|now|own)`|<name>",
)
LABEL = re.compile(r"^\* `([^`]*)` - .+$", re.MULTILINE)
WITHOUT_LABELS = {"BlankEnum", "NullEnum"}
# Of any kind: an answer of a decision is a choice or a text by its own question; a subject's id is as it was sent.
OF_ANY_KIND = {("CaseDecision", "answers"), ("Found", "id")}
KINDS = {"type", "$ref", "oneOf", "allOf", "anyOf", "const", "enum"}
IMPORTANT = (
    *(
        "AssertionRequest",
        "ProgramToken",
        "WholeReferralBodyRequest",
        "WholeReferral",
        "Referral",
        "Question",
    ),
    *("ReferralAnswerInformationRequest", "Changes", "ReferralLineList", "ReceiptsRequest", "ConfirmedMany"),
    *("ConductAnswersRequest", "PatchedSectionAnswersRequest", "MatrixSubject", "Problem"),
)


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in schema()["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def shapes() -> dict[str, Any]:
    return dict(schema()["components"]["schemas"])


def words_in(part: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every title, summary and description, with where it stands; the labels of lists are their own words."""
    if isinstance(part, list):
        for at, each in enumerate(part):
            yield from words_in(each, f"{where}/{at}")
    if isinstance(part, dict):
        for name, each in part.items():
            if name in ("title", "summary", "description") and isinstance(each, str):
                yield f"{where}/{name}", LABEL.sub("", each)
            elif name != "examples":
                yield from words_in(each, f"{where}/{name}")


def test_no_title_summary_or_description_speaks_of_python() -> None:
    found = [f"{where}: {words}" for where, words in words_in(schema()) if OF_PYTHON.search(words)]
    assert found == []


@pytest.mark.parametrize(
    "words",
    [
        "See `ConvictionForm`.",
        "From nexus.api.bodies.",
        "A queryset.",
        "Raises Refused.",
        "It returns None.",
        "save()",
    ],
)
def test_words_of_python_would_be_found(words: str) -> None:
    assert [*words_in({"properties": {"x": {"description": words}}})] and OF_PYTHON.search(words)


def test_each_operation_has_a_short_summary_of_its_own() -> None:
    said = Counter((operation["tags"][0], operation["summary"]) for _, operation in operations())
    assert [words for words, times in said.items() if times > 1] == []
    assert [where for where, operation in operations() if not 5 <= len(operation["summary"]) <= 80] == []


def test_each_shape_is_described_and_each_closed_list_has_a_label_for_every_value() -> None:
    for name, part in shapes().items():
        if "enum" not in part:
            assert part.get("description"), name
        elif name not in WITHOUT_LABELS:
            labelled = set(LABEL.findall(part.get("description", "")))
            assert {str(each) for each in part["enum"]} <= labelled, name


def test_each_list_that_has_a_name_is_used_by_its_name() -> None:
    named = {frozenset(each["enum"]) for each in shapes().values() if "enum" in each}
    for where, operation in operations():
        for parameter in operation.get("parameters", ()):
            assert frozenset(parameter["schema"].get("enum", ())) not in named, (where, parameter["name"])


def test_each_field_says_what_it_takes() -> None:
    open_ones = {
        (name, field)
        for name, part in shapes().items()
        for field, each in part.get("properties", {}).items()
        if not KINDS & set(each)
    }
    assert open_ones == OF_ANY_KIND


def test_a_body_takes_no_field_that_it_does_not_name() -> None:
    """As the service does; where names hang on the row, the schema leaves them open and says so."""
    sent = {
        name: part for name, part in shapes().items() if name.endswith("Request") and "properties" in part
    }
    assert len(sent) > 100
    assert {name for name, part in sent.items() if part["additionalProperties"]} == NAMED_BY_ROW


def test_what_the_rules_showed_has_the_same_closed_shape_wherever_it_is_kept() -> None:
    for name in ("Decision", "Proposal", "WorkedReferral"):
        assert "Assessment" in str(shapes()[name]["properties"]["assessment"]), name


def test_a_date_of_which_only_the_year_is_known_says_so() -> None:
    born = shapes()["PatchedSectionAnswersRequest"]["properties"]["date_of_birth"]
    check = Draft202012Validator(born)
    assert [check.is_valid(each) for each in ("1986", "1986-11-16", None, "86")] == [True, True, True, False]


def wrong_examples() -> dict[str, list[str]]:
    """What of each example does not fit its shape."""
    found = {}
    for name, part in shapes().items():
        check = Draft202012Validator(
            {"$ref": f"urn:schema#/components/schemas/{name}"}, registry=registry(), format_checker=FORMATS
        )
        for example in part.get("examples", ()):
            found[name] = [error.message for error in check.iter_errors(example)]
    return found


def test_what_is_important_has_an_example_that_fits() -> None:
    found = wrong_examples()
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert set(IMPORTANT) <= set(found)
    assert {file.stem for file in FOLDER.glob("*.json")} == set(found)


def test_an_example_that_does_not_fit_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        schema()["components"]["schemas"]["AliasAnswersRequest"], "examples", [{"nam": "Tran"}]
    )
    assert wrong_examples()["AliasAnswersRequest"]


def test_each_operation_says_how_it_answers_what_it_does_not_do() -> None:
    for where, operation in operations():
        refused = {
            status for status, each in operation["responses"].items() if MEDIA_TYPE in each.get("content", {})
        }
        assert {"400", "401", "403", "404", "429", "500", "503"} <= refused, where
