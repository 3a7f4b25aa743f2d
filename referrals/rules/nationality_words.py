"""Which nationality a word means: a code of two or three letters, a country's name, what its people are called.

ISO 3166-1 alpha-2 beside alpha-3; names and adjectives as English usage has them, with the older ones lists still bear.
"""

import unicodedata

from referrals.rules.nationalities import NATIONALITIES

# alpha-3, alpha-2, then words for the nationality or the country, separated by commas.
WORDS = """
AFG AF Afghan, Afghani
ALB AL Albanian
DZA DZ Algerian
AND AD Andorran
AGO AO Angolan
ATG AG Antiguan
ARG AR Argentine, Argentinian
ARM AM Armenian
AUS AU Australian
AUT AT Austrian
AZE AZ Azerbaijani, Azeri
BHS BS Bahamian, The Bahamas
BHR BH Bahraini
BGD BD Bangladeshi
BRB BB Barbadian, Bajan
BLR BY Belarusian, Belarussian, Byelorussia
BEL BE Belgian
BLZ BZ Belizean
BEN BJ Beninese
BMU BM Bermudian
BTN BT Bhutanese
BOL BO Bolivian
BIH BA Bosnian, Bosnia, Bosnia-Herzegovina
BWA BW Botswanan, Motswana
BRA BR Brazilian
BRN BN Bruneian, Brunei Darussalam
BGR BG Bulgarian
BFA BF Burkinabe
BDI BI Burundian
KHM KH Cambodian
CMR CM Cameroonian
CAN CA Canadian
CPV CV Cape Verdean, Cabo Verde
CAF CF Central African
TCD TD Chadian
CHL CL Chilean
CHN CN Chinese, People's Republic of China, PRC
COL CO Colombian
COM KM Comorian
COG CG Congo Brazzaville, Congo-Brazzaville, Republic of the Congo
COD CD Congolese (DRC), DRC, DR Congo, Democratic Republic of the Congo, Zaire, Zairean, Congo-Kinshasa
CRI CR Costa Rican
HRV HR Croatian, Croat
CUB CU Cuban
CYP CY Cypriot
CZE CZ Czech, Czech Republic
DNK DK Danish, Dane
DJI DJ Djiboutian
DMA DM
DOM DO
TLS TL Timorese, Timor-Leste
ECU EC Ecuadorian, Ecuadorean
EGY EG Egyptian
SLV SV Salvadoran, Salvadorean
GNQ GQ Equatorial Guinean
ERI ER Eritrean
EST EE Estonian
SWZ SZ Swazi, Swaziland
ETH ET Ethiopian
FJI FJ Fijian
FIN FI Finnish, Finn
FRA FR French
GAB GA Gabonese
GMB GM Gambian, The Gambia
GEO GE Georgian
DEU DE German
GHA GH Ghanaian, Ghanian
GIB GI Gibraltarian
GRC GR Greek
GRD GD Grenadian
GTM GT Guatemalan
GIN GN Guinean
GNB GW Bissau-Guinean, Guinea Bissau
GUY GY Guyanese
HTI HT Haitian
HND HN Honduran
HKG HK
HUN HU Hungarian
ISL IS Icelandic, Icelander
IND IN Indian
IDN ID Indonesian
IRN IR Iranian, Persian, Islamic Republic of Iran
IRQ IQ Iraqi
IRL IE Irish, Republic of Ireland, Eire
ISR IL Israeli
ITA IT Italian
CIV CI Ivorian, Cote d'Ivoire
JAM JM Jamaican
JPN JP Japanese
JOR JO Jordanian
KAZ KZ Kazakh, Kazakhstani
KEN KE Kenyan
KIR KI
KWT KW Kuwaiti
KGZ KG Kyrgyz, Kyrgyzstani, Kirghizstan
LAO LA Laotian, Lao
LVA LV Latvian
LBN LB Lebanese
LSO LS Basotho, Mosotho
LBR LR Liberian
LBY LY Libyan
LIE LI Liechtensteiner
LTU LT Lithuanian
LUX LU Luxembourger
MAC MO
MDG MG Malagasy, Madagascan
MWI MW Malawian
MYS MY Malaysian
MDV MV Maldivian
MLI ML Malian
MLT MT Maltese
MRT MR Mauritanian
MUS MU Mauritian
MEX MX Mexican
MDA MD Moldovan, Republic of Moldova
MCO MC Monegasque
MNG MN Mongolian
MNE ME Montenegrin
MAR MA Moroccan
MOZ MZ Mozambican
MMR MM Burmese, Burma
NAM NA Namibian
NPL NP Nepali, Nepalese
NLD NL Dutch, Holland, The Netherlands
NZL NZ New Zealander
NIC NI Nicaraguan
NER NE Nigerien
NGA NG Nigerian
PRK KP North Korean
MKD MK Macedonian, Macedonia, FYROM
NOR NO Norwegian
OMN OM Omani
PAK PK Pakistani
PSE PS Palestinian, Palestine, Occupied Palestinian Territories
PAN PA Panamanian
PNG PG Papua New Guinean
PRY PY Paraguayan
PER PE Peruvian
PHL PH Filipino, Filipina, Philippine, Phillipines
POL PL Polish, Pole
PRT PT Portuguese
QAT QA Qatari
ROU RO Romanian, Rumania, ROM
RUS RU Russian, Russian Federation
RWA RW Rwandan
KNA KN Kittitian
LCA LC Saint Lucian, St Lucia, St Lucian
VCT VC Vincentian, St Vincent, Saint Vincent
WSM WS Samoan
SMR SM
STP ST
SAU SA Saudi, Saudi Arabian
SEN SN Senegalese
SRB RS Serbian, Serb
SYC SC Seychellois
SLE SL Sierra Leonean
SGP SG Singaporean
SVK SK Slovak, Slovakian
SVN SI Slovene, Slovenian
SOM SO Somali, Somalian
ZAF ZA South African
KOR KR South Korean, Korea, Republic of Korea
SSD SS South Sudanese
ESP ES Spanish, Spaniard
LKA LK Sri Lankan
SDN SD Sudanese
SUR SR Surinamese
SWE SE Swedish, Swede
CHE CH Swiss
SYR SY Syrian, Syrian Arab Republic
TWN TW Taiwanese
TJK TJ Tajik, Tajikistani
TZA TZ Tanzanian
THA TH Thai
TGO TG Togolese
TON TO Tongan
TTO TT Trinidadian, Trinidad
TUN TN Tunisian
TUR TR Turkish, Turk, Turkiye
TKM TM Turkmen
UGA UG Ugandan
UKR UA Ukrainian
ARE AE Emirati, UAE
GBR GB British, UK, Briton, English, Scottish, Welsh, Great Britain, United Kingdom, England, Scotland, Wales, Northern Ireland
USA US American, USA, United States of America, United States
URY UY Uruguayan
UZB UZ Uzbek, Uzbekistani
VUT VU
VEN VE Venezuelan
VNM VN Vietnamese, Viet Nam
ESH EH Sahrawi
YEM YE Yemeni
ZMB ZM Zambian
ZWE ZW Zimbabwean
RKS XK Kosovan, Kosovar, XKX, KOS, UNK
XXA - Stateless
"""
UNDETERMINED = "XXX"


def _folded(text: str) -> str:
    """The letters alone, without marks and case."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in bare if letter.isalpha())


def _meanings() -> dict[str, str]:
    found = {_folded(code): code for code in NATIONALITIES}
    found |= {_folded(name): code for code, name in NATIONALITIES.items()}
    for line in WORDS.strip().splitlines():
        code, short, *rest = line.split(" ", 2)
        for word in (short, *(rest[0].split(",") if rest else ())):
            if folded := _folded(word):
                found[folded] = code
    return found


MEANINGS = _meanings()


def nationality_code(text: str) -> str:
    """The three-letter code of what the text names; nothing where it is not understood, or says that nobody knows."""
    code = MEANINGS.get(_folded(text), "")
    return "" if code == UNDETERMINED else code
