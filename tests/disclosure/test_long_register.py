"""A register of many years: what is promised stays hidden, though most people are held still."""

from random import Random

import pytest

from followup.disclosure import MonthRange, Rule, recent, search
from followup.disclosure.cells import _read
from followup.disclosure.collect import Entry
from followup.disclosure.intruder import attack
from followup.disclosure.ledger import Told
from followup.disclosure.quantities import NEVER, ordinal, quantity_of
from followup.disclosure.recent import told_anew_from
from followup.disclosure.register import Register
from tests.disclosure.latecomers import published
from tests.disclosure.long_register import FIRST, drawn_shapes, people, so_far, tables, year_by_year
from tests.disclosure.random_releases import PEOPLE, facts_of, known_as

RULE = Rule()
YEARS = 6
NOT_YET = NEVER - 1


@pytest.fixture
def _short_windows(monkeypatch):
    """Only people of the last year move at first, as after ten years only those of the last four do.

    And promises are settled as soon as anybody can be found to keep them.
    """
    monkeypatch.setattr(search, "REACHES", ((6, 6), (12, 12)))
    monkeypatch.setattr(search, "NARROW", 1.1)
    monkeypatch.setattr(recent, "PAST", 0)


@pytest.mark.usefixtures("_short_windows")
@pytest.mark.parametrize("seed", [6, 8, 9, 10, 31, 43])
def test_years_published_in_turn_give_nothing_away(seed):
    """With now and then a table of a year long past. Each gives something away with some fault put in."""
    *before, (last, records, facts) = year_by_year(Random(seed), RULE, YEARS)
    assert None not in [release for release, _, _ in before] + [last]
    assert any(record["kind"] == "settled" for record in records)
    assert not attack(facts, populations={PEOPLE.name: PEOPLE}, whole=False)


@pytest.mark.usefixtures("_short_windows")
@pytest.mark.parametrize("ended", ["2012-09", None])
def test_a_promise_is_settled_by_those_who_have_ended(ended):
    """Two women started in the first year. Those who are left in the third are counted again by sex."""
    end = ordinal(ended) if ended else NOT_YET
    rows = [
        {"team": "A", "sex": sex, "age": "16-24", "outcome": "work", "started": ordinal(month), "ended": last}
        for month, last, women in (
            ("2012-05", end, 2),
            ("2013-05", NEVER - 1, 10),
            ("2014-05", NEVER - 1, 10),
        )
        for sex, number in (("F", women), ("M", 10))
        for _ in range(number)
    ]
    records: list = []
    facts: list = []
    for year in range(FIRST, FIRST + 3):
        shapes = {"started": ("sex",)} | ({"left over": ("sex",)} if year == FIRST + 2 else {})
        sources = tables(so_far(rows, year), year, shapes)
        release = published(sources, RULE, records)
        assert release is not None
        records += release.records(str(year))
        facts += facts_of(release, sources, RULE, str(year))
    assert any(record["kind"] == "settled" for record in records) is bool(ended)
    assert not attack(facts, populations={PEOPLE.name: PEOPLE}, whole=False)


def test_a_number_that_has_changed_is_told_anew():
    quantity = quantity_of(PEOPLE, {"started": MonthRange("2012-01", "2012-12")})
    assert quantity is not None
    history = {quantity: [Told(quantity, 10, 5, False, "1")]}
    again, changed = (
        Entry(quantity, number, 5, edition="1", told_under=5, places=[(0, ("_T",))]) for number in (10, 11)
    )
    assert told_anew_from([again], history) == NEVER
    assert told_anew_from([changed], history) == ordinal("2012-01")


def test_the_register_counts_a_quantity_as_a_table_does():
    chance = Random(1)
    rows = people(chance, 60, YEARS)
    register = Register(PEOPLE, [known_as(row) for row in rows])
    for year in range(FIRST, FIRST + YEARS):
        for table in tables(rows, year, drawn_shapes(chance)):
            for selection, number in _read(table).cells.values():
                quantity = quantity_of(PEOPLE, selection)
                assert quantity is not None
                assert register.count(((1, quantity),)) == number
