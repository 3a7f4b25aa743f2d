"""Data-washes, and the same person twice."""

from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from nexus.accounts.models import Force
from nexus.accounts.roles import POLICE_ROLES, Role
from referrals.datawash.forms import AgreementForm
from tests.access.routes.table import MANAGER, OFFICE, SEARCH, TRIAGE, Route, day, post
from tests.access.world import World


def a_list(world: World, role: Role) -> dict[str, Any]:
    rows = f"force_row_ref,surname,forenames,dob\nR1,{uuid4().hex},A,1980\n"
    return {"purpose": "Whom to refer", "file": SimpleUploadedFile("list.csv", rows.encode())}


def an_agreement(world: World, role: Role) -> dict[str, Any]:
    form = AgreementForm()
    answers = {name: field.initial for name, field in form.fields.items() if field.initial}
    return {
        **answers,
        "force": Force.objects.get(code="13").pk,
        "title": "Lists",
        **day("starts_on", "2026-11-01"),
    }


LISTERS = POLICE_ROLES | TRIAGE
DATAWASH = (
    Route("datawash:list", reads=LISTERS),
    Route("datawash:pack", reads=LISTERS),
    Route("datawash:template", "washed", reads=LISTERS, address={"kind": "=xlsx"}, listed=True),
    Route("datawash:upload", reads=POLICE_ROLES, writes=post(POLICE_ROLES, a_list)),
    Route("datawash:agreements", reads=TRIAGE),
    Route("datawash:agree", reads=MANAGER, writes=post(MANAGER, an_agreement)),
    Route("datawash:agreement", "washed", reads=TRIAGE),
    Route("datawash:change_end", "washed", reads=MANAGER, writes=post(MANAGER)),
    Route("datawash:detail", "checked", reads=LISTERS, writes=post(LISTERS, SEARCH)),
    Route("datawash:detail", "washed", reads=LISTERS, writes=post(LISTERS, SEARCH)),
    Route("datawash:answer", "heading", reads=POLICE_ROLES, writes=post(POLICE_ROLES, {"column_0": ""})),
    Route("datawash:queue", "checked", writes=post(POLICE_ROLES)),
    Route("datawash:discard", "checked", reads=POLICE_ROLES, writes=post(POLICE_ROLES)),
    Route("datawash:download", "washed", reads=LISTERS, address={"kind": "=csv"}),
    Route("datawash:download", "washed", reads=LISTERS, address={"kind": "=xlsx"}),
    Route("datawash:rejected", "heading", reads=POLICE_ROLES, address={"kind": "=csv"}),
    Route("datawash:refer", "washed", writes=post(POLICE_ROLES)),
    Route("datawash:review", reads=TRIAGE),
    Route("datawash:pair", "paired", reads=TRIAGE, writes=post(OFFICE, {"verdict": "cannot_tell"})),
)


def leads(world: World, role: Role) -> dict[str, Any]:
    return {"leading": world.of("own", "triage")["reference"], "reason": "The same passport was shown."}


SAID = {"verdict": "not_same", "reason": "They are brothers, by the passport."}
DUPLICATES = (
    Route("duplicates:pair", "twice", reads=TRIAGE, writes=post(OFFICE, SAID)),
    Route("duplicates:pair", "said", reads=TRIAGE, writes=post(OFFICE, SAID, ok=409)),
    Route("duplicates:merge", "said", reads=OFFICE, writes=post(OFFICE, leads)),
    Route(
        "duplicates:undo_merge",
        "merged",
        reads=OFFICE,
        writes=post(OFFICE, {"reason": "They are brothers, by the passport."}),
    ),
    Route(
        "duplicates:take_back",
        "said",
        reads=OFFICE,
        writes=post(OFFICE, {"reason": "They are brothers, by the passport."}),
    ),
)
