"""What a letter says of each answer, to the subject: a sentence, after which the drafter's own reasons stand.

An answer without a sentence is not printed: it is a question of the office's own, not of the subject's.
"""

SENTENCES: dict[tuple[str, str], str] = {
    ("exceptions_s33", "yes"): "An exception of section 33 applies to you.",
    ("exceptions_s33", "no"): "No exception of section 33 applies to you.",
    ("significant_impact", "yes"): "What you did had a significant adverse impact on individuals or on the wider community.",
    ("significant_impact", "no"): "The impact of what you did is not significant.",
    ("threat", "yes"): "You are a current and ongoing threat to the public.",
    ("threat", "no"): "You are not a current and ongoing threat to the public.",
    ("public_harm", "yes"): "The harm to the public is sufficient to justify deportation, although you have no significant "
    "conviction.",
    ("public_harm", "no"): "The harm to the public is not sufficient to justify deportation.",
    ("residence", "yes"): "I have balanced this against your immigration status and the length of your residence here.",
    ("residence", "no"): "Balanced against your immigration status and residence, the evidence does not support deportation.",
    ("seriousness", "yes"): "Taken as a whole, your conduct, character or associations are serious enough to justify "
    "deportation.",
    ("seriousness", "no"): "Taken as a whole, your conduct, character or associations are not serious enough to justify "
    "deportation.",
    ("risk", "yes"): "There is a present risk that you will do further harm, and it is likely to continue.",
    ("risk", "no"): "I do not find a present risk that you will do further harm.",
    ("policy", "yes"): "Your deportation accords with published policy.",
    ("policy", "no"): "Your deportation does not accord with published policy.",
    ("discretion", "yes"): "Nobody has to be deported because they may be. I have considered whether to use this power, and "
    "decided to use it.",
    ("discretion", "no"): "I have considered whether to use this power, and decided not to.",
    ("protection", "claimed"): "You have claimed protection.",
    ("protection", "status"): "You have refugee status or humanitarian protection.",
    ("section_72", "no"): "Section 72 does not apply to you.",
    ("section_72", "rebutted"): "You are presumed to have been convicted of a particularly serious crime and to be a danger to "
    "the community. You have rebutted that presumption.",
    ("section_72", "applies"): "You are presumed to have been convicted of a particularly serious crime and to be a danger to "
    "the community. You have not rebutted that presumption.",
    ("article_3", "yes"): "There is a real risk of treatment contrary to Article 2 or 3 of the Convention on your return.",
    ("article_3", "no"): "I do not find a real risk of treatment contrary to Article 2 or 3 of the Convention on your return.",
    ("article_8", "yes"): "Your removal would interfere with your private or family life (Article 8).",
    ("article_8", "no"): "Your removal would not interfere with a private or family life (Article 8).",
    ("gravity", "yes"): "The consequences are grave enough for Article 8 to be engaged.",
    ("gravity", "no"): "The consequences are not grave enough for Article 8 to be engaged.",
    ("lawful", "yes"): "The interference is in accordance with the law.",
    ("lawful", "no"): "The interference is not in accordance with the law.",
    ("necessary", "yes"): "It is necessary in a democratic society for an aim that Article 8(2) names.",
    ("necessary", "no"): "It is not necessary for an aim that Article 8(2) names.",
    ("public_interest", "for"): "I have taken into account what section 117B requires: immigration control, English, financial "
    "independence, how your ties were formed, and any qualifying child. Taken together it weighs for your removal.",
    ("public_interest", "against"): "I have taken into account what section 117B requires. Taken together it weighs against "
    "your removal.",
    ("foreign_criminal", "no"): "You are not a foreign criminal as section 117D defines it.",
    ("foreign_criminal", "under_four"): "You are a foreign criminal as section 117D defines it, and you were not sentenced to "
    "four years or more.",
    ("foreign_criminal", "four_or_more"): "You are a foreign criminal as section 117D defines it, sentenced to four years or "
    "more.",
    ("exception_117c", "neither"): "Neither Exception 1 (private life) nor Exception 2 (family life) of section 117C applies.",
    ("exception_117c", "private_life"): "Exception 1 of section 117C (private life) applies.",
    ("exception_117c", "family_life"): "Exception 2 of section 117C (family life) applies.",
    ("compelling", "yes"): "There are very compelling circumstances over and above those exceptions.",
    ("compelling", "no"): "There are no very compelling circumstances over and above those exceptions.",
    ("proportionate", "yes"): "Your removal is proportionate to that aim.",
    ("proportionate", "no"): "Your removal is not proportionate to that aim.",
    ("eea_protected", "yes"): "The withdrawal agreement protects you.",
    ("eea_protected", "no"): "The withdrawal agreement does not protect you.",
    ("conduct_date", "before"): "Your conduct was before 11pm on 31 December 2020.",
    ("conduct_date", "after"): "Your conduct was after 11pm on 31 December 2020.",
    ("conduct_date", "both"): "Some of your conduct was before 11pm on 31 December 2020, some after.",
    ("eea_level", "threat"): "The level that must be met: your conduct is a genuine, present and sufficiently serious threat.",
    ("eea_level", "serious"): "The level that must be met: serious grounds of public policy or public security, because you "
    "have a right of permanent residence.",
    ("eea_level", "imperative"): "The level that must be met: imperative grounds of public security.",
    ("appealable", "refuses_claim"): "I have considered your claim, and refuse it.",
    ("appealable", "revokes_status"): "I have considered your protection status, and revoke it.",
    ("appealable", "citizens_rights"): "I have considered your rights under the withdrawal agreement.",
    ("appealable", "no_claim"): "You have made no protection or human rights claim that this decision refuses.",
    ("certified", "s94"): "I certify the claim as clearly unfounded.",
    ("certified", "s94_7"): "I certify the claim: you are to be removed to a country where you are safe.",
    ("certified", "s94b"): "I certify the claim: your removal before an appeal ends would not be unlawful under section 6 of "
    "the Human Rights Act, and there is no real risk of serious irreversible harm before then.",
    ("certified", "s96"): "I certify the claim: the matter could have been raised before.",
    ("certified", "r33"): "I certify that your removal before an appeal ends would not be unlawful.",
    ("children", "yes"): "A child under 18 is affected.",
    ("children", "no"): "I do not know of a child under 18 who is affected.",
    ("children", "not_known"): "It is not known whether a child under 18 is affected.",
    ("best_interests", "yes"): "The best interests of each child are a primary consideration. They are outweighed.",
    ("best_interests", "no"): "The best interests of each child are a primary consideration. They are not outweighed.",
    ("best_interests", "in_line"): "The best interests of each child are a primary consideration. They do not speak against "
    "your removal.",
    ("qualifying_child", "yes"): "One of them is a qualifying child: British, or here for seven years or more.",
    ("qualifying_child", "no"): "None of them is a qualifying child.",
    ("partner", "yes"): "You have a partner or other family life here.",
    ("partner", "no"): "I do not find a partner or other family life here.",
    ("partner", "not_known"): "It is not known whether you have a partner or other family life here.",
    ("trafficking", "none"): "I have found no sign that you were trafficked.",
    ("trafficking", "pending"): "It is being considered whether you were trafficked.",
    ("trafficking", "reasonable_grounds"): "There are reasonable grounds to believe that you were trafficked.",
    ("trafficking", "positive"): "It has been decided that you were trafficked.",
    ("trafficking", "negative"): "It has been decided that you were not trafficked.",
    ("trafficking", "disqualified"): "You are disqualified from the protection that a victim of trafficking has.",
    ("adult_at_risk", "no"): "I have found nothing that makes you an adult at risk in detention.",
    ("adult_at_risk", "level_1"): "You say that you are an adult at risk (level 1).",
    ("adult_at_risk", "level_2"): "There is professional evidence that you are an adult at risk (level 2).",
    ("adult_at_risk", "level_3"): "There is professional evidence that detention is likely to harm you (level 3).",
    ("enquiries", "complete"): "Not everything is known. It was asked, and I decide on what is known.",
}  # fmt: skip

# The office's own: which way of working, and from where its papers come.
NOT_PRINTED = {"route", "legal_basis", "material"}
NOTHING_TO_SAY = {
    ("protection", "no"),
    ("certified", "none"),
    ("enquiries", "open"),
    ("adult_at_risk", "not_known"),
    ("trafficking", "not_known"),
}

# How a part of the decision is called in the letter, by the section of its questions.
HEADINGS = {
    "basis": "The power",
    "findings": "What you did",
    "high-harm": "The harm",
    "threat": "Threat, harm and residence",
    "seriousness": "Seriousness, risk and discretion",
    "protection": "Protection",
    "human-rights": "Human rights",
    "eea": "Withdrawal agreement",
    "certification": "Your claim",
    "family": "Children and family",
    "safeguards": "Trafficking and health",
    "enquiries": "What is not known",
}
