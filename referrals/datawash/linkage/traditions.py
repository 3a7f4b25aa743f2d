"""Name traditions for invented people: common given names, and family names put together from syllables.

`slips` are other spellings that passports, police records and registers use for one sound.
`first_january` is the share of people whose day of birth nobody wrote down.
"""

from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True)
class Tradition:
    """How one tradition makes a name and how its spelling wanders."""

    name: str
    nationalities: str
    given: str
    starts: str
    middles: str
    ends: str
    slips: str
    eea: bool = False
    first_january: float = 0.01
    weight: int = 4

    def surnames(self) -> list[str]:
        """Every family name, in an order that mixes the syllables."""
        parts = product(self.middles.split(), self.ends.split(), self.starts.split())
        return [
            (start + middle.strip("-") + end.strip("-")).replace("_", " ") for middle, end, start in parts
        ]

    def forenames(self) -> list[str]:
        return [name.replace("_", " ") for name in self.given.split()]

    def other_spellings(self) -> list[tuple[str, str]]:
        return [(pair.split(">")[0], pair.split(">")[1]) for pair in self.slips.replace("_", " ").split()]


_ARABIC_SLIPS = (
    "ou>u u>ou oo>u ee>i i>ee kh>h dh>d q>k k>q ss>s s>ss mm>m e>a a>e aa>a y>i al->al_ al->el- al-> sh>ch "
    "ed>ad ein>ain Mohammed>Muhammad Mohammed>Mohamed Mohammed>Md"
)
TRADITIONS = (
    Tradition(
        "English", "JAM TTO NGA GHA ZWE USA",
        "Andrew Marcus Delroy Winston Patrick Kevin Leroy Desmond Jermaine Trevor Carl Michael David Anthony Paul "
        "Grace Marva Shanice Tamika Yvonne Denise Sandra Pauline Joy Blessing Comfort Faith",
        "Ash Breck Calder Dun Elder Fairn Gorse Hather Ingle Kettle Lark Marl Nettle Oster Pendle Quill Raven Sand "
        "Thistle Wynter", "- er el in mere", "by combe croft dale field ford gate ham hurst ley ton vale wick worth",
        "ph>f ey>y y>ie ck>k ll>l tt>t mere>mer croft>crofte by>bie c>k", weight=6,
    ),
    Tradition(
        "Polish", "POL",
        "Tomasz Paweł Łukasz Grzegorz Michał Wojciech Błażej Kazimierz Piotr Krzysztof Marcin Jacek Zbigniew Rafał "
        "Agnieszka Małgorzata Żaneta Elżbieta Kinga Joanna Beata Wioletta Katarzyna",
        "Brzoz Wierzch Olszan Sędziw Jarzęb Gwiazd Łąk Święt Kalin Topol Głog Lipc Modrz Szczaw Wierzb Cis Grab Buk",
        "- en al ow in", "owski ecki iński owicz ak czyk arz ewski ka",
        "sz>s cz>c rz>z w>v ł>l ski>sky cki>cky ż>z ę>e ą>a ś>s ó>o ski>ska", eea=True,
    ),
    Tradition(
        "Romanian", "ROU MDA",
        "Ionuț Ștefan Răzvan Cătălin Mădălin Gheorghe Vlăduț Florin Costel Marius Adrian Bogdan Nicolae Dumitru "
        "Mărioara Ștefania Ileana Crăița Anișoara Mihaela Loredana Florentina",
        "Păltin Brădeț Câmp Țărm Stejăr Vârt Mălin Frăs Ulm Carp Sălc Plop Tei Corn Măc Rug Arin",
        "- ic el ar an", "eanu escu aru ăscu oiu ache an iță",
        "ș>s ț>t ă>a â>a ș>sh ț>tz escu>esku c>k ghe>ge", eea=True,
    ),
    Tradition(
        "Slavic_Cyrillic", "UKR BLR BGR RUS GEO",
        "Oleksii Taras Mykola Ostap Yurii Dmytro Serhii Andrii Georgi Dimitar Krasimir Plamen Zhivko Aleksandr "
        "Oksana Zoriana Liudmyla Desislava Tsvetelina Nataliia Yuliia Kateryna",
        "Verb Kalyn Zhuravl Yavor Brez Valch Galab Dryan Klen Ozer Sokol Hrush Cherem Polyn Vyshn Lozov Kamysh",
        "- en ych at in", "enko ytskyi chuk ov ev in ak vych yuk",
        "y>i ii>y yi>iy zh>j kh>h ts>c ch>tch v>w ks>x Yu>Iu Oleks>Aleks ytskyi>itsky ov>off ov>ova Serhii>Sergei",
    ),
    Tradition(
        "Baltic", "LTU LVA EST",
        "Žygimantas Šarūnas Vytautas Ąžuolas Kęstutis Mindaugas Jānis Kārlis Ģirts Mārtiņš Ēriks Darius Saulius "
        "Živilė Rūta Eglė Šviesa Līga Žanete Aiga Ērika Inga",
        "Beržan Ąžuol Kalnėn Gluosn Žvirbl Bērz Ozol Kļav Liep Vītol Pušyn Drebul Uosin Karkl",
        "- in en ut", "aitis ėnas inskas onis iņš kalns āns nieks ys",
        "ž>z š>s ė>e ū>u ā>a ņ>n ī>i s> ļ>l aitis>aityte", eea=True, weight=2,
    ),
    Tradition(
        "Albanian", "ALB RKS",
        "Ardit Besnik Dritan Ermal Gëzim Kreshnik Skënder Valëz Agron Altin Blerim Fatos Ilir Luan Petrit Arben "
        "Arbënora Dafina Mirlinda Shqipe Teuta Albana Drita",
        "Lis Kodr Gur Bregas Përru Shkëmb Fush Mal Dardh Moll Ahor Pish Qarr Vidh Bli", "- en ar it ul",
        "aj oli ani eshi aku ushi ari ollari", "ë>e xh>j q>c q>ch sh>s gj>g dh>d aj>ai ll>l", weight=6,
    ),
    Tradition(
        "Turkish", "TUR AZE",
        "Çağlar İlker Gökhan Oğuz Şükrü Barış Yiğit Mehmet Mustafa Hüseyin Ümit Serkan Volkan Çiğdem Gülşen İpek "
        "Özge Ayşe Fatma Zeynep",
        "Kara Ak Gök Çakır Demir Yıldız Taş Boz Sarı Kızıl Altın Gümüş Yeşil Deniz", "- bey can er lı",
        "dağlı çınar oğlu ırmak kaya dere bulut pınar tepe", "ç>c ğ>g ş>s ı>i ö>o ü>u ğ> ş>sh ö>oe ü>ue ç>ch İ>I",
    ),
    Tradition(
        "Arabic", "IRQ SYR DZA EGY SDN MAR LBY YEM",
        "Mohammed Ahmed Ali Karim Yasin Bilal Hamza Nabil Tariq Ziyad Anwar Mustafa Hussein Khaled Youssef Ibrahim "
        "Omar Mahmoud Abdullah Said Rashid Salma Nour Rania Huda Fatima Zeinab",
        "al-Nakh al-Saf al-Wad al-Marj al-Zayt al-Jabal al-Rumm al-Tin Bou Ben_Khal Had Mans Shar Qas Ghaz Dhah",
        "- an oun ir ou aam", "i awi li ani ari een aoui idi", _ARABIC_SLIPS, first_january=0.12, weight=9,
    ),
    Tradition(
        "Persian", "IRN",
        "Arash Behrouz Farhad Siavash Kourosh Mohammed Reza Hossein Mehdi Amir Saeed Hamid Masoud Shirin Parisa "
        "Laleh Maryam Zahra Nasrin",
        "Sarv Golab Kohsar Dary Bagh Sang Bid Zard Sepid Roud Dasht Chesh Anar Tut", "- i an eh abad",
        "nejad pour zadeh ian i khah far parast", "ou>u ee>i kh>h eh>e eh>a z>s e>a q>gh zadeh>zada pour>poor "
        "Mohammed>Mohammad Hossein>Hussein", first_january=0.04,
    ),
    Tradition(
        "Afghan", "AFG",
        "Gulab Zmarai Wais Baryalai Shafiq Mohammed Abdul Najib Rahim Karim Farid Jawad Hamidullah Zarghuna "
        "Spogmai Palwasha Nazia",
        "Ghar Sind Chinar Stan Hotak Spin Tor Shin Wardak Lal Saf Kuch Zar Nang", "- a an i ul",
        "wal zai zi khel yar ullah mal i", "z>s ai>ay w>v ullah>ollah ullah>ulah kh>h u>o gh>g Mohammed>Mohammad "
        "Mohammed>Mohd ai>ai_", first_january=0.30, weight=5,
    ),
    Tradition(
        "South_Asian", "PAK IND BGD LKA",
        "Mohammed Imran Junaid Waqas Adeel Faisal Arjun Manish Rakesh Vikram Gurdeep Harpreet Anisur Rafiqul Shamim "
        "Tanvir Kathiravan Sadia Nadia Bushra Kavita Sunita Jasleen Farzana Rokeya",
        "Chin Kohs Dary Sabz Amal Neel Barg Kad Sarov Pon Vel Nil Bokul Jolp Megh Gulz Roop Shan", "- an ar am i esh",
        "kar wala ani pur nathan murugan a din ullah dar wal",
        "ee>i i>ee u>oo v>w w>v sh>s ar>er ullah>ulla th>t dd>d a>ah Mohammed>Muhammad Mohammed>Md qul>kul pr>per",
        first_january=0.08, weight=9,
    ),
    Tradition(
        "West_African", "NGA GHA SLE GMB CIV",
        "Olúwaṣẹ́gun Adébáyọ̀ Chukwuemeka Ìdòwú Ifeanyi Tùndé Ọlámidé Kwabena Kofi Yaw Ebrima Alhassan Sorie Lamin "
        "Ngozi Fọlákẹ́ Adaeze Yétúndé Akosua Adwoa Isatou Fatmata",
        "Adé Ọlá Akin Nwa Oko Ògún Bonsu Kroma Sanka Odum Ayo Babá Eze Obi Ike", "- lu wa mi ba",
        "ṣọlá dàda kwelu tóyè nkwọ fo beng teh ansah lade", "ṣ>sh ọ>o kw>qu ou>u Oluwa>Olu Ade>Adeh w>u k>c ẹ́>e á>a",
        first_january=0.03, weight=6,
    ),
    Tradition(
        "Somali", "SOM ETH ERI DJI",
        "Cabdi Guuleed Xasan Warsame Liibaan Ciise Maxamed Axmed Yuusuf Faarax Caasha Hodan Xaliimo Deeqa Dawit "
        "Yonas Tesfay Haile Berhane Selam Hiwet",
        "Geed Cir Xar Dhool Guur Maax Nuur Sam Tig Woyr Gebr Tesf Hag", "- aa e i u",
        "ow le aale yare mariam ab sellasie wein shire",
        "C>A C> X>H x>h aa>a uu>u ii>i ee>e ow>o dh>d Maxamed>Mohamed Cabdi>Abdi Ciise>Issa x>kh sellasie>selassie",
        first_january=0.30, weight=5,
    ),
    Tradition(
        "Chinese", "CHN HKG TWN MYS",
        "Jianguo Haoran Weiming Zhiyuan Meilin Xiaoyan Lihua Jun_Jie Guo_Qiang Xin_Yi Yong_Hui Shu_Fen Zi_Han "
        "Wen_Bin Qiu_Yue De_Hua Chun_Mei Zhong_Yi",
        "L Sh Q T X Zh Ch W Y H J Z G F", "- i u a e ia ua", "an en ao ei ong in u ang un",
        "x>hs zh>ch q>ch _> ian>ien ong>ung j>ch z>ts g>k x>sh", weight=4,
    ),
    Tradition(
        "Vietnamese", "VNM",
        "Đức_Anh Quang_Huy Bảo_Lộc Hữu_Phước Trọng_Nghĩa Văn_Hùng Minh_Tuấn Thanh_Sơn Thu_Hằng Ngọc_Ánh Mỹ_Duyên "
        "Thị_Lan Thị_Mai",
        "Lư Đo Th T V Ng Tr Ph L H", "- ạ o uy â i", "ch ng n c u m nh", "đ>d Đ>D ư>u ơ>o ạ>a _> ph>f "
        "ng>n y>i", first_january=0.06, weight=6,
    ),
    Tradition(
        "Portuguese_Spanish", "PRT BRA AGO ESP COL ECU",
        "João Gonçalo Estêvão Simão Tomé Caetano Íñigo Raúl Hernán Joaquín Óscar Carlos Luís José Inês Conceição "
        "Fátima Leonor Begoña Lucía Ángela Rocío María",
        "Azinheir Salgueir Figuei Peñal Roblar Encin Zarzal Carvalh Olivár Pinh Alamed Fresn Cerez",
        "- er al in _de_Ri", "a redo inho ral ón ejo eño ver ez es",
        "ç>c ã>a ñ>n nh>n lh>l ez>es s>z j>x ei>e ó>o á>a ou>o", eea=True, weight=5,
    ),
)  # fmt: skip
