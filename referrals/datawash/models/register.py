"""The immigration register, as `manage.py register` loads it."""

import pgtrigger
from django.db import models

from nexus.row_security import OFFICE_ONLY


class CurrentTransaction(models.Func):
    """PostgreSQL's number of the transaction that is writing. Numbers are never used again."""

    template = "pg_current_xact_id()::text::bigint"
    output_field = models.BigIntegerField()


class Person(models.Model):
    """One person of the immigration register: the stand-in for CID and Atlas, loaded by `manage.py register`.

    Texts as the register holds them; `dob` is YYYY-MM-DD, or YYYY where only the year is known.
    """

    person_id = models.CharField(max_length=40, unique=True)
    surname = models.CharField(max_length=200)
    forenames = models.CharField(max_length=200, blank=True)
    dob = models.CharField("date of birth", max_length=10, blank=True)
    sex = models.CharField(max_length=20, blank=True)
    nationality = models.CharField(max_length=60, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    place_of_birth = models.CharField(max_length=120, blank=True)
    aliases = models.TextField(blank=True)
    pnc_id = models.CharField("PNC ID", max_length=20, blank=True)
    cro = models.CharField("CRO number", max_length=20, blank=True)
    ho_ref = models.CharField("Home Office reference", max_length=40, blank=True)
    immigration_status = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField()
    changed_in = models.BigIntegerField(
        db_default=CurrentTransaction(),
        db_index=True,
        editable=False,
        help_text="The transaction that wrote the row last: the snapshot reads what it has not seen",
    )
    gone_at = models.DateTimeField(
        null=True, db_index=True, help_text="No longer in the register; kept while washes name the row"
    )

    SEEN_BY = OFFICE_ONLY

    class Meta:
        verbose_name_plural = "people"
        triggers = [
            pgtrigger.Trigger(
                name="changes_name_their_transaction",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(),
                func="NEW.changed_in = pg_current_xact_id()::text::bigint; RETURN NEW;",
            )
        ]

    def __str__(self) -> str:
        return self.person_id
