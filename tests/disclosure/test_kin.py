"""Who starts from a queue is a participant: what is told of the queue bounds what is hidden of those."""

import pytest

from followup.disclosure import Ledger, MonthRange, Population, Rule, Status, protect
from followup.disclosure.intruder import Exposure, Fact, Reading, attack_in_turn
from followup.disclosure.kin import Kin
from tests.disclosure.random_releases import facts_of
from tests.disclosure.tables import cube

RULE = Rule()
TEAMS = ("Va", "Sa", "Su", "Fa")
TIMES = {"started": "time", "ended": "time"}
PEOPLE = Population(
    "participation", {"team": TEAMS, "answer": ("yes", "no"), **TIMES}, order=(("started", "ended"),)
)
QUEUE = Population(
    "queue",
    {"team": TEAMS, "entry": ("QUEUE", "DIRECT"), "accepted": "time", "started": "time", "left": "time"},
    order=(("accepted", "started"), ("accepted", "left")),
    exclusive=(("started", "left"),),
    kin=(Kin("participation", "started"),),
)
BOTH = {each.name: each for each in (PEOPLE, QUEUE)}
YEAR, BEFORE = (MonthRange(f"{year}-01", f"{year}-12") for year in (2023, 2022))
STARTED = {"Va": 30, "Sa": 20, "Su": 2, "Fa": 22}


def by_team(name, counts, people, when, **more):
    """A row for each team, and for all."""
    told = {(team,): number for team, number in counts.items()} | {("_T",): sum(counts.values())}
    return cube(name, told, axes=("team",), base=when, people=people, **more)


def those(event, name="T8", **more):
    return by_team(name, STARTED, PEOPLE, {event: YEAR}, **more)


def of_the_queue(name, event, counts, when=YEAR):
    queued = {"entry": frozenset({"QUEUE"}), event: when}
    heads = {(team,) for team in (*counts, "_T")}
    return by_team(name, counts, QUEUE, queued, exempt=heads)


def editions(event="started"):
    """The starts of Su are hidden, or the ends, and later told as a head count beside the queue."""
    first = [those(event)]
    later = [
        those(event, "T1", exempt={(team,) for team in (*TEAMS, "_T")}),
        of_the_queue("started", "started", {"Va": 25, "Sa": 18, "Su": 1, "Fa": 10}),
        of_the_queue("left", "left", {"Va": 3, "Sa": 1, "Su": 0, "Fa": 2}),
        of_the_queue("joined", "accepted", {"Va": 20, "Sa": 18, "Su": 4, "Fa": 15}),
        of_the_queue("started before", "started", {"Va": 20, "Sa": 12, "Su": 3, "Fa": 8}, BEFORE),
    ]
    told = protect(first, RULE)
    ledger = Ledger.from_records(told.records("2023:1"))
    return (told, first), (protect(later, RULE, ledger), later)


def hidden(table) -> set:
    return {codes[0] for codes, cell in table.cells.items() if cell.status is Status.SUPPRESSED}


def found(*told) -> set:
    readings = [
        Reading(facts_of(finished, tables, RULE, str(turn))) for turn, (finished, tables) in enumerate(told)
    ]
    return {one.exposure for one in attack_in_turn(readings, populations=BOTH)}


def test_starts_from_the_queue_are_hidden_where_the_starts_are() -> None:
    first, later = editions()
    shown = {table.id: hidden(table) for table in later[0]}
    assert {"Su"} < shown["T1"] < {*TEAMS}
    # Of all they would tell what is left for those; of a team whose starts are told they say nothing more.
    assert shown["started"] == shown["left"] == {*shown["T1"], "_T"}
    assert shown["joined"] == shown["started before"] == set()
    assert found(first, later) == set()


def test_nothing_is_hidden_beside_those_who_ended() -> None:
    """Where it is told how many started, how many of them came from the queue says nothing more."""
    first, later = editions("ended")
    shown = {table.id: hidden(table) for table in later[0]}
    assert shown.pop("T1")
    assert not any(shown.values())
    assert found(first, later) == set()


def test_nothing_is_hidden_beside_starts_that_are_told() -> None:
    _, (_, tables) = editions()
    assert not any(map(hidden, protect(tables, RULE)))


def fact(value: int | None, of: str = "participation", *, exempt: bool = False, **chosen) -> Fact:
    selection = {name: frozenset({code}) for name, code in chosen.items()} | {"started": YEAR}
    return Fact(f"{of} {chosen}", of, selection, value, exempt=exempt)


@pytest.mark.parametrize(
    ("from_the_queue", "is_found"),
    [([14], True), ([2], False), ([14, 2], False), ([14, None], False), ([None, 14], True)],
)
def test_of_what_was_told_of_the_queue_the_last_holds(
    from_the_queue: list[int | None], is_found: bool
) -> None:
    """Six of Va said no. When 14 started there at least, so many said yes that two at most did in Sa."""
    told = [
        fact(30, exempt=True),
        fact(10, answer="yes"),
        *(fact(None, exempt=True, team=team) for team in ("Va", "Sa")),
        *(fact(None, team=team, answer="yes") for team in ("Va", "Sa")),
        *(fact(number, team=team, answer="no") for team, number in (("Va", 6), ("Sa", 14))),
    ]
    turns = [[fact(number, "queue", exempt=True, team="Va", entry="QUEUE")] for number in from_the_queue]
    readings = [Reading([*told, *queue]) for queue in turns]
    exposures = {one.exposure for one in attack_in_turn(readings, populations=BOTH)}
    assert exposures == ({Exposure.NARROW} if is_found else set())


def test_the_next_edition_is_not_held_to_what_the_queue_tells_all_the_time() -> None:
    """Nine joined each team and none waits. Seven had started by June, so eight or nine did in the year."""

    def each(name, number, **when):
        heads = {(team,) for team in (*TEAMS, "_T")}
        base = {"entry": frozenset({"QUEUE"}), **when}
        return by_team(name, dict.fromkeys(TEAMS, number), QUEUE, base, exempt=heads)

    later = MonthRange("2024-01", None)
    first = [those("started"), each("by June", 7, started=MonthRange("2023-01", "2023-06"))]
    year = [
        those("started", "T1", exempt={(team,) for team in (*TEAMS, "_T")}),
        each("started", 8, started=YEAR),
        each("left", 1, left=YEAR),
        each("joined", 9, accepted=YEAR),
        each("before", 0, accepted=MonthRange(None, "2022-12")),
        each("waiting", 0, accepted=YEAR, started=later, left=later),
    ]
    records = protect(first, RULE).records("2023:1")
    told = []
    for edition in ("2023:2", "2023:3"):
        release = protect(year, RULE, Ledger.from_records(records))
        records += release.records(edition)
        told.append({table.id: hidden(table) for table in release})
    assert told[0]["started"] == told[0]["left"] == {*told[0]["T1"], "_T"} > {"Su", "_T"}
    assert told[1] == told[0]
