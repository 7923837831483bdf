"""The add-in as a file: four readers that are not Excel accept it, and it is the same file wherever it is built."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import json
import os
import re
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator
from pyopenvba import ExcelFile, check_file

from xlkpi.core.findings import NotWritten
from xlkpi.core.texts import LANGUAGES
from xlkpi.excel.addin import build as addin
from xlkpi.excel.addin.texts import texts

MACROS = Path(addin.__file__).parents[3] / "macros"


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


# -- readers -----------------------------------------------------------------------------------------


def test_the_package_is_valid_office_open_xml(file):
    found = OpenXmlValidator(FileFormat.MICROSOFT_365).validate(str(file))
    assert [str(error) for error in found.errors] == []


def test_pyopenvba_finds_nothing_wrong(file):
    report = check_file(file)
    assert [(issue.code, issue.message) for issue in report.issues] == []
    with ExcelFile(file) as book:
        assert book.validate() == []


def test_oletools_reads_the_very_sources_back(file):
    """Byte by byte, but for the attributes that Excel keeps in front of the code of ThisWorkbook and of the sheet."""
    with warnings.catch_warnings():  # of pyparsing, about how oletools calls it
        warnings.simplefilter("ignore", DeprecationWarning)
        from oletools.olevba import VBA_Parser
    parser = VBA_Parser(str(file))
    found = {name: code for *_, name, code in parser.extract_macros()}
    parser.close()
    assert set(found) == {
        *(f"{name}.bas" for name in addin.MODULES),
        "ThisWorkbook.cls",
        "Sheet1.cls",
    }
    for name, code in found.items():
        source = (MACROS / name).read_bytes().decode("ascii") if name != "Sheet1.cls" else ""
        if name.endswith(".cls"):
            code = re.sub(r"\A(?:Attribute VB_[^\n]*\n)+", "", code)
        assert code == source, name


def test_the_modules_are_those_of_the_folder():
    assert sorted(f"{name}.bas" for name in addin.MODULES) == sorted(
        path.name for path in MACROS.glob("*.bas")
    )


@pytest.fixture
def workbook(built, tmp_path) -> Path:
    """The add-in called a workbook: openpyxl and LibreOffice open no add-in at all, one that Excel made neither."""
    path = tmp_path / "addin.xlsm"
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts(built).items():
            package.writestr(name, data.replace(b"addin.macroEnabled", b"sheet.macroEnabled"))
    return path


def test_openpyxl_reads_its_texts_and_keeps_its_code(workbook, built):
    book = openpyxl.load_workbook(workbook, keep_vba=True)
    assert book.sheetnames == ["texts"]
    shown = {row[0]: row[1:] for row in book["texts"].iter_rows(min_row=2, values_only=True)}
    assert shown == {
        key: tuple(text.in_(language) for language in LANGUAGES) for key, text in texts().items()
    }
    assert book.vba_archive.read("xl/vbaProject.bin") == parts(built)["xl/vbaProject.bin"]


def test_libreoffice_opens_it(workbook, libreoffice):
    assert libreoffice(workbook).stat().st_size > 10_000


# -- the package -------------------------------------------------------------------------------------


def test_it_is_an_add_in_with_a_ribbon_and_code(built):
    package = parts(built)
    types = etree.fromstring(package["[Content_Types].xml"])
    overrides = {e.get("PartName"): e.get("ContentType") for e in types if e.get("PartName")}
    defaults = {e.get("Extension"): e.get("ContentType") for e in types if e.get("Extension")}
    assert overrides["/xl/workbook.xml"] == "application/vnd.ms-excel.addin.macroEnabled.main+xml"
    assert defaults["bin"] == "application/vnd.ms-office.vbaProject"
    assert defaults["xml"] == "application/xml"
    relations = {e.get("Type"): e.get("Target") for e in etree.fromstring(package["_rels/.rels"])}
    # The relationship that Excel 2010 and later look for, with the namespace of the ribbon that they brought.
    assert (
        relations["http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"]
        == "customUI/customUI14.xml"
    )
    assert len({e.get("Id") for e in etree.fromstring(package["_rels/.rels"])}) == len(relations)
    assert b'codeName="ThisWorkbook"' in package["xl/workbook.xml"]
    assert b'codeName="Sheet1"' in package["xl/worksheets/sheet1.xml"]
    assert package["customUI/customUI14.xml"] == (MACROS / addin.RIBBON).read_bytes()


def test_every_part_is_named_and_every_name_has_its_part(built):
    package = parts(built)
    types = etree.fromstring(package["[Content_Types].xml"])
    for name in [e.get("PartName") for e in types if e.get("PartName")]:
        assert name.lstrip("/") in package, name
    for name, data in package.items():
        if name.endswith(".rels"):
            base = Path(name).parent.parent
            for relation in etree.fromstring(data):
                assert relation.get("TargetMode") != "External"
                target = relation.get("Target")
                path = target.lstrip("/") if target.startswith("/") else (base / target).as_posix()
                assert path in package, target


def test_the_notices_travel_with_the_file(built):
    """The project that the build starts from is pyOpenVBA's; its licence asks for its notice."""
    text = b"".join(parts(built).values()).decode("latin-1")
    for notice in (
        "Copyright (c) 2026 The xlkpi authors",
        "Copyright (c) 2026 William Smith",
        "The above copyright notice",
    ):
        assert notice in text


