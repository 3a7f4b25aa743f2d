"""A deployed service has a key of its own for each purpose."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from nexus import checks
from nexus.apps import refuse_unsafe


@pytest.fixture
def deployed(settings: Any) -> Any:
    settings.NEXUS_HTTPS, settings.NEXUS_SCANNER = True, "clamd://scanner:3310"
    settings.NEXUS_AUDIT_KEY, settings.NEXUS_SECOND_FACTOR_KEYS = "a" * 40, ["b" * 40]
    refuse_unsafe()
    return settings


@pytest.mark.parametrize("name", ["NEXUS_AUDIT_KEY", "NEXUS_SECOND_FACTOR_KEYS"])
@pytest.mark.parametrize("kind", ["that of all", "short", ""])
def test_a_deployed_service_without_a_key_of_its_own_for_each_purpose_is_refused(
    deployed: Any, name: str, kind: str
) -> None:
    key = deployed.SECRET_KEY if kind == "that of all" else kind
    setattr(deployed, name, [key] if name.endswith("S") else key)
    with pytest.raises(SystemCheckError, match=name):
        call_command("check")
    with pytest.raises(ImproperlyConfigured, match=name):
        refuse_unsafe()


def test_sabotage_without_the_check_it_would_start(deployed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    deployed.NEXUS_AUDIT_KEY = deployed.SECRET_KEY
    monkeypatch.setattr("django.core.checks.registry.registry.registered_checks", set())
    refuse_unsafe()
    assert checks.check_secrets(None)
