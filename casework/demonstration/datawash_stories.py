"""The story of the data-washes: a register, agreements with three forces, their lists, and Croydon's review.

The register holds the subjects of the referrals and namesakes of some of them beside invented others, so a
list finds exact, probable, possible and ambiguous matches, and subjects whom nobody knows.
"""

import csv
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from random import Random

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.demonstration.people import People
from casework.demonstration.timeline import Story, happens, working_hours
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.recording import record
from referrals.datawash import actions, queue
from referrals.datawash.actions import washing
from referrals.datawash.linkage.engine import connected
from referrals.datawash.linkage.files import OPTIONAL, REQUIRED
from referrals.datawash.linkage.generator import generate_list, generate_register
from referrals.datawash.linkage.slips import misheard
from referrals.datawash.linkage.traditions import TRADITIONS
from referrals.datawash.models import Candidate, Verdict, Wash
from referrals.datawash.register import current_snapshot
from referrals.models import Referral

STRANGERS = 2500  # of the register: invented people nobody has referred
LISTS, LISTED = 5, 40  # rows of a list, besides the force's own subjects
OWN = 12  # of the force's own subjects
SHARE_UNKNOWN, HARDNESS, OWN_HARDNESS = 0.2, 1.2, 0.6
REGISTER_COLUMNS = (
    "person_id", "surname", "forenames", "dob", "sex", "nationality", "pnc_id", "cro", "ho_ref",
    "immigration_status",
)  # fmt: skip
Row = dict[str, str]


@dataclass
class List:
    """A force's list: who sends it, its name, and whom it names besides the force's own subjects."""

    by: User
    name: str
    others: list[Row]

    def __post_init__(self) -> None:
        self.rng = Random(f"the list {self.name}")


def wash_stories(people: People, *, seed: str, now: datetime) -> list[Story]:
    """A list out of date and erased, one reviewed in part, one just checked, one discarded, one parked."""

    def ago(**length: float) -> datetime:
        return working_hours(now - timedelta(**length), Random(f"{seed} hour {length}"))

    west_midlands, met = people.by_email["officer@wmp.example"], people.by_email["officer@met.example"]
    manchester = people.having(Role.POLICE_OFFICER, force="06")[0]
    strangers, lists = strangers_and_lists()
    return [
        register_story(strangers, ago(days=50)),
        register_story(strangers, ago(days=9)),
        agreement_story(people, ago(days=49)),
        washed_story(people, List(met, "custody-september.csv", lists[0]), ago(days=45)),
        ageing_story(ago(days=30)),
        ageing_story(ago(days=15)),
        washed_story(people, List(west_midlands, "custody-november.csv", lists[1]), ago(days=6)),
        unwashed_story(List(west_midlands, "offender-management.csv", lists[2]), ago(days=1)),
        unwashed_story(List(manchester, "wrong-list.csv", lists[3]), ago(days=4), then="discard"),
        unwashed_story(List(manchester, "custody-manchester.csv", lists[4]), ago(days=3), then="park"),
    ]


def register_story(strangers: list[Row], at: datetime) -> Story:
    """The register as it is at that time: strangers, everybody referred so far, and namesakes."""
    yield at
    with tempfile.TemporaryDirectory(prefix="nexus-register-") as folder:
        file = Path(folder) / "register.csv"
        with file.open("w", newline="", encoding="utf-8") as opened:
            writer = csv.DictWriter(opened, REGISTER_COLUMNS, extrasaction="ignore", restval="")
            writer.writeheader()
            writer.writerows(strangers)
            writer.writerows(referred())
        actions.load(file=file, now=at)
    current_snapshot(now=at)


def strangers_and_lists() -> tuple[list[Row], list[list[Row]]]:
    """Everybody in the register nobody has referred, and the rows that police would write of some of them."""
    with connected() as connection:
        generate_register(connection, "people", STRANGERS, seed=1)
        table = connection.sql("SELECT * FROM people ORDER BY person_id").to_arrow_table()
        people = [{name: value or "" for name, value in row.items()} for row in table.to_pylist()]
        subjects = generate_list(
            connection, "people", LISTS * LISTED, seed=1, hardness=HARDNESS, absent=SHARE_UNKNOWN
        )
    people[-1]["immigration_status"] = "criminal_casework"  # a force refers them: twice_stories
    rows = [subject.row for subject in subjects]
    return people, [rows[number * LISTED : (number + 1) * LISTED] for number in range(LISTS)]


def referred() -> Iterable[Row]:
    """Subjects of referrals as the register knows them; every ninth has a namesake born on the same day."""
    known = Referral.objects.exclude(surname="").exclude(date_of_birth=None).order_by("reference")
    for number, referral in enumerate(known):
        row = {**as_row(referral), "person_id": f"R{referral.reference[4:].replace('-', '')}",
               "immigration_status": referral.immigration_status}  # fmt: skip
        yield row
        if number % 9 == 0:
            nobody = dict.fromkeys(("pnc_id", "cro", "ho_ref"), "")
            yield {
                **row,
                **nobody,
                "person_id": f"N{row['person_id'][1:]}",
                "immigration_status": "limited_leave",
            }


