"""What decisions add to the rest of the service."""

from casework.decisions.actions.stop import stop
from casework.decisions.models.letter import LetterTemplate
from casework.decisions.printing import printed_sections
from casework.decisions.queries import challenges_against_removal, served_on, still_goes_on, work_waiting
from casework.decisions.resting import rests_on_referral
from casework.decisions.retention import RETENTION
from casework.decisions.timeline import entries
from casework.decisions.waiting import waiting_items
from casework.parts import CasePart
from nexus.parts import Codes, same_for_all

PART = CasePart(
    work_waiting=work_waiting,
    waiting_items=waiting_items,
    audit_names={"decisions.decision": "case__referral__reference"},
    rests_on_referral=rests_on_referral,
    timeline=entries,
    printed_sections=printed_sections,
    served_on=served_on,
    still_goes_on=still_goes_on,
    against_removal=challenges_against_removal,
    stop=stop,
    retention=RETENTION,
    codes=(Codes("letters", "Letters", same_for_all(LetterTemplate.choices)),),
)
