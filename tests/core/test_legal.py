"""The French rules: who is named, from which sum on, and when nothing is said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.core.memory import Book, aim, post
from xlkpi.core.assemble.build import build
from xlkpi.core.campaign import Campaign, Settings
from xlkpi.core.findings import Finding, Severity

TODAY = date(2027, 6, 1)
FIGURES = {
    "reach": 1000,
    "impressions": 1500,
    "likes": 50,
    "comments": 5,
    "shares": 2,
    "saves": 3,
    "clicks": 9,
}
CAMPAIGNS = (
    Campaign("Spring", "awareness"),
    Campaign("Summer", "awareness"),
    Campaign("Sales", "conversion"),
    Campaign("Other brand", "awareness", advertiser="Bonlait"),
)


def paid(cost: float | None = None, day: date = date(2026, 3, 2), **more: Any) -> dict[str, Any]:
    return post(day, **{**FIGURES, "cost": cost, **more})


def told(code: str, *posts: dict[str, Any], **more: Any) -> list[Finding]:
    book = Book(posts, (aim("reach", 1000),), known=CAMPAIGNS, **more)
    build(book, TODAY)
    return [f for f in book.findings if f.code == code]


@pytest.mark.parametrize(
    ("posts", "named"),
    [
        ((paid(999.99),), False),
        ((paid(1000),), True),
        ((paid(600), paid(400)), True),
        ((paid(600), paid(400, campaign="Summer")), True),
        ((paid(600), paid(400, campaign="Sales")), False),
        ((paid(600), paid(400, campaign="Other brand")), False),
        ((paid(600), paid(400, influencer="Noé")), False),
        ((paid(600), paid(400, influencer="@lina")), True),
        ((paid(600), paid(400, date(2027, 1, 1))), False),
        ((paid(5000, date(2025, 12, 31)),), False),
        ((paid(1000, date(2026, 1, 1)),), True),
        ((paid(0, gift_value=1200),), True),
        ((paid(None, gift_value=400), paid(700)), True),
    ],
)
def test_a_written_contract_is_asked_for_from_1000_euros_on(posts, named):
    """Fees and gifts together, for one advertiser, one year and one objective; of 2026 on."""
    found = told("XK386", *posts)
    assert bool(found) is named
    if named:
        assert "Lina" in found[0].reason.fr


def test_the_remark_names_law_decree_date_and_sum_and_is_no_advice():
    found = told("XK386", paid(1500))[0]
    assert found.severity is Severity.INFO
    for side in found.effect:
        assert all(part in side for part in ("2023-451", "2025-1137", "2026"))
    assert "not legal advice" in found.effect.en
    assert "conseil juridique" in found.effect.fr
    assert "€1,500 in 2026" in found.reason.en


def test_one_remark_names_the_first_ten_and_counts_the_others():
    found = told("XK386", *(paid(1000 + i, influencer=f"Name {i:02}") for i in range(13)))
    assert len(found) == 1
    assert "Name 12" in found[0].reason.en
    assert "and 3 more" in found[0].reason.en


def test_posts_said_to_be_undisclosed_are_one_remark_at_the_first_of_them():
    found = told(
        "XK385",
        paid(1, ad_disclosed=1.0),
        paid(1, ad_disclosed=0.0),
        paid(1, ad_disclosed=0.0),
        paid(1, influencer="Noé", ad_disclosed=0.0),
        paid(1, influencer="Noé"),
    )
    assert [(f.severity, f.cell) for f in found] == [(Severity.INFO, "ad_disclosed:3")]
    assert "Lina (2), Noé (1)" in found[0].reason.en
    assert "2023-451" in found[0].effect.fr


@pytest.mark.parametrize("settings", [Settings(currency="USD"), Settings(french_rules=False)])
def test_nothing_is_said_in_another_currency_or_when_switched_off(settings):
    posts = (paid(5000, ad_disclosed=0.0),)
    assert not told("XK386", *posts, settings=settings)
    assert not told("XK385", *posts, settings=settings)


def test_a_post_that_stands_twice_is_paid_once():
    """The older of two snapshots is left out of the sum as of every other one."""
    twice = [paid(600, post_id="p1"), paid(600, post_id="p1")]
    assert not told("XK386", *twice)


def test_posts_outside_the_report_count_too():
    """A year's fees do not stop at the campaign that is reported on."""
    settings = Settings(scope="campaign", campaign="Spring")
    assert told("XK386", paid(600), paid(600, campaign="Summer"), settings=settings)
