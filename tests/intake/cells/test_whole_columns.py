"""A column is read as a whole: what one cell leaves open, the others decide, and the decision is told."""

from __future__ import annotations

import random
import time
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal
from hypothesis import example, given
from hypothesis import strategies as st

from xlkpi.core.texts import LANGUAGES
from xlkpi.intake.cells.columns import dates, excel_made_a_date, explain, ids, numbers

LOCALES = (
    "en_US",
    "en_GB",
    "fr_FR",
    "fr_CH",
    "de_DE",
    "de_CH",
    "es_ES",
    "pt_BR",
    "it_IT",
    "sv_SE",
    "pl_PL",
    "ru_RU",
    "fr_CA",
    "en_ZA",
)
TODAY = date(2026, 11, 22)
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.text(max_size=20),
    st.from_regex(
        r"[-+(]?[0-9]{1,3}([,. ’][0-9]{3}){0,2}([.,][0-9]{0,3})?[kM%€ )]{0,2}", fullmatch=True
    ),
    st.from_regex(
        r"[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}( [0-9]{2}:[0-9]{2})?", fullmatch=True
    ),
)


# -- numbers ---------------------------------------------------------------------------------------

#: What the column holds → values, by evidence of the column alone.
DECIDED = {
    "12,5 shows the comma": (["1,234", "12,5"], [1.234, 12.5]),
    "12.5 shows the point": (["1,234", "12.5"], [1234, 12.5]),
    "1.234,5 shows the comma": (["1,234", "1.234,5"], [1.234, 1234.5]),
    "1,234.5 shows the point": (["1,234", "1.234", "1,234.5"], [1234, 1.234, 1234.5]),
    "1.234.567 groups with the point": (["1.234", "1.234.567"], [1234, 1234567]),
    "1,234,567 groups with the comma": (["1,234", "1.234", "1,234,567"], [1234, 1.234, 1234567]),
    "0,125 is a decimal": (["1,234", "0,125"], [1.234, 0.125]),
    "four decimals": (["1.234", "0.0231"], [1.234, 0.0231]),
    "1 234,5": (["1,234", "1 234,5"], [1.234, 1234.5]),
    "a percentage": (["1,234", "3,4 %"], [1.234, 0.034]),
    "a rounded figure proves nothing": (["1,234", "12,5k", "1.1M"], [1234, 12500, 1.1e6]),
    "the proof comes last": (["1,234"] * 50 + ["0,5"], [1.234] * 50 + [0.5]),
    "bad cells prove nothing": (["1,234", "12,5 likes", "7"], [1234, None, 7]),
    "blanks prove nothing": (["1,234", "", "—", None], [1234, None, None, None]),
    "spreadsheet numbers prove nothing": (["1,234", 12.5], [1234, 12.5]),
}


@pytest.mark.parametrize("name", DECIDED)
def test_the_column_decides_what_a_cell_leaves_open(name):
    cells, values = DECIDED[name]
    read = numbers(cells, figure=False)
    assert read.values == values
    assert read.decision is not None


def test_a_count_has_no_three_decimals():
    for language in (None, *LANGUAGES, "de", "es", "pt"):
        assert numbers(["2,500", "2.500"], language=language).values == [2500, 2500]


def test_evidence_beats_what_counts_usually_are():
    assert numbers(["2,500", "2,5"]).values == [2.5, 2.5]


def test_a_grouped_count_does_not_make_another_one_a_decimal():
    assert numbers(["1.234.567", "2,500"]).values == [1234567, 2500]
    assert numbers(["1.234.567", "2,500"], figure=False).values == [1234567, 2.5]


def test_without_evidence_the_language_of_the_file_decides_rates_and_hours():
    assert [
        numbers(["1,234"], figure=False, language=language).values
        for language in (None, "en", "fr", "de")
    ] == [[1234], [1234], [1.234], [1.234]]
    assert numbers(["1.234"], figure=False, language="pt").values == [1234]


def test_a_column_that_writes_decimals_both_ways_leaves_out_what_it_cannot_tell():
    read = numbers(["12,5", "12.5", "1,234"], figure=False)
    assert (read.values, read.bad) == ([12.5, 12.5, None], [2])
    assert "both ways" in read.decision.en
    assert numbers(["12,5", "12.5", "1,234"]).values == [12.5, 12.5, 1234]


