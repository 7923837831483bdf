"""What a workbook declares, and the names in its posts that it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from xlkpi.core.findings import Place
from xlkpi.core.names import same_name


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A reference rate of engagement; ``unit`` says in the user's words what it divides by."""

    unit: str
    note: str
    place: Place


@dataclass(frozen=True, slots=True)
class Known:
    """What a workbook declares: of a kind that it declares nothing of, nothing is doubted."""

    influencers: Sequence[str] = ()  # names and handles
    networks: Sequence[str] = ()
    formats: Sequence[str] = ()
    benchmarks: Sequence[Benchmark] = ()
    names_of: Mapping[str, str] = field(default_factory=dict)  # handle → whose it is


def strangers(declared: Iterable[str]) -> Callable[[str], bool]:
    """Whether a name is none of the declared ones; where none is declared, no name is strange, nor is a blank."""
    names = {same_name(name) for name in declared}
    return lambda name: bool(names) and bool(name) and same_name(name) not in names
