"""Words that workbook, deck and terminal share: one French text for one English text, written here once.

Where room forces a shorter text, it is declared in ``SHORT_FORMS``, so that nothing else passes for one.
"""

from __future__ import annotations

from xlkpi.core.texts import Text

# -- headers of tables -----------------------------------------------------------------------------

CAMPAIGN, KPI = Text("Campaign", "Campagne"), Text("KPI", "KPI")
INFLUENCER, NETWORK, TIER = (
    Text("Influencer", "Influenceur"),
    Text("Network", "Réseau"),
    Text("Tier", "Catégorie"),
)
INFLUENCERS = Text("Influencers", "Influenceurs")
POSTS, REACH = Text("Posts", "Posts"), Text("Reach", "Portée")
ENGAGEMENT_RATE = Text("Engagement rate", "Taux d’engagement")
SPENT, ROI, EMV = Text("Spent", "Dépensé"), Text("ROI", "ROI"), Text("EMV", "EMV")
EMV_TO_SPEND = Text("EMV ÷ spend", "EMV ÷ dépenses")
TARGET, ACTUAL, VARIANCE = (
    Text("Target", "Objectif"),
    Text("Actual", "Réel"),
    Text("Variance", "Écart"),
)
STATUS, ATTAINMENT = Text("Status", "Statut"), Text("Attainment", "Taux d’atteinte")
OBJECTIVES, OBJECTIVES_MET = (
    Text("Objectives", "Objectifs"),
    Text("Objectives met", "Objectifs atteints"),
)
NOW, BEFORE, CHANGE = Text("Now", "Actuel"), Text("Before", "Avant"), Text("Change", "Évolution")
COMPARED_WITH = Text("Compared with", "Par rapport à")
READING, SOURCE = Text("Reading", "Lecture"), Text("Source", "Source")
BENCHMARK, PUBLISHED = Text("Benchmark", "Repère"), Text("Published", "Publié")
PAID_ADS = Text("Paid ads", "Publicité payante")
STAGE, WHEN, DECISION, BECAUSE = (
    Text("Stage", "Étape"),
    Text("When", "Quand"),
    Text("Decision", "Décision"),
    Text("Because", "Parce que"),
)
WHAT_IS_SEEN, WHAT_IT_MEANS, WHAT_TO_DO = (
    Text("What is seen", "Ce que l’on voit"),
    Text("What it means", "Ce que cela veut dire"),
    Text("What to do", "Que faire"),
)
INDICATOR, VALUE = Text("Indicator", "Indicateur"), Text("Value", "Valeur")
CONTENTS, FIT, AUTHENTIC, POSITIVE = (
    Text("Content", "Contenus"),
    Text("Fit", "Affinité"),
    Text("Authentic", "Authenticité"),
    Text("Positive", "Positif"),
)
CONTENT_MARK, FIT_MARK = (
    Text("Content mark", "Note des contenus"),
    Text("Fit mark", "Note d’affinité"),
)

# -- facts of a campaign ---------------------------------------------------------------------------

THE_CAMPAIGN, PERIOD = Text("The campaign", "La campagne"), Text("Period", "Période")
OBJECTIVE_TYPE = Text("Objective type", "Type d’objectif")
CAMPAIGN_STAGE = Text("Stage of the campaign", "Avancement")
BUDGET, COUNTRIES, LANGUAGES, THEMES = (
    Text("Budget", "Budget"),
    Text("Countries", "Pays"),
    Text("Languages", "Langues"),
    Text("Themes", "Thématiques"),
)
OF_PLANNED = Text("{n} of {m} planned", "{n} sur {m} prévu{of:|s}")
RESULTS_AGAINST_OBJECTIVES = Text("Results against objectives", "Résultats face aux objectifs")

# -- in place of what is not there, and pieces of sentences ----------------------------------------

NAMELESS = Text("(not named)", "(sans nom)")
MORE, OF = Text("… and {n} more", "… et {n} de plus"), Text("{m} of {n}", "{m} sur {n}")
COLON = Text(": ", " : ")
DID_YOU_MEAN = Text("did you mean {n}?", "vouliez-vous dire « {n} » ?")
EMPTY_PAGE = Text(
    "Fill Objectives and Posts, then generate the report.",
    "Remplissez Objectifs et Posts, puis générez le rapport.",
)

# -- short forms -----------------------------------------------------------------------------------

#: A text → what stands for it in a column or a chart that has no room for it.
SHORT_FORMS: dict[Text, Text] = {
    ENGAGEMENT_RATE: Text("Eng. rate", "Taux d’eng."),
    EMV_TO_SPEND: Text("EMV ÷ spend", "EMV ÷ dép."),
    OBJECTIVES_MET: Text("Met", "Atteints"),
    ATTAINMENT: Text("Attainment", "Atteinte"),
    PAID_ADS: Text("Paid ads", "Publicité"),
}


def short(text: Text) -> Text:
    """The declared short form of a text.

    >>> short(OBJECTIVES_MET).en
    'Met'
    """
    return SHORT_FORMS[text]
