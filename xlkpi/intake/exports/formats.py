"""What networks call a post's format, in five languages, as the ids of our list."""

from __future__ import annotations

from xlkpi.core import codes
from xlkpi.core.names import normalise
from xlkpi.core.texts import Text
from xlkpi.intake.exports.platform import Draft

#: Word of a type → format, the telling words first: "IG reel", "Reel IG", « Vidéo en direct », "Carrousel".
#: Types as exported in EN, FR, DE, ES, PT; seen 2026-11.
WORDS: tuple[tuple[str, str], ...] = (
    *((word, "reel") for word in ("reel", "reels")),
    *((word, "story") for word in ("story", "stories", "historia", "historias", "storie")),
    *(
        (word, "carousel")
        for word in (
            "carousel",
            "carrousel",
            "karussell",
            "carrusel",
            "carrossel",
            "album",
            "multiphoto",
        )
    ),
    *((word, "live") for word in ("live", "direct", "directo", "livestream", "stream")),
    *((word, "short") for word in ("short", "shorts")),
    *(
        (word, "article")
        for word in ("article", "articles", "artikel", "articulo", "artigo", "newsletter")
    ),
    *((word, "video") for word in ("video", "videos")),
    *(
        (word, "post")
        for word in (
            "image",
            "images",
            "photo",
            "photos",
            "bild",
            "foto",
            "fotos",
            "imagen",
            "imagem",
            "link",
            "links",
            "lien",
            "liens",
            "status",
            "statut",
            "statuts",
            "text",
            "texte",
            "post",
            "posts",
            "document",
            "poll",
            "sondage",
            "beitrag",
            "publication",
            "publicacion",
            "publicacao",
            "other",
            "autre",
        )
    ),
)


def format_of(said: str) -> str | None:
    """The format that a platform's word for a type means.

    >>> format_of("IG carousel"), format_of("Vidéo"), format_of("Hologram")
    ('carousel', 'video', None)
    """
    words = set(normalise(said).split())
    return next((format for word, format in WORDS if word in words), None)


def read_formats(draft: Draft, default: str | None = None) -> None:
    """Turn the column "format" from the platform's words into ours; a word that is not known leaves the cell empty."""
    said = draft.values.get("format")
    if said is None:
        if default:
            draft.values["format"] = [default] * len(draft.at)
        return
    known = {word: format_of(str(word)) for word in set(said) if word}
    unknown = sorted(str(word) for word, format in known.items() if format is None)
    if unknown:
        draft.note(
            codes.UNKNOWN_POST_TYPES,
            Text(
                "these types of post are not known: {names}; Format stays empty there",
                "ces types de post sont inconnus : {names} ; Format y reste vide",
            ).format(names=", ".join(unknown[:10])),
            header=draft.header("format"),
        )
    ours = {word: known.get(word) or default if word else default for word in {*said}}
    draft.values["format"] = [ours[word] for word in said]
