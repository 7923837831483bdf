"""The documents are found: a short README, whole reference pages, a French twin for each guide page, links that lead somewhere."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import click
import pytest

from tests.docs.pages import DOCS, LOOSE, PAGES, ROOT, anchors, leads_to, links, named, prose, text
from xlkpi.cli import cli
from xlkpi.cli.commands.completion import SHELLS
from xlkpi.cli.exits import Exit
from xlkpi.core.catalogue import KPIS
from xlkpi.core.codes import CODES
from xlkpi.core.insight.rulebook import RULES
from xlkpi.core.texts import LANGUAGES, Language, sentence, typeset
from xlkpi.excel.workbook import choices, contract
from xlkpi.files import userdefaults
from xlkpi.intake.exports.recognition import platforms

each_page = pytest.mark.parametrize("page", [*PAGES, *LOOSE], ids=named)
each_language = pytest.mark.parametrize("language", LANGUAGES)
#: Pages that a marketer reads; what follows them is for those who build or judge the program.
FOR_MARKETERS = [p for p in PAGES if named(p).split("/")[1] not in ("develop", "trust", "pictures")]
ENGLISH = [p for p in FOR_MARKETERS if not p.name.endswith(".fr.md")]


def reference(name: str, language: Language) -> str:
    return text(DOCS / "reference" / f"{name}{'.fr' * (language == 'fr')}.md")


def commands() -> dict[str, click.Command]:
    found = {}
    for name, command in cli.commands.items():
        inner = command.commands.items() if isinstance(command, click.Group) else ()
        found |= {f"xlkpi {name} {under}": each for under, each in inner} or {
            f"xlkpi {name}": command
        }
    return found


# -- pages ---------------------------------------------------------------------------------------


def test_the_readme_is_one_page():
    assert len((ROOT / "README.md").read_bytes()) <= 8 * 1024


def test_contributing_is_read_in_one_sitting():
    assert len(text(ROOT / "CONTRIBUTING.md").splitlines()) <= 150


@each_page
def test_links_lead_somewhere(page: Path):
    for target in links(page):
        found = leads_to(page, target)
        assert found.exists(), target
        _, hash_, anchor = target.partition("#")
        assert not hash_ or anchor in anchors(found), target


@each_page
def test_links_stay_in_the_repository(page: Path):
    assert all(ROOT in leads_to(page, target).parents for target in links(page))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_each_page_is_in_the_navigation_and_linked(page: Path):
    """Nobody finds a page that no other page links to."""
    english = page.with_name(page.name.replace(".fr.md", ".md"))
    assert f"- {english.relative_to(DOCS).as_posix()}\n" in text(ROOT / "mkdocs.yml")
    others = [p for p in [*PAGES, *LOOSE] if p != page]
    targets = {leads_to(other, target) for other in others for target in links(other)}
    assert page in targets or english in targets


@pytest.mark.parametrize("page", ENGLISH, ids=named)
def test_what_a_marketer_reads_is_there_in_french(page: Path):
    """With the same parts: as many headings, tables and examples."""
    twin = page.with_suffix(".fr.md")
    assert twin.exists()
    for part in (r"^#+ ", r"^\| -|^\|---", r"^```"):
        count = [len(re.findall(part, text(p), flags=re.MULTILINE)) for p in (page, twin)]
        assert count[0] == count[1], part


@pytest.mark.parametrize("page", [p for p in PAGES if p.name.endswith(".fr.md")], ids=named)
def test_french_is_set_as_french(page: Path):
    """No-break spaces before : ; ! ? » and %, typographic apostrophes."""
    said = re.sub(r"^\|[ |:-]+\|$", "", prose(page), flags=re.MULTILINE)
    assert said == typeset(said)
    assert not re.findall(r"\d [%€]", said)
    assert not re.findall(r"\w'\w", said)


@each_page
def test_no_page_names_a_place_that_others_do_not_have(page: Path):
    assert not re.search(r"/tmp/|/home/|/work/", text(page))


def test_the_site_is_built_without_a_warning_and_fetches_nothing(tmp_path: Path):
    """Neither while it is built nor while it is read: no font, no script, no picture from elsewhere."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", tmp_path / "site"],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "http_proxy": "http://0.0.0.0:9"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    built = [page.read_text(encoding="utf-8") for page in (tmp_path / "site").rglob("*.html")]
    assert len(built) >= 2 * len({p.name for p in PAGES if not p.name.endswith(".fr.md")})
    fetched = r"""<(?:script|img|iframe|source)[^>]* src=["']?https?://|<link[^>]* rel=["']?stylesheet[^>]*https?://"""
    assert not [page for page in built if re.search(fetched, page)]


