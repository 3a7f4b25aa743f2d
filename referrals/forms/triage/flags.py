"""The flag: found, removed, set again."""

from collections.abc import Mapping

from nexus.ui.forms import GovukForm, Look, TextField
from nexus.ui.reasons import reason_form

RemoveFlagForm = reason_form(
    "Why is the flag removed?",
    hint="The force reads this. Leave out legal advice, health and other people’s details.",
    missing="Enter why the flag is removed",
)


SetFlagAgainForm = reason_form(
    "Why is the flag set again?",
    hint="What the police’s interest is now. The force reads this. Leave out legal advice, health and "
    "other people’s details.",
    missing="Enter why the flag is set again",
)


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
