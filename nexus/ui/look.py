"""How one field is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Look:
    """How one field is shown. Nothing here changes what the field accepts.

    `noun` is what error messages call the field when the label is a question: "the date of arrest".
    `missing` is the whole sentence shown when it is left empty: "Select yes if they are British".
    `width` is the number of characters the input is wide (2, 3, 4, 5, 10, 20).
    `suggestions` is the id of the page's <datalist> from which the input suggests while somebody types.
    `item_hints` and `divider_before` speak of choices by value; `exclusive` is the checkbox that
    excludes the others ("none of these").
    """

    hint: str = ""
    noun: str = ""
    missing: str = ""
    optional: bool = False
    width: int = 0
    rows: int = 5
    prefix: str = ""
    suffix: str = ""
    inline: bool = False
    small: bool = False
    count: bool = False
    autocomplete: str = ""
    spellcheck: bool | None = None
    inputmode: str = ""
    suggestions: str = ""
    label_class: str = ""
    item_hints: Mapping[str, str] = field(default_factory=dict)
    divider_before: str = ""
    exclusive: str = ""
