"""Of yes/no variables of which everybody has one, as of incomes, each is a floor under how many there are."""

from followup.disclosure import TOTAL, Axis, CountTable, Rule, Status, protect
from followup.disclosure.cover import Cover
from tests.disclosure.tables import population

SOURCES = ("allowance", "wage")
PEOPLE = population(team=("A", "B"), allowance=("yes", "no"), wage=("yes", "no"))._replace(
    covers=(Cover(SOURCES, "yes", frozenset()),)
)
TEAMS = {TOTAL: {}, "A": {"team": frozenset({"A"})}, "B": {"team": frozenset({"B"})}}
FIGURES = {TOTAL: {}, **{source: {source: frozenset({"yes"})} for source in SOURCES}}


Counts = dict[tuple[str, ...], int]


def statuses(counts: Counts) -> dict[tuple[str, ...], Status]:
    table = CountTable(
        id="incomes",
        title="Incomes",
        population=PEOPLE,
        axes=[
            Axis(name, name, tuple(codes), tuple(codes)) for name, codes in (("team", TEAMS), ("of", FIGURES))
        ],
        stub=["team"],
        heading=["of"],
        cells={codes: ({**TEAMS[codes[0]], **FIGURES[codes[1]]}, count) for codes, count in counts.items()},
    )
    cells = protect([table], Rule())[0].cells
    return {codes: cells[codes].status for codes in counts}


def test_where_it_is_hidden_how_many_there_are_nothing_is_told_of_their_incomes() -> None:
    """Twelve of B have a wage: of sixteen at most four are left for A."""
    incomes: Counts = {("B", "allowance"): 5, ("B", "wage"): 12}
    told = statuses({(TOTAL, TOTAL): 16, ("A", TOTAL): 4, ("B", TOTAL): 12, **incomes})
    assert told["A", TOTAL] is told["B", TOTAL] is Status.SUPPRESSED
    assert {told[codes] for codes in incomes} == {Status.SUPPRESSED}


def test_where_it_is_told_their_incomes_are() -> None:
    incomes: Counts = {("B", "allowance"): 5, ("B", "wage"): 12}
    told = statuses({(TOTAL, TOTAL): 26, ("A", TOTAL): 14, ("B", TOTAL): 12, **incomes})
    assert set(told.values()) == {Status.VALUE}