def test_the_decision_is_told_with_its_proof_and_count():
    read = numbers(["1,234", "12,5", "7,125"])
    assert (
        read.decision.en
        == '"1,234" was read as 1.234 (2 figures like it): "12,5" in the same column shows which mark '
        "is the decimal one"
    )
    assert "« 1,234 » a été lu 1,234" in read.decision.fr


def test_nothing_is_told_when_nothing_was_open():
    assert numbers(["12", "12,5", "1 234", "—"]).decision is None


def test_blank_is_unknown_and_never_zero():
    read = numbers([None, "", " ", "—", "n/a", "undefined", "NaN", "0", 0.0])
    assert read.values == [None] * 7 + [0, 0]
    assert read.bad == []


def test_what_is_no_number_is_listed():
    cells = [
        True,
        "TRUE",
        "abc",
        float("nan"),
        float("inf"),
        "1e5",
        "0x1F",
        "1_000",
        "#N/A",
        date(2026, 1, 2),
        "3 %",
        "7",
    ]
    read = numbers(cells)
    assert read.values == [None] * 11 + [7]
    assert read.bad == list(range(11))


def test_percentages_are_read_where_rates_are_wanted():
    assert numbers(["3,4 %", "50%"], figure=False).values == [0.034, 0.5]


def test_an_amount_in_another_currency_is_listed():
    read = numbers(["$12", "12 €", "12 EUR", "12"], currency="EUR")
    assert (read.values, read.bad) == ([None, 12, 12, 12], [0])
    assert numbers(["$12", "CA$12", "US$ 12"], currency="CAD").bad == [2]


def test_lossless_cleaning_is_counted():
    assert numbers(["12", "12.5", 7.0, "1 234", "12k", "1,234", "x", ""]).cleaned == 3


EXCEL_DATES = [
    "2-Jan",
    "02-janv",
    "janv-20",
    "Jan-20",
    "1-févr.",
    "12. Mai",
    "2-May",
    "01/02/2026",
    "1/2/2026",
    "02.01.2026",
    "2026-01-02",
    "2026-01-02 00:00:00",
    "3-ago",
    "5-dez",
    date(2026, 1, 2),
    datetime(2026, 1, 2),
]


@pytest.mark.parametrize("cell", EXCEL_DATES, ids=str)
def test_a_decimal_that_excel_made_a_date_is_refused_with_the_fix(cell):
    assert numbers([cell]).bad == [0]
    assert excel_made_a_date(cell)
    reason, fix = explain(cell)
    assert "Excel turned" in reason.en
    assert "export again" in fix.en


@pytest.mark.parametrize(
    "cell",
    ["1.2", "1,2", "12.05", "1.234.567", "abc", "", None, 12.0, True, "mars", "12 likes", "1-2"],
)
def test_other_cells_are_not_taken_for_excels_dates(cell):
    assert not excel_made_a_date(cell)


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("1.79E+16", "shortened"),
        ("#N/A", "error"),
        ("3 %", "percentage"),
        ("$5", "EUR"),
        ("12k?", "not a number"),
        (True, "not a number"),
    ],
)
def test_a_bad_cell_is_explained(cell, word):
    reason, fix = explain(cell, currency="EUR")
    assert word in reason.en
    assert all((*reason, *fix))


@given(
    st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=8),
    st.sampled_from(LOCALES),
)
def test_formatted_numbers_come_back_in_every_locale(values, locale):
    cells = [format_decimal(v, format="#,##0.00", locale=locale) for v in values]
    assert numbers(cells).values == [float(v) for v in values]


@given(st.lists(st.decimals(0, 10**6, places=3), min_size=1, max_size=8), st.sampled_from(LOCALES))
def test_three_decimals_come_back_when_one_cell_of_the_column_shows_the_mark(values, locale):
    cells = [
        format_decimal(v, format="#,##0.###", locale=locale) for v in [*values, Decimal("0.5")]
    ]
    assert numbers(cells, figure=False).values == [*(float(v) for v in values), 0.5]


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=8), st.sampled_from(LOCALES))
def test_formatted_counts_come_back_without_any_evidence(values, locale):
    cells = [format_decimal(v, locale=locale) for v in values]
    assert numbers(cells).values == values


