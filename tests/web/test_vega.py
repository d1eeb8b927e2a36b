"""A shape is worked out once, and a drawing shows its own rows and nobody else's."""

import re

from followup.web import vega
from followup.web.chart_parts import Series, levels, whole_spec

LABELS = ["jan", "feb", "mar"]


def queue(*lengths: int | None, unit: str = "Antal") -> vega.Spec:
    return whole_spec(
        {"width": 200, "height": 100, **levels(LABELS, [Series("I kö", lengths)], unit, "linear")}
    )


def numbers_written(picture: str) -> list[str]:
    return re.findall(r"<text[^>]*>(\d+)</text>", picture)


def test_second_drawing_of_a_shape_shows_its_own_numbers() -> None:
    vega.render(queue(3, 2, 900))
    again = vega.render(queue(1, 2, 4))
    assert numbers_written(again) == ["0", "1", "2", "3", "4"]
    vega._worked_out.cache_clear()
    assert vega.render(queue(1, 2, 4)) == again


def test_shape_that_is_kept_knows_no_number() -> None:
    rows: vega.Rows = {}
    shape = str(vega._taken_apart(queue(3, None, 77), rows))
    assert "77" not in shape
    assert [row["value"] for row in rows["rows-0"]] == [3, None, 77]


def test_changed_words_are_another_shape() -> None:
    vega.render(queue(1, 2, 4))
    assert ">Dagar</text>" in vega.render(queue(1, 2, 4, unit="Dagar"))


def test_drawing_changes_nothing_in_what_it_was_given() -> None:
    spec = queue(1, None, 4)
    before = str(spec)
    vega.render(spec)
    assert str(spec) == before
