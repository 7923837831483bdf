"""Cost and return KPIs: what results cost, what the money brought back, what the exposure was worth."""

from __future__ import annotations

from xlkpi.core import formulas
from xlkpi.core.kpi import Better, Kpi, Stage, Unit
from xlkpi.core.texts import Text

KPIS: tuple[Kpi, ...] = (
    Kpi(
        id="cpa",
        excel_name="CPA",
        label=Text(en="Cost per acquisition (CPA)", fr="Coût par acquisition (CPA)"),
        help=Text(
            en="Average spend for one conversion, whatever its type: order, lead, sign-up or download.",
            fr=(
                "Dépense moyenne pour une conversion, quel qu’en soit le type : commande, lead, inscription "
                "ou téléchargement."
            ),
        ),
        formula=Text(en="spend ÷ conversions", fr="dépenses ÷ conversions"),
        unit=Unit.MONEY,
        better=Better.LOWER,
        stage=Stage.CONVERSION,
        inputs=("cost", "conversions"),
        compute=formulas.ratio,
        why=Text(
            en="It shows whether results come at a price that the margin can bear.",
            fr="Il indique si les résultats sont obtenus à un prix que la marge peut supporter.",
        ),
        how=Text(
            en=(
                "Set it against your paid ads and other channels; when one influencer is far above, review "
                "the audience or the offer first."
            ),
            fr=(
                "Comparez-le à vos publicités et à vos autres canaux ; si un influenceur est bien au-dessus, "
                "revoyez d’abord l’audience ou l’offre."
            ),
        ),
        source="Metricool, 15 KPI, 2025-09-16",
        objectives=("sales",),
        aliases=(
            "Cost per acquisition",
            "Coût par acquisition",
            "Cost per conversion",
            "Coût par conversion",
            "Cost per action",
            "Coût par action",
        ),
        parameters=("spend", "conversions"),
    ),
    Kpi(
        id="cac",
        excel_name="CAC",
        label=Text(en="Customer acquisition cost (CAC)", fr="Coût d’acquisition client (CAC)"),
        help=Text(
            en=(
                "Average spend to win one new customer, all acquisition costs included. Unlike CPA, it "
                "leaves out people who were customers already."
            ),
            fr=(
                "Dépense moyenne pour gagner un nouveau client, tous coûts d’acquisition compris. À la "
                "différence du CPA, les personnes déjà clientes ne comptent pas."
            ),
        ),
        formula=Text(en="spend ÷ new customers", fr="dépenses ÷ nouveaux clients"),
        unit=Unit.MONEY,
        better=Better.LOWER,
        stage=Stage.CONVERSION,
        inputs=("cost", "new_customers"),
        compute=formulas.ratio,
        why=Text(
            en="A brand that grows needs buyers it did not have before, and this is their price.",
            fr="Une marque qui se développe a besoin d’acheteurs qu’elle n’avait pas : voici leur prix.",
        ),
        how=Text(
            en=(
                "Compare it with customer lifetime value; if it climbs from one campaign to the next, look "
                "at the targeting."
            ),
            fr=(
                "Comparez-le à la valeur vie client ; s’il grimpe d’une campagne à l’autre, examinez le "
                "ciblage."
            ),
        ),
        source="Rapport KPI marketing d'influence (article), 2025; accepted definition of the trade",
        objectives=("conversion", "new_markets"),
        aliases=("Customer acquisition cost", "Coût d’acquisition client", "Coût d’acquisition"),
        parameters=("spend", "new_customers"),
    ),
    Kpi(
        id="cpl",
        excel_name="CPL",
        label=Text(en="Cost per lead (CPL)", fr="Coût par lead (CPL)"),
        help=Text(
            en="Average spend for one lead collected by the campaign, qualified or not.",
            fr="Dépense moyenne pour un lead obtenu par la campagne, qualifié ou non.",
        ),
        formula=Text(en="spend ÷ leads", fr="dépenses ÷ leads"),
        unit=Unit.MONEY,
        better=Better.LOWER,
        stage=Stage.CONVERSION,
        inputs=("cost", "leads"),
        compute=formulas.ratio,
        why=Text(
            en="A high value means that contacts are bought at a loss, unless many of them sign.",
            fr=(
                "Un coût élevé signifie que les contacts sont acquis à perte, à moins que beaucoup ne "
                "signent."
            ),
        ),
        how=Text(
            en=(
                "Refine the targeting or try another network once it exceeds what a lead is worth to your "
                "sales team."
            ),
            fr=(
                "Affinez le ciblage ou essayez un autre réseau dès qu’il dépasse ce que vaut un lead pour "
                "vos commerciaux."
            ),
        ),
        source="Rapport KPI marketing d'influence (article), 2025; accepted definition of the trade",
        objectives=("leads",),
        aliases=("Cost per lead", "Coût par lead"),
        parameters=("spend", "leads"),
    ),
    Kpi(
        id="roi",
        excel_name="ROI",
        label=Text(en="Return on investment (ROI)", fr="Retour sur investissement (ROI)"),
        help=Text(
            en=(
                "Revenue minus spend, divided by spend: at 0%, revenue just covers spend, at 50%, 100 spent "
                "brings in 150. EMV is never counted as revenue."
            ),
            fr=(
                "Chiffre d’affaires moins dépenses, rapporté aux dépenses : à 0 %, le chiffre d’affaires "
                "couvre juste les dépenses ; à 50 %, 100 dépensés en rapportent 150. L’EMV n’est jamais "
                "comptée comme chiffre d’affaires."
            ),
        ),
        formula=Text(
            en="(revenue − spend) ÷ spend", fr="(chiffre d’affaires − dépenses) ÷ dépenses"
        ),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.CONVERSION,
        inputs=("revenue", "cost"),
        compute=formulas.roi,
        why=Text(
            en="It answers the question every manager asks: did the money come back, and how much more?",
            fr="Il répond à la question de toute direction : l’argent est-il revenu, et avec quel gain ?",
        ),
        how=Text(
            en=(
                "Read it for each influencer too: renew the partnerships that pay over time, renegotiate or "
                "end the rest."
            ),
            fr=(
                "Lisez-le aussi par influenceur : reconduisez les partenariats rentables dans la durée, "
                "renégociez ou arrêtez les autres."
            ),
        ),
        source="Metricool, 15 KPI, 2025-09-16",
        objectives=("conversion", "sales"),
        aliases=("Return on investment", "Retour sur investissement"),
        parameters=("revenue", "spend"),
    ),
    Kpi(
        id="profit_roi",
        excel_name="PROFIT_ROI",
        label=Text(en="Profit ROI", fr="ROI sur marge"),
        help=Text(
            en=(
                "Return counted on gross margin instead of revenue; the margin is the share of revenue left "
                "once the products are paid for."
            ),
            fr=(
                "Retour calculé sur la marge brute et non sur le chiffre d’affaires ; la marge est la part "
                "du chiffre d’affaires qui reste une fois les produits payés."
            ),
        ),
        formula=Text(
            en="(revenue × margin − spend) ÷ spend",
            fr="(chiffre d’affaires × marge − dépenses) ÷ dépenses",
        ),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.CONVERSION,
        inputs=("revenue", "margin", "cost"),
        compute=formulas.profit_roi,
        why=Text(
            en=(
                "A campaign can show a positive ROI and still lose money, because the goods sold have a cost "
                "too."
            ),
            fr=(
                "Une campagne peut afficher un ROI positif et perdre de l’argent, car les produits vendus "
                "ont eux aussi un coût."
            ),
        ),
        how=Text(
            en=(
                "Enter the margin in Campaigns and rely on this figure, rather than on ROI, to decide how "
                "much a partnership may cost."
            ),
            fr=(
                "Saisissez la marge dans Campagnes et fiez-vous à ce chiffre, plutôt qu’au ROI, pour fixer "
                "le prix acceptable d’un partenariat."
            ),
        ),
        source="Not in the source articles; accepted definition of the trade",
        aliases=("Profit-based ROI", "Margin ROI"),
        parameters=("revenue", "margin", "spend"),
    ),
    Kpi(
        id="roas",
        excel_name="ROAS",
        label=Text(en="Return on ad spend (ROAS)", fr="Retour sur dépenses publicitaires (ROAS)"),
        help=Text(
            en=(
                "Revenue as a multiple of spend: 3× means that 100 spent brought in 300. ROI is this figure "
                "minus one."
            ),
            fr=(
                "Chiffre d’affaires en multiple des dépenses : 3 × signifie que 100 dépensés en ont rapporté "
                "300. Le ROI est ce chiffre moins un."
            ),
        ),
        formula=Text(en="revenue ÷ spend", fr="chiffre d’affaires ÷ dépenses"),
        unit=Unit.TIMES,
        better=Better.HIGHER,
        stage=Stage.CONVERSION,
        inputs=("revenue", "cost"),
        compute=formulas.ratio,
        why=Text(
            en="Ad platforms report it, so it puts influencers and paid ads on the same scale.",
            fr=(
                "Les régies publicitaires l’affichent : il met influenceurs et publicités sur la même "
                "échelle."
            ),
        ),
        how=Text(
            en=(
                "Compare it with the ROAS of your ad accounts over the same dates, and never enter it as an "
                "ROI: the two differ by one."
            ),
            fr=(
                "Comparez-le au ROAS de vos comptes publicitaires aux mêmes dates, et ne le saisissez jamais "
                "comme un ROI : les deux diffèrent d’une unité."
            ),
        ),
        source="Not in the source articles; accepted definition of the trade",
        aliases=("Return on ad spend", "Retour sur dépenses publicitaires"),
        parameters=("revenue", "spend"),
    ),
    Kpi(
        id="spend",
        excel_name="SPEND",
        label=Text(en="Spend", fr="Dépenses"),
        help=Text(
            en=(
                "All that the campaign cost: fees, gifted products at their value, production, agency and "
                "boosting."
            ),
            fr=(
                "Tout ce que la campagne a coûté : rémunérations, produits offerts à leur valeur, "
                "production, agence et publications sponsorisées."
            ),
        ),
        formula=Text(en="sum of costs", fr="somme des coûts"),
        unit=Unit.MONEY,
        better=Better.NEUTRAL,
        stage=Stage.BUDGET,
        inputs=("cost",),
        compute=formulas.total,
        has_function=False,
        is_ceiling=True,
        why=Text(
            en="Every cost ratio and every return starts from it, and a forgotten line flatters them all.",
            fr=(
                "Tous les ratios de coût et de rentabilité en partent, et une ligne oubliée les embellit "
                "tous."
            ),
        ),
        how=Text(
            en=(
                "Enter the cost of each collaboration as soon as it is agreed, and compare the total with "
                "the planned budget every week."
            ),
            fr=(
                "Saisissez le coût de chaque collaboration dès l’accord conclu et comparez chaque semaine le "
                "total au budget prévu."
            ),
        ),
        source="Metricool, 15 KPI, 2025-09-16",
        aliases=("Budget investi", "Budget spent", "Total cost", "Coût total", "Dépense"),
    ),
    Kpi(
        id="cpe",
        excel_name="CPE",
        label=Text(en="Cost per engagement (CPE)", fr="Coût par engagement (CPE)"),
        help=Text(
            en="Average spend for one interaction, with the same set of interactions as the engagement rate.",
            fr=(
                "Dépense moyenne pour une interaction, avec les mêmes interactions que dans le taux "
                "d’engagement."
            ),
        ),
        formula=Text(en="spend ÷ interactions", fr="dépenses ÷ interactions"),
        unit=Unit.MONEY,
        better=Better.LOWER,
        stage=Stage.BUDGET,
        inputs=("cost", "interactions"),
        compute=formulas.ratio,
        why=Text(
            en=(
                "It tells who stirs people at a fair price; a high value hints at dull content or at the "
                "wrong audience."
            ),
            fr=(
                "Il indique qui fait réagir à un prix raisonnable ; un coût élevé laisse penser à un contenu "
                "terne ou à une audience mal choisie."
            ),
        ),
        how=Text(
            en="Rank influencers and formats by it before you plan the next wave.",
            fr="Classez influenceurs et formats selon ce coût avant de préparer la prochaine vague.",
        ),
        source="Metricool, 15 KPI, 2025-09-16",
        aliases=(
            "Cost per engagement",
            "Coût par engagement",
            "Cost per interaction",
            "Coût par interaction",
        ),
        parameters=("spend", "interactions"),
    ),
    Kpi(
        id="cpm",
        excel_name="CPM",
        label=Text(
            en="Cost per thousand impressions (CPM)", fr="Coût pour mille impressions (CPM)"
        ),
        help=Text(
            en=(
                "Average spend for a thousand impressions. Some tools divide by reach or followers instead: "
                "compare only figures with the same base."
            ),
            fr=(
                "Dépense moyenne pour mille impressions. Certains outils divisent par la portée ou par les "
                "abonnés : ne comparez que des CPM de même base."
            ),
        ),
        formula=Text(en="spend ÷ impressions × 1,000", fr="dépenses ÷ impressions × 1 000"),
        unit=Unit.MONEY,
        better=Better.LOWER,
        stage=Stage.BUDGET,
        inputs=("cost", "impressions"),
        compute=formulas.per_thousand,
        why=Text(
            en="It is the common price of exposure, the one media buyers know for every channel.",
            fr=(
                "C’est le prix courant de l’exposition, celui que les acheteurs média connaissent pour "
                "chaque canal."
            ),
        ),
        how=Text(
            en=(
                "Follow it from campaign to campaign and move money to the networks and formats where being "
                "seen costs less."
            ),
            fr=(
                "Suivez-le d’une campagne à l’autre et déplacez le budget vers les réseaux et les formats où "
                "être vu coûte moins cher."
            ),
        ),
        source="Metricool, 15 KPI, 2025-09-16",
        aliases=(
            "Cost per thousand impressions",
            "Coût pour mille impressions",
            "Cost per mille",
            "Coût pour mille",
            "Coût pour 1 000 impressions",
            "Coût pour 1000 impressions",
        ),
        parameters=("spend", "impressions"),
    ),
    Kpi(
        id="cpi",
        excel_name="CPI",
        label=Text(en="Cost per impression (CPI)", fr="Coût par impression (CPI)"),
        help=Text(
            en="Average spend for one impression, that is CPM divided by 1,000.",
            fr="Dépense moyenne pour une impression, soit le CPM divisé par 1 000.",
        ),
        formula=Text(en="spend ÷ impressions", fr="dépenses ÷ impressions"),
        unit=Unit.MONEY,
        better=Better.LOWER,
        stage=Stage.BUDGET,
        inputs=("cost", "impressions"),
        compute=formulas.ratio,
        why=Text(
            en=(
                "With cost per engagement, it is one of the two prices on which an earned media value can "
                "rest."
            ),
            fr="Avec le coût par engagement, c’est l’un des deux prix sur lesquels une EMV peut reposer.",
        ),
        how=Text(
            en=(
                "Keep it for calculations and quote CPM in reports: amounts of a few thousandths are hard to "
                "read."
            ),
            fr=(
                "Gardez-le pour les calculs et citez le CPM dans les rapports : des montants de quelques "
                "millièmes se lisent mal."
            ),
        ),
        source="Influspy, KPI influence marketing",
        aliases=("Cost per impression", "Coût par impression"),
        parameters=("spend", "impressions"),
    ),
    Kpi(
        id="cpc",
        excel_name="CPC",
        label=Text(en="Cost per click (CPC)", fr="Coût par clic (CPC)"),
        help=Text(
            en="Average spend for one click on the campaign link.",
            fr="Dépense moyenne pour un clic sur le lien de la campagne.",
        ),
        formula=Text(en="spend ÷ link clicks", fr="dépenses ÷ clics sur le lien"),
        unit=Unit.MONEY,
        better=Better.LOWER,
        stage=Stage.BUDGET,
        inputs=("cost", "clicks"),
        compute=formulas.ratio,
        why=Text(
            en="It prices a visit the way search and social ads do.",
            fr=(
                "Il chiffre une visite comme le font les publicités sur les moteurs de recherche et les "
                "réseaux sociaux."
            ),
        ),
        how=Text(
            en="Read it with the conversion rate: cheap clicks that never convert are not a saving.",
            fr=(
                "Lisez-le avec le taux de conversion : des clics bon marché qui ne convertissent jamais ne "
                "sont pas une économie."
            ),
        ),
        source="Not in the source articles; accepted definition of the trade",
        aliases=("Cost per click", "Coût par clic"),
        parameters=("spend", "clicks"),
    ),
    Kpi(
        id="cpv",
        excel_name="CPV",
        label=Text(en="Cost per view (CPV)", fr="Coût par vue (CPV)"),
        help=Text(
            en=(
                "Average spend for one video view. Networks do not count a view after the same number of "
                "seconds."
            ),
            fr=(
                "Dépense moyenne pour une vue de vidéo. Selon le réseau, une vue n’est pas comptée au bout "
                "du même nombre de secondes."
            ),
        ),
        formula=Text(en="spend ÷ views", fr="dépenses ÷ vues"),
        unit=Unit.MONEY,
        better=Better.LOWER,
        stage=Stage.BUDGET,
        inputs=("cost", "views"),
        compute=formulas.ratio,
        why=Text(
            en="For video, it says what attention costs, however large the account.",
            fr="Pour la vidéo, il dit ce que coûte l’attention, quelle que soit la taille du compte.",
        ),
        how=Text(
            en=(
                "Compare creators within one network only, and look at video completion before you call a "
                "low value a bargain."
            ),
            fr=(
                "Ne comparez que des créateurs d’un même réseau et regardez le taux de complétion avant de "
                "crier à la bonne affaire."
            ),
        ),
        source="Not in the source articles; accepted definition of the trade",
        aliases=("Cost per view", "Coût par vue"),
        parameters=("spend", "views"),
    ),
    Kpi(
        id="cost_per_post",
        excel_name="COST_PER_POST",
        label=Text(en="Cost per post", fr="Coût par publication"),
        help=Text(
            en="Average spend for one published post, story or video.",
            fr="Dépense moyenne pour un contenu publié : post, story ou vidéo.",
        ),
        formula=Text(en="spend ÷ posts", fr="dépenses ÷ publications"),
        unit=Unit.MONEY,
        better=Better.LOWER,
        stage=Stage.BUDGET,
        inputs=("cost", "posts"),
        compute=formulas.ratio,
        why=Text(
            en="It makes the offers of influencers comparable, even before the first result is in.",
            fr="Il rend comparables les propositions des influenceurs avant même les premiers résultats.",
        ),
        how=Text(
            en=(
                "Use it to negotiate packs of posts with influencers of the same size, then judge the "
                "outcome by CPE or CPM."
            ),
            fr=(
                "Servez-vous-en pour négocier des lots de publications avec des influenceurs de même taille, "
                "puis jugez le résultat au CPE ou au CPM."
            ),
        ),
        source="Not in the source articles; accepted definition of the trade",
        aliases=("Coût par post",),
        parameters=("spend", "posts"),
    ),
    Kpi(
        id="cost_per_thousand_followers",
        excel_name="COST_PER_THOUSAND_FOLLOWERS",
        label=Text(en="Cost per 1,000 followers", fr="Coût pour 1 000 abonnés"),
        help=Text(
            en=(
                "Average spend for a thousand followers, the followers of an influencer being counted once "
                "for each post."
            ),
            fr=(
                "Dépense moyenne pour mille abonnés, les abonnés d’un influenceur étant comptés une fois par "
                "publication."
            ),
        ),
        formula=Text(en="spend ÷ followers × 1,000", fr="dépenses ÷ abonnés × 1 000"),
        unit=Unit.MONEY,
        better=Better.LOWER,
        stage=Stage.BUDGET,
        inputs=("cost", "followers"),
        compute=formulas.per_thousand,
        why=Text(
            en=(
                "Fees often follow the size of the account, so it reveals who asks for more than others of "
                "that size."
            ),
            fr=(
                "Les tarifs suivent souvent la taille du compte : ce coût révèle qui demande plus que ses "
                "pairs."
            ),
        ),
        how=Text(
            en=(
                "Use it to check an offer when you select influencers, then move on to CPM: a follower is "
                "not a viewer."
            ),
            fr=(
                "Servez-vous-en pour vérifier une offre au moment du choix, puis passez au CPM : un abonné "
                "n’est pas un spectateur."
            ),
        ),
        source="Not in the source articles; accepted definition of the trade",
        aliases=("Cost per 1000 followers", "Coût pour mille abonnés", "Coût pour 1000 abonnés"),
        parameters=("spend", "followers"),
    ),
    Kpi(
        id="emv",
        excel_name="EMV",
        label=Text(en="Earned media value (EMV)", fr="Valeur média acquise (EMV)"),
        help=Text(
            en=(
                "Estimate of what the same exposure and interactions would have cost in advertising, from "
                "the dated rates in References. It is a media price, not sales."
            ),
            fr=(
                "Estimation de ce que la même exposition et les mêmes interactions auraient coûté en "
                "publicité, selon les tarifs datés de Références. C’est un prix média, pas un chiffre "
                "d’affaires."
            ),
        ),
        formula=Text(
            en="impressions ÷ 1,000 × CPM (+ interactions × value)",
            fr="impressions ÷ 1 000 × CPM (+ interactions × valeur)",
        ),
        unit=Unit.MONEY,
        better=Better.HIGHER,
        stage=Stage.BUDGET,
        inputs=("emv",),
        compute=formulas.total,
        parameters=(
            "impressions",
        ),  # the first of many: the cell function of a post has its own list
        why=Text(
            en=(
                "It translates visibility into money for people who do not read reach, provided that the "
                "rates are named."
            ),
            fr=(
                "Elle traduit la visibilité en argent pour qui ne lit pas la portée, à condition de citer "
                "les tarifs retenus."
            ),
        ),
        how=Text(
            en=(
                "Print the method and the date of the rates beside it, keep the same ones all year, and "
                "never add it to revenue."
            ),
            fr=(
                "Affichez à côté la méthode et la date des tarifs, gardez les mêmes toute l’année et ne "
                "l’ajoutez jamais au chiffre d’affaires."
            ),
        ),
        source="Influspy, KPI influence marketing",
        aliases=(
            "Earned media value",
            "Media value",
            "Valeur média acquise",
            "Valeur média gagnée",
            "Valeur médiatique",
        ),
    ),
    Kpi(
        id="emv_ratio",
        excel_name="EMV_RATIO",
        label=Text(en="EMV to spend", fr="EMV rapportée aux dépenses"),
        help=Text(
            en=(
                "Earned media value divided by what the campaign cost: above 1×, the same exposure would "
                "have cost more in advertising."
            ),
            fr=(
                "Valeur média acquise (EMV) divisée par ce que la campagne a coûté : au-delà de 1 ×, la même "
                "exposition aurait coûté plus cher en publicité."
            ),
        ),
        formula=Text(en="EMV ÷ spend", fr="EMV ÷ dépenses"),
        unit=Unit.TIMES,
        better=Better.HIGHER,
        stage=Stage.BUDGET,
        inputs=("emv", "cost"),
        compute=formulas.ratio,
        why=Text(
            en="It shows at a glance whether influencers bring more visibility than the same money in ads.",
            fr=(
                "Il montre d’un coup d’œil si les influenceurs apportent plus de visibilité que la même "
                "somme en publicité."
            ),
        ),
        how=Text(
            en=(
                "Bring it to budget meetings together with ROI, since exposure is not income, and compare "
                "only ratios made with the same rates."
            ),
            fr=(
                "Présentez-le en réunion budgétaire avec le ROI, car l’exposition n’est pas une recette, et "
                "ne comparez que des ratios issus des mêmes tarifs."
            ),
        ),
        source="Metricool, 15 KPI, 2025-09-16",
        aliases=(
            "EMV/spend",
            "EMV / dépenses",
            "EMV vs budget",
            "EMV vs budget investi",
            "EMV (Earned Media Value) vs budget investi",
        ),
        parameters=("emv", "spend"),
    ),
)
