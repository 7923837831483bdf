"""The names that the articles behind the product use are understood, in Objectives and in the cell functions."""

from __future__ import annotations

import pytest

from tests.helpers.books import OBJECTIVES, tiny
from xlkpi.core import catalogue
from xlkpi.excel.functions.words import kpi_name

#: As the five French articles write them; each is its KPI here.
NAMES = {
    "Reach": "reach",
    "Impressions": "impressions",
    "Nouveaux abonnés": "new_followers",
    "Taux d’engagement": "engagement_rate",
    "Partages": "shares",
    "Commentaires": "comments",
    "Clics sur lien": "clicks",
    "Taux de conversion": "conversion_rate",
    "ROI": "roi",
    "Sentiment des commentaires": "positive_sentiment",
    "Reach total": "reach",
    "Conversions (ventes)": "conversions",
    "Sentiment positif (%)": "positive_sentiment",
    "Nombre de leads qualifiés": "qualified_leads",
    "Coût par lead": "cpl",
    "Part de voix marché": "share_of_voice",
    "Durée moyenne de session": "session_duration",
    "Coût d’acquisition client (CAC)": "cac",
    "Taux de rétention": "retention_rate",
    "Valeur Vie Client (CLV)": "clv",
    "Taux d’ouverture emails": "open_rate",
    "Portée (Reach)": "reach",
    "Portée": "reach",
    "Taux de couverture de la cible": "target_coverage",
    "Taux de couverture cible": "target_coverage",
    "Nombre d’interactions": "interactions",
    "Nombre d’intéractions": "interactions",
    "Taux de clics (CTR)": "ctr",
    "Nombre de conversions générées": "conversions",
    "Coût par acquisition (CPA)": "cpa",
    "Retour sur investissement (ROI)": "roi",
    "Sentiment de marque": "net_sentiment",
    "Authenticité perçue": "authenticity",
    "Alignement valeurs marque / influenceur": "brand_fit",
    "CPE (Coût par engagement)": "cpe",
    "Coût par engagement (CPE)": "cpe",
    "CPM (Coût pour 1 000 impressions)": "cpm",
    "Coût pour 1 000 impressions (CPM)": "cpm",
    "EMV (Earned Media Value) vs budget investi": "emv_ratio",
    "Earned Media Value (EMV)": "emv",
    "Earned Media Value": "emv",
    "Customer lifetime value": "clv",
    "Valeur vie client": "clv",
    "Taux de rebond": "bounce_rate",
    "Taux d’ouverture": "open_rate",
    "Taux de clics": "ctr",
    "Taux de délivrabilité des emails": "deliverability",
    "Portée organique": "organic_reach",
    "Chiffre d’affaires": "revenue",
    "Chiffre d’affaires généré": "revenue",
    "Leads générés": "leads",
    "Taux de réponse": "response_rate",
    "Rapidité de traitement": "handling_time",
    "Ventes générées": "sales",
    "Qualité des contenus": "content_quality",
    "Part de voix": "share_of_voice",
    "Nouveaux utilisateurs": "new_users",
    "Taux d’impression": "impression_rate",
    "Vues uniques": "reach",
    "CPI (Coût par impression)": "cpi",
    "Durée de session": "session_duration",
    "Nombre de conversions": "conversions",
    "Budget investi": "spend",
    "Likes": "likes",
    "Clics": "clicks",
    "Swipe-up": "clicks",
    "Nombre de followers": "followers",
    "Nouveaux followers": "new_followers",
    "Nombre de posts créés": "posts",
    "Coût par acquisition": "cpa",
    "Retour sur investissement": "roi",
    "Mentions positives": "positive_mentions",
    "Mentions négatives": "negative_mentions",
    "Sentiment positif": "positive_sentiment",
    "Taux d’engagement (%)": "engagement_rate",
    "Pages visitées": "page_views",
    "Taux de rebond (%)": "bounce_rate",
    "Mémorisation": "brand_recall",
    "Préférence de marque": "brand_preference",
    "Trafic": "sessions",
    "Interactions": "interactions",
    "Nombre de likes": "likes",
    "Mentions": "mentions",
    "Utilisation du code promo": "promo_redemptions",
    "Réactions": "likes",
}


@pytest.mark.parametrize(("name", "id"), NAMES.items(), ids=NAMES)
def test_a_name_of_the_articles_is_understood(name, id):
    found = catalogue.find(name)
    assert found is not None
    assert found.id == id
    assert kpi_name(name, "fr") == found.label.in_("fr")


def test_objectives_understand_them_too(tmp_path, run):
    rows = [dict(OBJECTIVES[0]) | {"KPI": name, "Target": 1} for name in list(NAMES)[:40:8]]
    book = tiny(tmp_path / "a.xlsx", objectives=rows)
    said = run("report", book, "--json")
    assert [line["id"] for line in said.json["kpis"]] == list(
        dict.fromkeys(NAMES[row["KPI"]] for row in rows)
    )


@pytest.mark.parametrize("name", ["Reach (Impressions)", "CPM (CPC)"])
def test_a_bracket_that_names_another_kpi_is_not_guessed_away(name):
    assert catalogue.find(name) is None


def test_a_pair_of_kpis_is_asked_about():
    """Two counts with one target mean nothing; the nearest is proposed."""
    assert catalogue.find("Mentions positives/négatives") is None
    assert catalogue.suggest("Mentions positives/négatives").id == "positive_mentions"
