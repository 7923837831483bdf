"""The add-in's text: what VBA needs, what a reader needs, and what it must never do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings
from pyvbaanalysis import (
    ConditionalCompilationEnvironment,
    ModuleInput,
    ModuleSymbolKind,
    analyze_office_file,
    analyze_project,
)

from xlkpi.core.texts import LANGUAGES, Text
from xlkpi.excel.addin import build as addin
from xlkpi.excel.addin.texts import texts
from xlkpi.excel.functions.declared import FUNCTIONS, Argument, Function

MACROS = Path(addin.__file__).parents[3] / "macros"
SOURCES = sorted(path for path in MACROS.iterdir())
MODULES = [path for path in SOURCES if path.suffix in (".bas", ".cls")]
PROCEDURE = re.compile(r"^(?:Public |Private )?(?:Sub|Function) (\w+)", re.M)


def text(path: Path) -> str:
    return path.read_bytes().decode("ascii").replace("\r\n", "\n")


def code(path: Path) -> str:
    """A module without its comments and without what stands between quotes."""
    lines = (re.sub(r'"[^"\n]*"', '""', line) for line in text(path).splitlines())
    return "\n".join(line.partition("'")[0] for line in lines)


by_name = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_sources_are_ascii_with_windows_line_ends(path):
    """Excel reads VBA in the code page of its user, and the VBA editor wants CRLF."""
    data = path.read_bytes()
    assert data.isascii()
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    assert data.endswith(b"\r\n")


@by_name
def test_every_variable_must_be_declared(path):
    assert re.search(r"^Option Explicit$", text(path), re.M)


@by_name
def test_every_procedure_opens_with_one_comment(path):
    lines = text(path).splitlines()
    for number, line in enumerate(lines):
        if PROCEDURE.match(line):
            assert lines[number - 1].startswith("' "), line
            assert not lines[number - 2].startswith("' "), line


@by_name
def test_lines_fit_a_screen(path):
    assert max(map(len, text(path).splitlines())) <= 125


def test_only_the_cell_functions_can_be_typed_into_a_cell():
    """A public function of an ordinary module shows in the function wizard and answers in any cell."""
    for path in MODULES:
        open_to_cells = "Option Private Module" not in text(path) and path.suffix == ".bas"
        functions = (
            re.findall(r"^(?:Public )?Function (\w+)", text(path), re.M) if open_to_cells else []
        )
        assert functions == ([f.name for f in FUNCTIONS] if path.name == addin.WRAPPERS else []), (
            path.name
        )


def problems(found) -> list[str]:
    return [
        f"{module}: {problem.code}: {problem.message}"
        for module, those in found.items()
        for problem in those
        if problem.severity.value != "information"
    ]


def test_the_add_in_has_no_finding_of_the_analyser(file):
    assert problems(analyze_office_file(str(file))) == []


@pytest.mark.parametrize(
    "constants", [{"Win64": 0, "Mac": 0}, {"Win64": 1, "Mac": 1}], ids=["32 bit", "macOS"]
)
def test_the_other_platforms_have_no_finding_of_the_analyser(constants):
    where = ConditionalCompilationEnvironment(
        {"VBA7": 1, "Win32": 1 - constants["Mac"], **constants}
    )
    kinds = {".bas": ModuleSymbolKind.STANDARD, ".cls": ModuleSymbolKind.DOCUMENT}
    modules = [
        ModuleInput(path.stem, kinds[path.suffix], text(path), where)
        for path in MODULES
        if path.name != addin.WRAPPERS
    ]
    found = problems(analyze_project(modules, conditional_compilation=where, host="excel"))
    # VBA has AppleScriptTask on macOS only, and the analyser knows Windows' VBA.
    assert [p for p in found if "AppleScriptTask" not in p] == []


def test_the_analyser_would_notice():
    broken = ModuleInput(
        "Broken", ModuleSymbolKind.STANDARD, "Option Explicit\n\nSub S()\n    x = 1\nEnd Sub\n"
    )
    assert problems(analyze_project([broken], host="excel"))


#: What the add-in handles; Object is what COM and the scripting library hand out.
TYPES = {
    "Application",
    "Boolean",
    "Byte",
    "Collection",
    "Date",
    "IRibbonControl",
    "Integer",
    "ListColumn",
    "ListObject",
    "Long",
    "LongPtr",
    "Object",
    "Range",
    "String",
    "Variant",
    "Workbook",
    "Worksheet",
}
#: Ways to run, write, delete or send something, which a bell does not need.
NEVER = (
    "Shell",
    "Kill",
    "FileCopy",
    "MkDir",
    "RmDir",
    "Put",
    "Write",
    "Print",
    "SendKeys",
    "GetObject",
    "Evaluate",
    "Run",
    "ExecuteExcel4Macro",
    "CallByName",
    "VBProject",
    "ActiveSheet",
    "ActiveCell",
    "Selection",
    "CurDir",
    "ChDir",
    "End",
    "FollowHyperlink",
    "URLDownloadToFile",
    "GetSetting",
    "SaveSetting",
    "Exec",
    "Eval",
    "ShowConsole",
)


@by_name
def test_only_known_types_are_used(path):
    assert set(re.findall(r"\bAs (?:New )?(\w+)", code(path))) <= TYPES


@by_name
def test_vba_only_rings_the_bell(path):
    used = re.sub(r"\b(?:End|Exit) (?:Sub|Function|If|Select)\b", "", code(path))
    assert re.findall(rf"\b(?:{'|'.join(NEVER)})\b", used, re.I) == []


def test_the_only_object_made_by_name_reads_files():
    for path in MODULES:
        made = re.findall(r"CreateObject\((.*?)\)", text(path))
        assert set(made) <= {'"Scripting.FileSystemObject"'}, path.name


def test_nothing_is_read_from_the_folder_of_a_workbook():
    """The one configuration is found from the user's profile; no sheet, no folder of a book, no current folder."""
    everything = "\n".join(map(text, MODULES))
    assert re.findall(r'Environ\$\("(\w+)"\)', everything) == ["HOME"]
    assert re.findall(r'GetEnvironmentVariableW\(StrPtr\("(\w+)"\)', everything) == ["APPDATA"]
    assert re.findall(r"\w+\.Path\b", everything) == ["Application.Path"]  # told to Python on macOS
    assert re.findall(r".*FullName.*", everything) == [  # is it open already?
        "        If StrComp(book.FullName, path, vbTextCompare) = 0 Then IsOpen = True"
    ]
    assert not re.search(r"\bDir\$?\(", everything)
    assert (
        [
            line.strip()
            for line in everything.splitlines()
            if ".conf" in line and not line.startswith("'")
        ]
        == [
            'If LCase$(sheet.Name) Like "*.conf" Or LCase$(sheet.Name) Like "*.py" Then',  # such books are refused
            'ConfigurationPath = home & "/xlkpi.conf"',
            'ConfigurationPath = Left$(roaming, size) & "\\xlkpi\\xlkpi.conf"',
        ]
    )
    assert re.findall(r"Worksheets\((.*?)\)", everything) == ['"texts"']
    assert "ThisWorkbook.Worksheets(" in everything


