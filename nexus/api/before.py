"""Rows of parts whose verbs do not stand in a `verbs.py` yet; goes when the last has one."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from nexus import verbs
from nexus.api import verbs as endpoints


def Verb(
    act: Callable[..., Any], form: Any = None, wants: Any = None, *, chosen: Any = None, **more: Any
) -> verbs.Verb:
    return verbs.Verb(
        act=act,
        heading="",
        form=form or verbs.NothingAsked,
        wants=(lambda on, by: wants(on, SimpleNamespace(user=by))) if wants else verbs.nothing,
        chosen=(lambda on, by: chosen(on, SimpleNamespace(user=by))) if chosen else None,
        **more,
    )


def Start(
    act: Callable[..., Any], form: Any = None, *, verb: str, at: str, of: Any, given: Any, **more: Any
) -> endpoints.Start:
    return endpoints.Start(word=verb, verb=Verb(act, form, **more), at=at, of=of, given=given)
