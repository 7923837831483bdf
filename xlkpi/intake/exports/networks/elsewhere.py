"""Files that are recognised in order to be told apart: they come from the same places, and list no posts.

Each says what it is and where the export stands that is wanted; nothing of them is read beyond their headers.
"""

from __future__ import annotations

from xlkpi.core import codes
from xlkpi.core.names import normalise
from xlkpi.core.texts import Text
from xlkpi.intake.exports.platform import Platform, Refusal
from xlkpi.intake.tables.table import SourceTable

_META = Text(
    "in Meta Business Suite choose Insights > Content, then Export data, to get one line per post",
    "dans Meta Business Suite choisissez Statistiques > Contenu, puis Exporter les données : une ligne par post",
)
_TIKTOK = Text(
    "in TikTok Studio choose Analytics > Content, then Download data",
    "dans TikTok Studio choisissez Statistiques > Contenu, puis Télécharger les données",
)
_X = Text(
    "in X Analytics choose Content, then Download",
    "dans X Analytics choisissez Contenu, puis Télécharger",
)
_LINKEDIN = Text(
    "import the whole file: its sheet “All posts” has one line per post",
    "importez le fichier entier : sa feuille « All posts » a une ligne par post",
)
_POSTS = codes.OTHER_TABLE_OF_NETWORK.fix

#: Headers of a day, EN FR DE ES PT.
DAY = ("Date", "Day", "Datum", "Tag", "Jour", "Fecha", "Día", "Data", "Dia")


def _series(id: str, name: Text, needs: tuple[str, ...], fix: Text, **more: object) -> Platform:
    reason = Text(
        "this is {name}: daily figures of the whole account, without its posts",
        "c’est {name} : des chiffres quotidiens du compte entier, sans ses posts",
    ).format(name=name)
    return Platform(id, name, needs, refusal=Refusal(codes.FIGURES_BY_DAY, reason, fix), **more)  # type: ignore[arg-type]


def _is_series(table: SourceTable) -> bool:
    """A day in the first column, and no column that could name a post."""
    if (
        not table.header
        or normalise(table.header[0]) not in map(normalise, DAY)
        or len(table.header) < 2
    ):
        return False
    return not any(set(normalise(h).split()) & _NAMING for h in table.header[1:])


_NAMING = {
    "id",
    "url",
    "link",
    "lien",
    "permalink",
    "permalien",
    "post",
    "content",
    "contenu",
    "title",
    "titre",
    "influencer",
    "influenceur",
    "account",
    "compte",
    "handle",
    "pseudo",
    "username",
    "campaign",
    "campagne",
    "name",
    "nom",
    "creator",
    "createur",
}


def _is_people(table: SourceTable) -> bool:
    said = {normalise(h) for h in table.header}
    private = {normalise(n) for n in _PRIVATE}
    return len(said & private) >= 2


_PRIVATE = (
    "Email",
    "E-mail",
    "Email address",
    "Adresse e-mail",
    "Courriel",
    "Mail",
    "Phone",
    "Phone number",
    "Téléphone",
    "Tel",
    "Mobile",
    "Portable",
    "Address",
    "Adresse",
    "Street",
    "Rue",
    "Postcode",
    "Postal code",
    "ZIP",
    "Zip code",
    "Code postal",
    "City",
    "Ville",
    "First name",
    "Prénom",
    "Last name",
    "Nom de famille",
    "Birthday",
    "Birth date",
    "Date de naissance",
    "Customer",
    "Customer ID",
    "Client",
    "ID client",
    "Accepts Marketing",
)


_SHOPIFY_ORDERS = Platform(
    "shopify_orders",
    Text("a Shopify order export", "un export de commandes Shopify"),
    ("name", "lines", "status"),
    names={
        "name": ("Name",),
        "lines": ("Lineitem quantity", "Lineitem name"),
        "status": ("Financial Status",),
        "code": ("Discount Code",),
        "mail": ("Email",),
        "total": ("Total",),
        "paid": ("Paid at",),
        "city": ("Billing City",),
        "street": ("Billing Street",),
        "phone": ("Billing Phone",),
    },
    refusal=Refusal(
        codes.NOT_IMPORTED_YET,
        Text(
            "this is a Shopify order export: its rows are orders with customers’ personal data, and xlkpi does not "
            "import them yet",
            "c’est un export de commandes Shopify : ses lignes sont des commandes avec des données "
            "personnelles de clients, et xlkpi ne les importe pas encore",
        ),
        Text(
            "type the totals per promo code in the columns Conversions and Revenue of Posts",
            "saisissez les totaux par code promo dans les colonnes Conversions et Chiffre d’affaires de Posts",
        ),
    ),
)

