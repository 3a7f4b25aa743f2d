"""The flag: found, removed, set again."""

from collections.abc import Mapping

from nexus.ui.forms import GovukForm, Look, TextField
from referrals.forms.triage.asking import LONG


class RemoveFlagForm(GovukForm):
    reason = TextField(label="Why is the flag removed?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(
            hint="The force reads this. Leave out legal advice, health and other people’s details.",
            missing="Enter why the flag is removed",
            noun="the reason",
        )
    }


class SetFlagAgainForm(GovukForm):
    reason = TextField(label="Why is the flag set again?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(
            hint="What the police’s interest is now. The force reads this. Leave out legal advice, health and "
            "other people’s details.",
            missing="Enter why the flag is set again",
            noun="the reason",
        )
    }


class FlagSearchForm(GovukForm):
    words = TextField(
        label="Reference, Home Office reference, CID or Atlas person ID, or name", max_length=120
    )
    look: Mapping[str, Look] = {
        "words": Look(
            missing="Enter a reference, an identifier or a name",
            autocomplete="off",
            spellcheck=False,
            noun="words",
        )
    }
