"""A comment that a person typed beside a KPI is never lost: not by a refresh, a switch of campaign or a language."""

from __future__ import annotations

import openpyxl
import pytest

from tests.helpers.books import cell_of

TEXT = "  Strong start,\nthen = quiet “été” 🌞 <&> "


def type_comment(path, row: int, text: str, sheet: str = "Report") -> None:
    """As a person would, in a spreadsheet program that saves the whole file anew."""
    book = openpyxl.load_workbook(path)
    cell = book[sheet].cell(row, 7)
    cell.value = text
    cell.data_type = "s"
    book.save(path)


def comments(path, sheet: str = "Report") -> dict[str, object]:
    return {
        str(cell_of(path, sheet, f"B{r}")): cell_of(path, sheet, f"G{r}")
        for r in range(7, 14)
        if cell_of(path, sheet, f"B{r}")
    }


def test_comment_survives_refreshes_in_place(run, sample):
    path = sample()
    run("report", path, "--in-place")
    type_comment(path, 7, TEXT)
    for _ in range(3):
        assert run("report", path, "--in-place").code in (0, 1)
        assert comments(path)["Reach"] == TEXT.strip()


def test_comment_travels_from_the_workbook_to_a_new_output(tmp_path, run, sample):
    path = sample()
    run("report", path, "--in-place")
    type_comment(path, 9, "Reels did it")
    assert run("report", path, "-o", tmp_path / "out.xlsx").code in (0, 1)
    assert comments(tmp_path / "out.xlsx")["Engagement rate"] == "Reels did it"


def test_comment_typed_in_an_output_survives_its_overwriting(tmp_path, run, sample):
    path, out = sample(), tmp_path / "campaign-report.xlsx"
    run("report", path)
    type_comment(out, 8, "Paid boost in week 2")
    said = run("report", path)
    assert said.code in (0, 1)
    assert comments(out)["Impressions"] == "Paid boost in week 2"


def test_comment_typed_last_wins(tmp_path, run, sample):
    path, out = sample(), tmp_path / "campaign-report.xlsx"
    run("report", path)
    for text in ("first", "second"):
        type_comment(out, 7, text)
        run("report", path)
    assert comments(out)["Reach"] == "second"


def test_comment_returns_with_its_campaign(run, sample):
    path = sample()
    run("report", path, "--in-place", "--campaign", "Spring glow")
    type_comment(path, 7, "spring remark")
    run("report", path, "--in-place", "--campaign", "Winter care")
    assert comments(path)["Reach"] is None, "a remark on one campaign must not stand beside another"
    type_comment(path, 7, "winter remark")
    run("report", path, "--in-place", "--campaign", "Spring glow")
    assert comments(path)["Reach"] == "spring remark"
    run("report", path, "--in-place", "--campaign", "Winter care")
    assert comments(path)["Reach"] == "winter remark"


def test_comment_returns_with_its_kpi(tmp_path, run, sample):
    path = sample()
    run("report", path, "--in-place")
    type_comment(path, 10, "shop was closed")

    def objective(kpi):
        book = openpyxl.load_workbook(path)
        book["Objectives"]["C5"].value = kpi
        book.save(path)

    assert cell_of(path, "Objectives", "C5") == "Conversions"
    objective("Saves")
    run("report", path, "--in-place")
    assert "Conversions" not in comments(path)
    assert "shop was closed" not in comments(path).values()
    objective("Conversions")
    run("report", path, "--in-place")
    assert comments(path)["Conversions"] == "shop was closed"


def test_comment_survives_a_change_of_language(run, sample):
    path = sample()
    run("report", path, "--in-place")
    type_comment(path, 9, "Reels did it")
    run("report", path, "--in-place", "--lang", "fr")
    assert comments(path)["Taux d’engagement"] == "Reels did it"
    run("report", path, "--in-place", "--lang", "en")
    assert comments(path)["Engagement rate"] == "Reels did it"


def test_comment_follows_its_kpi_when_objectives_are_reordered(run, sample):
    path = sample()
    run("report", path, "--in-place")
    type_comment(path, 7, "about reach")
    book = openpyxl.load_workbook(path)
    sheet = book["Objectives"]
    for column in range(1, 8):
        one, two = sheet.cell(2, column), sheet.cell(4, column)
        one.value, two.value = two.value, one.value
    book.save(path)
    run("report", path, "--in-place")
    assert comments(path)["Reach"] == "about reach"
    assert next(iter(comments(path))) == "Engagement rate"


def test_comments_on_all_campaigns_together_stay_apart(run, sample):
    path = sample()
    book = openpyxl.load_workbook(path)
    sheet, at = next(iter(book.defined_names["setting_scope"].destinations))
    book[sheet][at.replace("$", "")].value = "All campaigns"
    sheet, at = next(iter(book.defined_names["setting_campaign"].destinations))
    book[sheet][at.replace("$", "")].value = None
    book.save(path)
    assert run("report", path, "--in-place").code in (0, 1)
    shown = comments(path)
    assert {"Reach · Spring glow", "Reach · Winter care"} & shown.keys()
    row = 7 + list(shown).index("Reach · Spring glow")
    type_comment(path, row, "only spring")
    run("report", path, "--in-place")
    assert [k for k, v in comments(path).items() if v == "only spring"] == ["Reach · Spring glow"]


@pytest.mark.parametrize("text", ["=1+1", "-5", "@ana", "12", "x" * 5000, "two\nlines"])
def test_comment_comes_back_as_it_was_typed(run, sample, text):
    path = sample()
    run("report", path, "--in-place")
    type_comment(path, 7, text)
    run("report", path, "--in-place")
    run("report", path, "--in-place")
    assert comments(path)["Reach"] == text


def test_an_erased_comment_stays_erased(run, sample):
    path = sample()
    run("report", path, "--in-place")
    type_comment(path, 7, "oops")
    run("report", path, "--in-place")
    type_comment(path, 7, "")
    run("report", path, "--in-place")
    assert comments(path)["Reach"] is None


# -- a report that a person changed is kept ---------------------------------------------------------


def backups(folder) -> list:
    return sorted(folder.glob("*.bak.xlsx"))


def test_an_edited_output_is_kept_as_a_dated_backup(tmp_path, run, sample):
    path, out = sample(), tmp_path / "campaign-report.xlsx"
    run("report", path)
    book = openpyxl.load_workbook(out)
    book["Report"]["S2"] = "my own table"
    book.save(out)
    edited = out.read_bytes()
    said = run("report", path)
    assert [b.read_bytes() for b in backups(tmp_path)] == [edited]
    assert backups(tmp_path)[0].name in said.out


def test_an_output_that_nobody_touched_is_simply_replaced(tmp_path, run, sample):
    path = sample()
    for _ in range(3):
        assert run("report", path).code in (0, 1)
    assert not backups(tmp_path)


def test_json_shows_the_comments(run, sample):
    path = sample()
    run("report", path, "--in-place")
    type_comment(path, 7, "for machines too")
    assert run("report", path, "--json").json["kpis"][0]["comment"] == "for machines too"
