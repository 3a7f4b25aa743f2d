"""`manage.py drill`: what the service promises of its worst days, tried and measured. The figure comes last."""

from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core.management.base import BaseCommand, CommandError
from django.test import Client

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.accounts.second_factor import half_way
from nexus.drills import flood, restore, writing

AT_MOST = 2.0  # times what a page takes otherwise
LOST_AT_MOST, BACK_WITHIN = 60, 300  # seconds


class Command(BaseCommand):
    """Each drill is one word; it exits 1 when what was promised is not kept."""

    help = "Tries what the service promises of its worst days, on this machine, and prints the figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        drills = parser.add_subparsers(dest="drill", required=True)
        of = drills.add_parser(
            "sign-in", help="wrong passwords by many connections, on a running `manage.py up`"
        )
        of.add_argument("--address", default=settings.NEXUS_ADDRESS)
        of.add_argument("--page", default="/waiting/", help="the signed-in page that must not suffer")
        of.add_argument("--email", default="", help="who reads it; otherwise the first manager")
        of.add_argument("--connections", type=int, default=16)
        of.add_argument("--seconds", type=float, default=20)

        of = drills.add_parser("restore", help="backup, disaster and restore of a database of its own")
        of.add_argument("--archive-seconds", type=int, default=30, help="as docker-compose.yml has it")
        of.add_argument("--writing-seconds", type=float, default=75, help="until the disaster")
        drills.add_parser("write", help="what `restore` has somebody do meanwhile; without end")

    def handle(self, *args: Any, drill: str, **options: Any) -> None:
        if drill == "sign-in":
            self.sign_in(**options)
        elif drill == "restore":
            self.restore(**options)
        else:
            self.write()

    def restore(self, *, archive_seconds: int, writing_seconds: float, **options: Any) -> None:
        """At most a minute lost, back within five."""
        with TemporaryDirectory(prefix="nexus-drill-") as folder:
            Path(folder).chmod(0o711)  # as root, the servers are somebody else
            kept = restore.disaster(
                Path(folder), archive_seconds=archive_seconds, writing_seconds=writing_seconds
            )
            found = restore.restored(kept)
        self.stdout.write(found.words)
        if not found.holds(lost_at_most=LOST_AT_MOST, back_within=BACK_WITHIN):
            raise CommandError(
                f"At most {LOST_AT_MOST} s may be lost, and {BACK_WITHIN} s go by until it is back."
            )

    def write(self) -> None:
        """A line for each acknowledged write, at once."""
        for line in writing.write():
            self.stdout.write(line)
            self.stdout.flush()

    def sign_in(
        self, *, address: str, page: str, email: str, connections: int, seconds: float, **options: Any
    ) -> None:
        """A page's median beside the flood against its median without."""
        people = User.objects.filter(is_active=True)
        who = people.filter(email=email) if email else people.filter(role=Role.MANAGER)
        person = who.order_by("id").first()
        if person is None:
            raise CommandError("There is nobody to read the page: name somebody with --email.")
        session = session_of(person)
        cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
        try:
            found = flood.measure(address, page, cookie, connections=connections, seconds=seconds)
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        finally:
            session.flush()
        for status, number in sorted(found.answers.items()):
            self.stdout.write(f"{number} sign-ins were answered {status or 'not at all'}")
        self.stdout.write(
            f"{page} took {found.calm * 1000:.0f} ms, beside the flood {found.flooded * 1000:.0f} ms"
        )
        self.stdout.write(f"{found.times:.2f} times, at most {AT_MOST:g}")
        if found.times > AT_MOST:
            raise CommandError("Wrong passwords slow down who is signed in.")


def session_of(person: User) -> SessionBase:
    """A session as after both steps of signing in, for as long as the drill lasts; its caller ends it."""
    browser = Client()
    browser.force_login(person)
    session = browser.session
    half_way.mark(session, person, "app")
    session.save()
    return session
