"""Where the queue is heading, in sentences and a table: chance first, formula second."""

from math import floor

from followup.periods import Month, Week
from followup.queues.capacity import clearance_weeks, relief_capacity, target_queue
from followup.queues.pace import Pace
from followup.queues.simulation import Change, Forecast
from followup.queues.tables import Table
from followup.queues.what_if import WEEKS_AHEAD, Comparison, WhatIf, forecast
from followup.web.formats import integer, plural, signed, span
from followup.web.tables import Cell, Column

HALF_YEAR, YEAR = 26, 52
ALREADY, NEVER = "redan nu", "inte inom två år"
# The chance at which a target may be said to hold.
SURE_ENOUGH = 0.8
TOO_LITTLE = (
    "Det är för få som har ställts i kö och startat det senaste året för att räkna på hur kön utvecklas."
)


def pace_sentence(pace: Pace) -> str:
    """What joined and started, and whether the difference can be chance."""
    joined, out = pace.joined.count, pace.out.count
    counted = f"Det senaste året har {integer(joined)} ställts i kö och {_gone(pace)}"
    if joined == out:
        return f"{counted}: lika många."
    grows = "växa" if joined > out else "minska"
    if pace.differs:
        return f"{counted}: med den takten fortsätter kön att {grows}."
    return f"{counted}: kön kan {grows}, men skillnaden kan också vara en slump."


def _gone(pace: Pace) -> str:
    started, left = integer(pace.started.count), integer(pace.left.count)
    return f"{started} startat, och {left} har lämnat kön" if pace.left.count else f"{started} startat"


def clearance(pace: Pace) -> str:
    """How long it takes to start everybody who waits, and how sure that is; nothing without a queue."""
    if not pace.waiting:
        return ""
    if not pace.started.count:
        return "Ingen har startat det senaste året, så med dagens takt tar kön inte slut."
    low, high = pace.started.interval()
    weeks = [round(clearance_weeks(pace.waiting, rate) or 0) for rate in (high, pace.started.rate, low)]
    unsure = f" (osäkert: {span(weeks[0], weeks[2])})" if weeks[0] != weeks[2] else ""
    return (
        f"Om ingen mer ställs i kö tar det med dagens takt ungefär {plural(weeks[1], 'vecka', 'veckor')} "
        f"att ta in dem som väntar{unsure}."
    )


def in_a_year(forecast: Forecast) -> str:
    low, _, high = forecast.quantiles(YEAR)
    return f"Med dagens takt är kön troligen {span(low, high)} om ett år."


def target_date(pace: Pace, course: Forecast, target: int, now: Week) -> str:
    """From when a target that has been decided holds, with what is planned."""
    when = when_text(course, target_queue(pace.joined.rate, target), now)
    if when == NEVER:
        return (
            "Med dagens takt och planerade platser går det inte att räkna med att målet hålls inom två år: "
            "chansen når aldrig 8 av 10."
        )
    told = when if when == ALREADY else f"från {when}"
    return f"Med dagens takt och planerade platser hålls målet {told}, med 8 chanser av 10."


def finding(comparison: Comparison, is_changed: bool) -> str:
    """The forecast as a heading."""
    shown = comparison.changed if is_changed else comparison.now
    low, _, high = shown.quantiles(YEAR)
    start = "Med ändringen" if is_changed else "Med dagens takt"
    return f"{start} är kön troligen {span(low, high)} om ett år"


def against_now(comparison: Comparison, is_changed: bool) -> str:
    middle = comparison.changed.quantiles(YEAR)[1] if is_changed else comparison.now.quantiles(YEAR)[1]
    if not is_changed:
        return f"I mitten av det som är troligt ligger {integer(middle)}. Fyll i en ändring för att jämföra."
    low, usual, high = comparison.now.quantiles(YEAR)
    return (
        f"I mitten av det som är troligt ligger {integer(middle)}. "
        f"Utan ändring är kön troligen {span(low, high)}, med {integer(usual)} i mitten."
    )


def extra_starts(pace: Pace, what_if: WhatIf, now: Week) -> str:
    """What the change means in starts, leaving out the weeks of a vacancy or a stop."""
    change = what_if.change(now)
    more = YEAR * (pace.started.rate * (change.start_factor - 1) + change.extra_starts)
    digits = 0 if abs(more) >= 10 else 1
    return f"Ändringen ger {signed(more, digits)} starter på ett år, när den gäller fullt ut."


def need(pace: Pace, wanted: float, stay: float, seed: int) -> str:
    """What it takes to be down to the wanted queue in half a year, and how sure that would be."""
    starts = max(relief_capacity(pace.joined.rate, pace.waiting, wanted) - pace.left.rate, 0.0)
    more = starts - pace.started.rate
    if more <= 0:
        return "Starterna räcker för att nå målet på ett halvår, om takten håller i sig."
    chance = forecast(pace.state, Change(extra_starts=more), seed).probability_at_most(wanted, YEAR)
    places = plural(max(round(more * stay), 1), "plats", "platser")
    return (
        f"För att nå målet på ett halvår behövs {_yearly(starts)} på ett år, "
        f"{integer(max(YEAR * more, 1))} fler än i dag. Det är {places} till. "
        f"Chansen att målet då hålls om ett år är {integer(100 * chance)} av 100."
    )


def _yearly(weekly: float) -> str:
    return f"ungefär {plural(round(YEAR * weekly), 'start', 'starter')}"


def table(comparison: Comparison, now: Week, *, is_changed: bool) -> Table:
    """Both courses side by side; only the present one while nothing is changed."""
    courses = [(comparison.now, comparison.wanted_now)]
    if is_changed:
        courses.append((comparison.changed, comparison.wanted_changed))
    columns = [Column("Om kön"), Column("Som nu", numeric=True)]
    if is_changed:
        columns.append(Column("Med ändringen", numeric=True))
    rows = [
        [Cell(f"I kö om {words}, troligen"), *(Cell(length_text(course, week)) for course, _ in courses)]
        for week, words in ((HALF_YEAR, "ett halvår"), (YEAR, "ett år"), (WEEKS_AHEAD, "två år"))
    ]
    rows.append(
        [Cell("Så många får vänta om målet ska hållas"), *(Cell(integer(floor(w))) for _, w in courses)]
    )
    rows.append([Cell("Chans att målet hålls om ett år"), *(Cell(chance_text(f, w)) for f, w in courses)])
    rows.append(
        [Cell("När målet hålls med 8 chanser av 10"), *(Cell(when_text(f, w, now)) for f, w in courses)]
    )
    return Table("Två år framåt", columns, rows)


def length_text(forecast: Forecast, week: int) -> str:
    low, middle, high = forecast.quantiles(week)
    return f"{integer(middle)} ({span(low, high)})"


def chance_text(forecast: Forecast, wanted: float) -> str:
    return f"{integer(100 * forecast.probability_at_most(wanted, YEAR))} av 100"


def when_text(forecast: Forecast, wanted: float, now: Week) -> str:
    weeks = forecast.first_week_at_most(wanted, SURE_ENOUGH)
    if weeks is None:
        return NEVER
    return ALREADY if weeks == 0 else Month.of((now + weeks).thursday).label
