"""Each widget in GOV.UK clothes: its words, its errors, and everything typed kept."""

import re
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.utils.datastructures import MultiValueDict

from nexus.refusals import Refused
from nexus.ui.forms import GovukForm, Look, TextField, YesNoField, YesNoNotKnownField, bind, show_refusal
from nexus.ui.rendering import component, error_summary
from tests.nexus.ui.gallery import EveryWidget

GOOD: dict[str, Any] = {
    "surname": "Çelik-Öztürk",
    "fee": "12.50",
    "email": "ada@police.example",
    "months": "18",
    "narrative": "First line.\r\nSecond line.",
    "born-day": "",
    "born-month": "",
    "born-year": "1986",
    "born-precision": "year_only",
    "arrested-day": "27",
    "arrested-month": "3",
    "arrested-year": "2020",
    "british": "no",
    "threat": "not_known",
    "nationality": "FRA",
    "channel": "live",
    "harms": ["physical", "emotional"],
    "agreed": "on",
    "secret": "swordfish",
    "token": "kept",
}

# The forms here are sent with a file, which a page with any error has lost.
AGAIN = {"text": "Choose the document again: a browser does not keep it", "href": "#id_document"}


def form(**changes: Any) -> EveryWidget:
    data: MultiValueDict[str, Any] = MultiValueDict()
    for name, value in {**GOOD, **changes}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    files = {"document": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}
    return EveryWidget(data, MultiValueDict({k: [v] for k, v in files.items()}))


def params(bound: Any, **options: Any) -> Any:
    return component(bound, **options)["params"]


def test_the_good_form_is_clean() -> None:
    filled = form()
    assert filled.errors == {}
    assert filled.cleaned_data["narrative"] == "First line.\nSecond line."
    assert filled.cleaned_data["british"] is False
    assert filled.cleaned_data["harms"] == ["physical", "emotional"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("surname", "input"),
        ("narrative", "character_count"),
        ("note", "textarea"),
        ("born", "partial_date"),
        ("arrested", "date"),
        ("british", "radios"),
        ("threat", "radios"),
        ("nationality", "select"),
        ("channel", "radios"),
        ("harms", "checkboxes"),
        ("agreed", "checkboxes"),
        ("document", "file"),
        ("secret", "password"),
        ("token", "hidden"),
    ],
)
def test_each_widget_has_its_component(name: str, kind: str) -> None:
    assert component(EveryWidget()[name])["name"] == kind


def test_nothing_is_preselected() -> None:
    empty = EveryWidget()
    for name in ("british", "threat", "channel", "harms", "agreed"):
        assert not any(item.get("checked") for item in params(empty[name])["items"]), name
    assert not any(item["checked"] for item in params(empty["born"])["precisions"])
    assert params(empty["nationality"])["items"][0] == {"value": "", "text": "Choose", "selected": False}


def test_answers_come_back_as_typed() -> None:
    filled = form(surname="  <b>Çelik</b> ", **{"arrested-month": "Octember"})
    assert params(filled["surname"])["value"] == "  <b>Çelik</b> "
    assert [item["value"] for item in params(filled["arrested"])["items"]] == ["27", "Octember", "2020"]
    assert [i.get("checked") for i in params(filled["harms"])["items"]] == [True, True, None, False]
    assert [i["selected"] for i in params(filled["nationality"])["items"]] == [False, False, True, False]
    assert params(filled["born"])["precisions"][1]["checked"]


def test_a_password_never_comes_back() -> None:
    assert "value" not in params(form(surname="")["secret"])


def test_initial_values_are_shown() -> None:
    class Answers(GovukForm):
        british = YesNoField(label="British")
        threat = YesNoNotKnownField(label="Threat")

    shown = Answers(initial={"british": False, "threat": "not_known"})
    assert [i["checked"] for i in params(shown["british"])["items"]] == [False, True]
    assert [i["checked"] for i in params(shown["threat"])["items"]] == [False, False, True]


def test_looks_are_carried() -> None:
    empty = EveryWidget()
    assert params(empty["surname"])["classes"] == "govuk-input--width-20"
    assert params(empty["fee"])["prefix"] == {"text": "£"}
    assert params(empty["months"]) | {"suffix": {"text": "months"}, "inputmode": "numeric"} == params(
        empty["months"]
    )
    assert params(empty["note"])["label"]["text"] == "Note (optional)"
    assert params(empty["british"])["classes"] == "govuk-radios--inline"
    assert params(empty["channel"])["items"][1]["hint"] == {"text": "Somebody is in custody now"}
    assert params(empty["harms"])["items"][2:] == [
        {"divider": "or"},
        {
            "value": "none",
            "text": "None of these",
            "checked": False,
            "id": "id_harms-3",
            "behaviour": "exclusive",
        },
    ]
    assert params(empty["document"])["attributes"] == {"accept": ".pdf"}


def test_the_label_can_be_the_heading() -> None:
    assert params(EveryWidget()["surname"], heading=True)["label"] == {
        "text": "Surname",
        "classes": "govuk-label--l",
        "isPageHeading": True,
    }
    legend = params(EveryWidget()["channel"], heading=True)["fieldset"]["legend"]
    assert (legend["classes"], legend["isPageHeading"]) == ("govuk-fieldset__legend--l", True)


def test_the_summary_has_the_fields_words_and_links_to_the_first_bad_input() -> None:
    filled = form(surname="", harms=[], **{"arrested-year": ""})
    filled.is_valid()
    filled.add_error(None, "Ada Brown holds this referral")
    assert error_summary(filled) == [
        {"text": "Ada Brown holds this referral"},
        {"text": "Enter the surname", "href": "#id_surname"},
        {"text": "Date of arrest must include a year", "href": "#id_arrested-year"},
        {"text": "Select the kinds of harm", "href": "#id_harms"},
        AGAIN,
    ]
    assert params(filled["surname"])["errorMessage"] == {"text": "Enter the surname"}