_SHOPIFY_DISCOUNTS = Platform(
    "shopify_discounts",
    Text("a Shopify discount export", "un export de réductions Shopify"),
    ("used", "value", "status"),
    names={
        "name": ("Name",),
        "used": ("Times Used In Total",),
        "value": ("Value",),
        "kind": ("Value Type",),
        "status": ("Status",),
        "start": ("Start",),
        "end": ("End",),
    },
    refusal=Refusal(
        codes.NOT_IMPORTED_YET,
        Text(
            "this is a Shopify discount export: it counts the uses of promo codes, and xlkpi does not import it yet",
            "c’est un export de réductions Shopify : il compte les utilisations des codes promo, et xlkpi ne l’importe "
            "pas encore",
        ),
        Text(
            "type the uses of each code in the column “Promo code uses” of Posts",
            "saisissez les utilisations de chaque code dans la colonne « Utilisations du code promo » de Posts",
        ),
    ),
)


def _is_google_analytics(table: SourceTable) -> bool:
    """GA4 writes comments above its tables; a file without them is told by its session columns."""
    lines = " ".join(table.title).casefold()
    said = [normalise(h) for h in table.header]
    commented = table.title[:1] != () and table.title[0].startswith("#")
    sessions = any("session" in name.split() or "sessions" in name.split() for name in said)
    users = any(
        name
        in (
            "active users",
            "utilisateurs actifs",
            "aktive nutzer",
            "engaged sessions",
            "key events",
            "evenements cles",
            "sessions avec engagement",
        )
        for name in said
    )
    return (
        commented
        and (
            "ga4" in lines
            or "start date" in lines
            or "date de debut" in normalise(lines)
            or sessions
        )
    ) or (sessions and users)


_GA4 = Platform(
    "ga4",
    Text("a Google Analytics export", "un export Google Analytics"),
    (),
    names={"sessions": ("Sessions",)},
    gives_way=True,
    fits=_is_google_analytics,
    refusal=Refusal(
        codes.NOT_IMPORTED_YET,
        Text(
            "this is a Google Analytics export: visits to a website, not posts; xlkpi does not import it yet",
            "c’est un export Google Analytics : des visites d’un site, pas des posts ; xlkpi ne l’importe pas encore",
        ),
        Text(
            "add a column “Sessions” to Posts and type the visits of each post’s UTM campaign there; conversions and "
            "revenue have their own columns",
            "ajoutez à Posts une colonne « Sessions » et saisissez-y les visites de la campagne UTM de chaque post ; "
            "conversions et chiffre d’affaires ont leurs colonnes",
        ),
    ),
)

_AUDIENCE = Platform(
    "audience",
    Text("a table of the audience", "un tableau de l’audience"),
    ("share",),
    gives_way=True,
    names={
        "share": (
            "Distribution",
            "Percentage",
            "Pourcentage",
            "Répartition",
            "Women",
            "Men",
            "Femmes",
            "Hommes",
        ),
        "by": (
            "Gender",
            "Sexe",
            "Genre",
            "Top territories",
            "Top countries",
            "Top cities",
            "Age",
            "Âge",
        ),
    },
    fits=lambda table: len(table.header) <= 4,
    refusal=Refusal(
        codes.OTHER_TABLE_OF_NETWORK,
        Text(
            "this is a table of the audience (countries, ages, gender); it lists no posts",
            "c’est un tableau de l’audience (pays, âges, genre) ; il ne liste pas de posts",
        ),
        _POSTS,
    ),
)

