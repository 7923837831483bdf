"""Shows the user's own defaults: where their file is, what it says, and which of its lines cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from xlkpi.core.texts import Text
from xlkpi.excel.addin.diagnosis import Line, Sign
from xlkpi.excel.addin.machine import Profile
from xlkpi.files import userdefaults


def defaults(_: Profile) -> Iterator[Line]:
    place, said = userdefaults.path(), userdefaults.read()
    if not place.exists():
        yield Line(
            "defaults",
            Sign.OK,
            Text("none; {path} would hold them", "aucun ; leur place est {path}").format(
                path=place
            ),
        )
        return
    values = {
        key: value for key, value in asdict(said).items() if key != "unusable" and value is not None
    }
    shown = ", ".join(f"{key} = {value}" for key, value in values.items())
    found = Text("{path}: {shown}", "{path} : {shown}").format(
        path=place, shown=shown or Text("nothing that can be used", "rien d’utilisable")
    )
    if said.unusable:
        yield Line(
            "defaults",
            Sign.ATTENTION,
            Text("{found}; left out: {lines}", "{found} ; laissé de côté : {lines}").format(
                found=found, lines=", ".join(said.unusable)
            ),
            Text(
                "write language, palette, tolerance, currency or deck_template as the guide shows",
                "écrivez language, palette, tolerance, currency ou deck_template comme dans le guide",
            ),
        )
    else:
        yield Line("defaults", Sign.OK, found)
