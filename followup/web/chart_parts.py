"""What the charts are put together from: colours, axes, layers.

Colours keep 3:1 against white, and every series also differs from the others by dash or fill.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Values = Sequence[float | None]
Spec = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, INK_SOFT, LINE = "#1b1e23", "#5f6165", "#ddddde"
ACCENT, BROWN, GREEN = "#4a52b6", "#a8480f", "#116a3e"
COLOURS = [ACCENT, BROWN, GREEN, INK_SOFT]
DASHES = [[1, 0], [7, 4], [2, 3], [10, 3, 2, 3]]
FILLS = [INK_SOFT, "#8088cf", "#ffffff", ACCENT]
WIDTH, HEIGHT, ROW = 640, 240, 30
LABELS_WRITTEN = 8
HIDDEN = ".."
WHOLE = ",.0f"
# Measuring texts is most of what a drawing costs, and a limit has each measured twice: only names have one.
NO_LIMIT = 0

CONFIG: Spec = {
    "aria": False,
    "font": FONT,
    "background": "white",
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal", "labelColor": INK,
        "titleColor": INK, "gridColor": LINE, "domainColor": INK_SOFT, "tickColor": INK_SOFT,
        "labelLimit": NO_LIMIT, "titlePadding": 8, "labelPadding": 6,
    },
    "legend": {
        "orient": "top", "title": None, "labelFontSize": 13, "labelColor": INK, "symbolSize": 160,
        "symbolStrokeWidth": 2.5, "labelLimit": 300, "columnPadding": 24,
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    values: Values


def whole_spec(spec: Spec) -> Spec:
    return {"$schema": SCHEMA, "config": CONFIG, **spec}


def long_form(labels: Sequence[str], series: Sequence[Series]) -> list[Spec]:
    """One row per label and series."""
    return [
        {"label": label, "series": each.name, "value": value}
        for each in series
        for label, value in zip(labels, each.values, strict=True)
    ]


def by_label(labels: Sequence[str], *, written: bool = True) -> Spec:
    """The labels in the order given; when there are many, only some are written out, evenly.

    A panel above another with the same labels leaves the writing to that one.
    """
    every = -(-len(labels) // LABELS_WRITTEN)
    axis = {
        "title": None,
        "labelAngle": 0,
        "values": list(labels[::every]),
        "grid": False,
        "labels": written,
    }
    return {"field": "label", "type": "ordinal", "sort": list(labels), "axis": axis}


def amount(title: str, **axis: Any) -> Spec:
    """A scale of whole numbers from zero."""
    shown = {"title": title, "format": WHOLE, "tickMinStep": 1, "tickCount": 5, **axis}
    return {"field": "value", "type": "quantitative", "scale": {"zero": True}, "axis": shown}


def gap_marks(x: Spec, **more: Any) -> Spec:
    """Two dots at the base line where a number is hidden or missing; never a bar or point at zero."""
    return {
        "transform": [{"filter": "!isValid(datum.value)"}],
        "mark": {"type": "text", "text": HIDDEN, "dy": -8, "fontSize": 18, "color": INK},
        "encoding": {"x": x, "y": {"datum": 0, "type": "quantitative"}, **more},
    }


def fill(names: Sequence[str]) -> Spec:
    """The last series solid, the one before it outlined: told apart in grey print too."""
    return {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": list(names), "range": FILLS[-len(names) :]},
    }


def levels(
    labels: Sequence[str],
    series: Sequence[Series],
    y_title: str,
    interpolate: str,
    *,
    take_turns: bool = False,
    written: bool = True,
) -> Spec:
    """A line per series, each with its own dash; a gap where a value is missing.

    Series that take turns have one value between them at each label: a gap is where none of them has.
    """
    names = [each.name for each in series]
    x = by_label(labels, written=written)
    told_apart: Spec = {
        "field": "series",
        "type": "nominal",
        "legend": None if len(names) == 1 else {"symbolType": "stroke", "symbolSize": 600},
    }
    colour = {**told_apart, "scale": {"domain": names, "range": COLOURS[: len(names)]}}
    dash = {**told_apart, "scale": {"domain": names, "range": DASHES[: len(names)]}}
    encoding = {"x": x, "y": amount(y_title), "color": colour, "strokeDash": dash}
    line = {
        "type": "line",
        "interpolate": interpolate,
        "strokeWidth": 2.5,
        "invalid": "break-paths-show-domains",
        "point": {"filled": True, "size": 28, "opacity": 1, "strokeDash": [1, 0]},
    }
    return {
        "data": {"values": long_form(labels, series)},
        "layer": [{"mark": line, "encoding": encoding}, *_gaps(x, labels, series, take_turns)],
    }


def has_gaps(series: Sequence[Series]) -> bool:
    """A layer that would draw nothing is left out: it takes as long as one that does."""
    return any(value is None for each in series for value in each.values)


def _gaps(x: Spec, labels: Sequence[str], series: Sequence[Series], take_turns: bool) -> list[Spec]:
    """The marks where nothing is known; series that take turns have them where none of them knows."""
    if not has_gaps(series):
        return []
    if not take_turns:
        return [gap_marks(x)]
    known = zip(*(each.values for each in series), strict=True)
    empty = [label for label, values in zip(labels, known, strict=True) if set(values) == {None}]
    return [{"data": {"values": [{"label": label, "value": None} for label in empty]}, **gap_marks(x)}]


def curve(x: Spec, y: Spec, *, dash: list[int], width: float) -> Spec:
    mark = {
        "type": "line",
        "color": ACCENT,
        "interpolate": "step-after",
        "strokeWidth": width,
        "strokeDash": dash,
    }
    return {"mark": mark, "encoding": {"x": x, "y": y}}