@each_page
def test_paths_of_the_repository_are_there(page: Path):
    """What a page names in code and begins like a folder of ours."""
    said = re.findall(
        r"`((?:xlkpi|tests|tools|macros|benchmarks|examples|docs)/[\w./-]*\w/?)`", text(page)
    )
    new = {"myapp", "pinterest"}  # what a recipe makes
    assert not [p for p in said if not (ROOT / p).exists() and not any(n in p for n in new)]


# -- the README --------------------------------------------------------------------------------------


def test_the_two_commands_are_there_for_continuous_integration():
    for name in ("demo", "tests"):
        found = re.findall(
            f"<!-- {name}: linux -->\n```sh\n(.+)\n```\n<!-- end -->", text(ROOT / "README.md")
        )
        assert len(found) == 1
        assert found[0].startswith("python3 -m venv .venv && ")


def test_the_windows_lines_do_what_the_linux_lines_do():
    found = re.findall(r"^(?:python3|py) -m venv .*$", text(ROOT / "README.md"), re.MULTILINE)
    plain = [
        line.replace("\\", "/")
        .replace("Scripts", "bin")
        .replace("py -m", "python3 -m", 1)
        .replace("; ", " && ")
        for line in found
    ]
    assert len(plain) == 4
    assert plain[0] == plain[1]
    assert plain[2] == plain[3]


# -- generated pages ---------------------------------------------------------------------------------


def test_what_the_code_writes_is_current():
    """Reference, benchmark, template, wrappers, workbooks to download: ``python tools/remake.py`` remakes them."""
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "remake.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@each_language
def test_each_command_and_each_option_is_explained(language: Language):
    page = reference("commands", language)
    for name, command in commands().items():
        section = page.split(f"## `{name}`\n", 1)[1].split("\n## ", 1)[0]
        options = (p for p in command.params if isinstance(p, click.Option))
        assert not [opt for option in options for opt in option.opts if opt not in section], name


@each_language
def test_each_kpi_has_its_row_and_its_entry(language: Language):
    page = reference("kpis", language)
    for kpi in KPIS:
        assert f"(#{kpi.id}) |" in page
        entry = page.split(f'<a id="{kpi.id}"></a>', 1)[1].split("<a id=", 1)[0]
        assert kpi.help.in_(language) in entry
        assert not kpi.function or f"`={kpi.function}(" in entry


@each_language
def test_each_rule_stands_on_its_page(language: Language):
    page = reference("rules", language)
    assert all(rule.meaning.in_(language) in page and rule.source in page for rule in RULES)


@each_language
def test_each_finding_stands_on_its_page(language: Language):
    """Where the links of other pages expect it, with what it means and what to do."""
    page = reference("findings", language)
    for code in CODES.values():
        row = page.split(f'| <a id="{code.lower()}"></a>{code} |', 1)[1].split("\n", 1)[0]
        assert sentence(code.meaning.in_(language)) in row
        assert sentence(code.fix.in_(language)) in row


@each_language
def test_each_platform_stands_on_its_page(language: Language):
    page = reference("platforms", language)
    assert not [p.id for p in platforms() if p.name.in_(language) not in page]


