"""Who authorised which exact text, until when, on which conditions."""

import pgtrigger
from django.db import models
from django.db.models import F, Func, Q

from casework.engagement import guards
from casework.engagement.models.engagement import Engagement
from casework.engagement.models.people import person
from nexus.accounts.rules import FRESH
from nexus.privileges import only_changes
from nexus.row_security import with_its


class Authorisation(models.Model):
    """A named person's authorisation of one exact text, until a moment, on conditions.

    Rows are written once; only voiding one, and replacing a verbal one by its writing, add to them.
    """

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="authorisations")
    requested_by = person()
    authorised_by = person()
    authorised_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(help_text="When the pass phrase was entered for it")
    reasons = models.TextField()
    conditions = models.TextField(blank=True)
    expires_at = models.DateTimeField()
    margin_reason = models.TextField("why it lasts longer than the time asked for", blank=True)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    verbal = models.BooleanField(default=False)
    asked_at = models.DateTimeField(null=True, help_text="When it was asked for, where it was verbal")
    replaced_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    voided_by = person(null=True)
    voided_because = models.TextField(blank=True)

    SEEN_BY = with_its("engagement")
    PRIVILEGES = only_changes("replaced_at", "voided_at", "voided_by", "voided_because")

    class Meta:
        ordering = ["authorised_at", "pk"]
        triggers = [
            guards.ends_with_its_window(),
            pgtrigger.ReadOnly(
                name="written_once", exclude=["replaced_at", "voided_at", "voided_by", "voided_because"]
            ),
            pgtrigger.Protect(name="kept_for_good", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="void_stays_void",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__voided_at__isnull=False)
                & pgtrigger.Q(old__voided_at__df=pgtrigger.F("new__voided_at")),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement"],
                condition=Q(voided_at=None, replaced_at=None),
                name="one_authorisation_stands",
            ),
            models.CheckConstraint(
                condition=~Q(authorised_by=F("requested_by")), name="nobody_authorises_their_own_request"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__lte=F("authorised_at"))
                & Q(authorised_at__lte=F("confirmed_at") + FRESH),
                name="authorised_by_the_person_at_the_screen",
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="an_authorisation_has_reasons"),
            models.CheckConstraint(
                condition=Q(verbal=False, asked_at=None) | Q(verbal=True, asked_at__isnull=False),
                name="a_verbal_authorisation_says_when_it_was_asked",
            ),
            models.CheckConstraint(
                condition=Q(
                    sha256=Func(
                        F("text"),
                        template="encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')",
                        output_field=models.CharField(),
                    )
                ),
                name="the_hash_is_of_the_text",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None, voided_because="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(voided_because="")),
                name="a_void_authorisation_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Authorisation {self.pk}"
