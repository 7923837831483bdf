"""KPIs beyond one influencer campaign: attainment of any target, loyalty, e-mail, process and profit."""

from __future__ import annotations

from xlkpi.core import formulas
from xlkpi.core.kpi import Better, Kpi, Stage, Unit
from xlkpi.core.texts import Text

KPIS: tuple[Kpi, ...] = (
    Kpi(
        id="attainment",
        excel_name="ATTAINMENT",
        label=Text(en="Attainment", fr="Taux d’atteinte"),
        help=Text(
            en=(
                "Result as a share of the target set before the campaign: 100% means that the target is met "
                "exactly."
            ),
            fr=(
                "Résultat rapporté à l’objectif fixé avant la campagne : 100 % signifie que l’objectif est "
                "exactement atteint."
            ),
        ),
        formula=Text(en="actual ÷ target", fr="réel ÷ objectif"),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.OTHER,
        inputs=("actual", "target"),
        compute=formulas.ratio,
        why=Text(
            en="It puts every KPI on one scale, so that the gaps that matter stand out.",
            fr="Il ramène tous les KPI à une même échelle et fait ressortir les écarts qui comptent.",
        ),
        how=Text(
            en=(
                "Read it with the direction of the KPI in mind: for a cost, staying under 100% is the good "
                "news."
            ),
            fr=(
                "Lisez-le en tenant compte du sens du KPI : pour un coût, rester sous 100 % est une bonne "
                "nouvelle."
            ),
        ),
        source="Influspy, KPI influence marketing",
        aliases=("Attainment rate", "Taux de réalisation", "Efficacité"),
        parameters=("actual", "target"),
    ),
    Kpi(
        id="clv",
        excel_name="CLV",
        label=Text(en="Customer lifetime value (CLV)", fr="Valeur vie client (CLV)"),
        help=Text(
            en=(
                "What a customer brings over the whole relationship: average order, times orders a year, "
                "times years, times the margin."
            ),
            fr=(
                "Ce qu’un client rapporte sur toute la relation : panier moyen, multiplié par le nombre de "
                "commandes par an, par le nombre d’années et par la marge."
            ),
        ),
        formula=Text(
            en="average order × orders a year × years × margin",
            fr="panier moyen × commandes par an × années × marge",
        ),
        unit=Unit.MONEY,
        better=Better.HIGHER,
        stage=Stage.OTHER,
        inputs=("order_value", "orders_per_year", "years", "margin"),
        compute=formulas.clv,
        why=Text(
            en="It says how much you can afford to pay for a new customer and still gain in the long run.",
            fr="Elle indique combien vous pouvez payer un nouveau client tout en y gagnant à long terme.",
        ),
        how=Text(
            en=(
                "Set it beside customer acquisition cost, and look for the influencers whose customers come "
                "back."
            ),
            fr=(
                "Rapprochez-la du coût d’acquisition client et cherchez les influenceurs dont les clients "
                "reviennent."
            ),
        ),
        source="Rapport KPI marketing d'influence (article), 2025; accepted definition of the trade",
        objectives=("loyalty",),
        aliases=("Customer lifetime value", "Lifetime value", "LTV", "Valeur vie client"),
    ),
    Kpi(
        id="retention_rate",
        excel_name="RETENTION_RATE",
        label=Text(en="Retention rate", fr="Taux de rétention"),
        help=Text(
            en=(
                "Share of the customers at the start of the period who are still customers at its end; those "
                "gained meanwhile are left out."
            ),
            fr=(
                "Part des clients présents au début de la période qui le sont toujours à la fin ; ceux "
                "gagnés entre-temps sont exclus."
            ),
        ),
        formula=Text(
            en="(customers at end − new customers) ÷ customers at start",
            fr="(clients à la fin − nouveaux clients) ÷ clients au début",
        ),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.OTHER,
        inputs=("customers_end", "customers_new", "customers_start"),
        compute=formulas.retention,
        why=Text(
            en=(
                "Keeping a customer is generally cheaper than winning another, and early departures reveal a "
                "promise not kept."
            ),
            fr=(
                "Garder un client coûte en général moins cher que d’en gagner un autre, et des départs "
                "précoces révèlent une promesse non tenue."
            ),
        ),
        how=Text(
            en=(
                "Compare the customers who came through influencers with the others and, if they leave "
                "sooner, review what the posts promise."
            ),
            fr=(
                "Comparez les clients venus par les influenceurs aux autres et, s’ils partent plus tôt, "
                "revoyez ce que promettent les publications."
            ),
        ),
        source="Rapport KPI marketing d'influence (article), 2025; accepted definition of the trade",
        objectives=("loyalty",),
        aliases=("Customer retention", "Rétention", "Rétention client"),
    ),
    Kpi(
        id="customer_change",
        excel_name="CUSTOMER_CHANGE",
        label=Text(en="Change in customers", fr="Évolution du nombre de clients"),
        help=Text(
            en=(
                "Customers at the end of the month, or of another period, minus customers at its start: "
                "above zero means growth."
            ),
            fr=(
                "Clients à la fin du mois, ou d’une autre période, moins clients au début : au-dessus de "
                "zéro, la clientèle progresse."
            ),
        ),
        formula=Text(
            en="customers at end − customers at start", fr="clients à la fin − clients au début"
        ),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.OTHER,
        inputs=("customers_end", "customers_start"),
        compute=formulas.difference,
        why=Text(
            en="One look tells whether the business is growing, whatever the campaign figures say.",
            fr=(
                "Un coup d’œil suffit pour savoir si l’activité progresse, quoi qu’en disent les chiffres de "
                "campagne."
            ),
        ),
        how=Text(
            en="Place it beside the campaign calendar to see whether the active months stand out.",
            fr="Placez-la en regard du calendrier des campagnes pour voir si les mois actifs se distinguent.",
        ),
        source="Influspy, KPI influence marketing",
        objectives=("loyalty",),
        aliases=("Monthly customers", "Clients mensuels", "Nombre de clients mensuels"),
    ),
    Kpi(
        id="open_rate",
        excel_name="OPEN_RATE",
        label=Text(en="E-mail open rate", fr="Taux d’ouverture des e-mails"),
        help=Text(
            en=(
                "Share of delivered e-mails that were opened. Some mail apps open messages by themselves, "
                "which inflates it."
            ),
            fr=(
                "Part des e-mails délivrés qui ont été ouverts. Certaines messageries ouvrent les messages "
                "d’elles-mêmes, ce qui gonfle le taux."
            ),
        ),
        formula=Text(en="opens ÷ e-mails delivered", fr="ouvertures ÷ e-mails délivrés"),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.OTHER,
        inputs=("opens", "delivered"),
        compute=formulas.ratio,
        why=Text(
            en="It tells whether the sender and the subject line gave people a reason to look.",
            fr="Il dit si l’expéditeur et l’objet ont donné envie de regarder.",
        ),
        how=Text(
            en=(
                "When many open but few click, the content does not keep what the subject line promises: "
                "rewrite it first."
            ),
            fr=(
                "Si beaucoup ouvrent mais que peu cliquent, le contenu ne tient pas la promesse de l’objet : "
                "commencez par le réécrire."
            ),
        ),
        source="Rapport KPI marketing d'influence (article), 2025; accepted definition of the trade",
        aliases=(
            "Email open rate",
            "Taux d’ouverture",
            "Taux d’ouverture e-mail",
            "Taux d’ouverture emails",
        ),
    ),
    Kpi(
        id="email_click_rate",
        excel_name="EMAIL_CLICK_RATE",
        label=Text(en="E-mail click rate", fr="Taux de clics des e-mails"),
        help=Text(
            en="Share of delivered e-mails in which a link was clicked.",
            fr="Part des e-mails délivrés dans lesquels un lien a été cliqué.",
        ),
        formula=Text(
            en="e-mail clicks ÷ e-mails delivered", fr="clics d’e-mail ÷ e-mails délivrés"
        ),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.OTHER,
        inputs=("email_clicks", "delivered"),
        compute=formulas.ratio,
        why=Text(
            en="It measures interest in the message itself, and not only in its subject line.",
            fr="Il mesure l’intérêt pour le message lui-même, et pas seulement pour son objet.",
        ),
        how=Text(
            en="Put an influencer’s photo or quote in half of a mailing and compare the two halves.",
            fr=(
                "Insérez la photo ou la citation d’un influenceur dans une moitié de l’envoi et comparez les "
                "deux moitiés."
            ),
        ),
        source="Gartner-based KPI guide (article); accepted definition of the trade",
        aliases=("Taux de clics e-mail", "Taux de clics emails"),
    ),
    Kpi(
        id="deliverability",
        excel_name="DELIVERABILITY",
        label=Text(en="Deliverability", fr="Taux de délivrabilité"),
        help=Text(
            en="Share of the e-mails sent that the recipients’ mail services accepted.",
            fr="Part des e-mails envoyés que les messageries des destinataires ont acceptés.",
        ),
        formula=Text(
            en="e-mails delivered ÷ e-mails sent", fr="e-mails délivrés ÷ e-mails envoyés"
        ),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.OTHER,
        inputs=("delivered", "sent"),
        compute=formulas.ratio,
        why=Text(
            en=(
                "A message that never arrives is lost, and repeated failures harm the reputation of the "
                "sender."
            ),
            fr=(
                "Un message qui n’arrive pas est perdu, et les échecs répétés nuisent à la réputation de "
                "l’expéditeur."
            ),
        ),
        how=Text(
            en="Clean the addresses collected in a contest before the first mailing.",
            fr="Nettoyez les adresses recueillies lors d’un jeu-concours avant le premier envoi.",
        ),
        source="Gartner-based KPI guide (article); accepted definition of the trade",
        aliases=(
            "Delivery rate",
            "Délivrabilité",
            "Taux de délivrabilité des e-mails",
            "Taux de délivrabilité des emails",
        ),
    ),
    Kpi(
        id="response_rate",
        excel_name="RESPONSE_RATE",
        label=Text(en="Response rate", fr="Taux de réponse"),
        help=Text(
            en=(
                "Share of requests that received an answer: influencers contacted, customers’ questions or "
                "comments."
            ),
            fr=(
                "Part des demandes qui ont reçu une réponse : influenceurs contactés, questions ou "
                "commentaires de clients."
            ),
        ),
        formula=Text(en="answers ÷ requests", fr="réponses ÷ demandes"),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.OTHER,
        inputs=("answers", "requests"),
        compute=formulas.ratio,
        why=Text(
            en="It warns early, because results tend to drop some weeks after answers do.",
            fr=(
                "Il alerte tôt, car les résultats ont tendance à baisser quelques semaines après les "
                "réponses."
            ),
        ),
        how=Text(
            en=(
                "Choose one kind of request, count it every week, and change the message or the team’s hours "
                "when the rate slips."
            ),
            fr=(
                "Choisissez un type de demande, comptez-le chaque semaine et revoyez le message ou les "
                "horaires de l’équipe si le taux recule."
            ),
        ),
        source="Gartner-based KPI guide (article); accepted definition of the trade",
        aliases=("Answer rate",),
    ),
    Kpi(
        id="handling_time",
        excel_name="HANDLING_TIME",
        label=Text(en="Handling time", fr="Délai de traitement"),
        help=Text(
            en="Mean time taken to handle a request, in hours.",
            fr="Temps moyen de traitement d’une demande, en heures.",
        ),
        formula=Text(
            en="handling hours ÷ requests handled", fr="heures de traitement ÷ demandes traitées"
        ),
        unit=Unit.HOURS,
        better=Better.LOWER,
        stage=Stage.OTHER,
        inputs=("handling_hours", "requests_handled"),
        compute=formulas.mean,
        why=Text(
            en="A lead or a complaint left waiting goes to a competitor or ends up in the public comments.",
            fr=(
                "Un lead ou une réclamation qui attend part chez un concurrent ou finit en commentaire "
                "public."
            ),
        ),
        how=Text(
            en="Plan extra hands for the days after a large post, and set a time limit that everyone knows.",
            fr=(
                "Prévoyez du renfort pour les jours qui suivent une grosse publication et fixez un délai "
                "maximal connu de tous."
            ),
        ),
        source="Gartner-based KPI guide (article); accepted definition of the trade",
        aliases=("Average handling time", "Rapidité de traitement", "Temps de traitement"),
    ),
    Kpi(
        id="profit_margin",
        excel_name="PROFIT_MARGIN",
        label=Text(en="Profit margin", fr="Profitabilité"),
        help=Text(
            en="Share of revenue that remains as profit.",
            fr="Part du chiffre d’affaires qui reste en bénéfice.",
        ),
        formula=Text(en="profit ÷ revenue", fr="bénéfice ÷ chiffre d’affaires"),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.OTHER,
        inputs=("profit", "revenue"),
        compute=formulas.ratio,
        why=Text(
            en="Selling more only helps if something is left of each sale.",
            fr="Vendre plus n’est utile que s’il reste quelque chose de chaque vente.",
        ),
        how=Text(
            en="Check it while promo codes run: a deep discount can lift sales and empty the margin.",
            fr=(
                "Vérifiez-la pendant les opérations à code promo : une forte remise peut doper les ventes et "
                "vider la marge."
            ),
        ),
        source="Influspy, KPI influence marketing",
        aliases=("Profitability", "Marge bénéficiaire"),
    ),
    Kpi(
        id="profit_on_investment",
        excel_name="PROFIT_ON_INVESTMENT",
        label=Text(en="Profit on investment", fr="Rentabilité"),
        help=Text(
            en="Profit obtained for the money invested, as a percentage of that investment.",
            fr="Bénéfice obtenu pour l’argent investi, en pourcentage de cet investissement.",
        ),
        formula=Text(en="profit ÷ investment", fr="bénéfice ÷ investissement"),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.OTHER,
        inputs=("profit", "cost"),
        compute=formulas.ratio,
        why=Text(
            en="It compares the campaign with any other use of the same money.",
            fr="Elle compare la campagne à tout autre emploi de la même somme.",
        ),
        how=Text(
            en=(
                "Use it when your accountants supply the profit; otherwise profit ROI estimates it from "
                "revenue and margin."
            ),
            fr=(
                "Utilisez-la quand la comptabilité fournit le bénéfice ; sinon, le ROI sur marge l’estime à "
                "partir du chiffre d’affaires et de la marge."
            ),
        ),
        source="Influspy, KPI influence marketing",
        aliases=("Taux de rentabilité",),
        parameters=("profit", "investment"),
    ),
)
