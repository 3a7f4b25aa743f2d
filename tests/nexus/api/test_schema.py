"""The schema: complete, without warnings, and true of which methods an address answers."""

from django.urls import reverse
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator

from nexus.api.schema import schema
from tests.access.routes import ROUTES
from tests.access.walking import every_route


def test_the_schema_is_made_without_a_warning() -> None:
    with GENERATOR_STATS.silence():
        SchemaGenerator().get_schema(request=None, public=True)
    assert not GENERATOR_STATS, GENERATOR_STATS._warn_cache | GENERATOR_STATS._error_cache


def test_what_is_not_read_answers_no_get() -> None:
    """The access matrix does not walk these."""
    addresses = {name: str(pattern.pattern) for name, pattern in every_route() if name.startswith("api:")}
    verbs = {route.name for route in ROUTES if route.is_api} - {
        route.name for route in ROUTES if route.is_api and route.reads is not None
    }
    assert verbs and set(addresses) >= verbs
    found = {path for path, methods in schema()["paths"].items() if "get" in methods}
    assert reverse("api:cases") in found
    for name in verbs:
        assert "/api/v1/" + plain(addresses[name]) not in found, name


def plain(pattern: str) -> str:
    """The address as the schema writes it: <int:case_id> is {case_id}."""
    parts = pattern.split("<")
    return parts[0] + "".join("{" + part.partition(":")[2].replace(">", "}") for part in parts[1:])


def test_the_schema_says_what_may_come_next() -> None:
    """From a list to the one, from the one to all that may be done with it, and from there back to reading it."""
    operations = {
        each["operationId"]: each for methods in schema()["paths"].values() for each in methods.values()
    }
    links = {
        (name, linked): link
        for name, each in operations.items()
        for answer in each["responses"].values()
        for linked, link in answer.get("links", {}).items()
    }
    for (_, linked), link in links.items():
        parts = {each["name"] for each in operations[linked]["parameters"] if each["in"] == "path"}
        assert link["operationId"] == linked and link["parameters"].keys() <= parts != set()
    one = {"reference": "$response.body#/results/0/reference"}
    assert links["referral_list", "referral_read"]["parameters"] == one
    assert links["referral_read", "referral_claim"]["parameters"] == {"reference": "$request.path.reference"}
    again = {"reference": "$response.body#/reference"}
    assert links["referral_claim", "referral_read"]["parameters"] == again
    assert links["case_draft_decision", "case_decision_read"]["parameters"] == {
        "decision_id": "$response.body#/id"
    }
    assert len({linked for _, linked in links}) > 150
