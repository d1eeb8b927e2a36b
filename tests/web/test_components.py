"""Tables and charts say the same to the ear as to the eye."""

import base64
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


def test_second_drawing_comes_from_the_cache_whose_file_tells_nothing(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.test_request_context():
        first = chart()
        folder = app.extensions["settings"].instance / "charts"
        (kept,) = folder.iterdir()
        assert re.fullmatch(r"[0-9a-f]{64}\.svg", kept.name)
        assert folder.stat().st_mode & 0o077 == 0
        _key, box = kept.read_text(encoding="utf-8").split(".")
        opened = base64.urlsafe_b64decode(box + "=" * (-len(box) % 4))
        assert not [word for word in (b"<svg", b"</svg>", b"<title") if word in opened]
        assert kept.stat().st_mtime % (24 * 60 * 60) == 0
        monkeypatch.setattr(drawing, "render", None)
        assert chart() == first


def test_full_disk_does_not_stop_the_page(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_choices: object) -> None:
        raise OSError(28, "No space left on device")

    with app.test_request_context():
        monkeypatch.setattr(drawing.os, "replace", full)
        assert "<svg" in chart().svg
        assert not list((app.extensions["settings"].instance / "charts").iterdir())


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
