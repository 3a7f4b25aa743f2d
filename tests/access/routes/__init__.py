"""The table: every address, in which state of its thing, who may read and who may write there.

One file a part; table.py has the words they share. A test fails when an address is missing.
"""

from tests.access.routes.api import API, API_DATAWASH, API_DUPLICATES, API_MATRIX
from tests.access.routes.api_casework import API_CASEWORK, API_DECISIONS, API_OPERATIONS
from tests.access.routes.api_files import API_FILES
from tests.access.routes.casework import CASEWORK, KEYING, REPORTS
from tests.access.routes.datawash import DATAWASH, DUPLICATES
from tests.access.routes.decisions import DECISIONS
from tests.access.routes.desk import DESK
from tests.access.routes.duty_desk import DUTY_DESK
from tests.access.routes.ground import GROUND
from tests.access.routes.material import NEXUS_MATERIAL
from tests.access.routes.operations import OPERATIONS
from tests.access.routes.referrals import DRAFT, MATRIX
from tests.access.routes.support import SUPPORT
from tests.access.routes.tribunal import TRIBUNAL

PARTS = {
    "material": NEXUS_MATERIAL,
    "ground": GROUND,
    "referrals": DRAFT + DESK + DUTY_DESK + MATRIX,
    "datawash": DATAWASH + DUPLICATES,
    "casework": CASEWORK + REPORTS + SUPPORT + KEYING,
    "decisions": DECISIONS,
    "tribunal": TRIBUNAL,
    "operations": OPERATIONS,
    "api": API + API_DATAWASH + API_DUPLICATES + API_MATRIX,
    "api_casework": API_CASEWORK,
    "api_operations": API_OPERATIONS,
    "api_decisions": API_DECISIONS,
    "api_files": API_FILES,
}
ROUTES = tuple(route for part in PARTS.values() for route in part)
