"""Text in any encoding → UTF-8: found by evidence, repaired where it can be proved, told where it cannot."""

from __future__ import annotations

import codecs
import re

from xlkpi.core import codes
from xlkpi.core.findings import Finding, Findings
from xlkpi.core.texts import Text
from xlkpi.intake.tables.codepages import CodePage, code_page, first_name

_PIECE = 1 << 18
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
    (b"\xff\xfe\0\0", "utf-32-le", "UTF-32"),
    (b"\0\0\xfe\xff", "utf-32-be", "UTF-32"),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
)


def as_utf8(
    data: bytes, source: str, findings: Findings, encoding: str = ""
) -> tuple[bytes, list[Text]]:
    """Text in UTF-8 without a mark, its encoding found by evidence: a mark, the pattern of NULs, valid UTF-8, the letters.

    Old Excel saves in the code page of the computer, which only its words can tell: ``codepages``.
    ``encoding``: what a person says it is; a mark in the file knows better.
    """
    page, data = _found(data, encoding)
    if page.codec != "utf-8" or not _is_utf8(data):
        data = data.decode(page.codec, "replace").removesuffix("\ufffd").encode("utf-8", "replace")
        bad = data.count("\ufffd".encode())
        if bad:
            findings.add(_unreadable_characters(source, bad))
    if page.is_doubtful and (name := first_name(data.decode("utf-8", "replace"))):
        findings.add(_doubtful(source, page.name, name))
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
    return data, [Text("encoding {name}", "encodage {name}").format(name=page.name)]


def _found(data: bytes, encoding: str) -> tuple[CodePage, bytes]:
    """The encoding of a text, and the text without its mark."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return CodePage(codec, name), data[len(mark) :]
    if encoding:
        return CodePage(encoding, encoding), data
    return _unmarked(data), data


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


def _unmarked(data: bytes) -> CodePage:
    sample = data[: 1 << 16]
    even, odd, pairs = sample[0::2].count(0), sample[1::2].count(0), len(sample) // 2 or 1
    if odd > 0.4 * pairs and even < 0.1 * pairs:
        return CodePage("utf-16-le", "UTF-16")
    if even > 0.4 * pairs and odd < 0.1 * pairs:
        return CodePage("utf-16-be", "UTF-16")
    if not _is_utf8(data):
        broken = data.decode("utf-8", "replace")
        high = sum(c > "\x7f" for c in broken)
        if broken.count("\ufffd") > 0.02 * high:
            return code_page(data)
    return CodePage("utf-8", "UTF-8")


def _doubtful(source: str, encoding: str, name: str) -> Finding:
    return Finding(
        codes.DOUBTFUL_ENCODING,
        Text(
            "this file is no Unicode text, and its encoding is not certain: it was read as {encoding}, and the first name "
            "as “{name}”",
            "ce fichier n’est pas un texte Unicode, et son encodage n’est pas certain : il a été lu en {encoding}, et le "
            "premier nom « {name} »",
        ).format(encoding=encoding, name=name),
        sheet=source,
    )


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
