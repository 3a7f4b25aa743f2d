"""How the tables of pairs that may be one person are kept, and which of their fields are about people."""

from nexus.retention.kept import Declarations, Kept

RETENTION: Declarations = {
    "duplicates.Search": Kept(
        retention="record",
        other="details model_version searched_at",
        within="referral",
    ),
    "duplicates.Pair": Kept(
        retention="record",
        personal="steps",
        other="probability found_at",
        within="referral other",
        addresses="/same-person/{}/",
    ),
    "duplicates.Judgement": Kept(
        retention="record",
        personal="reason taken_back_reason",
        other="verdict at taken_back_at",
        within="pair",
        addresses="/same-person/said/{}/",
    ),
    "duplicates.Merge": Kept(
        retention="record",
        personal="reason undone_reason",
        other="at undone_at",
        within="judgement leading follower",
        addresses="/same-person/merges/{}/",
    ),
}
