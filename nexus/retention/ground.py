"""How the tables are kept that belong to no part: files, drafts of pages, and Django's own."""

from nexus.retention.kept import Declarations, Kept

GROUND: Declarations = {
    "auth.Permission": Kept(
        retention="reference",
        other="name codename",
    ),
    "auth.Group": Kept(
        retention="reference",
        other="name",
    ),
    "contenttypes.ContentType": Kept(
        retention="reference",
        other="app_label model",
    ),
    "sessions.Session": Kept(
        retention="session",
        personal="session_data",
        other="expire_date",
    ),
    "knox.AuthToken": Kept(
        retention="session",
        other="token_key created expiry",
    ),
    "mfa.Authenticator": Kept(
        retention="account",
        personal="data",
        other="type created_at last_used_at",
    ),
    # Both come with allauth and stay empty: an account has one address, and it stands on the account.
    "account.EmailAddress": Kept(
        retention="account",
        personal="email",
        other="verified primary",
    ),
    "account.EmailConfirmation": Kept(
        retention="account",
        other="created sent key",
    ),
    "documents.StoredFile": Kept(
        retention="file",
        personal="name",
        other="content_type size sha256 scan scan_note scanned_at not_shown pages uploaded_at",
    ),
    "presses.Press": Kept(
        retention="page_draft",
        personal="answer",
        other="key place body at status location",
    ),
    "changes.Change": Kept(
        retention="audit",
        other="number",
    ),
    "drafts.Draft": Kept(
        retention="page_draft",
        personal="answers",
        other="page saved_at",
    ),
}
