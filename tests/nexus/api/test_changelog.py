"""What a program relies on does not go: today's schema beside the released one."""

import copy
import json
from typing import Any

import pytest
from django.conf import settings

from nexus.api.compatible import binding, breaking
from nexus.api.schema import schema
from nexus.bootstrap import CHECKOUT
from nexus.management.commands.api_schema import RELEASED

CHANGELOG = CHECKOUT / "docs" / "api" / "changelog.md"


def released() -> dict[str, Any]:
    return dict(json.loads(RELEASED.read_text()))


def test_nothing_that_a_program_relies_on_has_gone_since_the_release() -> None:
    assert breaking(released(), binding(schema())) == []


def test_the_changelog_names_the_version() -> None:
    version = settings.SPECTACULAR_SETTINGS["VERSION"]
    assert released()["info"]["version"] == version
    assert f"\n## {version}\n" in CHANGELOG.read_text()


READ = ("/api/v1/referrals/{reference}/", "get")


def no_address(found: dict[str, Any]) -> None:
    del found["paths"][READ[0]]


def no_field(found: dict[str, Any]) -> None:
    del found["components"]["schemas"]["Referral"]["properties"]["state"]


def no_choice(found: dict[str, Any]) -> None:
    found["components"]["schemas"]["ReferralState"]["enum"].remove("draft")


def one_more_to_send(found: dict[str, Any]) -> None:
    found["components"]["schemas"]["AliasAnswersRequest"]["required"].append("source")


def one_more_parameter(found: dict[str, Any]) -> None:
    more = {"in": "query", "name": "why", "required": True, "schema": {"type": "string"}}
    found["paths"][READ[0]]["get"].setdefault("parameters", []).append(more)


def no_parameter(found: dict[str, Any]) -> None:
    found["paths"]["/api/v1/referrals/"]["get"]["parameters"].pop()


def another_type(found: dict[str, Any]) -> None:
    found["components"]["schemas"]["Alias"]["properties"]["id"]["type"] = "string"


@pytest.mark.parametrize(
    "change",
    [no_address, no_field, no_choice, one_more_to_send, one_more_parameter, no_parameter, another_type],
)
def test_a_change_that_breaks_a_program_is_found(change: Any) -> None:
    old = released()
    new = copy.deepcopy(old)
    change(new)
    assert len(breaking(old, new)) == 1, breaking(old, new)


def test_an_addition_breaks_nothing() -> None:
    old = released()
    new = copy.deepcopy(old)
    new["paths"]["/api/v1/more/"] = {"get": {"responses": {"200": {}}}}
    new["components"]["schemas"]["Referral"]["properties"]["more"] = {"type": "string"}
    new["components"]["schemas"]["ReferralState"]["enum"].append("more")
    assert breaking(old, new) == []
