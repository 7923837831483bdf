"""One name, one thing: a class name means one class, and what is private to a module stays there."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import xlkpi

PACKAGE = Path(xlkpi.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def dotted(path: Path) -> str:
    """``core/__init__.py`` → xlkpi.core"""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


OURS = {dotted(path) for path in MODULES}


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def classes() -> dict[str, list[str]]:
    """Class name → where it is defined, in functions and classes too."""
    found = defaultdict(list)
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(f"{dotted(path)}:{node.lineno}")
    return found


def taken_from_others(path: Path) -> Iterator[str]:
    """Private names of our other modules that a module imports, or reaches through a module that it imported."""
    modules = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "xlkpi":
            for alias in node.names:
                if is_private(alias.name):
                    yield f"{node.module}.{alias.name}"
                if f"{node.module}.{alias.name}" in OURS:
                    modules[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    for node in ast.walk(tree(path)):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in modules
            and is_private(node.attr)
        ):
            yield f"{modules[node.value.id]}.{node.attr}"


def test_a_class_name_means_one_class():
    """Whoever searches for a name finds the thing, and not two others."""
    assert {name: places for name, places in classes().items() if len(places) > 1} == {}


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_what_is_private_to_a_module_stays_there(path: Path):
    assert set(taken_from_others(path)) == set()
