"""What holds for every KPI of the catalogue, and that the catalogue holds every KPI of the trade."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from openpyxl.utils import FORMULAE

from xlkpi.core import catalogue
from xlkpi.core.catalogue import KPIS, MEASURES, find, suggest
from xlkpi.core.kpi import Better, Kpi
from xlkpi.core.names import normalise
from xlkpi.core.texts import Text
from xlkpi.excel.workbook.choices import OBJECTIVE_TYPES

each_kpi = pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.id)

#: The same word in both languages, as marketers use it.
SAME_WORD = {"Impressions", "Interactions", "Likes", "Tags", "Sessions", "Conversions", "Leads"}

#: Worksheet functions younger than openpyxl's list (Excel 2010 to 365).
YOUNGER_FUNCTIONS = """
    ACOT ACOTH AGGREGATE ARABIC ARRAYTOTEXT BASE BITAND BITLSHIFT BITOR BITRSHIFT BITXOR BYCOL BYROW CEILING
    CHOOSECOLS CHOOSEROWS COMBINA CONCAT COPILOT COT COTH CSC CSCH DAYS DBCS DECIMAL DETECTLANGUAGE DROP ENCODEURL
    EUROCONVERT EXPAND FIELDVALUE FILTER FILTERXML FORECAST FORMULATEXT GAMMA GAUSS GROUPBY HSTACK IFNA IFS IMAGE
    IMCOSH IMCOT IMCSC IMCSCH IMSEC IMSECH IMSINH IMTAN IMPORTCSV IMPORTTEXT ISFORMULA ISOMITTED ISOWEEKNUM LAMBDA
    LET MAKEARRAY MAP MAXIFS MINIFS MODE MUNIT NUMBERVALUE PDURATION PERCENTOF PERMUTATIONA PHI PIVOTBY PY
    RANDARRAY REDUCE REGEXEXTRACT REGEXREPLACE REGEXTEST RRI RTD SCAN SEC SECH SEQUENCE SHEET SHEETS SINGLE SORT
    SORTBY STOCKHISTORY SWITCH TAKE TEXTAFTER TEXTBEFORE TEXTJOIN TEXTSPLIT TOCOL TOROW TRANSLATE TRIMRANGE
    UNICHAR UNICODE UNIQUE VALUETOTEXT VSTACK WEBSERVICE WRAPCOLS WRAPROWS XLOOKUP XMATCH XOR
