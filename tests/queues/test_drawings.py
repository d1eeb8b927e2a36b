"""What is drawn is what the tables beside the drawings say, measured in the drawings themselves."""

import re
from datetime import UTC, date, datetime

import pytest

from followup.access.roles import Role
from tests.infrastructure.tables import rows_by_label
from tests.queues import q2
from tests.queues.rows import put

MONTHS, CURVE = "Kön månad för månad", "Andel som fortfarande väntar"
LEFT = [(date(2023, 5, 2), None, date(2023, 9, 4)), (date(2024, 3, 4), None, date(2024, 9, 9))]
PANEL = 240


@pytest.fixture
def html(database, association, clock, sign_in):
    put(database, association, "north", [*q2.ROWS, *LEFT])
    clock.move_to(datetime(2024, 10, 31, 8, 0, tzinfo=UTC))
    return sign_in(Role.TEAM_MANAGER).get(f"/team/{association.north}/ko").text


def drawing(html: str, name: str) -> str:
    return next(found for found in re.findall(r"<svg.*?</svg>", html, re.DOTALL) if name in found)


def marks(picture: str, kind: str) -> list[str]:
    return re.findall(rf'<g class="mark-{kind} role-mark[^>]*>.*?</g>', picture, re.DOTALL)


def test_bars_and_points_are_as_high_as_the_numbers_of_the_table(html):
    rows = [[int(cell) for cell in row] for row in rows_by_label(html, MONTHS).values()]
    picture = drawing(html, "Kölängd, och hur många")
    (bars,) = marks(picture, "rect")
    heights = [float(height) for height in re.findall(r"h[\d.]+v([\d.]+)h", bars)]
    numbers = [joined for joined, *_ in rows] + [started + left for _, started, left, _ in rows]
    one = max(heights) / max(numbers)
    assert heights == pytest.approx([one * number for number in numbers], abs=0.01)
    (points,) = marks(picture, "symbol")
    levels = [PANEL - float(y) for y in re.findall(r'translate\([\d.]+,([\d.]+)\)"', points)]
    lengths = [length for *_, length in rows]
    one = max(levels) / max(lengths)
    assert levels == pytest.approx([one * length for length in lengths], abs=0.01)


def test_what_comes_in_stands_up_and_what_goes_out_hangs_down(html):
    (bars,) = marks(drawing(html, "Kölängd, och hur många"), "rect")
    tops = [
        (float(top), float(height)) for top, height in re.findall(r"M[\d.]+,([\d.]+)h[\d.]+v([\d.]+)h", bars)
    ]
    middle = len(tops) // 2
    (base,) = {round(top + height, 6) for top, height in tops[:middle]}
    assert {round(top, 6) for top, height in tops[middle:] if height} == {base}


def test_the_curve_falls_to_the_shares_of_the_table(html):
    shares = [int(row[0].split()[0]) for row in rows_by_label(html, CURVE).values()]
    solid = marks(drawing(html, "Andel som fortfarande väntar"), "line")[-1]
    levels = [float(y) for y in re.findall(r"[ML][\d.]+,([\d.]+)", solid)]
    drawn = [100 * (1 - level / PANEL) for level in dict.fromkeys(levels)]
    assert drawn[0] == 100
    assert drawn[1:] == pytest.approx(shares, abs=0.51)
