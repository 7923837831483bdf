"""Visibility KPIs: how many people saw the content, how often, and whether they were the right people."""

from __future__ import annotations

from xlkpi.core import formulas
from xlkpi.core.kpi import Better, Kpi, Stage, Unit
from xlkpi.core.texts import Text

KPIS: tuple[Kpi, ...] = (
    Kpi(
        id="reach",
        excel_name="REACH",
        label=Text(en="Reach", fr="Portée"),
        help=Text(
            en="People who saw the content at least once, added up over the posts. "
            "This is gross reach: someone who saw two posts counts twice.",
            fr="Personnes ayant vu le contenu au moins une fois, additionnées sur toutes les publications. "
            "C’est une portée brute\u00a0: qui a vu deux publications compte deux fois.",
        ),
        formula=Text(en="sum of reach", fr="somme des portées"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.VISIBILITY,
        inputs=("reach",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="Nobody can react to content they never saw: reach sets the ceiling for every later result.",
            fr="On ne réagit pas à un contenu qu’on n’a pas vu\u00a0: la portée plafonne tous les résultats "
            "qui suivent.",
        ),
        how=Text(
            en="Put influencers side by side to see who brings the most people, "
            "and never present the total as unique people.",
            fr="Mettez les influenceurs côte à côte pour voir qui touche le plus de monde, "
            "et ne présentez jamais le total comme des personnes uniques.",
        ),
        source="Metricool, 15 KPI, 2025-09-16; Rapport KPI marketing d'influence (article), 2025; "
        "Influspy, KPI influence marketing; La Maison de l'Influence, que mesurer",
        objectives=("awareness", "product", "new_markets"),
        aliases=(
            "Total reach",
            "Reach total",
            "Gross reach",
            "Accounts reached",
            "Unique views",
            "Portée totale",
            "Portée brute",
            "Portée cumulée",
            "Couverture",
            "Comptes touchés",
            "Personnes touchées",
            "Vues uniques",
        ),
    ),
    Kpi(
        id="impressions",
        excel_name="IMPRESSIONS",
        label=Text(en="Impressions", fr="Impressions"),
        help=Text(
            en="Times the content was displayed, repeat displays to the same person included. "
            "Some networks, Meta among them, now report this as views.",
            fr="Nombre d’affichages du contenu, y compris plusieurs fois à la même personne. "
            "Certains réseaux, dont ceux de Meta, parlent désormais de vues.",
        ),
        formula=Text(en="sum of impressions", fr="somme des impressions"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.VISIBILITY,
        inputs=("impressions",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="Repeated exposure helps people remember the message, and impressions count every exposure.",
            fr="Revoir un message aide à le retenir, et les impressions comptent chacune de ces expositions.",
        ),
        how=Text(
            en="Read impressions next to reach: if they rise while reach stands still, "
            "the same people are seeing the content again.",
            fr="Lisez les impressions avec la portée\u00a0: si elles montent sans elle, "
            "ce sont les mêmes personnes qui revoient le contenu.",
        ),
        source="Metricool, 15 KPI, 2025-09-16; Rapport KPI marketing d'influence (article), 2025; "
        "La Maison de l'Influence, que mesurer",
        objectives=("awareness",),
        aliases=(
            "Total impressions",
            "Number of impressions",
            "Impressions totales",
            "Nombre d’impressions",
            "Affichages",
        ),
    ),
    Kpi(
        id="frequency",
        excel_name="CONTACT_FREQUENCY",
        label=Text(en="Frequency", fr="Fréquence"),
        help=Text(
            en="How many times, on average, each person reached saw the content.",
            fr="Nombre moyen de fois où chaque personne touchée a vu le contenu.",
        ),
        formula=Text(en="impressions ÷ reach", fr="impressions ÷ portée"),
        unit=Unit.TIMES,
        better=Better.NEUTRAL,
        stage=Stage.VISIBILITY,
        inputs=("impressions", "reach"),
        compute=formulas.ratio,
        why=Text(
            en="Too low and the message is forgotten; too high and the audience grows tired of it.",
            fr="Trop basse, le message s’oublie\u00a0; trop haute, il lasse.",
        ),
        how=Text(
            en="Choose a range with your team before launch, then space out or add posts "
            "when frequency leaves it.",
            fr="Fixez une fourchette en équipe avant le lancement, puis espacez ou ajoutez des publications "
            "si la fréquence en sort.",
        ),
        source="Metricool, 15 KPI, 2025-09-16",
        aliases=(
            "Average frequency",
            "Impressions per person",
            "Impressions to reach ratio",
            "Fréquence moyenne",
            "Fréquence d’exposition",
            "Répétition",
            "Ratio impressions/portée",
            "Ratio impressions/reach",
        ),
    ),
    Kpi(
        id="target_coverage",
        excel_name="TARGET_COVERAGE",
        label=Text(en="Target coverage", fr="Taux de couverture de la cible"),
        help=Text(
            en="Share of the audience you aim for that the campaign reached: people of the target reached, "
            "divided by the size of the target.",
            fr="Part de l’audience visée que la campagne a touchée\u00a0: personnes de la cible touchées, "
            "rapportées à la taille de la cible.",
        ),
        formula=Text(
            en="reach in target ÷ target audience", fr="portée dans la cible ÷ audience cible"
        ),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.VISIBILITY,
        inputs=("target_reach", "target_audience"),
        compute=formulas.ratio,
        why=Text(
            en="A large audience that will never buy costs as much as the right one; "
            "coverage shows how much of the right one you got.",
            fr="Une large audience qui n’achètera jamais coûte aussi cher que la bonne\u00a0; "
            "ce taux dit quelle part de la bonne vous avez touchée.",
        ),
        how=Text(
            en="Ask each influencer for the age, country and gender split of the audience, "
            "and keep those who reach your buyers.",
            fr="Demandez à chaque influenceur la répartition de son audience par âge, pays et sexe, "
            "et gardez ceux qui touchent vos acheteurs.",
        ),
        source="Metricool, 15 KPI, 2025-09-16",
        objectives=("new_markets",),
        aliases=(
            "Target coverage rate",
            "Target audience coverage",
            "Couverture de la cible",
            "Couverture cible",
            "Taux de couverture cible",
        ),
    ),
    Kpi(
        id="in_target_share",
        excel_name="IN_TARGET_SHARE",
        label=Text(en="Share of reach in target", fr="Part de la portée dans la cible"),
        help=Text(
            en="Of all the people reached, the share who belong to the target. "
            "Not target coverage, which divides by the size of the target.",
            fr="Parmi toutes les personnes touchées, part de celles qui appartiennent à la cible. "
            "À ne pas confondre avec la couverture, rapportée à la taille de la cible.",
        ),
        formula=Text(en="reach in target ÷ reach", fr="portée dans la cible ÷ portée"),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.VISIBILITY,
        inputs=("target_reach", "reach"),
        compute=formulas.ratio,
        why=Text(
            en="Everyone reached outside the target is exposure paid for without a buyer in sight.",
            fr="Chaque personne touchée hors cible est une exposition payée sans acheteur potentiel.",
        ),
        how=Text(
            en="Compare influencers of the same size: the one with the larger share in target wastes less.",
            fr="Comparez des influenceurs de même taille\u00a0: celui dont la part dans la cible est la plus "
            "forte gaspille le moins.",
        ),
        source="Accepted definition of the trade",
        aliases=("In-target reach rate", "Audience in target", "Part d’audience dans la cible"),
    ),
    Kpi(
        id="views",
        excel_name="VIEWS",
        label=Text(en="Views", fr="Vues"),
        help=Text(
            en="Times the videos were played or the content viewed, as each network counts a view; "
            "the minimum watch time differs from one network to another.",
            fr="Nombre de lectures des vidéos ou de vues du contenu, au sens de chaque réseau\u00a0; "
            "la durée minimale pour compter une vue varie d’un réseau à l’autre.",
        ),
        formula=Text(en="sum of views", fr="somme des vues"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.VISIBILITY,
        inputs=("views",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="On TikTok and YouTube, views are often the only exposure figure a creator can share.",
            fr="Sur TikTok et YouTube, les vues sont souvent le seul chiffre d’exposition "
            "qu’un créateur peut fournir.",
        ),
        how=Text(
            en="Compare views within one network only, and read them with a reaction "
            "such as comments, shares or clicks.",
            fr="Comparez les vues au sein d’un même réseau seulement, et lisez-les avec une réaction\u00a0: "
            "commentaires, partages ou clics.",
        ),
        source="Influspy, KPI influence marketing; La Maison de l'Influence, que mesurer",
        aliases=(
            "Video views",
            "Number of views",
            "Total views",
            "Plays",
            "Nombre de vues",
            "Vues totales",
            "Vues de la vidéo",
            "Vues vidéo",
        ),
    ),
    Kpi(
        id="impression_rate",
        excel_name="IMPRESSION_RATE",
        label=Text(en="Impression rate", fr="Taux d’impression"),
        help=Text(
            en="Impressions compared with the followers of the account at the time of posting. "
            "It can exceed 100%: people see a post again and non-followers see it too.",
            fr="Impressions rapportées aux abonnés du compte lors de la publication. "
            "Il peut dépasser 100\u00a0%\u00a0: certains revoient le contenu, et des non-abonnés le voient.",
        ),
        formula=Text(en="impressions ÷ followers", fr="impressions ÷ abonnés"),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.VISIBILITY,
        inputs=("impressions", "followers"),
        compute=formulas.ratio,
        why=Text(
            en="It shows how well the network distributes an account’s content, whatever the account’s size.",
            fr="Il montre si le réseau diffuse bien les contenus d’un compte, quelle que soit sa taille.",
        ),
        how=Text(
            en="Use it to compare small and large accounts, and to spot the large ones "
            "whose posts are hardly shown.",
            fr="Servez-vous-en pour comparer petits et grands comptes, et pour repérer les gros comptes "
            "dont les publications sont peu montrées.",
        ),
        source="Named by Influspy, KPI influence marketing and Metricool, 15 KPI, 2025-09-16; "
        "formula: accepted definition of the trade",
        aliases=("Impressions per follower", "Impressions par abonné"),
    ),
    Kpi(
        id="organic_reach",
        excel_name="ORGANIC_REACH",
        label=Text(en="Organic reach", fr="Portée organique"),
        help=Text(
            en="People who saw the content without paid distribution: reach with boosted "
            "and sponsored delivery left out.",
            fr="Personnes ayant vu le contenu sans diffusion payante\u00a0: la portée, "
            "hors publications boostées ou sponsorisées.",
        ),
        formula=Text(en="sum of organic reach", fr="somme des portées organiques"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.VISIBILITY,
        inputs=("organic_reach",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="It separates what the influencer’s own appeal brought from what the advertising budget bought.",
            fr="Elle sépare ce qui vient de l’attrait de l’influenceur de ce que le budget publicitaire "
            "a acheté.",
        ),
        how=Text(
            en="Boost the posts that already do well organically rather than rescuing the weak ones.",
            fr="Boostez les publications qui marchent déjà sans aide plutôt que de sauver les plus faibles.",
        ),
        source="Gartner-based KPI guide (article)",
        aliases=("Unpaid reach", "Couverture organique", "Reach organique", "Portée naturelle"),
    ),
    Kpi(
        id="reach_rate",
        excel_name="REACH_RATE",
        label=Text(en="Reach rate", fr="Taux de portée"),
        help=Text(
            en="People reached compared with the followers of the account at the time of posting.",
            fr="Personnes touchées rapportées au nombre d’abonnés du compte lors de la publication.",
        ),
        formula=Text(en="reach ÷ followers", fr="portée ÷ abonnés"),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.VISIBILITY,
        inputs=("reach", "followers"),
        compute=formulas.ratio,
        why=Text(
            en="Fees often follow the follower count, yet only the people actually reached can respond.",
            fr="Les tarifs suivent souvent le nombre d’abonnés, mais seules les personnes touchées "
            "peuvent réagir.",
        ),
        how=Text(
            en="Compare creators by this rate before agreeing a fee, and expect it to fall as accounts grow.",
            fr="Comparez les créateurs sur ce taux avant de négocier un tarif\u00a0; il baisse en général "
            "quand le compte grandit.",
        ),
        source="Accepted definition of the trade",
        aliases=("Reach per follower", "Portée par abonné", "Taux de reach"),
    ),
    Kpi(
        id="new_followers",
        excel_name="NEW_FOLLOWERS",
        label=Text(en="New followers", fr="Nouveaux abonnés"),
        help=Text(
            en="Accounts that started following during the campaign, as attributed to its posts.",
            fr="Comptes qui se sont abonnés pendant la campagne, attribués à ses publications.",
        ),
        formula=Text(en="sum of new followers", fr="somme des nouveaux abonnés"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.VISIBILITY,
        inputs=("new_followers",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="A new follower agrees to hear from you again, free of charge, once the campaign is over.",
            fr="Un nouvel abonné accepte de vous revoir, sans frais, une fois la campagne terminée.",
        ),
        how=Text(
            en="Check a month later how many have stayed: contests attract followers who leave quickly.",
            fr="Vérifiez un mois plus tard combien sont restés\u00a0: les concours attirent des abonnés "
            "vite repartis.",
        ),
        source="Rapport KPI marketing d'influence (article), 2025; Influspy, KPI influence marketing",
        objectives=("awareness", "followers"),
        aliases=(
            "Follows",
            "Followers gained",
            "New fans",
            "Abonnés gagnés",
            "Gain d’abonnés",
            "Nouveaux followers",
            "Followers en plus",
        ),
    ),
    Kpi(
        id="follower_growth",
        excel_name="FOLLOWER_GROWTH",
        label=Text(en="Follower growth rate", fr="Taux de croissance des abonnés"),
        help=Text(
            en="Change in the brand account’s followers over the period, relative to the start.",
            fr="Évolution du nombre d’abonnés du compte de la marque sur la période, "
            "par rapport à son niveau de départ.",
        ),
        formula=Text(
            en="(followers at end − followers at start) ÷ followers at start",
            fr="(abonnés à la fin − abonnés au début) ÷ abonnés au début",
        ),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.VISIBILITY,
        inputs=("followers_end", "followers_start"),
        compute=formulas.growth,
        why=Text(
            en="A rate puts 500 followers gained in proportion: a leap for a young account, "
            "noise for a large one.",
            fr="Un taux remet 500 abonnés gagnés en perspective\u00a0: un bond pour un jeune compte, "
            "une goutte d’eau pour un grand.",
        ),
        how=Text(
            en="Set it against the growth of an ordinary month to see what the campaign added.",
            fr="Rapprochez-le de la croissance d’un mois ordinaire pour voir l’apport de la campagne.",
        ),
        source="Named by Influspy, KPI influence marketing (account growth); "
        "formula: accepted definition of the trade",
        objectives=("followers",),
        aliases=("Croissance des abonnés", "Croissance des followers"),
    ),
    Kpi(
        id="share_of_voice",
        excel_name="SHARE_OF_VOICE",
        label=Text(en="Share of voice", fr="Part de voix"),
        help=Text(
            en="Mentions of the brand as a share of all mentions of the brand and its competitors, "
            "counted over the same period.",
            fr="Part des mentions de la marque dans l’ensemble des mentions de la marque "
            "et de ses concurrents, sur la même période.",
        ),
        formula=Text(
            en="brand mentions ÷ (brand mentions + competitors’ mentions)",
            fr="mentions de la marque ÷ (mentions de la marque + mentions des concurrents)",
        ),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.VISIBILITY,
        inputs=("mentions", "competitor_mentions"),
        compute=formulas.share_of,
        why=Text(
            en="Mentions can rise and the brand still lose ground if its competitors are talked about more.",
            fr="Les mentions peuvent monter et la marque reculer tout de même, "
            "si l’on parle davantage de ses concurrents.",
        ),
        how=Text(
            en="Keep the same list of competitors and the same listening tool from one report to the next.",
            fr="Gardez la même liste de concurrents et le même outil de veille d’un rapport à l’autre.",
        ),
        source="Named by Rapport KPI marketing d'influence (article), 2025 and Influspy, KPI influence marketing; "
        "formula: accepted definition of the trade",
        objectives=("awareness",),
        aliases=("SOV", "Part de voix marché"),
    ),
    Kpi(
        id="key_message_impact",
        excel_name="KEY_MESSAGE_IMPACT",
        label=Text(en="Key-message impact", fr="Impact des messages clés"),
        help=Text(
            en="Share of posts that carry the key message of the brief, among those "
            "for which a yes or no is recorded.",
            fr="Part des publications qui portent le message clé du brief, parmi celles "
            "pour lesquelles un oui ou un non est renseigné.",
        ),
        formula=Text(
            en="posts with the key message ÷ posts checked",
            fr="publications avec le message clé ÷ publications vérifiées",
        ),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.VISIBILITY,
        inputs=("key_message", "key_message_known"),
        compute=formulas.ratio,
        why=Text(
            en="A post can be widely seen and still leave out the one thing people were meant to remember.",
            fr="Une publication peut être très vue et oublier la seule chose que le public devait retenir.",
        ),
        how=Text(
            en="Check each post against the brief when it goes live, "
            "and reword the brief if the message is often missed.",
            fr="Vérifiez chaque publication dès sa mise en ligne, "
            "et reformulez le brief si le message manque souvent.",
        ),
        source="Named by Influspy, KPI influence marketing; formula: accepted definition of the trade",
        objectives=("product",),
        aliases=(
            "Key message rate",
            "Key message pull-through",
            "Impact du message clé",
            "Reprise du message clé",
        ),
    ),
    Kpi(
        id="followers",
        excel_name="FOLLOWERS",
        label=Text(en="Influencer’s followers", fr="Abonnés de l’influenceur"),
        help=Text(
            en="Followers of the influencer’s account at the time of posting; over several posts, their average. "
            "It is context, not a result.",
            fr="Abonnés du compte de l’influenceur lors de la publication\u00a0; sur plusieurs publications, "
            "leur moyenne. C’est un élément de contexte, pas un résultat.",
        ),
        formula=Text(
            en="sum of followers ÷ posts with a follower count",
            fr="somme des abonnés ÷ publications où ils sont renseignés",
        ),
        unit=Unit.COUNT,
        better=Better.NEUTRAL,
        stage=Stage.VISIBILITY,
        inputs=("followers", "followers_known"),
        compute=formulas.mean,
        why=Text(
            en="The follower count places an account in its tier, from nano to mega, and so among its peers.",
            fr="Le nombre d’abonnés situe un compte dans sa catégorie, de nano à mega, donc parmi ses pairs.",
        ),
        how=Text(
            en="Compare influencers of the same tier, and judge them on reach and engagement, "
            "not on followers.",
            fr="Comparez des influenceurs de même catégorie, et jugez-les sur la portée et l’engagement, "
            "pas sur les abonnés.",
        ),
        source="Influspy, KPI influence marketing",
        aliases=(
            "Follower count",
            "Number of followers",
            "Abonnés",
            "Nombre d’abonnés",
            "Nombre de followers",
            "Taille de la communauté",
        ),
    ),
    Kpi(
        id="audience_evolution",
        excel_name="AUDIENCE_EVOLUTION",
        label=Text(en="Audience evolution", fr="Évolution de l’audience"),
        help=Text(
            en="Change in the size of the audience followed, between the start and the end of the period.",
            fr="Variation de la taille de l’audience suivie, entre le début et la fin de la période.",
        ),
        formula=Text(
            en="(audience at end − audience at start) ÷ audience at start",
            fr="(audience à la fin − audience au début) ÷ audience au début",
        ),
        unit=Unit.PERCENT,
        better=Better.NEUTRAL,
        stage=Stage.VISIBILITY,
        inputs=("audience_end", "audience_start"),
        compute=formulas.growth,
        why=Text(
            en="An audience that grows, shrinks or changes alters what every other rate is measured against.",
            fr="Une audience qui grandit, recule ou se transforme change la base de tous les autres taux.",
        ),
        how=Text(
            en="Count the same group at both dates, for example women aged 25 to 34 in France, "
            "to see whether your target is growing.",
            fr="Comptez le même groupe aux deux dates, par exemple les femmes de 25 à 34 ans en France, "
            "pour voir si votre cible progresse.",
        ),
        source="Named by Influspy, KPI influence marketing; formula: accepted definition of the trade",
        aliases=("Audience change", "Change in audience", "Variation de l’audience"),
    ),
    Kpi(
        id="posts",
        excel_name="POSTS",
        label=Text(en="Posts delivered", fr="Publications livrées"),
        help=Text(
            en="Posts, stories, reels and videos that the influencers published for the campaign.",
            fr="Posts, stories, reels et vidéos publiés par les influenceurs pour la campagne.",
        ),
        formula=Text(en="number of posts", fr="nombre de publications"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.VISIBILITY,
        inputs=("posts",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="A shortfall in results is sometimes just a shortfall in posts.",
            fr="Un manque de résultats n’est parfois qu’un manque de publications.",
        ),
        how=Text(
            en="Set the contracted number as the objective and chase what is missing before the campaign ends.",
            fr="Prenez le nombre prévu au contrat comme objectif, et relancez avant la fin de la campagne "
            "s’il en manque.",
        ),
        source="Influspy, KPI influence marketing",
        aliases=(
            "Number of posts",
            "Publications",
            "Nombre de publications",
            "Nombre de posts",
            "Nombre de posts créés",
            "Contenus publiés",
        ),
    ),
    Kpi(
        id="post_delivery_rate",
        excel_name="POST_DELIVERY_RATE",
        label=Text(en="Posts delivered vs planned", fr="Taux de livraison des publications"),
        help=Text(
            en="Posts published as a share of the posts agreed with the influencers.",
            fr="Part des publications convenues avec les influenceurs qui ont été mises en ligne.",
        ),
        formula=Text(en="posts ÷ posts planned", fr="publications ÷ publications prévues"),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.VISIBILITY,
        inputs=("posts", "posts_planned"),
        compute=formulas.ratio,
        why=Text(
            en="You pay for a number of posts; this rate tells whether you received them.",
            fr="Vous payez un nombre de publications\u00a0; ce taux dit si vous les avez reçues.",
        ),
        how=Text(
            en="Look at it every week of the campaign and pay the balance of the fee only at 100%.",
            fr="Suivez-le chaque semaine de campagne et ne versez le solde du contrat qu’à 100\u00a0%.",
        ),
        source="Influspy, KPI influence marketing (number of posts); formula: accepted definition of the trade",
        aliases=("Share of planned posts", "Publications livrées sur prévues"),
    ),
    Kpi(
        id="ugc_posts",
        excel_name="UGC_POSTS",
        label=Text(en="UGC posts", fr="Posts UGC"),
        help=Text(
            en="User-generated content: posts by people other than the campaign’s influencers "
            "that carry the campaign hashtag.",
            fr="Contenus créés par des utilisateurs\u00a0: publications portant le hashtag de la campagne, "
            "hors influenceurs engagés.",
        ),
        formula=Text(en="sum of UGC posts", fr="somme des posts UGC"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.ENGAGEMENT,
        inputs=("ugc_posts",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="Someone who creates a post of their own has taken up the message and passes it on unpaid.",
            fr="Qui crée sa propre publication s’approprie le message et le relaie sans être payé.",
        ),
        how=Text(
            en="Give the campaign a hashtag nobody uses yet, and ask permission before re-using the best posts.",
            fr="Donnez à la campagne un hashtag encore inutilisé, et demandez l’accord des auteurs "
            "avant de réutiliser leurs publications.",
        ),
        source="Influspy, KPI influence marketing",
        objectives=("participation",),
        aliases=(
            "UGC",
            "User-generated content",
            "User posts",
            "Posts d’utilisateurs",
            "Contenus d’utilisateurs",
        ),
    ),
    Kpi(
        id="mentions",
        excel_name="MENTIONS",
        label=Text(en="Brand mentions", fr="Mentions de la marque"),
        help=Text(
            en="Times the brand was named in posts and comments over the period.",
            fr="Nombre de fois où la marque a été citée dans les publications et les commentaires "
            "sur la période.",
        ),
        formula=Text(en="sum of mentions", fr="somme des mentions"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.ENGAGEMENT,
        inputs=("mentions",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="Mentions show whether people talk about the brand or only about the influencer.",
            fr="Les mentions montrent si l’on parle de la marque ou seulement de l’influenceur.",
        ),
        how=Text(
            en="Read a sample before celebrating: a spike may be a complaint, "
            "so pair the count with sentiment.",
            fr="Lisez-en un échantillon avant de vous réjouir\u00a0: un pic peut être une plainte, "
            "alors croisez-le avec le sentiment.",
        ),
        source="Influspy, KPI influence marketing",
        objectives=("participation",),
        aliases=(
            "Number of mentions",
            "Mentions marque",
            "Citations de la marque",
            "Nombre de mentions",
        ),
    ),
)
