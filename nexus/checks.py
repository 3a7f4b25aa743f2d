"""What Django's system check asks of the parts (nexus/parts.py) before anything is served."""

import inspect
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from typing import Any, get_args

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import FieldDoesNotExist
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import module_has_submodule

from nexus.accounts.roles import Role
from nexus.parts import Part

# Who asks for these asks one part, and the page cannot do without.
GIVEN_BY_ONE = (
    "on_duty",
    "tell_of_account",
    "same_person",
    "pairs_to_judge",
    "has_pairs_to_judge",
    "shared_progress",
    "against_removal",
    "served_on",
    "reports_given",
    "operations_of_force",
    "away",
)
OPENID_NEEDS = ("NEXUS_OPENID_CLIENT_ID", "NEXUS_OPENID_CLIENT_SECRET", "NEXUS_OPENID_ROLES")
SHORTEST_KEY = 32  # characters


def check_parts(app_configs: list[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """Every part is there and is one, its names exist, its functions take what they will be given."""
    found: dict[str, Part] = {}
    errors: list[str] = []
    for name in settings.NEXUS_PARTS:
        try:
            part = import_module(name).PART
        except (ImportError, AttributeError) as error:
            errors.append(f"{name} of NEXUS_PARTS declares no PART: {error}")
            continue
        if isinstance(part, Part):
            found[name] = part
        else:
            errors.append(f"{name}.PART is no Part.")
    errors += _not_listed()
    for name, part in found.items():
        errors += [f"{name}: {words}" for words in _mistakes_of(part)]
    if not errors:
        errors += _not_given_by_one(list(found.values()))
    return [Error(words, id="nexus.E001") for words in errors]


def check_scanner(app_configs: list[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """A service that speaks TLS is no demonstration: it names a virus scanner."""
    if not settings.NEXUS_HTTPS or settings.NEXUS_SCANNER.startswith("clamd://"):
        return []
    words = f"NEXUS_SCANNER is {settings.NEXUS_SCANNER!r}, which is for demonstrations only."
    return [Error(words, hint="Name a scanner: NEXUS_SCANNER=clamd://host:port", id="nexus.E002")]


def check_secrets(app_configs: list[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """A service that speaks TLS has a key for each purpose: whoever learns one has not learnt the others."""
    if not settings.NEXUS_HTTPS:
        return []
    keys = {
        "NEXUS_AUDIT_KEY": [settings.NEXUS_AUDIT_KEY],
        "NEXUS_SECOND_FACTOR_KEYS": settings.NEXUS_SECOND_FACTOR_KEYS,
    }
    return [
        Error(
            f"{name} is not given a key of its own of at least {SHORTEST_KEY} characters.",
            hint='python3 -c "import secrets; print(secrets.token_urlsafe(50))"',
            id="nexus.E003",
        )
        for name, given in keys.items()
        if any(len(key) < SHORTEST_KEY or key == settings.SECRET_KEY for key in given)
    ]


def check_openid(app_configs: list[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """Whoever names a provider says who we are there, and which of its roles is which of ours."""
    if not settings.NEXUS_OPENID_ISSUER:
        return []
    unknown = sorted(set(settings.NEXUS_OPENID_ROLES.values()) - set(Role))
    mistakes = [
        *(f"{name} is not given." for name in OPENID_NEEDS if not getattr(settings, name)),
        *(f"NEXUS_OPENID_ROLES names {name!r}, which is no role." for name in unknown),
        *(
            f"NEXUS_OPENID_SECOND_FACTOR has no list for {claim!r}."
            for claim, values in settings.NEXUS_OPENID_SECOND_FACTOR.items()
            if not isinstance(values, list)
        ),
    ]
    if settings.NEXUS_HTTPS and not settings.NEXUS_OPENID_ISSUER.startswith("https://"):
        mistakes.append("NEXUS_OPENID_ISSUER must begin with https://.")
    return [Error(words, id="nexus.E004") for words in mistakes]


def _not_listed() -> Iterator[str]:
    """A part.py that nobody reads would be a part that is silently left out."""
    for config in apps.get_app_configs():
        name = f"{config.name}.part"
        ours = config.name.partition(".")[0] in ("nexus", "referrals", "casework")
        if ours and module_has_submodule(config.module, "part") and name not in settings.NEXUS_PARTS:
            yield f"{name} is not in NEXUS_PARTS."


def _mistakes_of(part: Part) -> Iterator[str]:
    for field in fields(part):
        given = getattr(part, field.name)
        protocol = next((each for each in get_args(field.type) if getattr(each, "_is_protocol", False)), None)
        if given is not None and protocol and not _fits(given, protocol):
            yield f"{field.name} must take {_parameters(protocol.__call__)[1:]}, not {_parameters(given)}."
    for destination in part.navigation:
        try:
            reverse(destination.url_name)
        except NoReverseMatch:
            yield f"there is no page “{destination.url_name}”."
    for label, path in part.audit_names.items():
        *steps, last = path.split("__")
        try:
            model: Any = apps.get_model(label)
            for step in steps:
                model = model._meta.get_field(step).related_model
            if not hasattr(model, last):  # also a property, for rows that only notifications name
                raise FieldDoesNotExist(f"{model} has no “{last}”")
        except (LookupError, FieldDoesNotExist, ValueError, AttributeError) as error:
            yield f"the audit log cannot name {label} by {path}: {error}"


def _fits(given: Any, protocol: Any) -> bool:
    """The same keyword-only parameters, by the same names."""
    return callable(given) and _parameters(given) == _parameters(protocol.__call__)[1:]


def _parameters(function: Any) -> list[str]:
    found = inspect.signature(function).parameters.values()
    return [each.name if each.kind is each.KEYWORD_ONLY else f"{each.name} by position" for each in found]


def _not_given_by_one(parts: list[Part]) -> Iterator[str]:
    for name in GIVEN_BY_ONE:
        number = sum(getattr(part, name, None) is not None for part in parts)
        if number != 1:
            yield f"exactly one part must give {name}, and {number} do."
