"""What a referral has several of: names, nationalities, events, documents."""

from django.db import models
from django.db.models import Q

from nexus.documents.models import Marking, StoredFile
from nexus.row_security import with_its
from nexus.soft_delete import Removable
from referrals.models.referral import Referral
from referrals.rules.grounding import grounding_in_words
from referrals.rules.terms import ConductKind, Part, SentenceType


class NationalitySource(models.TextChoices):
    CLAIMED = "claimed", "Claimed by the subject"
    DOCUMENT = "document", "Seen in a document"
    HOME_OFFICE = "home_office", "Home Office record"


class Alias(Removable):
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField("other name", max_length=240)

    SEEN_BY = with_its("referral")

    class Meta(Removable.Meta):
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Nationality(Removable):
    """One nationality and how it is known: a claimed one is never taken as fact."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="nationalities")
    code = models.CharField("nationality", max_length=3)
    source = models.CharField("how it is known", max_length=12, choices=NationalitySource.choices)

    SEEN_BY = with_its("referral")

    class Meta(Removable.Meta):
        ordering = ["pk"]
        constraints = [
            *Removable.Meta.constraints,
            models.UniqueConstraint(
                fields=["referral", "code"],
                condition=Q(removed_at=None),
                name="one_row_a_nationality",
                violation_error_message="This nationality has already been added.",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Standing(models.TextChoices):
    STANDS = "stands", "Stands"
    UNDER_APPEAL = "under_appeal", "Under appeal"
    QUASHED = "quashed", "Quashed"


class Grounding(models.TextChoices):
    FACT = "fact", "Fact, on record"
    ASSESSMENT = "assessment", "Assessment"


class ConductEvent(Removable):
    """One recorded event and the subject's own part in it."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="conduct")
    own_reference = models.CharField("the force’s own reference", max_length=60, blank=True)
    kind = models.CharField("kind of event", max_length=30, choices=ConductKind.choices())
    part = models.CharField("the subject’s part", max_length=10, choices=Part.choices())
    offence = models.CharField("offence or conduct", max_length=200)
    offence_code = models.CharField(max_length=20, blank=True)
    offence_on = models.DateField("date of the offence or conduct", null=True, blank=True)
    convicted_on = models.DateField("date of conviction", null=True, blank=True)
    sentenced_on = models.DateField("date of sentence", null=True, blank=True)
    court = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=3, default="GBR")
    sentence_type = models.CharField(max_length=15, choices=SentenceType.choices(), blank=True)
    sentence_months = models.PositiveSmallIntegerField("length of sentence, in months", null=True, blank=True)
    standing = models.CharField(max_length=12, choices=Standing.choices, default=Standing.STANDS)
    grounding = models.CharField("fact or assessment", max_length=10, choices=Grounding.choices)
    source_grading = models.CharField(max_length=20, blank=True)

    SEEN_BY = with_its("referral")

    class Meta(Removable.Meta):
        ordering = ["-convicted_on", "-offence_on", "pk"]
        constraints = [
            *Removable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=["conviction", "overseas_conviction"]) | Q(convicted_on__isnull=True),
                name="only_convictions_have_a_conviction_date",
            ),
        ]

    def __str__(self) -> str:
        """Conviction in the UK: Assault, 4 March 2021, Liverpool Crown Court. Two of one offence are told apart."""
        day = self.convicted_on or self.offence_on
        when = f"{day.day} {day:%B} {day.year}" if day else "no date recorded"
        where = self.court or ("" if self.convicted_on is None else "no court recorded")
        return f"{self.get_kind_display()}: {', '.join(filter(None, [self.offence, when, where]))}"

    @property
    def grounding_words(self) -> str:
        """Fact or assessment; of an arrest only the arrest is fact, never what is alleged."""
        return grounding_in_words(self.kind, self.grounding, self.get_grounding_display())


class Attachment(Removable):
    """A document sent with the referral."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="attachments")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="attachment")
    question = models.ForeignKey(
        "Question",
        on_delete=models.PROTECT,
        null=True,
        related_name="attachments",
        help_text="Answered with it",
    )
    description = models.CharField(max_length=200)
    marking = models.CharField(max_length=20, choices=Marking.choices)
    disclosable = models.BooleanField("may be disclosed")

    SEEN_BY = with_its("referral", shows=("file",))

    class Meta(Removable.Meta):
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.description
