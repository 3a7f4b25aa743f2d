"""Sign-in, accounts, administration, notifications and the audit log."""

from typing import Any
from uuid import uuid4

from nexus.accounts.roles import EVERY_ROLE, Role
from nexus.notifications.kinds import GROUPS
from nexus.retention.permissions import WHO_MAY as REVIEWS
from nexus.retention.verbs import VERBS as REVIEW_VERBS
from nexus.rights.permissions import WHO_MAY as RIGHTS
from nexus.rights.verbs import VERBS as RIGHTS_VERBS
from tests.access.routes.table import ADMIN, AUDIT, MANAGER, NOTIFIED, Route, day, of_verbs, post
from tests.access.world import World
from tests.builders import PASSWORD
from tests.programs import PUBLIC_KEY


def a_new_user(world: World, role: Role) -> dict[str, Any]:
    return {"full_name": "New Person", "email": f"{uuid4()}@nexus.example", "role": Role.AUDITOR}


def the_same_user(world: World, role: Role) -> dict[str, Any]:
    return {**a_new_user(world, role), "full_name": "Renamed Person"}


def a_record_to_review(world: World, role: Role) -> dict[str, Any]:
    reference = world.of("foreign", "submitted")["reference"]
    return {"reference": reference, "reason": "A court may ask for it."}


