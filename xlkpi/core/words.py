"""Words that workbook, deck and terminal share: one French text for one English text, written here once."""

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
RATE, SPENT = Text("Eng. rate", "Taux d’eng."), Text("Spent", "Dépensé")
ROI, EMV = Text("ROI", "ROI"), Text("EMV", "EMV")
NOW, BEFORE, CHANGE = Text("Now", "Actuel"), Text("Before", "Avant"), Text("Change", "Écart")
READING, SOURCE = Text("Reading", "Lecture"), Text("Source", "Source")
STATUS = Text("Status", "Statut")
OBJECTIVE_TYPE, PERIOD = Text("Objective type", "Type d’objectif"), Text("Period", "Période")
POSITIVE_SENTIMENT = Text("Positive sentiment", "Sentiment positif")

# -- in place of what is not there -----------------------------------------------------------------

NAMELESS = Text("(not named)", "(sans nom)")
MORE, OF = Text("… and {n} more", "… et {n} de plus"), Text("{m} of {n}", "{m} sur {n}")
EMPTY_PAGE = Text(
    "Fill Objectives and Posts, then generate the report.",
    "Remplissez Objectifs et Posts, puis générez le rapport.",
)
