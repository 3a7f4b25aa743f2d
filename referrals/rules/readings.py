"""How we read the guidance where its words leave room: our interpretations, dated, beside what they interpret.

A reading is no quotation. Pages show it as “Our reading”, apart from the guidance's own sentence, so that
whoever decides can disagree with it.
"""

from datetime import date

from nexus.law import law
from referrals.rules.policy import Reading, Topic

NOVEMBER_2026 = date(2026, 11, 30)

FIRST_READINGS = {
    Topic.WITH_LEAVE: Reading(
        "1A and 1B are alternatives: no word joins the two in the text.",
        NOVEMBER_2026,
    ),
    Topic.LIMB_1A: Reading(
        "The limb rests on disclosable material. Where there is none it is not met, whatever is said of the threat.",
        NOVEMBER_2026,
    ),
    Topic.LIMB_1B: Reading(
        "“As a guide” and “could be” set no condition. Where there is criminal activity that the guide does not count "
        "(undated or older convictions, convictions as a child, cautions, civil orders, pending charges), a person "
        "judges whether it is persistent. The limb is not met only where the wider community is not harmed, or where "
        "there is nothing but arrests, acquittals, withdrawn charges, intelligence or records as victim or witness.",
        NOVEMBER_2026,
    ),
    Topic.STATEMENT: Reading(
        "One sentence speaks of “a criminal conviction”, the next of “any significant convictions”. Where the subject "
        "is here lawfully we read both of significant convictions, and a person says whether one is significant.",
        NOVEMBER_2026,
    ),
    Topic.NO_STATUS: Reading(
        "For somebody without status administrative removal and deportation may both be pursued. Choosing either "
        "departs from nothing.",
        NOVEMBER_2026,
    ),
    Topic.CUSTODY: Reading(
        "“Custodial sentence” is read as one that is served at once. Whoever receives a suspended sentence is not "
        "received into prison, so nobody refers them, although the courts call it a custodial sentence. "
        f"{law('ukba_2007_s38').words}: {law('ukba_2007_s38').says}",
        NOVEMBER_2026,
    ),
    Topic.OVERSEAS: Reading(
        "A long custodial sentence overseas indicates the conviction-led route, whenever it was passed. The guidance "
        f"names no length: we take that of the {law('rules_part_9_9_4_1').words}.",
        NOVEMBER_2026,
    ),
    Topic.EEA: Reading(
        f"The guidance is of 2017. {law('eea_end_of_free_movement').says} So the status is established by a legal "
        "check before any limb is read.",
        NOVEMBER_2026,
    ),
    Topic.PENDING: Reading(
        f"{law('ia_1971_s3c').says} ({law('ia_1971_s3c').words}.) That nobody knows, or that it was late, never means "
        "that there is no leave.",
        NOVEMBER_2026,
    ),
    Topic.LIMB_2: Reading(
        "That the subject would be a priority to remove is a condition of its own, which the police answer apart from "
        "their interest.",
        NOVEMBER_2026,
    ),
}
