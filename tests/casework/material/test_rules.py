"""The text of Nexus material: paragraphs, the hash, redaction, and two versions side by side."""

import pytest

from casework.material import rules
from casework.material.rules import Disclosable


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("1. One.\n2. Two.", ["One.", "Two."]),
        ("One\nand more.\n\n\n\nTwo.", ["One\nand more.", "Two."]),
        ("12) Twelve.\r\n\r\nThirteen.", ["Twelve.", "Thirteen."]),
        ("In 2019 he came.\n\n2019 was cold.", ["In 2019 he came.", "2019 was cold."]),
        ("  \n ", []),
    ],
)
def test_a_pasted_text_comes_out_in_its_paragraphs(text: str, paragraphs: list[str]) -> None:
    assert rules.paragraphs_of(text) == paragraphs


def test_the_hash_knows_the_order_the_author_and_every_record() -> None:
    whole = {"author": "PC", "paragraphs": ["One.", "Two."], "records": [("a.txt", "aa"), ("b.txt", "bb")]}
    digest = rules.digest(**whole)
    assert digest == rules.digest(**{**whole, "records": [("b.txt", "bb"), ("a.txt", "aa")]})
    for changed in (
        {"author": "DC"},
        {"paragraphs": ["Two.", "One."]},
        {"paragraphs": ["One.\n\nTwo."]},
        {"records": [("a.txt", "aa")]},
        {"records": [("a.txt", "ab"), ("b.txt", "bb")]},
    ):
        assert rules.digest(**{**whole, **changed}) != digest


def test_redaction_takes_out_every_place_and_the_longer_passage_first() -> None:
    text = "Anna Bell saw Anna at Anna Bell's house."
    assert rules.redacted(text, "Anna\nAnna Bell") == "[redacted] saw [redacted] at [redacted]'s house."
    assert rules.redacted(text, "") == text


@pytest.mark.parametrize(
    ("disclosable", "to_redact", "sentence"),
    [
        ("", "", "Select whether paragraph 1 may be disclosed."),
        (Disclosable.REDACTED, " \n", "Enter the words to redact in paragraph 1."),
        (Disclosable.REDACTED, "the sun", "“the sun” is not in paragraph 1. Copy the words exactly."),
        (Disclosable.YES, "the moon", "Paragraph 1 has words to redact: select “With redaction”."),
        (Disclosable.REDACTED, "the moon", ""),
        (Disclosable.NO, "", ""),
    ],
)
def test_a_paragraph_is_judged_whole(disclosable: str, to_redact: str, sentence: str) -> None:
    found = rules.reasons_not_to_judge(1, "I saw the moon.", disclosable, to_redact)
    assert found == ([sentence] if sentence else [])


def test_two_versions_stand_side_by_side() -> None:
    old = ["I am a constable.", "I saw him.", "It rained."]
    new = ["I am a constable.", "I saw him strike her.", "It rained.", "The source is graded B2."]
    pairs = rules.compare(old, new)
    assert [pair.kind for pair in pairs] == ["same", "changed", "same", "added"]
    changed = pairs[1]
    assert "".join(piece.text for piece in changed.old) == old[1]
    assert "".join(piece.text for piece in changed.new) == new[1]
    assert [piece.text for piece in changed.new if piece.changed] == ["him strike her."]
    assert [pair.kind for pair in rules.compare(new, old)] == ["same", "changed", "same", "removed"]


def test_every_point_says_what_the_force_is_told_and_what_fails() -> None:
    assert list(rules.CHECKLIST) == [
        "structure",
        "case_specific",
        "pertinent",
        "disclosable",
        "graded",
        "records",
        "public",
        "no_victim",
    ]
    assert all(
        point.question.endswith("?") and point.failed.endswith(".") for point in rules.CHECKLIST.values()
    )
    assert rules.points_failed(dict.fromkeys(rules.CHECKLIST, True)) == []
