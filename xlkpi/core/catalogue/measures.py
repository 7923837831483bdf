"""The quantities that KPIs are made of: columns of Posts and, where ``per_campaign``, of Campaigns."""

from __future__ import annotations

from xlkpi.core.kpi import Measure
from xlkpi.core.texts import Text


def _post(id: str, en: str, fr: str, *aliases: str, booked: bool = False) -> Measure:
    return Measure(id, Text(en, fr), booked=booked, aliases=aliases)


def _campaign(id: str, en: str, fr: str, *aliases: str) -> Measure:
    return Measure(id, Text(en, fr), per_campaign=True, aliases=aliases)


#: Columns of Posts that hold a number; the template has those of its sheet, a user may add any other.
POST_MEASURES: tuple[Measure, ...] = (
    _post("followers", "Followers", "Abonnés", "Followers at posting"),
    _post("reach", "Reach", "Portée", "Couverture", "Comptes touchés"),
    _post("impressions", "Impressions", "Impressions", "Affichages"),
    _post("views", "Views", "Vues", "Video views", "Vues de la vidéo"),
    _post("likes", "Likes", "Likes", "Mentions J’aime", "J’aime", "Réactions", "Reactions"),
    _post("comments", "Comments", "Commentaires"),
    _post("shares", "Shares", "Partages", "Retweets", "Reposts"),
    _post("saves", "Saves", "Enregistrements", "Saved"),
    _post("clicks", "Clicks", "Clics", "Link clicks", "Clics sur lien", "Clics sur le lien"),
    _post("new_followers", "New followers", "Nouveaux abonnés", "Follows", "Followers en plus"),
    _post("mentions", "Mentions", "Mentions", "Brand mentions", "Mentions de la marque"),
    _post("conversions", "Conversions", "Conversions", booked=True),
    _post("leads", "Leads", "Leads", booked=True),
    _post("new_customers", "New customers", "Nouveaux clients", booked=True),
    _post("revenue", "Revenue", "Chiffre d’affaires", "CA", "Revenus", booked=True),
    _post("cost", "Cost", "Coût", "Spend", "Budget investi", "Dépenses", booked=True),
    _post(
        "gift_value",
        "Gift value",
        "Valeur des cadeaux",
        "Gifts",
        "Cadeaux",
        "Dotation",
        booked=True,
    ),
    _post("positive_comments", "Positive comments", "Commentaires positifs"),
    _post("neutral_comments", "Neutral comments", "Commentaires neutres"),
    _post("negative_comments", "Negative comments", "Commentaires négatifs"),
    _post("suspicious_interactions", "Suspicious interactions", "Interactions suspectes"),
    _post("content_score", "Content score", "Note du contenu", "Note de contenu"),
    _post("organic_reach", "Organic reach", "Portée organique"),
    _post("target_reach", "Reach in target", "Portée dans la cible"),
    _post("tags", "Tags", "Tags", "Identifications"),
    _post("bookmarks", "Bookmarks", "Signets"),
    _post("profile_visits", "Profile visits", "Visites du profil", "Visites de profil"),
    _post("sends", "Sends", "Envois"),
    _post("watch_seconds", "Watch time (s)", "Durée de visionnage (s)"),
    _post("video_seconds", "Video time offered (s)", "Durée vidéo proposée (s)"),
    _post("sessions", "Sessions", "Sessions", "Visites"),
    _post("new_users", "New users", "Nouveaux utilisateurs"),
    _post("page_views", "Page views", "Pages vues"),
    _post("engaged_sessions", "Engaged sessions", "Sessions avec engagement"),
    _post("session_seconds", "Session time (s)", "Durée des sessions (s)"),
    _post("orders", "Orders", "Commandes", booked=True),
    _post("qualified_leads", "Qualified leads", "Leads qualifiés", booked=True),
    _post("downloads", "Downloads", "Téléchargements", booked=True),
    _post("sign_ups", "Sign-ups", "Inscriptions", booked=True),
    _post("quotes", "Quote requests", "Demandes de devis", booked=True),
    _post("contest_entries", "Contest entries", "Participations au jeu-concours", booked=True),
    _post("promo_redemptions", "Promo code uses", "Utilisations du code promo", booked=True),
    _post("qr_scans", "QR scans", "Scans de QR code"),
    _post("positive_mentions", "Positive mentions", "Mentions positives"),
    _post("negative_mentions", "Negative mentions", "Mentions négatives"),
    _post("ugc_posts", "UGC posts", "Posts UGC"),
)