@given(
    st.decimals(-(10**7), 10**7, places=2),
    st.sampled_from(LOCALES),
    st.sampled_from(["EUR", "USD", "CHF", "GBP"]),
)
def test_formatted_amounts_come_back(value, locale, currency):
    assert numbers([format_currency(value, currency, locale=locale)], currency=currency).values == [
        float(value)
    ]


@given(st.lists(CELLS, max_size=12), st.booleans(), st.sampled_from([None, "en", "fr", "de"]))
@example(["1,234"], False, None)
def test_any_column_gives_finite_numbers_and_a_balance(cells, figure, language):
    read = numbers(cells, figure=figure, language=language)
    assert len(read.values) == len(cells)
    assert all(v is None or abs(v) < float("inf") for v in read.values)
    assert read.bad == sorted(set(read.bad))
    assert all(read.values[i] is None and explain(cells[i]) for i in read.bad)


# -- dates -----------------------------------------------------------------------------------------

D = date.fromisoformat
MIXED = {
    "YYYY-MM-DD": ["2026-03-04", "2026-12-01"],
    "with a time": ["2026-03-04 09:10", "2026-12-01T00:00:00"],
    "TikTok": ["2026-03-04 09:10:59", "2026-12-01 0:05"],
    "with a zone": ["2026-03-04T23:59:59-08:00", "2026-12-01T00:00:00Z"],
    "Shopify": ["2026-03-04 10:15:00 -0400", "2026-12-01 10:15:00 +0200"],
    "slashes": ["2026/3/4", "2026/12/1"],
    "GA4": ["20260304", "20261201"],
    "GA4 in a spreadsheet": [20260304.0, 20261201.0],
    "Excel days": [46085.0, 46357.75],
    "Excel days as text": ["46085", "46357.75"],
    "real dates": [date(2026, 3, 4), datetime(2026, 12, 1, 23, 59)],
    "X": ["Wed, Mar 4, 2026", "Tue, Dec 1, 2026"],
    "legacy X": ["2026-03-04 09:10 +0000", "2026-12-01 09:10 +0000"],
    "old Twitter": ["Wed Mar 04 10:00:00 +0000 2026", "Tue Dec 01 10:00:00 +0000 2026"],
    "YouTube EN": ["Mar 4, 2026", "Dec 1, 2026"],
    "YouTube FR": ["4 mars 2026", "1 déc. 2026"],
    "YouTube FR, first of the month": ["4 mars 2026", "1er décembre 2026"],
    "YouTube FR, no-break spaces": ["4\u00a0mars\u00a02026", "1\u202fdéc.\u202f2026"],
    "YouTube DE": ["04.03.2026", "01.12.2026"],
    "YouTube DE, long": ["4. März 2026", "1. Dez. 2026"],
    "YouTube ES": ["4 mar 2026", "1 dic 2026"],
    "YouTube ES, long": ["4 de marzo de 2026", "1 de diciembre de 2026"],
    "YouTube PT": ["4 de mar. de 2026", "1 de dez. de 2026"],
    "weekday FR": ["mer. 4 mars 2026", "mardi 1er décembre 2026"],
    "weekday FR, mar.": ["mer. 4 mars 2026", "mar. 1 déc. 2026"],
    "weekday DE": ["Mittwoch, 4. März 2026", "Di, 01.12.2026"],
    "US with ordinals": ["March 4th, 2026", "December 1st, 2026"],
    "British": ["4 March 2026", "1 Dec 2026"],
    "short year": ["4-Mar-26", "1-Dec-26"],
    "browser": [
        "Wed Mar 04 2026 10:00:00 GMT+0100 (Central European Standard Time)",
        "Tue Dec 01 2026 10:00:00 GMT+0100",
    ],
    "AM and PM": ["Mar 4, 2026, 5:05\u202fPM", "December 1, 2026 at 10 AM"],
    "Canadian French": ["4 mars 2026, 17 h 05", "1 déc. 2026 à 9 h 05 min 09 s"],
    "invisible marks": ["\u200e2026-03-04\u200e", "\ufeff1 déc. 2026"],
}
#: Cells, the platform's rule → days, ambiguous indexes, bad indexes; the day of the import is 22 November 2026.
ORDERED = {
    "Meta, proved month first": (
        ["03/04/2026 10:00", "03/28/2026 09:00"],
        "mdy",
        ["2026-03-04", "2026-03-28"],
        [],
        [],
    ),
    "Meta FR fixture, proved day first": (
        ["03/04/2026 10:00", "28/03/2026"],
        "mdy",
        ["2026-04-03", "2026-03-28"],
        [],
        [],
    ),
    "Meta, not proved": (["03/04/2026", "01/02/2026"], "mdy", ["2026-03-04", "2026-01-02"], [], []),
    "day first by rule": (
        ["03/04/2026", "01/02/2026"],
        "dmy",
        ["2026-04-03", "2026-02-01"],
        [],
        [],
    ),
    "nothing known": (["03/04/2026", "05/05/2026"], None, ["2026-04-03", "2026-05-05"], [0], []),
    "the future decides": (
        ["11/10/2026", "12/11/2026"],
        None,
        ["2026-10-11", "2026-11-12"],
        [],
        [],
    ),
    "dots are day first": (
        ["03.04.2026", "01.02.2026"],
        "mdy",
        ["2026-04-03", "2026-02-01"],
        [],
        [],
    ),
    "short years": (["3/4/26", "3/28/26"], None, ["2026-03-04", "2026-03-28"], [], []),
    "contradiction": (
        ["28/03/2026", "29/03/2026", "03/30/2026", "03/04/2026"],
        "mdy",
        ["2026-03-28", "2026-03-29", None, "2026-04-03"],
        [3],
        [2],
    ),
    "one against one, the rule decides": (
        ["28/03/2026", "03/30/2026", "03/04/2026"],
        "mdy",
        [None, "2026-03-30", "2026-03-04"],
        [2],
        [0],
    ),
    "no day in any order": (["30/02/2026", "28/03/2026"], None, [None, "2026-03-28"], [], [0]),
    "Lifetime is no date": (
        ["Lifetime", "Total", "2026-03-04"],
        "mdy",
        [None, None, "2026-03-04"],
        [],
        [0, 1],
    ),
    "blanks": (["", None, "—", "2026-03-04"], None, [None, None, None, "2026-03-04"], [], []),
    "a range is no date": (
        ["01/03/2026 - 15/03/2026", "March 2026"],
        None,
        [None, None],
        [],
        [0, 1],
    ),
    "turned round by Excel": (
        [date(2026, 4, 3), date(2026, 5, 1), "28/04/2026"],
        None,
        ["2026-04-03", "2026-05-01", "2026-04-28"],
        [0, 1],
        [],
    ),
}
YEARLESS = {
    "over New Year": (
        ["December 30", "December 31", "January 1", "January 2"],
        "2026-06-10",
        ["2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02"],
    ),
    "over New Year, imported at the end of the year": (
        ["December 30", "December 31", "January 1"],
        "2026-12-31",
        ["2025-12-30", "2025-12-31", "2026-01-01"],
    ),
    "newest first": (
        ["2 janvier", "1er janvier", "31 décembre"],
        "2026-06-10",
        ["2026-01-02", "2026-01-01", "2025-12-31"],
    ),
    "French": (["19 avril", "20 avril"], "2026-04-20", ["2026-04-19", "2026-04-20"]),
    "a full year and a day": (
        ["June 10", "December 1", "March 1", "June 9", "June 10"],
        "2026-06-10",
        ["2026-06-10", "2025-12-01", "2026-03-01", "2026-06-09", "2026-06-10"],
    ),
    "no order": (
        ["October 2", "March 1", "December 25", "May 5"],
        "2026-06-10",
        ["2025-10-02", "2026-03-01", "2025-12-25", "2026-05-05"],
    ),
    "posts, newest first": (
        ["Nov 2", "Jul 3", "Mar 1"],
        "2026-09-01",
        ["2025-11-02", "2025-07-03", "2025-03-01"],
    ),
    "leap day": (
        ["February 28", "February 29", "March 1"],
        "2024-06-10",
        ["2024-02-28", "2024-02-29", "2024-03-01"],
    ),
    "shown short by Excel": (
        ["30-Dec", "31-Dec", "1-Jan"],
        "2026-06-10",
        ["2025-12-30", "2025-12-31", "2026-01-01"],
    ),
    "German": (["31. Dez.", "1. Jan."], "2026-06-10", ["2025-12-31", "2026-01-01"]),
}


