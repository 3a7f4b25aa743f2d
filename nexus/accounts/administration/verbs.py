"""What an administrator does to accounts, forces, teams and bank holidays, a row a verb (nexus/verbs.py)."""

from typing import Any

from django.db.models import Max, Prefetch
from django.urls import reverse
from django.utils import timezone

from nexus.accounts import actions
from nexus.accounts.actions.bank_holidays import reasons_not_to_withdraw
from nexus.accounts.actions.users import (
    reasons_not_to_disable,
    reasons_not_to_enable,
    reasons_not_to_send_link,
)
from nexus.accounts.administration import forms, integrations
from nexus.accounts.administration.lists import BANK_HOLIDAYS, FORCES, TEAMS, USERS
from nexus.accounts.confirming import ConfirmedForm
from nexus.accounts.invitations import GOOD_FOR, state_of_password
from nexus.accounts.models import Force, ProgramKey, User
from nexus.accounts.permissions import WHO_MAY
from nexus.accounts.second_factor import actions as second_factor
from nexus.accounts.second_factor.codes import has_second_factor
from nexus.accounts.second_factor.forms import AskForResetForm
from nexus.accounts.tokens import live_integrations
from nexus.ui.formatting import date, weekday
from nexus.verbs import Target, Verb, VerbPages

LIVE_KEYS = Prefetch("keys", ProgramKey.objects.filter(withdrawn_at=None), to_attr="live_keys")


def administer(row: Target) -> str:
    """One permission for all of it."""
    return "administer"


def users(row: Target, by: User) -> str:
    return reverse("administration:users")


def forces(row: Target, by: User) -> str:
    return reverse("administration:forces")


def teams(row: Target, by: User) -> str:
    return reverse("administration:teams")


def bank_holidays(row: Target, by: User) -> str:
    return reverse("administration:bank_holidays")


def account_of(user: User, by: User) -> str:
    return reverse("administration:user_change", args=[user.pk])


def named(user: User, by: User) -> dict[str, Any]:
    return {"caption": user.full_name}


def with_both_steps(user: User, by: User) -> dict[str, Any]:
    """How far the person is with what they sign in with."""
    asked = second_factor.reset_asked_for(user)
    words = "Set up" if has_second_factor(user) else "Not set up yet"
    return {
        **named(user, by),
        "integrations": live_integrations(user, timezone.now())
        .annotate(last_used_at=Max("tokens__last_used_at"))
        .select_related("granted_by")
        .prefetch_related(LIVE_KEYS),
        "password": state_of_password(user, timezone.now()),
        "second_step": f"A reset was asked for by {asked.asked_by.full_name}" if asked else words,
        "reset_asked": asked is not None,
    }


def of_reset(user: User, by: User) -> dict[str, Any]:
    """Why it was asked for, and by whom."""
    asked = second_factor.reset_asked_for(user)
    because = f"{asked.asked_by.full_name} asked for it: {asked.reason}" if asked else ""
    return {**named(user, by), "because": because}


def link_sent(user: User) -> str:
    return f"A link to choose a password has been sent to {user.email}. It is good for {GOOD_FOR.days} days"


def what_changed(force: Force) -> str:
    """What the banner says: "Kent Police has been changed: region South East"."""
    words = {
        "engaged": "engaged" if force.engaged else "no longer engaged",
        "engaged_on": f"engaged since {date(force.engaged_on)}"
        if force.engaged_on
        else "no date of engagement",
        "value_added_activity": "takes part in value added activity"
        if force.value_added_activity
        else "takes no part in value added activity",
        "region": f"region {force.in_region}" if force.region else "no region",
    }
    if not force.changed:
        return f"Nothing was changed: {force.name} is as it was"
    return (
        f"{force.name} has been changed: {', '.join(words[name] for name in words if name in force.changed)}"
    )


ADD = {
    "user_add": Verb(
        action=actions.add_user,
        form=forms.UserForm,
        confirmed=True,
        heading="Add a user",
        button="Add user",
        lead="They are sent an e-mail with a link, and choose their own password and second step there. Nobody else "
        "sees either.",
        success=link_sent,
        permission=administer,
        address="users/add/",
        back=users,
    ),
    "force_add": Verb(
        action=actions.add_force,
        form=forms.AddForceForm,
        heading="Add a force",
        button="Add force",
        success=lambda force: f"{force.name} has been added",
        lead="Adding a force does not change any other.",
        permission=administer,
        address="forces/add/",
        back=forces,
    ),
    "team_add": Verb(
        action=actions.add_team,
        form=forms.TeamForm,
        heading="Add a team",
        button="Add team",
        success=lambda team: f"{team.name} has been added",
        permission=administer,
        address="teams/add/",
        back=teams,
    ),
    "bank_holiday_add": Verb(
        action=actions.add_bank_holiday,
        form=forms.BankHolidayForm,
        heading="Add a bank holiday",
        button="Add bank holiday",
        success=lambda holiday: f"{date(holiday.day)} is a bank holiday: {holiday.reason}",
        lead="From now on this day does not count as a working day.",
        permission=administer,
        address="bank-holidays/add/",
        back=bank_holidays,
    ),
}

