"""The architecture's arrows: cli → questions, deck, excel, intake, core; deck → excel, intake, core; questions, excel →
intake, core; intake → core; core → nothing of ours."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import xlkpi

PACKAGE = Path(xlkpi.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

#: Layer → the layers it may use, itself included.
ARROWS = {
    "": set(),  # xlkpi itself: its version
    "__main__": {"cli"},
    "cli": {"", "cli", "questions", "deck", "excel", "intake", "core"},
    "deck": {"deck", "excel", "intake", "core"},
    "questions": {"intake", "core"},
    "excel": {"", "excel", "intake", "core"},
    "intake": {"", "intake", "core"},
    "core": {"core"},
}
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


def layer(dotted: str) -> str:
    """``xlkpi.core.report`` → core."""
    return dotted.split(".")[1] if "." in dotted else ""


def layer_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


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


@each_module
def test_imports_follow_the_arrows(path: Path):
    ours = {name for name in imported(read(path)) if name.split(".")[0] == "xlkpi"}
    assert not {name for name in ours if layer(name) not in ARROWS[layer_of(path)]}


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
        if layer_of(p) == "core" and p.stem != "__init__"
    ]
    asked = f"import sys, {', '.join(modules)}; print(*(set({sorted(FOREIGN_TO_CORE)}) & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == []
