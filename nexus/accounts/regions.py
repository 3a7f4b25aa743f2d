"""The policing regions of England and Wales, by which forces meet Liverpool for tasking discussions.

The nine regions of England and Wales as a tenth, each force in one, as in the Home Office's tables of police
recorded crime by police force area. Other groupings exist (the regional organised crime units put Essex and Kent
with the East): an administrator moves a force where its meeting is another.
"""

from django.db.models import TextChoices


class Region(TextChoices):
    """In the order in which the tasking discussion list shows them."""

    LONDON = "london", "London"
    SOUTH_EAST = "south_east", "South East"
    SOUTH_WEST = "south_west", "South West"
    EASTERN = "eastern", "Eastern"
    EAST_MIDLANDS = "east_midlands", "East Midlands"
    WEST_MIDLANDS = "west_midlands", "West Midlands"
    NORTH_WEST = "north_west", "North West"
    NORTH_EAST = "north_east", "North East"
    YORKSHIRE = "yorkshire", "Yorkshire and the Humber"
    WALES = "wales", "Wales"


# What a force of no region is called: it polices all of the country, or another one.
NO_REGION = "No region"

CODES: dict[Region, str] = {
    Region.LONDON: "01 48",
    Region.SOUTH_EAST: "43 44 45 46 47",
    Region.SOUTH_WEST: "50 52 53 54 55",
    Region.EASTERN: "35 36 37 40 41 42",
    Region.EAST_MIDLANDS: "30 31 32 33 34",
    Region.WEST_MIDLANDS: "20 21 22 23",
    Region.NORTH_WEST: "03 04 05 06 07",
    Region.NORTH_EAST: "10 11 17",
    Region.YORKSHIRE: "12 13 14 16",
    Region.WALES: "60 61 62 63",
}
OF_FORCE: dict[str, Region] = {code: region for region, codes in CODES.items() for code in codes.split()}
