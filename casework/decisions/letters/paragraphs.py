"""The standard paragraphs of letters to the subject: versioned words, each with who has approved them and until when.

They are written here and chosen by `composing.py`. Braces name what is filled in. A paragraph that changes gets a new
version, which each letter keeps. None has been approved by a lawyer yet: an `Approval` is one more value in its row.
"""

from dataclasses import dataclass
from datetime import date

from nexus.law.statement import day_in_words


@dataclass(frozen=True)
class Approval:
    """By which lawyer, and until which day the words may be used without being read again."""

    by: str
    on: date
    until: date


@dataclass(frozen=True)
class Standard:
    """`title` is what it is called in the office; `words` what the subject reads."""

    code: str
    title: str
    words: str
    version: str = "1"
    approval: Approval | None = None

    def caution(self, today: date) -> str:
        """What is said of it on the preview and before service; nothing where a lawyer's approval holds."""
        if self.approval is None:
            return f"“{self.title}” (version {self.version}) is not approved by a lawyer."
        if today > self.approval.until:
            return f"The approval of “{self.title}” (version {self.version}) ended on {day_in_words(self.approval.until)}."
        return ""


STANDARD = {
    each.code: each
    for each in (
        Standard(
            "decides_iaa_1999_s10",
            "The decision: administrative removal",
            "I have decided that you are liable to be removed from the United Kingdom under section 10 of the Immigration "
            "and Asylum Act 1999, because you need leave to be here and do not have it.",
        ),
        Standard(
            "decides_ia_1971_s3_5a",
            "The decision: deportation, conducive to the public good",
            "I have decided to make a deportation order against you under section 5(1) of the Immigration Act 1971. The "
            "Secretary of State deems your deportation to be conducive to the public good, under section 3(5)(a) of that "
            "Act.",
        ),
        Standard(
            "decides_ukba_2007_s32",
            "The decision: automatic deportation",
            "You are a foreign criminal under section 32 of the UK Borders Act 2007. Under section 32(5) the Secretary of "
            "State must make a deportation order against you, unless an exception of section 33 applies.",
        ),
        Standard(
            "decides_eea_2016_r23",
            "The decision: EEA Regulations, as saved",
            "I have decided that you are to be removed under regulation 23(6)(b) of the Immigration (European Economic "
            "Area) Regulations 2016, as saved, on the grounds that regulation 27 sets.",
        ),
        Standard(
            "refuses_claim",
            "The claim is refused",
            "I also refuse your {claims}.",
        ),
        Standard("revokes_status", "Status is revoked", "I also revoke your protection status."),
        Standard(
            "citizens_rights",
            "Citizens’ rights decision",
            "This is a decision about your rights under the withdrawal agreement.",
        ),
        Standard("country", "Where to", "You would be returned to {country}."),
        Standard(
            "effect_deportation",
            "What a deportation order does",
            "A deportation order requires you to leave the United Kingdom. It ends any leave to enter or remain that you "
            "have, and you may not come back while it is in force. You may ask for it to be revoked.",
        ),
        Standard(
            "effect_removal",
            "What liability to removal means",
            "You must leave the United Kingdom. If you do not leave by yourself, you may be removed.",
        ),
        Standard(
            "standard_of_proof",
            "Burden and standard of proof",
            "It is for the Secretary of State to show what you did. Where no court has convicted you, I have asked whether "
            "it is more likely than not. Where a court has convicted you, the conviction is the proof.",
        ),
        Standard(
            "how_to_appeal",
            "How to appeal",
            "You can appeal online: search for “Appeal against a visa or immigration decision” on www.gov.uk, which also has "
            "the form on paper. Send this letter with your appeal. A fee may have to be paid. The website says who does "
            "not have to pay, for example with legal aid or asylum support.",
        ),
        Standard(
            "time_goes_on",
            "Writing to us does not stop the time",
            "Writing to us does not stop this time. If your appeal is late, you must ask the Tribunal for more time and say "
            "why it is late. The Tribunal decides.",
        ),
        Standard(
            "no_appeal",
            "No right of appeal: judicial review",
            "You may ask the High Court or the Upper Tribunal for judicial review of it. You must do so promptly, and in any "
            "case within three months. Take advice first.",
        ),
        Standard(
            "advice",
            "Where to get advice",
            "You may get advice and help from a solicitor, a barrister, or an adviser who is registered with the Immigration "
            "Advice Authority. You may be able to get legal aid: www.gov.uk/legal-aid. If you are detained, ask the "
            "staff of the centre for the legal advice surgery. Bail for Immigration Detainees helps people in detention.",
        ),
        Standard(
            "one_stop",
            "One-stop notice (section 120)",
            "This is also a notice under section 120 of the Nationality, Immigration and Asylum Act 2002. You must now tell us "
            "every reason why you wish to stay in the United Kingdom, every ground on which you should be permitted to, "
            "and every ground on which you should not be removed. If a new reason arises, you must tell us as soon as "
            "you can. If you do not, and have no good reason, you may lose a right of appeal about it.",
        ),
        Standard(
            "removal_window",
            "No removal before notice",
            "You will not be removed before the time to appeal from inside the United Kingdom has ended, or while such an "
            "appeal is pending. Before a removal you are sent a separate notice of intention to remove and the details of "
            "the departure. The notice period is at least {days} working days.",
        ),
        Standard(
            "removal_without_appeal",
            "No removal before notice, where there is no appeal from inside",
            "Before a removal you are sent a separate notice of intention to remove and the details of the departure. The "
            "notice period is at least {days} working days.",
        ),
        Standard("reporting", "Reporting and bail", "{reporting}"),
        Standard(
            "reporting_unchanged",
            "Reporting and bail: unchanged",
            "If you are on immigration bail, its conditions stay as they are. Keep to them, and tell us at once if your "
            "address changes.",
        ),
        Standard(
            "tell_us",
            "Trafficking, health and children",
            "Tell us at once if you have been trafficked or made to work, if you are ill, pregnant or in danger, if a child "
            "depends on you, or if anything in this letter is wrong.",
        ),
        Standard(
            "language",
            "If you do not read English",
            "If you do not read English well, ask us or your adviser to have this letter explained to you{languages}. Do so "
            "at once: the time to appeal does not wait.",
        ),
        Standard(
            "privacy",
            "How we use your information",
            "The Home Office holds and uses information about you to decide whether you may stay, and to keep the public "
            "safe. It may have come from the police and other public bodies, and may be shared with them, with the courts "
            "and with your representative. You may ask for a copy of it and for mistakes to be put right, and you may "
            "complain to the Information Commissioner: www.ico.org.uk. More is at www.gov.uk, under “Personal information "
            "charter”.",
        ),
    )
}  # fmt: skip
