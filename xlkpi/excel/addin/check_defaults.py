"""Shows the user's own defaults: where their file is, what it says, and which of its lines cannot be used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from xlkpi.core.texts import Text
from xlkpi.excel.addin.diagnosis import Line, Sign
from xlkpi.excel.addin.machine import Profile
from xlkpi.files import userdefaults


def defaults(_: Profile) -> Iterator[Line]:
    path, mine = userdefaults.path(), userdefaults.read()
    if not path.exists():
        found = Text("none; {path} would hold them", "aucun ; leur place est {path}")
        yield Line("defaults", Sign.OK, found.format(path=path))
        return
    values = {
        key: value for key, value in asdict(mine).items() if key != "unusable" and value is not None
    }
    shown = ", ".join(f"{key} = {value}" for key, value in values.items())
    found = Text("{path}: {shown}", "{path} : {shown}").format(
        path=path, shown=shown or Text("nothing that can be used", "rien d’utilisable")
    )
    yield _unusable(found, mine.unusable) if mine.unusable else Line("defaults", Sign.OK, found)


def _unusable(found: Text, lines: Sequence[str]) -> Line:
    return Line(
        "defaults",
        Sign.ATTENTION,
        Text("{found}; left out: {lines}", "{found} ; laissé de côté : {lines}").format(
            found=found, lines=", ".join(lines)
        ),
        Text(
            "write language, palette, tolerance, currency or deck_template as the guide shows",
            "écrivez language, palette, tolerance, currency ou deck_template comme dans le guide",
        ),
    )
