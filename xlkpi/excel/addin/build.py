"""Builds xlkpi.xlam, the add-in, from the text in ``macros/``: the same bytes from the same sources, on any machine.

``macros/Functions.bas`` is written from the cell functions: ``python tools/remake.py``.
"""

from __future__ import annotations

import io
import re
import tempfile
import textwrap
import unicodedata
import zipfile
from collections.abc import Iterable
from datetime import datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import xlsxwriter

from xlkpi.core import codes
from xlkpi.core.findings import Finding, NotWritten
from xlkpi.core.texts import Text
from xlkpi.excel.addin.texts import texts
from xlkpi.excel.functions.declared import FUNCTIONS, Function

#: In the order in which the VBA editor lists them; ThisWorkbook is the workbook's own.
MODULES = ("Books", "Configuration", "Functions", "Press", "Ribbon", "Server", "Texts")
RIBBON = "customUI14.xml"
WRAPPERS = "Functions.bas"


def macros() -> Traversable:
    """The VBA and the ribbon as text: shipped in the wheel, at the top of a clone."""
    shipped = files("xlkpi").joinpath("data", "macros")
    return shipped if shipped.is_dir() else Path(__file__).resolve().parents[3] / "macros"


def build(sources: Traversable | None = None) -> bytes:
    """The add-in as a file's bytes.

    Raises:
        NotWritten: pyOpenVBA, which writes the VBA project, is not installed.
    """
    sources = sources or macros()
    parts = _parts(_workbook(_vba_project(sources)))
    parts[f"customUI/{RIBBON}"] = _text(sources, RIBBON).encode("ascii")
    parts["_rels/.rels"] = _once(
        parts["_rels/.rels"],
        b"</Relationships>",
        (
            b'<Relationship Id="xlkpiRibbon" Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility" '
            b'Target="customUI/' + RIBBON.encode() + b'"/></Relationships>'
        ),
    )
    parts["[Content_Types].xml"] = _once(
        parts["[Content_Types].xml"],
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        b"application/vnd.ms-excel.addin.macroEnabled.main+xml",
    )
    return _zipped(parts)


def write(path: Path) -> None:
    """Build the add-in into a file, whole or not at all."""
    from xlkpi.files.saving import write_bytes

    write_bytes(build(), path)


# -- the VBA project and the workbook around it ------------------------------------------------------


def _vba_project(sources: Traversable) -> bytes:
    """``vbaProject.bin`` with our modules in a project that pyOpenVBA made empty."""
    excel_file = _excel_file()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "new.xlam")
        with excel_file.create_new(path) as book:
            project = book.vba_project()
            project.delete_module("Module1")
            for name in MODULES:
                project.add_module(name, _text(sources, f"{name}.bas"))
            book.set_module("ThisWorkbook", _text(sources, "ThisWorkbook.cls"))
            book.save()
        with excel_file(path) as book:  # its own check is worth something only once it is saved
            if problems := book.validate():
                raise ValueError(f"pyOpenVBA: {problems}")
            data: bytes = book.vba_project_bytes()
    return data


def _excel_file() -> Any:
    """pyOpenVBA's class for a workbook."""
    try:
        from pyopenvba import ExcelFile  # type: ignore[import-untyped]
    except ImportError:
        raise NotWritten(
            Finding(
                codes.NO_PYOPENVBA,
                effect=Text("the add-in was not built", "le complément n’a pas été construit"),
            )
        ) from None
    return ExcelFile


def _text(sources: Traversable, name: str) -> str:
    """A source with the line ends of Windows, whatever a checkout has given it."""
    return (
        sources.joinpath(name)
        .read_bytes()
        .decode("ascii")
        .replace("\r\n", "\n")
        .replace("\n", "\r\n")
    )


def _workbook(project: bytes) -> bytes:
    """A macro-enabled workbook of one sheet, the texts."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties(
        {
            "title": "Influence KPI",
            "author": "xlkpi",
            "created": datetime(2026, 1, 1),
            "comments": "Influencer-marketing KPI functions and reports",
        }
    )
    book.add_vba_project(io.BytesIO(project), is_stream=True)
    book.set_vba_name("ThisWorkbook")
    sheet = book.add_worksheet("texts")
    sheet.set_vba_name("Sheet1")
    for row, cells in enumerate([("key", "en", "fr"), *_rows()]):
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell)
    book.close()
    return buffer.getvalue()


def _rows() -> list[tuple[str, str, str]]:
    return [(key, text.in_("en"), text.in_("fr")) for key, text in texts().items()]


# -- the package -------------------------------------------------------------------------------------


def _parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _once(data: bytes, old: bytes, new: bytes) -> bytes:
    if data.count(old) != 1:
        raise ValueError(f"{old!r} stands {data.count(old)} times in the package")
    return data.replace(old, new)


def _zipped(parts: dict[str, bytes]) -> bytes:
    """Stored, not deflated: the bytes must not depend on the machine's zlib.  The wheel around it is deflated."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name)  # 1980-01-01, whatever the clock says
            entry.create_system = 0  # the same on Windows and elsewhere
            archive.writestr(entry, parts[name])
    return buffer.getvalue()


