"""The roles of the brief, and which of them belong to a police force."""

from django.db.models import TextChoices


class Role(TextChoices):
    POLICE_OFFICER = "police_officer", "Police officer"
    FORCE_LEAD = "force_lead", "Force lead"
    IMMIGRATION_OFFICER = "immigration_officer", "ICE, CCU or custody immigration officer"
    REFERRALS_OFFICER = "referrals_officer", "Referrals officer"
    CASE_OWNER = "case_owner", "Case-owner"
    SENIOR_CASEWORKER = "senior_caseworker", "Senior Caseworker"
    CIO_HMI = "cio_hmi", "Chief Immigration Officer or HM Inspector"
    SPECIALIST_APPEALS = "specialist_appeals", "Specialist Appeals"
    CRIMINAL_CASEWORK = "criminal_casework", "Criminal Casework case-owner"
    MANAGER = "manager", "Manager"
    AUDITOR = "auditor", "Auditor or data protection officer"
    ADMINISTRATOR = "administrator", "Administrator"


POLICE_ROLES = frozenset({Role.POLICE_OFFICER, Role.FORCE_LEAD})
# Who works Liverpool's cases, and so reads them whole.
CASEWORK_ROLES = frozenset(
    {Role.CASE_OWNER, Role.SENIOR_CASEWORKER, Role.CIO_HMI, Role.SPECIALIST_APPEALS, Role.MANAGER}
)
EVERY_ROLE = frozenset(Role)
