"""Languages that are widely read in a country, by its nationality: their English name, and their own.

No translation of any sentence of a letter has been reviewed, so none is printed: the letter names the language, and the
preview says so. A language's own name stands here only in a script that the fonts of every installation draw.
"""

SPOKEN: dict[str, tuple[tuple[str, str], ...]] = {
    "AFG": (("Dari", "دری"), ("Pashto", "پښتو")),
    "ALB": (("Albanian", "Shqip"),),
    "BGD": (("Bengali", ""),),
    "BRA": (("Portuguese", "Português"),),
    "BGR": (("Bulgarian", "Български"),),
    "CHN": (("Chinese", ""),),
    "CZE": (("Czech", "Čeština"),),
    "DZA": (("Arabic", "العربية"),),
    "EGY": (("Arabic", "العربية"),),
    "ERI": (("Tigrinya", ""), ("Arabic", "العربية")),
    "ETH": (("Amharic", ""),),
    "FRA": (("French", "Français"),),
    "GEO": (("Georgian", "ქართული"),),
    "GRC": (("Greek", "Ελληνικά"),),
    "HUN": (("Hungarian", "Magyar"),),
    "IND": (("Hindi", ""), ("Punjabi", "")),
    "IRN": (("Farsi", "فارسی"),),
    "IRQ": (("Arabic", "العربية"), ("Kurdish", "کوردی")),
    "ITA": (("Italian", "Italiano"),),
    "LKA": (("Tamil", ""), ("Sinhala", "")),
    "LTU": (("Lithuanian", "Lietuvių"),),
    "LVA": (("Latvian", "Latviešu"),),
    "MAR": (("Arabic", "العربية"), ("French", "Français")),
    "NPL": (("Nepali", ""),),
    "PAK": (("Urdu", "اردو"), ("Punjabi", "")),
    "POL": (("Polish", "Polski"),),
    "PRT": (("Portuguese", "Português"),),
    "ROU": (("Romanian", "Română"),),
    "RUS": (("Russian", "Русский"),),
    "SDN": (("Arabic", "العربية"),),
    "SOM": (("Somali", "Soomaali"),),
    "ESP": (("Spanish", "Español"),),
    "SYR": (("Arabic", "العربية"),),
    "TUR": (("Turkish", "Türkçe"),),
    "UKR": (("Ukrainian", "Українська"),),
    "VNM": (("Vietnamese", "Tiếng Việt"),),
}


def languages_of(codes: list[str]) -> list[str]:
    """As the letter names them: Albanian (Shqip)."""
    found = dict.fromkeys(each for code in codes for each in SPOKEN.get(code, ()))
    return [f"{name} ({own})" if own else name for name, own in found]
