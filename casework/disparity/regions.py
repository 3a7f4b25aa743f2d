"""Nationalities in groups by part of the world, for figures: single countries would be too few."""

EEA = frozenset(
    "AUT BEL BGR HRV CYP CZE DNK EST FIN FRA DEU GRC HUN ISL IRL ITA LVA LIE LTU LUX MLT NLD NOR POL PRT ROU SVK SVN "
    "ESP SWE CHE ALA GLP GUF MTQ MYT REU MAF".split()
)
REST_OF_EUROPE = frozenset(
    "ALB AND ARM AZE BLR BIH FRO GEO GIB GGY IMN JEY MDA MCO MNE MKD RKS RUS SMR SRB SJM TUR UKR VAT".split()
)
AFRICA = frozenset(
    "DZA AGO BEN BWA BFA BDI CMR CPV CAF TCD COM COG COD CIV DJI EGY GNQ ERI SWZ ETH GAB GMB GHA GIN GNB KEN LSO LBR "
    "LBY MDG MWI MLI MRT MUS MAR MOZ NAM NER NGA RWA SHN STP SEN SYC SLE SOM ZAF SSD SDN TZA TGO TUN UGA ESH ZMB "
    "ZWE".split()
)
MIDDLE_EAST = frozenset("BHR IRN IRQ ISR JOR KWT LBN OMN PSE QAT SAU SYR ARE YEM".split())
ASIA = frozenset(
    "AFG BGD BTN BRN KHM CHN HKG IND IDN JPN KAZ KGZ LAO MAC MYS MDV MNG MMR NPL PAK PHL PRK KOR SGP LKA TWN TJK THA "
    "TLS TKM UZB VNM".split()
)
AMERICAS = frozenset(
    "AIA ATG ARG ABW BHS BRB BLZ BMU BOL BES BRA VGB CAN CYM CHL COL CRI CUB CUW DMA DOM ECU SLV FLK GRL GRD GTM GUY "
    "HTI HND JAM MEX MSR NIC PAN PRY PER PRI BLM KNA LCA SPM VCT SXM SUR TTO TCA USA VIR URY VEN".split()
)
# By the code of the group: its words, and the nationalities in it. What is in none is "other".
NATIONALITY_GROUPS: dict[str, tuple[str, frozenset[str]]] = {
    "eea": ("EEA or Switzerland", EEA),
    "europe": ("Rest of Europe", REST_OF_EUROPE),
    "africa": ("Africa", AFRICA),
    "middle_east": ("Middle East", MIDDLE_EAST),
    "asia": ("Rest of Asia", ASIA),
    "americas": ("Americas and Caribbean", AMERICAS),
}
OTHER = ("other", "Oceania, stateless, British classes, or not known")
