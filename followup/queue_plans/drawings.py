"""The plan's fan, with what became of the queue and the length at which the target holds."""

from collections.abc import Sequence

from followup.queue_plans.effects import Course
from followup.queues.fan import WEEKS, field, middles, rows, told_apart
from followup.queues.what_if import WEEKS_AHEAD
from followup.web.chart_parts import HEIGHT, INK_SOFT, WIDTH, Spec, amount, whole_spec
from followup.web.drawing import Chart, draw

FIELD = " (fältet: 8 av 10)"
WITH, WITHOUT, OUTCOME = f"Med åtgärderna{FIELD}", "Utan åtgärder", "Utfall"
TARGET = "Högst så många om målet ska hållas"


def plan_fan(
    *, name: str, description: str, now: Course | None, planned: Course, outcome: Sequence[tuple[int, int]]
) -> Chart:
    """`outcome` holds weeks since the plan was counted, and how many waited then. No `now`: no measures."""
    names = [WITH, WITHOUT] if now else [WITHOUT + FIELD]
    about = rows(names[0], planned.forecast)
    values = [*about, *(rows(WITHOUT, now.forecast) if now else [])]
    values += [{"week": week, "middle": length, "series": OUTCOME} for week, length in outcome]
    names += [OUTCOME] if outcome else []
    layers = [field(about), middles(values, names), *_points(values, names), *_target(planned.wanted)]
    spec = {"width": WIDTH, "height": HEIGHT, "layer": layers}
    return draw(whole_spec(spec), name=name, description=description)


def _points(values: Sequence[Spec], names: Sequence[str]) -> list[Spec]:
    """What was counted stands out from what was forecast by a point for each week."""
    counted = [row for row in values if row["series"] == OUTCOME]
    if not counted:
        return []
    y = {**amount("Antal i kö"), "field": "middle"}
    colour = {"color": told_apart(names)["color"]}
    mark = {"type": "point", "filled": True, "size": 40, "opacity": 1}
    return [{"data": {"values": counted}, "mark": mark, "encoding": {"x": WEEKS, "y": y, **colour}}]


def _target(wanted: float | None) -> list[Spec]:
    if wanted is None:
        return []
    y = {"datum": wanted, "type": "quantitative"}
    end = {"datum": WEEKS_AHEAD, "type": "quantitative"}
    line = {"type": "rule", "color": INK_SOFT, "strokeDash": [2, 3], "strokeWidth": 1.5}
    text = {"type": "text", "text": TARGET, "align": "right", "dy": -8, "fontSize": 12, "color": INK_SOFT}
    one: Spec = {"values": [{}]}
    return [
        {"data": one, "mark": line, "encoding": {"y": y}},
        {"data": one, "mark": text, "encoding": {"x": end, "y": y}},
    ]
