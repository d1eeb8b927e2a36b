"""A raw count does not come out by any of the ways that code, templates, logs and error pages use."""

import copy
import dataclasses
import io
import json
import logging
import os
import pickle
import traceback
from decimal import Decimal
from html import escape
from pathlib import Path

import pytest
from flask import Flask, jsonify, render_template_string
from werkzeug.debug.tbtools import DebugTraceback

from followup.disclosure import (
    NotOwnTeam,
    ProtectionFailed,
    RawCountShown,
    Rule,
    TableMalformed,
    own_team_view,
    protect,
)
from followup.web.charts import Series, lying_groups
from tests.disclosure.tables import cube, population

# A number that occurs nowhere else, so that it can be looked for in any text.
NUMBER = 48371
RULE = Rule()


@pytest.fixture
def table():
    return cube("T", {("Va", "yes"): NUMBER, ("Va", "no"): 2})


@pytest.mark.parametrize(
    "show",
    [
        str,
        repr,
        "{}".format,
        lambda table: f"{table}",
        lambda table: "%s" % table,  # noqa: UP031 - one of the ways
        format,
        list,
        len,
        sorted,
        iter,
        lambda table: table[0],
        lambda table: ("Va", "yes") in table,
        int,
        float,
        bytes,
        pickle.dumps,
        copy.copy,
        copy.deepcopy,
        json.dumps,
        vars,
        dataclasses.asdict,
        lambda table: table.__dict__,
        lambda table: table.__html__(),
        lambda table: escape(str(table)),
        Decimal,
        dict,
        set,
    ],
)
def test_no_way_of_showing_a_table_gives_a_count(table, show):
    with pytest.raises((RawCountShown, TypeError, AttributeError)) as refused:
        show(table)
    assert str(NUMBER) not in "".join(traceback.format_exception(refused.value))


def test_attributes_hold_no_count(table):
    told = {name: getattr(table, name) for name in dir(table) if not name.startswith("__")}
    assert str(NUMBER) not in " ".join(_spell(value) for value in told.values())


def _spell(value) -> str:
    try:
        return repr(value)
    except RawCountShown:
        return ""


@pytest.mark.parametrize(
    "expression", ["{{ t }}", "{{ t|tojson }}", "{{ t|list }}", "{% for c in t %}{{ c }}{% endfor %}"]
)
def test_templates_refuse_a_table(table, expression):
    with Flask("leak").app_context(), pytest.raises(RawCountShown):
        render_template_string(expression, t=table)


@pytest.mark.parametrize("name", ["cells", "_cells", "counts", "raw", "values", "_raw", "__dict__"])
def test_templates_find_no_attribute_with_counts(table, name):
    with Flask("leak").app_context():
        assert render_template_string("{{ t." + name + " }}", t=table) == ""


def test_json_answers_refuse_a_table(table):
    with Flask("leak").app_context(), pytest.raises(RawCountShown):
        jsonify(table)


def test_a_log_line_holds_no_count(table):
    stream = io.StringIO()
    logger = logging.getLogger("leak")
    handler = logging.StreamHandler(stream)
    logger.addHandler(handler)
    raised = logging.raiseExceptions
    logging.raiseExceptions = False
    try:
        logger.warning("tabell %s", table)
    finally:
        logging.raiseExceptions = raised
        logger.removeHandler(handler)
    assert str(NUMBER) not in stream.getvalue()


def broken(kind: str):
    """A release that cannot be published, for each of the reasons."""
    if kind == "different counts":
        return [
            cube("A", {("Va",): NUMBER}, axes=("team",)),
            cube("B", {("Va",): NUMBER + 1}, axes=("team",)),
        ]
    if kind == "impossible":
        return [cube("A", {("Va",): NUMBER, ("_T",): 7}, axes=("team",))]
    return [cube("A", {("Va",): NUMBER, ("Sa",): 3, ("_T",): NUMBER + 3}, axes=("team",))]