def test_the_dll_is_that_of_the_pinned_xlwings():
    server = text(MACROS / "Server.bas")
    for bits in (64, 32):
        assert (
            server.count(f'"xlwings{bits}-{xlwings.__version__}.dll"') == 2
        )  # the constant and the declaration
    assert len(re.findall(r"xlwings\d\d-", server)) == 4


def test_a_word_that_is_a_function_has_one_spelling():
    """Excel shows a function as the project spells the word: a variable ``emv`` would turn =EMV( into =emv(."""
    names = {function.name.casefold(): function.name for function in FUNCTIONS}
    for path in MODULES:
        for word in set(re.findall(r"\b[A-Za-z]\w*", code(path))):
            assert names.get(word.casefold(), word) == word, f"{path.name}: {word}"


def test_no_module_is_called_like_a_function():
    """Excel would take the module for it: #NAME?."""
    assert {path.stem.casefold() for path in MODULES} & {
        function.name.casefold() for function in FUNCTIONS
    } == set()


# -- the wrapper module ----------------------------------------------------------------------------


def test_the_wrapper_module_is_the_generated_one():
    """After a change to the functions: python -m xlkpi.excel.addin.build."""
    assert (MACROS / addin.WRAPPERS).read_bytes().decode("ascii") == addin.wrappers()


def function(name: str, *arguments: str | Argument) -> Function:
    nothing = Text("It divides “a” by b: 1 ÷ 2 × €.", "Divise.")
    made = [a if isinstance(a, Argument) else Argument(a, nothing) for a in arguments]
    return Function(name, nothing, tuple(made), lambda *values: values)


