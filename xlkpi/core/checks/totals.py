"""Rows of a table of posts that are no posts but sums or averages of others: by their words, formulas or figures.

A post that is left out by mistake is as bad as a total that counts: one sign alone is enough only where it is
certain.  The signs are arrays, one place a row; ``left_out`` weighs them.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from xlkpi.core.names import normalise

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]

# -- words -------------------------------------------------------------------------------------------

#: What a row of totals or averages is called, in EN FR DE ES PT IT NL; a name may consist of such a word too.
WORDS = frozenset(
    normalise(word)
    for word in (
        *(
            "tot",
            "ttl",
            "total",
            "totals",
            "totaux",
            "totale",
            "totali",
            "totales",
            "totais",
            "totaal",
        ),
        *("sum", "somme", "sommes", "suma", "soma", "summe", "gesamt", "gesamtsumme", "Σ"),
        *("cumul", "cumulé", "cumulative", "cumulated", "ytd"),
        *("average", "averages", "avg", "moyenne", "moyennes", "moy", "médiane", "median"),
        *("durchschnitt", "mittelwert", "promedio"),
    )
)
#: Words that may as well be a name.
_AMBIGUOUS = frozenset(
    ("overall", "ensemble", "mean", "media", "global", "min", "max", "tous", "all")
)
#: Words that nobody is called.
CERTAIN = frozenset(
    normalise(word)
    for word in (
        *("subtotal", "subtotals", "sub-total", "sous-total", "sous-totaux", "zwischensumme"),
        *("grand total", "total général", "total global", "total geral", "totale generale"),
        *("running total", "running sum", "total cumulé", "cumul à date", "cumulative total"),
        *("year to date", "month to date", "gesamtergebnis", "total posts", "total campaign"),
        *("total campagne", "sum total", "total amount", "totals row", "total row"),
        *("all posts", "all influencers", "all campaigns", "all networks", "tous les posts"),
        *("toutes les publications", "tous les influenceurs", "toutes les campagnes"),
        *("average per post", "moyenne par post", "per post average"),
    )
)
#: What a total is of, beside its word: networks, formats, months, weeks, taxes; and the words between.
_OF = frozenset(
    normalise(word)
    for word in (
        *("instagram", "tiktok", "youtube", "facebook", "x", "twitter", "linkedin", "snapchat"),
        *("pinterest", "twitch", "threads", "blog", "post", "posts", "reel", "reels", "story"),
        *("stories", "video", "videos", "vidéos", "publication", "publications", "campagne"),
        *("campaign", "influencer", "influencers", "influenceur", "influenceurs", "créateurs"),
        *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
        *("october", "november", "december", "janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre", "week", "semaine"),
        *("month", "mois", "year", "année", "quarter", "trimestre", "q1", "q2", "q3", "q4", "t1"),
        *("t2", "t3", "t4", "ht", "ttc", "net", "brut", "gross", "all", "tous", "toutes", "reach"),
        *(
            "for",
            "of",
            "per",
            "par",
            "pour",
            "de",
            "du",
            "des",
            "le",
            "la",
            "les",
            "the",
            "and",
            "et",
        ),
    )
)
_LONGEST = 60  # characters of a label: a longer text is a caption


class Label(IntEnum):
    """What a text says about its row."""

    NOTHING = 0
    PART = 1  # it begins or ends with such a word: "Total Sophie", but "Total Fitness" too
    WORD = 2  # it is such a word
    CERTAIN = 3  # nobody is called so: "Subtotal Sophie", "Total Instagram"


@lru_cache(maxsize=1 << 14)
def label(text: str) -> Label:
    """How far a text is a label of totals.

    >>> [label(t).name for t in ("Total:", "Sous-total Léa", "Total août", "Total Fitness", "Totally Ana")]
    ['WORD', 'CERTAIN', 'CERTAIN', 'PART', 'NOTHING']
    """
    if len(text) > _LONGEST:
        return Label.NOTHING
    said = normalise(text)
    if not said:
        return Label.WORD if text.strip() in {"Σ", "∑"} else Label.NOTHING
    if any(f" {said} ".startswith(f" {w} ") or said.endswith(f" {w}") for w in CERTAIN):
        return Label.CERTAIN
    if said in WORDS:
        return Label.WORD
    words = said.split()
    ends = {words[0], words[-1]}
    if ends & WORDS and all(w in WORDS or w in _OF or w.isdigit() for w in words):
        return Label.CERTAIN
    return Label.PART if ends & WORDS or said in _AMBIGUOUS else Label.NOTHING


# -- formulas ----------------------------------------------------------------------------------------

_ADDING = re.compile(
    r"^[=+\s]*(?:(?:ROUND(?:UP|DOWN)?|IFERROR|INT|ABS|_xlfn\.\w+)\(\s*)*"
    r"(?:SUM|SUBTOTAL|AGGREGATE|AVERAGE|MEDIAN|SUMIFS?|AVERAGEIFS?|MAX|MIN)\(",
    re.I,
)
_CHAIN = re.compile(r"^[=\s]*\+?\$?[A-Z]{1,3}\$?\d+(?:\s*\+\s*\$?[A-Z]{1,3}\$?\d+)+\s*$", re.I)
_CELLS = re.compile(
    r"(?<![\w!'\]])\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?(?![\w(!])", re.I
)
_WHOLE = re.compile(r"(?<![\w!'\]])\$?([A-Z]{1,3}):\$?([A-Z]{1,3})(?![\w(!\d])", re.I)
_TABLE_COLUMN = re.compile(r"\[(?!#|@)[^\[\]#@]+\]")
_TEXT = re.compile(r'"[^"]*"')


def adds_up(formula: str, letters: str, row: int) -> bool:
    """Whether a formula adds up, or averages, two rows or more of its own column.

    >>> adds_up("SUM(I2:I26)", "I", 27), adds_up("=I5+I9+I14", "I", 15), adds_up("SUBTOTAL(109,[Reach])", "I", 9)
    (True, True, True)
    >>> adds_up("SUM(L5:P5)", "I", 5), adds_up("I4*2", "I", 5), adds_up("SUM(Stories!B2:B9)", "I", 5)
    (False, False, False)
    """
    plain = _TEXT.sub("", formula)
    if not (_ADDING.match(plain) or _CHAIN.match(plain)):
        return False
    if _TABLE_COLUMN.search(plain) or any(
        letters.upper() == side.upper() for m in _WHOLE.finditer(plain) for side in m.groups()
    ):
        return True
    return _rows_of(plain, letters, row) >= 2


def _rows_of(formula: str, letters: str, own: int) -> int:
    """How many other rows of a column a formula looks at."""
    count = 0
    for left, top, right, bottom in _CELLS.findall(formula):
        if left.upper() == letters.upper() and (right or left).upper() == letters.upper():
            first, last = sorted((int(top), int(bottom or top)))
            count += last - first + 1 - (first <= own <= last)
    return count


# -- figures -----------------------------------------------------------------------------------------

_NEAR = 1e-9
_WINDOW = 8_000  # rows above that a partial sum may reach back to
_ROUNDED = 0.5  # a mean is often typed without its decimals


@dataclass(frozen=True, slots=True)
class Matches:
    """How the figures of each row compare with the rows around it."""

    figures: NDArray[np.int64]  # of the row, other than 0
    block: NDArray[np.int64]  # sums of one run of rows that ends above, or the means of all above
    whole: NDArray[np.int64]  # sums of all rows above, or of all below

    @property
    def strong(self) -> Flags:
        """Two figures or more, and most of them; or the only one, where it is the sum of all rows."""
        equal = np.maximum(self.block, self.whole)
        several = (equal >= 2) & (equal >= 0.6 * self.figures)
        found: Flags = several | ((self.figures == 1) & (self.whole == 1))
        return found

    @property
    def surely_whole(self) -> Flags:
        """Three figures or more are the sums of all rows: no chance brings that about."""
        found: Flags = (self.whole >= 3) & (self.whole >= 0.6 * self.figures)
        return found


class RunningSums:
    """Sums of the posts of a table as its rows pass, to compare the next rows with."""

    def __init__(self, columns: int) -> None:
        self._last: deque[Numbers] = deque()  # the last rows, band by band
        self._before = np.zeros((2, columns))  # sums and counts of the rows before them
        self._rows = 0

    def add(self, figures: Numbers) -> None:
        """More posts, one row each; NaN is unknown."""
        self._last.append(figures)
        self._rows += len(figures)
        while self._rows - len(self._last[0]) >= _WINDOW:
            band = self._last.popleft()
            self._rows -= len(band)
            known = np.isfinite(band)
            self._before += np.array([np.where(known, band, 0.0).sum(axis=0), known.sum(axis=0)])

    def _with(self, figures: Numbers) -> tuple[Numbers, Numbers]:
        """Sums, and counts of known figures: of no row kept, the first one, the first two …"""
        rows = np.vstack([*self._last, figures])
        known = np.isfinite(rows)
        sums = np.vstack([self._before[:1], np.where(known, rows, 0.0)]).cumsum(axis=0)
        return sums, np.vstack([self._before[1:], known.astype(float)]).cumsum(axis=0)

    def compare(self, figures: Numbers, posts: Flags, closely: Flags) -> Matches:
        """Rows against the posts above and below them.

        Args:
            figures: of the rows at hand, posts or not; NaN where unknown.
            posts: which of them are added up.
            closely: which of them are compared with any run of rows too, not with all rows only.
        """
        sums, counts = self._with(np.where(posts[:, None], figures, np.nan))
        end = self._rows + np.arange(len(figures))  # of the rows above each
        told = np.isfinite(figures) & (figures != 0)
        whole = told & _same(figures, sums[end]) & (counts[end] >= 2)
        found = whole.sum(axis=1)
        if not self._rows:
            below = (
                told
                & _same(figures, sums[-1] - sums[end + 1])
                & (counts[-1] - counts[end + 1] >= 2)
            )
            found = np.maximum(found, np.where(end <= 1, below.sum(axis=1), 0))
        block = np.zeros(len(figures), dtype=np.int64)
        at = np.flatnonzero(closely)
        if len(at):
            block[at] = np.maximum(
                _means(figures[at], told[at], sums[end[at]], counts[end[at]]),
                _blocks(figures[at], told[at], end[at], sums, counts),
            )
        return Matches(told.sum(axis=1), block, found)


def _same(one: Numbers, other: Numbers) -> Flags:
    with np.errstate(invalid="ignore"):
        same: Flags = np.abs(one - other) <= _NEAR * np.maximum(np.abs(other), 1.0)
    return same


def _means(figures: Numbers, told: Flags, above: Numbers, known: Numbers) -> NDArray[np.int64]:
    """Three figures or more that are all the means of all rows above."""
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.abs(figures - np.where(known >= 2, above / known, np.nan))
    slack = np.where(figures == np.round(figures), _ROUNDED, _ROUNDED / 100)
    equal = (told & (apart <= slack)).sum(axis=1)
    return np.where((equal >= 3) & (equal == told.sum(axis=1)), equal, 0)


def _blocks(
    figures: Numbers, told: Flags, end: NDArray[np.int64], sums: Numbers, counts: Numbers
) -> NDArray[np.int64]:
    """How many figures of each row are the sums of one and the same run of rows that ends above it."""
    first = np.zeros(figures.shape, dtype=np.int64)
    last = np.full(figures.shape, -1)
    for c in range(figures.shape[1]):
        if told[:, c].any():
            above = sums[end, c]
            begun = above - np.where(told[:, c], figures[:, c], 0.0)
            slack = _NEAR * np.maximum(np.abs(above), 1.0)
            first[:, c] = np.searchsorted(sums[:, c], begun - slack, side="left")
            last[:, c] = np.searchsorted(sums[:, c], begun + slack, side="right") - 1
            rows = counts[end, c] - counts[np.clip(last[:, c], 0, None), c]
            last[~told[:, c] | (rows < 2), c] = -1
    fits = (first[:, :, None] <= first[:, None, :]) & (first[:, None, :] <= last[:, :, None])
    found: NDArray[np.int64] = np.where(first <= last, fits.sum(axis=1), 0).max(axis=1, initial=0)
    return found


# -- the verdict -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signs:
    """What can be seen of each row; an array each."""

    figures: Flags  # it has any
    identity: Flags  # an id, or a link
    described: NDArray[np.int64]  # how many of date, influencer and network it has
    lacks: NDArray[np.int64]  # how many of these most rows have, and it has not
    lacks_identity: Flags  # most rows have an id, or a link
    label: NDArray[np.int64]  # the most telling ``Label`` of its texts, the campaign aside
    campaign_label: NDArray[np.int64]  # the one of its campaign
    formulas: Flags  # its figures are formulas that add up other rows
    mostly_named: bool = (
        True  # whether most rows say which post they are: else a nameless one is as good as any
    )

    @property
    def named(self) -> Flags:
        found: Flags = self.identity | (self.described > 0)
        return found

    @property
    def odd(self) -> Flags:
        """Rows without something that makes out a post here: worth a closer look at their figures."""
        found: Flags = (
            self.figures
            & (~self.identity | (self.label > 0))
            & (
                (self.lacks > 0)
                | self.lacks_identity
                | ~self.named
                | (self.label > 0)
                | (self.campaign_label > 0)
            )
        )
        return found


def left_out(signs: Signs, sums: Flags) -> Flags:
    """Rows that are totals, subtotals, running totals or averages.

    Args:
        sums: most figures of the row are sums or means of rows above, see ``Matches.strong``.
    """
    s, shown = signs, sums | signs.formulas
    anonymous, incomplete = ~s.identity, (s.lacks > 0) | (s.described < 2)
    campaign = np.where(
        s.described == 0, s.campaign_label, np.minimum(s.campaign_label, Label.PART)
    )
    word = np.maximum(s.label, campaign)
    found: Flags = (
        s.formulas
        | ((word == Label.CERTAIN) & (anonymous | shown))
        | ((word == Label.WORD) & (anonymous & incomplete | shown))
        | ((word == Label.PART) & anonymous & (shown | (s.lacks + s.lacks_identity >= 2)))
        | (s.figures & ~s.named & (shown | s.mostly_named))
        | (s.figures & anonymous & (s.lacks_identity | (s.lacks > 0)) & sums)
    )
    return found


def doubtful(signs: Signs, matches: Matches) -> Flags:
    """Rows that look like a total and are none for certain: they count, and somebody is asked."""
    words = np.maximum(signs.label, signs.campaign_label) >= Label.WORD
    words |= (signs.label == Label.PART) & ~signs.identity & (signs.described < 2)
    found: Flags = signs.figures & (words | (~signs.identity & matches.surely_whole))
    return found
