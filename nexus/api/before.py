"""Rows of parts whose verbs do not stand in a `verbs.py` yet; goes when the last has one."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from nexus import verbs
from nexus.api import verbs as endpoints

NAMES = {
    "at": "address",
    "part": "find_part",
    "permit": "permission",
    "partly": "partial",
    "adds": "extra_fields",
}


def Verb(
    act: Callable[..., Any], form: Any = None, wants: Any = None, *, chosen: Any = None, **more: Any
) -> verbs.Verb:
    return verbs.Verb(
        action=act,
        heading="",
        form=form or verbs.NoFields,
        form_kwargs=(lambda on, by: wants(on, SimpleNamespace(user=by))) if wants else verbs.no_context,
        choose_form=(lambda on, by: chosen(on, SimpleNamespace(user=by))) if chosen else None,
        **{NAMES.get(name, name): value for name, value in more.items()},
    )


def Start(
    act: Callable[..., Any], form: Any = None, *, verb: str, at: str, of: Any, given: Any, **more: Any
) -> endpoints.Start:
    return endpoints.Start(permission=verb, verb=Verb(act, form, **more), address=at, find=of, ids=given)