@each_language
def test_each_sheet_column_and_setting_stands_on_its_page(language: Language):
    page = reference("workbook", language)
    inputs = [s for s in contract.SHEETS if s.required]
    columns = {c.label.in_(language) for s in inputs for c in (*s.columns, *s.extra)}
    settings = {s.label.in_(language) for s in choices.SETTING_ROWS}
    assert not {said for said in columns | settings if f"| {said} |" not in page} - {
        c.label.in_(language) for c in contract.SETTINGS.columns
    }


# -- what is written by hand and could drift -----------------------------------------------------------


def test_each_dependency_has_its_reason():
    project = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]
    for dependency in project["dependencies"]:
        name = re.split(r"[<>=!~ ]", dependency, maxsplit=1)[0]
        assert f"\n| {name} | " in text(DOCS / "develop" / "release.md")


@each_language
def test_each_exit_code_has_its_row(language: Language):
    said = re.findall(r"^\| (\d+) \| ", reference("terminal", language), flags=re.MULTILINE)
    assert [int(number) for number in said] == [int(code) for code in Exit]


@each_language
def test_the_defaults_that_are_shown_are_understood(
    language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """All of them, with the values that stand there."""
    shown = re.findall(r"```toml\n(.*?)```", reference("terminal", language), flags=re.DOTALL)
    monkeypatch.setattr(userdefaults, "folder", lambda: tmp_path)
    userdefaults.path().write_text(shown[0], encoding="utf-8")
    read = userdefaults.read()
    assert read.unusable == ()
    assert None not in (getattr(read, f.name) for f in fields(read))


@each_language
def test_the_shells_that_are_shown_are_those_of_the_command(language: Language):
    said = re.findall(r"xlkpi completion (\w+)", reference("terminal", language))
    assert tuple(said) == SHELLS


@each_language
def test_python_answers_what_its_page_shows(language: Language, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    shown = re.findall(r"```pycon\n(.*?)```", reference("python", language), flags=re.DOTALL)
    test = doctest.DocTestParser().get_doctest("\n".join(shown), {}, "python.md", None, 0)
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    said: list[str] = []
    result = runner.run(test, out=said.append)
    assert result.attempted >= 8
    assert not result.failed, "".join(said)


@pytest.mark.parametrize(
    ("recipe", "page"),
    [
        ("Add a KPI", "add-a-kpi"),
        ("Add a platform", "add-a-platform"),
        ("Add a reading rule", "add-a-rule"),
        ("Add a report block", "add-a-report-block"),
    ],
)
def test_a_recipe_has_the_steps_that_it_announces(recipe: str, page: str):
    """In CONTRIBUTING, and once more with everything spelled out."""
    said = text(ROOT / "CONTRIBUTING.md").split(f"### {recipe}, in ", 1)[1].split("\n##", 1)[0]
    announced = int(said.split(" ", 1)[0])
    spelled = text(DOCS / "develop" / f"{page}.md")
    numbers = [str(n) for n in range(1, announced + 1)]
    assert re.findall(r"^(\d+)\. ", said, flags=re.MULTILINE) == numbers
    assert re.findall(r"^## (\d+)\. ", spelled, flags=re.MULTILINE) == numbers
    assert f"The {announced} steps" in spelled


@pytest.mark.parametrize(
    ("rule", "module", "nth"),
    [
        ("R3", "test_mutants", 0),
        ("R10", "test_saves", 0),
        ("R11", "test_saves", 1),
        ("R13", "test_reconciling", 0),
        ("R14", "test_ragged", 0),
    ],
)
def test_the_numbers_of_the_scorecard_are_those_that_are_tried(rule: str, module: str, nth: int):
    """How often in an ordinary run and at night, where the tests say it in two figures."""
    source = text(ROOT / "tests" / "scorecard" / f"{module}.py")
    full, ordinary = re.findall(r"times\(([\d_]+), ([\d_]+)\)", source)[nth]
    row = re.search(rf"^\| {rule} \|.*$", text(DOCS / "trust" / "reliability.md"), re.MULTILINE)
    assert row
    said = [int(re.sub(r"\D", "", cell)) for cell in row[0].split("|")[3:5]]
    assert said == [int(ordinary), int(full)]
