"""Between which values a mean can lie, as people write it."""

from decimal import Decimal

import pytest

from followup.plan.scales import parse_scale


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1-5", "1–5"),
        (" 1 – 5 ", "1–5"),
        ("0 till 10", "0–10"),
        ("0,5-4", "0,5–4"),
        ("-2–2", "-2–2"),
        ("\u22122 till 2", "-2–2"),
        ("\u0661–\u0665", None),
        ("5-1", None),
        ("3-3", None),
        ("1 5", None),
        ("ett till fem", None),
        ("", None),
    ],
)
def test_a_scale_is_read_and_written_alike(text, written):
    found = parse_scale(text)
    assert (found and str(found)) == written
    assert written is None or parse_scale(written) == found


@pytest.mark.parametrize(("text", "step"), [("1-5", "1"), ("0-1", "1"), ("0-0,5", "0.5"), ("0-100", "10")])
def test_an_answer_is_a_step_from_the_end(text, step):
    found = parse_scale(text)
    assert found
    assert found.step == Decimal(step)
