"""Times that have nothing to do with each other are protected each by itself, but others are not."""

from random import Random

import pytest

from followup.disclosure import CountTable, Ledger, MonthRange, Rule
from followup.disclosure.collect import Entry
from followup.disclosure.intruder import attack
from followup.disclosure.ledger import Promise, Told
from followup.disclosure.linked import parts
from followup.disclosure.quantities import Quantity, Span, ordinal
from tests.disclosure.latecomers import Edition, given_away, published
from tests.disclosure.long_register import FIRST, people, table
from tests.disclosure.random_releases import CODES, PEOPLE, facts_of
from tests.disclosure.tables import cube

RULE = Rule()
MONTHS = (("01", "12"), ("01", "06"), ("07", "12"), ("01", "08"), ("05", "12"))


def spans(chance: Random) -> MonthRange:
    """Some months of a year, or of two years."""
    first, last = chance.choice(MONTHS)
    year = chance.randrange(FIRST, FIRST + 3)
    return MonthRange(f"{year}-{first}", f"{year + (chance.random() < 0.2)}-{last}")


@pytest.mark.parametrize("seed", [2, 11, 262, 315])
def test_parts_of_years_told_in_any_order_give_nothing_away(seed):
    """Some give something away when only times with a month in common are taken to be linked, and some when
    what is told at once of such times is not protected together.
    """
    chance = Random(seed)
    rows = people(chance, 120, 3)
    axes = tuple(chance.sample(sorted(CODES), 2))
    records: list = []
    facts: list = []
    for number in range(5):
        sources = [
            table(f"T{n}", rows, {"started": spans(chance)}, axes, ()) for n in range(chance.randint(1, 2))
        ]
        release = published(sources, RULE, records)
        if release is not None:
            records += release.records(str(number))
            facts += facts_of(release, sources, RULE, str(number))
    assert not attack(facts, populations={PEOPLE.name: PEOPLE}, whole=False)


def women(first: str, last: str) -> Quantity:
    span = Span(ordinal(first), ordinal(last) + 1)
    return Quantity(PEOPLE.name, (("sex", frozenset({"F"})), ("started", span)))


def told(quantity: Quantity) -> Told:
    return Told(quantity, 10, 5, exempt=False, edition="1")


FIRST_YEAR = women("2012-01", "2012-12")
NEXT_YEAR = women("2013-01", "2013-12")
YEAR_AFTER = women("2014-01", "2014-12")


def asked(*quantities: Quantity) -> list[Entry]:
    return [Entry(quantity, 10, 5, exempt=False) for quantity in quantities]


def test_each_year_is_protected_by_itself_and_others_are_left_aside():
    ledger = Ledger(
        (told(FIRST_YEAR), told(NEXT_YEAR)),
        (Promise(((1, FIRST_YEAR),), 5, "1"), Promise(((1, NEXT_YEAR),), 5, "1")),
    )
    this, after = parts(ledger, PEOPLE.name, asked(NEXT_YEAR, YEAR_AFTER))
    assert [entry.quantity for entry in this[0]] == [NEXT_YEAR]
    assert [one.quantity for one in this[1].told] == [NEXT_YEAR]
    assert [one.form for one in this[1].promises] == [((1, NEXT_YEAR),)]
    assert [entry.quantity for entry in after[0]] == [YEAR_AFTER]
    assert after[1] == Ledger.empty()


@pytest.mark.parametrize(
    "link",
    [
        Ledger((told(women("2012-12", "2013-01")),)),
        Ledger((told(women("2012-03", "2014-02")), told(women("2014-01", "2014-12")))),
        Ledger((), (Promise(((1, FIRST_YEAR), (-1, NEXT_YEAR)), 5, "1"),)),
        Ledger((told(Quantity(PEOPLE.name, ())),)),
    ],
    ids=["a span over both", "a long span", "a promise on both", "everybody ever"],
)
def test_years_that_anything_links_are_protected_together(link):
    ledger = Ledger((told(FIRST_YEAR), *link.told), link.promises)
    ((entries, near),) = parts(ledger, PEOPLE.name, asked(NEXT_YEAR, FIRST_YEAR))
    assert [entry.quantity for entry in entries] == [NEXT_YEAR, FIRST_YEAR]
    assert near.told == ledger.told
    ((_, near),) = parts(ledger, PEOPLE.name, asked(NEXT_YEAR))
    assert near.told[0].quantity == FIRST_YEAR


UNTIL, SINCE = MonthRange(None, "2012-12"), MonthRange("2013-01", None)


def in_turn(*releases: list[CountTable], late: int) -> list[Edition]:
    """Editions of these tables, with so many people late to the second."""
    records: list = []
    editions = []
    for number, sources in enumerate(releases):
        release = published(sources, RULE, records)
        assert release is not None
        records += release.records(str(number))
        editions.append(Edition(facts_of(release, sources, RULE, str(number)), late * number, 0))
    return editions


def told_by(name: str, axis: str, base: dict[str, MonthRange], counts: dict[str, int]) -> CountTable:
    cells = {(code,): count for code, count in counts.items()}
    return cube(name, cells, base=base, axes=(axis,), people=PEOPLE)


def hidden_in(edition: Edition) -> list[str]:
    return [fact.place for fact in edition.facts if fact.value is None]


@pytest.mark.parametrize(
    "groups",
    [
        [{"started": UNTIL}, {"started": SINCE}],
        [{"ended": UNTIL}, {"started": SINCE}, {"started": UNTIL, "ended": SINCE}],
    ],
    ids=["before and after", "gone, not yet there, and there"],
)
@pytest.mark.parametrize("late", [0, 1])
def test_who_came_late_is_not_found_because_nothing_changed_at_other_times(groups, late):
    """The times are all there are. Of those at the first one, late, is a woman."""

    def tables(women: int) -> list[CountTable]:
        first, *others = groups
        return [
            told_by("T", "sex", first, {"F": women, "M": 30}),
            *(told_by(f"T{n}", "sex", other, {"F": 30, "M": 30}) for n, other in enumerate(others)),
        ]

    editions = in_turn(tables(20), tables(20 + late), late=late)
    assert bool(hidden_in(editions[1])) is bool(late)
    assert not given_away(PEOPLE, editions)


def test_nor_where_no_number_is_another_but_the_new_ones_do_not_add_up():
    """Forty had started by then, by sex. Now they are 41 by age, and of one age as many as they were."""
    others = told_by("others", "sex", {"started": SINCE}, {"F": 30, "M": 30})
    sexes = told_by("sexes", "sex", {"started": UNTIL}, {"F": 20, "M": 20})
    ages = told_by("ages", "age", {"started": UNTIL}, {"25-29": 20, "30-67": 0})
    more = told_by("ages", "age", {"started": UNTIL}, {"16-24": 21, "25-29": 20, "30-67": 0})
    editions = in_turn([sexes, ages, others], [more, others], late=1)
    assert hidden_in(editions[1])
    assert not given_away(PEOPLE, editions)
