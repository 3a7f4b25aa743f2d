"""The pages of a draft that ask for several sections at once, by what an officer knows at the same time.

Each is the forms of its sections, one below the other; what a section asks is said once, in draft.py. Other names and
nationalities, which are rows, are asked in the page as well.
"""

from collections.abc import Mapping
from typing import Any

from django import forms

from nexus.ui.forms import Look, TextField
from referrals.forms import draft
from referrals.forms.answers import AnswersForm
from referrals.models import NationalitySource, Referral
from referrals.rules.nationalities import NATIONALITY_CHOICES, nationality_name
from referrals.rules.nationality_words import nationality_code

NATIONALITIES = range(1, 4)  # asked on the page; more are added on their own page
MOST_NAMES = 20
NATIONALITY_LIST = "nationality-names"
CODES = {name.casefold(): code for code, name in NATIONALITY_CHOICES}


class OtherNamesForm(AnswersForm):
    """Other names, a line each."""

    other_names = TextField(
        label="Other names or spellings, each on its own line",
        max_length=4000,
        multi_line=True,
        required=False,
    )
    row_fields: tuple[str, ...] = ("other_names",)
    look: Mapping[str, Look] = {
        "other_names": Look(optional=True, rows=3, hint="The whole name, as it was used", spellcheck=False)
    }

    @classmethod
    def stored(cls, referral: Referral) -> dict[str, Any]:
        """With the names that are stored as rows."""
        names = [alias.name for alias in referral.aliases.all()] if referral.pk else []
        return {**super().stored(referral), "other_names": "\n".join(names)}

    def clean_other_names(self) -> list[str]:
        """Each line once."""
        names = dict.fromkeys(
            filter(None, (" ".join(line.split()) for line in self.cleaned_data["other_names"].split("\n")))
        )
        if len(names) > MOST_NAMES:
            raise forms.ValidationError(f"Enter {MOST_NAMES} other names at most")
        if any(len(name) > 240 for name in names):
            raise forms.ValidationError("Other names must be 240 characters or fewer each")
        return list(names)


def words(label: str) -> TextField:
    return TextField(label=label, max_length=80, required=False)


def known_by(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[("", "Choose"), *NationalitySource.choices], required=False
    )


class NationalitiesForm(AnswersForm):
    """Up to three nationalities, each with how it is known. The words may be a country's or its people's."""

    row_fields: tuple[str, ...] = tuple(
        name for n in NATIONALITIES for name in (f"nationality_{n}", f"nationality_{n}_source")
    )
    nationality_1, nationality_1_source = words("Nationality"), known_by("How is the nationality known?")
    nationality_2, nationality_2_source = words("Second nationality"), known_by("How is the second known?")
    nationality_3, nationality_3_source = words("Third nationality"), known_by("How is the third known?")
    look: Mapping[str, Look] = {
        f"nationality_{n}": Look(
            suggestions=NATIONALITY_LIST,
            autocomplete="off",
            spellcheck=False,
            width=20,
            optional=n > 1,
            hint="Start typing: names are suggested. “Stateless” and “Unspecified nationality” can be chosen too"
            if n == 1
            else "",
        )
        for n in NATIONALITIES
    }

    @classmethod
    def stored(cls, referral: Referral) -> dict[str, Any]:
        """With the first nationalities that are stored as rows."""
        rows = list(referral.nationalities.all()[: len(NATIONALITIES)]) if referral.pk else []
        found = super().stored(referral)
        for n, row in zip(NATIONALITIES, rows, strict=False):
            found |= {f"nationality_{n}": nationality_name(row.code), f"nationality_{n}_source": row.source}
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for n in NATIONALITIES:
            self.check_one(n, cleaned)
        return cleaned

    def check_one(self, n: int, cleaned: dict[str, Any]) -> None:
        """A nationality has both parts, is known by its words, and stands once."""
        words, source = cleaned.get(f"nationality_{n}", ""), cleaned.get(f"nationality_{n}_source", "")
        earlier = [self.code(each, cleaned) for each in NATIONALITIES if each < n]
        if words and not (code := self.code(n, cleaned)):
            self.add_error(
                f"nationality_{n}", f"“{words}” is not a nationality in the list. Choose one from the list"
            )
        elif words and code in earlier:
            self.add_error(f"nationality_{n}", "This nationality has already been added")
        elif words and not source:
            self.add_error(f"nationality_{n}_source", "Select how the nationality is known")
        elif source and not words:
            self.add_error(f"nationality_{n}", "Enter the nationality, or select how none is known")

    @staticmethod
    def code(n: int, cleaned: dict[str, Any]) -> str:
        typed = cleaned.get(f"nationality_{n}") or ""
        return CODES.get(typed.casefold()) or nationality_code(typed)

    def nationalities(self) -> list[tuple[str, str]] | None:
        """Code and source of each; None where one of them is wrong, and nothing of them is saved."""
        if set(self.row_fields) & set(self.errors):
            return None
        given = [n for n in NATIONALITIES if self.cleaned_data.get(f"nationality_{n}")]
        return [
            (self.code(n, self.cleaned_data), self.cleaned_data[f"nationality_{n}_source"]) for n in given
        ]


