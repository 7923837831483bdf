"""The two walks of docs/develop/architecture.md lead where they say: each stop exists and names the stops below it."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.core.test_layers import FLOORS
from tests.docs.pages import DOCS, ROOT, text

PAGE = DOCS / "develop" / "architecture.md"
WALKS = ("From an export to a report cell", "From a click to a filled report")


@dataclass(frozen=True)
class Stop:
    """``file::name`` or ``file::Class.method``; the line of its list says how deep it stands."""

    depth: int
    file: Path
    name: str

    def __str__(self) -> str:
        return f"{self.file.name}::{self.name}"

    @property
    def source(self) -> str:
        """The text of the function, method, class or constant; of a VBA procedure for a .bas."""
        return (
            _vba(self.file, self.name)
            if self.file.suffix == ".bas"
            else _python(self.file, self.name)
        )

    @property
    def names(self) -> set[str]:
        """What its source names."""
        if self.file.suffix == ".bas":
            return set(re.findall(r"\w+", self.source))
        nodes = ast.walk(ast.parse(self.source))
        return {
            n.attr if isinstance(n, ast.Attribute) else n.id for n in nodes if isinstance(n, _NAMED)
        }

    def first_call(self, called: Stop) -> tuple[int, int]:
        """Where its first call of that stop ends, so that arguments come first; before all else where it only names it."""
        nodes = [] if self.file.suffix == ".bas" else ast.walk(ast.parse(self.source))
        calls = [n for n in nodes if isinstance(n, ast.Call) and isinstance(n.func, _NAMED)]
        found = [
            n for n in calls if called.last == getattr(n.func, "attr", getattr(n.func, "id", ""))
        ]
        of_its_module = [n for n in found if called.module == ast.unparse(n.func).split(".")[0]]
        return min(
            ((n.end_lineno or 0, n.end_col_offset or 0) for n in of_its_module or found),
            default=(0, 0),
        )

    @property
    def last(self) -> str:
        return self.name.split(".")[-1]

    @property
    def module(self) -> str:
        return self.file.parent.name if self.file.stem == "__init__" else self.file.stem


_NAMED = (ast.Name, ast.Attribute)


@cache
def _vba(file: Path, name: str) -> str:
    """Both where Excel for Windows and for the Mac have one of their own."""
    found = re.finditer(
        rf"^(?:Public|Private) (Sub|Function) {name}\b.*?^End \1",
        file.read_text(encoding="ascii"),
        flags=re.DOTALL | re.MULTILINE,
    )
    return "\n".join(match[0] for match in found)


@cache
def _python(file: Path, name: str) -> str:
    lines = file.read_text(encoding="utf-8").splitlines()
    body: list[ast.stmt] = ast.parse("\n".join(lines)).body
    node: ast.stmt | None = None
    for part in name.split("."):
        node = next((n for n in body if part in _named(n)), None)
        if node is None:
            return ""
        body = getattr(node, "body", [])
    assert node is not None
    indent = len(lines[node.lineno - 1]) - len(lines[node.lineno - 1].lstrip())
    return "\n".join(line[indent:] for line in lines[node.lineno - 1 : node.end_lineno])


def _named(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def section(title: str) -> str:
    return text(PAGE).split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def stops(title: str) -> list[Stop]:
    found = re.findall(r"^( *)- `([\w/.]+)::([\w.]+)`", section(title), flags=re.MULTILINE)
    return [Stop(len(indent) // 4, _file(where), name) for indent, where, name in found]


def _file(where: str) -> Path:
    return ROOT / where if where.startswith("macros/") else ROOT / "xlkpi" / where


def parents(walk: list[Stop]) -> list[tuple[Stop, Stop]]:
    """Each stop below another one with the stop that calls it."""
    pairs = []
    for i, stop in enumerate(walk):
        if stop.depth:
            pairs.append((next(s for s in reversed(walk[:i]) if s.depth == stop.depth - 1), stop))
    return pairs


@pytest.mark.parametrize("title", WALKS)
def test_every_item_of_the_list_is_a_stop(title: str):
    items = re.findall(r"^ *- .*$", section(title), flags=re.MULTILINE)
    assert len(items) == len(stops(title)) > 10


@pytest.mark.parametrize("title", WALKS)
def test_each_stop_exists(title: str):
    assert not [str(stop) for stop in stops(title) if not stop.file.exists() or not stop.source]


@pytest.mark.parametrize("title", WALKS)
def test_each_stop_calls_the_next(title: str):
    pairs = parents(stops(title))
    assert not [
        f"{caller} does not name {called.name}"
        for caller, called in pairs
        if called.last not in caller.names
    ]


@pytest.mark.parametrize("title", WALKS)
def test_stops_stand_in_the_order_of_their_calls(title: str):
    walk = stops(title)
    for caller in walk:
        called = [stop for above, stop in parents(walk) if above is caller]
        places = [caller.first_call(stop) for stop in called]
        assert places == sorted(places), f"{caller}: {[stop.name for stop in called]}"


@pytest.mark.parametrize("title", WALKS)
def test_the_number_of_files_is_the_one_that_is_said(title: str):
    said = re.search(r"(\d+) files", section(title))
    assert said
    assert int(said[1]) == len({stop.file for stop in stops(title)})


def test_the_arrows_are_the_real_ones():
    """As the test of the layers holds them, the ground floor last."""
    shown = section("Arrows").split("```", 2)[1]
    said = [name.strip() for name in shown.split("►")]
    assert [name.replace("xlkpi", "") for name in said] == [*reversed(FLOORS)]


def test_each_room_is_in_the_list_of_rooms():
    rooms = section("Rooms")
    folders = [p for p in (ROOT / "xlkpi").rglob("*") if (p / "__init__.py").exists()]
    assert not [p.name for p in folders if not re.search(rf"\b{p.name}/", rooms)]
