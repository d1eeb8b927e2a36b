"""A register of many years: what is promised stays hidden, though most people are held still."""

from random import Random

import pytest

from followup.disclosure import MonthRange, ProtectionFailed, Rule, recent, search
from followup.disclosure.cells import _read
from followup.disclosure.collect import Entry
from followup.disclosure.intruder import attack
from followup.disclosure.ledger import Told
from followup.disclosure.quantities import NEVER, ordinal, quantity_of
from followup.disclosure.recent import told_anew_from
from followup.disclosure.register import Register
from tests.disclosure.latecomers import published
from tests.disclosure.long_register import FIRST, drawn_shapes, people, table, tables, year_by_year
from tests.disclosure.random_releases import PEOPLE, facts_of, known_as

RULE = Rule()
YEARS = 6
NOT_YET = NEVER - 1


@pytest.fixture
def _short_windows(monkeypatch):
    """Only people of the last year move at first, as after ten years only those of the last four do.

    And promises are settled as soon as anybody can be found to keep them.
    """
    monkeypatch.setattr(search, "REACH", 12)
    monkeypatch.setattr(recent, "REACH", 12)
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


def some(month: str, women: int, ended: str | None = None, men: int = 10, **more) -> list[dict]:
    """Women and men who started in a month."""
    same = {"team": "A", "age": "16-24", "outcome": "work", "started": ordinal(month)} | more
    same["ended"] = ordinal(ended) if ended else NOT_YET
    return [same | {"sex": sex} for sex, number in (("F", women), ("M", men)) for _ in range(number)]


def until(year: int) -> MonthRange:
    return MonthRange(None, f"{year}-12")


def within(year: int) -> MonthRange:
    return MonthRange(f"{year}-01", f"{year}-12")


def since(year: int) -> MonthRange:
    return MonthRange(f"{year}-01", None)


def left_over(year: int) -> dict[str, MonthRange]:
    return {"started": until(year), "ended": since(year + 1)}


def in_turn(*editions) -> tuple[list[dict], list]:
    """The records and facts of editions; each is the rows of the register and (group, axis) of its tables."""
    records: list[dict] = []
    facts: list = []
    for number, (rows, *wanted) in enumerate(editions):
        known = [known_as(row) for row in rows]
        sources = [
            table(f"T{number}{n}", rows, group, (axis,), known) for n, (group, axis) in enumerate(wanted)
        ]
        release = published(sources, RULE, records)
        assert release is not None
        records += release.records(str(number))
        facts += facts_of(release, sources, RULE, str(number))
    return records, facts


def is_settled(records: list[dict]) -> bool:
    return any(record["kind"] == "settled" for record in records)


@pytest.mark.parametrize("ended", ["2012-09", None])
def test_a_promise_is_settled_by_those_who_have_ended(monkeypatch, ended):
    """Two women started in the first year. Those who are left in the third are counted again by sex."""
    monkeypatch.setattr(recent, "PAST", 0)
    first, second = some("2012-05", 2, ended), some("2013-05", 10)
    third = some("2014-05", 10)
    records, facts = in_turn(
        (first, ({"started": within(2012)}, "sex")),
        (first + second, ({"started": within(2013)}, "sex")),
        (first + second + third, ({"started": within(2014)}, "sex"), (left_over(2014), "sex")),
    )
    assert is_settled(records) is bool(ended)
    assert not attack(facts, populations={PEOPLE.name: PEOPLE}, whole=False)


def test_nobody_is_done_with_of_whom_only_the_start_was_told():
    """All who had ever started were told by sex. Two years on all of them are still there, and told again.

    The tables of who ended link the years: nobody did.
    """
    first, later = some("2012-05", 2), some("2014-05", 10)
    last = some("2015-05", 10)
    _, facts = in_turn(
        (first, ({"started": until(2012)}, "sex")),
        (first, ({"started": within(2013)}, "age"), ({"ended": within(2013)}, "age")),
        (first + later, ({"started": within(2014)}, "age"), ({"ended": within(2014)}, "age")),
        (
            first + later + last,
            ({"started": within(2014)}, "sex"),
            ({"started": within(2015)}, "sex"),
            (left_over(2015), "sex"),
        ),
    )
    assert not attack(facts, populations={PEOPLE.name: PEOPLE}, whole=False)


def test_a_settled_promise_is_open_again_when_the_exits_it_rests_on_are_taken_back():
    """That they had ended was told nowhere, so nothing told has to change for it. Nobody ended since."""
    gone, back = some("2012-05", 2, "2012-09"), some("2012-05", 2)
    second, third = some("2013-05", 10), some("2014-05", 10)
    records, facts = in_turn(
        (gone, ({"started": within(2012)}, "sex"), ({"started": until(2012), "ended": since(2012)}, "team")),
        (gone + second, ({"started": within(2013)}, "sex"), ({"ended": within(2013)}, "sex")),
        (gone + second + third, ({"started": within(2014)}, "sex"), ({"ended": within(2014)}, "sex")),
        (back + second + third, (left_over(2014), "sex")),
    )
    assert is_settled(records)
    assert not attack(facts, populations={PEOPLE.name: PEOPLE}, whole=False)


def test_somebody_who_ended_before_the_start_stops_nothing():
    rows = (
        some("2012-05", 12, "2013-02", men=11)
        + some("2012-05", 3, men=0)
        + some("2011-05", 12, "2014-01", men=1)
    )
    rows += some("2012-05", 0, "2010-03", men=1) + some("2012-05", 2, men=0, age="25-29")
    women = {"sex": frozenset({"F"})}
    in_turn(
        (
            rows,
            ({"started": until(2012)}, "team"),
            ({"started": within(2012)} | women, "age"),
            ({"ended": MonthRange(None, "2012-06")} | women, "age"),
        )
    )


@pytest.mark.parametrize("number", [1, 6])
def test_a_code_that_no_table_knows_does_not_let_rows_and_total_differ(number):
    rows = some("2012-05", 12, men=12) + [row | {"sex": "X"} for row in some("2012-05", number, men=0)]
    with pytest.raises(ProtectionFailed, match="går inte ihop"):
        in_turn((rows, ({"started": within(2012)}, "sex")))


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
        for drawn in tables(rows, year, drawn_shapes(chance)):
            for selection, number in _read(drawn).cells.values():
                quantity = quantity_of(PEOPLE, selection)
                assert quantity is not None
                assert register.count(((1, quantity),)) == number
