"""How an import went, as a person reads it at its end, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlkpi.core.findings import Finding, Severity, by_severity
from xlkpi.core.texts import Language, Text
from xlkpi.intake.posts import Export, Value, column_label


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the rows of one export."""

    export: Export
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    repeated: int = 0  # the post stands again in an export of this import, newer or further down
    older: int = 0  # the workbook has newer figures
    unmatched: int = 0  # spend on posts that the workbook does not have, or has a cost for


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How an import went: what a person reads at its end."""

    imported: Sequence[Imported] = ()
    findings: Sequence[Finding] = ()  # of the exports and of the merge
    campaign: str = ""  # that new posts were given
    left_out: Sequence[
        str
    ] = ()  # columns that the workbook's table does not have; the writer knows more

    @property
    def has_exclusions(self) -> bool:
        return any(f.severity in (Severity.EXCLUDED, Severity.ERROR) for f in self.findings)

    def total(self, what: str) -> int:
        """Over all exports: "added", "updated", "unchanged" …"""
        return sum(getattr(one, what) for one in self.imported)

    def as_text(self, language: Language) -> str:
        """The whole report, for a terminal or a log."""
        lines: list[str] = []
        for one in self.imported:
            lines += [line.in_(language) for line in _told(one)] + [""]
        if self.left_out:
            names = Text(
                *[
                    ", ".join(column_label(id).in_(lang) for id in self.left_out)
                    for lang in ("en", "fr")
                ]
            )
            lines += [
                Text(
                    "Not written, for want of a column in Posts: {names}",
                    "Non écrit, faute de colonne dans Posts : {names}",
                )
                .format(names=names)
                .in_(language),
                "",
            ]
        lines += [f"{f.word(language)}  {f.message(language)}" for f in by_severity(self.findings)]
        return "\n".join(lines).rstrip() + "\n"

    def as_json(self, language: Language = "en") -> dict[str, object]:
        """The same for machines."""
        return {
            "campaign": self.campaign,
            **{what: self.total(what) for what in OUTCOMES},
            "exports": [_as_json(one, language) for one in self.imported],
            "left_out": list(self.left_out),
            "findings": [f.as_json(language) for f in self.findings],
        }


OUTCOMES = ("added", "updated", "unchanged", "repeated", "older", "unmatched")
_OUTCOME_WORDS = {
    "added": Text("{n} added", "{n} ajouté{n:|s}"),
    "updated": Text("{n} updated", "{n} mis à jour"),
    "unchanged": Text("{n} unchanged", "{n} inchangé{n:|s}"),
    "repeated": Text("{n} repeated", "{n} en double"),
    "older": Text("{n} older than the workbook", "{n} plus ancien{n:|s} que le classeur"),
    "unmatched": Text("{n} without a place", "{n} sans place"),
}


def amount_text(value: Value) -> Text:
    if not isinstance(value, float | int):
        return Text(str(value), str(value))
    shown = f"{value:,.2f}"
    return Text(shown, shown.replace(",", "\u202f").replace(".", ","))


def _told(one: Imported) -> Iterable[Text]:
    """The lines about one export."""
    export, balance = one.export, one.export.balance
    yield Text(
        *[
            f"{export.source}: {name}" if lang == "en" else f"{export.source}\u00a0: {name}"
            for lang, name in zip(("en", "fr"), export.name, strict=True)
        ]
    )
    yield Text(
        "  {read} row{read:|s} read = {taken} post{taken:|s} + {totals} {totals:total or remark|totals and remarks} + "
        "{excluded} excluded + {blank} blank",
        "  {read} ligne{read:|s} lue{read:|s} = {taken} post{taken:|s} + {totals} {totals:total ou remarque|totaux et "
        "remarques} + {excluded} exclue{excluded:|s} + {blank} vide{blank:|s}",
    ).format(
        read=balance.read,
        taken=balance.taken,
        totals=balance.totals,
        excluded=balance.excluded,
        blank=balance.blank,
    )
    outcomes = [
        word.format(n=getattr(one, id))
        for id, word in _OUTCOME_WORDS.items()
        if getattr(one, id) or id in ("added", "updated", "unchanged")
    ]
    yield Text("  " + ", ".join(t.en for t in outcomes), "  " + ", ".join(t.fr for t in outcomes))
    pairs = [(header, column_label(id)) for header, id in export.recognised.items()]
    if pairs:
        yield Text("  Columns read: {en}", "  Colonnes lues : {fr}").format(
            en=", ".join(f"{h} → {name.en}" for h, name in pairs),
            fr=", ".join(f"{h} → {name.fr}" for h, name in pairs),
        )
    if export.ignored:
        yield Text("  Columns not read: {names}", "  Colonnes non lues : {names}").format(
            names=", ".join(export.ignored)
        )
    for decision in export.decisions:
        yield Text("  – {what}", "  – {what}").format(what=decision)


def _as_json(one: Imported, language: Language) -> dict[str, object]:
    export, balance = one.export, one.export.balance
    return {
        "source": export.source,
        "kind": export.kind,
        "name": export.name.in_(language),
        "rows": {
            "read": balance.read,
            "taken": balance.taken,
            "totals": balance.totals,
            "excluded": balance.excluded,
            "blank": balance.blank,
        },
        **{what: getattr(one, what) for what in OUTCOMES},
        "recognised": dict(export.recognised),
        "ignored": list(export.ignored),
        "decisions": [d.in_(language) for d in export.decisions],
    }