"""

HIGHER, LOWER, NEUTRAL = Better.HIGHER, Better.LOWER, Better.NEUTRAL
PTS, REL = True, False

#: The trade's list: English name, French name, id, what is better, compared in points or in relative percent.
TRADE = (
    # named in the French articles on influence reports
    ("Reach", "Portée", "reach", HIGHER, REL),
    ("Impressions", "Impressions", "impressions", HIGHER, REL),
    ("Frequency", "Fréquence", "frequency", NEUTRAL, REL),
    ("Target coverage rate", "Taux de couverture de la cible", "target_coverage", HIGHER, PTS),
    ("Views", "Vues", "views", HIGHER, REL),
    ("Unique views", "Vues uniques", "reach", HIGHER, REL),
    ("Impression rate", "Taux d'impression", "impression_rate", HIGHER, PTS),
    ("Organic reach", "Portée organique", "organic_reach", HIGHER, REL),
    ("Reach rate", "Taux de portée", "reach_rate", HIGHER, PTS),
    ("Share of voice", "Part de voix", "share_of_voice", HIGHER, PTS),
    ("Key-message impact", "Impact des messages clés", "key_message_impact", HIGHER, PTS),
    ("New followers", "Nouveaux abonnés", "new_followers", HIGHER, REL),
    ("Follower growth rate", "Taux de croissance des abonnés", "follower_growth", HIGHER, PTS),
    ("Influencer's followers", "Abonnés de l'influenceur", "followers", NEUTRAL, REL),
    ("Audience evolution", "Évolution de l'audience", "audience_evolution", NEUTRAL, PTS),
    ("Posts delivered", "Nombre de publications", "posts", HIGHER, REL),
    ("UGC posts", "Posts d'utilisateurs", "ugc_posts", HIGHER, REL),
    ("Brand mentions", "Mentions de la marque", "mentions", HIGHER, REL),
    ("Engagement rate", "Taux d'engagement", "engagement_rate", HIGHER, PTS),
    ("Interactions", "Nombre d'interactions", "interactions", HIGHER, REL),
    ("Likes", "Réactions", "likes", HIGHER, REL),
    ("Comments", "Commentaires", "comments", HIGHER, REL),
    ("Shares", "Retweets", "shares", HIGHER, REL),
    (
        "Comments and shares in interactions",
        "Part des commentaires et partages",
        "conversation_share",
        HIGHER,
        PTS,
    ),
    ("Share of likes", "Part des likes", "likes_in_interactions", NEUTRAL, PTS),
    ("Share of comments", "Part des commentaires", "comments_in_interactions", NEUTRAL, PTS),
    ("Shares in interactions", "Part des partages", "shares_in_interactions", NEUTRAL, PTS),
    ("Tags", "Tags", "tags", HIGHER, REL),
    ("Click-through rate", "Taux de clics", "ctr", HIGHER, PTS),
    ("CTR", "Taux de clics (CTR)", "ctr", HIGHER, PTS),
    ("Link clicks", "Clics sur lien", "clicks", HIGHER, REL),
    ("Sessions", "Trafic", "sessions", HIGHER, REL),
    ("New users", "Nouveaux utilisateurs", "new_users", HIGHER, REL),
    ("Pages viewed", "Pages visitées", "page_views", HIGHER, REL),
    ("Bounce rate", "Taux de rebond", "bounce_rate", LOWER, PTS),
    ("Average session duration", "Durée moyenne de session", "session_duration", HIGHER, REL),
    ("Conversions", "Nombre de conversions", "conversions", HIGHER, REL),
    ("Conversion rate", "Taux de conversion", "conversion_rate", HIGHER, PTS),
    ("Sales", "Ventes générées", "sales", HIGHER, REL),
    ("Revenue", "Chiffre d'affaires généré", "revenue", HIGHER, REL),
    ("Average order value", "Panier moyen", "average_order_value", HIGHER, REL),
    ("Leads", "Leads", "leads", HIGHER, REL),
    ("Qualified leads", "Leads qualifiés", "qualified_leads", HIGHER, REL),
    ("Downloads", "Téléchargements", "downloads", HIGHER, REL),
    ("Sign-ups", "Inscriptions", "sign_ups", HIGHER, REL),
    ("Quote requests", "Demandes de devis", "quotes", HIGHER, REL),
    ("Contest entries", "Participations jeu-concours", "contest_entries", HIGHER, REL),
    ("Promo-code redemptions", "Utilisations de code promo", "promo_redemptions", HIGHER, REL),
    ("QR scans", "Scans de QR code", "qr_scans", HIGHER, REL),
    ("Sales uplift", "Évolution des ventes", "sales_uplift", HIGHER, PTS),
    ("Spend", "Budget investi", "spend", NEUTRAL, REL),
    ("Cost per acquisition", "Coût par acquisition (CPA)", "cpa", LOWER, REL),
    ("Customer acquisition cost", "Coût d'acquisition client (CAC)", "cac", LOWER, REL),
    ("Cost per lead", "Coût par lead (CPL)", "cpl", LOWER, REL),
    ("Cost per engagement", "Coût par engagement (CPE)", "cpe", LOWER, REL),
    ("CPM", "Coût pour mille impressions", "cpm", LOWER, REL),
    ("Cost per impression", "Coût par impression", "cpi", LOWER, REL),
    ("Return on investment", "Retour sur investissement (ROI)", "roi", HIGHER, PTS),
    ("Earned media value", "EMV", "emv", HIGHER, REL),
    ("EMV to spend", "EMV vs budget investi", "emv_ratio", HIGHER, REL),
    ("Positive sentiment", "Sentiment positif", "positive_sentiment", HIGHER, PTS),
    ("Positive mentions", "Mentions positives", "positive_mentions", HIGHER, REL),
    ("Negative mentions", "Mentions négatives", "negative_mentions", LOWER, REL),
    ("Net sentiment", "Sentiment net", "net_sentiment", HIGHER, PTS),
    ("Perceived authenticity", "Authenticité perçue", "authenticity", HIGHER, PTS),
    ("Brand-influencer fit", "Alignement valeurs marque/influenceur", "brand_fit", HIGHER, REL),
    ("Content quality", "Qualité des contenus", "content_quality", HIGHER, REL),
    ("Re-usable content", "Réutilisabilité du contenu", "reusable_content", HIGHER, PTS),
    ("Brand recall", "Mémorisation", "brand_recall", HIGHER, PTS),
    ("Brand preference", "Préférence de marque", "brand_preference", HIGHER, PTS),
    ("Attainment", "Taux d'atteinte", "attainment", HIGHER, PTS),
    # loyalty, e-mail, process
    ("Customer lifetime value", "Valeur vie client (CLV)", "clv", HIGHER, REL),
    ("Retention rate", "Taux de rétention", "retention_rate", HIGHER, PTS),
    ("Open rate", "Taux d'ouverture e-mail", "open_rate", HIGHER, PTS),
    ("E-mail click rate", "Taux de clics e-mail", "email_click_rate", HIGHER, PTS),
    ("Deliverability", "Taux de délivrabilité", "deliverability", HIGHER, PTS),
    ("Response rate", "Taux de réponse", "response_rate", HIGHER, PTS),
    ("Handling time", "Rapidité de traitement", "handling_time", LOWER, REL),
    ("Monthly customers", "Nombre de clients mensuels", "customer_change", HIGHER, REL),
    ("Profit margin", "Profitabilité", "profit_margin", HIGHER, PTS),
    ("Profit on investment", "Rentabilité", "profit_on_investment", HIGHER, PTS),
    # expected by users, named in no article
    ("CPC", "Coût par clic", "cpc", LOWER, REL),
    ("CPV", "Coût par vue", "cpv", LOWER, REL),
    ("ROAS", "Retour sur dépenses publicitaires", "roas", HIGHER, REL),
    ("Saves", "Enregistrements", "saves", HIGHER, REL),
    ("Watch-through rate", "Taux de complétion vidéo", "video_completion", HIGHER, PTS),
    ("Cost per post", "Coût par publication", "cost_per_post", LOWER, REL),
    (
        "Cost per 1,000 followers",
        "Coût pour 1 000 abonnés",
        "cost_per_thousand_followers",
        LOWER,
        REL,
    ),
    ("Engagement per post", "Engagement par publication", "engagement_per_post", HIGHER, REL),
    ("Profit-based ROI", "ROI sur marge", "profit_roi", HIGHER, PTS),
    ("Bookmarks", "Favoris", "bookmarks", HIGHER, REL),
    ("Profile visits", "Visites de profil", "profile_visits", HIGHER, REL),
    ("Sends per reach", "Taux d'envoi", "sends_per_reach", HIGHER, PTS),
)

#: Objective → its main KPIs, as the two tables of the articles give them.
PROPOSED = {
    "awareness": {"reach", "impressions", "new_followers", "share_of_voice"},
    "engagement": {"engagement_rate", "shares", "comments", "session_duration"},
    "conversion": {"clicks", "conversion_rate", "roi", "cac"},
    "image": {"positive_sentiment", "positive_mentions", "negative_mentions"},
    "leads": {"qualified_leads", "cpl"},
    "loyalty": {"retention_rate", "clv"},
}


def texts(kpi: Kpi) -> dict[str, Text]:
    return {name: getattr(kpi, name) for name in ("label", "help", "formula", "why", "how")}


# -- for every KPI ---------------------------------------------------------------------------------


@each_kpi
def test_everything_is_said_in_both_languages(kpi: Kpi):
    for name, text in texts(kpi).items():
        for side in text:
            assert side, name
            assert side == side.strip(), name
            assert "  " not in side, name


@each_kpi
def test_french_is_not_a_copy_of_the_english(kpi: Kpi):
    for name in ("help", "why", "how"):
        assert getattr(kpi, name).en != getattr(kpi, name).fr, name
    assert kpi.label.en != kpi.label.fr or kpi.label.en in SAME_WORD


@each_kpi
def test_french_uses_its_own_apostrophe(kpi: Kpi):
    assert not [name for name, text in texts(kpi).items() if "'" in text.fr]


@each_kpi
def test_help_fits_the_function_wizard(kpi: Kpi):
    """Excel cuts it at 255 characters."""
    assert all(0 < len(side) <= 255 for side in kpi.help)


@each_kpi
def test_sentences_are_not_cut_short(kpi: Kpi):
    for text in (kpi.help, kpi.why, kpi.how):
        assert all(side.endswith((".", "!", "?", "…")) for side in text)


@each_kpi
def test_id_is_snake_case_english(kpi: Kpi):
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", kpi.id)


@each_kpi
def test_excel_name_is_free_in_excel(kpi: Kpi):
    """A built-in, a cell address (EMV1) or R1C1 notation would win over the cell function."""
    assert re.fullmatch(r"[A-Z]+(_[A-Z]+)*", kpi.excel_name)
    assert kpi.excel_name not in FORMULAE | set(YOUNGER_FUNCTIONS.split())
    assert kpi.excel_name not in {"R", "C", "RC", "TRUE", "FALSE"}


@each_kpi
def test_inputs_are_quantities_a_workbook_holds(kpi: Kpi):
    """Attainment alone compares any result with its target."""
    assert kpi.inputs
    if kpi.id == "attainment":
        assert kpi.inputs == ("actual", "target")
    else:
        assert not set(kpi.inputs) - MEASURES.keys()
    assert len(kpi.arguments) == len(kpi.inputs)


@each_kpi
def test_a_definition_says_where_it_comes_from(kpi: Kpi):
    assert kpi.source.strip()


@each_kpi
def test_a_kpi_is_found_by_every_name_it_has(kpi: Kpi):
    for name in (kpi.id, kpi.excel_name, *kpi.label, *kpi.aliases):
        for typed in (
            name,
            name.upper(),
            f"  {name} ",
            name.replace("’", "'"),
            name.replace(" ", "\u00a0"),
        ):
            assert find(typed) is kpi, typed


# -- together --------------------------------------------------------------------------------------


def test_ids_excel_names_and_labels_are_unique():
    for names in (
        [k.id for k in KPIS],
        [k.excel_name for k in KPIS],
        [k.label.en for k in KPIS],
        [k.label.fr for k in KPIS],
    ):
        assert not [name for name, count in Counter(names).items() if count > 1]


def test_no_name_means_two_kpis():
    owners: dict[str, set[str]] = {}
    for kpi in KPIS:
        for name in (kpi.id, kpi.excel_name, *kpi.label, *kpi.aliases):
            owners.setdefault(normalise(name), set()).add(kpi.id)
    assert not {name: ids for name, ids in owners.items() if len(ids) > 1}


def test_no_two_measures_share_an_id():
    listed = [
        *catalogue.measures.POST_MEASURES,
        *catalogue.measures.FLAG_MEASURES,
        *catalogue.measures.CAMPAIGN_MEASURES,
        *catalogue.measures.DERIVED_MEASURES,
    ]
    assert len({m.id for m in listed}) == len(listed) == len(MEASURES)


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda m: m.id)
def test_every_measure_is_named_in_both_languages(measure):
    assert all(side.strip() for side in measure.label)


def test_a_name_that_nobody_uses_is_not_found():
    assert find("Happiness of the cat") is None
    assert find("") is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Engagment rate", "engagement_rate"),
        ("Taux engagement", "engagement_rate"),
        ("Impresions", "impressions"),
        ("Coût par acquisiton", "cpa"),
        ("Sentiment positiv", "positive_sentiment"),
    ],
)
def test_a_misspelt_name_gets_a_suggestion(typed: str, meant: str):
    near = suggest(typed)
    assert near is not None
    assert near.id == meant


def test_nothing_is_suggested_for_something_else_entirely():
    assert suggest("xyzzy") is None


# -- the trade's list ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("en", "fr", "id", "better", "points"), TRADE, ids=lambda v: v if isinstance(v, str) else ""
)
def test_every_kpi_of_the_trade_is_there(en: str, fr: str, id: str, better: Better, points: bool):
    kpi = catalogue.kpi(id)
    assert find(en) is kpi
    assert find(fr) is kpi
    assert kpi.better is better
    assert kpi.unit.in_points is points


@pytest.mark.parametrize(
    ("written", "id"),
    [
        ("Reach total", "reach"),
        ("Taux d’engagement", "engagement_rate"),
        ("Conversions (ventes)", "conversions"),
        ("Sentiment positif (%)", "positive_sentiment"),
        ("Sentiment des commentaires", "positive_sentiment"),
        ("Nombre de leads qualifiés", "qualified_leads"),
        ("Part de voix marché", "share_of_voice"),
        ("Coût d’acquisition client (CAC)", "cac"),
        ("Valeur Vie Client (CLV)", "clv"),
        ("Taux d’ouverture emails", "open_rate"),
        ("engagement_rate", "engagement_rate"),
        ("ENGAGEMENT_RATE", "engagement_rate"),
    ],
)
def test_names_are_understood_as_the_articles_write_them(written: str, id: str):
    assert find(written) is catalogue.kpi(id)


@pytest.mark.parametrize("objective", PROPOSED)
def test_an_objective_proposes_the_kpis_of_the_articles(objective: str):
    assert {k.id for k in KPIS if objective in k.objectives} >= PROPOSED[objective]


@pytest.mark.parametrize("objective", OBJECTIVE_TYPES)
def test_an_objective_proposes_a_readable_number_of_kpis(objective: str):
    """Three or four are often enough, more than seven are not read."""
    assert 2 <= sum(objective in k.objectives for k in KPIS) <= 7


@each_kpi
def test_a_kpi_is_proposed_for_known_objectives_only(kpi: Kpi):
    assert not set(kpi.objectives) - OBJECTIVE_TYPES.keys()
