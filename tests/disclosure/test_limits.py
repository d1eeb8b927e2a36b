"""What is not asked has no answer, and who cannot move is not asked for."""

import numpy as np
import pytest

from benchmarks.made_up_years import START, People, annual
from followup.disclosure import Ledger, Rule, protect
from followup.disclosure.frame import ELASTIC, KNOWN, Frame
from followup.disclosure.ground import Ground
from followup.disclosure.solver import Model


def test_what_known_rows_rule_out_no_table_shows(monkeypatch):
    ruled_out = []
    ask = Ground.ask

    def asked_all_the_same(ground, row, least, most):
        answer = ask(ground, row, least, most)
        still = ground.frame.offset[row]
        low, high = ground._limits.of(row)
        if least - still > high or most - still < low:
            ruled_out.append(row)
            assert ground.model.ask(row, least - still, most - still) is None
        return answer

    monkeypatch.setattr(Ground, "ask", asked_all_the_same)
    protect(annual(People(6, 10, 8), 2022), Rule())
    assert len(ruled_out) > 5


def test_columns_that_cannot_move_change_no_answer_by_being_left_out(monkeypatch):
    left_out, prices = [], []
    ask, freeze = Ground.ask, Model.freeze

    def noted(model, frozen):
        model.frozen = frozen
        freeze(model, frozen)

    def asked_with_all(ground, row, least, most):
        answer = ask(ground, row, least, most)
        left_out.append(np.count_nonzero(ground.frame.stuck(ground._people)))
        with monkeypatch.context() as patch:
            patch.setattr(Frame, "stuck", lambda frame, people: np.zeros(frame.columns, dtype=bool))
            whole = Model(ground.frame, 60, ground._people)
        for hidden in ground.hidden:
            whole.hide(hidden)
        whole.freeze(getattr(ground.model, "frozen", False))
        still = ground.frame.offset[row]
        other = whole.ask(row, least - still, most - still)
        if not ground._only_whole:
            prices.append((price(ground, answer), price(ground, other)))
        return answer

    monkeypatch.setattr(Model, "freeze", noted)
    monkeypatch.setattr(Ground, "ask", asked_with_all)
    late, year = People(2, 4), START + 36
    before = People(2, 4)
    of_the_year = np.flatnonzero((late.columns["started"] >= year - 12) & (late.columns["started"] < year))
    before.columns = {name: np.delete(column, of_the_year[0]) for name, column in before.columns.items()}
    first = protect(annual(before, 2015), Rule())
    left_out.clear()
    protect(annual(late, 2016), Rule(), Ledger.from_records(first.records("E1")))
    assert sum(left_out) > 100
    assert len(prices) > 20
    for own, other in prices:
        assert own == pytest.approx(other)


def price(ground, answer):
    """What is asked to be as little as possible, but for the steps of those who move; -1 for no answer."""
    if answer is None:
        return -1.0
    told = ground.frame.kinds == ELASTIC
    told[list(ground.hidden)] = False
    return np.abs(answer.values - ground.values)[told] @ ground.prices[told]


def test_a_row_that_does_not_fit_holds_nobody_still():
    frame = Frame()
    frame.columns = 4
    # Two rows of two columns with nobody in them: one says so, in the other somebody is missing.
    frame.index, frame.factor, frame.owner = np.array([0, 1, 2, 3]), np.ones(4), np.array([0, 0, 1, 1])
    frame.kinds, frame.values = np.array([KNOWN, KNOWN]), np.array([0.0, 1.0])
    assert frame.stuck(np.zeros(4)).tolist() == [True, True, False, False]
