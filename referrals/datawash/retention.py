"""How the tables of data-washes are kept, and which of their fields are about people."""

from nexus.retention.kept import Declarations, Kept, kept_changes

RETENTION: Declarations = {
    "datawash.Person": Kept(
        retention="register",
        personal=(
            "person_id surname forenames dob sex nationality postcode place_of_birth aliases pnc_id cro "
            "ho_ref immigration_status"
        ),
        other="changed_at changed_in gone_at",
    ),
    "datawash.Agreement": Kept(
        retention="reference",
        other="title starts_on ends_on pots columns stale_after_days purge_after_days made_at",
    ),
    "datawash.Wash": Kept(
        retention="datawash",
        personal="purpose file_name about questions answers",
        other=(
            "lease_ends_at lease_token attempts sha256 state uploaded_at read accepted rejected failure stage "
            "done washed_at register_as_at model_version counts purged_at"
        ),
    ),
    "datawash.WashChange": kept_changes("datawash", within="wash"),
    "datawash.WashRemark": Kept(
        retention="datawash",
        personal="text cells",
        other="line reference kind",
        within="wash",
    ),
    "datawash.WashRow": Kept(
        retention="datawash",
        personal=(
            "surname forenames dob dob_doubt sex nationality pnc_id cro ho_ref aliases place_of_birth postcode grade "
            "pot reason confirmed"
        ),
        other="number force_row_ref purged_at",
        within="wash referral",
        addresses="/data-wash/%/rows/{}/",
    ),
    "datawash.Candidate": Kept(
        retention="datawash",
        personal="probability weight steps",
        other="place",
        within="row",
        addresses="/data-wash/review/{}/",
    ),
    "datawash.Review": Kept(
        retention="datawash",
        personal="note",
        other="verdict at",
        within="candidate",
    ),
}
