"""What an administrator keeps, as rows: accounts, forces, teams and the bank holidays that were added."""

from nexus.accounts.models import BankHoliday, Force, Team, User
from nexus.accounts.permissions import WHO_MAY
from nexus.rows import Rows

USERS = Rows(noun="user", seen=lambda by: User.objects.select_related("force", "team"), who_may=WHO_MAY)
FORCES = Rows(noun="force", seen=lambda by: Force.objects.all(), who_may=WHO_MAY, lookups={"code": "code"})
TEAMS = Rows(noun="team", seen=lambda by: Team.objects.all(), who_may=WHO_MAY)
BANK_HOLIDAYS = Rows(noun="bank_holiday", seen=lambda by: BankHoliday.objects.all(), who_may=WHO_MAY)
