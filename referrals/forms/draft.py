"""What the force answers, one form a page. Which pages there are: referrals/forms/pages.py."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from nexus.law import law
from nexus.ui.forms import (
    GovukDateField,
    Look,
    PartialDateField,
    TextField,
    YesNoField,
    YesNoNotKnownField,
)
from referrals.forms.answers import AnswersForm, boxes
from referrals.models import Channel, Pending, Sex
from referrals.queries import own_reference_is_taken
from referrals.rules.identifiers import normal_cro, normal_pnc
from referrals.rules.terms import MaterialLevel, Status

LONG = 4000  # characters of a narrative


def line(label: str, length: int = 120) -> TextField:
    return TextField(label=label, max_length=length, required=False)


def narrative(label: str) -> TextField:
    return TextField(label=label, max_length=LONG, multi_line=True, required=False)


def radios(label: str, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False)


def yes_no(label: str) -> YesNoField:
    return YesNoField(label=label, required=False)


def yes_no_not_known(label: str) -> YesNoNotKnownField:
    return YesNoNotKnownField(label=label, required=False)


INLINE = Look(inline=True)


# The guidance's own words, where a page has one question.
INTEREST = "The guidance asks for a subject of “active police interest” (page 9)"
APPLIED_IN_TIME = f"Then leave continues: {law('ia_1971_s3c').words}. Leave it empty for any other status"
MATERIAL = (
    "The guidance asks for “disclosable police material evidencing a current and ongoing threat to the public” "
    "(page 9)"
)


class ReferrerForm(AnswersForm):
    own_reference = TextField(label="Your own reference", max_length=60, required=False)
    officer = line("Officer’s name")
    officer_contact = line("Officer’s e-mail address or telephone number")
    supervisor = line("Supervisor’s name")
    channel = radios("How urgent is the referral?", Channel.choices)
    in_custody = yes_no("Is the subject in custody now?")

    look: Mapping[str, Look] = {
        "own_reference": Look(
            optional=True,
            hint="The number of this record in your own system. It must not be used for another referral.",
            width=20,
            autocomplete="off",
            spellcheck=False,
        ),
        "officer": Look(hint="Who the Referrals Office should ask for"),
        "channel": Look(noun="how urgent the referral is"),
        "in_custody": Look(inline=True),
    }

    def clean_own_reference(self) -> str:
        """The reference, where no other referral of the force has it."""
        wanted: str = self.cleaned_data["own_reference"]
        if own_reference_is_taken(self.referral, wanted):
            raise ValidationError("Another referral of your force has this reference", code="not_unique")
        return wanted


class IdentityForm(AnswersForm):
    surname = line("Family name")
    forenames = line("Given names")
    date_of_birth = PartialDateField(label="Date of birth", not_future=True, required=False)
    sex = radios("Sex", Sex.choices)
    place_of_birth = line("Place of birth")
    description = line("Description")

    look: Mapping[str, Look] = {
        "surname": Look(
            hint="As on a document if you have seen one. If the subject has one name only, enter it here.",
            autocomplete="off",
            spellcheck=False,
        ),
        "forenames": Look(optional=True, autocomplete="off", spellcheck=False),
        "date_of_birth": Look(
            hint="For example, 27 3 1986. If you know the year only, leave day and month empty."
        ),
        "sex": INLINE,
        "place_of_birth": Look(optional=True, hint="Town and country", spellcheck=False),
        "description": Look(
            optional=True,
            hint="Height, build, hair, and what cannot be mistaken: a scar, a tattoo. Officers of an operation read it.",
        ),
    }


class ScopeForm(AnswersForm):
    may_be_british = yes_no_not_known("Is the subject British, or possibly British?")
    may_be_irish = yes_no_not_known("Is the subject Irish, or possibly Irish?")
    right_of_abode = yes_no_not_known(
        "Does the subject have the right of abode, or are they exempt from immigration control?"
    )
    long_resident = yes_no_not_known("Has the subject lived in the UK since childhood, or for many years?")
    scope_evidence = narrative("What did you look at to check this?")

    look: Mapping[str, Look] = {
        "may_be_british": INLINE,
        "may_be_irish": INLINE,
        "right_of_abode": INLINE,
        "long_resident": INLINE,
        "scope_evidence": Look(
            noun="what you looked at", hint="Documents, Home Office records, what the subject said"
        ),
    }


class IdentifiersForm(AnswersForm):
    pnc_id = line("PNC ID", 20)
    cro_number = line("CRO number", 20)
    home_office_reference = line("Home Office reference", 30)
    cid_person_id = line("CID or Atlas person ID", 30)
    prison_number = line("Prison number", 20)
    passport_number = line("Passport number", 30)
    no_identifiers_known = forms.BooleanField(label="No identifier is known", required=False)

    look: Mapping[str, Look] = {
        "pnc_id": Look(width=20, hint="For example, 1999/123456X", spellcheck=False),
        "cro_number": Look(width=20, hint="For example, 123456/99L or SF99/12345M", spellcheck=False),
        "home_office_reference": Look(width=20, hint="Usually a letter and digits, for example A1234567"),
        "cid_person_id": Look(width=20),
        "prison_number": Look(width=20),
        "passport_number": Look(width=20),
    }

    def clean_pnc_id(self) -> str:
        typed = self.cleaned_data["pnc_id"]
        return self.normal(typed, lambda: normal_pnc(typed, this_year=timezone.localdate().year))

    def clean_cro_number(self) -> str:
        typed = self.cleaned_data["cro_number"]
        return self.normal(typed, lambda: normal_cro(typed))

    @staticmethod
    def normal(typed: str, canonical: Any) -> str:
        """The canonical spelling, or the rule's own sentence."""
        try:
            return str(canonical()) if typed else ""
        except ValueError as wrong:
            raise ValidationError(str(wrong).rstrip(".")) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        identifiers = [name for name in IdentifiersForm.base_fields if name != "no_identifiers_known"]
        entered = [name for name in identifiers if cleaned.get(name)]
        if cleaned.get("no_identifiers_known") and entered:
            self.add_error(
                "no_identifiers_known", "You have entered an identifier, so do not tick that none is known"
            )
        return cleaned


