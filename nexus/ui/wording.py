"""The words of a form's error messages, in the GOV.UK manner, made from the field's name."""

from django import forms

from nexus.ui.fields import YesNoField, YesNoNotKnownField, first_upper

ARTICLES = (
    "the ",
    "a ",
    "an ",
    "your ",
    "their ",
    "at least ",
    "any ",
    "all ",
    "why ",
    "how ",
    "what ",
    "which ",
    "who ",
    "whether ",
    "when ",
    "where ",
)
ARTICLES_BEFORE_NOUNS = ("the ", "a ", "an ")

# A page that comes back with an error has lost every file that was chosen on it.
CHOOSE_AGAIN = "Choose the {noun} again: a browser does not keep it"

# What each kind of field says; {Noun} begins a sentence, {noun} does not, {the} brings its article.
CHOICE = {
    "required": "Select {the}",
    "invalid_choice": "Select {the} from the list",
    "invalid_list": "Select {the} from the list",
    "invalid_pk_value": "Select {the} from the list",
}
MESSAGES: tuple[tuple[type[forms.Field] | tuple[type[forms.Field], ...], dict[str, str]], ...] = (
    (
        forms.FileField,
        {
            "required": "Select a file",
            "invalid": "Select a file",
            "missing": "Select a file",
            "empty": "The selected file is empty",
            "max_length": "The file’s name must be %(max)d characters or fewer",
        },
    ),
    (forms.BooleanField, {"required": "{Confirm}"}),
    (
        forms.EmailField,
        {"required": "Enter {the}", "invalid": "Enter {the} in the correct format, like name@example.com"},
    ),
    (
        (forms.DecimalField, forms.FloatField),
        {
            "required": "Enter {the}",
            "invalid": "{Noun} must be a number",
            "max_digits": "{Noun} must have no more than %(max)s digits",
            "max_decimal_places": "{Noun} must have no more than %(max)s decimal places",
        },
    ),
    (forms.IntegerField, {"required": "Enter {the}", "invalid": "{Noun} must be a whole number"}),
    (YesNoField, {"required": "Select yes or no", "invalid_choice": "Select yes or no"}),
    (
        YesNoNotKnownField,
        {"required": "Select yes, no or not known", "invalid_choice": "Select yes, no or not known"},
    ),
    (forms.ChoiceField, CHOICE),
    (forms.ModelMultipleChoiceField, CHOICE),
    (forms.ModelChoiceField, CHOICE),
    (forms.Field, {"required": "Enter {the}", "invalid": "{Noun} must be in the correct format"}),
)
LIMITS = {
    "max_length": "{Noun} must be %(limit_value)d characters or fewer",
    "min_length": "{Noun} must be %(limit_value)d characters or more",
    "max_value": "{Noun} must be %(limit_value)s or fewer",
    "min_value": "{Noun} must be %(limit_value)s or more",
    "null_characters_not_allowed": "{Noun} must not include hidden control characters",
}


def say(field: forms.Field, *, noun: str, missing: str = "") -> None:
    """Replace Django's own words by ours. Words a form has chosen itself are left alone.

    `noun` comes from `noun_of`; `missing` replaces the sentence for an empty field.
    """
    words = {
        "Noun": first_upper(noun).replace("%", "%%"),
        "the": with_article(noun).replace("%", "%%"),
        "Confirm": confirm(noun).replace("%", "%%"),
    }
    own = django_words(field)
    messages = next(messages for kind, messages in MESSAGES if isinstance(field, kind))
    for code, sentence in {**LIMITS, **messages}.items():
        if field.error_messages.get(code) == own.get(code):
            field.error_messages[code] = sentence.format(**words)
    if missing:
        field.error_messages["required"] = missing


def confirm(statement: str) -> str:
    """ "I confirm that the papers are complete" → "Confirm that the papers are complete"."""
    first, _, rest = statement.partition(" ")
    return first_upper(rest) if first == "I" and rest else f"Confirm: {lower_first(statement)}"


def django_words(field: forms.Field) -> dict[str, str]:
    """The messages the field's classes bring, before a form changes any."""
    messages: dict[str, str] = {}
    for kind in reversed(type(field).__mro__):
        messages.update(getattr(kind, "default_error_messages", {}))
    return messages


def lower_first(words: str) -> str:
    """ "Date of birth" → "date of birth"; "PNC ID" and "Home Office reference" stay as they are."""
    first, *rest = words.split(" ", 1)
    if first[1:].lower() != first[1:] or (rest and rest[0][:1].isupper()):
        return words
    return words[:1].lower() + words[1:]


def with_article(noun: str) -> str:
    words = lower_first(noun)
    return words if words.startswith(ARTICLES) else f"the {words}"


def noun_of(label: str) -> str:
    """What a field is called: "the reasons" → "reasons". A question has no noun: "your answer"."""
    return "your answer" if label.endswith("?") else without_article(label)


def without_article(noun: str) -> str:
    for article in ARTICLES_BEFORE_NOUNS:
        if noun.lower().startswith(article):
            return noun[len(article) :]
    return noun
