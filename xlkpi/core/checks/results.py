"""Results that cannot be: shares of more than the whole, marks beyond the scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xlkpi.core import catalogue, codes
from xlkpi.core.campaign import Settings
from xlkpi.core.catalogue import MEASURES
from xlkpi.core.figures import shown
from xlkpi.core.findings import Finding
from xlkpi.core.kpi import Kpi
from xlkpi.core.texts import Text

_SHARE, _MARK = (0.0, 1.0), (1.0, 5.0)
#: KPI → the least and the most that it can be.  A rate by reach may well exceed 100 %; a part of a whole cannot.
POSSIBLE: Mapping[str, tuple[float, float]] = {
    "target_coverage": _SHARE,
    "in_target_share": _SHARE,
    "authenticity": _SHARE,
    "positive_sentiment": _SHARE,
    "net_sentiment": (-1.0, 1.0),
    "key_message_impact": _SHARE,
    "share_of_voice": _SHARE,
    "reusable_content": _SHARE,
    "likes_in_interactions": _SHARE,
    "comments_in_interactions": _SHARE,
    "shares_in_interactions": _SHARE,
    "conversation_share": _SHARE,
    "open_rate": _SHARE,
    "email_click_rate": _SHARE,
    "deliverability": _SHARE,
    "bounce_rate": _SHARE,
    "retention_rate": _SHARE,
    "content_quality": _MARK,
    "brand_fit": _MARK,
}
#: Binary dust is no impossibility.
_DUST = 1e-9


def impossible(kpi: Kpi, value: float | None) -> Text | None:
    """Why a KPI cannot have this value; None where it can."""
    low, high = POSSIBLE.get(kpi.id, (float("-inf"), float("inf")))
    if value is None or low - _DUST <= value <= high + _DUST:
        return None
    return Text("{v} cannot be: {l} to {h}", "{v} est impossible : de {l} à {h}").format(
        v=shown(value, kpi.unit, ""), l=shown(low, kpi.unit, ""), h=shown(high, kpi.unit, "")
    )


def impossible_results(values: Mapping[str, float | None], settings: Settings) -> Iterator[Finding]:
    """One finding for each result that cannot be.

    Args:
        values: of everything in scope.
    """
    for id in POSSIBLE:
        kpi = catalogue.kpi(id)
        why = impossible(kpi, values.get(id))
        if why is not None:
            columns = [MEASURES[name].label for name in settings.inputs(kpi) if name in MEASURES]
            yield Finding(
                codes.IMPOSSIBLE_RESULT,
                Text("{k}: {w}", "{k} : {w}").format(k=kpi.label, w=why),
                Text("it is shown and not judged", "il est affiché et non jugé"),
                Text("check {names}", "vérifiez {names}").format(
                    names=Text(*(", ".join(label[i] for label in columns) for i in (0, 1)))
                ),
            )
