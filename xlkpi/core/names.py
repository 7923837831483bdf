"""When two names are one: of columns and KPIs, of people and campaigns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

#: Characters that nobody sees: soft hyphens, zero-width spaces, marks of direction, fillers, tags.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
#: The same without those that join letters or emoji into one sign.
_LEFT_BEHIND = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb]"
)
_HYPHENS = re.compile("[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]+")
_PROFILE = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}/", re.I)
#: What stands before the account in links to profiles.
_BEFORE_ACCOUNT = {"in", "c", "channel", "user", "company", "add", "people", "pages"}


@lru_cache(maxsize=1 << 16)
def normalise(name: str) -> str:
    """Fold a header or a name: accents, apostrophes, unseen characters, case, spaces and punctuation do not count.

    >>> normalise("Taux d’engagement\\u00a0(%)")
    'taux d engagement'
    """
    plain = _folded(name.replace("ı", "i"))
    return " ".join(re.findall(r"\w+", plain.replace("_", " ")))


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """When two names of campaigns are one: case, accents, spacing and unseen characters do not count, all else does.

    >>> fold(" Été  A+\\u200b ")
    'ete a+'
    """
    return " ".join(_folded(name.replace("’", "'")).split())


def _folded(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", _UNSEEN.sub("", name))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def tidy(text: str) -> str:
    """A name or an id as one sees it, without unseen characters and blanks around it.

    >>> tidy("\\ufeff p1\\u200b ")
    'p1'
    """
    return (text if text.isascii() else _LEFT_BEHIND.sub("", text)).strip()


# -- people ------------------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 16)
def same_name(said: str) -> str:
    """When two names of people are one: a handle with or without @, a link to its profile, hyphens or spaces.

    >>> same_name("@Mia.Styles") == same_name("https://www.instagram.com/mia.styles/?hl=fr") == "mia.styles"
    True
    >>> same_name("Jean–Luc  Été") == same_name("jean luc ete")
    True
    """
    text = tidy(said)
    if _PROFILE.match(text):
        text = _account_within(text) or text
    return " ".join(_HYPHENS.sub(" ", fold(text).lstrip("@ ")).split())


def is_handle(said: str) -> bool:
    """Whether a name is written as an account: with an @, or as a link to its profile."""
    text = tidy(said)
    return text.startswith("@") or _PROFILE.match(text) is not None


def _account_within(url: str) -> str:
    """The account that a link to a profile names; empty where it names none."""
    path, _, query = _PROFILE.sub("", url, count=1).partition("?")
    steps = [step for step in path.partition("#")[0].split("/") if step]
    named = [step for step in steps if step.startswith("@")]
    if named:
        return named[0]
    if steps[:1] == ["profile.php"]:
        return next((p[3:] for p in query.split("&") if p.startswith("id=")), "")
    return next((step for step in steps if step not in _BEFORE_ACCOUNT), "")


class People:
    """The influencers that somebody declared, with the handles of their accounts."""

    def __init__(self, declared: Iterable[tuple[str, str, str]]) -> None:
        """``declared``: name, handle and network of each row; one of name and handle may be empty."""
        self._names: dict[str, str] = {}
        self._handles: dict[str, dict[str, str]] = {}  # handle → network, folded → name
        for name, handle, network in declared:
            shown = self._names.setdefault(same_name(name), name) if name else handle
            if handle:
                self._handles.setdefault(same_name(handle), {}).setdefault(fold(network), shown)
        self._shared = {k for k, by in self._handles.items() if len(set(by.values())) > 1}
        for key, name in self._names.items():
            self._handles.setdefault(key, {"": name})

    def __bool__(self) -> bool:
        return bool(self._names or self._handles)

    def several(self, said: str) -> bool:
        """Whether several people have this handle, on different networks."""
        if not self._shared or (key := same_name(said)) not in self._shared:
            return False
        return key not in self._names or is_handle(said)

    def find(self, said: str, network: str = "") -> str | None:
        """The declared name that is meant; None for nobody's, and for a handle that several people have.

        What is written as a handle is looked for among the handles first.

        >>> ana = People([("Ana Lopez", "@ana", "Instagram"), ("Ana", "", "")])
        >>> ana.find("@Ana"), ana.find("ana"), ana.find("instagram.com/ana/"), ana.find("ben")
        ('Ana Lopez', 'Ana', 'Ana Lopez', None)
        """
        key = same_name(said)
        if key in self._names and not is_handle(said):
            return self._names[key]
        accounts = self._handles.get(key, {})
        found = accounts.get(fold(network)) or accounts.get("")
        if found is None and len(set(accounts.values())) == 1:
            found = next(iter(accounts.values()))
        return found or self._names.get(key)
