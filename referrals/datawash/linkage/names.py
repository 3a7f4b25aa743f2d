"""The names of a table of people in SQL: a row a name, and the forms in which names are compared.

A name is a set of parts whatever their order and wherever the surname ends: "Nguyễn, Thị Hoa" and "Hoa, Nguyen Thi"
have the same parts, so `parts` is worked out from both fields together.
"""

import pyarrow
from duckdb import DuckDBPyConnection

from referrals.datawash.linkage.writing import words_of

# Sounds written differently in different passports, in this order.
_SOUNDS = (
    ("chr", "kr"), ("dzh", "j"), ("dj", "j"), ("sch", "s"), ("tch", "s"), ("tsch", "s"), ("sz", "s"), ("cz", "s"),
    ("ch", "s"), ("sh", "s"), ("zh", "z"), ("kh", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"),
    ("ts", "s"), ("tz", "s"), ("ck", "k"), ("x", "ks"),
)  # fmt: skip
_SOMALI = (
    (r"\bx([aeo])", r"h\1"), (r"ax([am]|\b)", r"ah\1"), (r"\bc(aa?[bslw]|ii)", r"\1"),
)  # fmt: skip
_PARTICLES = "al|el|ul|de|da|do|dos|das|del|di|du|la|le|van|von|der|den|bin|ibn|ben|bint|abu|abd|mac|mc|o|y|e"
_TITLES = "mr|mrs|ms|miss|dr|prof|sir|haji|hajji"
_NOT_THE_NAME = f"{_TITLES}|{_PARTICLES}"
_IN_LATIN_LETTERS = "^[ -~]*$"

# A person's other names are rows of their own with the same person: the best row speaks for the person.
# Before a comma stands the surname. Without one it may be the last word or the first: with more than two words both
# are read, and the second reading is no further name where it is counted how common a name is.
NAMES_IN_ROWS = """
    CREATE OR REPLACE TEMP TABLE named AS
    WITH aliases AS (
        SELECT number, trim(regexp_replace(unnest(string_split_regex(
            translate(aliases, '，،；؛\u00a0\u3000', ',,;;  '), '[;|]')), '\\s+', ' ', 'g'), ', ') AS alias
        FROM {table} WHERE aliases IS NOT NULL
    )
    SELECT number, false AS again, surname, forenames FROM {table}
    UNION ALL
    SELECT number, false, trim(regexp_extract(alias, '^([^,]*),', 1)), replace(regexp_extract(alias, ',(.*)$', 1), ',', ' ')
    FROM aliases WHERE alias LIKE '%,%'
    UNION ALL
    SELECT number, false, regexp_extract(alias, '(\\S+)$', 1), regexp_extract(alias, '^(.*) ', 1)
    FROM aliases WHERE alias NOT LIKE '%,%' AND alias != ''
    UNION ALL
    SELECT number, true, regexp_extract(alias, '^(\\S+)', 1), regexp_extract(alias, ' (.*)$', 1)
    FROM aliases WHERE alias NOT LIKE '%,%' AND alias LIKE '% % %'
"""


def fold(connection: DuckDBPyConnection) -> None:
    """Make `foldings`: each distinct text of `named` that is not in plain Latin letters, and how it is written."""
    texts = connection.execute(
        f"SELECT text FROM (SELECT surname AS text FROM named UNION SELECT forenames FROM named)"
        f" WHERE NOT regexp_full_match(text, '{_IN_LATIN_LETTERS}')"
    ).fetchall()
    schema = pyarrow.schema({"text": pyarrow.string(), "folded": pyarrow.string()})
    folded = {"text": [text for (text,) in texts], "folded": [words_of(text) for (text,) in texts]}
    connection.register("written", pyarrow.table(folded, schema=schema))
    connection.execute("CREATE OR REPLACE TEMP TABLE foldings AS SELECT * FROM written")
    connection.unregister("written")


def plain(text: str) -> str:
    """SQL: what `words_of` makes of a text in plain Latin letters; almost every name is one."""
    apostrophes = f"regexp_replace(lower({text}), '[''`]', '', 'g')"
    return f"trim(regexp_replace({apostrophes}, '[^a-z]+', ' ', 'g'))"


def bare(words: str) -> str:
    """SQL: the words without titles and particles, which may leave none."""
    return f"trim(regexp_replace({words}, '\\b({_NOT_THE_NAME})\\b *', '', 'g'))"


def skeleton(words: str) -> str:
    """SQL: each word's consonants as they sound, a first vowel as `A`: vowels and doubles tell little."""
    # Somali x and c are what Arabic spellings write as h and leave out; pinyin never has x before a, e or o.
    sounds = words
    for somali, elsewhere in _SOMALI:
        sounds = f"regexp_replace({sounds}, '{somali}', '{elsewhere}', 'g')"
    for written, heard in _SOUNDS:
        sounds = f"replace({sounds}, '{written}', '{heard}')"
    sounds = f"translate({sounds}, 'cqw', 'kkv')"
    for letter in "bdfgklmnprstvz":
        sounds = f"replace({sounds}, '{letter}{letter}', '{letter}')"
    vowels_first = f"regexp_replace({sounds}, '\\b[aeiouy]', 'A', 'g')"
    return f"regexp_replace({vowels_first}, '([a-zA])[aeiouyh]+', '\\1', 'g')"


def _list(words: str) -> str:
    """SQL: a list of the words, empty where there are none."""
    return f"list_filter(string_split({words}, ' '), lambda word: word != '')"


def _parts(words: str, sounds: str) -> str:
    """SQL: what tells each word from others: its sound, or the word where its sound is one letter.

    An initial is no part.
    """
    both = f"list_zip({_list(words)}, {_list(sounds)})"
    names = f"list_filter({both}, lambda pair: NOT regexp_full_match(pair[1], '[a-z]'))"
    tells = "CASE WHEN length(pair[2]) < 2 THEN pair[1] ELSE pair[2] END"
    return f"list_transform({names}, lambda pair: hash({tells}))"


def whole(form: str) -> str:
    """SQL: the list `form` ("tokens", "sounds" or "parts") of both fields, sorted.

    Particles and titles stay only where less than two words would be left: what a surname or a forename is does
    not count, or "Lê, Văn Đức" were another name than "Đức, Lê Văn".
    """
    bare = f"coalesce(s.bare_{form}, []) || coalesce(f.bare_{form}, [])"
    every = f"coalesce(s.{form}, []) || coalesce(f.{form}, [])"
    enough = "coalesce(len(s.bare_tokens), 0) + coalesce(len(f.bare_tokens), 0) >= 2"
    return f"list_sort(CASE WHEN {enough} THEN {bare} ELSE {every} END)"


def forms_of(table: str, column: str, target: str) -> str:
    """SQL making `target`: each distinct text of a name column with its forms, worked out once."""
    return f"""
    CREATE OR REPLACE TEMP TABLE {target} AS
    WITH texts AS (SELECT DISTINCT {column} AS text FROM {table} WHERE {column} IS NOT NULL),
    plain AS MATERIALIZED (
        SELECT text, coalesce(folded, {plain("text")}) AS written FROM texts LEFT JOIN foldings USING (text)
    ), bare AS MATERIALIZED (
        SELECT text, written, {bare("written")} AS bare FROM plain WHERE written != ''
    ), sounds AS MATERIALIZED (
        SELECT text, written, bare, {skeleton("written")} AS sound, {skeleton("bare")} AS bare_sound FROM bare
    ), words AS (
        SELECT *, coalesce(nullif(bare, ''), written) AS words, coalesce(nullif(bare_sound, ''), sound) AS heard
        FROM sounds
    )
    SELECT text, replace(words, ' ', '') AS compact, string_split(words, ' ')[1] AS first_word,
           string_split(heard, ' ')[1] AS first_sound, replace(heard, ' ', '') AS whole_sound,
           {_list("written")} AS tokens, {_list("sound")} AS sounds, {_parts("written", "sound")} AS parts,
           {_list("bare")} AS bare_tokens, {_list("bare_sound")} AS bare_sounds,
           {_parts("bare", "bare_sound")} AS bare_parts
    FROM words
    """
