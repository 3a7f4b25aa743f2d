"""How we read the guidance where its words leave room: our interpretations, dated, beside what they interpret.

A reading is no quotation. Pages show it as “Our reading”, apart from the guidance's own sentence, so that
whoever decides can disagree with it.
"""

from datetime import date

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
    Topic.LIMB_2: Reading(
        "That the subject would be a priority to remove is a condition of its own, which the police answer apart from "
        "their interest.",
        NOVEMBER_2026,
    ),
}
