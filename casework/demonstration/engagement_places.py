"""Where operations happen and what is known of it: every address, person and thing in here is invented."""

from dataclasses import dataclass, field

from casework.engagement.rules.powers import Kind
from casework.engagement.rules.risks import Answered, Question


@dataclass(frozen=True)
class Place:
    """An address of one force's area, what is known of it, and why somebody goes there."""

    address: str
    why: str
    risks: dict[str, Answered] = field(default_factory=dict)
    safety: str = ""
    level: str = "low"
    controls: str = "Two officers who have met him before; nothing else is needed. (Invented.)"
    hours: int = 4


ASKED: dict[Kind, str] = {
    Kind.ARREST: "Four officers and a van; take him to the nearest suite and ring the case-owner. (Invented.)",
    Kind.DETENTION: "Meet our officers at the address and take him into custody for us. (Invented.)",
    Kind.DETENTION_ON_REPORTING: "Two officers at the reporting centre while he is told and searched. (Invented.)",
    Kind.SERVING_PAPERS: "Hand the sealed papers to him in person, note when, and return the slip. (Invented.)",
    Kind.ESCORT: "Two officers from the suite to the airport, until he has boarded. (Invented.)",
}


def yes(words: str) -> Answered:
    return Answered("yes", f"{words} (Invented.)")


def not_known(words: str) -> Answered:
    return Answered("not_known", f"{words} (Invented.)")


PLACES: dict[str, Place] = {
    "20": Place(
        "14 Quince Row, Port Selby",
        "He missed reporting twice, and travel is booked. (Invented.)",
        {
            Question.WARNINGS: yes("Two dogs in the yard; a knife was found in March."),
            Question.LANGUAGE: yes("Speaks some English; book a Tigrinya interpreter."),
            Question.MEDICAL: not_known("The surgery was asked and has not answered."),
        },
        "Carries an inhaler; let him keep it. (Invented.)",
        "medium",
        "Dog handler first; no entry before the yard is safe. (Invented.)",
        hours=5,
    ),
    "06": Place(
        "Flat 9, Tannery Wharf, Lower Brindle",
        "His brother says that he leaves for the coast at the weekend. (Invented.)",
        {Question.COMMUNITY: yes("The block held a vigil in the spring; the ward officer knows.")},
        level="medium",
        controls="The ward officer goes along and speaks to the neighbours. (Invented.)",
    ),
    "46": Place(
        "Unit 3, Hopfield Yard, off the A299 near Marshgate",
        "His removal is booked, and he refused to board in June. (Invented.)",
        {
            Question.WARNINGS: yes("Threatened a driver in June; searched without result since."),
            Question.MENTAL_HEALTH: not_known("Healthcare at the suite was asked today."),
        },
        "Keep him in sight on the way; no belt in the car. (Invented.)",
        "medium",
        "Two escorts beside him, and a third who drives. (Invented.)",
        hours=9,
    ),
    "13": Place(
        "Reporting centre, Kersal Mill, Aireholme",
        "His leave has ended and his appeal was dismissed. (Invented.)",
        {Question.CHILDREN: yes("Comes with a daughter of four; her aunt can fetch her.")},
    ),
    "43": Place(
        "The Old Bakery (upper floor), Chandler’s Lane, Withy Bassett",
        "He works nights there under another name. (Invented.)",
        {Question.LANGUAGE: yes("Portuguese; a telephone interpreter is enough.")},
        hours=3,
    ),
    "62": Place(
        "27 Heol y Garreg, Cwm Hafod",
        "A travel document came last week and is good for a month. (Invented.)",
        {
            Question.ADULTS_AT_RISK: yes("A letter of his doctor speaks of epilepsy."),
            Question.MEDICAL: yes("Epilepsy; takes tablets at 8am and 8pm."),
        },
        "He may have a fit: bring his tablets and call an ambulance. (Invented.)",
        "high",
        "A nurse at the suite before he arrives; no operation after 6pm. (Invented.)",
    ),
    "31": Place(
        "Caravan 12, Sedge Lock Moorings, Trentholme",
        "The mooring ends on Friday and nobody knows where he goes next. (Invented.)",
        {Question.WARNINGS: yes("Open water on three sides; other boats are lived in.")},
        level="medium",
        controls="Life jackets, and daylight. (Invented.)",
    ),
    "50": Place("Bramble Cottage, Nether Tolland", "The notice must be served by hand. (Invented.)"),
    "01": Place(
        "Room 41, Meridian House, 200 Larkhall Street",
        "Three addresses in four months; this one was seen on Tuesday. (Invented.)",
        {
            Question.WARNINGS: yes("A hostel of sixty rooms; the warden has a key."),
            Question.COMMUNITY: not_known("The hostel’s manager was asked."),
        },
    ),
}