def test_a_wrapper_hands_its_arguments_on():
    made = addin.wrappers(
        [function("SHARE", "part", Argument("whole", Text("", ""), optional=True))]
    )
    assert made.replace("\r\n", "\n").endswith("""
' It divides 'a' by b: 1 / 2 x .
Public Function SHARE(ByVal part As Variant, Optional ByVal whole As Variant) As Variant
    SHARE = XlkpiCall("SHARE", Array(Raw(part), Raw(whole)))
End Function
""")


def test_a_parameter_called_like_a_function_is_spelled_like_it():
    made = addin.wrappers(
        [function("EMV", "views"), function("RATIO", "emv", "spend"), function("FANS", "fans")]
    )
    assert "RATIO(ByVal EMV As Variant, ByVal spend As Variant)" in made
    assert "FANS(ByVal fans_ As Variant)" in made  # its own name would be a second declaration


@pytest.mark.parametrize(
    "wrong",
    [
        function("SHARE", "end"),
        function("SHARE", "to"),
        function("SHARE", "1st"),
        function("SHARE", "é"),
        function("Sub", "x"),
        function("SHARE", "part", "Part"),
        function("SHARE", Argument("part", Text("", ""), optional=True), "whole"),
    ],
    ids=["end", "to", "digit", "accent", "Sub", "twice", "required after optional"],
)
def test_what_vba_would_not_compile_is_refused(wrong):
    with pytest.raises(ValueError, match="VBA"):
        addin.wrappers([wrong])


# -- texts -----------------------------------------------------------------------------------------


def said_in_vba() -> Iterator[str]:
    for path in MODULES:
        yield from re.findall(r'\b(?:Said|SaidOf)\("([^"]+)"\s*[,)]', text(path))


def test_every_text_that_vba_asks_for_exists():
    assert set(said_in_vba()) <= set(texts())
    # Keys that VBA puts together.
    assert {"ask.new.name.en", "ask.new.name.fr", "ask.new", "ask.pdf"} <= set(texts())
    pressed = re.findall(r'XlkpiPress "(\w+)"', text(MACROS / "Ribbon.bas"))
    assert set(pressed) == {key.partition(".")[2] for key in texts() if key.startswith("status.")}


def test_no_text_is_left_over():
    asked = {*said_in_vba(), "notice", "ask.new.name.en", "ask.new.name.fr", "ask.new", "ask.pdf"}
    ids = set(re.findall(r' id="(\w+)"', text(MACROS / addin.RIBBON)))
    for key in texts():
        base = key.partition(".")[0]
        assert (
            key in asked or base in ids or base == "status" or base in {f.name for f in FUNCTIONS}
        ), key


def test_texts_are_there_in_both_languages():
    for key, said in texts().items():
        assert said.en.strip(), key
        assert said.fr.strip(), key
        assert said.en.count("{0}") == said.fr.count("{0}"), key


def test_keys_differ_by_more_than_case():
    """VBA's Collection, which holds the texts, does not tell upper from lower case."""
    assert len({key.casefold() for key in texts()}) == len(texts())


@pytest.mark.parametrize("language", LANGUAGES)
def test_message_boxes_stay_within_the_code_page(language):
    """MsgBox knows the ANSI code page only, and cuts after 1,023 characters."""
    for key, said in texts().items():
        if key.startswith(("message.", "ask.sample")):
            assert len(said.in_(language).encode("cp1252")) < 800, key


def test_file_kinds_hold_no_comma():
    """A comma ends the description in a file dialog's filter."""
    assert not any(
        "," in side for key in ("ask.import.files", "ask.new.files") for side in texts()[key]
    )


def test_help_fits_the_function_wizard():
    for function in FUNCTIONS:
        for key in (
            function.name,
            *(f"{function.name}.{n}" for n in range(1, len(function.arguments) + 1)),
        ):
            assert all(0 < len(texts()[key].in_(language)) <= 255 for language in LANGUAGES), key


# -- macOS -----------------------------------------------------------------------------------------


def test_the_applescript_quotes_every_word_that_it_hands_to_the_shell():
    """Whatever stands in a workbook's name must stay one word of the command."""
    lines = [line.strip() for line in text(MACROS / "xlkpi.applescript").splitlines()]
    built = [
        line
        for line in lines
        if re.match(r"(set (interpreter|commandLine) to|do shell script)", line)
    ]
    assert built == [
        "set interpreter to quoted form of (item 1 of givenItems)",
        'do shell script "test -x " & interpreter',
        'set commandLine to interpreter & " -I -B -m xlkpi.excel.ribbon"',
        'set commandLine to commandLine & " " & quoted form of (contents of givenItem)',
        'do shell script commandLine & " > /dev/null 2>&1 &"',
    ]
