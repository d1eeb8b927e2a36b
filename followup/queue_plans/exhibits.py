"""What a plan shows, on the page and in the file alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

from followup.organisation.models import Team
from followup.periods import Week
from followup.queue_plans import words
from followup.queue_plans.drawings import plan_fan
from followup.queue_plans.effects import Course, Dated, course
from followup.queue_plans.models import FollowUp, QueuePlan
from followup.queues.outlook import HALF_YEAR, YEAR, chance_text, length_text, when_text
from followup.queues.tables import Table
from followup.web.charts import Chart
from followup.web.formats import date_in_text, integer
from followup.web.tables import Cell, Column

ALONE = "Varje åtgärd är räknad för sig, och sist alla tillsammans."
AHEAD, NOT_COMPLETE = "återstår", "inte klarmarkerat"
# Weeks since the plan was counted, and how many waited then.
Outcome = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    finding: str
    sentence: str
    when: str
    # The chart in words.
    description: str
    chart: Chart
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanExhibit:
    """`effects` is None where there is too little to count on; `withheld` then says why."""

    title: str
    status: str
    marking: str
    facts: list[Fact]
    measures: Table
    effects: Effects | None
    withheld: str
    follow_ups: Table
    outcome: str


@dataclass(frozen=True, slots=True)
class Courses:
    """The queue without measures, with each of them alone, and with all together."""

    now: Course
    alone: list[tuple[str, Course]]
    together: Course

    @classmethod
    def of(cls, plan: QueuePlan) -> "Courses":
        return cls(
            now=_course(plan, []),
            alone=[(each.what, _course(plan, [each])) for each in plan.measures],
            together=_course(plan, plan.measures),
        )


def of_plan(
    team: Team, plan: QueuePlan, kinds: Mapping[str, str], outcome: Outcome, *, fewest: int
) -> PlanExhibit:
    """`fewest` is how many there must be in what leaves the team; 0 in the team itself."""
    withheld = _withheld(plan, fewest)
    courses = None if withheld else Courses.of(plan)
    return PlanExhibit(
        title=words.title(team.name),
        status=words.status(plan),
        marking=words.marking(plan),
        facts=_facts(plan, courses),
        measures=_measures(plan, kinds),
        effects=_effects(plan, courses, outcome) if courses else None,
        withheld=withheld,
        follow_ups=_follow_ups(plan, courses, dict(outcome)),
        outcome=_outcome_now(courses, outcome),
    )


def _withheld(plan: QueuePlan, fewest: int) -> str:
    if not plan.pace.supports_forecast:
        return "Det är för få som har ställts i kö och startat för att räkna på hur kön utvecklas."
    if fewest and plan.pace_known_to is None:
        return "Effekten visas bara i teamet, för att de senaste månaderna inte är klarmarkerade."
    if any(0 < count < fewest for count in (plan.joined, plan.started)):
        return "Effekten visas bara i teamet, för att få har ställts i kö eller startat det senaste året."
    return ""


def _course(plan: QueuePlan, measures: Sequence[Dated]) -> Course:
    return course(
        measures,
        pace=plan.pace,
        now=plan.week,
        planned=plan.planned_starts,
        stay=plan.stay,
        target=plan.target_weeks,
        seed=plan.seed,
    )


def _facts(plan: QueuePlan, courses: Courses | None) -> list[Fact]:
    facts = [
        Fact("Kön räknad", date_in_text(plan.counted_on)),
        Fact("I kö då", integer(plan.waiting)),
        *([Fact("Takt", words.pace(plan))] if plan.pace_known_to else []),
        Fact("Väntetid att räkna med", words.expected_wait(plan)),
        Fact("Mål för kötiden", words.target(plan)),
    ]
    if courses and courses.now.wanted is not None:
        facts.append(Fact("Så många får vänta om målet ska hållas", integer(floor(courses.now.wanted))))
    return facts


def _measures(plan: QueuePlan, kinds: Mapping[str, str]) -> Table:
    columns = ["Åtgärd", "Slag", "Ansvarig funktion", "Från och med", "Till och med", "Ska ändra"]
    rows = [
        [
            each.what,
            kinds.get(each.kind, each.kind),
            each.responsible_function,
            each.first.label,
            words.until(each),
            words.effect(each, plan.stay),
        ]
        for each in plan.measures
    ]
    return Table(
        "Det som ska göras",
        [Column(label) for label in columns],
        [[Cell(text) for text in row] for row in rows],
    )


def _effects(plan: QueuePlan, courses: Courses, outcome: Outcome) -> Effects:
    is_planned = bool(plan.measures)
    found = words.finding(courses.together, is_planned)
    sentence = (
        words.against_now(courses.together, courses.now) if is_planned else words.middle(courses.together)
    )
    when = words.when_target_holds(courses.together, plan.week)
    description = f"{found}. {sentence} {when}".strip()
    return Effects(
        finding=found,
        sentence=sentence,
        when=when,
        description=description,
        chart=plan_fan(
            name=f"Kölängd två år framåt, {'med och utan åtgärderna' if is_planned else 'utan åtgärder'}",
            description=description,
            now=courses.now if is_planned else None,
            planned=courses.together,
            outcome=outcome if len(outcome) > 1 else (),
        ),
        table=_effect_table(plan, courses),
    )


def _effect_table(plan: QueuePlan, courses: Courses) -> Table:
    labels = ["I kö om ett halvår, troligen", "I kö om ett år, troligen"]
    if plan.target_weeks:
        labels += ["Chans att målet hålls om ett år", "När målet hålls med 8 chanser av 10"]
    lines = [("Utan åtgärder", courses.now), *courses.alone]
    if courses.alone:
        lines.append(("Alla åtgärder", courses.together))
    rows = [[Cell(label), *(Cell(text) for text in _effect(each, plan.week))] for label, each in lines]
    columns = [Column("Åtgärd"), *(Column(label, numeric=True) for label in labels)]
    return Table("Beräknad effekt", columns, rows)


def _effect(course: Course, week: Week) -> list[str]:
    lengths = [length_text(course.forecast, after) for after in (HALF_YEAR, YEAR)]
    if course.wanted is None:
        return lengths
    return [
        *lengths,
        chance_text(course.forecast, course.wanted),
        when_text(course.forecast, course.wanted, week),
    ]


def _follow_ups(plan: QueuePlan, courses: Courses | None, outcome: Mapping[int, int]) -> Table:
    columns = [
        Column("Dag", whole=True),
        Column("Planen räknar med", numeric=True),
        Column("Utfall", numeric=True),
        Column("Bedömning"),
    ]
    rows = [
        [Cell(date_in_text(each.day)), *_follow_up(plan, courses, each, outcome)] for each in plan.follow_ups
    ]
    return Table("Uppföljning: antal i kö", columns, rows)


def _follow_up(
    plan: QueuePlan, courses: Courses | None, point: FollowUp, outcome: Mapping[int, int]
) -> list[Cell]:
    after = Week.of(point.day) - plan.week
    length = outcome.get(after)
    unknown = AHEAD if after > max(outcome, default=0) else NOT_COMPLETE
    said = unknown if length is None else integer(length)
    if courses is None:
        return [Cell("visas inte"), Cell(said), Cell("går inte att bedöma")]
    forecast = courses.together.forecast
    low, _, high = forecast.quantiles(after)
    judged = unknown if length is None else words.outcome(length, low, high)
    return [Cell(length_text(forecast, after)), Cell(said), Cell(judged)]


def _outcome_now(courses: Courses | None, outcome: Outcome) -> str:
    """How the queue stands against the plan; "" while the plan is of this week."""
    if courses is None or not outcome or outcome[-1][0] == 0:
        return ""
    after, length = outcome[-1]
    if after >= len(courses.together.forecast.lengths):
        return ""
    low, _, high = courses.together.forecast.quantiles(after)
    return words.outcome_now(length, low, high)
