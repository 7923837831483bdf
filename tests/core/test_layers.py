"""The architecture's arrows: rooms stand on floors, every import goes down, and nothing goes round in a circle."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import xlkpi

PACKAGE = Path(xlkpi.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

#: From the ground up: a room is a folder (below ``excel`` its folders), and uses itself and what stands below it.
FLOORS = (
    "core",
    "files",
    "ooxml",
    "intake",
    "excel/workbook",
    "excel/functions",
    "excel/reading",
    "excel/report",
    "excel/posts",
    "excel/samples",
    "excel/template",
    "excel/jobs",
    "excel/live",
    "excel/addin",
    "excel/buttons",
    "excel",  # what VBA and AppleScript name: udf, serve, ribbon
    "deck",
    "",  # what a notebook imports: api, functions, the package itself
    "cli",
)
#: Arrows that would go down and must not be there all the same.
NEVER = {
    (
        "deck",
        "excel/template",
    ): "a deck takes its colours from the palette, not from the workbook's builder",
    ("deck", "excel/live"): "a deck is made from a report, wherever that comes from",
    ("excel/functions", "ooxml"): "a cell knows no file",
}
#: Rows of data: splitting them would hide them.
DATA = {
    "core/catalogue",
    "core/codes",
    "core/insight/rulebook.py",
    "excel/samples",
    "excel/workbook/contract.py",
}
LONGEST, MOST = 500, 16  # lines of a module, modules of a folder
#: What would tie the arithmetic to files, to Excel, or to one data frame library.
FOREIGN_TO_CORE = {
    "openpyxl",
    "xlwings",
    "lxml",
    "pandas",
    "xlsxwriter",
    "python_calamine",
    "click",
    "duckdb",
    "pyspark",
    "pptx",
}
#: The core is given its files, its day and its language.
WORLD = {
    "os",
    "pathlib",
    "io",
    "time",
    "locale",
    "socket",
    "subprocess",
    "shutil",
    "tempfile",
    "zipfile",
    "urllib",
}


def named(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


each_module = pytest.mark.parametrize("path", MODULES, ids=named)
each_core_module = pytest.mark.parametrize(
    "path", [p for p in MODULES if named(p).startswith("core/")], ids=named
)


def room_of(path: Path) -> str:
    if path.stem == "__main__":
        return "cli"
    folder = path.relative_to(PACKAGE).parent.as_posix()
    parts = folder.split("/") if folder != "." else []
    return "/".join(parts[: 2 if parts[:1] == ["excel"] else 1])


def dotted(path: Path) -> str:
    """``core/report.py`` → xlkpi.core.report."""
    parts = ("xlkpi", *path.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree: ast.AST) -> Iterator[str]:
    """Full dotted names of everything imported below ``tree``, in functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def read(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def on_import(tree: ast.Module) -> ast.Module:
    """What runs when a module is imported: no function bodies, nothing for type checkers only."""
    statements = [
        n
        for n in tree.body
        if not isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
        and not (isinstance(n, ast.If) and ast.unparse(n.test).endswith("TYPE_CHECKING"))
    ]
    return ast.Module(statements, [])


@cache
def arrows() -> dict[Path, set[Path]]:
    """Module → the modules of ours that it imports: in functions and for type checkers too."""
    known = {dotted(path): path for path in MODULES}
    found: dict[Path, set[Path]] = {}
    for path in MODULES:
        names = {name for name in imported(read(path)) if name.split(".")[0] == "xlkpi"}
        aims = {known.get(name) or known.get(name.rpartition(".")[0]) for name in names}
        found[path] = {aim for aim in aims if aim is not None and aim != path}
    return found


def circles() -> list[list[str]]:
    """Modules that reach themselves, each circle once."""
    graph, reach = arrows(), {}
    for start in graph:
        seen, todo = set(), [start]
        while todo:
            for aim in graph[todo.pop()] - seen:
                seen.add(aim)
                todo.append(aim)
        reach[start] = seen
    around = {path for path, seen in reach.items() if path in seen}
    rings = {
        frozenset(other for other in around if other in reach[p] and p in reach[other])
        for p in around
    }
    return sorted(sorted(map(named, ring)) for ring in rings)


@each_module
def test_imports_go_down(path: Path):
    here = room_of(path)
    for aim in arrows()[path]:
        there = room_of(aim)
        assert FLOORS.index(there) <= FLOORS.index(here), f"{named(path)} -> {named(aim)} goes up"
        assert (here, there) not in NEVER, f"{named(path)} -> {named(aim)}: {NEVER[here, there]}"


def test_nothing_imports_itself_in_a_circle():
    assert circles() == []


@each_module
def test_a_module_is_read_in_one_sitting(path: Path):
    if not any(named(path).startswith(place) for place in DATA):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_a_folder_shows_itself():
    folders = {path.parent for path in MODULES}
    crowded = {
        f: n
        for f in folders
        if (n := len([p for p in f.glob("*.py") if p.stem != "__init__"])) > MOST
    }
    assert crowded == {}


def test_nearly_every_function_fits_on_a_third_of_a_screen():
    lengths = sorted(
        node.end_lineno - node.lineno + 1
        for path in MODULES
        for node in ast.walk(read(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    )
    assert sum(length <= 27 for length in lengths) / len(lengths) >= 0.95


@each_core_module
def test_the_core_knows_neither_excel_nor_one_data_frame_library(path: Path):
    assert not {name.split(".")[0] for name in imported(on_import(read(path)))} & FOREIGN_TO_CORE


@each_core_module
def test_the_core_looks_at_no_file_and_no_clock(path: Path):
    tree = read(path)
    assert not {name.split(".")[0] for name in imported(tree)} & WORLD
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not called & {
        "open",
        "date.today",
        "datetime.now",
        "datetime.today",
        "datetime.date.today",
    }


@each_module
def test_the_paid_parts_of_xlwings_are_never_imported(path: Path):
    """They are not under its open licence."""
    closed = {"xlwings.pro", "xlwings.server"}
    assert not {name for name in imported(read(path)) if ".".join(name.split(".")[:2]) in closed}


def test_the_core_runs_without_excel_and_pandas():
    modules = [
        "xlkpi." + p.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")
        for p in MODULES
        if room_of(p) == "core" and p.stem != "__init__"
    ]
    asked = f"import sys, {', '.join(modules)}; print(*(set({sorted(FOREIGN_TO_CORE)}) & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == []
