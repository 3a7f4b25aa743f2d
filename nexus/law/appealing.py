"""Rights of appeal: against what, from where, on which grounds, and what a certificate takes away."""

from datetime import date

from nexus.law.statement import Statement

# As a notice names them.
ACT_2002 = "the Nationality, Immigration and Asylum Act 2002"
CITIZENS_RIGHTS_REGULATIONS = "the Immigration (Citizens’ Rights Appeals) (EU Exit) Regulations 2020"
NIAA = "Nationality, Immigration and Asylum Act 2002 (c. 41)"
SINCE_2014 = "as substituted by the Immigration Act 2014, section 15"

APPEALING = (
    Statement(
        "niaa_2002_s82",
        "2002 Act, section 82(1): right of appeal to the Tribunal",
        "An appeal lies against a decision to refuse a protection claim or a human rights claim, or to revoke protection "
        "status. It does not lie against removal or deportation as such.",
        f"{NIAA}, section 82(1), {SINCE_2014}",
        date(2014, 10, 20),
    ),
    Statement(
        "niaa_2002_s84",
        "2002 Act, section 84: grounds of appeal",
        "Of a protection claim: removal would breach the Refugee Convention or the obligations to people eligible for "
        "humanitarian protection, or be unlawful under section 6 of the Human Rights Act 1998. Of a human rights claim: the "
        "last alone. Of a revocation: the first two.",
        f"{NIAA}, section 84, {SINCE_2014}",
        date(2014, 10, 20),
    ),
    Statement(
        "niaa_2002_s92",
        "2002 Act, section 92: the place an appeal is brought from",
        "A claim made in the United Kingdom is appealed from inside it, unless it is certified under section 94(7) or 94B. "
        "A claim made outside is appealed from outside.",
        f"{NIAA}, section 92, as amended by the Nationality and Borders Act 2022, section 28",
        date(2022, 6, 28),
    ),
    Statement(
        "niaa_2002_s94",
        "2002 Act, section 94(1): clearly unfounded claims",
        "A claim that is certified as clearly unfounded on or after 28 June 2022 carries no appeal at all (section 94(3A)). "
        "Before that day the appeal was brought from outside.",
        f"{NIAA}, section 94, as amended by the Nationality and Borders Act 2022, section 28",
        date(2022, 6, 28),
    ),
    Statement(
        "niaa_2002_s94b",
        "2002 Act, section 94B: removal while a human rights appeal is pending",
        "Where removal before the appeal ends would not be unlawful under section 6 of the Human Rights Act 1998, above all "
        "where there is no real risk of serious irreversible harm. The appeal is then brought or continued from outside.",
        f"{NIAA}, section 94B; R (Kiarie and Byndloss) [2017] UKSC 42 on an effective appeal",
        date(2014, 7, 28),
    ),
    Statement(
        "niaa_2002_s96",
        "2002 Act, section 96: earlier right of appeal",
        "Where the matter could have been raised in an earlier appeal, or in answer to an earlier notice under section 120, "
        "and there is no satisfactory reason why it was not, the certificate takes the right of appeal away.",
        f"{NIAA}, section 96",
        date(2003, 4, 1),
    ),
    Statement(
        "niaa_2002_s120",
        "2002 Act, section 120: duty to state all reasons at once",
        "Whoever has had a one-stop notice states every reason for staying, every ground on which they should be permitted "
        "to, and every ground on which they should not be removed, and any new one as soon as it arises.",
        f"{NIAA}, section 120, as substituted by the Immigration Act 2014",
        date(2014, 10, 20),
    ),
    Statement(
        "citizens_rights_appeals",
        "Citizens’ Rights Appeals Regulations 2020: appeal against a citizens’ rights decision",
        "Grounds: the decision breaches a right under the withdrawal agreement, the EEA EFTA or the Swiss agreement, or does "
        "not accord with the rules or regulations it was made under.",
        "Immigration (Citizens’ Rights Appeals) (EU Exit) Regulations 2020 (SI 2020/61), regulations 3 to 8",
        date(2020, 1, 31),
    ),
    Statement(
        "eea_2016_r33",
        "2016 Regulations, regulation 33, as saved: removal while an appeal is pending",
        "Where removal would not be unlawful under section 6 of the Human Rights Act 1998, the person may be removed before "
        "the appeal ends, and may ask to come back for the hearing.",
        "SI 2016/1052, regulation 33; revoked with savings by SI 2020/1209",
        date(2017, 2, 1),
    ),
    Statement(
        "notices_2003_r5",
        "Notices Regulations 2003, regulation 5: what a notice of decision holds",
        "The reasons, or comes with them; and of a decision that can be appealed the right and its provision, whether it is "
        "brought from inside or outside, the grounds, how and by when, and where advice is to be had.",
        "Immigration (Notices) Regulations 2003 (SI 2003/658), regulation 5, as amended by SI 2014/2768",
        date(2014, 10, 20),
    ),
)  # fmt: skip