#: Columns of Posts that answer yes or no.
FLAG_MEASURES: tuple[Measure, ...] = (
    _post("key_message", "Key message", "Message clé"),
    _post("ad_disclosed", "Ad disclosed", "Mention publicitaire"),
    _post("reusable", "Re-use rights", "Droits de réutilisation"),
)

#: Columns of Campaigns that hold a number.
CAMPAIGN_MEASURES: tuple[Measure, ...] = (
    _campaign("budget", "Budget", "Budget"),
    _campaign("target_audience", "Target audience", "Audience cible"),
    _campaign("baseline_sales", "Baseline sales", "Ventes de référence"),
    _campaign("period_sales", "Sales in the period", "Ventes de la période"),
    _campaign("competitor_mentions", "Competitors’ mentions", "Mentions des concurrents"),
    _campaign("followers_start", "Followers at start", "Abonnés au début"),
    _campaign("followers_end", "Followers at end", "Abonnés à la fin"),
    _campaign("audience_start", "Audience at start", "Audience au début"),
    _campaign("audience_end", "Audience at end", "Audience à la fin"),
    _campaign("margin", "Margin", "Marge"),
    _campaign("recall_exposed", "Recall, exposed", "Mémorisation, exposés"),
    _campaign("recall_control", "Recall, control", "Mémorisation, contrôle"),
    _campaign("preference_exposed", "Preference, exposed", "Préférence, exposés"),
    _campaign("preference_control", "Preference, control", "Préférence, contrôle"),
    _campaign("brand_fit_score", "Brand fit score", "Note d’affinité de marque"),
    _campaign("customers_start", "Customers at start", "Clients au début"),
    _campaign("customers_end", "Customers at end", "Clients à la fin"),
    _campaign("customers_new", "Customers gained", "Clients gagnés"),
    _campaign("order_value", "Average order value", "Panier moyen"),
    _campaign("orders_per_year", "Orders a year", "Commandes par an"),
    _campaign("years", "Customer years", "Années de fidélité"),
    _campaign("opens", "E-mail opens", "Ouvertures d’e-mail"),
    _campaign("email_clicks", "E-mail clicks", "Clics d’e-mail"),
    _campaign("delivered", "E-mails delivered", "E-mails délivrés"),
    _campaign("sent", "E-mails sent", "E-mails envoyés"),
    _campaign("answers", "Answers", "Réponses"),
    _campaign("requests", "Requests", "Demandes"),
    _campaign("handling_hours", "Handling hours", "Heures de traitement"),
    _campaign("requests_handled", "Requests handled", "Demandes traitées"),
    _campaign("profit", "Profit", "Bénéfice"),
    _campaign("posts_planned", "Posts planned", "Posts prévus"),
)

#: Measures that the program derives from the columns above.
DERIVED_MEASURES: tuple[Measure, ...] = (
    _post("posts", "Posts", "Posts"),
    _post("interactions", "Interactions", "Interactions"),
    _post("conversations", "Comments + shares", "Commentaires + partages"),
    _post("authentic_interactions", "Authentic interactions", "Interactions authentiques"),
    _post("exposures", "Impressions or views", "Impressions ou vues"),
    _post("emv", "EMV", "EMV"),
    _post("key_message_known", "Posts with a key-message answer", "Posts renseignés (message clé)"),
    _post("content_score_known", "Posts with a content score", "Posts notés"),
    _post("reusable_posts", "Re-usable posts", "Posts réutilisables"),
    _post("reusable_known", "Posts with a re-use answer", "Posts renseignés (réutilisation)"),
    _post("followers_known", "Posts with a follower count", "Posts renseignés (abonnés)"),
)

MEASURES: dict[str, Measure] = {
    m.id: m for m in (*POST_MEASURES, *FLAG_MEASURES, *CAMPAIGN_MEASURES, *DERIVED_MEASURES)
}
