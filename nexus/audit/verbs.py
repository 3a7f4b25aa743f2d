"""What the auditor has done to the record: it is verified."""

from django.urls import reverse

from nexus.accounts.permissions import WHO_MAY
from nexus.audit import actions
from nexus.verbs import Verb, VerbPages

VERBS = {
    "verify": Verb(
        action=actions.ask_to_verify,
        heading="Verify the record now",
        success="The record is being verified. Open this page again in a minute",
        button_only=True,
        permission=lambda nothing: "read_audit",
    ),
}
pages = VerbPages(verbs=VERBS, who_may=WHO_MAY, back=lambda nothing, by: reverse("audit:log"))
