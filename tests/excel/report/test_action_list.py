"""The Actions sheet carries what people typed into it to every next report, and no row of theirs is lost."""

from __future__ import annotations

from datetime import date, datetime

import openpyxl
import pytest

COLUMNS = ("priority", "action", "kpi", "campaign", "why", "owner", "due", "state", "first", "key")


def rows(path, sheet: str = "Actions") -> list[dict[str, object]]:
    found = [
        dict(zip(COLUMNS, (c.value for c in row), strict=True))
        for row in openpyxl.load_workbook(path)[sheet].iter_rows(min_row=5, max_col=10)
    ]
    return [row for row in found if row["action"]]


def put(path, changes: dict[str, object], sheet: str = "Actions") -> None:
    """As a person would, in a spreadsheet program that saves the whole file anew."""
    book = openpyxl.load_workbook(path)
    for cell, value in changes.items():
        book[sheet][cell].value = value
        if isinstance(value, str):
            book[sheet][cell].data_type = "s"
    book.save(path)


def test_a_report_proposes_its_most_pressing_problems(run, sample, language):
    path = sample(language)
    said = run("report", path, "--in-place", "--json", language=language).json
    listed = rows(path)
    assert [r["action"] for r in listed] == [a["action"] for a in said["actions"]]
    assert said["actions"][0]["key"].startswith(said["campaigns"][0])
    assert len(listed) == sum(not p["strength"] for p in said["recommendations"])
    assert {r["state"] for r in listed} == {{"en": "To do", "fr": "À faire"}[language]}
    assert all(isinstance(r["first"], datetime) for r in listed)


def test_owner_date_state_and_words_survive_refreshes(run, sample):
    path = sample()
    run("report", path, "--in-place")
    put(
        path,
        {
            "F5": "Ana",
            "G5": date(2026, 12, 24),
            "H5": "In progress",
            "B6": "Ask Léa first",
            "F6": "Noé",
        },
    )
    before = rows(path)
    for language in ("en", "fr", "en"):
        said = run("report", path, "--in-place", "--json", "--lang", language).json["actions"]
        assert (said[0]["owner"], said[0]["due"], said[0]["state"]) == (
            "Ana",
            "2026-12-24",
            "doing",
        )
        assert (said[1]["action"], said[1]["owner"]) == ("Ask Léa first", "Noé")
    after = rows(path)
    assert after == before


def test_a_persons_own_rows_stay_also_behind_the_table(run, sample):
    path = sample()
    run("report", path, "--in-place")
    last = 5 + len(rows(path))
    put(
        path,
        {
            f"B{last}": "Call the printer",
            f"F{last}": "Zoé",
            f"G{last}": "after Easter",
            f"B{last + 1}": "=not a formula",
            f"H{last + 1}": "waiting",
        },
    )
    for _ in range(2):
        run("report", path, "--in-place")
        listed = rows(path)
        assert [(r["action"], r["owner"], r["due"], r["state"]) for r in listed[-2:]] == [
            ("Call the printer", "Zoé", "after Easter", "To do"),
            ("=not a formula", None, None, "waiting"),
        ]
    book = openpyxl.load_workbook(path)
    assert book["Actions"].tables["Actions"].ref == f"A4:J{4 + len(listed)}"


def test_done_ones_go_to_the_end(run, sample):
    path = sample()
    run("report", path, "--in-place")
    first = rows(path)[0]["action"]
    put(path, {"H5": "Done"})
    run("report", path, "--in-place")
    assert (rows(path)[-1]["action"], rows(path)[-1]["state"]) == (first, "Done")


@pytest.mark.parametrize("said", ["Fait", "terminée", "FINI"])
def test_an_action_called_done_in_other_words_is_done(run, sample, said):
    """ "Fait" for "Faite" is no other state: it was counted as open and stayed on top."""
    path = sample("fr")
    run("report", path, "--in-place", language="fr")
    first = rows(path)[0]["action"]
    put(path, {"H5": said})
    run("report", path, "--in-place", language="fr")
    assert (rows(path)[-1]["action"], rows(path)[-1]["state"]) == (first, "Faite")


def test_what_is_typed_in_an_output_survives_its_overwriting(tmp_path, run, sample):
    path, out = sample(), tmp_path / "campaign-report.xlsx"
    run("report", path)
    put(out, {"F5": "Ana", f"B{5 + len(rows(out))}": "My own"})
    run("report", path)
    assert rows(out)[0]["owner"] == "Ana"
    assert rows(out)[-1]["action"] == "My own"
    assert len({r["action"] for r in rows(out)}) == len(rows(out)), "nothing twice"


def test_what_other_campaigns_ask_for_stays(run, sample):
    path = sample()
    run("report", path, "--in-place", "--campaign", "Spring glow")
    put(path, {"F5": "Ana"})
    spring = rows(path)
    run("report", path, "--in-place", "--campaign", "Winter care")
    assert [r for r in rows(path) if r["campaign"] == "Spring glow"] == spring
    run("report", path, "--in-place", "--campaign", "Spring glow")
    assert [r for r in rows(path) if r["campaign"] == "Spring glow"] == spring


@pytest.mark.parametrize("rename", ["Plan", "It's ours"])
def test_a_renamed_and_moved_list_is_still_found(run, sample, rename):
    path = sample()
    run("report", path, "--in-place")
    book = openpyxl.load_workbook(path)
    for name in list(book.defined_names):
        if name.startswith("actions_"):
            quoted, entry = rename.replace("'", "''"), book.defined_names[name]
            entry.attr_text = f"'{quoted}'!{entry.attr_text.rpartition('!')[2]}"
    book["Actions"].title = rename
    book.save(path)
    put(path, {"F5": "Ana"}, rename)
    run("report", path, "--in-place")
    assert rows(path, rename)[0]["owner"] == "Ana"