class SubjectForm(
    draft.ScopeForm, draft.IdentifiersForm, NationalitiesForm, OtherNamesForm, draft.IdentityForm
):
    """Who the subject is. The bases stand last first: the order in which Django takes their fields."""

    field_order = (
        *("surname", "forenames", "other_names", "date_of_birth", "sex", "place_of_birth", "description"),
        *NationalitiesForm.row_fields,
        *draft.IdentifiersForm.base_fields,
        *draft.ScopeForm.base_fields,
    )
    row_fields: tuple[str, ...] = (*OtherNamesForm.row_fields, *NationalitiesForm.row_fields)
    look: Mapping[str, Look] = {
        **draft.IdentityForm.look,
        **OtherNamesForm.look,
        **NationalitiesForm.look,
        **draft.IdentifiersForm.look,
        **draft.ScopeForm.look,
    }

    def rows(self) -> dict[str, Any]:
        """What `actions.save_page` takes; None of the rows where they are wrong, and nothing of them is saved."""
        names = None if "other_names" in self.errors else self.cleaned_data.get("other_names")
        return {
            "other_names": names,
            "nationalities": self.nationalities(),
            "most_nationalities": len(NATIONALITIES),
        }


class StatusForm(draft.ClaimForm, draft.ResidenceForm, draft.ImmigrationForm):
    """The immigration position. Age and length of residence follow from the date of arrival where it is known."""

    look: Mapping[str, Look] = {
        **draft.ImmigrationForm.look,
        **draft.ResidenceForm.look,
        **draft.ClaimForm.look,
        "age_at_arrival": Look(
            optional=True, width=3, suffix="years", hint="If the date of arrival is not known"
        ),
        "years_of_residence": Look(
            optional=True, width=3, suffix="years", hint="If the date of arrival is not known"
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("age_at_arrival", "years_of_residence"):
            if self.referral.arrived_on and getattr(self.referral, name) is None:
                del self.fields[name]


class GroundsForm(
    draft.MaterialDetailsForm,
    draft.MaterialForm,
    draft.HarmForm,
    draft.InterestDetailsForm,
    draft.InterestForm,
):
    """Why this is High Harm: the interest, the harm, the material."""

    look: Mapping[str, Look] = {
        **draft.InterestForm.look,
        **draft.InterestDetailsForm.look,
        **draft.HarmForm.look,
        **draft.MaterialForm.look,
        **draft.MaterialDetailsForm.look,
    }


class CircumstancesForm(draft.VulnerabilityForm, draft.PendingForm):
    """What is pending, and who is affected."""

    look: Mapping[str, Look] = {**draft.PendingForm.look, **draft.VulnerabilityForm.look}
