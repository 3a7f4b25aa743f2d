"""Reference data: the forces of England and Wales, and the Home Office teams that can hold a case.

PNC force codes and names; ONS codes run E23000001 to E23000039 and W15000001 to W15000004 in the
same order. Engagement dates are the guidance's (page 4) where it gives one.
"""

from datetime import date

from nexus.accounts.models import Force, Team
from nexus.accounts.regions import OF_FORCE

ENGLAND: tuple[tuple[str, str], ...] = (
    ("01", "Metropolitan Police Service"),
    ("03", "Cumbria Constabulary"),
    ("04", "Lancashire Constabulary"),
    ("05", "Merseyside Police"),
    ("06", "Greater Manchester Police"),
    ("07", "Cheshire Constabulary"),
    ("10", "Northumbria Police"),
    ("11", "Durham Constabulary"),
    ("12", "North Yorkshire Police"),
    ("13", "West Yorkshire Police"),
    ("14", "South Yorkshire Police"),
    ("16", "Humberside Police"),
    ("17", "Cleveland Police"),
    ("20", "West Midlands Police"),
    ("21", "Staffordshire Police"),
    ("22", "West Mercia Police"),
    ("23", "Warwickshire Police"),
    ("30", "Derbyshire Constabulary"),
    ("31", "Nottinghamshire Police"),
    ("32", "Lincolnshire Police"),
    ("33", "Leicestershire Police"),
    ("34", "Northamptonshire Police"),
    ("35", "Cambridgeshire Constabulary"),
    ("36", "Norfolk Constabulary"),
    ("37", "Suffolk Constabulary"),
    ("40", "Bedfordshire Police"),
    ("41", "Hertfordshire Constabulary"),
    ("42", "Essex Police"),
    ("43", "Thames Valley Police"),
    ("44", "Hampshire Constabulary"),
    ("45", "Surrey Police"),
    ("46", "Kent Police"),
    ("47", "Sussex Police"),
    ("48", "City of London Police"),
    ("50", "Devon and Cornwall Police"),
    ("52", "Avon and Somerset Police"),
    ("53", "Gloucestershire Constabulary"),
    ("54", "Wiltshire Police"),
    ("55", "Dorset Police"),
)
WALES: tuple[tuple[str, str], ...] = (
    ("60", "North Wales Police"),
    ("61", "Gwent Police"),
    ("62", "South Wales Police"),
    ("63", "Dyfed-Powys Police"),
)
# "It is also envisaged to engage with Police Scotland" (p. 6); known, not engaged by default.
NOT_ENGAGED: tuple[tuple[str, str], ...] = (
    ("93", "British Transport Police"),
    ("97", "Police Scotland"),
    ("98", "Police Service of Northern Ireland"),
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
        Force(code=code, name=name, ons_code=f"E23{number:06d}", engaged=True)
        for number, (code, name) in enumerate(ENGLAND, start=1)
    ]
    rows += [
        Force(code=code, name=name, ons_code=f"W15{number:06d}", engaged=True)
        for number, (code, name) in enumerate(WALES, start=1)
    ]
    rows += [Force(code=code, name=name) for code, name in NOT_ENGAGED]
    for force in rows:
        force.engaged_on = ENGAGED_ON.get(force.code)
        force.region = OF_FORCE.get(force.code, "")
        force.metropolitan = force.code == METROPOLITAN
    before = Force.objects.count(), Team.objects.count()
    Force.objects.bulk_create(rows, ignore_conflicts=True)
    Team.objects.bulk_create([Team(code=code, name=name) for code, name in TEAMS], ignore_conflicts=True)
    return Force.objects.count() - before[0], Team.objects.count() - before[1]