_PEOPLE = Platform(
    "people",
    Text("a list of people", "une liste de personnes"),
    (),
    gives_way=True,
    names={"any": tuple(_PRIVATE)},
    fits=_is_people,
    refusal=Refusal(
        codes.UNKNOWN_EXPORT,
        Text(
            "this is a list of people with their addresses or phone numbers, not an export of posts; nothing was read",
            "c’est une liste de personnes avec adresses ou téléphones, pas un export de posts ; rien n’a été lu",
        ),
        _POSTS,
    ),
)

_INFLUENCERS = Platform(
    "influencers",
    Text("a list of influencers", "une liste d’influenceurs"),
    ("who", "followers"),
    gives_way=True,
    names={
        "who": (
            "Influencer",
            "Creator",
            "Username",
            "Handle",
            "Account",
            "ColumnProfile",
            "Name",
            "Influenceur",
            "Influenceuse",
            "Créateur",
            "Créatrice",
            "Pseudo",
            "Compte",
            "Profil",
            "Nom",
            "Nom d’utilisateur",
        ),
        "followers": (
            "Followers",
            "Subscribers",
            "Abonnés",
            "Nombre d’abonnés",
            "Follower count",
            "Followers count",
        ),
        "network": ("Network", "Platform", "Réseau", "Plateforme"),
        "rate": ("ER", "Engagement rate", "Taux d’engagement"),
        "likes": ("Avg Likes", "Average likes", "Likes moyens"),
    },
    refusal=Refusal(
        codes.OTHER_TABLE_OF_NETWORK,
        Text(
            "this is a list of influencers; it lists no posts",
            "c’est une liste d’influenceurs ; elle ne liste pas de posts",
        ),
        Text(
            "copy names, handles and followers into the sheet Influencers of the workbook",
            "copiez noms, pseudos et abonnés dans la feuille Influenceurs du classeur",
        ),
    ),
)

_WORKBOOK_OBJECTIVES = Platform(
    "campaign_workbook",
    Text("a campaign workbook", "un classeur de campagne"),
    ("kpi", "target", "objective|review_date"),
    names={
        "kpi": ("KPI", "Indicateur"),
        "target": ("Target", "Cible"),
        "objective": ("Objective", "Objectif"),
        "review_date": ("Review date", "Date de révision"),
        "tolerance": ("Tolerance", "Tolérance"),
        "campaign": ("Campaign", "Campagne"),
    },
    refusal=Refusal(
        codes.CAMPAIGN_WORKBOOK, codes.CAMPAIGN_WORKBOOK.meaning, codes.CAMPAIGN_WORKBOOK.fix
    ),
)

PLATFORMS: tuple[Platform, ...] = (
    _series(
        "meta_series",
        Text("a metric of a Meta account", "un indicateur de compte Meta"),
        ("date", "value"),
        _META,
    ),
    _series(
        "tiktok_overview",
        Text("TikTok’s overview", "la vue d’ensemble de TikTok"),
        ("date", "views", "profile_visits"),
        _TIKTOK,
    ),
    _series(
        "tiktok_followers",
        Text("TikTok’s follower history", "l’historique des abonnés TikTok"),
        ("date", "followers", "difference"),
        _TIKTOK,
    ),
    _series(
        "tiktok_viewers",
        Text("TikTok’s viewer history", "l’historique des spectateurs TikTok"),
        ("date", "viewers"),
        _TIKTOK,
    ),
    _series(
        "x_overview",
        Text("X’s account overview", "la vue d’ensemble du compte X"),
        ("date", "unfollows|created"),
        _X,
    ),
    _series(
        "linkedin_metrics",
        Text("LinkedIn’s sheet “Metrics”", "la feuille « Metrics » de LinkedIn"),
        ("date", "impressions|unique_impressions"),
        _LINKEDIN,
    ),
    _SHOPIFY_ORDERS,
    _SHOPIFY_DISCOUNTS,
    _GA4,
    _AUDIENCE,
    _PEOPLE,
    _INFLUENCERS,
    _WORKBOOK_OBJECTIVES,
)

#: Told only when nothing else fits.
DAILY = _series(
    "daily",
    Text("a table by day", "un tableau par jour"),
    ("date",),
    _POSTS,
    names={"date": DAY},
    fits=_is_series,
)
