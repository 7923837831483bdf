"""LibreOffice Calc as the application behind xlwings, over UNO: the engine that the live door is run on here.

It covers what the live door uses and answers as Excel on Windows does: `Value2` gives floats, texts, None and
the int codes of errors; a text that is assigned is read as if it were typed.  Where the two programs differ,
Excel's way is imitated, so that the very lines which run on Windows run here.
"""

from __future__ import annotations

import builtins
import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import xlwings as xw
from xlwings import base_classes

from xlkpi.excel.functions.values import ERRORS
from xlkpi.ooxml.cells import column_letters, split_range

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>1</value>
</prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>en-US</value></prop>
</item></oor:items>
"""
#: LibreOffice's numbers for formula errors, as Excel names them.
OFFICE_ERRORS = {
    502: "#VALUE!",
    503: "#NUM!",
    504: "#REF!",
    508: "#NAME?",
    511: "#VALUE!",
    519: "#VALUE!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}
CODES = {text: code for code, text in ERRORS.items()}
LOGICAL = 1024  # com.sun.star.util.NumberFormat
FORMULA_ERROR = 4  # com.sun.star.sheet.FormulaResult
FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xlsm": "Calc MS Excel 2007 VBA XML"}
ALLOWED = (
    "FormattingCells",
    "FormattingColumns",
    "FormattingRows",
    "InsertingColumns",
    "InsertingRows",
    "InsertingHyperlinks",
    "DeletingColumns",
    "DeletingRows",
    "Sorting",
    "Filtering",
    "UsingPivotTables",
)

uno: ModuleType


class Missing(Exception):
    """What this machine lacks to run the tests, as a sentence."""


class com_error(Exception):
    """What Excel answers when it refuses a call."""


def load_uno() -> ModuleType:
    """Debian's uno module, which belongs to the system's Python; nothing else of that Python comes along."""
    places = [
        Path("/usr/lib/python3/dist-packages/uno.py"),
        Path("/usr/lib64/libreoffice/program/uno.py"),
    ]
    if office := shutil.which("soffice"):
        places.append(Path(os.path.realpath(office)).with_name("uno.py"))
    found = next((path for path in places if path.exists()), None)
    if found is None:
        raise Missing("python3-uno is not installed")
    import_, path, boot = builtins.__import__, list(sys.path), os.environ.get("URE_BOOTSTRAP")
    spec = importlib.util.spec_from_file_location("uno", found)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["uno"] = module
    try:
        spec.loader.exec_module(module)
    except ImportError as error:
        del sys.modules["uno"]
        raise Missing(
            f"python3-uno is for another Python than {sys.version.split()[0]} ({error})"
        ) from None
    finally:
        builtins.__import__ = (
            import_  # it puts its own in place, for imports that are not needed here
        )
        sys.path[:] = path
        os.unsetenv("URE_BOOTSTRAP") if boot is None else os.putenv("URE_BOOTSTRAP", boot)
    return module


def properties(**values: Any) -> tuple[Any, ...]:
    made = []
    for name, value in values.items():
        entry = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        entry.Name, entry.Value = name, value
        made.append(entry)
    return tuple(made)


class Office:
    """One headless LibreOffice with a profile and a pipe of its own."""

    def __init__(self) -> None:
        global uno
        program = shutil.which("soffice") or shutil.which("libreoffice")
        if program is None:
            raise Missing("LibreOffice is not installed")
        uno = load_uno()
        self.folder = tempfile.mkdtemp(prefix="xlkpi-office-")
        user = Path(self.folder) / "user"
        user.mkdir()
        (user / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
        pipe = f"xlkpi{uuid.uuid4().hex[:12]}"
        # A plain environment: the office brings a Python of its own, which must not meet this one's settings.
        kept = {
            k: v
            for k, v in os.environ.items()
            if k in ("PATH", "HOME", "LANG", "TMPDIR", "FONTCONFIG_FILE")
        }
        self.process = subprocess.Popen(
            [
                program,
                f"-env:UserInstallation={Path(self.folder).as_uri()}",
                "--headless",
                "--norestore",
                "--nologo",
                "--nodefault",
                "--nolockcheck",
                "--nofirststartwizard",
                f"--accept=pipe,name={pipe};urp;",
            ],
            env=kept,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.context = self._connect(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        self.desktop = self.context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", self.context
        )

    def _connect(self, address: str) -> Any:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local
        )
        deadline = time.monotonic() + 90
        while True:
            try:
                return resolver.resolve(address)
            except Exception:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    self.stop()
                    raise RuntimeError("LibreOffice did not start") from None
                time.sleep(0.1)

    def stop(self) -> None:
        """End the processes that were started here, and only those: they are a group of their own."""
        with contextlib.suppress(Exception):
            for doc in list(self.desktop.Components):
                doc.close(True)  # else its lock file stays beside it
            self.desktop.terminate()  # the bridge breaks while the call is on its way
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)


class Engine:
    name, type = "calc", "desktop"

    def __init__(self, office: Office) -> None:
        self.app = App(self, office)
        self.apps = Apps(self)

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        return value


class Apps(base_classes.Apps):
    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def __iter__(self) -> Iterator[App]:
        return iter([self.engine.app])

    def __len__(self) -> int:
        return 1

    def keys(self) -> list[int]:
        return [self.engine.app.pid]

    def __getitem__(self, pid: int) -> App:
        return self.engine.app


class App(base_classes.App):
    """The application; it remembers what the user was shown, and can be told to refuse one write."""

    engine = books = screen_updating = None  # plain attributes here, properties in the base class
    display_alerts = True

    def __init__(self, engine: Engine, office: Office) -> None:
        self.engine, self.office = engine, office
        self.books = Books(self)
        self.reset()

    def reset(self) -> None:
        self.alerts: list[tuple[str, str]] = []  # text, mode
        self.answers: list[str] = []  # to the questions to come
        self.macros: list[tuple[str, tuple[object, ...]]] = []
        self.bars: list[object] = []  # what the status bar said
        self.selected: Range | None = None
        self.writes, self.fail_at = 0, -1
        self.screen_updating, self._status, self._calculation = True, False, "automatic"

    pid = property(lambda self: self.office.process.pid)
    api = property(lambda self: self.office.desktop)
    selection = property(lambda self: self.selected)
    hwnd = property(lambda self: 0)
    version = property(lambda self: "25.2")

    def activate(self, steal_focus: bool = False) -> None:
        pass

    @property
    def status_bar(self) -> object:
        return self._status

    @status_bar.setter
    def status_bar(self, value: object) -> None:
        self._status = value
        self.bars.append(value)

    @property
    def calculation(self) -> str:
        return self._calculation

    @calculation.setter
    def calculation(self, value: str) -> None:
        self._calculation = value
        for book in self.books:
            book.doc.enableAutomaticCalculation(value == "automatic")

    def alert(self, prompt: str, title: str, buttons: str, mode: str, callback: object) -> str:
        self.alerts.append((prompt, mode))
        if buttons == "ok":
            return "ok"
        return self.answers.pop(0)

    def run(self, macro: str, args: tuple[object, ...]) -> None:
        self.macros.append((macro, tuple(args)))

    def count_write(self) -> None:
        self.writes += 1
        if self.writes == self.fail_at:
            raise com_error(
                -2147352567,
                "Exception occurred.",
                (0, "Microsoft Excel", "The cell is locked by another user.", "", 0, -2146827284),
                None,
            )


class Books(base_classes.Books):
    app = None

    def __init__(self, app: App) -> None:
        self.app, self.open_books = app, []

    api = property(lambda self: self.app.api)

    @property
    def active(self) -> Book:
        return self.open_books[-1]

    def __call__(self, key: Any) -> Book:
        if isinstance(key, int):
            return self.open_books[key - 1]
        for book in self.open_books:
            if book.name.lower() == str(key).lower():
                return book
        raise KeyError(key)

    def __len__(self) -> int:
        return len(self.open_books)

    def __iter__(self) -> Iterator[Book]:
        return iter(list(self.open_books))

    def add(self) -> Book:
        return self._load("private:factory/scalc")

    def open(
        self,
        fullname: str,
        update_links: object = None,
        read_only: bool | None = None,
        *more: object,
    ) -> Book:
        book = self._load(Path(fullname).as_uri())
        book.read_only = bool(
            read_only
        )  # Excel lets one type in such a book; LibreOffice would not
        return book

    def _load(self, url: str, **more: Any) -> Book:
        doc = self.app.office.desktop.loadComponentFromURL(
            url, "_blank", 0, properties(Hidden=True, MacroExecutionMode=0, UpdateDocMode=0, **more)
        )
        if doc is None:
            raise com_error(f"cannot open {url}")
        book = Book(self.app, doc)
        self.open_books.append(book)
        return book


class Book(base_classes.Book):
    app = None

    def __init__(self, app: App, doc: Any) -> None:
        self.app, self.doc = app, doc
        self.read_only = False
        self.activated = ""  # the sheet in front
        self.kept_protection: dict[str, Any] = {}
        self.codes: dict[int, str] = {}  # number format key → the code that was assigned
        self.table_sheets: dict[str, int] = {}  # table → index of its sheet, asked for once
        self.logical: dict[int, bool] = {}  # number format key → whether it shows TRUE and FALSE

    sheets = property(lambda self: Sheets(self))
    names = property(lambda self: Names(self))
    api = property(lambda self: BookApi(self))
    fullname = property(
        lambda self: uno.fileUrlToSystemPath(self.doc.URL) if self.doc.URL else "Book1"
    )
    name = property(lambda self: os.path.basename(self.fullname))

    def activate(self) -> None:
        self.app.books.open_books.remove(self)
        self.app.books.open_books.append(self)

    def close(self) -> None:
        self.app.books.open_books.remove(self)
        self.doc.close(True)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        path = os.path.realpath(path or self.fullname)
        self.doc.storeAsURL(
            Path(path).as_uri(), properties(FilterName=FILTERS[Path(path).suffix], Overwrite=True)
        )

    def to_pdf(self, path: str, quality: str | None = None) -> None:
        self.doc.storeToURL(
            Path(path).as_uri(), properties(FilterName="calc_pdf_Export", Overwrite=True)
        )


class BookApi:
    """The properties of Excel's Workbook that are asked for."""

    def __init__(self, book: Book) -> None:
        self.book = book

    Date1904 = property(lambda self: self.book.doc.NullDate.Year == 1904)
    ReadOnly = property(lambda self: self.book.read_only)
    ProtectStructure = property(lambda self: bool(self.book.doc.isProtected()))


