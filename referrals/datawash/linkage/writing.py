"""A name as letters that can be compared: Latin where it can be written so, otherwise its own script.

In: the text somebody typed. Out: lower-case words with one space between. "Ｋｏｗａｌｓｋｉ" becomes "kowalski",
"Олексій" and Arabic presentation forms become Latin letters, "王小明" its three characters: Chinese and Korean put no
space between the parts of a name, so each character is a word.
"""

import re
import unicodedata

# Each letter of another script, or with a mark that is no accent, before the Latin ones it is written with.
_WRITTEN = """
    łl øo đd ıi ðd ɛe ɔo əe ŋn ħh æae œoe þth
    аa бb вv гg ґg дd еe жz зz иi йi кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ыy эe юyu яya
    іi єe јj љl њn ћc ђd џdzh ғg қk ңn өo ұu үu һh әa
    αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs τt υu φf χch ψps ωo ςs
    اa أa إa آa بb پp تt ثth جj چch حh خkh دd ذdh رr زz ژzh سs شsh صs ضd طt ظz عa غgh فf قq کk كk گg لl مm نn هh ةa
    وw يy یy ىa ئy ؤw ہh ھh ےy ٹt ڈd ڑr ںn ټt ډd ړr ښkh ېe
    אa בb גg דd הh וv זz חh טt יy ךk כk לl םm מm ןn נn סs עa ףp פp ץts צts קk רr שsh תt
"""
LATIN = {each[0]: each[1:] for each in _WRITTEN.split()}
# Apostrophes, signs that have no sound of their own, and what nobody sees.
_SILENT = str.maketrans("", "", "'`´’‘′ʼʻʹʾʿˈъьءـ\u00ad\u200b\u200c\u200d")
_WITH_MARK = re.compile(r"LATIN SMALL LETTER ([A-Z]) WITH ")
_A_CHARACTER_A_WORD = re.compile(
    r"([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7a3\U00020000-\U0003ffff])"
)


def words_of(text: str) -> str:
    """The name's words; empty where it has no letter."""
    written: list[str] = []
    keeps_marks = False
    folded = unicodedata.normalize("NFKC", text.translate(_SILENT)).casefold().translate(_SILENT)
    for letter in unicodedata.normalize("NFD", folded):
        if unicodedata.category(letter).startswith("M"):
            written.append(letter if keeps_marks else "")
            continue
        latin = _latin(letter)
        keeps_marks = not latin.isascii()
        written.append(latin)
    whole = unicodedata.normalize("NFC", "".join(written))
    return " ".join(_A_CHARACTER_A_WORD.sub(r" \1 ", whole).split())


def _latin(letter: str) -> str:
    """The letter in Latin ones; itself where it cannot be written so, and a space for what is no letter."""
    if letter in LATIN:
        return LATIN[letter]
    if not letter.isalpha():
        return " "
    with_mark = _WITH_MARK.match(unicodedata.name(letter, ""))
    return with_mark[1].lower() if with_mark else letter