def test_there_are_more_than_40_date_columns():
    """R15."""
    assert len(MIXED) + len(ORDERED) + len(YEARLESS) >= 40


@pytest.mark.parametrize("name", MIXED)
def test_a_date_column_is_read(name):
    read = dates(MIXED[name], today=TODAY)
    assert read.values == [D("2026-03-04"), D("2026-12-01")]
    assert (read.bad, read.ambiguous) == ([], [])


@pytest.mark.parametrize("name", ORDERED)
def test_day_and_month_are_decided_by_the_column_then_by_the_platform(name):
    cells, order, values, ambiguous, bad = ORDERED[name]
    read = dates(cells, order=order, today=TODAY)
    assert read.values == [v and D(v) for v in values]
    assert (read.ambiguous, read.bad) == (ambiguous, bad)


@pytest.mark.parametrize("name", YEARLESS)
def test_days_without_a_year_are_the_last_ones_and_stay_in_order(name):
    cells, today, values = YEARLESS[name]
    read = dates(cells, today=D(today))
    assert read.values == [D(v) for v in values]
    assert "without a year" in read.decision.en


def test_a_year_of_days_without_a_year_comes_back():
    days = [date(2025, 11, 23) + timedelta(n) for n in range(365)]
    assert dates([f"{d:%B} {d.day}" for d in days], today=TODAY).values == days
    assert dates([f"{d:%B} {d.day}" for d in reversed(days)], today=TODAY).values == days[::-1]


