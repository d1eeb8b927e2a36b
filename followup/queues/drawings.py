"""The queue page's charts, each with a name and a description that say the same in words."""

from collections.abc import Iterable, Sequence

from followup.periods import MONTH_NAMES, Month
from followup.queues import words
from followup.queues.overview import Overview
from followup.queues.waits import FEWEST_FOR_PERCENTILE
from followup.web import charts
from followup.web.charts import Chart, CurvePoint, Series


def development(overview: Overview) -> Chart:
    """The length as a step curve, with what came in and went out as bars below it."""
    steps, earlier = overview.months, overview.earlier
    counted = [step.time >= earlier.until for step in steps]
    typed = [earlier.lengths.get(step.time) for step in steps]

    def own(values: Iterable[int]) -> list[int | None]:
        return [value if known else None for value, known in zip(values, counted, strict=True)]

    return charts.step_curve_with_flow(
        name="Kölängd, och hur många som ställts i kö, startat eller lämnat kön varje månad",
        description=f"{words.development(overview)}. {words.longest_queue(overview)}",
        labels=[short_month(Month.from_ordinal(step.time)) for step in steps],
        level=Series("I kö vid månadens slut", own(step.length for step in steps)),
        joined=Series("Ställda i kö", own(step.joined for step in steps)),
        left=Series("Startade eller lämnade", own(step.started + step.left for step in steps)),
        y_title="Antal i kö",
        earlier=Series("Ifyllt i efterhand", typed) if earlier.lengths else None,
    )


def signals(overview: Overview, told: Sequence[words.Told]) -> Chart | None:
    """The run charts, one above the other; None while there are too few months."""
    if not told:
        return None
    months = [short_month(Month.from_ordinal(step.time)) for step in overview.counted[:-1]]
    return charts.run_charts(
        name="Hur många som ställs i kö och startar varje månad, med medianen",
        description=" ".join(each.sentence for each in told),
        labels=months,
        panels=[(Series(f"Antal som {each.what}", each.counts), each.chart.median) for each in told],
    )


def expected_wait(overview: Overview) -> Chart | None:
    """The share still waiting after so many weeks, with its interval; None while there are too few."""
    if overview.curve.started < FEWEST_FOR_PERCENTILE:
        return None
    points = [CurvePoint(0, 1, 1, 1)] if overview.curve.points[0].wait else []
    points += [CurvePoint(each.wait, each.share, each.low, each.high) for each in overview.curve.points]
    return charts.estimated_curve(
        name="Andel som fortfarande väntar efter ett visst antal veckor",
        description=words.expected_wait(overview),
        points=points,
        x_title="Veckor i kö",
        y_title="Väntar fortfarande",
    )


def short_month(month: Month) -> str:
    """ "jan 24": short enough to stand under a bar."""
    return f"{MONTH_NAMES[month.month - 1][:3]} {month.year % 100:02}"
