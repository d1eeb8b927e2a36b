"""What follows from two months is known to everybody: worlds that contradict it are no worlds."""

from followup.disclosure import MonthRange, Population
from followup.disclosure.atoms import TimeAtoms
from followup.disclosure.length import Length
from followup.disclosure.quantities import quantity_of, time_part
from followup.disclosure.system import System

CODES = ("short", "long", "U")
STAY = Length("stay", "started", "ended", {"short": (0, 11), "long": (12, None)})
PEOPLE = Population(
    "people",
    {"stay": CODES, "started": "time", "ended": "time"},
    order=(("started", "ended"),),
    lengths=(STAY,),
)
THIS_YEAR, BEFORE = MonthRange("2023-01", "2023-12"), MonthRange(None, "2021-12")


def room(started: MonthRange, ended: MonthRange, code: str) -> bool:
    """Whether anybody who began and ended then can have stayed so long."""
    wanted = quantity_of(PEOPLE, {"started": started, "ended": ended})
    assert wanted is not None
    atoms = TimeAtoms(["started", "ended"], PEOPLE, [time_part(wanted)])
    inside = atoms.within(time_part(wanted))
    return bool(atoms.can_last(STAY, frozenset({code}))[inside].any())


def test_who_began_and_ended_in_a_year_stayed_less_than_one() -> None:
    assert room(THIS_YEAR, THIS_YEAR, "short")
    assert not room(THIS_YEAR, THIS_YEAR, "long")


def test_who_began_two_years_ago_stayed_more_than_one() -> None:
    assert room(BEFORE, THIS_YEAR, "long")
    assert not room(BEFORE, THIS_YEAR, "short")


def test_the_stay_is_unknown_of_those_alone_who_may_not_have_ended() -> None:
    assert not room(THIS_YEAR, THIS_YEAR, "U")
    assert room(BEFORE, MonthRange("2024-01", None), "U")


def test_the_system_holds_the_impossible_at_none() -> None:
    known = [
        quantity_of(PEOPLE, {"started": THIS_YEAR, "ended": THIS_YEAR}),
        quantity_of(PEOPLE, {"ended": THIS_YEAR, "stay": frozenset({"long"})}),
        quantity_of(PEOPLE, {"started": THIS_YEAR, "ended": THIS_YEAR, "stay": frozenset({"long"})}),
    ]
    system = System(PEOPLE, [quantity for quantity in known if quantity is not None])
    impossible = system.row(((1, known[2]),))  # type: ignore[arg-type]
    empty = {int(column) for columns, _ in system.separators([impossible]) for column in columns}
    assert set(impossible[0].tolist()) <= empty
