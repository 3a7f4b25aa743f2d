"""How the tables of what people are told are kept, and which of their fields are about people."""

from nexus.retention.kept import Declarations, Kept, kept_changes

RETENTION: Declarations = {
    "notifications.Preference": Kept(
        retention="telling",
        other="group delivery",
    ),
    "notifications.Mail": Kept(
        retention="telling",
        personal="failure",
        other="lease_ends_at lease_token attempts key state made_at due_at may_have_arrived sent_at",
    ),
    "notifications.MailChange": kept_changes("telling", within="mail"),
    "notifications.Notification": Kept(
        retention="telling",
        other="event_key kind reference subject_type subject_id url_name url_args made_at read_at delivery",
    ),
}
