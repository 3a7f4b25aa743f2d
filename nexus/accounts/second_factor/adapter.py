"""What allauth asks us: how secrets are kept, and what we are called."""

import base64
import hashlib
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

SERVICE = "Operation Nexus – High Harm"


def cipher() -> MultiFernet:
    """The first key of the settings writes, all of them read: so that a key can be replaced."""
    return MultiFernet([Fernet(_of_32_bytes(key)) for key in settings.NEXUS_SECOND_FACTOR_KEYS])


def _of_32_bytes(key: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(f"second factor:{key}".encode()).digest())


class Adapter(DefaultMFAAdapter):
    """Secrets are encrypted at rest."""

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return SERVICE

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """A key answers only the host it was added on; ALLOWED_HOSTS says which hosts there are."""
        host = context.request.get_host().partition(":")[0]
        return {"id": host, "name": SERVICE}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        """What a key shows of the account: the address that was typed, and no name."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "display_name": entity["name"]}
