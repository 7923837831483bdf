"""Engagement KPIs: what the people who saw the content did with it."""

from __future__ import annotations

from xlkpi.core import formulas
from xlkpi.core.kpi import Better, Kpi, Stage, Unit
from xlkpi.core.texts import Text

KPIS: tuple[Kpi, ...] = (
    Kpi(
        id="engagement_rate",
        excel_name="ENGAGEMENT_RATE",
        label=Text(en="Engagement rate", fr="Taux d’engagement"),
        help=Text(
            en="Interactions divided by reach, all posts together: a large post weighs more than a small one. "
            "It may exceed 100%.",
            fr="Interactions divisées par la portée, toutes publications réunies\u00a0: une grosse publication "
            "pèse plus qu’une petite. Il peut dépasser 100\u00a0%.",
        ),
        formula=Text(en="interactions ÷ reach", fr="interactions ÷ portée"),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.ENGAGEMENT,
        inputs=("interactions", "reach"),
        compute=formulas.ratio,
        why=Text(
            en="Being seen is not enough: this rate tells whether the content gave people "
            "a reason to respond.",
            fr="Être vu ne suffit pas\u00a0: ce taux dit si le contenu a donné envie de réagir.",
        ),
        how=Text(
            en="Compare influencers on the same network, and check that a figure from another tool "
            "is divided by reach, not by followers.",
            fr="Comparez les influenceurs d’un même réseau, et vérifiez qu’un chiffre venu d’un autre outil "
            "est rapporté à la portée, pas aux abonnés.",
        ),
        source="Metricool, 15 KPI, 2025-09-16; Rapport KPI marketing d'influence (article), 2025; "
        "Influspy, KPI influence marketing; Gartner-based KPI guide (article); "
        "La Maison de l'Influence, que mesurer",
        objectives=("engagement", "product"),
        aliases=("ER", "ERR", "TE", "Engagement rate by reach", "Taux d’engagement par portée"),
    ),
    Kpi(
        id="interactions",
        excel_name="INTERACTIONS",
        label=Text(en="Interactions", fr="Interactions"),
        help=Text(
            en="All the actions people took on the posts: likes, comments, shares "
            "and the other types that the workbook counts.",
            fr="Toutes les actions réalisées sur les publications\u00a0: likes, commentaires, partages "
            "et les autres types que compte le classeur.",
        ),
        formula=Text(
            en="likes + comments + shares + other types counted",
            fr="likes + commentaires + partages + autres types comptés",
        ),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.ENGAGEMENT,
        inputs=("interactions",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="The volume shows how large the response was, which a rate alone hides.",
            fr="Le volume montre l’ampleur de la réponse, qu’un taux seul ne laisse pas voir.",
        ),
        how=Text(
            en="Look at what the total is made of: a comment or a share takes more commitment than a like.",
            fr="Regardez de quoi le total se compose\u00a0: un commentaire ou un partage engage plus qu’un like.",
        ),
        source="Metricool, 15 KPI, 2025-09-16",
        aliases=(
            "Total interactions",
            "Total engagements",
            "Engagements",
            "Number of interactions",
            "Interactions totales",
            "Nombre d’interactions",
            "Volume d’interactions",
        ),
    ),
    Kpi(
        id="shares",
        excel_name="SHARES",
        label=Text(en="Shares", fr="Partages"),
        help=Text(
            en="Times people passed the content on to others: shares, reposts, retweets.",
            fr="Nombre de fois où le contenu a été relayé à d’autres\u00a0: partages, reposts, retweets.",
        ),
        formula=Text(en="sum of shares", fr="somme des partages"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.ENGAGEMENT,
        inputs=("shares",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="Whoever shares puts their own name behind the content and opens up an audience "
            "you did not pay for.",
            fr="Qui partage cautionne le contenu et ouvre une audience que vous n’avez pas payée.",
        ),
        how=Text(
            en="Find the most shared posts and ask for the same angle or format in the next brief.",
            fr="Repérez les publications les plus partagées et reprenez leur angle ou leur format "
            "dans le prochain brief.",
        ),
        source="Rapport KPI marketing d'influence (article), 2025; Influspy, KPI influence marketing; "
        "Metricool, 15 KPI, 2025-09-16; Gartner-based KPI guide (article); "
        "La Maison de l'Influence, que mesurer",
        objectives=("engagement",),
        aliases=("Retweets", "Reposts", "Republications", "Number of shares", "Nombre de partages"),
    ),
    Kpi(
        id="comments",
        excel_name="COMMENTS",
        label=Text(en="Comments", fr="Commentaires"),
        help=Text(
            en="Comments and public replies left under the posts.",
            fr="Commentaires et réponses publiques laissés sous les publications.",
        ),
        formula=Text(en="sum of comments", fr="somme des commentaires"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.ENGAGEMENT,
        inputs=("comments",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="Writing takes effort: comments reveal real interest, and what people think in their own words.",
            fr="Écrire demande un effort\u00a0: les commentaires révèlent un intérêt réel et ce que pense "
            "le public, avec ses mots.",
        ),
        how=Text(
            en="Read them, sort them into positive, neutral and negative, and reply to questions within a day.",
            fr="Lisez-les, classez-les en positifs, neutres et négatifs, et répondez aux questions "
            "dans la journée.",
        ),
        source="Rapport KPI marketing d'influence (article), 2025; Influspy, KPI influence marketing; "
        "Metricool, 15 KPI, 2025-09-16; La Maison de l'Influence, que mesurer",
        objectives=("engagement", "participation"),
        aliases=("Replies", "Number of comments", "Nombre de commentaires"),
    ),
    Kpi(
        id="likes",
        excel_name="LIKES",
        label=Text(en="Likes", fr="Likes"),
        help=Text(
            en="Likes and other one-tap reactions to the posts.",
            fr="Likes et autres réactions en un geste aux publications.",
        ),
        formula=Text(en="sum of likes and reactions", fr="somme des likes et réactions"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.ENGAGEMENT,
        inputs=("likes",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="A like is the lightest sign of approval: quick to give, and quick to show which content pleases.",
            fr="Le like est le signe d’approbation le plus léger\u00a0: vite donné, il montre vite "
            "quel contenu plaît.",
        ),
        how=Text(
            en="Never report likes alone; set them beside comments, shares or clicks.",
            fr="Ne présentez jamais les likes seuls\u00a0; placez-les à côté des commentaires, "
            "des partages ou des clics.",
        ),
        source="Influspy, KPI influence marketing; Metricool, 15 KPI, 2025-09-16; "
        "La Maison de l'Influence, que mesurer",
        aliases=("Number of likes", "J’aime", "Mentions J’aime", "Réactions", "Nombre de likes"),
    ),
    Kpi(
        id="conversation_share",
        excel_name="CONVERSATION_SHARE",
        label=Text(
            en="Comments and shares in interactions", fr="Part des commentaires et partages"
        ),
        help=Text(
            en="Share of the interactions that are comments or shares, "
            "the two that take the most commitment.",
            fr="Part des interactions qui sont des commentaires ou des partages, "
            "les deux gestes les plus engageants.",
        ),
        formula=Text(
            en="(comments + shares) ÷ interactions", fr="(commentaires + partages) ÷ interactions"
        ),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.ENGAGEMENT,
        inputs=("conversations", "interactions"),
        compute=formulas.ratio,
        why=Text(
            en="Two posts with equal interactions differ a lot if one gathers likes "
            "and the other starts a discussion.",
            fr="À interactions égales, une publication qui récolte des likes n’a pas l’effet de celle "
            "qui lance une discussion.",
        ),
        how=Text(
            en="A high share points to content worth boosting; a low one calls for a question "
            "or a reason to pass it on.",
            fr="Forte, elle désigne un contenu à booster\u00a0; faible, elle appelle une question "
            "ou une raison de le faire suivre.",
        ),
        source="Metricool, 15 KPI, 2025-09-16",
        aliases=("Interaction quality", "Qualité des interactions", "Part de conversation"),
    ),
    Kpi(
        id="likes_in_interactions",
        excel_name="LIKES_IN_INTERACTIONS",
        label=Text(en="Likes in interactions", fr="Part des likes"),
        help=Text(
            en="Share of the interactions that are likes or reactions, one part of the interaction mix.",
            fr="Part des likes et réactions dans les interactions\u00a0: un élément de leur répartition.",
        ),
        formula=Text(en="likes ÷ interactions", fr="likes ÷ interactions"),
        unit=Unit.PERCENT,
        better=Better.NEUTRAL,
        stage=Stage.ENGAGEMENT,
        inputs=("likes", "interactions"),
        compute=formulas.ratio,
        why=Text(
            en="When nearly everything is a like, the engagement rate rests on the easiest gesture of all.",
            fr="Quand presque tout est un like, le taux d’engagement repose sur le geste le plus facile.",
        ),
        how=Text(
            en="Compare it between influencers of the same network, since habits differ from one to another.",
            fr="Comparez-la entre influenceurs d’un même réseau, car les usages varient de l’un à l’autre.",
        ),
        source="Metricool, 15 KPI, 2025-09-16",
        aliases=("Share of likes", "Part des likes dans les interactions"),
    ),
    Kpi(
        id="comments_in_interactions",
        excel_name="COMMENTS_IN_INTERACTIONS",
        label=Text(en="Comments in interactions", fr="Part des commentaires"),
        help=Text(
            en="Share of the interactions that are comments, one part of the interaction mix.",
            fr="Part des commentaires dans les interactions\u00a0: un élément de leur répartition.",
        ),
        formula=Text(en="comments ÷ interactions", fr="commentaires ÷ interactions"),
        unit=Unit.PERCENT,
        better=Better.NEUTRAL,
        stage=Stage.ENGAGEMENT,
        inputs=("comments", "interactions"),
        compute=formulas.ratio,
        why=Text(
            en="It tells a community that talks from one that only taps and scrolls on.",
            fr="Elle distingue une communauté qui échange d’une communauté qui se contente de liker.",
        ),
        how=Text(
            en="Check the tone before concluding: a controversy also fills the comments.",
            fr="Vérifiez le ton avant de conclure\u00a0: une polémique aussi remplit les commentaires.",
        ),
        source="Metricool, 15 KPI, 2025-09-16",
        aliases=("Share of comments", "Part des commentaires dans les interactions"),
    ),
    Kpi(
        id="shares_in_interactions",
        excel_name="SHARES_IN_INTERACTIONS",
        label=Text(en="Shares in interactions", fr="Part des partages"),
        help=Text(
            en="Proportion of the interactions that are shares, one part of the interaction mix.",
            fr="Part des partages dans les interactions\u00a0: un élément de leur répartition.",
        ),
        formula=Text(en="shares ÷ interactions", fr="partages ÷ interactions"),
        unit=Unit.PERCENT,
        better=Better.NEUTRAL,
        stage=Stage.ENGAGEMENT,
        inputs=("shares", "interactions"),
        compute=formulas.ratio,
        why=Text(
            en="Content that is shared out of proportion to its likes can travel beyond the influencer’s followers.",
            fr="Un contenu très partagé au regard de ses likes peut dépasser le cercle des abonnés.",
        ),
        how=Text(
            en="Look for the formats where it is highest, often tips, humour or news, and plan more of them.",
            fr="Cherchez les formats où elle culmine, souvent conseils, humour ou actualité, "
            "et prévoyez-en davantage.",
        ),
        source="Metricool, 15 KPI, 2025-09-16",
        aliases=("Proportion of shares", "Part des partages dans les interactions"),
    ),
    Kpi(
        id="tags",
        excel_name="TAGS",
        label=Text(en="Tags", fr="Tags"),
        help=Text(
            en="Times people tagged the brand or a friend in the posts, stories and comments of the campaign.",
            fr="Nombre d’identifications de la marque ou d’un ami dans les publications, stories "
            "et commentaires de la campagne.",
        ),
        formula=Text(en="sum of tags", fr="somme des tags"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.ENGAGEMENT,
        inputs=("tags",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="Tagging a friend is a personal recommendation, addressed to someone likely to care.",
            fr="Identifier un ami est une recommandation personnelle, adressée à quelqu’un que cela intéresse.",
        ),
        how=Text(
            en="Read tags apart in contests: when tagging is the entry rule, it says little about interest.",
            fr="Lisez-les à part dans un jeu-concours\u00a0: si l’identification est la règle, "
            "elle ne dit rien de l’intérêt.",
        ),
        source="Influspy, KPI influence marketing",
        objectives=("participation",),
        aliases=("Number of tags", "Identifications", "Nombre de tags"),
    ),
    Kpi(
        id="ctr",
        excel_name="CTR",
        label=Text(en="Click-through rate (CTR)", fr="Taux de clics (CTR)"),
        help=Text(
            en="Link clicks divided by impressions, all posts together.",
            fr="Clics sur le lien divisés par les impressions, toutes publications réunies.",
        ),
        formula=Text(en="clicks ÷ impressions", fr="clics ÷ impressions"),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.ENGAGEMENT,
        inputs=("clicks", "impressions"),
        compute=formulas.ratio,
        why=Text(
            en="It is the step from watching to acting: it tells whether the content sends people "
            "to your site or offer.",
            fr="C’est le passage du regard à l’action\u00a0: il dit si le contenu mène vers votre site "
            "ou votre offre.",
        ),
        how=Text(
            en="When it is low, test another call to action or another place for the link "
            "before changing influencer.",
            fr="S’il est faible, testez un autre appel à l’action ou un autre emplacement du lien "
            "avant de changer d’influenceur.",
        ),
        source="Metricool, 15 KPI, 2025-09-16; Gartner-based KPI guide (article)",
        aliases=(
            "Click rate",
            "Click-through rate",
            "Clickthrough rate",
            "Taux de clic",
            "Taux de clics",
        ),
    ),
    Kpi(
        id="clicks",
        excel_name="CLICKS",
        label=Text(en="Link clicks", fr="Clics sur lien"),
        help=Text(
            en="Clicks on the campaign’s links: link in bio, link sticker, swipe-up or tracked link.",
            fr="Clics sur les liens de la campagne\u00a0: lien en bio, sticker lien, swipe-up ou lien tracké.",
        ),
        formula=Text(en="sum of link clicks", fr="somme des clics sur lien"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.ENGAGEMENT,
        inputs=("clicks",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="A click is the first action that leaves the network and comes to you.",
            fr="Le clic est la première action qui quitte le réseau social pour venir chez vous.",
        ),
        how=Text(
            en="Give each influencer a link of their own with UTM tags, "
            "so that every click can be traced to its post.",
            fr="Donnez à chaque influenceur un lien qui lui est propre, avec des balises UTM, "
            "pour rattacher chaque clic à sa publication.",
        ),
        source="Rapport KPI marketing d'influence (article), 2025; Influspy, KPI influence marketing; "
        "Metricool, 15 KPI, 2025-09-16; La Maison de l'Influence, que mesurer",
        objectives=("conversion", "product"),
        aliases=(
            "Number of clicks",
            "URL clicks",
            "Swipe-ups",
            "Swipe-up",
            "Tracked link clicks",
            "Clics",
            "Clics sur le lien",
            "Nombre de clics",
            "Clics sur un lien",
        ),
    ),
    Kpi(
        id="saves",
        excel_name="SAVES",
        label=Text(en="Saves", fr="Enregistrements"),
        help=Text(
            en="Times people saved the content to come back to it, as Instagram and Pinterest count it.",
            fr="Nombre de fois où le contenu a été enregistré pour y revenir, "
            "au sens d’Instagram ou de Pinterest.",
        ),
        formula=Text(en="sum of saves", fr="somme des enregistrements"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.ENGAGEMENT,
        inputs=("saves",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="People save what they mean to use: a recipe, a tutorial, a product to buy later.",
            fr="On enregistre ce qu’on compte utiliser\u00a0: une recette, un tutoriel, un produit à acheter "
            "plus tard.",
        ),
        how=Text(
            en="Publish the most saved content again at the right season, "
            "and say in the report whether saves count as interactions.",
            fr="Republiez à la bonne saison les contenus les plus enregistrés, et dites dans le rapport "
            "s’ils comptent parmi les interactions.",
        ),
        source="Not in the source articles; accepted definition of the trade",
        aliases=("Saved", "Number of saves", "Sauvegardes", "Nombre d’enregistrements"),
    ),
    Kpi(
        id="bookmarks",
        excel_name="BOOKMARKS",
        label=Text(en="Bookmarks", fr="Signets"),
        help=Text(
            en="Times people added the content to their bookmarks or favourites, "
            "as X and TikTok count it.",
            fr="Nombre d’ajouts du contenu aux signets ou aux favoris, au sens de X ou de TikTok.",
        ),
        formula=Text(en="sum of bookmarks", fr="somme des signets"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.ENGAGEMENT,
        inputs=("bookmarks",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="A bookmark is private, so it shows interest without any wish to be seen.",
            fr="Un signet est privé\u00a0: il traduit un intérêt sans volonté de se montrer.",
        ),
        how=Text(
            en="Use it on X and TikTok as you use saves on Instagram, and do not count the same gesture twice.",
            fr="Utilisez-le sur X et TikTok comme les enregistrements sur Instagram, "
            "sans compter deux fois le même geste.",
        ),
        source="Not in the source articles; accepted definition of the trade",
        aliases=("Add to favorites", "Favourites", "Favoris", "Ajouts aux favoris"),
    ),
    Kpi(
        id="engagement_per_post",
        excel_name="ENGAGEMENT_PER_POST",
        label=Text(en="Engagement per post", fr="Engagement par publication"),
        help=Text(
            en="Average number of interactions that a post obtains.",
            fr="Nombre moyen d’interactions obtenues par publication.",
        ),
        formula=Text(en="interactions ÷ posts", fr="interactions ÷ publications"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.ENGAGEMENT,
        inputs=("interactions", "posts"),
        compute=formulas.mean,
        why=Text(
            en="It compares influencers who did not publish the same number of posts.",
            fr="Il permet de comparer des influenceurs qui n’ont pas publié autant les uns que les autres.",
        ),
        how=Text(
            en="Check whether one viral post pulls the average up before renewing a contract on the strength of it.",
            fr="Vérifiez qu’une seule publication virale ne gonfle pas la moyenne avant de renouveler un contrat.",
        ),
        source="Not in the source articles; accepted definition of the trade",
        aliases=(
            "Interactions per post",
            "Average interactions",
            "Interactions par publication",
            "Engagement par post",
            "Interactions moyennes",
        ),
    ),
    Kpi(
        id="sends_per_reach",
        excel_name="SENDS_PER_REACH",
        label=Text(en="Sends per reach", fr="Taux d’envoi"),
        help=Text(
            en="Private sends of the content by message, divided by the people reached.",
            fr="Envois du contenu en message privé, rapportés aux personnes touchées.",
        ),
        formula=Text(en="sends ÷ reach", fr="envois ÷ portée"),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.ENGAGEMENT,
        inputs=("sends", "reach"),
        compute=formulas.ratio,
        why=Text(
            en="People send privately what they think a particular person will like: word of mouth in its purest form.",
            fr="On envoie en privé ce qui plaira à quelqu’un de précis\u00a0: c’est le bouche-à-oreille "
            "à l’état pur.",
        ),
        how=Text(
            en="Ask influencers for sends, which only the account’s own statistics show, "
            "and repeat the topics that get them.",
            fr="Demandez ce chiffre aux influenceurs, car seul leur compte l’affiche, "
            "et reprenez les sujets qui circulent.",
        ),
        source="Not in the source articles; accepted definition of the trade",
        aliases=(
            "Send rate",
            "Private share rate",
            "Envois par portée",
            "Envois par personne touchée",
        ),
    ),
    Kpi(
        id="profile_visits",
        excel_name="PROFILE_VISITS",
        label=Text(en="Profile visits", fr="Visites du profil"),
        help=Text(
            en="Visits to the account’s profile page that came from the posts.",
            fr="Visites de la page de profil du compte provenant des publications.",
        ),
        formula=Text(en="sum of profile visits", fr="somme des visites du profil"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        stage=Stage.ENGAGEMENT,
        inputs=("profile_visits",),
        compute=formulas.total,
        has_function=False,
        why=Text(
            en="A visit to the profile is curiosity in action, one step before a follow or a click on the bio link.",
            fr="Visiter un profil, c’est passer à l’acte par curiosité, juste avant de s’abonner "
            "ou de cliquer sur le lien en bio.",
        ),
        how=Text(
            en="If visits rise and new followers do not, rework the profile: bio, pinned posts, link.",
            fr="Si les visites montent sans les abonnés, retravaillez le profil\u00a0: bio, publications "
            "épinglées, lien.",
        ),
        source="Not in the source articles; accepted definition of the trade",
        objectives=("followers",),
        aliases=("Profile views", "Visites de profil", "Vues du profil"),
    ),
    Kpi(
        id="video_completion",
        excel_name="VIDEO_COMPLETION",
        label=Text(en="Video completion rate", fr="Taux de complétion vidéo"),
        help=Text(
            en="Average share of a video that is watched: time watched divided by "
            "the length of the video times its views.",
            fr="Part moyenne d’une vidéo qui est regardée\u00a0: temps visionné divisé par "
            "la durée de la vidéo multipliée par ses vues.",
        ),
        formula=Text(
            en="time watched ÷ (video length × views)",
            fr="temps visionné ÷ (durée de la vidéo × vues)",
        ),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        stage=Stage.ENGAGEMENT,
        inputs=("watch_seconds", "video_seconds"),
        compute=formulas.ratio,
        why=Text(
            en="A message placed at the end of a video reaches only those who are still watching.",
            fr="Un message placé en fin de vidéo ne touche que ceux qui regardent encore.",
        ),
        how=Text(
            en="When it is low, ask for the brand and the offer in the first seconds, or for a shorter video.",
            fr="S’il est faible, demandez la marque et l’offre dès les premières secondes, "
            "ou une vidéo plus courte.",
        ),
        source="Not in the source articles; accepted definition of the trade",
        aliases=(
            "Completion rate",
            "Watch-through rate",
            "Average percentage viewed",
            "Taux de visionnage",
            "Complétion vidéo",
            "Pourcentage moyen regardé",
        ),
    ),
)
