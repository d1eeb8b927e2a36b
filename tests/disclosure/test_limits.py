"""What is not asked has no answer."""

from benchmarks.made_up_years import People, annual
from followup.disclosure import Rule, protect
from followup.disclosure.ground import Ground


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
