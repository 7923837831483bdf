"""Text in any encoding → UTF-8: found by evidence, repaired where it can be proved, told where it cannot."""

from __future__ import annotations

import codecs
import re

from xlkpi.core import codes
from xlkpi.core.findings import Finding, Findings
from xlkpi.core.texts import Text

_PIECE = 1 << 18
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
    (b"\xff\xfe\0\0", "utf-32-le", "UTF-32"),
    (b"\0\0\xfe\xff", "utf-32-be", "UTF-32"),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
)
_LATIN = set(
    "àâäáãåæçéèêëíìîïñóòôöõøœúùûüÿßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜŸ’‘“”«»–—…€£°·\u00a0•™©®²³¿¡ºª"
)
_CYRILLIC = re.compile("[А-яЁёЄєІіЇїҐґЎў]")


def as_utf8(data: bytes, source: str, findings: Findings) -> tuple[bytes, list[Text]]:
    """Text in UTF-8 without a mark, its encoding found by evidence: a mark, the pattern of NULs, valid UTF-8, the letters.

    Old Excel saves in the code page of the computer: cp1252 in western Europe, cp1251 in Cyrillic countries, Mac OS
    Roman on a Mac.  Cyrillic words are runs of high bytes, accents of Latin words stand alone.
    """
    marked = next((entry for entry in _MARKS if data.startswith(entry[0])), None)
    if marked is not None:
        mark, codec, name = marked
        data = data[len(mark) :]
    else:
        codec, name = _unmarked(data)
    if codec != "utf-8" or not _is_utf8(data):
        data = data.decode(codec, "replace").removesuffix("\ufffd").encode("utf-8", "replace")
        bad = data.count("\ufffd".encode())
        if bad:
            findings.add(_unreadable_characters(source, bad))
    if b"\0" in data:
        data = data.replace(b"\0", b"")
        findings.add(
            Finding(
                codes.CHARACTERS_PUT_RIGHT,
                Text(
                    "empty characters (NUL) were dropped",
                    "des caractères vides (NUL) ont été retirés",
                ),
                sheet=source,
            )
        )
    return data, [Text("encoding {name}", "encodage {name}").format(name=name)]


def _is_utf8(data: bytes) -> bool:
    """Whether these bytes are UTF-8, looked at piece by piece: as one text they would take four times their room."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _PIECE):
            decoder.decode(data[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _unmarked(data: bytes) -> tuple[str, str]:
    sample = data[: 1 << 16]
    even, odd, pairs = sample[0::2].count(0), sample[1::2].count(0), len(sample) // 2 or 1
    if odd > 0.4 * pairs and even < 0.1 * pairs:
        return "utf-16-le", "UTF-16"
    if even > 0.4 * pairs and odd < 0.1 * pairs:
        return "utf-16-be", "UTF-16"
    if not _is_utf8(data):
        broken = data.decode("utf-8", "replace")
        high = sum(c > "\x7f" for c in broken)
        if broken.count("\ufffd") > 0.02 * high:
            return _code_page(data)
    return "utf-8", "UTF-8"


def _code_page(data: bytes) -> tuple[str, str]:
    high = bytes(b for b in data if b > 0x7F)
    after_another = sum(len(run) - 1 for run in re.findall(rb"[\x80-\xff]+", data))
    cyrillic = len(_CYRILLIC.findall(high.decode("cp1251", "replace")))
    if after_another > 0.4 * len(high) and cyrillic > 0.8 * len(high):
        return "cp1251", "Windows-1251"
    western, mac = (
        sum(c in _LATIN for c in high.decode(codec, "replace")) for codec in ("cp1252", "mac_roman")
    )
    return ("mac_roman", "Mac OS Roman") if mac > western else ("cp1252", "Windows-1252")


_CP1252 = {bytes([b]).decode("cp1252", "ignore") or chr(b): b for b in range(0x80, 0x100)}
_MOJIBAKE = re.compile(
    "[\u00c2-\u00df]{tail}|[\u00e0-\u00ef]{tail}{{2}}|[\u00f0-\u00f4]{tail}{{3}}".format(
        tail="[" + re.escape("".join(c for c, b in _CP1252.items() if b < 0xC0)) + "]"
    )
)


def shows_mojibake(text: str) -> bool:
    """Whether UTF-8 was once read as cp1252 here: “Ã©” where “é” was meant."""
    return bool(_MOJIBAKE.search(text))


def is_mojibake(data: bytes) -> bool:
    """Whether every accent of a text in UTF-8 is such a pair, as far as its beginning shows."""
    start = data[: 1 << 16].decode("utf-8", "ignore")
    return not start.isascii() and _MOJIBAKE.sub("", start).isascii()


def undo_mojibake(text: str) -> str:
    """UTF-8 that was once read as cp1252 and saved; done when the column names, or all accents, show it."""

    def undone(match: re.Match[str]) -> str:
        try:
            return bytes(_CP1252[c] for c in match[0]).decode("utf-8")
        except UnicodeDecodeError:
            return match[0]

    return _MOJIBAKE.sub(undone, text)


def _unreadable_characters(source: str, count: int) -> Finding:
    return Finding(
        codes.CHARACTERS_LOST,
        Text(
            "characters that cannot be read stand as �: {n}",
            "caractères illisibles, remplacés par � : {n}",
        ).format(n=count),
        sheet=source,
    )