class Sheets(base_classes.Sheets):
    def __init__(self, book: Book) -> None:
        self.book, self.all = book, book.doc.Sheets

    @property
    def active(self) -> Sheet:
        """The sheet in front; the first one that can be seen where none was brought there."""
        named = self.book.activated
        if named and self.all.hasByName(named) and self.all.getByName(named).IsVisible:
            return Sheet(self.book, self.all.getByName(named))
        return next((sheet for sheet in self if sheet.visible), Sheet(self.book, self.all[0]))

    def __call__(self, key: Any) -> Sheet:
        if isinstance(key, int):
            return Sheet(self.book, self.all.getByIndex(key - 1))
        if not self.all.hasByName(key):
            raise KeyError(key)
        return Sheet(self.book, self.all.getByName(key))

    def __len__(self) -> int:
        return self.all.Count

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, self.all.getByIndex(i)) for i in range(self.all.Count))


class Sheet(base_classes.Sheet):
    def __init__(self, book: Book, sheet: Any) -> None:
        self._book, self.sheet = book, sheet

    book = property(lambda self: self._book)
    name = property(
        lambda self: self.sheet.Name, lambda self, name: setattr(self.sheet, "Name", name)
    )
    index = property(lambda self: self.sheet.RangeAddress.Sheet + 1)

    @property
    def visible(self) -> bool:
        return bool(self.sheet.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        """When the sheet in front is hidden, Excel brings another one there, and leaves it there."""
        self.sheet.IsVisible = bool(value)
        if not value and self._book.activated == self.name:
            self._book.activated = self._book.sheets.active.name

    api = property(lambda self: SheetApi(self))
    tables = property(lambda self: Tables(self))
    page_setup = property(lambda self: PageSetup(self))

    def activate(self) -> None:
        self._book.activated = self.name

    def range(self, first: Any, last: Any = None) -> Range:
        if isinstance(first, Range):
            return Range(self, first.r1, first.c1, (last or first).r2, (last or first).c2)
        if isinstance(first, str):
            top, left, bottom, right = split_range(first.replace("$", ""))
            return Range(self, top, left + 1, bottom, right + 1)
        return Range(self, *first, *(last or first))

    @property
    def used_range(self) -> Range:
        cursor = self.sheet.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        at = cursor.RangeAddress
        return Range(self, at.StartRow + 1, at.StartColumn + 1, at.EndRow + 1, at.EndColumn + 1)


class SheetApi:
    """The protection and the page of Excel's Worksheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.book = sheet, sheet.book

    ProtectContents = property(lambda self: bool(self.sheet.sheet.isProtected()))
    ProtectDrawingObjects = property(lambda self: self._kept[0])
    ProtectScenarios = property(lambda self: self._kept[1])
    PageSetup = property(lambda self: PageSetup(self.sheet))

    @property
    def Protection(self) -> Any:
        return type(
            "Protection", (), dict(zip((f"Allow{n}" for n in ALLOWED), self._kept[2:], strict=True))
        )()

    @property
    def _kept(self) -> tuple[bool, ...]:
        """What a protected sheet allows is nothing that UNO tells: kept here from one Protect to the next."""
        return self.book.kept_protection.get(
            self.sheet.name, (False, True, True, True, True, *[False] * 8)
        )

    def Unprotect(self, password: str) -> None:
        self.sheet.sheet.unprotect(password)
        if self.ProtectContents:
            raise com_error("The password you supplied is not correct.")

    def Protect(
        self,
        password: str,
        objects: bool,
        contents: bool,
        scenarios: bool,
        interface: bool,
        *allowed: bool,
    ) -> None:
        assert (contents, interface) == (True, False)
        assert len(allowed) == len(ALLOWED)
        self.book.kept_protection[self.sheet.name] = (objects, scenarios, *allowed)
        self.sheet.sheet.protect(password)


class PageSetup(base_classes.PageSetup):
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    @property
    def print_area(self) -> str | None:
        areas = self.sheet.sheet.getPrintAreas()
        return (
            address(
                areas[0].StartRow + 1,
                areas[0].StartColumn + 1,
                areas[0].EndRow + 1,
                areas[0].EndColumn + 1,
            )
            if areas
            else None
        )

    @print_area.setter
    def print_area(self, value: str) -> None:
        self.sheet.book.app.count_write()
        self.sheet.sheet.setPrintAreas((self.sheet.range(value).range.RangeAddress,))

    @property
    def _style(self) -> Any:
        return self.sheet.book.doc.StyleFamilies.getByName("PageStyles").getByName(
            self.sheet.sheet.PageStyle
        )

    FitToPagesTall = property(
        lambda self: self._style.ScaleToPagesY,
        lambda self, pages: setattr(self._style, "ScaleToPagesY", pages),
    )


def address(top: int, left: int, bottom: int, right: int) -> str:
    first, last = (
        f"${column_letters(column - 1)}${row}" for row, column in ((top, left), (bottom, right))
    )
    return first if first == last else f"{first}:{last}"


def write(method: Callable[..., None]) -> Callable[..., None]:
    """A setter that counts as a write, of which one can be made to fail."""

    def counted(self: Any, value: Any) -> None:
        self.sheet.book.app.count_write()
        try:
            method(self, value)
        except Exception as error:
            if type(error).__name__.startswith(
                "com.sun.star"
            ):  # Python cannot pass these on as its own
                raise com_error(f"LibreOffice refused: {error}") from None
            raise

    return counted


class Range(base_classes.Range):
    sheet = None

    def __init__(self, sheet: Sheet, top: int, left: int, bottom: int, right: int) -> None:
        self.sheet, self.options = sheet, {}
        self.r1, self.c1, self.r2, self.c2 = top, left, bottom, right

    @property
    def range(self) -> Any:
        return self.sheet.sheet.getCellRangeByPosition(
            self.c1 - 1, self.r1 - 1, self.c2 - 1, self.r2 - 1
        )

    row = property(lambda self: self.r1)
    column = property(lambda self: self.c1)
    shape = property(lambda self: (self.r2 - self.r1 + 1, self.c2 - self.c1 + 1))
    address = property(lambda self: address(self.r1, self.c1, self.r2, self.c2))
    api = property(lambda self: RangeApi(self))

    def get_address(self, row_absolute: bool, column_absolute: bool, external: bool) -> str:
        return self.address

    def __len__(self) -> int:
        height, width = self.shape
        return height * width

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        at = self.r1 + row - 1, self.c1 + column - 1
        return Range(self.sheet, *at, *at)

    # -- values ----------------------------------------------------------------------------------

    @property
    def raw_value(self) -> Any:
        return self.api.Value2

    @raw_value.setter
    @write
    def raw_value(self, rows: Any) -> None:
        if not isinstance(rows, tuple):
            rows = ((rows,),)
        assert self.shape == (len(rows), len(rows[0]))
        assert all(isinstance(v, str | float) for row in rows for v in row), (
            "Excel takes texts and figures"
        )
        if (
            self.range.getPropertyValue("CellProtection").IsLocked
            and self.sheet.api.ProtectContents
        ):
            raise com_error("The cell is on a protected sheet.")
        stripped = tuple(
            tuple(v[1:] if isinstance(v, str) and v[:1] == "'" else v for v in row) for row in rows
        )
        self.range.setDataArray(stripped)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, str) and value and value[0] != "'":
                    self.range.getCellByPosition(c, r).setFormula(value)  # as if it were typed

    @property
    def formula(self) -> Any:
        rows = self.range.getFormulaArray()
        return rows[0][0] if self.shape == (1, 1) else rows

    @formula.setter
    @write
    def formula(self, rows: Any) -> None:
        self.range.setFormulaArray(tuple(map(tuple, rows)))

    @property
    def merge_area(self) -> Range:
        cursor = self.sheet.sheet.createCursorByRange(self.range.getCellByPosition(0, 0))
        cursor.collapseToMergedArea()
        found = cursor.RangeAddress
        ends = found.StartRow, found.StartColumn, found.EndRow, found.EndColumn
        return Range(self.sheet, *(end + 1 for end in ends))

    @property
    def merge_cells(self) -> bool | None:
        """True where all cells are merged, False where none is, None for some of them, as in Excel."""
        if not self.sheet.sheet.getIsMerged():
            return False
        cells = [self(n) for n in range(1, len(self) + 1)]
        merged = {len(cell.merge_area) > 1 for cell in cells}
        return None if len(merged) > 1 else merged.pop()

    def insert(self, shift: str, copy_origin: str) -> None:
        assert (shift, copy_origin) == ("down", "format_from_left_or_above")
        self.sheet.book.app.count_write()
        self.sheet.sheet.insertCells(
            self.range.RangeAddress, uno.Enum("com.sun.star.sheet.CellInsertMode", "DOWN")
        )

    def delete(self, shift: str | None) -> None:
        assert shift == "up"
        self.sheet.sheet.removeRange(
            self.range.RangeAddress, uno.Enum("com.sun.star.sheet.CellDeleteMode", "UP")
        )

    # -- looks -----------------------------------------------------------------------------------

    @property
    def number_format(self) -> str | None:
        cells = self.range
        if cells.getPropertyState("NumberFormat").value == "AMBIGUOUS_VALUE":
            return None
        key = cells.NumberFormat
        return (
            self.sheet.book.codes.get(key)
            or self.sheet.book.doc.NumberFormats.getByKey(key).FormatString
        )

    @number_format.setter
    @write
    def number_format(self, code: str) -> None:
        formats, locale = (
            self.sheet.book.doc.NumberFormats,
            uno.createUnoStruct("com.sun.star.lang.Locale"),
        )
        locale.Language, locale.Country = "en", "US"
        key = formats.queryKey(code, locale, False)
        self.range.NumberFormat = key = formats.addNew(code, locale) if key == -1 else key
        self.sheet.book.codes[key] = code

    @property
    def row_hidden(self) -> bool | None:
        rows = self.sheet.sheet.Rows
        states = {not rows.getByIndex(row - 1).IsVisible for row in range(self.r1, self.r2 + 1)}
        return states.pop() if len(states) == 1 else None

    @row_hidden.setter
    @write
    def row_hidden(self, hidden: bool) -> None:
        self.range.Rows.IsVisible = not hidden


class RangeApi:
    """Excel's Range.Value2, and what there is to a link and to the look that it must not change."""

    def __init__(self, cells: Range) -> None:
        self.cells = cells

    Hyperlinks = property(lambda self: Hyperlinks(self.cells))
    Font = property(lambda self: Font(self.cells))
    Row = property(lambda self: self.cells.r1)
    Column = property(lambda self: self.cells.c1)

    def ClearHyperlinks(self) -> None:
        self.cells.sheet.book.app.count_write()
        for cell in Hyperlinks(self.cells).cells:
            cell.setString(cell.getString())

    @property
    def Locked(self) -> bool | None:
        cells = self.cells.range
        ambiguous = cells.getPropertyState("CellProtection").value == "AMBIGUOUS_VALUE"
        return None if ambiguous else bool(cells.CellProtection.IsLocked)

    @Locked.setter
    def Locked(self, value: bool) -> None:
        self.cells.sheet.book.app.count_write()
        protection = self.cells.range.CellProtection
        protection.IsLocked = value
        self.cells.range.CellProtection = protection

    @property
    def Value2(self) -> Any:
        top, left = self.cells.r1 - 1, self.cells.c1 - 1
        found = self.cells.range
        rows = [[None if value == "" else value for value in row] for row in found.getDataArray()]
        for row, column in self._logical(found, rows):
            rows[row - top][column - left] = bool(rows[row - top][column - left])
        for row, column in _cells(found.queryFormulaCells(FORMULA_ERROR).RangeAddresses):
            cell = self.cells.sheet.sheet.getCellByPosition(column, row)
            rows[row - top][column - left] = CODES[OFFICE_ERRORS.get(cell.getError(), "#N/A")]
        return rows[0][0] if self.cells.shape == (1, 1) else tuple(map(tuple, rows))

    def _logical(self, found: Any, rows: list[list[Any]]) -> list[tuple[int, int]]:
        """Cells that hold TRUE or FALSE: LibreOffice knows them by their number format only."""
        top, left = self.cells.r1 - 1, self.cells.c1 - 1
        can_be = [
            (top + r, left + c)
            for r, row in enumerate(rows)
            for c, value in enumerate(row)
            if value in (0.0, 1.0)
        ]
        if len(can_be) < 50:
            sheet = self.cells.sheet.sheet
            return [
                (r, c)
                for r, c in can_be
                if self._is_logical(sheet.getCellByPosition(c, r).NumberFormat)
            ]
        groups = found.getUniqueCellFormatRanges()
        logical = {
            at
            for group in (groups.getByIndex(i) for i in range(groups.Count))
            if self._is_logical(group.getByIndex(0).NumberFormat)
            for at in _cells(group.RangeAddresses)
        }
        return [at for at in can_be if at in logical]

    def _is_logical(self, format: int) -> bool:
        book = self.cells.sheet.book
        if format not in book.logical:
            book.logical[format] = bool(book.doc.NumberFormats.getByKey(format).Type & LOGICAL)
        return book.logical[format]


FONT = {
    "Name": "CharFontName",
    "Size": "CharHeight",
    "Bold": "CharWeight",
    "Italic": "CharPosture",
    "Underline": "CharUnderline",
    "Color": "CharColor",
}


class Font:
    """Excel's Font of a range; what differs from cell to cell is None."""

    def __init__(self, cells: Range) -> None:
        self.__dict__["cells"] = cells

    def __getattr__(self, name: str) -> Any:
        cells = self.cells.range
        if cells.getPropertyState(FONT[name]).value == "AMBIGUOUS_VALUE":
            return None
        return cells.getPropertyValue(FONT[name])

    def __setattr__(self, name: str, value: Any) -> None:
        self.cells.sheet.book.app.count_write()
        self.cells.range.setPropertyValue(FONT[name], value)


class Hyperlinks:
    """The links of a range: fields in the text of its cells, where LibreOffice has them."""

    def __init__(self, cells: Range) -> None:
        self.area = cells
        rows = cells.range.getDataArray()
        texts = [
            (r, c)
            for r, row in enumerate(rows)
            for c, value in enumerate(row)
            if isinstance(value, str) and value
        ]
        self.cells = [
            cell
            for r, c in texts
            if (cell := cells.range.getCellByPosition(c, r)).getTextFields().hasElements()
        ]

    Count = property(lambda self: len(self.cells))

    def __call__(self, index: int) -> Hyperlink:
        return Hyperlink(self.area.sheet, self.cells[index - 1])

    def Add(self, Anchor: RangeApi, Address: str, SubAddress: str) -> None:
        """As in Excel, the cell takes the look of links."""
        app, cells = self.area.sheet.book.app, Anchor.cells
        app.count_write()
        assert not Address
        assert cells.shape == (1, 1)
        assert not self.area.sheet.api.ProtectContents
        cell, text = (
            cells.range.getCellByPosition(0, 0),
            cells.range.getCellByPosition(0, 0).getString(),
        )
        assert text, "Excel would write the address into a blank cell"
        field = cells.sheet.book.doc.createInstance("com.sun.star.text.TextField.URL")
        field.URL, field.Representation = "#" + ".".join(SubAddress.rsplit("!", 1)), text
        cell.setString("")
        cell.getText().insertTextContent(cell.getText().createTextCursor(), field, False)
        cell.CharColor, cell.CharUnderline, cell.CharFontName = 0x0563C1, 1, "Aptos Narrow"


class Hyperlink:
    def __init__(self, sheet: Sheet, cell: Any) -> None:
        at = cell.CellAddress
        self.Range = RangeApi(Range(sheet, at.Row + 1, at.Column + 1, at.Row + 1, at.Column + 1))
        url = cell.getTextFields().createEnumeration().nextElement().URL
        self.Address = "" if url.startswith("#") else url
        self.SubAddress = "!".join(url[1:].rsplit(".", 1)) if url.startswith("#") else ""


def _cells(areas: Any) -> Iterator[tuple[int, int]]:
    for at in areas:
        for row in range(at.StartRow, at.EndRow + 1):
            for column in range(at.StartColumn, at.EndColumn + 1):
                yield row, column


class Names(base_classes.Names):
    def __init__(self, book: Book) -> None:
        self.book, self.all = book, book.doc.NamedRanges

    def __call__(self, key: Any) -> Name:
        return Name(
            self.book,
            self.all.getByName(self.all.ElementNames[key - 1] if isinstance(key, int) else key),
        )

    def __len__(self) -> int:
        return len(self.all.ElementNames)

    def contains(self, key: Any) -> bool:
        return self.all.hasByName(key)


class Name(base_classes.Name):
    def __init__(self, book: Book, entry: Any) -> None:
        self.book, self.entry = book, entry

    name = property(lambda self: self.entry.Name)

    @property
    def refers_to(self) -> str:
        """``$Report.$B$6:$G$13`` as Excel writes it."""
        sheet, _, cells = self.entry.Content.removeprefix("$").rpartition(".")
        return f"={sheet}!{cells}" if sheet and "#REF!" not in cells else "=#REF!"


class Tables(base_classes.Tables):
    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.all = sheet, sheet.book.doc.DatabaseRanges

    def _here(self) -> list[str]:
        known = self.sheet.book.table_sheets
        if not known:
            known.update(
                {name: self.all.getByName(name).DataArea.Sheet for name in self.all.ElementNames}
            )
        index = self.sheet.index - 1
        return [name for name, sheet in known.items() if sheet == index]

    def __call__(self, key: Any) -> Table:
        return Table(
            self.sheet, self.all.getByName(self._here()[key - 1] if isinstance(key, int) else key)
        )

    def __len__(self) -> int:
        return len(self._here())

    def __iter__(self) -> Iterator[Table]:
        return (Table(self.sheet, self.all.getByName(name)) for name in self._here())


class Table(base_classes.Table):
    def __init__(self, sheet: Sheet, entry: Any) -> None:
        self.sheet, self.entry = sheet, entry

    name = property(lambda self: self.entry.Name)
    show_totals = property(lambda self: bool(self.entry.TotalsRow))

    @property
    def range(self) -> Range:
        at = self.entry.DataArea
        return Range(
            self.sheet, at.StartRow + 1, at.StartColumn + 1, at.EndRow + 1, at.EndColumn + 1
        )

    @property
    def data_body_range(self) -> Range:
        whole = self.range
        return Range(self.sheet, whole.r1 + 1, whole.c1, whole.r2 - self.show_totals, whole.c2)

    def resize(self, area: xw.Range) -> None:
        self.sheet.book.app.count_write()
        self.entry.setDataArea(area.impl.range.RangeAddress)


@contextlib.contextmanager
def application() -> Iterator[xw.App]:
    """LibreOffice as xlwings' active application, until the end of the block."""
    office = Office()
    before = xw.engines.active
    try:
        engine = xw.main.Engine(impl=Engine(office))
        xw.engines.active = engine
        yield xw.App(impl=engine.impl.app)
    finally:
        xw.engines.active = before
        office.stop()


# -- what tests look at ------------------------------------------------------------------------------


def page(book: xw.Book, sheet: str) -> dict[tuple[int, int], object]:
    """Every cell of a sheet that holds something, as Excel would tell it."""
    used = book.sheets[sheet].used_range
    rows = (
        book.sheets[sheet]
        .range((1, 1), (used.row + used.shape[0] - 1, used.column + used.shape[1] - 1))
        .api.Value2
    )
    return {
        (r, c): value
        for r, row in enumerate(rows, 1)
        for c, value in enumerate(row, 1)
        if value is not None
    }


def looks(book: xw.Book, sheet: str) -> dict[tuple[int, int], str]:
    """The number format of every cell that has another than General; LibreOffice itself marks texts of digits by @."""
    found = {}
    formats = book.impl.doc.NumberFormats
    groups = book.sheets[sheet].used_range.impl.range.getUniqueCellFormatRanges()
    for group in (groups.getByIndex(i) for i in range(groups.Count)):
        code = formats.getByKey(group.getByIndex(0).NumberFormat).FormatString
        if code not in ("General", "@"):
            found.update(
                {(row + 1, column + 1): code for row, column in _cells(group.RangeAddresses)}
            )
    return found


def links(book: xw.Book, sheet: str) -> dict[tuple[int, int], str]:
    """Where the cells of a sheet lead to within the workbook."""
    found = Hyperlinks(book.sheets[sheet].used_range.impl)
    return {
        (link.Range.Row, link.Range.Column): link.SubAddress
        for link in map(found, range(1, found.Count + 1))
    }


def fonts(book: xw.Book, sheet: str) -> dict[tuple[int, int], tuple[object, ...]]:
    """Font, lock and background of every cell in use."""
    groups = book.sheets[sheet].used_range.impl.range.getUniqueCellFormatRanges()
    found: dict[tuple[int, int], tuple[object, ...]] = {}
    for group in (groups.getByIndex(i) for i in range(groups.Count)):
        first = group.getByIndex(0)
        look = (
            *(
                getattr(first, name)
                for name in ("CharFontName", "CharHeight", "CharUnderline", "CharColor")
            ),
            first.CharWeight,
            first.CellProtection.IsLocked,
            first.CellBackColor,
        )
        found.update({(row + 1, column + 1): look for row, column in _cells(group.RangeAddresses)})
    return found


def hidden_rows(book: xw.Book, sheet: str, last: int = 100) -> list[int]:
    rows = book.impl.doc.Sheets.getByName(sheet).Rows
    return [row + 1 for row in range(last) if not rows.getByIndex(row).IsVisible]


def table_ends(book: xw.Book) -> dict[str, str]:
    return {table.name: table.range.address for sheet in book.sheets for table in sheet.tables}


def enter(book: xw.Book, sheet: str, cell: str, rows: Any) -> None:
    """Put rows into the sheet as a person would: texts as texts, blanks where nothing is known."""
    rows = rows if isinstance(rows, (list, tuple)) else [[rows]]
    typed = tuple(
        tuple("" if v is None else f"'{v}" if isinstance(v, str) else float(v) for v in row)
        for row in rows
    )
    first = book.sheets[sheet].range(cell)
    protected = book.impl.doc.Sheets.getByName(sheet).isProtected()
    if protected:
        book.impl.doc.Sheets.getByName(sheet).unprotect("")
    book.sheets[sheet].range(
        (first.row, first.column), (first.row + len(typed) - 1, first.column + len(typed[0]) - 1)
    ).raw_value = typed
    if protected:
        book.impl.doc.Sheets.getByName(sheet).protect("")
