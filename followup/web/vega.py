"""The library that draws: a plain Vega-Lite dict in, SVG out.

It is loaded at the first chart, inside the process that serves: it takes a second to start, and it hangs in a
process that was forked after its first use. A drawing is a shape and its rows. The shape is worked out once
and kept in memory; the next drawing of the same shape, when somebody has joined the queue, only has new rows.
"""

import json
from functools import lru_cache
from threading import Lock
from typing import Any

Spec = dict[str, Any]
Rows = dict[str, list[Any]]

KEPT_SHAPES = 64
_one_at_a_time = Lock()


def render(spec: Spec) -> str:
    """The drawing as SVG, for a file; a page asks `drawing.draw`."""
    import vl_convert

    rows: Rows = {}
    shape = json.dumps(_taken_apart(spec, rows))
    with _one_at_a_time:
        worked_out = _worked_out(shape)
        filled = [
            {**each, "values": rows[each["name"]]} if each["name"] in rows else each
            for each in worked_out["data"]
        ]
        return str(
            vl_convert.vega_to_svg(
                {**worked_out, "data": filled}, format_locale="sv-SE", allowed_base_urls=[]
            )
        )


@lru_cache(maxsize=KEPT_SHAPES)
def _worked_out(shape: str) -> Spec:
    import vl_convert

    return dict(vl_convert.vegalite_to_vega(shape))


def _taken_apart(node: Any, rows: Rows) -> Any:
    """The same tree with a name in the place of every data set, whose rows are put into `rows`."""
    if isinstance(node, list):
        return [_taken_apart(each, rows) for each in node]
    if not isinstance(node, dict):
        return node
    if "values" in node.get("data", {}):
        name = f"rows-{len(rows)}"
        rows[name] = node["data"]["values"]
        node = {**node, "data": {"name": name}}
    return {key: _taken_apart(value, rows) for key, value in node.items()}