def test_after_any_error_the_page_says_that_a_file_must_be_chosen_again() -> None:
    assert not params(form()["document"])["errorMessage"]
    refused = form()
    refused.is_valid()
    show_refusal(refused, Refused("Ada Brown holds this referral."))
    assert params(refused["document"])["errorMessage"] == {"text": AGAIN["text"]}
    assert AGAIN in error_summary(refused)
    assert AGAIN not in error_summary(EveryWidget({}))  # none was chosen


def test_every_link_of_the_summary_leads_to_an_input(client: Client, gallery: None, db: None) -> None:
    page = client.post("/gallery/form/", {}).content.decode()
    summary = page.split("govuk-error-summary__body")[1].split("</ul>")[0]
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert len(targets) == 15
    for target in targets:
        assert re.search(rf'<(input|select|textarea)[^>]* id="{target}"', page), target
    assert "<title>Error: Every kind of question – Operation Nexus – High Harm</title>" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"surname": "x" * 61}, "Surname must be 60 characters or fewer"),
        ({"fee": "ten"}, "Fine must be a number"),
        ({"fee": "-1"}, "Fine must be 0 or more"),
        ({"fee": "1.999"}, "Fine must have no more than 2 decimal places"),
        ({"months": "1.5"}, "Length of sentence must be a whole number"),
        ({"months": "601"}, "Length of sentence must be 600 or fewer"),
        ({"email": "ada"}, "Enter the contact e-mail address in the correct format, like name@example.com"),
        ({"nationality": "ZZZ"}, "Select the nationality from the list"),
        ({"british": ""}, "Select yes if the person is British"),
        ({"threat": "maybe"}, "Select yes, no or not known"),
        ({"agreed": ""}, "Confirm that the force will serve papers"),
    ],
)
def test_refusals_are_sentences(changes: dict[str, str], words: str) -> None:
    (name,) = changes
    assert form(**changes).errors[name] == [words]


@pytest.mark.parametrize(
    "hidden",
    ["\u202eevil", "a\u2066b", "a\u200fb", "a\x07b", "a\u200bb", "\ufeffa", "a\nb", "a\tb", "a\ud800b"],
)
def test_hidden_characters_are_refused_in_a_line(hidden: str) -> None:
    assert form(surname=f"Çelik{hidden}").errors["surname"] == [
        "Surname must not include hidden control characters. Type it in instead of pasting it"
    ]


@pytest.mark.parametrize(
    "name",
    [
        "فاطمة الزهراء",
        "שרה כהן",
        "Łukasz Żółć",
        "Nguyễn Thị Ánh",
        "अनिल\u200dकुमार",
        "می\u200cخواهم",
        "𠮷野",
        "O’Neill",
    ],
)
def test_names_of_every_script_are_kept(name: str) -> None:
    filled = form(surname=name)
    assert filled.errors == {}
    assert filled.cleaned_data["surname"] == name


def test_one_spelling_of_accents() -> None:
    filled = form(surname="  Jose\u0301 ")
    filled.is_valid()
    assert filled.cleaned_data["surname"] == "José"


def test_a_line_end_counts_once_as_the_page_counts_it() -> None:
    assert form(note="x\r\n" * 49 + "xx").errors == {}
    assert form(note="x\r\n" * 50 + "xx").errors["note"] == ["Note must be 100 characters or fewer"]


def test_plain_django_text_fields_refuse_hidden_characters_too() -> None:
    class Plain(GovukForm):
        name = forms.CharField(label="Name")

    assert Plain({"name": "a\u202eb"}).errors["name"] == [
        "Name must not include hidden control characters. Type it in instead of pasting it"
    ]


def test_a_question_has_no_noun() -> None:
    class Question(GovukForm):
        why = TextField(label="Why now?", max_length=5)
        who = TextField(label="Who?")
        look = {"who": Look(noun="the officer’s name")}

    assert Question({}).errors == {"why": ["Enter your answer"], "who": ["Enter the officer’s name"]}
    assert Question({"why": "x" * 6, "who": "y"}).errors["why"] == [
        "Your answer must be 5 characters or fewer"
    ]


def test_words_a_form_chose_are_left_alone() -> None:
    class Own(GovukForm):
        name = TextField(label="100% name", error_messages={"required": "Say who"}, max_length=2)

    assert Own({}).errors["name"] == ["Say who"]
    assert Own({"name": "abc"}).errors["name"] == ["100% name must be 2 characters or fewer"]


def test_an_empty_post_is_bound() -> None:
    assert bind(EveryWidget, RequestFactory().post("/", {})).is_bound
    assert not bind(EveryWidget, RequestFactory().get("/?surname=x")).is_bound


def test_a_refusals_reasons_go_into_the_summary() -> None:
    filled = form()
    assert filled.is_valid()
    show_refusal(filled, Refused(["The referral is decided.", "Ada Brown holds it."]))
    assert error_summary(filled) == [
        {"text": "The referral is decided."},
        {"text": "Ada Brown holds it."},
        AGAIN,
    ]


def test_typed_text_is_escaped_everywhere(client: Client, gallery: None, db: None) -> None:
    nasty = '"><script>alert(1)</script>'
    data = dict.fromkeys(GOOD, nasty) | {"note": nasty, "british": nasty}
    page = client.post("/gallery/form/", data).content.decode()
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)") >= 8


def test_a_first_empty_line_survives(client: Client, gallery: None, db: None) -> None:
    page = client.post("/gallery/form/", {"note": "\nsecond"}).content.decode()
    assert ">\n\nsecond</textarea>" in page.replace("\r", "")
