"""Every sentence quoted with its page stands on that page of the guidance, by the guidance's own table of contents."""

import re
from pathlib import Path

import pytest

from referrals.rules.policies import FIRST

ROOT = Path(__file__).parents[1]
# Words of a sentence that is quoted somewhere, and the pages on which it can stand: the page of the heading over it
# in the table of contents, up to the page of the next.
STANDS_ON = {
    "joined in June 2013": (4, 4),
    "incurs significant adverse impact": (5, 5),
    "envisaged to engage with Police Scotland": (6, 6),
    "answer daily queries": (6, 6),
    "Nexus Casework or Criminal Casework": (6, 6),
    "will contact the Referrals Office should they encounter": (6, 6),
    "accredited caseworkers": (6, 6),
    "daily contact with police partners": (6, 6),
    "application of Nexus material within": (7, 7),
    "to ensure that the material requested is relevant": (7, 7),
    "only information pertinent to the case": (7, 7),
    "enforcement decision is to be challenged at appeal": (7, 7),
    "all operational engagement": (7, 8),
    "out of hours and weekends": (7, 8),
    "suitably risk-assessed": (7, 8),
    "who receive a custodial sentence": (9, 9),
    "current and ongoing threat to the public": (9, 9),
    "has no valid immigration leave": (9, 9),
    "statements may not always be required": (9, 9),
    "administrative removal or deportation may be pursued": (9, 9),
    "existing threat to the public": (9, 10),
    "public appeal proceedings": (9, 10),
    "detailing all recorded progress": (11, 11),
    "giving evidence in person": (11, 11),
    "directly with Nexus High Harm Referrals": (11, 11),
    "command it is allocated to": (12, 12),
    "should be aware of the flag": (12, 12),
    "existing Nexus High Harm flag are eligible": (13, 13),
    "availability of resource will be a factor": (13, 13),
    "request to certain police forces": (13, 13),
}
# The rest of the quotation, its end, and its page.
CITED = re.compile(r"[^\"”]{0,220}[\"”][^\"”(]{0,20}\((?:guidance,? )?(?:pp?\.|page) (\d+)(?:[–-](\d+))?")


def cited() -> list[tuple[str, str, int]]:
    """(file, words, page) of each quotation with its page behind it in source, pages and documents."""
    found = []
    paths = [
        path
        for folder in ("nexus", "referrals", "casework", "templates", "docs")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in (".py", ".html", ".md")
    ]
    for path in paths:
        text = " ".join(path.read_text().split()).replace("# ", "")
        for words in STANDS_ON:
            for place in re.finditer(re.escape(words), text):
                if after := CITED.match(text, place.end()):
                    found.append((str(path.relative_to(ROOT)), words, int(after[2] or after[1])))
    return found


def misplaced(citations: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    return [each for each in citations if not STANDS_ON[each[1]][0] <= each[2] <= STANDS_ON[each[1]][1]]


def test_every_citation_names_the_page_on_which_its_words_stand() -> None:
    found = cited()
    assert len({words for _, words, _ in found}) > len(STANDS_ON) * 2 // 3
    assert misplaced(found) == []


def test_sabotage_of_a_page() -> None:
    assert misplaced([("law.py", "application of Nexus material within", 5)])


@pytest.mark.parametrize("topic", FIRST.quotations)
def test_a_policys_quotations_stand_on_their_pages(topic: str) -> None:
    quotation = FIRST.quotation(topic)
    ranges = [pages for words, pages in STANDS_ON.items() if words in quotation.text]
    assert all(first <= quotation.page <= last for first, last in ranges)