class ImmigrationForm(AnswersForm):
    immigration_status = radios("Immigration status", Status.choices())
    leave_continues = yes_no_not_known(
        "If an application or appeal is pending: was it made in time, while leave ran?"
    )
    status_as_at = GovukDateField(
        label="Date on which the status was correct", not_future=True, required=False
    )
    status_source = line("Where does the status come from?")

    look: Mapping[str, Look] = {
        "immigration_status": Look(small=True),
        "leave_continues": Look(inline=True, hint=APPLIED_IN_TIME),
        "status_as_at": Look(hint="For example, 14 11 2026"),
        "status_source": Look(noun="where the status comes from", hint="For example, a Home Office record"),
    }


class ResidenceForm(AnswersForm):
    settlement_scheme = line("EU Settlement Scheme status")
    arrived_on = PartialDateField(label="Date of arrival in the UK", not_future=True, required=False)
    age_at_arrival = forms.IntegerField(label="Age at arrival", min_value=0, max_value=120, required=False)
    years_of_residence = forms.IntegerField(
        label="Length of residence in the UK", min_value=0, max_value=120, required=False
    )

    look: Mapping[str, Look] = {
        "settlement_scheme": Look(optional=True, hint="Leave empty where the scheme does not apply"),
        "arrived_on": Look(
            optional=True, hint="For example, 27 3 2011. If you know the year only, enter the year."
        ),
        "age_at_arrival": Look(optional=True, width=3, suffix="years"),
        "years_of_residence": Look(optional=True, width=3, suffix="years"),
    }


class ClaimForm(AnswersForm):
    active_claim = yes_no_not_known("Is there an active asylum or human-rights claim?")
    active_claim_details = narrative("If yes, what is known of the claim?")

    look: Mapping[str, Look] = {
        "active_claim": INLINE,
        "active_claim_details": Look(noun="what is known of the claim"),
    }


class InterestForm(AnswersForm):
    active_police_interest = yes_no("Is there active police interest in the subject?")
    look: Mapping[str, Look] = {"active_police_interest": Look(inline=True, hint=INTEREST)}


class InterestDetailsForm(AnswersForm):
    interest_what = narrative("What is the interest?")
    interest_by = line("Which team or unit has the interest?")
    interest_on = GovukDateField(label="Date of the interest", not_future=True, required=False)
    removal_priority = yes_no("Would the subject be a priority for immigration enforcement action to remove?")

    look: Mapping[str, Look] = {
        "interest_what": Look(noun="what the interest is"),
        "interest_by": Look(noun="who has the interest"),
        "interest_on": Look(hint="When it was last confirmed, for example 14 11 2026"),
        "removal_priority": Look(
            optional=True, inline=True, hint="Answer this where the subject has no valid immigration leave"
        ),
    }


