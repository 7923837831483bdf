"""The register of XK codes: every code once, with one severity, and no code anywhere else."""

from __future__ import annotations

import ast
import pickle
import re
from pathlib import Path

import pytest

import xlkpi
from xlkpi.core import codes
from xlkpi.core.codes import CODES, Code, Severity
from xlkpi.core.findings import Finding
from xlkpi.core.texts import LANGUAGES, Text, sentence, typeset

PACKAGE = Path(xlkpi.__file__).parent
REGISTER = PACKAGE / "core" / "codes"
MACROS = PACKAGE.parent / "macros"

NAMES = {name: code for name, code in vars(codes).items() if isinstance(code, Code)}
SOURCES = {
    path: path.read_text(encoding="utf-8")
    for path in PACKAGE.rglob("*.py")
    if REGISTER not in path.parents
}

every_code = pytest.mark.parametrize("code", CODES.values(), ids=str)


def test_a_number_stands_in_the_register_once():
    """A second entry of a number would be a second meaning, and maybe a second severity."""
    written = re.findall(
        r'Code\(\s*"(XK\d+)"', "".join(path.read_text("utf-8") for path in REGISTER.glob("*.py"))
    )
    assert sorted(written) == list(CODES)
    assert len(NAMES) == len(CODES)


@every_code
def test_a_code_has_a_number_of_three_digits_and_a_severity(code):
    assert re.fullmatch(r"XK[1-9]\d\d", code)
    assert isinstance(code.severity, Severity)


@every_code
@pytest.mark.parametrize("language", LANGUAGES)
def test_meaning_and_fix_read_as_sentences(code, language):
    """A message goes on after them, so that they bring no full stop; the documents show them as sentences."""
    for clause in (code.meaning.in_(language), code.fix.in_(language)):
        assert clause == clause.strip()
        assert not clause.endswith((".", ":", ";", ","))
        assert "{" not in clause
        assert re.fullmatch(r"\S.{8,}\.", sentence(clause))
        assert sentence(clause)[0].isupper()


@every_code
def test_a_code_is_said_in_both_languages(code):
    assert code.meaning.en != code.meaning.fr
    assert code.fix.en != code.fix.fr


@pytest.mark.parametrize("name", NAMES)
def test_every_code_is_used(name):
    assert any(re.search(rf"\bcodes\.{name}\b", source) for source in SOURCES.values())


def test_no_bare_code_stands_outside_the_register():
    """In a docstring a number may stand for the reader; in a text it comes from the register."""
    bare = {
        f"{path.relative_to(PACKAGE)}: {found}"
        for path, source in SOURCES.items()
        for found in re.findall(
            r"""["']XK\d+["']|\[XK\d+\](?!``)""", re.sub(r'"""(?s:.*?)"""', "", source)
        )
    }
    assert bare == set()


def test_what_the_register_says_is_written_nowhere_else():
    """A text that stands twice is soon two texts."""
    said = {tuple(text) for code in CODES.values() for text in (code.meaning, code.fix)}
    twice = {
        (str(path.relative_to(PACKAGE)), call.lineno)
        for path, source in SOURCES.items()
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) == "Text"
        and tuple(getattr(side, "value", None) for side in call.args) in said
    }
    assert twice == set()


def test_the_codes_of_the_macros_are_in_the_register():
    named = {
        number
        for path in MACROS.rglob("*.*")
        if path.suffix in (".bas", ".cls", ".frm", ".applescript")
        for number in re.findall(r"XK\d+", path.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= set(CODES)


def test_a_code_is_the_text_that_people_search_for():
    code = codes.NOT_A_NUMBER
    assert code == "XK301"
    assert f"[{code}]" == "[XK301]"
    assert pickle.loads(pickle.dumps(code)).meaning == code.meaning


def test_a_finding_without_words_of_its_own_has_those_of_its_code():
    finding = Finding(codes.NOT_A_NUMBER, value="12k?")
    assert finding.severity is Severity.EXCLUDED
    assert finding.message("en") == (
        '"12k?" is not a number. '
        "Fix: type the figure alone, such as 12000, or leave the cell empty if it is unknown. [XK301]"
    )
    assert Finding(codes.NOT_A_NUMBER, Text("odd", "bizarre"), fix=Text("a", "b")).fix.fr == "b"


def test_a_code_that_asks_for_nothing_has_no_fix_in_its_messages():
    assert Finding(codes.CHARACTERS_PUT_RIGHT).message("en") == (
        "Characters of this file were put right. [XK343]"
    )


@pytest.mark.parametrize(
    ("code", "en", "fr"),
    [
        (
            codes.NOT_A_NUMBER,
            'Posts!D2 (Reach): "-5" is not a number. ',
            "« -5 » n’est pas un nombre. ",
        ),
        (
            codes.NEGATIVE,
            'Posts!D2 (Reach): "-5": a count or an amount cannot be negative. ',
            "« -5 » : un nombre ou un montant ne peut être négatif. ",
        ),
    ],
)
def test_a_value_is_the_subject_of_its_sentence_or_stands_before_it(code, en, fr):
    finding = Finding(code, value="-5", sheet="Posts", cell="D2", header="Reach")
    assert finding.message("en").startswith(en)
    assert typeset(f"Posts!D2 (Reach) : {fr}") in finding.message("fr")
