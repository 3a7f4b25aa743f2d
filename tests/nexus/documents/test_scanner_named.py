"""The demonstration's check is no virus scanner: nothing that is deployed starts with it, and nothing calls it one."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from nexus import checks
from nexus.apps import refuse_unsafe
from nexus.documents.models import Scan, StoredFile
from nexus.documents.scanning import NOT_CHECKED, verdict_on


@pytest.mark.parametrize("scanner", ["builtin", "", "clam"])
def test_a_deployed_service_without_a_named_scanner_is_refused(settings: Any, scanner: str) -> None:
    """By every command, `migrate` first of all, and by the web itself."""
    settings.NEXUS_HTTPS, settings.NEXUS_SCANNER = True, scanner
    with pytest.raises(SystemCheckError, match="demonstrations only"):
        call_command("check")
    with pytest.raises(ImproperlyConfigured, match="demonstrations only"):
        refuse_unsafe()


def test_with_a_scanner_or_without_tls_it_starts(settings: Any) -> None:
    settings.NEXUS_AUDIT_KEY, settings.NEXUS_SECOND_FACTOR_KEYS = "a" * 40, ["b" * 40]
    settings.NEXUS_HTTPS, settings.NEXUS_SCANNER = True, "clamd://scanner:3310"
    refuse_unsafe()
    settings.NEXUS_HTTPS, settings.NEXUS_SCANNER = False, "builtin"
    refuse_unsafe()


def test_sabotage_without_the_check_it_would_start(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.NEXUS_HTTPS, settings.NEXUS_SCANNER = True, "builtin"
    monkeypatch.setattr("django.core.checks.registry.registry.registered_checks", set())
    refuse_unsafe()
    assert checks.check_scanner(None)


def test_not_checked_is_never_called_clean(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"harmless")
    verdict = verdict_on(file, "builtin")
    unchecked = StoredFile(scan=Scan.CLEAN, scan_note=verdict.note)
    assert verdict.note == NOT_CHECKED == unchecked.scan_words
    assert unchecked.scan_result == "not_checked"
    scanned = StoredFile(scan=Scan.CLEAN)
    assert (scanned.scan_words, scanned.scan_result) == ("Checked", "clean")
