"""Invented names in many traditions, with the spellings and scripts a form must carry unharmed.

Given names are common ones; family names are put together from parts, so that no row is a person.
A part may carry its own script after a bar: "Latin|script". Nothing but the name, the nationality and
the place of birth is drawn from a tradition: what a subject did is drawn without looking at it.
"""

import unicodedata
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Tradition:
    """How one tradition makes a name. `order` says how the two parts are written together."""

    codes: tuple[str, ...]
    men: str
    women: str
    starts: str
    ends: str
    places: str
    joint: str = ""
    family_first: bool = False
    feminine: tuple[tuple[str, str], ...] = ()
    weight: int = 3


@dataclass(frozen=True)
class Name:
    surname: str
    forenames: str
    alias: str
    place: str


TRADITIONS: tuple[Tradition, ...] = (
    Tradition(
        ("POL",),
        "Tomasz Paweł Łukasz Grzegorz Michał Wojciech Błażej Kazimierz",
        "Agnieszka Małgorzata Żaneta Elżbieta Kinga",
        "Brzoz Wierzch Olszan Sędziw Jarzęb Gwiazd Łąk Święt",
        "owski ecki iński owicz",
        "Nowe_Lipowo Stary_Wiązów Brzezina_Górna",
        feminine=(("ski", "ska"), ("cki", "cka")),
        weight=4,
    ),
    Tradition(
        ("ROU", "MDA"),
        "Ionuț Ștefan Răzvan Cătălin Mădălin Gheorghe Vlăduț",
        "Mărioara Ștefania Ileana Crăița Anișoara",
        "Păltin Brădeț Câmp Țărm Stejăr Vârt Mălin",
        "eanu escu aru ăscu",
        "Valea_Mărului Târgu_Stejar Podu_Vechi",
        weight=4,
    ),
    Tradition(
        ("BGR",),
        "Георги:Georgi Димитър:Dimitar Красимир:Krasimir Пламен:Plamen Живко:Zhivko",
        "Десислава:Desislava Цветелина:Tsvetelina Живка:Zhivka",
        "Брезо:Brezo Вълчо:Valcho Гълъбо:Galabo Дряно:Dryano",
        "вски:vski ров:rov линов:linov",
        "Novi_Dol Gorna_Breza",
        feminine=(("ov", "ova"), ("ски", "ска"), ("ов", "ова"), ("vski", "vska")),
    ),
    Tradition(
        ("UKR", "BLR"),
        "Олексій:Oleksii Тарас:Taras Микола:Mykola Остап:Ostap Юрій:Yurii",
        "Оксана:Oksana Зоряна:Zoriana Людмила:Liudmyla",
        "Верб:Verb Калин:Kalyn Журавл:Zhuravl Явор:Yavor",
        "енко:enko ицький:ytskyi чук:chuk",
        "Nova_Kalynivka Staryi_Yavir",
        feminine=(("ytskyi", "ytska"), ("ицький", "ицька")),
    ),
    Tradition(
        ("LTU",),
        "Žygimantas Šarūnas Vytautas Ąžuolas Kęstutis Mindaugas",
        "Živilė Rūta Eglė Šviesa",
        "Beržan Ąžuol Kalnėn Gluosn Žvirbl",
        "aitis ėnas inskas onis",
        "Senoji_Įlanka Naujasis_Beržynas",
        feminine=(("aitis", "aitytė"), ("ėnas", "ėnaitė"), ("inskas", "inskaitė"), ("onis", "onytė")),
    ),
    Tradition(
        ("LVA", "EST"),
        "Jānis Kārlis Ģirts Mārtiņš Ēriks",
        "Līga Žanete Aiga Ērika",
        "Bērz Ozol Kļav Liep Vītol",
        "iņš kalns āns nieks",
        "Jaunbērzi Veclīči",
    ),
    Tradition(
        ("HUN", "SVK", "CZE"),
        "Győző László Břetislav Jiří Ľubomír Zsolt",
        "Zsófia Řehořka Ľudmila Eszter",
        "Szőlős Vrabč Nyíres Kőszál Jasen",
        "i ay ák ovič",
        "Felsőnyíres Nová_Jaseň",
    ),
    Tradition(
        ("ALB", "RKS"),
        "Ardit Besnik Dritan Ermal Gëzim Kreshnik Skënder Valëz",
        "Arbënora Dafina Mirlinda Shqipe",
        "Lis Kodrë Gur Bregas Përrua",
        "aj oli ani eshi",
        "Kodra_e_Re Gurishtë Lisëz",
        weight=5,
    ),
    Tradition(
        ("TUR",),
        "Çağlar İlker Gökhan Oğuz Şükrü Barış Yiğit",
        "Çiğdem Gülşen İpek Özge",
        "Kara Ak Gök Çakır Demir Yıldız",
        "dağlı çınar oğlu ırmak",
        "Yenipınar Eskidere Çamlıköy",
        weight=4,
    ),
    Tradition(
        ("IRQ", "SYR", "DZA", "EGY", "SDN", "MAR", "LBY", "YEM"),
        "Karim|كريم Yasin|ياسين Bilal|بلال Hamza|حمزة Nabil|نبيل Tariq|طارق Ziyad|زياد Anwar|أنور",
        "Salma|سلمى Nour|نور Rania|رانيا Huda|هدى",
        "al-Nakhl|النخل al-Safsaf|الصفصاف al-Wadi|الوادي al-Marjan|المرجان al-Zaytun|الزيتون",
        "i|ي awi|اوي",
        "Bab_al-Nakhl Wadi_al-Jadid Ain_al-Safsaf",
        weight=6,
    ),
    Tradition(
        ("IRN",),
        "Arash|آرش Behrouz|بهروز Farhad|فرهاد Siavash|سیاوش Kourosh|کوروش",
        "Shirin|شیرین Parisa|پریسا Laleh|لاله",
        "Sarv|سرو Golab|گلاب Kohsar|کوهسار Darya|دریا",
        "nejad|نژاد pour|پور zadeh|زاده",
        "Sarvestan-e_Now Golabdareh",
        weight=4,
    ),
    Tradition(
        ("AFG",),
        "Gulab|ګلاب Zmarai|زمری Wais|ویس Baryalai|بریالی Shafiq|شفیق",
        "Zarghuna|زرغونه Spogmai|سپوږمۍ",
        "Ghar|غر Sind|سیند Chinar|چنار",
        "wal|وال zai|زی",
        "Nawe_Kalai Chinargai",
        weight=4,
    ),
    Tradition(
        ("ISR",),
        "Eitan|איתן Noam|נועם Yaron|ירון",
        "Tamar|תמר Shira|שירה",
        "Alon|אלונ Barkan|ברקנ Erez|ארז",
        "i|י sky|סקי",
        "Giv'at_Erez",
        weight=1,
    ),
    Tradition(
        ("PAK",),
        "Faisal|فیصل Imran|عمران Junaid|جنید Waqas|وقاص Adeel|عدیل",
        "Sadia|سعدیہ Nadia|نادیہ Bushra|بشریٰ",
        "Chinar|چنار Kohsar|کوہسار Darya|دریا Sabz|سبز",
        "i|ی wala|والا abadi|آبادی",
        "Naya_Chinar Sabzpur Kot_Darya",
        weight=5,
    ),
    Tradition(
        ("IND",),
        "Arjun|अर्जुन Manish|मनीष Rakesh|राकेश Vikram|विक्रम Gurdeep|ਗੁਰਦੀਪ",
        "Kavita|कविता Sunita|सुनीता Jasleen|ਜਸਲੀਨ",
        "Amal Neelgir Barg Kadamb Sarov",
        "kar wala ani pur",
        "Navi_Kadambari Bargadpur",
        weight=5,
    ),
    Tradition(
        ("LKA",),
        "Anbarasan|அன்பரசன் Kathiravan|கதிரவன் Maran|மாறன்",
        "Malarvizhi|மலர்விழி Thenmozhi|தேன்மொழி",
        "Pon Vel Nila Kadal",
        "nathan murugan mani veeran",
        "Puthiya_Kadalur",
    ),
    Tradition(
        ("BGD",),
        "Anisur|আনিসুর Rafiqul|রফিকুল Shamim|শামীম Tanvir|তানভীর",
        "Farzana|ফারজানা Rokeya|রোকেয়া",
        "Shapl Bokul Jolpai Megh",
        "a ahan ottom nadi",
        "Notun_Bokultola Meghpur",
        weight=4,
    ),
    Tradition(
        ("NGA",),
        "Olúwaṣẹ́gun Adébáyọ̀ Chukwuemeka Ìdòwú Ifeanyi Tùndé Ọlámidé",
        "Ngozi Fọlákẹ́ Adaeze Yétúndé",
        "Adé Ọlá Akin Nwa Oko Ògún",
        "ṣọlá dàda kwelu tóyè nkwọ",
        "Ilé-Ọpẹ Umu-Iroko Òkè-Tuntun",
        weight=5,
    ),
    Tradition(
        ("GHA", "SLE", "GMB", "CIV"),
        "Kwabena Kofi Yaw Ebrima Alhassan Sorie Lamin",
        "Akosua Adwoa Isatou Fatmata",
        "Asɛm Bonsu Kroma Sanka Odum",
        "foɔ beng teh ra ansah",
        "Odumase_Foforo New_Kroma",
        weight=4,
    ),
    Tradition(
        ("SOM",),
        "Cabdi Guuleed Xasan Warsame Liibaan Ciise",
        "Caasha Hodan Xaliimo Deeqa",
        "Geedi Ciro Xareed Dhool",
        "ow le aale yare",
        "Ceel_Cusub Geedweyne",
        weight=4,
    ),
    Tradition(
        ("ERI", "ETH"),
        "Dawit|ዳዊት Yonas|ዮናስ Tesfay|ተስፋይ Haile|ኃይለ Berhane|ብርሃነ",
        "Selam|ሰላም Hiwet|ህይወት Almaz|አልማዝ",
        "Woyra|ወይራ Tsehay|ፀሐይ Gebs|ገብስ",
        "mariam|ማርያም ab|ኣብ",
        "Addi_Woyra",
        weight=4,
    ),
    Tradition(
        ("ZWE", "COD", "KEN", "UGA"),
        "Tendai Farai Kudzai Dieudonné Bienvenu Wafula",
        "Rudo Chipo Espérance Nyambura",
        "Muti Gomo Kasai Rwizi Mbula",
        "wa nyika mba zhou",
        "Gomoidzva Nouvelle-Kasamba",
        weight=4,
    ),
    Tradition(
        ("CHN",),
        "Jianguo|建国 Haoran|浩然 Weiming|伟明 Zhiyuan|志远",
        "Meilin|美琳 Xiaoyan|晓燕 Lihua|丽华",
        "Lin|林 Shen|沈 Qiao|乔 Tao|陶 Xu|徐",
        "|",
        "Xinlin_Zhen Liuhe_Cun",
        family_first=True,
        weight=4,
    ),
    Tradition(
        ("VNM",),
        "Đức-Anh Quang-Huy Bảo-Lộc Hữu-Phước Trọng-Nghĩa",
        "Thu-Hằng Ngọc-Ánh Mỹ-Duyên",
        "Lưu Đoàn Thạch Tống Vương",
        "_Văn _Đình",
        "Thôn_Tân-Liễu Ấp_Mới",
        family_first=True,
        feminine=(("_Văn", "_Thị"), ("_Đình", "_Thị")),
        weight=5,
    ),
    Tradition(
        ("PRT", "BRA", "AGO"),
        "João Gonçalo Estêvão Simão Tomé Caetano",
        "Inês Conceição Fátima Leonor",
        "da_Azinheir do_Salgueir de_Figuei",
        "a redo inho ral",
        "Vila_Nova_do_Azinhal Ribeirão_Novo",
        weight=4,
    ),
    Tradition(
        ("ESP", "COL", "ECU", "DOM"),
        "Íñigo Raúl Hernán Joaquín Óscar",
        "Begoña Lucía Ángela Rocío",
        "Peñal Roblar Encin Zarzal",
        "ón ejo eño ver",
        "Villanueva_del_Roble Peñalarga",
        weight=3,
    ),
    Tradition(
        ("ITA", "FRA", "BEL"),
        "Niccolò Étienne Rocco Loïc Gaëtan",
        "Zoé Chiara Hélène Noëlle",
        "Quercet Châtaign Frassin d'Orm",
        "elli ier ano eau",
        "Borgo_Frassino Saint-Ormeau",
    ),
    Tradition(
        ("JAM", "TTO", "GUY", "BRB"),
        "Delroy Winston Rohan Jermaine Desmond Leroy",
        "Shanice Marva Yolande Tamika",
        "Mango Cedar Palm Breadfruit Silver",
        "vale wick worth ridge",
        "New_Cedar_Valley Mangrove_Point",
        weight=4,
    ),
    Tradition(
        ("PHL",),
        "Jomar Rodel Nestor Crisanto",
        "Marites Divina Rosalinda",
        "Narra Maya Bayan Dala",
        "wit kawan hig gita",
        "Bagong_Narra",
        weight=2,
    ),
)
# Traditions of the European Economic Area, for statuses that only its nationals hold.
EEA = frozenset(
    {"POL", "ROU", "BGR", "LTU", "LVA", "EST", "HUN", "SVK", "CZE", "PRT", "ESP", "ITA", "FRA", "BEL"}
)


