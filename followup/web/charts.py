"""The product's charts. Labels and numbers in, a named drawing out; None is a gap marked "..".

The caller gives only numbers that may be shown to this reader, and draws the same ones as a table.
Bars start at zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from followup.web.chart_parts import (
    ACCENT,
    HEIGHT,
    HIDDEN,
    INK,
    LABELS_WRITTEN,
    ROW,
    WHOLE,
    WIDTH,
    Series,
    Spec,
    amount,
    by_label,
    curve,
    fill,
    gap_marks,
    has_gaps,
    levels,
    long_form,
    whole_spec,
)
from followup.web.drawing import Chart, draw
from followup.web.formats import decimal

__all__ = [
    "Chart", "CurvePoint", "Series", "estimated_curve", "lines", "lying_groups", "run_charts",
    "step_curve_with_flow",
]  # fmt: skip

PERCENT_LABELS = "format(datum.value * 100, ',.0f') + '\u00a0%'"
SIZE_LABELS = "format(abs(datum.value), ',.0f')"


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A point of an estimated curve with its interval, all on the same scale."""

    x: float
    y: float
    low: float
    high: float


def lines(
    *,
    name: str,
    description: str,
    labels: Sequence[str],
    series: Sequence[Series],
    y_title: str,
    take_turns: bool = False,
) -> Chart:
    """Straight lines between points; a hidden point breaks the line.

    Series that take turns have one value between them at each label, and a gap where none of them has.
    """
    shown = levels(labels, series, y_title, "linear", take_turns=take_turns)
    spec = {"width": WIDTH, "height": HEIGHT, **shown}
    return draw(whole_spec(spec), name=name, description=description)


def step_curve_with_flow(
    *,
    name: str,
    description: str,
    labels: Sequence[str],
    level: Series,
    joined: Series,
    left: Series,
    y_title: str,
    earlier: Series | None = None,
) -> Chart:
    """The level above; below it, on the same time axis, what came in (up) and what went out (down).

    `earlier` is the level where it comes from another source, and has values only where `level` has none.
    """
    out = Series(left.name, [None if value is None else -value for value in left.values])
    shown = [level, earlier] if earlier else [level]
    curve_above = levels(labels, shown, y_title, "step-after", take_turns=earlier is not None, written=False)
    above = {"width": WIDTH, "height": HEIGHT, **curve_above}
    x, y = by_label(labels), amount("In och ut", labelExpr=SIZE_LABELS)
    below = {
        "width": WIDTH,
        "height": HEIGHT // 2,
        "data": {"values": long_form(labels, [joined, out])},
        "layer": [
            {
                "mark": {"type": "bar", "stroke": ACCENT, "strokeWidth": 1.5},
                "encoding": {"x": x, "y": y, "color": fill([left.name, joined.name])},
            },
            *([gap_marks(x)] if has_gaps([joined, left]) else []),
        ],
    }
    stacked = {"vconcat": [above, below], "spacing": 12, "resolve": {"scale": {"color": "independent"}}}
    return draw(whole_spec(stacked), name=name, description=description)


def lying_groups(
    *, name: str, description: str, labels: Sequence[str], series: Sequence[Series], x_title: str
) -> Chart:
    """Lying bars side by side for each label, with room for long labels; each has its number at the end."""
    return draw(lying_groups_spec(labels, series, x_title), name=name, description=description)


def lying_groups_spec(labels: Sequence[str], series: Sequence[Series], x_title: str) -> Spec:
    """The same drawing before it is drawn, for files."""
    names = [each.name for each in series]
    rows = [
        {**row, "text": HIDDEN if row["value"] is None else decimal(row["value"], 0)}
        for row in long_form(labels, series)
    ]
    axis = {"title": None, "ticks": False, "labelLimit": 300}
    y = {
        "field": "label",
        "type": "nominal",
        "sort": list(labels),
        "axis": axis,
        "scale": {"paddingInner": 0.3},
    }
    offset = {"field": "series", "sort": names}
    end = {"field": "end", "type": "quantitative"}
    spec = {
        "width": WIDTH,
        "height": len(labels) * (len(series) + 1) * ROW // 2,
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "bar", "stroke": ACCENT, "strokeWidth": 1.5},
                "encoding": {"x": amount(x_title), "y": y, "yOffset": offset, "color": fill(names)},
            },
            {
                "transform": [{"calculate": "isValid(datum.value) ? datum.value : 0", "as": "end"}],
                "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 12, "color": INK},
                "encoding": {"x": end, "y": y, "yOffset": offset, "text": {"field": "text"}},
            },
        ],
    }
    return whole_spec(spec)


def estimated_curve(
    *, name: str, description: str, points: Sequence[CurvePoint], x_title: str, y_title: str
) -> Chart:
    """A stepwise estimated share with its interval: how many still wait after so many weeks."""
    x: Spec = {
        "field": "x",
        "type": "quantitative",
        "axis": {
            "title": x_title,
            "format": WHOLE,
            "grid": False,
            "tickMinStep": 1,
            "tickCount": LABELS_WRITTEN,
        },
    }
    share = {"type": "quantitative", "scale": {"domain": [0, 1]}}
    axis = {"title": y_title, "tickCount": 5, "labelExpr": PERCENT_LABELS}
    band = {"type": "area", "color": ACCENT, "opacity": 0.18, "interpolate": "step-after"}
    edges = {"y": {"field": "low", "axis": axis, **share}, "y2": {"field": "high"}}
    spec = {
        "width": WIDTH,
        "height": HEIGHT,
        "data": {"values": [{"x": p.x, "y": p.y, "low": p.low, "high": p.high} for p in points]},
        "layer": [
            {"mark": band, "encoding": {"x": x, **edges}},
            curve(x, {"field": "low", **share}, dash=[2, 3], width=1.2),
            curve(x, {"field": "high", **share}, dash=[2, 3], width=1.2),
            curve(x, {"field": "y", **share}, dash=[1, 0], width=2.5),
        ],
    }
    return draw(whole_spec(spec), name=name, description=description)


def run_charts(
    *, name: str, description: str, labels: Sequence[str], panels: Sequence[tuple[Series, float]]
) -> Chart:
    """A panel for each series: its points joined by a line, and its median as a dashed level."""
    last = len(panels) - 1
    stacked = [
        _run_chart(by_label(labels, written=place == last), labels, *panel)
        for place, panel in enumerate(panels)
    ]
    spec = {"vconcat": stacked, "spacing": 12}
    return draw(whole_spec(spec), name=name, description=description)


def _run_chart(x: Spec, labels: Sequence[str], series: Series, median: float) -> Spec:
    y = amount(series.name)
    line = {
        "type": "line",
        "color": ACCENT,
        "strokeWidth": 2,
        "point": {"filled": True, "size": 36, "color": ACCENT},
    }
    level = {"type": "rule", "color": INK, "strokeDash": [7, 4], "strokeWidth": 1.5}
    return {
        "width": WIDTH,
        "height": HEIGHT // 2,
        "data": {"values": long_form(labels, [series])},
        "layer": [
            {"mark": line, "encoding": {"x": x, "y": y}},
            {"mark": level, "encoding": {"y": {"datum": median, "type": "quantitative"}}},
        ],
    }
