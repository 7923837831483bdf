"""Columns are found by their whole name, in five languages, however a program spells it; never by a part of it."""

from __future__ import annotations

import re
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlkpi.core.catalogue import MEASURES
from xlkpi.intake.tables import headers
from xlkpi.intake.tables.headers import (
    aliases,
    candidates,
    duplicates,
    language,
    match,
    normalise,
    suggestions,
)

KINDS = sorted(headers._table())
TONGUES = ("en", "fr", "de", "es", "pt")
LIKES = {
    "likes": ["Mentions J’aime"],
    "views": ["Vues de Publications organiques"],
    "post_id": ["İçerik kimliği"],
}

each_kind = pytest.mark.parametrize("kind", KINDS)

#: Headers as the networks write them, in their order; class of evidence and date: aliases.toml.
FILES = {
    (
        "instagram_content",
        "en",
    ): "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,"
    "Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,Follows,Comments,Saves",
    (
        "instagram_content",
        "fr",
    ): "Identifiant de la publication,ID du compte,Nom de profil du compte,Nom du compte,"
    "Description,Durée (s),Heure de publication,Permalien,Type de publication,"
    "Commentaire des données,Date,Vues,Couverture,Mentions J’aime,Partages,Followers en plus,"
    "Commentaires,Enregistrements,Réponses,Navigation,Visites de profil,"
    "Appuis sur des stickers,Clics sur le lien",
    (
        "instagram_content",
        "de",
    ): "Beitrags-ID,Konto-ID,Konto-Benutzername,Kontoname,Beschreibung,Dauer (Sek.),"
    "Veröffentlichungszeitpunkt,Permalink,Beitragstyp,Datenkommentar,Datum,Aufrufe,Reichweite,"
    "„Gefällt mir“-Angaben,Geteilte Inhalte,Follows,Kommentare,Gespeicherte Beiträge",
    (
        "instagram_content",
        "pt",
    ): "Identificação da publicação,Descrição,Horário de publicação,Link permanente,"
    "Tipo de publicação,Visualizações,Alcance,Curtidas,Compartilhamentos,Comentários,"
    "Salvamentos",
    (
        "facebook_content",
        "fr",
    ): "Identifiant de la publication,ID de la Page,Nom de la page,Titre,Description,Durée (s),"
    "Heure de publication,Permalien,Est un crosspostage,Est un partage,Type de publication,Vues,"
    "Couverture,Réactions\\, commentaires et partages,Réactions,Commentaires,Partages,"
    "Total des clics,Clics sur un lien,Autres clics,Vues de Publications organiques,"
    "Vues de Publications boostées,Couverture de Publications organiques,"
    "Couverture de Publications boostées",
    (
        "facebook_content",
        "en",
    ): "Post ID,Page ID,Page name,Title,Description,Duration (sec),Publish time,Caption type,"
    "Permalink,Is crosspost,Is share,Post type,Languages,Custom labels,Funded content status,"
    "Data comment,Date,Views,Reach,Reactions\\, Comments and Shares,Reactions,Comments,Shares,"
    "Total clicks,Other Clicks,Link Clicks,Views from Organic posts,Reach from Boosted posts,"
    "Seconds viewed,Average Seconds viewed",
    (
        "meta_ads",
        "en",
    ): "Campaign name,Ad set name,Ad name,Amount spent (EUR),Impressions,Reach,Link clicks,"
    "Reporting starts,Reporting ends",
    (
        "meta_ads",
        "fr",
    ): "Nom de la campagne,Nom de l’ensemble de publicités,Nom de la publicité,Montant dépensé (EUR),"
    "Impressions,Couverture,Clics sur un lien,Début des rapports,Fin des rapports",
    (
        "meta_ads",
        "es",
    ): "Nombre de la campaña,Nombre del anuncio,Día,Importe gastado (EUR),Impresiones,Alcance",
    ("meta_ads", "pt"): "Nome da campanha,Nome do anúncio,Dia,Valor usado (BRL),Impressões,Alcance",
    (
        "tiktok_content",
        "en",
    ): "Video title,Post time,Video link,Total views,Total likes,Total comments,Total shares,"
    "Average watch time,Reach,Total play time,Watched full video,Add to favorites",
    (
        "tiktok_content",
        "es",
    ): "Título del video,Hora de publicación,Enlace del video,Visualizaciones totales,"
    "Me gusta totales,Comentarios totales,Veces compartido,Tiempo promedio de visualización",
    ("tiktok_overview", "en"): "Date,Video Views,Profile Views,Likes,Comments,Shares",
    (
        "youtube_table",
        "en",
    ): "Content,Video title,Video publish time,Duration,Average view duration,Stayed to watch (%),"
    "Average percentage viewed (%),New viewers,Regular viewers,Views,Watch time (hours),"
    "Subscribers,Impressions,Impressions click-through rate (%),Estimated revenue (USD)",
    (
        "youtube_table",
        "fr",
    ): "Contenu,Titre de la vidéo,Heure de publication de la vidéo,Durée,Vues engagées,Vues,"
    "Ont continué de regarder (%),Durée moyenne de visionnage,Pourcentage moyen regardé (%),"
    "J'aime,Commentaires ajoutés,Spectateurs uniques,Nouveaux abonnés,"
    "Durée de visionnage (heures),Taux de clics par impression (%)",
    (
        "youtube_table",
        "de",
    ): "Videos,Videotitel,Veröffentlichungszeitpunkt des Videos,Dauer,Aufrufe,"
    "Wiedergabezeit (Stunden),Abonnenten,Geschätzter Umsatz (EUR),Impressionen,"
    "Klickrate der Impressionen (%)",
    (
        "youtube_table",
        "es",
    ): "Contenido,Título del vídeo,Hora de publicación del vídeo,Duración,Visualizaciones,"
    "Tiempo de visualización (horas),Suscriptores,Ingresos estimados (USD),Impresiones,"
    "Porcentaje de clics de las impresiones (%)",
    (
        "youtube_table",
        "pt",
    ): "Conteúdo,Título do vídeo,Horário de publicação do vídeo,Duração,Impressões,"
    "Taxa de cliques de impressões (%),Visualizações,Visualizações engajadas,"
    "Tempo de exibição (horas),Duração média da visualização,"
    "Porcentagem visualizada média (%),Inscritos,Espectadores únicos",
    (
        "x_content",
        "en",
    ): "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,"
    "Replies,Reposts,Profile visits,Detail Expands,URL Clicks,Hashtag Clicks,Permalink Clicks",
    (
        "linkedin_posts",
        "en",
    ): "Post title,Post link,Post type,Campaign name,Posted by,Created date,Campaign start date,"
    "Campaign end date,Audience,Impressions,Views,Offsite Views,Clicks,"
    "Click through rate (CTR),Likes,Comments,Reposts,Follows,Engagement rate,Content Type",
}


