"""The endpoints of files: whoever is given one on its page is given it there, and nobody else."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tests.access.routes.casework import CASEWORK, REPORTS
from tests.access.routes.datawash import DATAWASH
from tests.access.routes.decisions import DECISIONS
from tests.access.routes.material import NEXUS_MATERIAL
from tests.access.routes.referrals import DRAFT
from tests.access.routes.support import SUPPORT
from tests.access.routes.table import Route
from tests.access.routes.tribunal import TRIBUNAL

PAGES = {
    "referrals:pdf": "referral_file",
    "referrals:attachment": "referral_attachment_file",
    "casework:document": "case_document_file",
    "casework:printed": "case_file",
    "tribunal:version": "case_bundle_file",
    "decisions:letter": "case_letter_file",
    "material:record": "material_record_file",
    "support:document": "support_message_file",
    "material:original": "material_original_file",
    "datawash:download": "wash_report_file",
    "datawash:rejected": "wash_rejected_file",
    "reports:download": "report_file",
}


def given_out(*parts: Iterable[Route]) -> Iterator[Route]:
    """The pages' rows, under the names of the endpoints."""
    for part in parts:
        for page in part:
            if page.name in PAGES:
                yield replace(page, name=f"api:{PAGES[page.name]}")


API_FILES = tuple(given_out(DRAFT, CASEWORK, TRIBUNAL, DECISIONS, NEXUS_MATERIAL, SUPPORT, DATAWASH, REPORTS))
