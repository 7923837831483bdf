"""Conversion KPIs: what people did, bought or signed up for because of the campaign."""

from __future__ import annotations

from xlkpi.core import formulas
from xlkpi.core.kpi import Better, Kpi, Stage, Unit
from xlkpi.core.texts import Text

KPIS: tuple[Kpi, ...] = (
    Kpi(
        id="conversions",
        excel_name="CONVERSIONS",
        label=Text(en="Conversions", fr="Conversions"),
        help=Text(
            en=(
                "How many times someone did what the campaign asked for (buy, register, download, request a "
                "quote), counted through links, promo codes or QR codes."
            ),
            fr=(
                "Nombre de fois où quelqu’un a fait ce que la campagne demandait (acheter, s’inscrire, "
                "télécharger, demander un devis), compté grâce aux liens, aux codes promo ou aux QR codes."
            ),
        ),
        formula=Text(en="sum of conversions", fr="somme des conversions"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.CONVERSION,
        inputs=("conversions",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="It is the most direct proof that an audience moved from looking to doing.",
            fr="C’est la preuve la plus directe que l’audience est passée de l’attention à l’action.",
        ),
        how=Text(
            en=(
                "Give each influencer a tracked link or a promo code, rank them by conversions, and shift "
                "the next budget towards the top of the list."
            ),
            fr=(
                "Donnez à chaque influenceur un lien tracké ou un code promo, classez-les par conversions et "
                "orientez le prochain budget vers la tête du classement."
            ),
        ),
        source="Metricool, 15 KPI, 2025-09-16",
        objectives=("product",),
        aliases=(
            "Conversions (ventes)",
            "Nombre de conversions",
            "Number of conversions",
            "Conversions générées",
            "Nombre de conversions générées",
        ),
    ),
    Kpi(
        id="conversion_rate",
        excel_name="CONVERSION_RATE",
        label=Text(en="Conversion rate", fr="Taux de conversion"),
        help=Text(
            en=(
                "Share of link clicks that end in a conversion. The base is clicks, not sessions: say so "
                "when you compare with another tool."
            ),
            fr=(
                "Part des clics sur le lien qui aboutissent à une conversion. La base est le clic, et non la "
                "session : précisez-le si vous comparez avec un autre outil."
            ),
        ),
        formula=Text(en="conversions ÷ link clicks", fr="conversions ÷ clics sur le lien"),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.CONVERSION,
        inputs=("conversions", "clicks"),
        compute=formulas.ratio,
        why=Text(
            en=(
                "It separates a traffic problem from an offer problem: clicks without conversions point to "
                "the page, the price or the audience."
            ),
            fr=(
                "Il distingue un problème de trafic d’un problème d’offre : des clics sans conversions "
                "mettent en cause la page, le prix ou le ciblage."
            ),
        ),
        how=Text(
            en=(
                "When it stays under target, test another landing page or call to action before you change "
                "influencers."
            ),
            fr=(
                "S’il reste sous l’objectif, testez une autre page d’atterrissage ou un autre appel à "
                "l’action avant de changer d’influenceurs."
            ),
        ),
        source="Rapport KPI marketing d'influence (article), 2025; accepted definition of the trade",
        objectives=("conversion",),
        aliases=("CVR", "Taux de transformation"),
    ),
    Kpi(
        id="sales",
        excel_name="SALES",
        label=Text(en="Sales", fr="Ventes générées"),
        help=Text(
            en=(
                "Orders credited to the campaign through tracked links or promo codes. One basket is one "
                "sale, whatever it holds."
            ),
            fr=(
                "Commandes attribuées à la campagne grâce aux liens trackés ou aux codes promo. Un panier "
                "compte pour une vente, quel que soit son contenu."
            ),
        ),
        formula=Text(en="sum of orders", fr="somme des commandes"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.CONVERSION,
        inputs=("orders",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en=(
                "Everyone in the company understands a sale, even if the count holds only the buyers who "
                "used the link or the code."
            ),
            fr=(
                "Une vente parle à toute l’entreprise, même si le compte se limite aux acheteurs passés par "
                "le lien ou le code."
            ),
        ),
        how=Text(
            en=(
                "Read it next to promo-code uses and sales uplift, and allow a few weeks: part of the "
                "audience buys later."
            ),
            fr=(
                "Lisez-les avec les utilisations de code promo et l’évolution des ventes, et laissez passer "
                "quelques semaines : une partie de l’audience achète plus tard."
            ),
        ),
        source="La Maison de l'Influence, que mesurer",
        objectives=("sales", "new_markets"),
        aliases=("Ventes", "Orders", "Commandes", "Number of sales", "Nombre de ventes"),
    ),
    Kpi(
        id="revenue",
        excel_name="REVENUE",
        label=Text(en="Revenue", fr="Chiffre d’affaires"),
        help=Text(
            en=(
                "Sales amount credited to the campaign. Keep one convention throughout (before or after tax) "
                "and deduct refunds."
            ),
            fr=(
                "Montant des ventes attribuées à la campagne. Gardez la même convention partout (HT ou TTC) "
                "et déduisez les remboursements."
            ),
        ),
        formula=Text(en="sum of revenue", fr="somme du chiffre d’affaires"),
        unit=Unit.MONEY,
        better=Better.HIGHER,
        stage=Stage.CONVERSION,
        inputs=("revenue",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en=(
                "ROI, ROAS and average order value all rest on it, so an error here spreads to the whole "
                "report."
            ),
            fr=(
                "Le ROI, le ROAS et le panier moyen en dépendent : une erreur ici se propage à tout le "
                "rapport."
            ),
        ),
        how=Text(
            en=(
                "Compare the revenue of each influencer with what that influencer cost, and check the total "
                "against the shop’s own export."
            ),
            fr=(
                "Rapprochez le chiffre d’affaires de chaque influenceur de ce qu’il a coûté, et vérifiez le "
                "total avec l’export de la boutique en ligne."
            ),
        ),
        source="Metricool, 15 KPI, 2025-09-16",
        objectives=("sales",),
        aliases=("Chiffre d’affaires généré", "CA", "CA généré", "Turnover"),
    ),
    Kpi(
        id="average_order_value",
        excel_name="AVERAGE_ORDER_VALUE",
        label=Text(en="Average order value", fr="Panier moyen"),
        help=Text(
            en="Mean amount of an order placed through the campaign.",
            fr="Montant moyen d’une commande passée grâce à la campagne.",
        ),
        formula=Text(en="revenue ÷ orders", fr="chiffre d’affaires ÷ commandes"),
        unit=Unit.MONEY,
        better=Better.HIGHER,
        stage=Stage.CONVERSION,
        inputs=("revenue", "orders"),
        compute=formulas.ratio,
        why=Text(
            en=(
                "Fewer but larger orders can make up for missed volume, which the number of sales alone "
                "would hide."
            ),
            fr=(
                "Des commandes moins nombreuses mais plus élevées peuvent compenser un volume décevant, ce "
                "que le seul nombre de ventes ne montre pas."
            ),
        ),
        how=Text(
            en=(
                "Set it beside the shop’s usual basket: if it is lower, look at the discount behind the "
                "promo code."
            ),
            fr=(
                "Comparez-le au panier habituel de la boutique : s’il est plus bas, regardez du côté de la "
                "remise liée au code promo."
            ),
        ),
        source="Rapport KPI marketing d'influence (article), 2025; accepted definition of the trade",
        objectives=("sales",),
        aliases=("AOV", "Average basket", "Valeur moyenne des commandes"),
    ),
    Kpi(
        id="leads",
        excel_name="LEADS",
        label=Text(en="Leads", fr="Leads"),
        help=Text(
            en=(
                "Contacts gained through the campaign: people who left their details and may become "
                "customers."
            ),
            fr=(
                "Contacts obtenus grâce à la campagne : des personnes qui ont laissé leurs coordonnées et "
                "peuvent devenir clientes."
            ),
        ),
        formula=Text(en="sum of leads", fr="somme des leads"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.CONVERSION,
        inputs=("leads",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en=(
                "For a considered or business purchase, a contact is often the nearest result that can be "
                "credited to a post."
            ),
            fr=(
                "Pour un achat réfléchi ou professionnel, le contact est souvent le résultat le plus concret "
                "que l’on puisse rattacher à une publication."
            ),
        ),
        how=Text(
            en=(
                "Follow leads by influencer and by network, then ask the sales team how many were worth a "
                "call."
            ),
            fr=(
                "Suivez les leads par influenceur et par réseau, puis demandez aux commerciaux combien "
                "méritaient un appel."
            ),
        ),
        source="Influspy, KPI influence marketing",
        objectives=("leads",),
        aliases=("Prospects", "Number of leads", "Nombre de leads", "Leads générés"),
    ),
    Kpi(
        id="qualified_leads",
        excel_name="QUALIFIED_LEADS",
        label=Text(en="Qualified leads", fr="Leads qualifiés"),
        help=Text(
            en="Leads that meet the criteria of your sales team or CRM, such as need, budget or location.",
            fr=(
                "Leads qui répondent aux critères de votre équipe commerciale ou de votre CRM : besoin, "
                "budget, zone géographique…"
            ),
        ),
        formula=Text(en="sum of qualified leads", fr="somme des leads qualifiés"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.CONVERSION,
        inputs=("qualified_leads",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en=(
                "A long list of contacts that nobody can sell to costs time; the qualified part shows "
                "whether the right people were reached."
            ),
            fr=(
                "Une longue liste de contacts sans potentiel fait perdre du temps ; la part qualifiée montre "
                "si vous avez touché les bonnes personnes."
            ),
        ),
        how=Text(
            en=(
                "Agree on the rule before launch and set the result against all leads: a falling share calls "
                "for tighter targeting or a clearer offer."
            ),
            fr=(
                "Arrêtez la règle avant le lancement et rapportez le résultat au total des leads : si cette "
                "part baisse, resserrez le ciblage ou clarifiez l’offre."
            ),
        ),
        source="Rapport KPI marketing d'influence (article), 2025",
        objectives=("leads",),
        aliases=(
            "Number of qualified leads",
            "Nombre de leads qualifiés",
            "Prospects qualifiés",
            "MQL",
        ),
    ),
    Kpi(
        id="downloads",
        excel_name="DOWNLOADS",
        label=Text(en="Downloads", fr="Téléchargements"),
        help=Text(
            en="Apps, guides or files downloaded from a campaign link or with a campaign code.",
            fr="Applications, guides ou fichiers téléchargés à partir d’un lien ou d’un code de la campagne.",
        ),
        formula=Text(en="sum of downloads", fr="somme des téléchargements"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.CONVERSION,
        inputs=("downloads",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="A download takes a little effort, so it tells more about interest than a click does.",
            fr=(
                "Télécharger demande un petit effort : l’intérêt est donc plus marqué que pour un simple "
                "clic."
            ),
        ),
        how=Text(
            en="Compare downloads with clicks by influencer to see whose presentation convinces.",
            fr=(
                "Comparez téléchargements et clics par influenceur pour repérer celui dont la présentation "
                "convainc."
            ),
        ),
        source="Metricool, 15 KPI, 2025-09-16",
        aliases=("Number of downloads", "Nombre de téléchargements"),
    ),
    Kpi(
        id="sign_ups",
        excel_name="SIGN_UPS",
        label=Text(en="Sign-ups", fr="Inscriptions"),
        help=Text(
            en="Accounts, newsletter subscriptions or event registrations that came from the campaign.",
            fr=(
                "Comptes créés, abonnements à la newsletter ou inscriptions à un événement issus de la "
                "campagne."
            ),
        ),
        formula=Text(en="sum of sign-ups", fr="somme des inscriptions"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.CONVERSION,
        inputs=("sign_ups",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="They open a direct line to people whom only the influencer could reach until then.",
            fr=(
                "Elles ouvrent un contact direct avec un public que seul l’influenceur pouvait toucher "
                "jusque-là."
            ),
        ),
        how=Text(
            en=(
                "Check after a month how many are still active, and repeat the partnerships whose sign-ups "
                "stay."
            ),
            fr=(
                "Vérifiez au bout d’un mois combien d’inscrits restent actifs et reconduisez les "
                "partenariats qui les ont fidélisés."
            ),
        ),
        source="Metricool, 15 KPI, 2025-09-16",
        aliases=("Registrations", "Number of sign-ups", "Nombre d’inscriptions", "Signups"),
    ),
    Kpi(
        id="quotes",
        excel_name="QUOTE_REQUESTS",
        label=Text(en="Quote requests", fr="Demandes de devis"),
        help=Text(
            en="Requests for a price received through the campaign’s links, codes or forms.",
            fr="Demandes de prix reçues par les liens, les codes ou les formulaires de la campagne.",
        ),
        formula=Text(en="sum of quote requests", fr="somme des demandes de devis"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.CONVERSION,
        inputs=("quotes",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en=(
                "In services, equipment and business-to-business, asking for a price is a strong sign of "
                "intent."
            ),
            fr="Dans les services, l’équipement ou le B2B, demander un prix est un signe d’intention fort.",
        ),
        how=Text(
            en="Track how many turn into orders, and answer fast: a late quote wastes the influencer’s work.",
            fr=(
                "Suivez combien se transforment en commandes et répondez vite : un devis tardif gâche le "
                "travail de l’influenceur."
            ),
        ),
        source="Metricool, 15 KPI, 2025-09-16",
        aliases=("Devis", "Devis demandés"),
    ),
    Kpi(
        id="contest_entries",
        excel_name="CONTEST_ENTRIES",
        label=Text(en="Contest entries", fr="Participations au jeu-concours"),
        help=Text(
            en="Valid entries in the contest or giveaway run with the influencers.",
            fr="Participations valides au jeu-concours organisé avec les influenceurs.",
        ),
        formula=Text(en="sum of contest entries", fr="somme des participations"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.CONVERSION,
        inputs=("contest_entries",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="They show how far beyond a like the community goes when it is invited to take part.",
            fr="Elles montrent jusqu’où la communauté va, au-delà du like, quand on l’invite à participer.",
        ),
        how=Text(
            en=(
                "Remove duplicates and prize hunters, then see how many participants still follow the brand "
                "a month later."
            ),
            fr=(
                "Écartez les doublons et les chasseurs de lots, puis regardez combien de participants "
                "suivent encore la marque un mois plus tard."
            ),
        ),
        source="La Maison de l'Influence, que mesurer",
        objectives=("participation",),
        aliases=("Giveaway entries", "Participations", "Participations jeu-concours"),
    ),
    Kpi(
        id="promo_redemptions",
        excel_name="PROMO_REDEMPTIONS",
        label=Text(en="Promo-code uses", fr="Utilisations de code promo"),
        help=Text(
            en="Orders placed with an influencer’s promo code.",
            fr="Commandes passées avec le code promo d’un influenceur.",
        ),
        formula=Text(en="sum of promo-code uses", fr="somme des utilisations de code"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.CONVERSION,
        inputs=("promo_redemptions",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="The code credits a sale to one influencer even when nobody clicked the link.",
            fr="Le code rattache une vente à un influenceur, même si personne n’a cliqué sur le lien.",
        ),
        how=Text(
            en=(
                "Use one code per influencer and watch for sudden peaks: a code that spreads on a coupon "
                "site no longer measures the influencer."
            ),
            fr=(
                "Attribuez un code par influenceur et surveillez les pics soudains : un code repris sur un "
                "site de bons plans ne mesure plus l’influenceur."
            ),
        ),
        source="Influspy, KPI influence marketing",
        aliases=(
            "Promo-code redemptions",
            "Promo codes used",
            "Codes promo utilisés",
            "Utilisations du code promo",
            "Utilisation du code promo",
        ),
    ),
    Kpi(
        id="qr_scans",
        excel_name="QR_SCANS",
        label=Text(en="QR scans", fr="Scans de QR code"),
        help=Text(
            en="Scans of the campaign’s QR codes on packs, posters and stands or in videos.",
            fr=(
                "Scans des QR codes de la campagne, sur les emballages, les affiches, les stands ou dans les "
                "vidéos."
            ),
        ),
        formula=Text(en="sum of QR scans", fr="somme des scans"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.CONVERSION,
        inputs=("qr_scans",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="They connect shops, posters and screens to the campaign, where no click exists.",
            fr=(
                "Ils relient à la campagne les magasins, les affiches et les écrans, là où aucun clic "
                "n’existe."
            ),
        ),
        how=Text(
            en=(
                "Put a separate tracked link behind each QR code, so that you know which place or influencer "
                "led to the scan."
            ),
            fr=(
                "Placez un lien tracké distinct derrière chaque QR code pour savoir quel emplacement ou quel "
                "influenceur a mené au scan."
            ),
        ),
        source="La Maison de l'Influence, que mesurer",
        aliases=("QR code scans", "Scans QR"),
    ),
    Kpi(
        id="sales_uplift",
        excel_name="SALES_UPLIFT",
        label=Text(en="Sales uplift", fr="Évolution des ventes"),
        help=Text(
            en=(
                "Change in sales during the campaign compared with a reference period, for when no link or "
                "code can credit the orders."
            ),
            fr=(
                "Variation des ventes pendant la campagne par rapport à une période de référence, lorsque ni "
                "lien ni code ne permet d’attribuer les commandes."
            ),
        ),
        formula=Text(
            en="(sales in the period − baseline sales) ÷ baseline sales",
            fr="(ventes de la période − ventes de référence) ÷ ventes de référence",
        ),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.CONVERSION,
        inputs=("period_sales", "baseline_sales"),
        compute=formulas.growth,
        why=Text(
            en="It catches purchases in shops or at a later date, which tracking never sees.",
            fr="Elle capte les achats en magasin ou différés, que le suivi ne voit pas.",
        ),
        how=Text(
            en=(
                "Choose a baseline with the same season and promotions, and note anything else that could "
                "have moved sales."
            ),
            fr=(
                "Choisissez une référence de même saison et de mêmes promotions, et notez tout autre facteur "
                "qui a pu jouer sur les ventes."
            ),
        ),
        source="Influspy, KPI influence marketing; accepted definition of the trade",
        aliases=("Sales lift", "Hausse des ventes"),
    ),
)
