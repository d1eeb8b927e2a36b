"""The forecast as a fan: where eight of ten futures lie, the middle one, and the middle one as things are."""

from collections.abc import Sequence

from followup.queues.simulation import Forecast
from followup.web.chart_parts import (
    ACCENT,
    COLOURS,
    DASHES,
    HEIGHT,
    INK,
    WHOLE,
    WIDTH,
    Spec,
    amount,
    whole_spec,
)
from followup.web.drawing import Chart, draw

EVERY = 4
WEEKS: Spec = {
    "field": "week",
    "type": "quantitative",
    # The axis ends with the forecast, not at the next round number.
    "scale": {"nice": False},
    "axis": {"title": "Veckor framåt", "format": WHOLE, "grid": False, "values": list(range(0, 105, 13))},
}
CHANGED, AS_NOW = "Med ändringen (fältet: 8 av 10)", "Som nu"


def fan(
    *,
    name: str,
    description: str,
    now: Forecast,
    changed: Forecast | None,
    names: tuple[str, str] = (CHANGED, AS_NOW),
) -> Chart:
    """Queue length by weeks ahead. Without a change the fan is drawn about the present course.

    `names` are those of the changed course and the present one.
    """
    shown = [(names[0], changed), (names[1], now)] if changed else [(f"{AS_NOW} (fältet: 8 av 10)", now)]
    spec = {"width": WIDTH, "height": HEIGHT, "layer": [field(rows(*shown[0])), _lines(shown)]}
    return draw(whole_spec(spec), name=name, description=description)


def side_by_side(*, name: str, description: str, shown: Sequence[tuple[str, Forecast]]) -> Chart:
    """The middle course of each forecast, at most five of them."""
    spec = {"width": WIDTH, "height": HEIGHT, "layer": [_lines(shown)]}
    return draw(whole_spec(spec), name=name, description=description)


def field(about: Sequence[Spec]) -> Spec:
    """Where eight of ten futures lie."""
    return {
        "data": {"values": list(about)},
        "mark": {"type": "area", "color": ACCENT, "opacity": 0.18},
        "encoding": {"x": WEEKS, "y": {**amount("Antal i kö"), "field": "low"}, "y2": {"field": "high"}},
    }


def middles(values: Sequence[Spec], names: Sequence[str]) -> Spec:
    """A line for each name, through the middle of its rows."""
    return {
        "data": {"values": list(values)},
        "mark": {"type": "line", "strokeWidth": 2.5},
        "encoding": {
            "x": WEEKS,
            "y": {**amount("Antal i kö"), "field": "middle"},
            **told_apart(names),
        },
    }


def _lines(shown: Sequence[tuple[str, Forecast]]) -> Spec:
    return middles([row for each in shown for row in rows(*each)], [each[0] for each in shown])


def rows(series: str, forecast: Forecast) -> list[Spec]:
    found = []
    for week in range(0, len(forecast.lengths), EVERY):
        low, middle, high = forecast.quantiles(week)
        found.append({"week": week, "low": low, "middle": middle, "high": high, "series": series})
    return found


def told_apart(names: Sequence[str]) -> Spec:
    """By colour and by dash, so that grey print tells them apart too."""
    colours, dashes = [*COLOURS, INK][: len(names)], [*DASHES, [16, 6]][: len(names)]
    legend = {"columns": 1, "symbolType": "stroke", "symbolSize": 600} if len(names) > 2 else {}
    return {
        "color": {"field": "series", "scale": {"domain": names, "range": colours}, "legend": legend},
        "strokeDash": {"field": "series", "scale": {"domain": names, "range": dashes}, "legend": legend},
    }