def test_days_without_a_year_need_the_day_of_the_import():
    assert dates(["August 31"]).bad == [0]


@pytest.mark.parametrize(
    ("cells", "order", "said"),
    [
        (["03/04/2026", "28/04/2026"], None, "day first, as 28/04/2026 shows"),
        (["03/04/2026"], "mdy", "month first, as this platform writes them"),
        (["03/04/2026"], None, "day and month could be the other way round"),
        (["12/11/2026"], None, "in the future"),
        (["28/03/2026", "28/04/2026", "03/30/2026"], None, "03/30/2026 contradicts it"),
    ],
)
def test_the_order_that_was_taken_is_told(cells, order, said):
    assert said in dates(cells, order=order, today=TODAY).decision.en


def test_nothing_is_told_of_dates_that_leave_nothing_open():
    assert dates(["2026-03-04", "28/03/2026", "1er mai 2026", 46112.0]).decision is None


@given(
    st.dates(date(2005, 1, 1), date(2030, 12, 31)),
    st.sampled_from(["medium", "long", "full"]),
    st.sampled_from(
        ["en_US", "en_GB", "fr_FR", "fr_CA", "de_DE", "de_AT", "es_ES", "es_MX", "pt_BR", "pt_PT"]
    ),
)
def test_days_with_the_name_of_the_month_come_back_in_five_languages(day, style, locale):
    assert dates([format_date(day, style, locale=locale)], order="dmy").values == [day]


@given(
    st.datetimes(datetime(2005, 1, 1), datetime(2030, 12, 31)),
    st.sampled_from(["medium", "long", "full"]),
    st.sampled_from(["en_US", "fr_FR", "de_DE", "es_ES", "pt_BR"]),
)
def test_times_and_zones_do_not_move_the_day(moment, style, locale):
    assert dates([format_datetime(moment, style, locale=locale)], order="dmy").values == [
        moment.date()
    ]


@given(
    st.lists(st.dates(date(2005, 1, 1), date(2030, 12, 31)), min_size=1),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]),
)
def test_a_column_in_one_order_comes_back_or_is_listed(days, order):
    read = dates([f"{d:{order}}" for d in days])
    assert read.bad == []
    assert all(
        v == d or i in read.ambiguous
        for i, (v, d) in enumerate(zip(read.values, days, strict=True))
    )
    assert dates([f"{d:{order}}" for d in days], order=order[1] + order[4] + "y").values == days


@given(
    st.lists(CELLS, max_size=12),
    st.sampled_from([None, "dmy", "mdy", "nonsense"]),
    st.none() | st.dates(),
)
def test_any_column_gives_days_or_lists_its_cells(cells, order, today):
    read = dates(cells, order=order, today=today)
    assert len(read.values) == len(cells)
    assert all(type(v) is date or v is None for v in read.values)
    assert all(read.values[i] is None for i in read.bad)
    assert all(read.values[i] for i in read.ambiguous)