# -- the wrapper module ------------------------------------------------------------------------------

_HEAD = """\
Attribute VB_Name = "Functions"
Option Explicit

' The cell functions. Generated from xlkpi/excel/functions/declared.py by "python tools/remake.py": change nothing here.
"""
_WRAPPER = """
{comment}
Public Function {name}({parameters}) As Variant
    {name} = XlkpiCall("{name}", Array({values}))
End Function
"""
#: What may not name a parameter: VBA's keywords, as far as they are words that a function might use.
_RESERVED = frozenset(
    re.findall(
        r"\w+",
        """
    addressof alias and any appactivate array as attribute beep boolean byref byte byval call case cdecl chdir chdrive
    circle close compare const currency date declare decimal defbool dim do double each else elseif empty end endif enum
    eqv erase error event exit explicit false filecopy for friend function get global gosub goto if imp implements in
    input integer is kill let lib like line local lock long longlong longptr loop lset me mid mkdir mod module name new
    next not nothing null object on open option optional or paramarray preserve print private property pset ptrsafe
    public put raiseevent randomize redim rem reset resume return rmdir rset scale seek select set single spc static step
    stop string sub tab text then time to true type typeof unlock until variant wend while width with withevents write xor
""",
    )
)


def wrappers(functions: Iterable[Function] = FUNCTIONS) -> str:
    """The text of Functions.bas: one VBA function per cell function, each handing its arguments on.

    VBA knows one spelling of a word in a whole project, and Excel shows our functions in it: a parameter that is
    called like a function (``emv``) is therefore spelled like it (``EMV``), and one that is called like its own
    function, which VBA takes for a second declaration, gets an underscore.
    """
    functions = tuple(functions)
    spelling = {function.name.casefold(): function.name for function in functions}
    return (_HEAD + "".join(_wrapper(function, spelling) for function in functions)).replace(
        "\n", "\r\n"
    )


def _wrapper(function: Function, spelling: dict[str, str]) -> str:
    names = [
        spelling.get(argument.name.casefold(), argument.name) for argument in function.arguments
    ]
    names = [
        f"{argument.name}_" if name == function.name else name
        for name, argument in zip(names, function.arguments, strict=True)
    ]
    for name in (function.name, *names):
        if not re.fullmatch(r"[A-Za-z]\w*", name, re.ASCII) or name.casefold() in _RESERVED:
            raise ValueError(f"{function.name}: {name} is no VBA name")
    if len({name.casefold() for name in names}) != len(names):
        raise ValueError(f"{function.name}: VBA takes two of its arguments for one")
    optional = [argument.optional for argument in function.arguments]
    if optional != sorted(optional):
        raise ValueError(f"{function.name}: in VBA nothing required follows an optional argument")
    return _WRAPPER.format(
        comment=_comment(function.help.en),
        name=function.name,
        parameters=_folded(
            [
                "Optional ByVal " * o + "ByVal " * (not o) + f"{name} As Variant"
                for name, o in zip(names, optional, strict=True)
            ]
        ),
        values=_folded([f"Raw({name})" for name in names]),
    )


def _folded(items: list[str]) -> str:
    """A list in as few lines as fit; VBA goes on after `` _``."""
    lines = textwrap.wrap(
        ", ".join(item.replace(" ", "\0") for item in items), 90, break_long_words=False
    )
    return " _\n        ".join(lines).replace("\0", " ")


def _comment(text: str) -> str:
    """One line of ASCII: VBA text is in the code page of whoever opens it."""
    for mark, plain in (
        ("×", "x"),
        ("÷", "/"),
        ("’", "'"),
        ("“", "'"),
        ("”", "'"),
        ("–", "-"),
        ("…", "..."),
    ):
        text = text.replace(mark, plain)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "' " + textwrap.shorten(plain, 110, placeholder="...")