class HarmForm(AnswersForm):
    harm_physical = boxes("harm_physical", "What kind of harm is it?")
    harm_to_individuals = boxes("harm_to_individuals", "Who is harmed?")
    harm_narrative = narrative("What happened, and what was its impact?")

    look: Mapping[str, Look] = {
        "harm_physical": Look(hint="Select all that apply", noun="the kind of harm"),
        "harm_to_individuals": Look(hint="Select all that apply", noun="who is harmed"),
        "harm_narrative": Look(
            noun="what happened and its impact",
            rows=10,
            hint="Say what the subject did and what it led to. Do not name victims.",
        ),
    }


class ConductListedForm(AnswersForm):
    conduct_listed = forms.BooleanField(label="Every event has been added, or there is none", required=False)


class MaterialForm(AnswersForm):
    material_level = radios("What disclosable police material is there?", MaterialLevel.choices())

    look: Mapping[str, Look] = {
        "material_level": Look(
            noun="what disclosable material there is",
            hint=MATERIAL,
            item_hints={"summary": "The Referrals Office will normally ask for a summary first"},
        )
    }


class MaterialDetailsForm(AnswersForm):
    threat_current = yes_no("Does the material show a current threat to the public?")
    threat_ongoing = yes_no("Does the material show an ongoing threat to the public?")
    material_description = narrative("What does the material show?")

    look: Mapping[str, Look] = {
        "threat_current": INLINE,
        "threat_ongoing": INLINE,
        "material_description": Look(
            noun="what the material shows", hint="What it is, who holds it, and what it can prove"
        ),
    }


class PendingForm(AnswersForm):
    pending_criminal = radios("Are criminal proceedings pending?", Pending.choices)
    pending_litigation = radios("Is immigration litigation pending?", Pending.choices)
    pending_appeals = radios("Is an appeal pending?", Pending.choices)

    look: Mapping[str, Look] = {
        "pending_criminal": Look(inline=True, noun="whether criminal proceedings are pending"),
        "pending_litigation": Look(inline=True, noun="whether immigration litigation is pending"),
        "pending_appeals": Look(inline=True, noun="whether an appeal is pending"),
    }


class PendingDetailsForm(AnswersForm):
    """Asks only about what is pending."""

    pending_criminal_details = narrative("What is known of the criminal proceedings?")
    pending_litigation_details = narrative("What is known of the immigration litigation?")
    pending_appeals_details = narrative("What is known of the appeal?")

    look: Mapping[str, Look] = {
        "pending_criminal_details": Look(noun="what is known of the criminal proceedings"),
        "pending_litigation_details": Look(noun="what is known of the immigration litigation"),
        "pending_appeals_details": Look(noun="what is known of the appeal"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if getattr(self.referral, name.removesuffix("_details")) != Pending.YES:
                del self.fields[name]


class VulnerabilityForm(AnswersForm):
    has_partner = yes_no_not_known("Does the subject have a partner in the UK?")
    has_children = yes_no_not_known("Does the subject have children in the UK?")
    health_condition = yes_no_not_known("Does the subject have a health condition?")
    mental_health_order = yes_no_not_known("Is there an order under the Mental Health Act?")
    trafficking_indicator = yes_no_not_known(
        "Is there an indicator of trafficking, or a National Referral Mechanism referral?"
    )
    under_18 = yes_no_not_known("Is the subject under 18?")
    vulnerability_details = narrative("If you answered yes to any, what is known?")

    look: Mapping[str, Look] = {
        "has_partner": INLINE,
        "has_children": INLINE,
        "health_condition": INLINE,
        "mental_health_order": INLINE,
        "trafficking_indicator": INLINE,
        "under_18": INLINE,
        "vulnerability_details": Look(noun="what is known"),
    }


class AttachmentsListedForm(AnswersForm):
    attachments_listed = forms.BooleanField(
        label="Every document has been added, or there is none", required=False
    )


class DifferencesForm(AnswersForm):
    differences_explained = narrative("Why do these answers differ?")
    look: Mapping[str, Look] = {
        "differences_explained": Look(noun="why the answers differ", hint="The Referrals Office reads this"),
    }


class CommitmentForm(AnswersForm):
    commits_information = boxes("commits_information", "What does the force commit to?")
    signatory = line("Who signs for the force?")
    signatory_post = line("Their rank or post")

    look: Mapping[str, Look] = {
        "commits_information": Look(hint="A referral needs all four", noun="what the force commits to"),
        "signatory": Look(noun="who signs for the force", hint="Their full name"),
        "signatory_post": Look(hint="For example, Detective Chief Inspector"),
    }