@pytest.mark.parametrize("kind", ["different counts", "impossible", "time", "fault"])
def test_a_failure_carries_no_count_in_text_frames_or_debugger_page(kind, monkeypatch):
    if kind == "fault":
        monkeypatch.setattr("followup.disclosure.attempt.find_pattern", lambda *_: 1 / 0)
    limit = 0.0 if kind == "time" else 60.0
    with pytest.raises(ProtectionFailed) as failed:
        protect(broken(kind), RULE, time_limit=limit)
    failure = failed.value
    assert failure.__context__ is None
    assert failure.__cause__ is None
    seen = [failure.reason, repr(failure), *map(str, failure.args)]
    walked = failure.__traceback__
    while walked is not None:
        if "disclosure" in walked.tb_frame.f_code.co_filename:
            seen += [_spell(value) for value in walked.tb_frame.f_locals.values() if value is not failed]
        walked = walked.tb_next
    seen.append(DebugTraceback(failure).render_debugger_html(evalex=False, secret="", evalex_trusted=False))
    assert not any(str(NUMBER) in text for text in seen)
    assert not any(character.isdigit() for character in failure.reason)


def test_nothing_is_published_when_time_runs_out():
    with pytest.raises(ProtectionFailed, match="hann inte"):
        protect(broken("time"), RULE, time_limit=0.0)


def test_a_malformed_table_says_so_without_its_counts():
    with pytest.raises(TableMalformed) as refused:
        cube("A", {("Va", "yes"): NUMBER, ("Va", "no"): -1})
    assert str(NUMBER) not in str(refused.value)


def test_a_protected_table_keeps_its_reasons_to_itself():
    finished = protect(broken("fine"), RULE)[0]
    told = [_spell(getattr(finished, name)) for name in dir(finished) if not name.startswith("__")]
    assert "få personer" not in " ".join(told)
    assert {cell.status for cell in finished.cells.values() if cell.value is None} == {"suppressed"}
    with pytest.raises(AttributeError):
        finished.title = "Fagersta, 3 deltagare"
    with pytest.raises(TypeError):
        finished.cells["Va",] = None


def test_own_team_tables_stay_inside_the_team():
    own = cube("T", {("yes",): 3, ("no",): 1}, axes=("answer",), base={"team": frozenset({"Su"})})
    view = own_team_view(own, team="Su", own_teams={"Su"})
    assert view.cells["yes",].value == 3
    for show in (str, repr, pickle.dumps, copy.copy, json.dumps):
        with pytest.raises((RawCountShown, TypeError)):
            show(view)
    with pytest.raises(NotOwnTeam):
        own_team_view(own, team="Su", own_teams={"Va"})
    wider = cube("T", {("yes",): 3, ("no",): 1}, axes=("answer",))
    with pytest.raises(NotOwnTeam):
        own_team_view(wider, team="Su", own_teams={"Su"})
    assert population()


@pytest.mark.parametrize(
    "use",
    [
        Path,
        os.fspath,
        lambda table: Path("statistik-%s.csv" % table),  # noqa: UP031 - one of the ways
        lambda table: f"Diagram: {table} deltagare",
        lambda table: Series("2023", table).values[0],
        lambda table: chart_of(Series("2023", [table])),
        lambda table: chart_of(Series(f"{table}", [1.0])),
        lambda table: sum(table),
        lambda table: max(table),
        lambda table: table + 1,
        lambda table: "".join(table),
    ],
)
def test_names_charts_and_sums_cannot_be_made_of_a_table(table, use):
    with pytest.raises((RawCountShown, TypeError, AttributeError)) as refused:
        use(table)
    assert str(NUMBER) not in "".join(traceback.format_exception(refused.value))


def chart_of(series):
    with Flask("leak").app_context():
        return json.dumps(
            lying_groups(name="n", description="d", labels=["a"], series=[series], x_title="Antal").svg
        )


@pytest.mark.parametrize("spell", [str, repr, lambda error: "".join(traceback.format_exception(error))])
def test_an_error_that_was_given_a_table_tells_no_count(table, spell):
    try:
        raise ValueError("tabellen gick inte att skriva", table)
    except ValueError as error:
        try:
            text = spell(error)
        except RawCountShown:
            text = ""
    assert str(NUMBER) not in text


def test_the_debugger_shows_no_count_of_a_view_that_failed_with_a_table_at_hand(table):
    def view(counts):
        template = "{{ 1 / 0 }}"
        return render_template_string(template, counts=counts)

    with Flask("leak").app_context(), pytest.raises(ZeroDivisionError) as failed:
        view(table)
    shown = DebugTraceback(failed.value)
    page = shown.render_debugger_html(evalex=False, secret="", evalex_trusted=False)
    assert str(NUMBER) not in page + shown.render_traceback_text()
    with pytest.raises(RawCountShown):
        traceback.TracebackException.from_exception(failed.value, capture_locals=True)
