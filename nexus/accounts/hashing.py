"""Passwords are hashed one at a time in a process: a hash is dear on purpose, and many at once would starve the pages."""

import threading

from django.contrib.auth.hashers import Argon2PasswordHasher

HASHING = threading.BoundedSemaphore(1)


class BoundedArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id with 46 MiB in one pass on one core, the first of the equal choices OWASP's cheat sheet names."""

    time_cost = 1
    memory_cost = 47_104  # KiB
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with HASHING:
            return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        with HASHING:
            return bool(super().verify(password, encoded))
