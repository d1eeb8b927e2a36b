"""What the tables of money say, from the reader's own cells."""

from followup.disclosure import TOTAL
from followup.periods import Period
from followup.statistics.declarations import Cubes, Words
from followup.statistics.together import spelt_out
from followup.statistics.told import categories, figure
from followup.web.formats import HARD_SPACE, decimal, enumeration, integer, plural

# More teams than these are told together; the table has each of them.
MOST_TOLD = 3
PER_HEAD = (
    ("per_participant", "participants", "deltagare", "deltagare", "deltagare"),
    ("per_ended", "ended", "avslutad", "avslutad", "avslutade"),
)


def words(cubes: Cubes, period: Period) -> Words:
    budget, outcome = (_money(cubes, "", TOTAL, period, name) for name in ("budget", "outcome"))
    if outcome is None:
        told = f"Budgeten för {period.label} är {budget} tkr" if budget else f"Ekonomi {period.label}"
        return Words(told, "")
    heading = f"Insatserna kostade {outcome} tkr {period.label}"
    whole = f"Insatserna kostade tillsammans {outcome} tkr."
    if budget:
        heading += f", av {budget} tkr i budget"
        whole = f"Insatserna kostade tillsammans {outcome} tkr (budget {budget})."
    teams = categories(cubes, "per deltagare", "intervention")
    # A group stands beside the teams that are told as one in it, and is no further team.
    if len(teams) - len(spelt_out(teams)) > MOST_TOLD:
        teams = {TOTAL: "Teamen tillsammans"}
    clauses = [_clause(cubes, code, name, period) for code, name in teams.items()]
    return Words(heading, " ".join(filter(None, [whole, *clauses, _direct(cubes, period)])))


def _clause(cubes: Cubes, code: str, name: str, period: Period) -> str:
    """As "Team Sala kostade 1 650 tkr (budget 1 700) och 52 000 kr per deltagare (32 deltagare)." """
    outcome = _money(cubes, "per deltagare", code, period, "outcome")
    if outcome is None:
        return ""
    beside = [
        f"{word} {number}"
        for word, number in (
            ("budget", None if code == TOTAL else _money(cubes, "", code, period, "budget")),
            ("året före", _money(cubes, "per deltagare", code, period.previous, "outcome")),
        )
        if number is not None
    ]
    parts = [f"{name} kostade {outcome} tkr" + (f" ({', '.join(beside)})" if beside else "")]
    for quotient, people, each, one, many in PER_HEAD:
        cost = figure(cubes, "per deltagare", period, intervention=code, figure=quotient)
        number = figure(cubes, "per deltagare", period, intervention=code, figure=people)
        if cost is not None and number is not None:
            parts.append(f"{integer(cost)} kr per {each} ({plural(int(number), one, many)})")
    return f"{enumeration(parts)}."


def _direct(cubes: Cubes, period: Period) -> str:
    whole = figure(cubes, "slag", period, cost_kind="direct", figure="share")
    if whole is None:
        return ""
    kinds = categories(cubes, "slag", "cost_kind")
    parts = [
        f"{_percent(share)} {kinds[kind].lower()}"
        for kind in ("individual", "structural", "process_support")
        if (share := figure(cubes, "slag", period, cost_kind=kind, figure="share"))
    ]
    return f"Direkta kostnader var {_percent(whole)} av alla kostnader ({enumeration(parts)})."


def _money(cubes: Cubes, key: str, code: str, period: Period, name: str) -> str | None:
    number = figure(cubes, key, period, intervention=code, figure=name)
    return None if number is None else decimal(number, 0)


def _percent(share: float) -> str:
    return f"{integer(share)}{HARD_SPACE}%"
