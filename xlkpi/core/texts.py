"""French and English side by side: the pair every user-facing sentence is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")


def typeset(french: str) -> str:
    """French sets a no-break space before : ; ! ? » and after «; an ordinary one would break lines there."""
    return re.sub(r" (?=[:;!?»])", "\u00a0", french).replace("« ", "«\u00a0")


#: Characters that move a terminal's cursor, change its title, or worse; a file that somebody sent may hold them.
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), " ")


def visible(text: str) -> str:
    """A text fit for a terminal: control characters are spaces, lines stay lines."""
    return text.translate(_CONTROLS)


class Text(NamedTuple):
    """One thing said in both languages; ``text.in_(language)`` picks one."""

    en: str
    fr: str

    def in_(self, language: Language) -> str:
        return typeset(self.fr) if language == "fr" else self.en

    def format(self, **values: object) -> Text:
        """The same pair with ``{names}`` filled in; a value that is a Text is filled per language.

        A number chooses between singular and plural, "0 posts" but « 0 post »; let no user's text stand in such a choice.

        >>> Text("{n} post{n:|s}", "{n} {n:métrique|métriques}").format(n=0)
        Text(en='0 posts', fr='0 métrique')
        """
        return Text(
            *(
                side.format(**{k: _said(v, lang) for k, v in values.items()})
                for lang, side in zip(LANGUAGES, self, strict=True)
            )
        )


def sentence(clause: str) -> str:
    """A clause as a message holds it, written as a sentence by itself.

    >>> sentence("this is not a number")
    'This is not a number.'
    """
    return f"{clause[:1].upper()}{clause[1:].removesuffix('.')}."


def quoted(names: Iterable[str], longest: int = 160) -> Text:
    """Names in the quotation marks of each language, cut where they become too long to read."""
    names = list(names)
    return Text(
        *[", ".join(form.format(name) for name in names)[:longest] for form in ("“{}”", "« {} »")]
    )


def cut(text: str, length: int) -> str:
    """A text that takes so many characters at most."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


class _Number:
    """A number in a text: ``{n}`` and ``{n:,.1f}`` write it, ``{n:singular|plural}`` chooses a word by it."""

    def __init__(self, value: float, language: Language) -> None:
        self.value, self.language = value, language

    def __format__(self, spec: str) -> str:
        singular, bar, plural = spec.partition("|")
        if not bar:
            return format(self.value, spec)
        return (
            singular
            if self.value == 1 or (self.language == "fr" and abs(self.value) < 2)
            else plural
        )


def _said(value: object, language: Language) -> object:
    if isinstance(value, Text):
        return value.in_(language)
    return _Number(value, language) if isinstance(value, int | float) else value