def test_nothing_personal_is_in_the_file(built):
    core = parts(built)["docProps/core.xml"].decode()
    assert re.search(r"<dc:creator>(.*?)<", core).group(1) == "xlkpi"
    assert os.environ.get("USER", "nobody here") not in core
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2026-01-01T00:00:00Z"}


# -- the ribbon --------------------------------------------------------------------------------------

SPACE = "http://schemas.microsoft.com/office/2009/07/customui"
#: What VBA must offer for each kind of callback; the ribbon calls it with exactly these.
SIGNATURES = {
    "onAction": "ByVal control As IRibbonControl",
    "getLabel": "ByVal control As IRibbonControl, ByRef returnedVal As Variant",
    "getScreentip": "ByVal control As IRibbonControl, ByRef returnedVal As Variant",
    "getSupertip": "ByVal control As IRibbonControl, ByRef returnedVal As Variant",
}


def schema() -> dict[str, dict]:
    """Microsoft's schema of the ribbon, as openxml-audit carries it: type name to attributes and children."""
    source = files("openxml_audit").joinpath(
        "data/openxml/schemas/schemas_microsoft_com_office_2009_07_customui.json"
    )
    return {kind["Name"]: kind for kind in json.loads(source.read_text(encoding="utf-8"))["Types"]}


def misfits(element: etree._Element, kind: str, known: dict[str, dict]) -> Iterator[str]:
    """What the schema does not allow at and below an element."""
    rules = known[kind]
    attributes = {a["QName"].lstrip(":"): a for a in rules.get("Attributes", [])}
    for name, value in element.attrib.items():
        if name not in attributes:
            yield f"{kind}: attribute {name}"
            continue
        for rule in attributes[name].get("Validators", []):
            limits = {a["Name"]: a["Value"] for a in rule.get("Arguments", [])}
            if len(value) > int(limits.get("MaxLength", 1 << 20)) or len(value) < int(
                limits.get("MinLength", 0)
            ):
                yield f"{kind}: length of {name}"
            if limits.get("IsNcName") == "True" and not re.fullmatch(r"[A-Za-z_][\w.-]*", value):
                yield f"{kind}: {name} is no name"
    if "id" in attributes and sum(name in element.attrib for name in ("id", "idQ", "idMso")) != 1:
        yield f"{kind}: exactly one id"
    children = {
        child["Name"].rpartition("/")[2].partition(":")[2]: child["Name"]
        for child in rules.get("Children", [])
    }
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = etree.QName(child).localname
        if name not in children:
            yield f"{kind}: child {name}"
        else:
            yield from misfits(child, children[name], known)


def ribbon(text: str | None = None) -> etree._Element:
    return etree.fromstring((text or (MACROS / addin.RIBBON).read_text(encoding="ascii")).encode())


ROOT = "mso14:CT_CustomUI/mso14:customUI"


def test_the_ribbon_keeps_to_its_schema():
    assert etree.QName(ribbon()).namespace == SPACE
    assert list(misfits(ribbon(), ROOT, schema())) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('keytip="K"', 'keytips="K"'),
        ('keytip="K"', 'keytip="KKKK"'),
        ("<tabs>", "<tabs><button id='x'/>"),
        ('id="xlkpiTab"', 'id="1x"'),
        ('id="xlkpiImport"', ""),
        ('<menu id="xlkpiReportMenu"', '<menu size="large"'),
    ],
)
def test_the_schema_check_would_notice(old, new):
    text = (MACROS / addin.RIBBON).read_text(encoding="ascii")
    assert old in text
    assert list(misfits(ribbon(text.replace(old, new)), ROOT, schema()))


