"""Tables and charts say the same to the ear as to the eye."""

import re

import pytest
from flask import Flask

from followup.access.roles import Role
from followup.web import charts, drawing
from tests.conftest import SignIn

LABELS = ["jan", "feb", "mar"]


@pytest.fixture
def page(sign_in: SignIn) -> str:
    return sign_in(Role.TEAM_STAFF).get("/prov").text


def test_hidden_cell_is_dots_for_the_eye_and_words_for_the_ear(page: str) -> None:
    cell = '<span aria-hidden="true">..</span><span class="sr-only">Undertryckt uppgift</span>'
    assert f'<td class="table__column--numeric">{cell}</td>' in page
    assert ".. Undertryckt uppgift." in page, "the legend explains the sign"


def test_table_has_caption_headers_and_a_region_to_scroll(page: str) -> None:
    assert '<div class="table-region" role="region" tabindex="0" aria-label="Deltagare per team">' in page
    assert re.search(r"<caption>.*?Deltagare per team", page)
    assert '<th scope="col" class="table__column--numeric" aria-sort="descending">' in page
    assert '<th scope="row"><a href="/prov">Norra<span class="sr-only"> öppna</span></a></th>' in page
    assert '<span class="unit">(andel)</span>' in page


def test_pager_says_which_rows(page: str) -> None:
    assert "1–50 av 120" in page
    assert 'rel="next" href="/prov?sida=2"' in page
    assert 'rel="prev"' not in page


@pytest.mark.parametrize("asked", ["0", "99", "-1", "två"])
def test_page_outside_the_list_is_the_nearest_one(sign_in: SignIn, asked: str) -> None:
    response = sign_in(Role.TEAM_STAFF).get(f"/prov?sida={asked}")
    assert response.status_code == 200
    assert " av 120" in response.text


def test_chart_is_a_named_picture_without_style_or_script(page: str) -> None:
    drawing = re.search(r"<svg.*?</svg>", page, re.DOTALL)
    assert drawing is not None
    assert re.search(r'role="img" aria-labelledby="(\S+)" aria-describedby="(\S+)"', drawing[0])
    assert ">Kön i Norra</title>" in drawing[0]
    assert ">Kölängd per månad.</desc>" in drawing[0]
    assert not re.search(r"style|script|href|aria-hidden", drawing[0])


def test_hidden_point_is_a_gap_with_dots(page: str) -> None:
    assert re.search(r"<text[^>]*>\.\.</text>", page)


def chart(name: str = "Kön") -> drawing.Chart:
    return charts.lines(
        name=name,
        description="",
        labels=LABELS,
        series=[charts.Series("2023", [1200, None, 1]), charts.Series("2024", [3, 2, 1])],
        y_title="Antal",
    )


def test_numbers_on_the_axis_are_swedish(app: Flask) -> None:
    with app.test_request_context():
        assert re.search(r">1[\u00a0\u202f]200<", chart().svg)


def test_series_differ_by_more_than_colour(app: Flask) -> None:
    with app.test_request_context():
        assert re.search(r'stroke-dasharray="7,4"', chart().svg)


def test_name_is_escaped(app: Flask) -> None:
    with app.test_request_context():
        assert "<b>" not in chart("<b>").svg


def test_a_drawing_is_made_once_and_leaves_no_file(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may show a team's own numbers, and a file's times say when they changed."""
    folder = app.extensions["settings"].instance
    before = list(folder.iterdir())
    with app.test_request_context():
        first = chart()
        monkeypatch.setattr(drawing, "render", None)
        assert chart() == first
    assert list(folder.iterdir()) == before


def test_every_kind_of_chart_is_drawn(app: Flask) -> None:
    named = {"name": "Namn", "description": "Text"}
    level = charts.Series("I kö", [3, None, 5])
    points = [charts.CurvePoint(0, 1, 1, 1), charts.CurvePoint(4, 0.5, 0.3, 0.7)]
    with app.test_request_context():
        drawn = [
            charts.lines(labels=LABELS, series=[level], y_title="Antal", **named),
            charts.step_curve_with_flow(
                labels=LABELS,
                level=level,
                joined=charts.Series("In", [1, 2, 3]),
                left=charts.Series("Ut", [0, 1, None]),
                y_title="Antal",
                **named,
            ),
            charts.lying_groups(labels=LABELS, series=[level], x_title="Antal", **named),
            charts.run_charts(labels=LABELS, panels=[(charts.Series("Ut", [0, 2, 1]), 1)] * 2, **named),
            charts.estimated_curve(points=points, x_title="Veckor", y_title="Andel", **named),
        ]
        texts = [re.findall(r"<text[^>]*>([^<]*)</text>", each.svg) for each in drawn]
    assert all(each.svg.endswith("</svg>") for each in drawn)
    assert [".." in found for found in texts] == [True, True, True, False, False]
    assert "100\u00a0%" in texts[4]
