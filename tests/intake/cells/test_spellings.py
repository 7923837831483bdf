"""Numbers and dates as people write them: read exactly, or refused, never guessed wrong."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlkpi.core.days import number_of, serial_date
from xlkpi.core.texts import LANGUAGES
from xlkpi.intake.cells.numbers import MISSING, is_ambiguous, parse_date, parse_number

SPACES = "\u0020\u00a0\u202f\u2009"

SAME_IN_BOTH = {
    "0": 0,
    "7": 7,
    "1234": 1234,
    "-5": -5,
    "+5": 5,
    "−5": -5,
    "(500)": -500,
    "1 234": 1234,
    "1\u00a0234": 1234,
    "1\u202f234": 1234,
    "1\u2009234": 1234,
    "12 345 678": 12345678,
    "1'234": 1234,
    "1’234’567": 1234567,
    "1.234,5": 1234.5,
    "1,234.5": 1234.5,
    "1 234,5": 1234.5,
    "1 234.5": 1234.5,
    "1'234.50": 1234.5,
    "1.234.567": 1234567,
    "1,234,567": 1234567,
    "1.234.567,89": 1234567.89,
    "1,234,567.89": 1234567.89,
    "0.034": 0.034,
    "0,034": 0.034,
    ".5": 0.5,
    ",5": 0.5,
    "12.5": 12.5,
    "12,5": 12.5,
    "1234.567": 1234.567,
    "1234,567": 1234.567,
    "3.4%": 0.034,
    "3,4 %": 0.034,
    "3,4\u202f%": 0.034,
    "85%": 0.85,
    "100 %": 1,
    "12k": 12000,
    "12 k": 12000,
    "12K": 12000,
    "1.1M": 1.1e6,
    "1,1M": 1.1e6,
    "1,1 M": 1.1e6,
    "2.5k": 2500,
    "1.234k": 1234,
    "1,234k": 1234,
    "3 Md": 3e9,
    "2bn": 2e9,
    "€12": 12,
    "12 €": 12,
    "12€": 12,
    "$1,234.50": 1234.5,
    "£12.00": 12,
    "12 EUR": 12,
    "USD 12": 12,
    "1 234,50 €": 1234.5,
    "(1 234,50 €)": -1234.5,
    "１２３": 123,
    "１２，５": 12.5,
    "٣٤٥": 345,
    "۳۴۵": 345,
    "٣٫٥": 3.5,
    "\u200f12": 12,
    "12\u200e": 12,
    "1\u00ad234": 1234,
    "\ufeff12": 12,
    "\u200b12": 12,
    "  12  ": 12,
    "\t12": 12,
    "012": 12,
    "1.0": 1,
    "1,00": 1,
    # signs and currencies on either side
    "- 5": -5,
    "-€5": -5,
    "€-5": -5,
    "€ -5": -5,
    "-5 €": -5,
    "−1 234,5": -1234.5,
    "-$1,234.50": -1234.5,
    "($1,234.50)": -1234.5,
    "(5 €)": -5,
    "（500）": -500,
    "\u22125\u00a0€": -5,
    "+1 234": 1234,
    "12 euros": 12,
    "12.50 CHF": 12.5,
    "CHF 1'234.50": 1234.5,
    "Fr. 12.50": 12.5,
    "R$ 1.234,56": 1234.56,
    "1.234,56 R$": 1234.56,
    "1 234,50 kr": 1234.5,
    "1 234,50 zł": 1234.5,
    "₹1,234.50": 1234.5,
    "¥1,234,567": 1234567,
    "￥500": 500,
    "CA$12": 12,
    "1 234,50 $ CA": 1234.5,
    "$12 USD": 12,
    "12 MAD": 12,
    "12 000 FCFA": 12000,
    "12 £GB": 12,
    "US$ 12": 12,
    # scales in the languages of the exports
    "12 k€": 12000,
    "12k€": 12000,
    "12 keur": 12000,
    "1,2 M€": 1.2e6,
    "$1.2M": 1.2e6,
    "12 Tsd.": 12000,
    "12 Tsd": 12000,
    "1,2 Mio.": 1.2e6,
    "1,2 Mio. €": 1.2e6,
    "3,4 Mrd.": 3.4e9,
    "1,2 mi": 1.2e6,
    "1,2 mln": 1.2e6,
    "2 millions": 2e6,
    "1.5 million": 1.5e6,
    "3 milliards": 3e9,
    "12 mille": 12000,
    "12 thousand": 12000,
    "12 тыс.": 12000,
    "1,2 млн": 1.2e6,
    "2 millones": 2e6,
    "2 milhões": 2e6,
    "1.2 bi": 1.2e9,
    "-12,5k": -12500,
    # other digits and marks
    "१२३": 123,
    "١٬٢٣٤٬٥٦٧": 1234567,
    "٣٫٤٪": 0.034,
    "3.4％": 0.034,
    "%3,4": 0.034,
    "１，２３４．５": 1234.5,
    "1ʼ234": 1234,
    "1‘234": 1234,
    "1\u2007234": 1234,
    "1\u2008234": 1234,
    "12\u2060": 12,
    "\u206612\u2069": 12,
    "12\u00a0345,67\u00a0€": 12345.67,
    "\u202a1 234\u202c": 1234,
    # kept from Excel by an apostrophe or a formula of text
    '="1234"': 1234,
    '="1 234,5"': 1234.5,
    "'1234": 1234,
    "'-5": -5,
}
BY_LANGUAGE = {
    "1,234": (1234, 1.234),
    "1.234": (1.234, 1234),
    "12,345": (12345, 12.345),
    "12.345": (12.345, 12345),
}
BLANKS = (
    "",
    " ",
    "\u00a0",
    "---",
    "n/d",
    "s/d",
    "k. A.",
    "sem dados",
    "(null)",
    "−",
    "non disponible",
    "-",
    "--",
    "—",
    "–",
    "n/a",
    "N/A",
    "NA",
    "nan",
    "NAN",
    "NaN",
    "undefined",
    "null",
    "None",
    "nc",
    "N.C.",
    "nd",
)
REFUSED = (
    "1_000",
    "0x1F",
    "1e5",
    "1E+05",
    "inf",
    "-inf",
    "Infinity",
    "TRUE",
    "VRAI",
    "abc",
    "12k?",
    "12,3k?",
    "~12",
    "about 12",
    "12 likes",
    "1 2 3",
    "1,2,3",
    "1.2.3",
    "12,34,567",
    "1,23,456.7",
    "1.234.56",
    "12..5",
    "12,,5",
    "5-",
    "--5",
    "+-5",
    "12-13",
    "1/2",
    "12:30",
    "5%%",
    "k",
    "%",
    "€",
    "=1+1",
    "@12",
    "1 234 5",
    "12 3456",
    "½",
    "²",
    "1200¹",
    "12 000²",
    "①",
    "١٢a",
    "#N/A",
    "1kk",
    "12kg",
    # shortened by Excel, or made a date, a time or an error by it
    "1.79E+16",
    "1,79E+16",
    "1.79e+16",
    "2-Jan",
    "janv-20",
    "01/02/2026",
    "2026-01-02",
    "0:27",
    "1:02:03",
    "#DIV/0!",
    "#REF!",
    "#¡VALOR!",
    "########",
    # figures with words, doubts and notes
    "5 000 vues",
    "12 h",
    "12 s",
    "12 min",
    "12 mn",
    "≈12",
    "<10",
    "> 1000",
    "12+",
    "12*",
    "12 ± 1",
    "ca. 12",
    "12 €/mois",
    "12 (organique)",
    "12‰",
    "2b",
    "1,2 mil",
    "12 mk",
    # signs that disagree or stand alone
    "$12 €",
    "5 % €",
    "(12",
    "12)",
    "(-5)",
    "-(5)",
    "- -5",
    "+",
    ".",
    ",",
    "1.",
    "1,",
    "'",
    "= 12",
    "12 =",
    # marks that make no sense
    "1,234.5.6",
    "12,34.5",
    "1 23 456",
    "1'23",
    "1..234",
    "1,234.567,8",
    "1.234'567",
    "1 ,5",
    "0b1",
    "0o7",
    "1j",
    "1L",
    "Ⅻ",
    "1/2",
    "1⁄2",
    '"12"',
    "12;5",
)


def test_there_are_more_than_180_spellings():
    """R15."""
    assert len(SAME_IN_BOTH) + len(BY_LANGUAGE) + len(set(BLANKS)) + len(set(REFUSED)) >= 180 * 1.5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("text", "value"), SAME_IN_BOTH.items())
def test_spelling_is_read_exactly(text, value, language):
    assert parse_number(text, language) == value


@pytest.mark.parametrize(("text", "values"), BY_LANGUAGE.items())
def test_ambiguous_mark_is_read_as_the_language_writes_it(text, values):
    assert (parse_number(text, "en"), parse_number(text, "fr")) == values


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", BLANKS)
def test_written_blank_is_missing_not_zero(text, language):
    assert parse_number(text, language) is MISSING


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_a_number_is_refused(text, language):
    assert parse_number(text, language) is None


@given(st.text(max_size=30), st.sampled_from(LANGUAGES))
def test_any_text_gives_a_finite_number_a_blank_or_a_refusal(text, language):
    value = parse_number(text, language)
    assert value is None or value is MISSING or abs(value) < float("inf")


@pytest.mark.parametrize(
    "text", ["9" * 400, "9" * 309 + ".5", "1" + "0" * 308 + "k", "1 " + "000 " * 120 + "000"]
)
def test_a_number_beyond_all_numbers_is_refused(text):
    """Infinity in a sum would spread over the report and is no JSON."""
    assert parse_number(text) is None


@given(
    st.integers(0, 10**12), st.integers(0, 99), st.sampled_from(SPACES), st.sampled_from(LANGUAGES)
)
def test_grouped_figures_come_back(whole, cents, space, language):
    point = "," if language == "fr" else "."
    text = f"{whole:,}".replace(",", space) + f"{point}{cents:02d}"
    assert parse_number(text, language) == float(f"{whole}.{cents:02d}")


DATES = {
    "2026-03-31": "2026-03-31",
    "2026/3/1": "2026-03-01",
    "31/03/2026": "2026-03-31",
    "03/31/2026": "2026-03-31",
    "31.03.2026": "2026-03-31",
    "31-3-26": "2026-03-31",
    "31 03 2026": "2026-03-31",
    "2026-03-31T10:00:00Z": "2026-03-31",
    "2026-03-31 23:59": "2026-03-31",
    " 2026-03-31 ": "2026-03-31",
    "\u200e31/03/2026": "2026-03-31",
    "29/02/2024": "2024-02-29",
    "2026-03-31T00:00:00+02:00": "2026-03-31",
    "31 mars 2026": "2026-03-31",
    "1er mai 2026": "2026-05-01",
    "Mar 31, 2026": "2026-03-31",
    "31. März 2026": "2026-03-31",
}
NO_DATES = (
    "",
    "soon",
    "2026-13-01",
    "2026-02-30",
    "31/31/2026",
    "29/02/2026",
    "0000-01-01",
    "20260331",
    "3/2026",
    "2026-03",
    "1/2/3/4",
    "12",
    "31/03/20266",
    "31/03/2026 - 15/04/2026",
    "31 mars",
    "mars 2026",
    "Jan-20",
    "2026-03-31 ?",
)


@pytest.mark.parametrize(("text", "day"), DATES.items())
def test_written_date_is_read(text, day):
    assert parse_date(text) == date.fromisoformat(day)


def test_ambiguous_date_is_day_first_as_in_our_workbooks_and_known_to_be_ambiguous():
    assert parse_date("03/04/2026") == date(2026, 4, 3)
    assert is_ambiguous("03/04/2026")
    assert not any(map(is_ambiguous, ("31/03/2026", "03/31/2026", "2026-03-04", "03/03/2026")))


@pytest.mark.parametrize("text", ["2,500", "2.500", "€ 2,500", "2 500"])
def test_a_count_or_an_amount_has_no_three_decimals(text):
    """A French sheet read "2,500" as two and a half, and a return on spend came out a thousand times too good."""
    assert {parse_number(text, language, figure=True) for language in LANGUAGES} == {2500.0}


def test_an_amount_in_another_currency_is_not_the_workbooks():
    assert parse_number("$100", figure=True, currency="EUR") is None
    assert parse_number("CHF 100", figure=True, currency="CHF") == 100


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_not_a_date_is_refused(text):
    assert parse_date(text) is None


@given(st.text(max_size=25), st.sampled_from(LANGUAGES))
def test_any_text_gives_a_date_or_a_refusal(text, language):
    assert parse_date(text) is None or isinstance(parse_date(text), date)


@given(st.dates(date(1904, 1, 2), date(9999, 12, 31)))
def test_day_numbers_come_back_in_both_calendars(day):
    assert serial_date(number_of(day)) == day
    assert serial_date(number_of(day) - 1462, date1904=True) == day or day - date(
        1899, 12, 30
    ) < timedelta(1523)


@pytest.mark.parametrize("serial", [-1, 0, 1, 60, 2_958_466, 1e300, float("inf"), float("nan")])
def test_a_day_number_outside_the_calendar_is_no_date(serial):
    assert serial_date(serial) is None