def test_every_callback_exists_with_the_right_arguments():
    vba = "\n".join(path.read_text(encoding="ascii") for path in MACROS.glob("*.bas"))
    called = {
        (name, value)
        for element in ribbon().iter()
        if isinstance(element.tag, str)
        for name, value in element.attrib.items()
        if name == "onAction" or name.startswith("get")
    }
    assert {name for name, _ in called} == set(SIGNATURES)
    for name, callback in called:
        assert f"Public Sub {callback}({SIGNATURES[name]})" in vba, callback
    # A ribbon callback in a private module might not be found.
    assert "Option Private Module" not in (MACROS / "Ribbon.bas").read_text(encoding="ascii")


def test_every_control_has_an_id_of_its_own_and_its_texts():
    elements = [e for e in ribbon().iter() if isinstance(e.tag, str) and e.get("id")]
    ids = [e.get("id") for e in elements]
    assert len(ids) == len(set(ids))
    for element in elements:
        id = element.get("id")
        for attribute, suffix in (
            ("getLabel", ""),
            ("getScreentip", ".tip"),
            ("getSupertip", ".help"),
        ):
            assert (f"{id}{suffix}" in texts()) == (attribute in element.attrib), f"{id}{suffix}"
        if etree.QName(element).localname in ("button", "menu"):
            assert "getLabel" in element.attrib
            assert "getSupertip" in element.attrib


def test_the_keyboard_reaches_every_button():
    """Key tips differ within a tab and within a menu."""
    root = ribbon()
    for scope in [root.find(f".//{{{SPACE}}}tab"), *root.iter(f"{{{SPACE}}}menu")]:
        reached = [
            e.get("keytip")
            for e in scope.iterdescendants()
            if isinstance(e.tag, str)
            and e.get("keytip")
            and next(a for a in e.iterancestors() if etree.QName(a).localname in ("tab", "menu"))
            is scope
        ]
        assert len(reached) == len(set(reached)), reached
    for button in root.iter(f"{{{SPACE}}}button"):
        assert button.get("keytip") or etree.QName(button.getparent()).localname == "splitButton", (
            button.get("id")
        )


def test_the_large_buttons_have_icons():
    for element in ribbon().iter(f"{{{SPACE}}}button", f"{{{SPACE}}}menu"):
        if element.get("size") == "large":
            assert element.get("imageMso"), element.get("id")


# -- the same bytes everywhere -------------------------------------------------------------------------

BUILD = (
    "import hashlib, os, sys; os.umask(int(sys.argv[2], 8)); from pathlib import Path; from xlkpi.excel.addin import build as addin; "
    "print(hashlib.sha256(addin.build(Path(sys.argv[1]))).hexdigest())"
)


def test_two_builds_are_the_same_bytes(built):
    assert addin.build() == built


@pytest.mark.parametrize("ends", [b"\r\n", b"\n"], ids=["CRLF", "LF"])
def test_a_build_elsewhere_is_the_same_bytes(built, tmp_path, ends):
    """Another folder, umask, time zone, locale and hash seed; a checkout with other line ends."""
    folder = tmp_path / "été"
    folder.mkdir()
    for path in MACROS.iterdir():
        (folder / path.name).write_bytes(path.read_bytes().replace(b"\r\n", ends))
    strange = {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.UTF-8",
        "LANG": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "7",
        "PYTHONUTF8": "0",
        "TMPDIR": str(folder),
    }
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(folder), "077"],
        cwd=tmp_path,
        env=os.environ | strange,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(built).hexdigest()


def test_the_command_writes_the_add_in(built, run, tmp_path):
    path = tmp_path / "xlkpi.xlam"
    assert run("addin", "build", path).code == 0
    assert path.read_bytes() == built


def test_without_pyopenvba_one_finding_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyopenvba", None)
    with pytest.raises(NotWritten) as refused:
        addin.build()
    assert refused.value.finding.code == "XK908"
    assert "pip install pyopenvba" in refused.value.finding.message("en")


@pytest.fixture
def hook():
    """The hook that hatchling runs when it makes a wheel."""
    pytest.importorskip("hatchling")
    root = MACROS.parent
    spec = importlib.util.spec_from_file_location("hatch_build", root / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.AddinHook(str(root), {}, None, None, "", "wheel")


def test_a_wheel_ships_the_add_in(hook, built):
    data = {"force_include": {}}
    hook.initialize("standard", data)
    ((path, target),) = data["force_include"].items()
    assert target == "xlkpi/data/xlkpi.xlam"
    assert Path(path).read_bytes() == built
    hook.finalize("standard", data, "")
    assert not Path(path).exists()


def test_an_editable_install_builds_it_when_asked(hook):
    data = {"force_include": {}}
    hook.initialize("editable", data)
    hook.finalize("editable", data, "")
    assert data == {"force_include": {}}
