"""Which code page a text was saved in that is no Unicode: the one in which its words are words of a language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_SAMPLE = 1 << 18  # bytes that are looked at
_WORDS = 400  # different words with an accent that are looked at
_GOOD = 0.9  # share of words from which a reading is taken for the right one


@dataclass(frozen=True, slots=True)
class CodePage:
    """A code page, what people call it, and whether another one fits as well."""

    codec: str
    name: str
    is_doubtful: bool = False


#: Letters of the languages of each code page beside a to z, small ones.
_LATIN = {
    "cp1252": (
        "àâçéèêëîïôùûüÿœæ",  # French
        "äöüßé",  # German
        "áéíñóúü",  # Spanish
        "ãáàâçéêíóôõúü",  # Portuguese
        "àèéìíòóùú",  # Italian
        "åäöæøéü",  # Scandinavian
        "ëïéèêöü",  # Dutch
        "àçèéíïòóúü",  # Catalan
    ),
    "mac_roman": ("àâçéèêëîïôùûüÿœæ", "äöüßé", "áéíñóúü", "ãáàâçéêíóôõúü", "àèéìíòóùú", "åäöæøéü"),
    "cp1254": ("çğıöşüâîû",),  # Turkish
    "cp1250": (
        "ąćęłńóśźż",  # Polish
        "áčďéěíňóřšťúůýž",  # Czech
        "áäčďéíĺľňóôŕšťúýž",  # Slovak
        "áéíóöőúüű",  # Hungarian
        "ăâîşţșț",  # Romanian
        "čćđšž",  # Croatian, Slovene
    ),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž"),  # Lithuanian, Latvian, Estonian
}
#: Letters of the other scripts, and those of them that are vowels: a fifth at least, but for scripts that write none.
_SCRIPTS = {
    "cp1251": (
        re.compile("[А-яЁёЄєІіЇїҐґЎўЂђЈјЉљЊњЋћЏџЃѓЌќЅѕ]"),
        re.compile("[аеёиоуыэюяієї]", re.I),
    ),
    "cp1253": (re.compile("[Α-ώΆΈΉΊΌΎΏΐΰϊϋ]"), re.compile("[αεηιουωάέήίόύώϊϋΐΰ]", re.I)),
    "cp1255": (re.compile("[א-ת\u05b0-\u05c3]"), None),
    "cp1256": (re.compile("[\u0600-\u06ff\u200c]"), None),
}
_NAMES = {
    "cp1252": "Windows-1252",
    "mac_roman": "Mac OS Roman",
    "cp1250": "Windows-1250",
    "cp1254": "Windows-1254",
    "cp1257": "Windows-1257",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
    "cp1255": "Windows-1255",
    "cp1256": "Windows-1256",
    "cp949": "EUC-KR",
    "cp932": "Shift-JIS",
    "gb18030": "GBK",
    "big5": "Big5",
}
_WORD = re.compile(r"[^\s\d,;|!-/:-@\[-`{-~]+")
_EDGES = "“”‘’«»‹›„…–—€£°·•™©®¡¿º\u00a0"
_VOWELS = set("aeiouyàâäáãåæéèêëěęėēíìîïīįóòôöõøőœúùûüůűūųıąāăý")
_SPECIAL_CONSONANTS = set("čďľĺňŕřšťśćźżńłşţșțğģķļņ")
#: What a letter cannot stand before or after: œ is found before these letters, ñ before vowels.
_MISPLACED = re.compile(
    "[œ](?![uidens])|ñ(?![aeiouáéíóú])|\\bß|[^\\Waeiou_]æ[^\\W_]*æ", re.IGNORECASE
)


def code_page(data: bytes) -> CodePage:
    """The code page of a text; doubtful where its letters are no proof, or prove another one as well.

    Western Europe's is taken unless another one makes more words: most files of old Excel are written in it.
    """
    sample = data[:_SAMPLE]
    several, share = _of_several_bytes(sample)
    if share >= _GOOD:
        return CodePage(several, _NAMES[several], is_doubtful=True)
    scores = {codec: _score(sample, codec) for codec in (*_LATIN, *_SCRIPTS)}
    best = max(scores, key=lambda codec: round(scores[codec], 3))
    if scores[best] < 0.5:
        best = several if share >= 0.5 else "cp1252"
    rivals = [
        codec
        for codec, score in scores.items()
        if codec not in (best, "cp1257")
        and score >= max(_GOOD, scores.get(best, 0))
        and _share_read_otherwise(sample, best, codec) >= 0.5
    ]
    is_usual = best in ("cp1252", "mac_roman") or (best == "cp1251" and _is_long(sample, best))
    return CodePage(
        best, _NAMES[best], is_doubtful=not is_usual or bool(rivals) or scores.get(best, 0) < _GOOD
    )


def _share_read_otherwise(sample: bytes, one: str, other: str) -> float:
    """Share of the words that two code pages read differently."""
    words, others = _words(_read(sample, one)), {*_words(_read(sample, other))}
    return sum(word not in others for word in words) / len(words) if words else 0.0


def first_name(text: str) -> str:
    """The first cell of a text that has a letter beyond a to z, to be looked at by a person."""
    found = re.search(r'[^;,\t\r\n"|]*[^\x00-\x7f;,\t\r\n"|][^;,\t\r\n"|]*', text)
    return found[0].strip()[:60] if found else ""


# -- words ------------------------------------------------------------------------------------------


def _read(sample: bytes, codec: str) -> str:
    return sample.decode(codec, "replace")


def _words(text: str) -> list[str]:
    """The different words of a text that have a letter beyond a to z."""
    found: dict[str, None] = {}
    for match in _WORD.finditer(text):
        word = match[0].strip(_EDGES)
        if not word.isascii():
            found[word] = None
            if len(found) == _WORDS:
                break
    return [*found]


def _score(sample: bytes, codec: str) -> float:
    """Share of the words that can be words of one language of the code page."""
    words = _words(_read(sample, codec))
    if not words:
        return 1.0 if codec == "cp1252" else 0.0
    if codec in _SCRIPTS:
        return sum(_is_of_script(word, codec) for word in words) / len(words)
    return max(
        sum(_is_latin(word, letters) for word in words) / len(words) for letters in _LATIN[codec]
    )


def _is_latin(word: str, letters: str) -> bool:
    plain = word.replace("’", "").replace("‘", "")
    small = plain.replace("İ", "i").lower()
    if not plain.isalpha() or not _has_usual_capitals(plain) or _MISPLACED.search(small):
        return False
    if any(not c.isascii() and c not in letters for c in small):
        return False
    return not any(
        c in _SPECIAL_CONSONANTS
        and 0 < i < len(small) - 1
        and small[i - 1] not in _VOWELS
        and small[i + 1] not in _VOWELS
        for i, c in enumerate(small)
    ) and (len(small) == 1 or any(c in _VOWELS for c in small))


def _is_of_script(word: str, codec: str) -> bool:
    """Whether a word is written in one script, capitals at its beginning; a final sigma stands at the end."""
    script, vowel = _SCRIPTS[codec]
    if vowel and len(vowel.findall(word)) < 0.2 * len(word):
        return False
    return (
        all(script.match(c) for c in word)
        and _has_usual_capitals(word)
        and "ς" not in word[:-1]
        and len(word) > 1
    )


def _has_usual_capitals(word: str) -> bool:
    """``Anna``, ``anna``, ``ANNA``, not ``anNa``; names such as McGrath have no letter beyond a to z."""
    return word.isupper() or word[1:] == word[1:].lower()


def _is_long(sample: bytes, codec: str) -> bool:
    """Whether there are enough words of some length to tell a script by."""
    return sum(len(word) >= 3 for word in _words(_read(sample, codec))) >= 2


# -- code pages of several bytes a letter -----------------------------------------------------------


def _of_several_bytes(sample: bytes) -> tuple[str, float]:
    """The code page that a Chinese, Japanese or Korean text would be in, and the share of its letters that are common."""
    high = sum(b > 0x7F for b in sample)
    beside_another = sum(len(run) - 1 for run in re.findall(rb"[\x80-\xff]+", sample))
    best, share = "", 0.0
    for codec, is_common in _COMMON.items() if beside_another >= 0.3 * high else ():
        letters = [c for c in _strictly(sample, codec) if not c.isascii()]
        common = sum(map(is_common, letters)) / len(letters) if letters else 0.0
        if common > share:
            best, share = codec, common
    return best, share


def _strictly(sample: bytes, codec: str) -> str:
    """A text that is all in a code page; its end may lie within a letter."""
    for cut in range(4):
        try:
            return sample[: len(sample) - cut].decode(codec)
        except UnicodeDecodeError as error:
            if error.end < len(sample) - cut - 3:
                return ""
    return ""


def _leads(codec: str, first: int, last: int) -> Callable[[str], bool]:
    def is_common(letter: str) -> bool:
        try:
            code = letter.encode(codec)
        except UnicodeEncodeError:
            return False
        return len(code) == 2 and (first <= code[0] <= last or letter in _CJK_MARKS)

    return is_common


def _any_of(*ranges: str) -> Callable[[str], bool]:
    found = re.compile(f"[{''.join(ranges)}]")
    return lambda letter: bool(found.match(letter))


_CJK_MARKS = frozenset("、。「」『』・！？（），：；“”…　【】《》")
_HANGUL = _any_of("가-힣", "".join(_CJK_MARKS))
_KANA = _any_of("ぁ-ヿ", "ー", "".join(_CJK_MARKS))
#: Code page → whether a letter is one of the common ones of its language.
_COMMON: dict[str, Callable[[str], bool]] = {
    "cp932": lambda c: _KANA(c) or _leads("cp932", 0x88, 0x97)(c),
    "cp949": lambda c: _HANGUL(c) and _leads("euc_kr", 0xB0, 0xC8)(c),
    "gb18030": _leads("gbk", 0xB0, 0xD7),
    "big5": _leads("big5", 0xA4, 0xC6),
}


def known_codecs() -> Iterable[str]:
    """The code pages that are told apart here."""
    return _NAMES
