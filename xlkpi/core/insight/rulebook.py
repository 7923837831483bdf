"""The reading rules as data: which figures together say what, and what to do about it.

A rule applies when all its conditions hold.  Sources: KPI article and KPI report article (2025), Metricool's 15 KPI
(2025-09-16), La Maison de l'Influence on indicators, the marketing KPI guide, and an article on influence KPIs.
Meanings are drafts of a comment: at most 110 characters, so that they fit beside the KPI.
"""

from __future__ import annotations

from dataclasses import dataclass

from xlkpi.core.insight.facts import Is
from xlkpi.core.texts import Text

_METRICOOL = "Metricool, 15 KPI, 2025-09-16"
_ARTICLE = "KPI report article, 2025"
_GUIDE = "marketing KPI guide"
_MAISON = "La Maison de l’Influence, indicators"
_INFLUENCE = "influence KPI article"

#: Where the reason of a result may lie (KPI article, 2025): a prompt for the person who comments.
CHANNEL, CONTENT, BUDGET, SEASON, TARGETING, OFFER = (
    Text("channel", "canal"),
    Text("content", "contenus"),
    Text("budget", "budget"),
    Text("season", "saisonnalité"),
    Text("targeting", "ciblage"),
    Text("offer", "offre"),
)
EASY, NEEDS_WORK, HARD = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Rule:
    """``when``: KPI id and state, all must hold; the first one names the KPI that the reading is about."""

    id: str
    when: tuple[tuple[str, Is], ...]
    meaning: Text
    action: Text
    causes: tuple[Text, ...]
    ease: int
    source: str
    good: bool = False


def _rule(
    id: str,
    when: str,
    meaning: Text,
    action: Text,
    causes: tuple[Text, ...],
    ease: int,
    source: str,
    good: bool = False,
) -> Rule:
    pairs = (part.split(":") for part in when.split())
    return Rule(
        id,
        tuple((kpi, Is(state)) for kpi, state in pairs),
        meaning,
        action,
        causes,
        ease,
        source,
        good,
    )


