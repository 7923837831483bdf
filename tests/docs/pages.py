"""The documents as files: where they are, what they link to, which headings they have."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
#: What stands outside the site and is read in the repository.
LOOSE = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def prose(path: Path) -> str:
    """A page without its blocks of code, its code spans and the targets of its links."""
    without = re.sub(r"^( *)```.*?^\1```", "", text(path), flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"`[^`]*`|\]\([^)]*\)|<!--.*?-->", "", without)


def links(path: Path) -> list[str]:
    """Targets of a page's links and pictures that lead into the repository."""
    without = re.sub(r"^( *)```.*?^\1```", "", text(path), flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", re.sub(r"`[^`]*`", "", without))


@cache
def anchors(path: Path) -> frozenset[str]:
    """What a link may name behind its #: headings as mkdocs writes them, and ids of its own."""
    titles = re.findall(r"^#{1,6} +(.+?)$", prose_with_code(path), flags=re.MULTILINE)
    return frozenset(map(slug, titles)) | frozenset(re.findall(r'<a id="([^"]+)"', text(path)))


def prose_with_code(path: Path) -> str:
    return re.sub(r"^( *)```.*?^\1```", "", text(path), flags=re.DOTALL | re.MULTILINE)


def slug(title: str) -> str:
    """The id of a heading.

    >>> slug("1. Télécharger un classeur et l’ouvrir")
    '1-telecharger-un-classeur-et-louvrir'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())


def leads_to(page: Path, target: str) -> Path:
    """The file behind a link: where a French page has a French twin, that one."""
    found = (page.parent / target.partition("#")[0]).resolve() if target[0] != "#" else page
    twin = found.with_suffix(".fr.md")
    return twin if page.name.endswith(".fr.md") and twin.exists() else found
