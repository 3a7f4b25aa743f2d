"""Colleagues are named in a note by @ and part of their name, and told."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from casework import actions
from casework.models import Case, Mention
from casework.queries import mentions_of
from casework.rules.mentions import Piece, called, pieces
from nexus.accounts.roles import Role
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from tests.builders import NOON, a_user, an_assigned_case
from tests.casework.desk import signed_in

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def note(case: Case, text: str = "Read this.", **values: Any) -> Any:
    return actions.add_note(case_id=case.pk, by=case.case_owner, now=LATER, text=text, **values)


def test_who_is_mentioned_is_told_with_the_reference_alone_and_sees_it_once() -> None:
    case, colleague = an_assigned_case(), a_user(Role.SENIOR_CASEWORKER)
    note(case, mentions=[colleague, colleague])
    told = Notification.objects.get(kind="mentioned")
    assert (told.person, told.words) == (
        colleague,
        f"You are mentioned in a note on {case.referral.reference}",
    )
    assert [each.note.case for each in mentions_of(colleague)] == [case]
    signed_in(colleague).get(told.target)
    assert list(mentions_of(colleague)) == []
    assert Mention.objects.get().seen_at is not None


@pytest.mark.parametrize("role", [Role.POLICE_OFFICER, Role.CRIMINAL_CASEWORK, Role.AUDITOR])
def test_who_cannot_see_the_case_is_not_mentioned(role: Role) -> None:
    with pytest.raises(Refused, match="cannot open this case"):
        note(an_assigned_case(), mentions=[a_user(role)])


# By name in the text


NAMES = {1: "Adaeze Okonjo", 2: "Sinéad Marlowe-Finch", 3: "Callum Okonjo", 4: "Dermot O’Brien"}


@pytest.mark.parametrize(
    ("text", "written", "people"),
    [
        ("@adaeze, please read", "adaeze", (1,)),
        ("(@Sinead) and more", "Sinead", (2,)),
        ("ask @finch", "finch", (2,)),
        ("ask @Marlowe-Finch.", "Marlowe-Finch", (2,)),
        ("@okonjo has it", "okonjo", (1, 3)),
        ("@Callum Okonjo has it", "Callum Okonjo", (3,)),
        ("@callum Please ring", "callum", (3,)),
        ("@Callum’s view", "Callum", (3,)),
        ("@o'brien knows", "o'brien", (4,)),
        ("@stranger knows", "stranger", ()),
    ],
)
def test_who_is_called(text: str, written: str, people: tuple[int, ...]) -> None:
    (found,) = called(text, NAMES)
    assert (found.written, found.people) == (written, people)
    assert text[found.start : found.end] == f"@{written}"


@pytest.mark.parametrize("text", ["a.b@okonjo.example", "at @ noon", "@7pm", "@@okonjo", ""])
def test_nobody_is_called(text: str) -> None:
    assert list(called(text, NAMES)) == []


def test_a_note_is_cut_at_its_names() -> None:
    assert pieces("Ask @Ann Lee-Ray, not @Ann Lee.", ["Ann Lee", "Ann Lee-Ray"]) == [
        Piece("Ask ", False),
        Piece("@Ann Lee-Ray", True),
        Piece(", not ", False),
        Piece("@Ann Lee", True),
        Piece(".", False),
    ]


def test_a_name_in_the_text_is_told_and_stands_in_the_note_in_full() -> None:
    case, colleague = an_assigned_case(), a_user(Role.SENIOR_CASEWORKER, full_name="Ines <b>Abara")
    client, path = signed_in(case.case_owner), reverse("casework:add_note", args=[case.referral.reference])
    assert "<li><bdi>Ines &lt;b&gt;Abara</bdi>, Senior Caseworker</li>" in client.get(path).text
    page = client.post(path, {"text": "@ines, please read paragraph 4."}, follow=True).text
    assert "<strong>@Ines &lt;b&gt;Abara</strong>, please read paragraph 4." in page
    assert Mention.objects.get().person == colleague
    assert Notification.objects.get(kind="mentioned").person == colleague


def test_where_several_are_meant_the_form_asks_and_keeps_the_note() -> None:
    case = an_assigned_case()
    one = a_user(Role.CASE_OWNER, full_name="Sam Abara")
    other = a_user(Role.MANAGER, full_name="Sam Oduya")
    a_user(Role.POLICE_OFFICER, full_name="Sam Outside")
    client, path = signed_in(case.case_owner), reverse("casework:add_note", args=[case.referral.reference])
    said = {"text": "@sam and @snapname: ring @Sam"}
    asked = client.post(path, said).text
    assert "Who is “@sam”?" in asked and "Sam Abara, Case-owner" in asked and "Sam Outside" not in asked
    assert "“@snapname” does not match anybody who can open this case" in asked
    assert said["text"] in asked and " checked" not in asked
    assert not Mention.objects.exists()
    client.post(path, {**said, "who_sam": str(other.pk), "who_snapname": "on"})
    written = case.notes.get()
    assert written.text == "@Sam Oduya and @snapname: ring @Sam Oduya"
    assert [mention.person for mention in written.mentions.all()] == [other]
    client.post(path, {"text": "@sam", "who_sam": "nobody"})
    assert case.notes.first().text == "@sam" and Mention.objects.count() == 1
    assert "who_sam" in client.post(path, {"text": "@sam", "who_sam": str(case.case_owner_id)}).text
    assert one.mentions.count() == 0