def as_row(referral: Referral) -> Row:
    nationality = referral.nationalities.first()
    return {
        "surname": referral.surname,
        "forenames": referral.forenames,
        "dob": referral.date_of_birth.isoformat() if referral.date_of_birth else "",
        "sex": referral.sex if referral.sex in ("male", "female") else "",
        "nationality": nationality.code if nationality else "",
        "pnc_id": referral.pnc_id,
        "cro": referral.cro_number,
        "ho_ref": referral.home_office_reference,
    }


def agreement_story(people: People, at: datetime) -> Story:
    yield at
    agreed: tuple[tuple[str, Row], ...] = (("20", {}), ("01", {"irish": "undetermined"}), ("06", {}))
    for code, pots in agreed:
        actions.agree(
            by=people.having(Role.MANAGER)[0],
            now=at,
            force=people.forces[code],
            title="Data-wash of custody and offender lists",
            starts_on=at.date(),
            ends_on=None,
            stale_after_days=28,
            purge_after_days=14,
            pots=pots,
        )


def washed_story(people: People, listed: List, at: datetime) -> Story:
    """Uploaded, washed, and reviewed by two officers who differ once."""
    yield at
    wash = uploaded(listed, at)
    yield (at := at + timedelta(minutes=4))
    actions.queue(wash_id=wash.pk, by=listed.by, now=at)
    yield (at := at + timedelta(seconds=3))
    actions.wash(wash_id=wash.pk, clock=lambda: at)
    first, second = people.having(Role.REFERRALS_OFFICER)[:2]
    reviewed = []
    for _ in range(waiting_in(wash) * 2 // 3):
        yield (at := at + timedelta(minutes=listed.rng.randint(2, 9)))
        reviewed.append(review_next(wash, first, at, listed.rng))
    if reviewed:
        yield (at := at + timedelta(hours=3))
        say(reviewed[0], Verdict.NOT_SAME, second, at, "The photograph shows somebody else. (Invented.)")


def waiting_in(wash: Wash) -> int:
    return queue.filtered(queue.awaiting_review(queue.reviewable()), {"list": wash.pk}).count()


def review_next(wash: Wash, by: User, at: datetime, rng: Random) -> Candidate:
    """Mostly what the weights say, as it need not be in life; now and then nobody can tell."""
    pair = Candidate.objects.get(pk=queue.next_waiting({"list": wash.pk}) or 0)
    likely = Verdict.SAME if pair.probability > 0.6 else Verdict.NOT_SAME
    say(pair, Verdict.CANNOT_TELL if happens(rng, 15) else likely, by, at, "")
    return pair


def say(pair: Candidate, verdict: Verdict, by: User, at: datetime, note: str) -> None:
    """Opened and read, then answered."""
    record(kind="datawash.pair_viewed", by=by, subject=pair.row, now=at, detail={"candidate": pair.pk})
    actions.review(candidate_id=pair.pk, by=by, now=at, verdict=verdict, note=note)


def ageing_story(at: datetime) -> Story:
    yield at
    actions.go_stale(now=at)
    actions.purge(now=at)


def unwashed_story(listed: List, at: datetime, then: str = "") -> Story:
    """Checked, and left; or thrown away; or given up by the worker."""
    yield at
    wash = uploaded(listed, at)
    if not then:
        return
    yield (at := at + timedelta(minutes=6))
    if then == "discard":
        actions.discard(wash_id=wash.pk, by=listed.by, now=at)
        return
    actions.queue(wash_id=wash.pk, by=listed.by, now=at)
    for _ in range(settings.NEXUS_DATAWASH_ATTEMPTS):
        token = washing.begin(wash_id=wash.pk, now=at)
        if token:
            washing.fail(wash_id=wash.pk, token=token, now=at, what="OSError")


def uploaded(listed: List, at: datetime) -> Wash:
    """The force's list as a file: some of its own subjects, others, and lines that are refused."""
    rows = [*own_subjects(listed.by, listed.rng), *listed.others]
    listed.rng.shuffle(rows)
    prefix = listed.name[:4].upper().strip("-")
    text = StringIO()
    writer = csv.DictWriter(text, [*REQUIRED, *OPTIONAL], extrasaction="ignore", restval="")
    writer.writeheader()
    for number, row in enumerate(rows, start=1):
        writer.writerow({**row, "force_row_ref": f"{prefix}-{number:03d}"})
    writer.writerow({**rows[0], "force_row_ref": "LAST-1", "dob": "31/02/1985"})
    writer.writerow({**rows[1], "force_row_ref": "LAST-2"})
    file = SimpleUploadedFile(listed.name, text.getvalue().encode(), content_type="text/csv")
    purpose = "To find whom to refer to Nexus – High Harm."
    wash = actions.upload(by=listed.by, now=at, purpose=purpose, file=file)
    actions.read(wash_id=wash.pk, clock=lambda: at)
    return Wash.objects.get(pk=wash.pk)


def own_subjects(by: User, rng: Random) -> list[Row]:
    """As the police write the force's own referred subjects: with slips and without half the identifiers."""
    mine = Referral.objects.filter(force=by.force).exclude(surname="").exclude(date_of_birth=None)
    unknown = {"postcode": "", "aliases": "", "tradition": TRADITIONS[0].name}
    return [
        misheard(rng, {**as_row(referral), **unknown}, "", OWN_HARDNESS)[0]
        for referral in mine.order_by("reference")[:OWN]
    ]