def spellings(part: str) -> tuple[str, str]:
    """Latin letters, and the part's own script where it has one ("" where not)."""
    if "|" in part:
        latin, script = part.split("|")
    elif ":" in part:
        script, latin = part.split(":")
    else:
        latin, script = part, ""
    return latin.replace("_", " "), script.replace("_", " ")


def draw_tradition(rng: Random, *, eea: bool) -> Tradition:
    fitting = [each for each in TRADITIONS if bool(EEA & set(each.codes)) is eea]
    return rng.choices(fitting, [each.weight for each in fitting])[0]


def draw_name(rng: Random, tradition: Tradition, sex: str) -> Name:
    """One invented person's name, another spelling or script of it, and a place that is on no map."""
    given, given_script = spellings(
        rng.choice((tradition.women if sex == "female" else tradition.men).split())
    )
    start, start_script = spellings(rng.choice(tradition.starts.split()))
    end, end_script = spellings(rng.choice(tradition.ends.split(" ")))
    surname, script = start + end, start_script + end_script
    if sex == "female":
        surname, script = _feminine(surname, tradition), _feminine(script, tradition)
    return Name(
        surname=surname,
        forenames=given,
        alias=_alias(rng, tradition, surname, given, script, given_script),
        place=rng.choice(tradition.places.split()).replace("_", " "),
    )


def _feminine(surname: str, tradition: Tradition) -> str:
    for man, woman in tradition.feminine:
        man, woman = man.replace("_", " "), woman.replace("_", " ")
        if surname.endswith(man):
            return surname.removesuffix(man) + woman
    return surname


# Letters that are not a plain letter with a mark.
PLAIN = str.maketrans("łŁıđĐøØæɛɔ", "lLidDoOaeo")


def _plain(text: str) -> str:
    """What somebody without these letters on the keyboard writes instead."""
    marked = unicodedata.normalize("NFD", text.translate(PLAIN))
    return "".join(letter for letter in marked if not unicodedata.combining(letter))


def _alias(
    rng: Random, tradition: Tradition, surname: str, given: str, script: str, given_script: str
) -> str:
    """The name in its own script, or misspelt without its marks, or the other way round."""
    if script and given_script:
        return f"{script}{given_script}" if tradition.family_first else f"{given_script} {script}"
    plain = _plain(f"{given} {surname}")
    if plain != f"{given} {surname}":
        return plain
    if tradition.family_first:
        return f"{given} {surname}"
    return f"{surname} {given}" if rng.random() < 0.5 else f"{given[0]}. {surname}"
