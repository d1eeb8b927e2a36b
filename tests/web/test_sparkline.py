"""The start page's small curve: a level for each month, and never a number that nobody counted."""

import re

from followup.web.sparkline import sparkline

BOTTOM, TOP = 41, 5


def path(*values: int | None) -> str:
    drawn = sparkline(name="Kölängden", description="Kön växer.", values=values)
    found = re.search(r'<path d="([^"]*)"', drawn.svg)
    assert found is not None
    return found[1]


def test_level_stands_from_zero_to_the_greatest() -> None:
    assert path(0, 2, 4, 1) == f"M5,{BOTTOM}H45V23H85V{TOP}H125V32H165"


def test_month_that_nobody_counted_is_a_gap() -> None:
    assert path(None, 4, None, 4) == f"M45,{TOP}H85M125,{TOP}H165"


def test_empty_queue_lies_at_the_bottom() -> None:
    assert path(0, 0) == f"M5,{BOTTOM}H85V{BOTTOM}H165"


def test_curve_is_named_for_the_ear_and_its_words_are_escaped() -> None:
    drawn = sparkline(name="<b>Kön</b>", description="Från 4 till 2.", values=[4, 2]).svg
    name = re.search(r'role="img" aria-labelledby="(\S+)" aria-describedby="(\S+)"', drawn)
    assert name is not None
    assert f'<title id="{name[1]}">&lt;b&gt;Kön&lt;/b&gt;</title>' in drawn
    assert f'<desc id="{name[2]}">Från 4 till 2.</desc>' in drawn
    assert "style" not in drawn