KEPT_LONGER = {**day("until", "2027-01-15"), "reason": "A related case is open."}
AN_ACCESS_REQUEST = {
    "name": "Somebody",
    "contact": "By post",
    "identity": "A passport was seen.",
    **day("received_on", "2026-11-16"),
}
A_NEW_FORCE = {"code": "92", "name": "Guernsey Police", "engaged": "no"}
A_BANK_HOLIDAY = {"day-day": "14", "day-month": "12", "day-year": "2026", "reason": "State funeral"}
A_PROGRAM = {
    "name": "Force crime system",
    "reads": ["referrals:read"],
    "days": "90",
    "reason": "It copies the decisions every night.",
}
CHOICES = dict.fromkeys(GROUPS, "daily")
PASSWORDS = {"current_password": PASSWORD, "new_password": "kettle 47 umbrella"}
GROUND: tuple[Route, ...] = (
    Route("home", reads=EVERY_ROLE, ok=302),
    Route("waiting", reads=EVERY_ROLE),
    Route("accessibility", reads=EVERY_ROLE, public=True),
    Route("cookies", reads=EVERY_ROLE, public=True),
    Route("law", reads=EVERY_ROLE),
    Route("developers:index", reads=EVERY_ROLE, public=True),
    Route("developers:group", reads=EVERY_ROLE, public=True, address={"name": "=referrals"}),
    Route("developers:operation", reads=EVERY_ROLE, public=True, address={"name": "=referral-submit"}),
    Route("developers:shape", reads=EVERY_ROLE, public=True, address={"name": "=Referral"}),
    Route("developers:text", reads=EVERY_ROLE, public=True, address={"name": "=changelog"}),
    Route("health", reads=EVERY_ROLE, public=True),
    Route(
        "metrics", reads=EVERY_ROLE, ok=404, public=True
    ),  # a page for whoever has the token, and no person has
    Route("accounts:sign_in", reads=EVERY_ROLE, ok=302, public=True, writes=post(EVERY_ROLE, ok=200)),
    Route("accounts:second_step", reads=EVERY_ROLE, ok=302, public=True, writes=post(EVERY_ROLE, ok=302)),
    # No provider is in the tests' settings, and whoever is signed in is sent on.
    Route("accounts:provider", public=True, writes=post(EVERY_ROLE, ok=302)),
    Route("accounts:provider_back", reads=EVERY_ROLE, ok=302, public=True),
    # Whoever has a link gets in, and nobody here has one.
    Route("accounts:choose_password", reads=EVERY_ROLE, ok=404, public=True, writes=post(EVERY_ROLE, ok=404)),
    Route(
        "accounts:invitation",
        "settings",
        reads=EVERY_ROLE,
        ok=404,
        public=True,
        address={"secret": "=of-nobody"},
    ),
    Route("accounts:sessions", reads=EVERY_ROLE, writes=post(EVERY_ROLE)),
    Route("accounts:second_factor", reads=EVERY_ROLE),
    Route("accounts:app_add", reads=EVERY_ROLE, writes=post(EVERY_ROLE, ok=200)),
    Route("accounts:key_add", reads=EVERY_ROLE, writes=post(EVERY_ROLE, ok=200)),
    Route("accounts:factor_remove", "settings", reads=EVERY_ROLE, writes=post(EVERY_ROLE), untyped=True),
    Route("accounts:recovery_codes", reads=EVERY_ROLE, writes=post(EVERY_ROLE, ok=200)),
    Route("accounts:sign_out", public=True, writes=post(EVERY_ROLE)),
    Route("accounts:stay_signed_in", writes=post(EVERY_ROLE, ok=204)),
    Route("accounts:account", reads=EVERY_ROLE, writes=post(EVERY_ROLE, ok=200)),
    Route("drafts:save", writes=post(EVERY_ROLE, {"draft_of": "/account/", "note": "Typed."})),
    Route("drafts:discard", writes=post(EVERY_ROLE, {"draft_of": "/account/"})),
    Route("accounts:revoke_token", writes=post(EVERY_ROLE, {"token": "none"})),
    Route("accounts:change_password", reads=EVERY_ROLE, writes=post(EVERY_ROLE, PASSWORDS)),
    Route("administration:users", reads=ADMIN, writes=post(ADMIN, {"name": "Person"})),
    Route("administration:user_add", reads=ADMIN, writes=post(ADMIN, a_new_user)),
    Route("administration:user_change", "settings", reads=ADMIN, writes=post(ADMIN, the_same_user)),
    Route("administration:user_disable", "settings", reads=ADMIN, writes=post(ADMIN)),
    Route(
        "administration:user_enable",
        "settings",
        reads=ADMIN,
        writes=post(ADMIN),
        address={"user_id": "disabled"},
    ),
    Route(
        "administration:user_ask_for_reset",
        "settings",
        reads=ADMIN,
        writes=post(ADMIN, {"reason": "Rang from the custody desk; the sergeant knows the voice."}),
        untyped=True,
    ),
    Route("administration:user_agree_to_reset", "settings", reads=ADMIN, writes=post(ADMIN), untyped=True),
    Route("administration:integration_grant", "settings", reads=ADMIN, writes=post(ADMIN, A_PROGRAM)),
    Route("administration:integration_withdraw", "settings", reads=ADMIN, writes=post(ADMIN)),
    Route(
        "administration:program_key_add",
        "settings",
        reads=ADMIN,
        writes=post(ADMIN, {"public_key": PUBLIC_KEY}),
    ),
    Route("administration:program_key_withdraw", "settings", reads=ADMIN, writes=post(ADMIN)),
    Route("administration:user_password", "settings", reads=ADMIN, writes=post(ADMIN)),
    Route("administration:forces", reads=ADMIN),
    Route("administration:force_add", reads=ADMIN, writes=post(ADMIN, A_NEW_FORCE)),
    Route(
        "administration:force_change",
        "settings",
        reads=ADMIN,
        writes=post(ADMIN, {"engaged": "yes", "region": "north_west"}),
    ),
    Route("administration:bank_holidays", reads=ADMIN),
    Route("administration:bank_holiday_add", reads=ADMIN, writes=post(ADMIN, A_BANK_HOLIDAY)),
    Route(
        "administration:bank_holiday_withdraw",
        "settings",
        reads=ADMIN,
        writes=post(ADMIN, {"reason": "Added by mistake"}),
    ),
    Route("administration:teams", reads=ADMIN),
    Route("administration:team_add", reads=ADMIN, writes=post(ADMIN, {"name": "A new team"})),
    Route("administration:team_rename", "settings", reads=ADMIN, writes=post(ADMIN, {"name": "Asylum"})),
    Route("notifications:list", reads=EVERY_ROLE),
    Route("notifications:mark_all_read", writes=post(EVERY_ROLE)),
    Route("notifications:open", "notified", reads=NOTIFIED, ok=302),
    Route("notifications:preferences", reads=EVERY_ROLE, writes=post(EVERY_ROLE, CHOICES)),
    Route("notifications:parked", reads=ADMIN),
    Route("notifications:retry", "settings", writes=post(ADMIN)),
    Route("audit:log", reads=AUDIT),
    Route("audit:entry", "settings", reads=AUDIT),
    Route("audit:person", reads=AUDIT, writes=post(AUDIT, {"name": "Person"})),
    Route("audit:export", reads=AUDIT),
    Route("audit:verify", writes=post(AUDIT)),
    Route("retention:queue", reads=MANAGER | AUDIT),
    Route("retention:periods", reads=MANAGER | AUDIT),
    Route("retention:detail", "settings", reads=MANAGER | AUDIT),
    Route("rights:register", reads=MANAGER | AUDIT),
    Route("rights:detail", "settings", reads=MANAGER | AUDIT),
    Route("rights:receive", reads=MANAGER, writes=post(MANAGER, AN_ACCESS_REQUEST)),
    Route("retention:keep", "settings", reads=MANAGER, writes=post(MANAGER, KEPT_LONGER)),
    Route("retention:open_review", reads=MANAGER, writes=post(MANAGER, a_record_to_review)),
)
GROUND += of_verbs("retention:{}", REVIEW_VERBS, REVIEWS, "settings", beside=GROUND)
GROUND += of_verbs("rights:{}", RIGHTS_VERBS, RIGHTS, "settings", beside=GROUND)
