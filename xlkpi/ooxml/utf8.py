"""Parts of a package in UTF-8, whatever they were written in: sheets are cut as bytes, which only UTF-8 allows."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

_DECLARED = re.compile(
    r"""^(\s*<\?xml\b[^>]*?\bencoding\s*=\s*["'])([A-Za-z][\w.:-]{0,39})(["'])""", re.ASCII
)
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNMARKED = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"))
#: What may be decoded: encodings of text, and none that unpacks.
_ENCODINGS = re.compile(
    r"(?i)utf-16(le|be)?|iso-8859-\d{1,2}|latin-?1|windows-\d{3,4}|cp\d{3,5}|koi8-[ru]|"
    r"gb2312|gbk|gb18030|big5|shift_jis|euc-(jp|kr)"
)


def in_utf8(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same XML in UTF-8, with a declaration that says so; UTF-8 itself passes as it is.

    >>> list(in_utf8(iter(['<?xml version="1.0" encoding="ISO-8859-1"?><t>é</t>'.encode("latin-1")])))[0].decode()
    '<?xml version="1.0" encoding="UTF-8"?><t>é</t>'
    """
    first = next(pieces, b"")
    encoding = _encoding(first)
    if encoding is None:
        yield first
        yield from pieces
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    begun = decoder.decode(first)
    yield _DECLARED.sub(r"\g<1>UTF-8\3", begun, count=1).encode("utf-8", "replace")
    for piece in pieces:
        yield decoder.decode(piece).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _encoding(start: bytes) -> str | None:
    """What the XML that begins so is written in; None for UTF-8, and for what is called by no name that is known."""
    for signature, encoding in (*_MARKS, *_UNMARKED):
        if start.startswith(signature):
            return encoding
    said = _DECLARED.match(start[:200].decode("latin-1"))
    if said is None or not _ENCODINGS.fullmatch(said[2]) or said[2].lower().startswith("utf-16"):
        return None
    try:
        return codecs.lookup(said[2]).name
    except LookupError:
        return None
