"""Saved scenarios side by side: the middle courses in one picture, and what each gives and costs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor

from followup.queues.capacity import WEEKS_IN_YEAR
from followup.queues.fan import side_by_side
from followup.queues.outlook import HALF_YEAR, YEAR, chance_text, length_text, when_text
from followup.queues.simulation import Forecast
from followup.queues.tables import Table
from followup.scenarios.commands import FULL_TIME, Question
from followup.scenarios.exhibits import Beginning
from followup.scenarios.words import starts_from
from followup.web.charts import Chart
from followup.web.formats import enumeration, integer, plural, shortest, signed, span
from followup.web.tables import Cell, Column

AS_NOW = "Som nu"
NOTHING = "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A course of the queue with its name; without a question, the course as things are."""

    name: str
    beginning: Beginning
    forecast: Forecast
    # The queue at which the target holds, and the target in weeks.
    wanted: float
    target: int
    question: Question | None = None
    # Kronor more a year; None where the team's budget or its posts are not known.
    yearly_cost: float | None = 0

    @property
    def chance(self) -> float:
        return self.forecast.probability_at_most(self.wanted, YEAR)

    @property
    def told_chance(self) -> str:
        return chance_text(self.forecast, self.wanted)

    @property
    def start(self) -> str:
        return starts_from(self.beginning.week, self.beginning.pace.waiting)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonExhibit:
    finding: str
    sentence: str
    chart: Chart
    table: Table


def alternatives(
    chosen: Sequence[tuple[str, Question, Beginning]], price: Callable[[Question], float | None]
) -> list[Alternative]:
    """First the course as things are, from where the latest of them begins, then each scenario in turn."""
    latest = max(chosen, key=lambda each: each[2].week)
    return [_now(*latest[1:]), *(_changed(*each, price) for each in chosen)]


def _now(question: Question, beginning: Beginning) -> Alternative:
    found = beginning.compare(question)
    return Alternative(
        name=AS_NOW,
        beginning=beginning,
        forecast=found.now,
        wanted=found.wanted_now,
        target=question.target,
    )


def _changed(
    name: str, question: Question, beginning: Beginning, price: Callable[[Question], float | None]
) -> Alternative:
    found = beginning.compare(question)
    return Alternative(
        name=name,
        beginning=beginning,
        forecast=found.changed,
        wanted=found.wanted_changed,
        target=question.target,
        question=question,
        yearly_cost=price(question),
    )


def exhibit(courses: Sequence[Alternative]) -> ComparisonExhibit:
    now, *changed = courses
    are_apart = len({each.start for each in changed}) > 1
    finding, starts = _apart(changed) if are_apart else (_best(changed, now), "")
    low, middle, high = now.forecast.quantiles(YEAR)
    sentence = (
        f"{starts}Som nu är chansen {now.told_chance}, och kön är troligen "
        f"{span(low, high)} om ett år, med {integer(middle)} i mitten."
    )
    return ComparisonExhibit(
        finding=finding,
        sentence=sentence,
        chart=side_by_side(
            name="Kölängd två år framåt, mitten av det som är troligt i varje scenario",
            description=f"{finding}. {sentence}",
            shown=[(each.name, each.forecast) for each in courses],
        ),
        table=table(courses),
    )


def _best(changed: Sequence[Alternative], now: Alternative) -> str:
    """By the chances as they are told: those that are told alike are the best together."""
    best = max(changed, key=lambda each: each.chance)
    if best.chance <= now.chance or best.told_chance == now.told_chance:
        return f"Inget scenario ger större chans att målet hålls om ett år än som nu: {now.told_chance}"
    names = enumeration(each.name for each in changed if each.told_chance == best.told_chance)
    return f"Störst chans att målet hålls om ett år har {names}: {best.told_chance}"


def _apart(changed: Sequence[Alternative]) -> tuple[str, str]:
    """From different starts none of them is the best: the chances tell as much of the starts."""
    starts = enumeration(f"{each.name} från {each.start}" for each in changed)
    return (
        "Scenarierna utgår från olika köer och kan inte rangordnas",
        f"De är räknade så här: {starts}. Jämför från dagens kö för att se vilket som ger störst chans. ",
    )


def table(courses: Sequence[Alternative]) -> Table:
    rows: list[tuple[str, Callable[[Alternative], str]]] = [
        ("Räknat från", lambda each: each.beginning.week.label),
        ("I kö då", lambda each: integer(each.beginning.pace.waiting)),
        ("I kö om ett halvår, troligen", lambda each: length_text(each.forecast, HALF_YEAR)),
        ("I kö om ett år, troligen", lambda each: length_text(each.forecast, YEAR)),
        ("Mål för kötiden", lambda each: plural(each.target, "vecka", "veckor")),
        ("Så många får vänta om målet ska hållas", lambda each: integer(floor(each.wanted))),
        ("Chans att målet hålls om ett år", lambda each: chance_text(each.forecast, each.wanted)),
        (
            "När målet hålls med 8 chanser av 10",
            lambda each: when_text(each.forecast, each.wanted, each.beginning.week),
        ),
        ("Fler starter på ett år, när ändringen gäller fullt ut", _starts),
        (
            "Fler platser",
            lambda each: _more(
                each, lambda q: some(q.what_if.places, 0 if q.what_if.places.is_integer() else 1)
            ),
        ),
        ("Fler heltider", lambda each: _more(each, lambda q: _posts(q.colleagues / FULL_TIME))),
    ]
    cells = [[Cell(label), *(Cell(text(each)) for each in courses)] for label, text in rows]
    if all(each.yearly_cost is not None for each in courses):
        cells.append([Cell("Kostnad, tkr på ett år"), *(_cost(each) for each in courses)])
    columns = [Column("Om kön"), *(Column(each.name, numeric=True) for each in courses)]
    return Table("Scenarierna sida vid sida", columns, cells)


def _starts(each: Alternative) -> str:
    if each.question is None:
        return NOTHING
    change = each.question.what_if.change(each.beginning.week)
    rate = each.beginning.pace.started.rate
    more = WEEKS_IN_YEAR * (rate * (change.start_factor - 1) + change.extra_starts)
    return some(more, 0 if abs(more) >= 10 else 1)


def _more(each: Alternative, text: Callable[[Question], str]) -> str:
    return text(each.question) if each.question is not None else NOTHING


def some(number: float, digits: int) -> str:
    """A change with its sign, and a bare 0 where there is none."""
    return signed(number, digits) if round(number, digits) else NOTHING


def _posts(number: float) -> str:
    return f"{'+' if number > 0 else ''}{shortest(number)}"


def _cost(each: Alternative) -> Cell:
    return Cell(some((each.yearly_cost or 0) / 1000, 0))
