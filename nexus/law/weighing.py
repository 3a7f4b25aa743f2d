"""What a decision weighs and what stands in its way: human rights, children, trafficking, and the two cases named."""

from datetime import date

from nexus.law.statement import Statement

NIAA = "Nationality, Immigration and Asylum Act 2002 (c. 41)"
NABA = "Nationality and Borders Act 2022 (c. 36)"

WEIGHING = (
    Statement(
        "niaa_2002_s117b",
        "2002 Act, section 117B: the public interest in all cases",
        "Immigration control is in the public interest; so are speaking English and being financially independent. Little "
        "weight is given to a private life, or a relationship with a qualifying partner, formed while here unlawfully, nor "
        "to a private life while the status was precarious. Removal of somebody not liable to deportation is not in the "
        "public interest where they are a parent of a qualifying child who could not reasonably be expected to leave.",
        f"{NIAA}, section 117B, inserted by the Immigration Act 2014, section 19",
        date(2014, 7, 28),
    ),
    Statement(
        "niaa_2002_s117c",
        "2002 Act, section 117C: the public interest where foreign criminals are concerned",
        "The more serious the offence, the greater the public interest in deportation. Below four years’ imprisonment it "
        "requires deportation unless Exception 1 (lawfully resident for most of life, socially and culturally integrated, "
        "very significant obstacles in the other country) or Exception 2 (a genuine relationship with a qualifying partner "
        "or child on whom the effect would be unduly harsh) applies. At four years or more there must be very compelling "
        "circumstances over and above the exceptions.",
        f"{NIAA}, section 117C, inserted by the Immigration Act 2014, section 19",
        date(2014, 7, 28),
    ),
    Statement(
        "niaa_2002_s117d",
        "2002 Act, section 117D: who is a foreign criminal",
        "Not a British citizen, convicted in the United Kingdom, and sentenced to at least 12 months, or of an offence that "
        "caused serious harm, or a persistent offender.",
        f"{NIAA}, section 117D(2), inserted by the Immigration Act 2014, section 19",
        date(2014, 7, 28),
    ),
    Statement(
        "ukba_2007_s33",
        "UK Borders Act 2007, section 33: exceptions to automatic deportation",
        "Convention rights or the Refugee Convention; under 18 on the day of conviction; protection by the withdrawal "
        "agreement; extradition; certain mental health orders; the trafficking convention. Deportation may still be "
        "conducive to the public good in some of them.",
        "UK Borders Act 2007 (c. 30), section 33",
        date(2008, 8, 1),
    ),
    Statement(
        "niaa_2002_s72",
        "2002 Act, section 72: serious criminals and the Refugee Convention",
        "Somebody sentenced to at least 12 months is presumed to have been convicted of a particularly serious crime and to "
        "be a danger to the community. They may rebut both presumptions or the second, as the section says.",
        f"{NIAA}, section 72, as amended by the {NABA}, section 38",
        date(2022, 6, 28),
    ),
    Statement(
        "bcia_2009_s55",
        "Borders, Citizenship and Immigration Act 2009, section 55: children’s welfare",
        "Functions are discharged having regard to the need to safeguard and promote the welfare of children in the United "
        "Kingdom; each child’s best interests are a primary consideration.",
        "Borders, Citizenship and Immigration Act 2009 (c. 11), section 55",
        date(2009, 11, 2),
    ),
    Statement(
        "naba_2022_s61",
        "Nationality and Borders Act 2022, section 61: no removal in the recovery period",
        "Somebody with a positive reasonable grounds decision is not removed before the conclusive grounds decision and the "
        "end of the recovery period, unless disqualified under section 63.",
        f"{NABA}, sections 61 to 65",
        date(2023, 1, 30),
    ),
    Statement(
        "bah_2012",
        "Bah (EO (Turkey) – liability to deport) [2012] UKUT 196 (IAC)",
        "Where deportation is said to be conducive to the public good, the Secretary of State sets out the facts and proves "
        "those in dispute to the civil standard; then it is asked whether on those facts as a whole the conduct, character "
        "or associations are serious enough; then whether it accords with policy and the discretion was exercised.",
        "[2012] UKUT 196 (IAC); named by the guidance as “Bah (EO) (Turkey)”",
        date(2012, 1, 1),  # its year; the day was not looked up
    ),
    Statement(
        "farquharson_2013",
        "Farquharson (removal – proof of conduct) [2013] UKUT 146 (IAC)",
        "The same standard where removal rests on conduct. A charge that led to no conviction is no criminal record; the "
        "acts behind it may be proved as conduct. The documents are produced, not a bare statement about them, and in "
        "good time.",
        "[2013] UKUT 146 (IAC); named by the guidance as “Farguharson”",
        date(2013, 1, 1),  # likewise
    ),
)  # fmt: skip
