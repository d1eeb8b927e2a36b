"""A plan in words: where it stands, what it is counted to give, and what has come of it."""

from followup.periods import Month, Week
from followup.queue_plans.effects import YEAR, Course
from followup.queue_plans.models import QueueMeasure, QueuePlan
from followup.queues.words import within
from followup.scenarios.commands import Question
from followup.scenarios.words import summary
from followup.web.formats import date_in_text, enumeration, integer, plural, span

DRAFT = "Utkast – internt arbetsmaterial, får inte spridas"
DECIDED = "Fastställd plan"
# The chances at which it is told when the target holds.
CHANCES = ((0.1, "1 av 10"), (0.5, "5 av 10"), (0.9, "9 av 10"))


def title(team_name: str) -> str:
    return f"Handlings- och tidplan för kön, {team_name}"


def marking(plan: QueuePlan) -> str:
    return DECIDED if plan.is_decided else DRAFT


def status(plan: QueuePlan) -> str:
    if plan.decided_on is None:
        return f"Utkast, version {integer(plan.version)}"
    decided = f"fastställd {date_in_text(plan.decided_on)} (beslut {plan.decision})"
    return f"Version {integer(plan.version)}, {decided}"


def pace(plan: QueuePlan) -> str:
    """What joined and started in the complete months that the pace is counted from."""
    until = plan.pace_known_to.label if plan.pace_known_to else ""
    weeks = plural(round(plan.pace.joined.exposure), "vecka", "veckor")
    return (
        f"{integer(plan.joined)} ställdes i kö och {integer(plan.started)} startade på {weeks}, "
        f"till slutet av {until}."
    )


def expected_wait(plan: QueuePlan) -> str:
    """The wait to expect from complete months alone, or why it cannot be said."""
    if plan.waits_known_to is None:
        return "Går inte att säga: månaderna är inte klarmarkerade."
    if plan.wait is None:
        return "Går inte att säga: för få har startat."
    high = (
        f"{integer(plan.wait_low or 0)} eller fler"
        if plan.wait_high is None
        else span(plan.wait_low or 0, plan.wait_high)
    )
    told = (
        f"Hälften får börja {within(plan.wait)} (osäkert: {high}), vid slutet av {plan.waits_known_to.label}."
    )
    grows = plan.pace.differs and plan.pace.joined.count > plan.pace.out.count
    return f"{told} Kön växer, så den som ställs i kö nu kan få vänta längre." if grows else told


def target(plan: QueuePlan) -> str:
    if plan.target_weeks is None or plan.target_decided is None:
        return "Inget mål är beslutat."
    return (
        f"Högst {plural(plan.target_weeks, 'vecka', 'veckor')} i kö "
        f"(beslut {plan.target_decision}, {date_in_text(plan.target_decided)})."
    )


def finding(planned: Course, with_measures: bool) -> str:
    low, _, high = planned.forecast.quantiles(YEAR)
    given = "Med åtgärderna" if with_measures else "Utan åtgärder"
    return f"{given} är kön troligen {span(low, high)} om ett år"


def middle(planned: Course) -> str:
    return f"I mitten av det som är troligt ligger {integer(planned.forecast.quantiles(YEAR)[1])}."


def against_now(planned: Course, now: Course) -> str:
    low, half, high = now.forecast.quantiles(YEAR)
    return f"{middle(planned)} Utan åtgärder är kön troligen {span(low, high)}, med {integer(half)} i mitten."


def when_target_holds(planned: Course, week: Week) -> str:
    """In which months the chance reaches 1, 5 and 9 of 10; "" without a target."""
    if planned.wanted is None:
        return ""
    reached = [(name, planned.forecast.first_week_at_most(planned.wanted, share)) for share, name in CHANCES]
    known = [f"{name} {_month(week, weeks)}" for name, weeks in reached if weeks is not None]
    missed = [name for name, weeks in reached if weeks is None]
    told = [f"Chansen att målet hålls är {enumeration(known)}."] if known else []
    if missed:
        told.append(f"Chansen når inte {missed[0]} inom två år.")
    return " ".join(told)


def _month(week: Week, weeks: int) -> str:
    return f"i {Month.of((week + weeks).thursday).label}" if weeks else "redan nu"


def effect(measure: QueueMeasure, stay: int) -> str:
    return summary(
        Question(
            colleagues=measure.colleagues,
            places=measure.places,
            stay=stay,
            stay_change=measure.stay_change,
            referrals=measure.referrals,
            target=1,
        )
    )


def until(measure: QueueMeasure) -> str:
    return measure.last.label if measure.last else "tills vidare"


def outcome(length: int, low: int, high: int) -> str:
    """The outcome held against what was likely."""
    if length > high:
        return "längre än väntat"
    return "kortare än väntat" if length < low else "som väntat"


def outcome_now(length: int, low: int, high: int) -> str:
    told = integer(length) if length else "ingen"
    return f"Nu väntar {told}. Planen räknade med {span(low, high)}: kön är {outcome(length, low, high)}."
