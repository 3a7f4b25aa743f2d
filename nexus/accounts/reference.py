"""Reference data: the forces of England and Wales, and the Home Office teams that can hold a case.

Each force states its PNC code, its ONS code and its name: a row added or taken out moves no other's.
Engagement dates are the guidance's (page 4) where it gives one.
"""

from datetime import date

from nexus.accounts.models import Force, Team
from nexus.accounts.regions import OF_FORCE

# PNC force code, ONS code where it has one, name
ForceRow = tuple[str, str, str]

ENGLAND: tuple[ForceRow, ...] = (
    ("01", "E23000001", "Metropolitan Police Service"),
    ("03", "E23000002", "Cumbria Constabulary"),
    ("04", "E23000003", "Lancashire Constabulary"),
    ("05", "E23000004", "Merseyside Police"),
    ("06", "E23000005", "Greater Manchester Police"),
    ("07", "E23000006", "Cheshire Constabulary"),
    ("10", "E23000007", "Northumbria Police"),
    ("11", "E23000008", "Durham Constabulary"),
    ("12", "E23000009", "North Yorkshire Police"),
    ("13", "E23000010", "West Yorkshire Police"),
    ("14", "E23000011", "South Yorkshire Police"),
    ("16", "E23000012", "Humberside Police"),
    ("17", "E23000013", "Cleveland Police"),
    ("20", "E23000014", "West Midlands Police"),
    ("21", "E23000015", "Staffordshire Police"),
    ("22", "E23000016", "West Mercia Police"),
    ("23", "E23000017", "Warwickshire Police"),
    ("30", "E23000018", "Derbyshire Constabulary"),
    ("31", "E23000019", "Nottinghamshire Police"),
    ("32", "E23000020", "Lincolnshire Police"),
    ("33", "E23000021", "Leicestershire Police"),
    ("34", "E23000022", "Northamptonshire Police"),
    ("35", "E23000023", "Cambridgeshire Constabulary"),
    ("36", "E23000024", "Norfolk Constabulary"),
    ("37", "E23000025", "Suffolk Constabulary"),
    ("40", "E23000026", "Bedfordshire Police"),
    ("41", "E23000027", "Hertfordshire Constabulary"),
    ("42", "E23000028", "Essex Police"),
    ("43", "E23000029", "Thames Valley Police"),
    ("44", "E23000030", "Hampshire Constabulary"),
    ("45", "E23000031", "Surrey Police"),
    ("46", "E23000032", "Kent Police"),
    ("47", "E23000033", "Sussex Police"),
    ("48", "E23000034", "City of London Police"),
    ("50", "E23000035", "Devon and Cornwall Police"),
    ("52", "E23000036", "Avon and Somerset Police"),
    ("53", "E23000037", "Gloucestershire Constabulary"),
    ("54", "E23000038", "Wiltshire Police"),
    ("55", "E23000039", "Dorset Police"),
)
WALES: tuple[ForceRow, ...] = (
    ("60", "W15000001", "North Wales Police"),
    ("61", "W15000002", "Gwent Police"),
    ("62", "W15000003", "South Wales Police"),
    ("63", "W15000004", "Dyfed-Powys Police"),
)
# "It is also envisaged to engage with Police Scotland" (p. 6); known, not engaged by default.
NOT_ENGAGED: tuple[ForceRow, ...] = (
    ("93", "", "British Transport Police"),
    ("97", "", "Police Scotland"),
    ("98", "", "Police Service of Northern Ireland"),
)
METROPOLITAN = "01"

# "initially rolled out by the Metropolitan Police Service … in September 2012 … West Midlands Police
# joined in June 2013, followed by Greater Manchester and forces from East Midlands in 2014" (p. 4).
# The guidance gives months and years; the first day of each stands for them.
ENGAGED_ON = {
    "01": date(2012, 9, 1),
    "20": date(2013, 6, 1),
    **dict.fromkeys(("06", "30", "31", "32", "33", "34"), date(2014, 1, 1)),
}

TEAMS: tuple[tuple[str, str], ...] = (
    ("nexus_high_harm", "Nexus High Harm, Liverpool"),
    ("referrals_office", "Nexus High Harm Referrals Office, Croydon"),
    ("criminal_casework", "Criminal Casework"),
    ("national_removal_command", "National Removal Command"),
    ("removals_casework_command", "Removals Casework Command"),
    ("specialist_appeals", "Specialist Appeals"),
    ("asylum_casework", "Asylum casework"),
)


def load_reference_data() -> tuple[int, int]:
    """Add the forces and teams that are missing; change none that is there.

    Returns how many forces and how many teams were added.
    """
    rows = [
        Force(code=code, ons_code=ons_code, name=name, engaged=True)
        for code, ons_code, name in ENGLAND + WALES
    ]
    rows += [Force(code=code, ons_code=ons_code, name=name) for code, ons_code, name in NOT_ENGAGED]
    for force in rows:
        force.engaged_on = ENGAGED_ON.get(force.code)
        force.region = OF_FORCE.get(force.code, "")
        force.metropolitan = force.code == METROPOLITAN
    before = Force.objects.count(), Team.objects.count()
    Force.objects.bulk_create(rows, ignore_conflicts=True)
    Team.objects.bulk_create([Team(code=code, name=name) for code, name in TEAMS], ignore_conflicts=True)
    return Force.objects.count() - before[0], Team.objects.count() - before[1]