RULES: tuple[Rule, ...] = (
    _rule(
        "seen_but_not_bought",
        "conversions:low reach:high",
        Text(
            "Many people saw the posts, few acted: targeting or message.",
            "Beaucoup de personnes touchées, peu passent à l’acte : ciblage ou message.",
        ),
        Text(
            "Check the audiences against the target, then rewrite the message and its call to action.",
            "Comparez les audiences à la cible, puis réécrivez le message et son appel à l’action.",
        ),
        (TARGETING, CONTENT),
        NEEDS_WORK,
        _ARTICLE,
    ),
    _rule(
        "liked_but_not_bought",
        "conversions:low engagement_rate:high",
        Text(
            "People react but do not buy: engagement alone is no success.",
            "On réagit, mais on n’achète pas : l’engagement ne suffit pas.",
        ),
        Text(
            "Add a trackable link and one clear offer to the posts that engage most.",
            "Ajoutez un lien suivi et une offre claire aux posts qui engagent le plus.",
        ),
        (OFFER, CONTENT),
        EASY,
        _MAISON,
    ),
    _rule(
        "few_conversions",
        "conversions:low",
        Text(
            "Fewer conversions than planned: look for the influencers who convert.",
            "Moins de conversions que prévu : cherchez les influenceurs qui convertissent.",
        ),
        Text(
            "Move budget to the influencers and formats that convert; test another offer.",
            "Déplacez le budget vers les influenceurs et formats qui convertissent ; testez une autre offre.",
        ),
        (OFFER, CHANNEL),
        NEEDS_WORK,
        _METRICOOL,
    ),
    _rule(
        "weak_conversion_rate",
        "conversion_rate:low",
        Text(
            "Few of those who click convert, or fewer than planned.",
            "Peu de ceux qui cliquent convertissent, ou moins que prévu.",
        ),
        Text(
            "Test a new landing page or another call to action.",
            "Testez une nouvelle landing page ou un autre appel à l’action.",
        ),
        (OFFER, CONTENT),
        NEEDS_WORK,
        _ARTICLE,
    ),
    _rule(
        "weak_clicks",
        "ctr:low",
        Text(
            "Few clicks for what is seen: the call to action is not heard.",
            "Peu de clics au regard des affichages : l’appel à l’action ne porte pas.",
        ),
        Text(
            "Make the call to action clearer and place it earlier.",
            "Clarifiez l’appel à l’action et placez-le plus tôt.",
        ),
        (CONTENT,),
        EASY,
        _METRICOOL,
    ),
    _rule(
        "costly_acquisition",
        "cpa:high",
        Text(
            "Each conversion costs more than planned: targeting or offer.",
            "Chaque conversion coûte plus que prévu : ciblage ou offre.",
        ),
        Text(
            "Pause the most expensive influencers, then review targeting and offer.",
            "Suspendez les influenceurs les plus chers, puis revoyez ciblage et offre.",
        ),
        (TARGETING, OFFER, BUDGET),
        NEEDS_WORK,
        _METRICOOL,
    ),
    _rule(
        "costly_customers",
        "cac:high",
        Text(
            "New customers cost more than planned: an alert on targeting.",
            "Les nouveaux clients coûtent plus que prévu : alerte sur le ciblage.",
        ),
        Text(
            "Review targeting and segmentation before the next wave.",
            "Revoyez ciblage et segmentation avant la prochaine vague.",
        ),
        (TARGETING,),
        NEEDS_WORK,
        _GUIDE,
    ),
    _rule(
        "rising_customer_cost",
        "cac:rising",
        Text(
            "The cost of a new customer rises: an alert on targeting.",
            "Le coût d’un nouveau client grimpe : alerte sur le ciblage.",
        ),
        Text(
            "Review targeting and segmentation before the next wave.",
            "Revoyez ciblage et segmentation avant la prochaine vague.",
        ),
        (TARGETING, SEASON),
        NEEDS_WORK,
        _GUIDE,
    ),
    _rule(
        "costly_leads",
        "cpl:high",
        Text(
            "Leads cost more than planned: this acquisition pays less.",
            "Les leads coûtent plus que prévu : acquisition moins rentable.",
        ),
        Text(
            "Optimise the targeting, or change the acquisition channel.",
            "Optimisez les ciblages, ou changez de canal d’acquisition.",
        ),
        (TARGETING, CHANNEL),
        NEEDS_WORK,
        _ARTICLE,
    ),
    _rule(
        "costly_engagement",
        "cpe:high",
        Text(
            "Each interaction costs more than planned: little interest, or the wrong audience.",
            "Chaque interaction coûte plus que prévu : peu d’intérêt, ou mauvaise audience.",
        ),
        Text(
            "Shift to the contents and influencers that engage at a lower price.",
            "Privilégiez les contenus et influenceurs qui engagent à moindre coût.",
        ),
        (CONTENT, TARGETING),
        NEEDS_WORK,
        _METRICOOL,
    ),
    _rule(
        "costly_reach",
        "cpm:high",
        Text(
            "Being seen costs more than planned, with no promise of the right people.",
            "Être vu coûte plus que prévu, sans garantie de toucher les bonnes personnes.",
        ),
        Text(
            "Prefer the networks and formats that give visibility at a lower cost.",
            "Privilégiez les réseaux et formats qui donnent de la visibilité à moindre coût.",
        ),
        (CHANNEL, BUDGET),
        NEEDS_WORK,
        _METRICOOL,
    ),
    _rule(
        "rising_reach_cost",
        "cpm:rising",
        Text("The cost of being seen rises.", "Le coût d’exposition augmente."),
        Text(
            "Compare the CPM of networks and formats, and negotiate or move.",
            "Comparez le CPM des réseaux et formats, puis négociez ou déplacez.",
        ),
        (CHANNEL, SEASON, BUDGET),
        NEEDS_WORK,
        _METRICOOL,
    ),
    _rule(
        "negative_return",
        "roi:low",
        Text(
            "The campaign returns less than it costs or than planned.",
            "La campagne rapporte moins qu’elle ne coûte, ou moins que prévu.",
        ),
        Text(
            "Keep the influencers with a lasting return; adjust or stop the others.",
            "Conservez les influenceurs au ROI durable ; ajustez ou stoppez les autres.",
        ),
        (BUDGET, OFFER, TARGETING),
        NEEDS_WORK,
        _METRICOOL,
    ),
    _rule(
        "media_value_below_plan",
        "emv_ratio:low",
        Text(
            "Less media value for the money than planned.",
            "Moins de valeur média que prévu pour la dépense.",
        ),
        Text(
            "Compare the media value of networks and influencers; move the budget.",
            "Comparez la valeur média des réseaux et influenceurs ; déplacez le budget.",
        ),
        (BUDGET, CHANNEL),
        NEEDS_WORK,
        _METRICOOL,
    ),
    _rule(
        "media_value_below_spend",
        "emv_ratio:poor",
        Text("The media value is below the spend.", "La valeur média est inférieure aux dépenses."),
        Text(
            "Review the choice of influencers against paid media at the same budget.",
            "Revoyez le choix des influenceurs face à l’achat média à budget égal.",
        ),
        (BUDGET, CHANNEL),
        NEEDS_WORK,
        _METRICOOL,
    ),
    _rule(
        "falling_engagement",
        "engagement_rate:falling",
        Text(
            "Engagement falls: the content attracts less.",
            "L’engagement baisse : le contenu attire moins.",
        ),
        Text(
            "Adapt the formats or renew the editorial line.",
            "Adaptez les formats ou renouvelez la ligne éditoriale.",
        ),
        (CONTENT, SEASON),
        NEEDS_WORK,
        _ARTICLE,
    ),
    _rule(
        "weak_engagement",
        "engagement_rate:low",
        Text(
            "The people reached react less than planned.",
            "Les personnes touchées réagissent moins que prévu.",
        ),
        Text(
            "Brief for exchange (questions, stories) and compare influencers.",
            "Briefez pour l’échange (questions, stories) et comparez les influenceurs.",
        ),
        (CONTENT, TARGETING),
        NEEDS_WORK,
        _METRICOOL,
    ),
    _rule(
        "few_interactions",
        "interactions:low",
        Text("Fewer interactions than planned.", "Moins d’interactions que prévu."),
        Text(
            "Look at which types fall short: likes, comments, shares, clicks.",
            "Regardez quels types manquent : likes, commentaires, partages, clics.",
        ),
        (CONTENT,),
        NEEDS_WORK,
        _METRICOOL,
    ),
    _rule(
        "short_reach",
        "reach:low",
        Text("Fewer people reached than planned.", "Moins de personnes touchées que prévu."),
        Text(
            "Follow it over the next posts; compare the reach of the influencers.",
            "Suivez-la sur les prochains posts ; comparez la portée des influenceurs.",
        ),
        (CHANNEL, SEASON, BUDGET),
        HARD,
        _ARTICLE,
    ),
    _rule(
        "short_impressions",
        "impressions:low",
        Text(
            "The content is shown less often than planned.",
            "Le contenu est affiché moins souvent que prévu.",
        ),
        Text(
            "Check formats and posting times; consider boosting the best posts.",
            "Vérifiez formats et horaires ; envisagez de sponsoriser les meilleurs posts.",
        ),
        (CHANNEL, SEASON),
        NEEDS_WORK,
        _METRICOOL,
    ),
    _rule(
        "too_often",
        "frequency:high",
        Text(
            "The same people see the content very often.",
            "Les mêmes personnes voient le contenu très souvent.",
        ),
        Text(
            "Lower the frequency: other influencers, or posts further apart.",
            "Réduisez la fréquence : d’autres influenceurs, ou des posts plus espacés.",
        ),
        (CHANNEL, TARGETING),
        EASY,
        _METRICOOL,
    ),
    _rule(
        "off_target",
        "target_coverage:low",
        Text(
            "Less of the target was reached than planned: budget goes off target.",
            "Moins de la cible est touchée que prévu : du budget part hors cible.",
        ),
        Text(
            "Choose influencers by the share of their audience in the target.",
            "Choisissez les influenceurs par la part de leur audience dans la cible.",
        ),
        (TARGETING,),
        NEEDS_WORK,
        _METRICOOL,
    ),
    _rule(
        "wrong_people",
        "in_target_share:low",
        Text(
            "Much of the reach is outside the target.",
            "Une bonne part de la portée est hors cible.",
        ),
        Text(
            "Choose influencers by the share of their audience in the target.",
            "Choisissez les influenceurs par la part de leur audience dans la cible.",
        ),
        (TARGETING,),
        NEEDS_WORK,
        _METRICOOL,
    ),
    _rule(
        "seen_badly",
        "positive_sentiment:poor reach:high",
        Text(
            "Much reach, but most reactions are not favourable: it may harm.",
            "Beaucoup de portée, mais une majorité de réactions défavorables : risque d’image.",
        ),
        Text(
            "Answer the comments, correct the message, pause the posts that draw criticism.",
            "Répondez aux commentaires, corrigez le message, suspendez les posts critiqués.",
        ),
        (CONTENT,),
        EASY,
        _METRICOOL,
    ),
    _rule(
        "poor_sentiment",
        "positive_sentiment:low",
        Text(
            "Comments are less favourable than planned.",
            "Les commentaires sont moins favorables que prévu.",
        ),
        Text(
            "Read the negative comments, answer them, and adjust the message.",
            "Lisez les commentaires négatifs, répondez, et ajustez le message.",
        ),
        (CONTENT, OFFER),
        EASY,
        _METRICOOL,
    ),
    _rule(
        "less_natural",
        "authenticity:low",
        Text(
            "Fewer natural interactions than asked for.",
            "Moins d’interactions naturelles que demandé.",
        ),
        Text(
            "Ask the influencers concerned for their audience figures.",
            "Demandez aux influenceurs concernés leurs chiffres d’audience.",
        ),
        (TARGETING, CHANNEL),
        EASY,
        _METRICOOL,
    ),
    _rule(
        "doubtful_interactions",
        "authenticity:poor",
        Text(
            "Many interactions look artificial.",
            "Beaucoup d’interactions paraissent artificielles.",
        ),
        Text(
            "Ask for audience audits; prefer communities that interact naturally.",
            "Demandez un audit d’audience ; préférez les communautés qui interagissent naturellement.",
        ),
        (TARGETING, CHANNEL),
        NEEDS_WORK,
        _METRICOOL,
    ),
    _rule(
        "poor_fit",
        "brand_fit:low",
        Text(
            "Influencers fit the brand less than asked for: a risk for credibility.",
            "Influenceurs moins alignés avec la marque que demandé : risque de crédibilité.",
        ),
        Text(
            "Score the fit when selecting: what they say, style, past engagements.",
            "Notez l’alignement dès la sélection : prises de parole, style, engagements passés.",
        ),
        (TARGETING,),
        NEEDS_WORK,
        _METRICOOL,
    ),
    _rule(
        "poor_content",
        "content_quality:low",
        Text(
            "Contents score lower than asked for: tone, storytelling, creativity.",
            "Contenus moins bien notés que demandé : ton, storytelling, créativité.",
        ),
        Text(
            "Share examples of good contents in the next brief.",
            "Joignez des exemples de bons contenus au prochain brief.",
        ),
        (CONTENT,),
        EASY,
        _MAISON,
    ),
    _rule(
        "message_missing",
        "key_message_impact:low",
        Text(
            "The key message is missing from more posts than planned.",
            "Le message clé manque dans plus de posts que prévu.",
        ),
        Text(
            "Put the key message into the brief and check before publication.",
            "Mettez le message clé dans le brief et vérifiez avant publication.",
        ),
        (CONTENT,),
        EASY,
        _INFLUENCE,
    ),
    _rule(
        "posts_missing",
        "post_delivery_rate:low",
        Text("Fewer posts were delivered than planned.", "Moins de posts livrés que prévu."),
        Text(
            "Ask the influencers for the missing posts, or for a rebate.",
            "Réclamez les posts manquants aux influenceurs, ou un avoir.",
        ),
        (CHANNEL,),
        EASY,
        _INFLUENCE,
    ),
    _rule(
        "quiet_voice",
        "share_of_voice:low",
        Text(
            "Competitors are mentioned more than planned.",
            "Les concurrents sont plus cités que prévu.",
        ),
        Text(
            "Add influencers on the topics where competitors lead.",
            "Ajoutez des influenceurs sur les thèmes où les concurrents dominent.",
        ),
        (CHANNEL, BUDGET),
        HARD,
        _INFLUENCE,
    ),
    _rule(
        "few_followers",
        "new_followers:low",
        Text("Fewer new followers than planned.", "Moins de nouveaux abonnés que prévu."),
        Text(
            "Invite to follow in the posts, and give a reason to.",
            "Invitez à s’abonner dans les posts, avec une raison de le faire.",
        ),
        (CONTENT,),
        EASY,
        _INFLUENCE,
    ),
    _rule(
        "visitors_leave",
        "bounce_rate:high",
        Text(
            "Visitors leave at once: the page does not keep the post’s promise.",
            "Les visiteurs repartent : la page ne tient pas la promesse du post.",
        ),
        Text(
            "Match the landing page to the post: same offer, same words.",
            "Alignez la page d’arrivée sur le post : même offre, mêmes mots.",
        ),
        (CONTENT, OFFER),
        NEEDS_WORK,
        _GUIDE,
    ),
    _rule(
        "opened_not_clicked",
        "email_click_rate:low open_rate:high",
        Text(
            "Mails are opened but not clicked: is the content relevant?",
            "E-mails ouverts mais peu cliqués : le contenu est-il pertinent ?",
        ),
        Text(
            "Test a more personal message with one link.",
            "Testez un message plus personnalisé, avec un seul lien.",
        ),
        (CONTENT,),
        EASY,
        _GUIDE,
    ),
    _rule(
        "opened",
        "open_rate:high",
        Text(
            "A good first engagement: the mails are opened.",
            "Bon engagement initial : les e-mails sont ouverts.",
        ),
        Text(
            "Test a more personal message to win more clicks.",
            "Testez un message plus personnalisé pour augmenter les clics.",
        ),
        (CONTENT,),
        EASY,
        _ARTICLE,
        good=True,
    ),
    _rule(
        "resonates",
        "conversation_share:high",
        Text(
            "Many comments and shares: the message resonates.",
            "Beaucoup de commentaires et de partages : le message résonne.",
        ),
        Text(
            "Boost these posts and reuse their message.",
            "Sponsorisez ces posts et réutilisez leur message.",
        ),
        (CONTENT,),
        EASY,
        _METRICOOL,
        good=True,
    ),
    _rule(
        "rising_engagement",
        "engagement_rate:rising",
        Text(
            "Engagement grows: a positive dynamic.", "L’engagement progresse : dynamique positive."
        ),
        Text(
            "Keep the formats and influencers behind it.",
            "Conservez les formats et influenceurs qui la portent.",
        ),
        (CONTENT,),
        EASY,
        _ARTICLE,
        good=True,
    ),
    _rule(
        "good_return",
        "roi:high",
        Text("The return meets its objective.", "Le retour atteint son objectif."),
        Text(
            "Renew the influencers with the best return.",
            "Reconduisez les influenceurs au meilleur retour.",
        ),
        (BUDGET,),
        EASY,
        _METRICOOL,
        good=True,
    ),
    _rule(
        "worth_its_media",
        "emv_ratio:high",
        Text("The media value exceeds its objective.", "La valeur média dépasse son objectif."),
        Text(
            "Use the ratio to justify the next budget, with its method.",
            "Utilisez ce ratio pour justifier le prochain budget, avec sa méthode.",
        ),
        (BUDGET,),
        EASY,
        _METRICOOL,
        good=True,
    ),
    _rule(
        "engaging",
        "engagement_rate:high",
        Text("The community is active and interested.", "La communauté est active et intéressée."),
        Text(
            "Reuse what worked: format, topic, tone.",
            "Réutilisez ce qui a marché : format, sujet, ton.",
        ),
        (CONTENT,),
        EASY,
        _METRICOOL,
        good=True,
    ),
    _rule(
        "well_liked",
        "positive_sentiment:high",
        Text("Good affinity with the brand.", "Bonne affinité avec la marque."),
        Text(
            "Favour the influencers who draw these reactions.",
            "Privilégiez les influenceurs qui suscitent ces réactions.",
        ),
        (CONTENT,),
        EASY,
        _METRICOOL,
        good=True,
    ),
)
