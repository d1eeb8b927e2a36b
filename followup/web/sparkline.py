"""A small curve without axes, beside a sentence that carries its first and last number.

A start page shows nothing else drawn. One line needs no library, so most who work in a day never wait for it.
"""

import hashlib
from collections.abc import Sequence
from itertools import groupby

from followup.web.chart_parts import ACCENT, Values
from followup.web.drawing import Chart, named

WIDTH, HEIGHT, MARGIN = 160, 36, 5
WHOLE_WIDTH, WHOLE_HEIGHT = WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN
SIZE = f'width="{WHOLE_WIDTH}" height="{WHOLE_HEIGHT}" viewBox="0 0 {WHOLE_WIDTH} {WHOLE_HEIGHT}"'


def sparkline(*, name: str, description: str, values: Values) -> Chart:
    """A level for each value, from zero at the bottom to the greatest at the top; None is a gap."""
    body = f'<path d="{_path(values)}" fill="none" stroke="{ACCENT}" stroke-width="2"/></svg>'
    identifier = f"chart-{hashlib.sha256(f'{name} {body}'.encode()).hexdigest()[:8]}"
    return Chart(named(SIZE, body, identifier, name, description), WIDTH)


def _path(values: Values) -> str:
    step, top = WIDTH / len(values), max((value for value in values if value is not None), default=0)
    levels = [None if value is None else HEIGHT * (1 - value / top if top else 1) for value in values]
    runs = (list(run) for _, run in groupby(enumerate(levels), key=lambda pair: pair[1] is None))
    return "".join(_steps(run, step) for run in runs if run[0][1] is not None)


def _steps(run: Sequence[tuple[int, float | None]], step: float) -> str:
    """Up or down to each level, and along it until the next."""
    drawn = [
        f"{'V' if place else f'M{MARGIN + number * step:g},'}{MARGIN + (level or 0):g}"
        f"H{MARGIN + (number + 1) * step:g}"
        for place, (number, level) in enumerate(run)
    ]
    return "".join(drawn)
