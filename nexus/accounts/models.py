"""Who may sign in, and the force or team they act for."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from nexus.accounts.program_scopes import in_words
from nexus.accounts.regions import NO_REGION, Region
from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.privileges import NEVER_DELETED, only_changes
from nexus.row_security import OFFICE_ONLY, open_to_all

# Loose: people write "020 7946 0101", "+44 (0)20 7946 0101" and "0151 496 0123 ext. 4".
TELEPHONE = r"^[+(]?[0-9][-0-9 ().,extEXT]{4,28}$"


class Force(models.Model):
    """A police force. Only engaged forces may refer."""

    code = models.CharField("PNC force code", max_length=2, unique=True)
    ons_code = models.CharField("ONS code", max_length=9, blank=True)
    name = models.CharField(max_length=60, unique=True)
    # Blank where a force is of no region, as the British Transport Police are
    region = models.CharField(max_length=15, choices=Region.choices, blank=True)
    engaged = models.BooleanField(default=False)
    engaged_on = models.DateField("engaged since", null=True, blank=True)
    metropolitan = models.BooleanField("flagged as Nexus High Harm, not Regional", default=False)
    # "Criminal Casework … can submit a request to certain police forces for police support" (p. 13)
    value_added_activity = models.BooleanField("takes part in value added activity", default=False)
    changed: Sequence[str] = ()  # the fields that `actions.change_force` has just changed

    SEEN_BY = open_to_all("The list of forces.")
    PRIVILEGES = NEVER_DELETED

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["metropolitan"], condition=Q(metropolitan=True), name="one_metropolitan_force"
            ),
            models.CheckConstraint(
                condition=Q(region__in=["", *Region.values]), name="force_region_is_known"
            ),
            models.UniqueConstraint(
                fields=["ons_code"], condition=~Q(ons_code=""), name="ons_code_of_one_force"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def in_region(self) -> str:
        return str(self.get_region_display()) or NO_REGION


class Team(models.Model):
    """A Home Office team that may hold a case or do the work of this service."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80, unique=True)

    SEEN_BY = open_to_all("The list of teams.")
    PRIVILEGES = NEVER_DELETED

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, *, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A named person with one role. Police belong to a force, everybody else does not."""

    email = models.EmailField("e-mail address", unique=True)
    full_name = models.CharField("full name", max_length=120)
    role = models.CharField(max_length=30, choices=Role.choices)
    # Where others ring this person: who is on call is shown with it.
    telephone = models.CharField(
        max_length=30,
        blank=True,
        validators=[RegexValidator(TELEPHONE, "Enter a telephone number, like 020 7946 0101", "telephone")],
    )
    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, blank=True, related_name="users")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="users")
    nsa_accredited = models.BooleanField("NSA (non-suspensive appeal) accredited", default=False)
    is_active = models.BooleanField("may sign in", default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # What an OpenID Connect provider calls this person, for good; blank for who signs in with a password alone.
    provider_subject = models.CharField(max_length=255, blank=True)
    # One more, and every session that was begun before is worth nothing.
    session_epoch = models.PositiveIntegerField(default=0)

    objects = UserManager()

    # The request in which this person acts, and the program that acts for them: its token's grant, and where it is an
    # administrator's named one, that. The doors note them here, and `record` reads them of its `by`.
    request_id: str = ""
    through: Mapping[str, int] = MappingProxyType({})

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name", "role"]

    SEEN_BY = open_to_all("Names of staff and officers, read on every page; nothing of a subject.")
    PRIVILEGES = NEVER_DELETED

    class Meta:
        ordering = ["full_name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="user_role_is_known"),
            models.CheckConstraint(
                condition=Q(role__in=sorted(POLICE_ROLES), force__isnull=False)
                | (~Q(role__in=sorted(POLICE_ROLES)) & Q(force__isnull=True)),
                name="police_and_only_police_have_a_force",
                violation_error_message="A police officer or force lead needs a force; nobody else may have one.",
            ),
            models.CheckConstraint(
                condition=Q(nsa_accredited=False) | Q(role=Role.CASE_OWNER),
                name="only_case_owners_are_nsa_accredited",
                violation_error_message="Only a case-owner is recorded as NSA accredited.",
            ),
            models.UniqueConstraint(Lower("email"), name="user_email_ignores_case"),
            models.UniqueConstraint(
                fields=["provider_subject"],
                condition=~Q(provider_subject=""),
                name="a_provider_knows_one_person",
            ),
            models.CheckConstraint(
                condition=Q(telephone="") | Q(telephone__regex=TELEPHONE),
                name="a_telephone_number_is_one",
            ),
        ]
        # People leave, their names on decisions stay.
        triggers = [pgtrigger.Protect(name="users_are_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_police(self) -> bool:
        return self.role in POLICE_ROLES

    def end_sessions(self) -> None:
        """All of them, for good, from the next request of each."""
        User.objects.filter(pk=self.pk).update(session_epoch=F("session_epoch") + 1)
        self.refresh_from_db(fields=["session_epoch"])

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must still fit to: the password, as Django has it, and the epoch."""
        fits = f"{self.session_epoch}:{self.password}"
        return salted_hmac("nexus.accounts.session", fits, secret=secret, algorithm="sha256").hexdigest()