def split(line: str) -> list[str]:
    return [h.replace("\\,", ",") for h in re.split(r"(?<!\\),", line)]


@pytest.mark.parametrize(("kind", "tongue"), FILES, ids="-".join)
def test_every_column_of_a_file_is_known_in_its_language(kind, tongue):
    header = split(FILES[kind, tongue])
    found = match(header, aliases(kind))
    assert sorted(found.values()) == list(range(len(header)))
    assert language(header, kind) == tongue


@pytest.mark.parametrize(
    "spelled",
    [
        "Mentions J’aime",
        "Mentions J'aime",
        "mentions j’aime",
        "MENTIONS J’AIME",
        "  Mentions  J’aime ",
        "Mentions_J’aime",
        "Mentions\u00a0J’aime",
        "Mentions\u202fJ’aime",
        "Men\u00adtions J’aime",
        "Men\u200btions J’aime",
        "Mentions J\u02bcaime",
        "\ufeffMentions J’aime",
        "Mentions J’aime*",
        "ＭＥＮＴＩＯＮＳ J’aime",
        "\u202aMentions J’aime\u202c",
    ],
)
def test_spelling_does_not_matter(spelled):
    assert match(["Date", spelled], LIKES) == {"likes": 1}


@pytest.mark.parametrize(
    "spelled",
    ["İçerik kimliği", "içerik kimliği", "IÇERIK KIMLIGI", "İÇERİK KİMLİĞİ", "ıçerık kımlığı"],
)
def test_the_turkish_i_does_not_matter(spelled):
    assert match([spelled], LIKES) == {"post_id": 0}


@pytest.mark.parametrize(
    "header",
    [
        "Vues de vidéo de 3 secondes de Publications organiques",
        "Vues",
        "Vues de Publications",
        "Vues de Publications boostées",
        "Total Vues de Publications organiques",
        "Mentions",
        "J’aime",
        "",
        "   ",
        "—",
    ],
)
def test_a_part_of_a_name_is_not_the_name(header):
    assert match([header], LIKES) == {}


def test_a_star_stands_for_one_word():
    names = {"cost": ["Amount spent (*)"]}
    assert match(["Amount spent (EUR)"], names) == {"cost": 0}
    assert (
        match(["Amount spent", "Amount spent (EUR) today", "Total amount spent (EUR)"], names) == {}
    )
    assert match(["CPM (EUR) (all)"], {"cpm": ["CPM (*) (all)"]}) == {"cpm": 0}


