"""Codes: six digits of an app, good once; eight of a list on paper, good once each."""

from dataclasses import dataclass
from datetime import datetime

import qrcode
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.db import transaction
from django.utils.crypto import constant_time_compare

from nexus.accounts.models import User

PERIOD = 30  # seconds
TOLERANCE = 1  # periods that a clock may be before or behind ours
DIGITS = 6
FIRST = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # codes on paper only help out


def has_second_factor(person: User) -> bool:
    """Whether they have an app or a key."""
    return Authenticator.objects.filter(user=person, type__in=FIRST).exists()


def new_secret() -> str:
    """Of an app that is being set up, sealed: it travels in the page."""
    return get_adapter().encrypt(generate_totp_secret())


def opened(sealed: str) -> str:
    return get_adapter().decrypt(sealed)


def readable(secret: str) -> str:
    """As somebody types it who cannot scan: in groups of four."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


@dataclass(frozen=True)
class Picture:
    """What is scanned, as an SVG of `size` × `size` modules whose dark ones are one `path`."""

    size: int
    path: str


def picture(person: User, secret: str) -> Picture:
    """The address of the secret, for the camera of a telephone."""
    code = qrcode.QRCode(border=4)
    code.add_data(get_adapter().build_totp_url(person, secret))
    rows = code.get_matrix()
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return Picture(len(rows), "".join(dark))


def period_of(now: datetime) -> int:
    return int(now.timestamp()) // PERIOD


def code_at(secret: str, period: int) -> str:
    return format_hotp_value(hotp_value(secret, period))


def period_matched(secret: str, typed: str, now: datetime, *, after: int = 0) -> int | None:
    """The period whose code was typed: ours or one beside it, later than `after`; None for no such code."""
    around = range(period_of(now) - TOLERANCE, period_of(now) + TOLERANCE + 1)
    fits = [period for period in around if constant_time_compare(code_at(secret, period), typed)]
    return next((period for period in fits if period > after), None)


@transaction.atomic
def add_app(person: User, sealed: str, typed: str, now: datetime) -> bool:
    """Keep the app when its first code is right. That code has then been used."""
    period = period_matched(opened(sealed), digits(typed), now)
    if period is None:
        return False
    Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).delete()
    data = {"secret": sealed, "last_period": period}
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data=data, last_used_at=now)
    return True


@transaction.atomic
def accept_code(person: User, typed: str, now: datetime) -> str:
    """What the code is of, "app" or "paper", and it is used up; "" when it is not theirs, or was used before."""
    plain = digits(typed)
    if len(plain) == DIGITS:
        return "app" if _accept_app(person, plain, now) else ""
    paper = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return "paper" if paper and plain and RecoveryCodes(paper).validate_code(plain) else ""


def _accept_app(person: User, typed: str, now: datetime) -> bool:
    rows = Authenticator.objects.select_for_update().filter(user=person, type=Authenticator.Type.TOTP)
    app = rows.first()
    if app is None:
        return False
    period = period_matched(opened(app.data["secret"]), typed, now, after=app.data["last_period"])
    if period is None:
        return False
    app.data["last_period"], app.last_used_at = period, now
    app.save(update_fields=["data", "last_used_at"])
    return True


def digits(typed: str) -> str:
    """Without the spaces and dashes in which people write codes; "" where anything else is in it."""
    plain = typed.translate({ord(each): None for each in " -\u2013\u00a0"})
    return plain if plain.isascii() and plain.isdigit() else ""


@transaction.atomic
def new_codes_on_paper(person: User) -> list[str]:
    """Ten codes in place of those there were, shown this once."""
    Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
    return RecoveryCodes.activate(person).generate_codes()


def codes_left(person: User) -> int:
    """How many of the codes on paper are not used yet."""
    paper = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(RecoveryCodes(paper).get_unused_codes()) if paper else 0


@dataclass(frozen=True)
class Factor:
    """An app or a key, as its owner reads of it."""

    pk: int
    name: str
    added_at: datetime
    last_used_at: datetime | None


def factors_of(person: User) -> list[Factor]:
    """The app and the keys, in the order in which they were added."""
    rows = Authenticator.objects.filter(user=person, type__in=FIRST).order_by("pk")
    return [
        Factor(row.pk, row.data.get("name", "Authenticator app"), row.created_at, row.last_used_at)
        for row in rows
    ]