# -- ids -------------------------------------------------------------------------------------------


def test_a_thousand_ids_are_exact_or_listed():
    """R15: as text they are exact; through Excel they are listed, unless their 15 digits survived."""
    draw = random.Random(17)
    ours = [
        str(draw.randrange(10 ** (n - 1), 10**n))
        for n in (5, 11, 15, 16, 17, 18, 19)
        for _ in range(143)
    ]
    assert len(ours) > 1000
    assert ids(ours).values == ours
    assert ids(ours).damaged == []
    through = ids([float(x) for x in ours])
    assert all(
        v == x if len(x) <= 15 else v is None and i in through.damaged
        for i, (v, x) in enumerate(zip(through.values, ours, strict=True))
    )
    shown = ids([f"{float(x):.2E}" if len(x) > 11 else x for x in ours])
    assert all(
        v == x or i in shown.damaged
        for i, (v, x) in enumerate(zip(shown.values, ours, strict=True))
    )
    zeros = ids([x[:15] + "0" * (len(x) - 15) for x in ours if len(x) > 15])
    assert len(zeros.damaged) == len(zeros.values)


EXACT = {
    " -pvZz7Zj4QM": "-pvZz7Zj4QM",
    "'-pvZz7Zj4QM": "-pvZz7Zj4QM",
    '="17912345678901234"': "17912345678901234",
    "'1791234567890123456": "1791234567890123456",
    "\ufeff123\u200e": "123",
    "_mf5P4uoMNk": "_mf5P4uoMNk",
    "0012": "0012",
    "17841_17912": "17841_17912",
    "urn:li:share:7123456789012345678": "urn:li:share:7123456789012345678",
    "1e5AbCdEfGh": "1e5AbCdEfGh",
    "=dQw4w9WgXc": "=dQw4w9WgXc",
    "+aB": "+aB",
    "123.0": "123",
    "@12": "@12",
    "p 1": "p 1",
}
BROKEN = [
    "1.79E+16",
    "1,79E+16",
    "1.79123456789012E+17",
    "1791234567890123456.0",
    1.79e16,
    1e15,
    float("nan"),
    float("inf"),
    12.5,
    True,
    date(2026, 1, 2),
    "#NAME?",
    "#NOM?",
    "########",
]


@pytest.mark.parametrize(("cell", "id"), EXACT.items())
def test_an_id_is_text_from_end_to_end(cell, id):
    assert ids([cell]).values == [id]


@pytest.mark.parametrize("cell", BROKEN, ids=str)
def test_an_id_that_excel_damaged_is_listed_and_matches_no_post(cell):
    assert ids([cell]) == ids([cell])
    assert (ids([cell]).values, ids([cell]).damaged) == ([None], [0])


def test_no_id_is_no_damage():
    assert ids(["", None, "—", "-", " "]).values == [None] * 5
    assert ids(["", None, "—"]).damaged == []


def test_an_honest_id_may_end_in_zeros():
    draw = random.Random(3)
    honest = [str(draw.randrange(10**17, 10**18)) for _ in range(999)] + ["179123456789012000"]
    assert ids(honest).damaged == []
    assert ids(["179123456789012000"]).damaged == []


@given(st.lists(CELLS, max_size=12))
def test_any_column_gives_ids_or_lists_its_cells(cells):
    read = ids(cells)
    assert len(read.values) == len(cells)
    assert all(v is None or (v and v == v.strip()) for v in read.values)
    assert all(read.values[i] is None for i in read.damaged)


# -- speed -----------------------------------------------------------------------------------------


def test_a_hundred_thousand_cells_take_a_moment():
    """Three times the time that a quiet machine of 2024 needs, so that a slow one does not cry wolf."""
    draw = random.Random(1)
    plain = [str(draw.randrange(10**7)) for _ in range(100_000)]
    grouped = [f"{int(p):,}".replace(",", "\u202f") for p in plain]
    started = time.process_time()
    numbers(plain)
    assert time.process_time() - started < 0.15
    started = time.process_time()
    numbers(grouped)
    assert time.process_time() - started < 1.5
