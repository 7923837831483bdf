"""Traffic KPIs: the visits that the campaign sends to the site, and what becomes of them there."""

from __future__ import annotations

from xlkpi.core import formulas
from xlkpi.core.kpi import Better, Kpi, Stage, Unit
from xlkpi.core.texts import Text

KPIS: tuple[Kpi, ...] = (
    Kpi(
        id="sessions",
        excel_name="SESSIONS",
        label=Text(en="Sessions", fr="Sessions"),
        help=Text(
            en="Visits to the site that came from the campaign, as web analytics records them from its UTM tags.",
            fr="Visites du site issues de la campagne, telles que l’outil d’analyse les compte "
            "grâce à ses balises UTM.",
        ),
        formula=Text(en="sum of sessions", fr="somme des sessions"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.CONVERSION,
        inputs=("sessions",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="Sessions are the visitors that your site, not the network, saw arrive.",
            fr="Les sessions sont les visites que votre site, et non le réseau social, a vues arriver.",
        ),
        how=Text(
            en="Compare them with link clicks: a wide gap points to a slow page, "
            "refused cookies or missing UTM tags.",
            fr="Comparez-les aux clics sur lien\u00a0: un grand écart signale une page lente, des cookies refusés "
            "ou des balises UTM absentes.",
        ),
        source="Influspy, KPI influence marketing; La Maison de l'Influence, que mesurer",
        aliases=(
            "Traffic",
            "Site visits",
            "Website visits",
            "Trafic",
            "Visites",
            "Visites du site",
            "Trafic web",
        ),
    ),
    Kpi(
        id="new_users",
        excel_name="NEW_USERS",
        label=Text(en="New users", fr="Nouveaux utilisateurs"),
        help=Text(
            en="People who came to the site for the first time through the campaign’s links.",
            fr="Personnes venues sur le site pour la première fois par les liens de la campagne.",
        ),
        formula=Text(en="sum of new users", fr="somme des nouveaux utilisateurs"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.CONVERSION,
        inputs=("new_users",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="It shows whether the influencer brings newcomers or sends your own customers back to you.",
            fr="Il montre si l’influenceur amène des inconnus ou fait revenir vos propres clients.",
        ),
        how=Text(
            en="When entering a new market, favour the influencers whose visitors are mostly new.",
            fr="Sur un nouveau marché, privilégiez les influenceurs dont les visiteurs sont surtout nouveaux.",
        ),
        source="Influspy, KPI influence marketing",
        objectives=("new_markets",),
        aliases=("New visitors", "First-time visitors", "Nouveaux visiteurs"),
    ),
    Kpi(
        id="page_views",
        excel_name="PAGE_VIEWS",
        label=Text(en="Page views", fr="Pages vues"),
        help=Text(
            en="Pages of the site opened during the visits that the campaign brought.",
            fr="Pages du site ouvertes pendant les visites amenées par la campagne.",
        ),
        formula=Text(en="sum of page views", fr="somme des pages vues"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.ENGAGEMENT,
        inputs=("page_views",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="Visitors who open further pages are looking at the range, not only at the link they followed.",
            fr="Un visiteur qui ouvre d’autres pages découvre l’offre, et pas seulement le lien suivi.",
        ),
        how=Text(
            en="List the pages visited most and make sure each one leads on to the offer.",
            fr="Listez les pages les plus visitées et assurez-vous que chacune mène à l’offre.",
        ),
        source="Influspy, KPI influence marketing",
        aliases=(
            "Pages viewed",
            "Pages visited",
            "Pageviews",
            "Pages visitées",
            "Nombre de pages vues",
        ),
    ),
    Kpi(
        id="pages_per_session",
        excel_name="PAGES_PER_SESSION",
        label=Text(en="Pages per session", fr="Pages par session"),
        help=Text(
            en="Average number of pages opened in a visit.",
            fr="Nombre moyen de pages ouvertes au cours d’une visite.",
        ),
        formula=Text(en="page views ÷ sessions", fr="pages vues ÷ sessions"),
        unit=Unit.TIMES,
        better=Better.HIGHER,
        stage=Stage.ENGAGEMENT,
        inputs=("page_views", "sessions"),
        compute=formulas.mean,
        why=Text(
            en="It measures curiosity per visitor, whatever the volume of traffic an influencer sends.",
            fr="Il mesure la curiosité de chaque visiteur, quel que soit le volume de trafic "
            "qu’envoie l’influenceur.",
        ),
        how=Text(
            en="Read it with conversions: many pages without a purchase may mean that people cannot find the product.",
            fr="Lisez-le avec les conversions\u00a0: beaucoup de pages sans achat peuvent trahir un produit "
            "introuvable.",
        ),
        source="Influspy, KPI influence marketing (pages visited); formula: accepted definition of the trade",
        aliases=("Pages per visit", "Pages par visite"),
    ),
    Kpi(
        id="bounce_rate",
        excel_name="BOUNCE_RATE",
        label=Text(en="Bounce rate", fr="Taux de rebond"),
        help=Text(
            en="Share of visits that were not engaged. In Google Analytics 4 an engaged session lasts over "
            "10 seconds, views two pages or holds a key event.",
            fr="Part des visites sans engagement. Dans Google Analytics 4, une session avec engagement dure "
            "plus de 10 secondes, compte deux pages vues ou un événement clé.",
        ),
        formula=Text(
            en="1 − engaged sessions ÷ sessions", fr="1 − sessions avec engagement ÷ sessions"
        ),
        unit=Unit.PERCENT,
        better=Better.LOWER,
        stage=Stage.ENGAGEMENT,
        inputs=("engaged_sessions", "sessions"),
        compute=formulas.complement,
        why=Text(
            en="Visitors who leave at once were promised something else or landed on the wrong page.",
            fr="Un visiteur qui repart aussitôt attendait autre chose ou est arrivé sur la mauvaise page.",
        ),
        how=Text(
            en="When it is high, check that the landing page shows on a phone exactly what the post promised.",
            fr="S’il est élevé, vérifiez que la page d’arrivée montre, sur mobile, "
            "ce que promettait la publication.",
        ),
        source="Influspy, KPI influence marketing; Gartner-based KPI guide (article)",
        aliases=("Bounce", "Rebond"),
    ),
    Kpi(
        id="session_duration",
        excel_name="SESSION_DURATION",
        label=Text(en="Average session duration", fr="Durée moyenne de session"),
        help=Text(
            en="Average time that a visit from the campaign lasts on the site.",
            fr="Temps moyen que dure, sur le site, une visite issue de la campagne.",
        ),
        formula=Text(en="total session time ÷ sessions", fr="durée totale des sessions ÷ sessions"),
        unit=Unit.SECONDS,
        better=Better.HIGHER,
        stage=Stage.ENGAGEMENT,
        inputs=("session_seconds", "sessions"),
        compute=formulas.mean,
        why=Text(
            en="Time spent shows whether the interest raised by the post survives the click.",
            fr="Le temps passé montre si l’intérêt suscité par la publication survit au clic.",
        ),
        how=Text(
            en="Compare influencers who link to the same page, since a blog article and a shopping basket "
            "do not hold people equally long.",
            fr="Comparez des influenceurs qui renvoient à la même page\u00a0: un article de blog et un panier "
            "ne retiennent pas aussi longtemps.",
        ),
        source="Rapport KPI marketing d'influence (article), 2025; Influspy, KPI influence marketing",
        objectives=("engagement",),
        aliases=(
            "Session length",
            "Time on site",
            "Durée de session",
            "Temps passé sur le site",
            "Durée moyenne des sessions",
        ),
    ),
)
