"""Brand KPIs: what people think of the brand, and how good, genuine and fitting the content is."""

from __future__ import annotations

from xlkpi.core import formulas
from xlkpi.core.kpi import Better, Kpi, Stage, Unit
from xlkpi.core.texts import Text

KPIS: tuple[Kpi, ...] = (
    Kpi(
        id="positive_sentiment",
        excel_name="POSITIVE_SENTIMENT",
        label=Text(en="Positive sentiment", fr="Sentiment positif"),
        help=Text(
            en=(
                "Positive comments as a share of all the comments that were classified, neutral ones "
                "included in the base."
            ),
            fr=(
                "Part des commentaires positifs parmi tous les commentaires classés, neutres compris dans la "
                "base."
            ),
        ),
        formula=Text(
            en="positive ÷ (positive + neutral + negative comments)",
            fr="positifs ÷ (commentaires positifs + neutres + négatifs)",
        ),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.BRAND,
        inputs=("positive_comments", "neutral_comments", "negative_comments"),
        compute=formulas.share_positive,
        why=Text(
            en="It tells whether the campaign is talked about for the right reasons.",
            fr="Il dit si l’on parle de la campagne pour de bonnes raisons.",
        ),
        how=Text(
            en=(
                "Classify at least a sample of comments on each post, follow the share over time and return "
                "to influencers whose public warms to the brand."
            ),
            fr=(
                "Classez au moins un échantillon de commentaires par publication, suivez cette part dans le "
                "temps et retravaillez avec les influenceurs dont le public apprécie la marque."
            ),
        ),
        source="Rapport KPI marketing d'influence (article), 2025; accepted definition of the trade",
        objectives=("image",),
        aliases=(
            "Sentiment des commentaires",
            "Comment sentiment",
            "Share of positive comments",
            "Part de commentaires positifs",
        ),
        parameters=("positive", "neutral", "negative"),
    ),
    Kpi(
        id="positive_mentions",
        excel_name="POSITIVE_MENTIONS",
        label=Text(en="Positive mentions", fr="Mentions positives"),
        help=Text(
            en=(
                "Mentions of the brand with a favourable tone, in posts, comments or articles linked to the "
                "campaign."
            ),
            fr=(
                "Mentions de la marque au ton favorable, dans les publications, commentaires ou articles "
                "liés à la campagne."
            ),
        ),
        formula=Text(en="sum of positive mentions", fr="somme des mentions positives"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.BRAND,
        inputs=("positive_mentions",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="They are recommendations that nobody paid for, and the best ones can be quoted.",
            fr="Ce sont des recommandations que personne n’a payées, et les meilleures peuvent être citées.",
        ),
        how=Text(
            en="Note what people praise and build the next brief on it.",
            fr="Relevez ce que le public apprécie et bâtissez le prochain brief dessus.",
        ),
        source="Rapport KPI marketing d'influence (article), 2025",
        objectives=("image",),
        aliases=("Favourable mentions", "Mentions favorables"),
    ),
    Kpi(
        id="negative_mentions",
        excel_name="NEGATIVE_MENTIONS",
        label=Text(en="Negative mentions", fr="Mentions négatives"),
        help=Text(
            en=(
                "Mentions of the brand with an unfavourable tone, in posts, comments or articles linked to "
                "the campaign."
            ),
            fr=(
                "Mentions de la marque au ton défavorable, dans les publications, commentaires ou articles "
                "liés à la campagne."
            ),
        ),
        formula=Text(en="sum of negative mentions", fr="somme des mentions négatives"),
        unit=Unit.COUNT,
        better=Better.LOWER,
        stage=Stage.BRAND,
        inputs=("negative_mentions",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="A few at the start often announce a larger wave, while there is still time to answer.",
            fr=(
                "Quelques-unes au début annoncent souvent une vague plus forte, alors qu’il est encore temps "
                "de répondre."
            ),
        ),
        how=Text(
            en=(
                "Read them daily during the campaign, sort them by cause (product, price, influencer) and "
                "agree on who replies."
            ),
            fr=(
                "Lisez-les chaque jour pendant la campagne, triez-les par cause (produit, prix, influenceur) "
                "et décidez qui répond."
            ),
        ),
        source="Rapport KPI marketing d'influence (article), 2025",
        objectives=("image",),
        aliases=("Unfavourable mentions", "Mentions défavorables"),
    ),
    Kpi(
        id="net_sentiment",
        excel_name="NET_SENTIMENT",
        label=Text(en="Net sentiment", fr="Sentiment net"),
        help=Text(
            en=(
                "Positive minus negative comments, divided by all classified comments; it runs from −100% to "
                "100%."
            ),
            fr=(
                "Commentaires positifs moins commentaires négatifs, divisés par tous les commentaires "
                "classés ; le résultat va de −100 % à 100 %."
            ),
        ),
        formula=Text(
            en="(positive − negative) ÷ (positive + neutral + negative comments)",
            fr="(positifs − négatifs) ÷ (commentaires positifs + neutres + négatifs)",
        ),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.BRAND,
        inputs=("positive_comments", "neutral_comments", "negative_comments"),
        compute=formulas.net_sentiment,
        why=Text(
            en=(
                "Two campaigns with the same positive share can differ widely in complaints, and the balance "
                "shows it."
            ),
            fr=(
                "À part positive égale, deux campagnes peuvent susciter bien plus ou bien moins de "
                "critiques, et le solde le montre."
            ),
        ),
        how=Text(
            en="Watch the trend rather than one value, and look for the post behind each drop.",
            fr=(
                "Surveillez la tendance plutôt qu’une valeur isolée et cherchez la publication à l’origine "
                "de chaque baisse."
            ),
        ),
        source="Metricool, 15 KPI, 2025-09-16; accepted definition of the trade",
        aliases=("Brand sentiment", "Sentiment de marque", "Solde de sentiment"),
        parameters=("positive", "neutral", "negative"),
    ),
    Kpi(
        id="authenticity",
        excel_name="AUTHENTICITY",
        label=Text(en="Perceived authenticity", fr="Authenticité perçue"),
        help=Text(
            en=(
                "Share of interactions that look genuine, once suspicious likes, bots and bought comments "
                "are set apart."
            ),
            fr=(
                "Part des interactions qui paraissent sincères, une fois mis de côté les likes suspects, les "
                "robots et les commentaires achetés."
            ),
        ),
        formula=Text(
            en="authentic ÷ (authentic + suspicious interactions)",
            fr="authentiques ÷ (interactions authentiques + suspectes)",
        ),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.BRAND,
        inputs=("authentic_interactions", "suspicious_interactions"),
        compute=formulas.share_of,
        why=Text(
            en=(
                "An audience that talks to an influencer of its own accord is readier to trust the advice "
                "given, and fake followers never buy."
            ),
            fr=(
                "Une audience qui échange spontanément avec un influenceur se fie plus volontiers à ses "
                "conseils, et de faux abonnés n’achètent jamais."
            ),
        ),
        how=Text(
            en=(
                "Check it before signing and again after the campaign; below your limit, ask for an audit or "
                "choose another profile."
            ),
            fr=(
                "Contrôlez-la avant de signer, puis après la campagne ; sous votre seuil, demandez un audit "
                "ou choisissez un autre profil."
            ),
        ),
        source="Metricool, 15 KPI, 2025-09-16 (a ratio there, a share here)",
        aliases=("Authenticité", "Taux d’authenticité", "Authenticity rate"),
        parameters=("authentic", "suspicious"),
    ),
    Kpi(
        id="brand_fit",
        excel_name="BRAND_FIT",
        label=Text(en="Brand–influencer fit", fr="Affinité marque-influenceur"),
        help=Text(
            en=(
                "Weighted mark from 1 to 5 for how well the influencer suits the brand: opinions voiced, "
                "style, past partnerships and causes."
            ),
            fr=(
                "Note pondérée de 1 à 5 mesurant l’accord entre l’influenceur et la marque : opinions "
                "exprimées, style, partenariats passés et causes défendues."
            ),
        ),
        formula=Text(
            en="weighted mean of the criteria, 1 to 5", fr="moyenne pondérée des critères, de 1 à 5"
        ),
        unit=Unit.SCORE,
        better=Better.HIGHER,
        stage=Stage.BRAND,
        inputs=("brand_fit_score",),
        compute=formulas.total,
        why=Text(
            en="An ill-matched partnership makes the message hard to believe and can turn into a public row.",
            fr="Un partenariat mal assorti rend le message peu crédible et peut tourner à la polémique.",
        ),
        how=Text(
            en=(
                "Have two people score every candidate separately before the contract, and discuss the gaps "
                "above one point."
            ),
            fr=(
                "Faites noter chaque candidat par deux personnes séparément avant le contrat, puis discutez "
                "des écarts de plus d’un point."
            ),
        ),
        source="Metricool, 15 KPI, 2025-09-16",
        aliases=(
            "Affinité de marque",
            "Alignement valeurs marque/influenceur",
            "Alignement des valeurs",
            "Values fit",
        ),
        parameters=("score",),
    ),
    Kpi(
        id="content_quality",
        excel_name="CONTENT_QUALITY",
        label=Text(en="Content quality", fr="Qualité des contenus"),
        help=Text(
            en=(
                "Average mark from 1 to 5 of the posts reviewed: consistency with the brand, lasting value, "
                "tone, storytelling, creativity."
            ),
            fr=(
                "Note moyenne de 1 à 5 des publications évaluées : cohérence avec la marque, valeur durable, "
                "ton, récit, créativité."
            ),
        ),
        formula=Text(en="sum of marks ÷ posts marked", fr="somme des notes ÷ publications notées"),
        unit=Unit.SCORE,
        better=Better.HIGHER,
        stage=Stage.BRAND,
        inputs=("content_score", "content_score_known"),
        compute=formulas.mean,
        why=Text(
            en="Good content keeps working after the campaign, on your own site, in ads or in e-mails.",
            fr=(
                "Un bon contenu continue de servir après la campagne, sur votre site, en publicité ou par "
                "e-mail."
            ),
        ),
        how=Text(
            en="Mark every post with the same grid and carry your remarks over to the next brief.",
            fr=(
                "Notez chaque publication avec la même grille et reportez vos remarques dans le prochain "
                "brief."
            ),
        ),
        source="La Maison de l'Influence, que mesurer",
        aliases=("Qualité du contenu", "Note moyenne du contenu"),
        parameters=("scores", "posts_scored"),
    ),
    Kpi(
        id="reusable_content",
        excel_name="REUSABLE_CONTENT",
        label=Text(en="Re-usable content", fr="Contenus réutilisables"),
        help=Text(
            en=(
                "Share of posts that you have the right to re-use, among those for which the rights are "
                "recorded."
            ),
            fr=(
                "Part des publications que vous avez le droit de réutiliser, parmi celles dont les droits "
                "sont renseignés."
            ),
        ),
        formula=Text(
            en="re-usable posts ÷ posts with known rights",
            fr="publications réutilisables ÷ publications aux droits renseignés",
        ),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.BRAND,
        inputs=("reusable_posts", "reusable_known"),
        compute=formulas.ratio,
        why=Text(
            en="Every re-usable post saves a photo shoot or a video production elsewhere.",
            fr="Chaque contenu réutilisable évite ailleurs une séance photo ou une production vidéo.",
        ),
        how=Text(
            en=(
                "Write the rights and their end date into the contract, then list what the site, the shop "
                "and e-mail can take over."
            ),
            fr=(
                "Inscrivez les droits et leur date de fin au contrat, puis listez ce que le site, la "
                "boutique et l’e-mail peuvent reprendre."
            ),
        ),
        source="La Maison de l'Influence, que mesurer; accepted definition of the trade",
        aliases=("Contenu réutilisable", "Réutilisabilité du contenu"),
    ),
    Kpi(
        id="brand_recall",
        excel_name="BRAND_RECALL",
        label=Text(en="Brand recall", fr="Mémorisation"),
        help=Text(
            en=(
                "Recall among people exposed to the campaign minus recall in a control group, in points, "
                "from a survey."
            ),
            fr=(
                "Mémorisation chez les personnes exposées à la campagne moins celle d’un groupe témoin, en "
                "points, mesurée par questionnaire."
            ),
        ),
        formula=Text(
            en="recall, exposed − recall, control group",
            fr="mémorisation des exposés − mémorisation du groupe témoin",
        ),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.BRAND,
        inputs=("recall_exposed", "recall_control"),
        compute=formulas.difference,
        why=Text(
            en="An awareness campaign settles in people’s memory long before it shows in sales.",
            fr=(
                "Une campagne de notoriété s’inscrit dans les mémoires bien avant d’apparaître dans les "
                "ventes."
            ),
        ),
        how=Text(
            en=(
                "Ask both groups the same questions a few days after the last post, with enough answers for "
                "the gap to mean something."
            ),
            fr=(
                "Posez les mêmes questions aux deux groupes quelques jours après la dernière publication, "
                "avec assez de réponses pour que l’écart soit significatif."
            ),
        ),
        source="La Maison de l'Influence, que mesurer; accepted definition of the trade",
        aliases=("Ad recall", "Mémorisation de la marque", "Mémorisation publicitaire"),
        parameters=("exposed", "control"),
    ),
    Kpi(
        id="brand_preference",
        excel_name="BRAND_PREFERENCE",
        label=Text(en="Brand preference", fr="Préférence de marque"),
        help=Text(
            en=(
                "Share who prefer the brand among people exposed to the campaign minus the same share in a "
                "control group, in points, from a survey."
            ),
            fr=(
                "Part des personnes exposées à la campagne qui préfèrent la marque moins la même part dans "
                "un groupe témoin, en points, mesurée par questionnaire."
            ),
        ),
        formula=Text(
            en="preference, exposed − preference, control group",
            fr="préférence des exposés − préférence du groupe témoin",
        ),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.BRAND,
        inputs=("preference_exposed", "preference_control"),
        compute=formulas.difference,
        why=Text(
            en="It shows whether people would now choose the brand, even those who have nothing to buy yet.",
            fr="Elle montre si le public choisirait désormais la marque, même sans achat immédiat en vue.",
        ),
        how=Text(
            en=(
                "Repeat the survey some months later: a preference that lasts is worth more than a peak in "
                "the week of the posts."
            ),
            fr=(
                "Renouvelez l’enquête quelques mois plus tard : une préférence qui dure vaut mieux qu’un pic "
                "la semaine des publications."
            ),
        ),
        source="La Maison de l'Influence, que mesurer; accepted definition of the trade",
        aliases=("Préférence",),
        parameters=("exposed", "control"),
    ),
)
