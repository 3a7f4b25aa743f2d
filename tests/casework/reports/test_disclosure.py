"""Words to check are found; nothing is decided by them."""

import pytest

from casework.reports.disclosure import CHECKLIST, SECOND_LOOK, second_look, unconfirmed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Counsel's opinion is awaited.", ["legal advice (counsel)"]),
        ("He was taken to HOSPITAL; diagnosis pending.", ["health (diagnosis, hospital)"]),
        ("The witnesses and her children.", ["third parties (children, witnesses)"]),
        ("Medication, and the victim’s solicitor.", [
            "legal advice (solicitor)", "health (medication)", "third parties (victim)"]),
        ("Served in person on 3 November.", []),
        ("Forgrandmotherly", []),
        ("", []),
    ],
)  # fmt: skip
def test_second_look(text: str, found: list[str]) -> None:
    assert second_look(text) == found


def test_every_word_is_found() -> None:
    for topic, words in SECOND_LOOK.items():
        for word in words:
            assert any(found.startswith(topic) for found in second_look(f"A {word} here")), word


def test_each_point_is_confirmed_by_itself() -> None:
    assert unconfirmed(CHECKLIST) == []
    for key, (_, sentence) in CHECKLIST.items():
        assert unconfirmed(set(CHECKLIST) - {key}) == [sentence]