USER_VERBS = {
    "user_change": Verb(
        action=actions.change_user,
        form=forms.UserForm,
        confirmed=True,
        heading="Change a user",
        button="Save changes",
        success=lambda user: f"The account of {user.full_name} has been changed",
        permission=administer,
        form_kwargs=lambda user, by: {"user": user, "initial": forms.answers_about(user)},
        page_context=with_both_steps,
        address="",
        back=users,
        template="nexus/accounts/administration/user_change.html",
    ),
    "user_disable": Verb(
        action=actions.disable_user,
        heading="Disable an account",
        button="Disable account",
        success=lambda user: f"{user.full_name} can no longer sign in",
        lead="They are signed out when they next open a page, and their API tokens stop working now. "
        "Their name stays on everything they did. What they hold stays theirs until a manager releases or "
        "reassigns it.",
        permission=administer,
        reasons_against=lambda user, by, now: reasons_not_to_disable(user, by=by),
        page_context=named,
        address="disable/",
        warns=True,
    ),
    "user_enable": Verb(
        action=actions.enable_user,
        form=ConfirmedForm,
        confirmed=True,
        heading="Enable an account",
        button="Enable account",
        success=lambda user: f"{user.full_name} can sign in again",
        lead="Their old password works again. If they have lost it, send them a link to a new one afterwards.",
        permission=administer,
        reasons_against=lambda user, by, now: reasons_not_to_enable(user),
        page_context=named,
        address="enable/",
    ),
    "user_password": Verb(
        action=actions.send_password_link,
        form=ConfirmedForm,
        confirmed=True,
        heading="Send a link to a new password",
        button="Send the link",
        success=link_sent,
        lead="Their present password, their sessions and their tokens end at once. The link goes to their e-mail "
        "address; a link that was sent before stops working. Make sure first that it is really they who ask.",
        permission=administer,
        reasons_against=lambda user, by, now: reasons_not_to_send_link(user, by=by),
        page_context=named,
        address="password/",
        warns=True,
    ),
}

USER_VERBS |= {
    "user_ask_for_reset": Verb(
        action=second_factor.ask_for_reset,
        form=AskForResetForm,
        confirmed=True,
        heading="Ask for a reset of the second step",
        button="Ask for the reset",
        success="The reset is asked for. Another administrator must agree to it on this page",
        lead="For somebody who has lost their app, their keys and their recovery codes. Nothing changes until another "
        "administrator agrees. The person is told now.",
        permission=administer,
        reasons_against=lambda user, by, now: second_factor.reasons_not_to_ask_for_reset(user, by=by),
        page_context=named,
        address="second-step/ask/",
    ),
    "user_agree_to_reset": Verb(
        action=second_factor.agree_to_reset,
        form=ConfirmedForm,
        confirmed=True,
        heading="Agree to the reset of the second step",
        button="Reset the second step",
        success=lambda user: f"{user.full_name} sets up a new second step when they next sign in",
        lead="Their app, keys, recovery codes, sessions and tokens stop working now, and they are told. "
        "Make sure yourself that it is really they who ask.",
        permission=administer,
        reasons_against=lambda user, by, now: second_factor.reasons_not_to_agree(user, by=by),
        page_context=of_reset,
        address="second-step/agree/",
        template="nexus/accounts/administration/user_agree_to_reset.html",
        warns=True,
    ),
}

USER_VERBS |= integrations.VERBS

FORCE_VERBS = {
    "force_change": Verb(
        action=actions.change_force,
        form=forms.ForceForm,
        heading="Change a force",
        button="Save changes",
        success=what_changed,
        permission=administer,
        form_kwargs=lambda force, by: {"initial": forms.agreed_with(force)},
        page_context=lambda force, by: {"caption": f"{force.name}, force {force.code}"},
        address="",
    ),
}

TEAM_VERBS = {
    "team_rename": Verb(
        action=actions.rename_team,
        form=forms.TeamForm,
        heading="Rename a team",
        button="Rename team",
        success=lambda team: f"The team is now called {team.name}",
        permission=administer,
        form_kwargs=lambda team, by: {"team": team, "initial": {"name": team.name}},
        address="",
    ),
}

BANK_HOLIDAY_VERBS = {
    "bank_holiday_withdraw": Verb(
        action=actions.withdraw_bank_holiday,
        form=forms.WithdrawBankHolidayForm,
        heading="Withdraw a bank holiday",
        button="Withdraw bank holiday",
        success=lambda holiday: f"{date(holiday.day)} is a working day again",
        lead="Use this only for a day that was added by mistake. It is a working day again, and whatever counts "
        "working days counts with it.",
        permission=administer,
        reasons_against=lambda holiday, by, now: reasons_not_to_withdraw(
            holiday, today=timezone.localdate(now)
        ),
        page_context=lambda holiday, by: {"caption": f"{weekday(holiday.day)}: {holiday.reason}"},
        address="withdraw/",
        warns=True,
    ),
}

add_pages = VerbPages(verbs=ADD, who_may=WHO_MAY, back=users)

user_pages = VerbPages(
    verbs=USER_VERBS,
    who_may=WHO_MAY,
    find=USERS.find,
    ids=lambda user: {"user_id": user.pk},
    back=account_of,
)

force_pages = VerbPages(
    verbs=FORCE_VERBS,
    who_may=WHO_MAY,
    find=FORCES.find,
    ids=lambda force: {"force_id": force.pk},
    back=forces,
)

team_pages = VerbPages(
    verbs=TEAM_VERBS, who_may=WHO_MAY, find=TEAMS.find, ids=lambda team: {"team_id": team.pk}, back=teams
)

bank_holiday_pages = VerbPages(
    verbs=BANK_HOLIDAY_VERBS,
    who_may=WHO_MAY,
    find=BANK_HOLIDAYS.find,
    ids=lambda holiday: {"holiday_id": holiday.pk},
    back=bank_holidays,
)
