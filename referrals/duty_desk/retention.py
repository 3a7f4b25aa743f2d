"""How the tables of the Duty Desk are kept, and which of their fields are about people."""

from nexus.retention.kept import Declarations, Kept, kept_changes

RETENTION: Declarations = {
    "duty_desk.Enquiry": Kept(
        retention="enquiry",
        personal="caller contact question reply",
        other="state asker logged_at answered_at idempotency_key",
        within="referral",
        addresses="/duty-desk/enquiries/{}/",
        others="caller contact",
    ),
    "duty_desk.EnquiryChange": kept_changes("record", within="enquiry"),
    "duty_desk.EnquiryNote": Kept(
        retention="record",
        personal="text",
        other="at",
        within="enquiry referral",
    ),
    "duty_desk.PendingMatter": Kept(
        retention="record",
        personal=(
            "kind what court their_reference known_since hearing_on result changes suspends_removal "
            "suspends_reason tasked_to ending"
        ),
        other="next_on made_at looked_at judged_at ended_at",
        within="referral",
        addresses="/duty-desk/pending/{}/",
    ),
    "duty_desk.MatterEntry": Kept(
        retention="record",
        personal="done said text changes hearing_on",
        other="next_on at",
        within="matter",
    ),
    "duty_desk.Shift": Kept(
        retention="desk",
        personal="cancel_reason",
        other="duty starts_at ends_at made_at cancelled_at",
    ),
    "duty_desk.HandoverNote": Kept(
        retention="desk",
        personal="text",
        other="day at",
    ),
    "duty_desk.RotaAlert": Kept(
        retention="desk",
        other="duty starts_at ends_at told_at over_at",
    ),
    "duty_desk.TelephoneReferral": Kept(
        retention="record",
        personal="caller contact why_urgent asked",
        other="taken_at",
        within="referral",
        addresses="/duty-desk/calls/{}/",
        others="caller contact",
    ),
    "duty_desk.CallAdvice": Kept(
        retention="record",
        personal="text",
        other="at",
        within="call",
    ),
}