def test_a_plain_name_beats_a_pattern_and_the_better_name_the_later_one():
    assert match(
        ["Amount spent (EUR)", "Amount spent"], {"cost": ["Amount spent (*)", "Amount spent"]}
    ) == {"cost": 1}
    assert match(["Engaged views", "Views"], {"views": ["Views", "Engaged views"]}) == {"views": 1}


def test_a_column_serves_one_id():
    assert match(["Follows"], {"a": ["Follows"], "b": ["Follows"]}) == {"a": 0}


def test_a_file_in_two_languages_has_two_columns_for_one_figure():
    header = ["Type de publication", "Post type", "Vues", "Views"]
    assert candidates(header, aliases("instagram_content")) == {"format": [1, 0], "views": [3, 2]}


def test_columns_of_one_name_are_listed():
    assert duplicates(["Views", "Likes", "views ", "", "", "VIEWS"]) == {"Views": [0, 2, 5]}


@pytest.mark.parametrize(
    ("slip", "id"),
    [
        ("Permalnk", "url"),
        ("Followers en plsu", "new_followers"),
        ("Couvertures", "reach"),
        ("Enregistrement", "saves"),
        ("Publish timme", "date"),
    ],
)
def test_a_near_miss_is_suggested_and_not_taken(slip, id):
    wanted = aliases("instagram_content")
    assert match([slip], wanted) == {}
    assert suggestions([slip], wanted)[0][0] == id


def test_nothing_is_suggested_for_what_is_there_or_far_off():
    wanted = aliases("instagram_content")
    assert (
        suggestions(
            ["Views", "Permalink", "Budget", "Video views", "Vues de vidéo de 3 secondes", ""],
            wanted,
        )
        == {}
    )


def test_a_language_that_cannot_be_told_is_none():
    assert language(["Impressions"], "instagram_content") is None
    assert language([], "instagram_content") is None


# -- the file of names -----------------------------------------------------------------------------


@each_kind
def test_names_are_clean_and_say_what_they_are(kind):
    for id, names in headers._table()[kind].items():
        assert re.fullmatch(r"[a-z_]+", id)
        assert set(names) <= set(TONGUES)
        assert names.get("en"), f"{kind}.{id} has no English name"
        for name in chain.from_iterable(names.values()):
            assert name == name.strip()
            assert normalise(name)


@each_kind
def test_no_name_means_two_columns_of_one_kind(kind):
    owner: dict[str, str] = {}
    for id, names in aliases(kind).items():
        for name in names:
            key = name if "*" in name else normalise(name)
            assert owner.setdefault(key, id) == id, f"{name}: {owner[key]} and {id}"


@each_kind
def test_no_pattern_takes_the_name_of_another_column(kind):
    for id, names in aliases(kind).items():
        others = [
            n
            for other, spelled in aliases(kind).items()
            if other != id
            for n in spelled
            if "*" not in n
        ]
        for name in names:
            if "*" in name:
                assert match(others, {id: [name]}) == {}


@pytest.mark.parametrize(
    "kind", ["instagram_content", "facebook_content", "meta_ads", "youtube_table"]
)
@pytest.mark.parametrize("tongue", TONGUES)
def test_the_figures_of_the_large_kinds_have_names_in_five_languages(kind, tongue):
    for id in (
        "impressions",
        "reach",
        "url",
        "date",
        "comments",
        "post_id",
        "views",
        "likes",
        "cost",
    ):
        if id in headers._table()[kind]:
            assert headers._table()[kind][id].get(tongue), f"{kind}.{id}.{tongue}"


def test_an_id_of_the_catalogue_is_spelled_as_there():
    """A slip in an id would silently leave a figure out; what is none of the catalogue serves the importers."""
    known = {*MEASURES, "post_id", "date", "url", "format", "campaign", "influencer"}
    others = (
        {id for kind in KINDS for id in headers._table()[kind]}
        - known
        - {"ad_campaign", "ad_revenue", "viewers"}
    )
    near = {
        id: s
        for id in others
        if not id.startswith("is_") and (s := suggestions([id], {k: [k] for k in known}))
    }
    assert near == {}


@given(st.lists(st.text(max_size=20), max_size=12), st.sampled_from(KINDS))
def test_any_header_is_matched_or_left_alone(header, kind):
    found = candidates(header, aliases(kind))
    used = [i for indexes in found.values() for i in indexes]
    assert len(used) == len(set(used))
    assert not {*used} & {*suggestions(header, aliases(kind))}
    duplicates(header)
    language(header, kind)
