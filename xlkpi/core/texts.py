"""French and English side by side: the pair every user-facing sentence is made of."""

from __future__ import annotations

import re
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
        """The same pair with ``{names}`` filled in; a value that is a Text is filled per language."""
        return Text(*(
            side.format(**{k: v.in_(lang) if isinstance(v, Text) else v for k, v in values.items()})
            for lang, side in zip(LANGUAGES, self, strict=True)
        ))
