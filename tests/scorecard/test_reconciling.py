"""R5, R13, R16: every row is accounted for, every sum is right, every error cell is told, and a full sheet is read in a minute."""

from __future__ import annotations

import re
import time
import zipfile
from pathlib import Path

import pytest

from tests.helpers import books
from tests.scorecard import tables
from tests.scorecard.lab import Lab, Outcome
from tests.scorecard.scorecard import times

FULL = 1_048_576


def test_rows_and_amounts_reconcile(tmp_path, lab: Lab, figures):
    """R13."""
    count, failed = times(2_000, 25), []
    started = time.perf_counter()
    for first in range(0, count, 100):
        said = lab.call(
            "tests.scorecard.tables:batch",
            first,
            min(first + 100, count),
            str(tmp_path),
            seconds=600,
        )
        assert not isinstance(said, Outcome), said
        failed += said
    figures.add(
        "R13", count, count - len({number for number, _ in failed}), time.perf_counter() - started
    )
    assert not failed, f"{len(failed)}: {failed[:5]}"


def test_generated_tables_hold_every_kind_of_row():
    """Otherwise the reconciliation above would show little."""
    wanted = [tables.table(n)[1] for n in range(60)]
    for kind in ("used", "other", "excluded", "blank"):
        assert sum(getattr(w, kind) for w in wanted) > 50, kind
    assert all(sum(w.known.get(header, 0) for w in wanted) > 100 for header in tables.FIGURES)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_error_cell_is_told_with_its_place(tmp_path, lab: Lab, figures, language):
    """R16: in Posts every kind of error in every input column; one in each column of the small tables."""
    path = tmp_path / "book.xlsx"
    wrong = tables.every_error(path, language)
    assert len(wrong) > 250
    assert {""} | set(tables.ERRORS) == set(wrong.values())
    said = lab.run("check", path, "--json", language=language)
    assert said.code in (1, 3), said
    import json

    text = said.out or said.err
    told: dict[tuple[str, str], dict[str, str]] = {}
    if said.out:
        for f in json.loads(said.out)[
            "findings"
        ]:  # of two findings about a cell, one names its error
            before = told.get((f["sheet"], f["cell"]), {"message": ""})["message"]
            told[f["sheet"], f["cell"]] = {"message": f"{before} {f['message']}"}
    else:
        told = {
            (m[1].strip(), m[2]): {"value": "", "message": m[0]}
            for m in re.finditer(r"([\w’ ]+)!([A-Z]+\d+).*", text)
        }
    for (sheet, cell), error in wrong.items():
        with figures.case("R16"):
            assert (sheet, cell) in told, (sheet, cell, error)
            if said.out:
                assert error in told[sheet, cell]["message"], (told[sheet, cell], error)


def full_sheet(path: Path, rows: int) -> float:
    """A Posts sheet of so many rows and 8 columns, and the sum of its reach."""
    headers = ("Post ID", "Date", "Network", "Reach", "Likes", "Comments", "Revenue", "Cost")
    base = books.parts_of(
        books.raw(
            path, books.inline([headers]), shared="<si><t>Instagram</t></si><si><t>X</t></si>"
        )
    )
    sheet = "xl/worksheets/sheet2.xml"
    head, tail = base[sheet].split(b"</sheetData>")
    total = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in base.items():
            if name != sheet:
                archive.writestr(name, data)
        with archive.open(sheet, "w") as part:
            part.write(head)
            for first in range(2, rows + 1, 20_000):
                lines = []
                for r in range(first, min(first + 20_000, rows + 1)):
                    reach = r * 7919 % 100_003
                    total += reach
                    lines.append(
                        f'<row r="{r}"><c r="A{r}" t="inlineStr"><is><t>p{r}</t></is></c><c r="B{r}"><v>{46_000 + r % 90}</v></c>'
                        f'<c r="C{r}" t="s"><v>{r % 2}</v></c><c r="D{r}"><v>{reach}</v></c><c r="E{r}"><v>{reach // 30}</v></c>'
                        f'<c r="F{r}"><v>{reach // 300}</v></c><c r="G{r}"><v>{reach % 977 / 100}</v></c>'
                        f'<c r="H{r}"><v>{r % 50}</v></c></row>'
                    )
                part.write("".join(lines).encode())
            part.write(b"</sheetData>" + tail)
    return total


def test_a_full_sheet_is_read_in_a_minute(tmp_path, lab: Lab, figures):
    """R5.  Time of the processor where it is less than the clock's: other programs run on the machine too."""
    import json

    rows = times(FULL, 100_000)
    path = tmp_path / "full.xlsx"
    reach = full_sheet(path, rows)
    said = lab.run("report", path, "--json", memory=2 << 30, seconds=600)
    took = min(said.seconds, said.cpu)
    figures.worst("R5", "for this many rows:", rows, "")
    figures.worst("R5", "seconds", took, "s")
    figures.worst("R5", "memory", said.grown / (1 << 20), "MB")
    with figures.case("R5"):
        assert said.code == 0, said.err[-500:]
        found = json.loads(said.out)
        assert found["rows"]["total"] == found["rows"]["used"] == rows - 1
        assert next(k for k in found["kpis"] if k["id"] == "reach")["actual"] == reach
        assert took <= 60 * rows / FULL, said