class Invitation(models.Model):
    """A link by e-mail, on whose page somebody chooses their password. Of what opens it only a hash is kept."""

    PRIVILEGES = only_changes("secret_hash", "used_at", "withdrawn_at")
    SEEN_BY = open_to_all("Read before anybody is signed in; it holds hashes.")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", help_text="None: by a command"
    )
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    secret_hash = models.CharField(max_length=64, blank=True, help_text="Blank until the e-mail is written")
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(used_at=None, withdrawn_at=None), name="one_open_invitation"
            ),
            models.UniqueConstraint(
                fields=["secret_hash"], condition=~Q(secret_hash=""), name="a_link_opens_one_invitation"
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(withdrawn_at=None) & ~Q(secret_hash=""),
                name="a_used_invitation_had_a_link",
            ),
        ]
        triggers = [pgtrigger.Protect(name="invitations_are_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"


class Scope(models.TextChoices):
    READ = "read", "Read only"
    WRITE = "write", "Read and write"


class Integration(models.Model):
    """A named program of a force or of the Home Office: an administrator grants it, and a person answers for it.

    It shows with a key of its own that it is it (`ProgramKey`), and is given a token for minutes. `scopes` says which
    parts of the API it may read and write: "referrals:read", "referrals:write".
    """

    PRIVILEGES = only_changes("withdrawn_by", "withdrawn_at")
    SEEN_BY = open_to_all("Names of programs, asked at every call with a token.")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="integrations")
    name = models.CharField(max_length=80)
    scopes = models.JSONField(default=list)
    reason = models.TextField()
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(granted_by=F("person")), name="nobody_grants_themselves_a_program"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="an_integration_is_withdrawn_by_somebody",
            ),
        ]
        triggers = [pgtrigger.Protect(name="integrations_are_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name

    def is_live(self, now: datetime) -> bool:
        return self.withdrawn_at is None and self.expires_at > now

    @property
    def may(self) -> str:
        return in_words(self.scopes)


class ProgramKey(models.Model):
    """The public half of a key with which a program signs what asks for a token. The other half never comes here."""

    PRIVILEGES = only_changes("withdrawn_by", "withdrawn_at", "last_used_at")
    SEEN_BY = open_to_all("Public keys, asked before anybody is known.")
    integration = models.ForeignKey(Integration, on_delete=models.PROTECT, related_name="keys")
    public_key = models.TextField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="a_key_is_withdrawn_by_somebody",
            ),
        ]
        triggers = [pgtrigger.Protect(name="program_keys_are_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Key {self.pk}"


class TokenGrant(models.Model):
    """What one token for the API may do, by the token's hash: knox's own table comes after ours. It outlives its token."""

    PRIVILEGES = only_changes("last_used_at")
    SEEN_BY = open_to_all("Read before anybody is known; it holds hashes.")
    digest = models.CharField(max_length=128, unique=True)
    scope = models.CharField(max_length=5, choices=Scope.choices)
    integration = models.ForeignKey(Integration, on_delete=models.PROTECT, null=True, related_name="tokens")
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="scope_of_a_token_is_known")
        ]

    def __str__(self) -> str:
        return f"Token grant {self.pk}"


class SecondFactorReset(models.Model):
    """Somebody lost what they sign in with: one administrator asked for a reset, and another agrees to it."""

    PRIVILEGES = only_changes("agreed_by", "agreed_at")
    SEEN_BY = OFFICE_ONLY
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.TextField()
    agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(agreed_at=None), name="one_reset_asked_for_a_person"
            ),
            models.CheckConstraint(
                condition=Q(agreed_at=None, agreed_by=None)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="a_reset_is_agreed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("person"))
                & (Q(agreed_by=None) | ~Q(agreed_by=F("person")) & ~Q(agreed_by=F("asked_by"))),
                name="a_reset_takes_two_others",
            ),
        ]
        triggers = [pgtrigger.Protect(name="resets_are_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Reset {self.pk}"


class BankHoliday(models.Model):
    """A one-off bank holiday, announced after the published list was made. Withdrawn ones stay, and count no more."""

    day = models.DateField()
    reason = models.CharField(max_length=120)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    SEEN_BY = open_to_all("Days.")
    PRIVILEGES = NEVER_DELETED

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day"], condition=Q(withdrawn_at=None), name="one_bank_holiday_a_day"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="bank_holiday_withdrawn_by_somebody",
            ),
            models.CheckConstraint(condition=Q(day__iso_week_day__lte=5), name="bank_holiday_on_a_weekday"),
        ]
        triggers = [pgtrigger.Protect(name="bank_holidays_are_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.reason
