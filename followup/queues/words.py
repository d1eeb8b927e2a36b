"""The queue in sentences: what is known first, how sure it is, and plainly when there is too little."""

from collections.abc import Sequence
from dataclasses import dataclass

from followup.periods import Month
from followup.queues.overview import Overview
from followup.queues.run_chart import RunChart, run_chart
from followup.queues.survival import Curve
from followup.queues.waits import BANDS, FEWEST_FOR_PERCENTILE, FEWEST_OUTSIDE_TEAM, Waits
from followup.web.formats import decimal, enumeration, integer, plural, sentence_start, span

TOO_FEW = "för få"
NO_DATA = "ingen data"


def summary(team_name: str, overview: Overview) -> str:
    """The page's first sentences: how many wait, and how long the next one may have to."""
    return f"{waiting_sentence(team_name, overview.length)} {expected_wait(overview)}".strip()


def waiting_sentence(team_name: str, length: int) -> str:
    return f"I {team_name} väntar {integer(length) if length else 'ingen'}."


def expected_wait(overview: Overview) -> str:
    """How long the next one may have to wait, or why that cannot be said; "" where nobody has queued."""
    curve = overview.curve
    if not curve.started and not curve.censored:
        return ""
    if not curve.started:
        return "Ingen av dem som har ställts i kö har startat än, så väntetiden går inte att uppskatta."
    if curve.started < FEWEST_FOR_PERCENTILE:
        return (
            f"Bara {integer(curve.started)} av dem som har ställts i kö har startat. "
            "Det är för få för att säga hur länge nästa får vänta."
        )
    if curve.median is None:
        return "Färre än hälften har fått börja hittills, så väntetiden går inte att uppskatta."
    return f"{expected_finding(curve)} ({uncertainty(curve)}). {_longer_now(overview)}".strip()


def _longer_now(overview: Overview) -> str:
    """That those who wait have waited longer already than half of all had to."""
    waiting, half = overview.waiting, overview.curve.median
    if waiting.n < FEWEST_OUTSIDE_TEAM or waiting.median is None or half is None or waiting.median <= half:
        return ""
    return (
        f"De som väntar nu har redan väntat {weeks_text(waiting.median)} i median. "
        "Den som ställs i kö i dag får räkna med längre tid."
    )


def expected_finding(curve: Curve) -> str:
    """The estimate as a heading; only where enough have started."""
    if curve.median is None:
        return "Färre än hälften har fått börja hittills"
    return f"Hälften får börja {within(curve.median)}"


def expected_basis(overview: Overview) -> str:
    """What the estimate is made from, and how sure it is."""
    curve = overview.curve
    known = (
        f"Av {integer(curve.started + curve.censored)} som har ställts i kö sedan "
        f"{overview.first_month.label} har {integer(curve.started)} startat. "
    )
    if curve.median is None:
        return f"{known}Resten väntar eller har lämnat kön."
    return f"{known}Resten väntar eller har lämnat kön. {sentence_start(uncertainty(curve))} veckor."


def within(weeks: int) -> str:
    return f"inom {plural(weeks, 'vecka', 'veckor')}" if weeks else "samma vecka"


def uncertainty(curve: Curve) -> str:
    """The 95 % interval of the median, in weeks; only what the data can tell."""
    low = curve.median_low or 0
    if curve.median_high is None:
        return f"osäkert: {integer(low)} eller fler"
    return f"osäkert: {span(low, curve.median_high)}"


def development(overview: Overview) -> str:
    """How the length has changed since the first month shown, as a heading."""
    first, before = _beginning(overview)
    now = overview.length
    if now == before:
        return f"Kön är lika lång som i {first}"
    course = "vuxit" if now > before else "minskat"
    return f"Kön har {course} från {integer(before)} till {integer(now)} sedan {first}"


def _beginning(overview: Overview) -> tuple[str, int]:
    """When the curve begins, in words, and how many waited then."""
    if not overview.earlier.lengths:
        return f"början av {overview.first_month.label}", overview.length_before
    month, length = min(overview.lengths.items())
    return f"slutet av {Month.from_ordinal(month).label}", length


def longest_queue(overview: Overview) -> str:
    """When the queue was longest, at the end of which month."""
    peak, length = max(sorted(overview.lengths.items()), key=lambda item: item[1])
    if not length:
        return "Ingen väntade vid slutet av någon månad."
    return f"Som flest väntade {integer(length)}, i {Month.from_ordinal(peak).label}.{_typed(overview)}"


def _typed(overview: Overview) -> str:
    if not overview.earlier.lengths:
        return ""
    label = Month.from_ordinal(overview.earlier.until).label
    return f" Före {label} är kölängden ifylld i efterhand."


def waits_finding(overview: Overview) -> str:
    """What started and waiting say side by side, as a heading that claims nothing from a few."""
    parts = [
        f"de som startade väntade {weeks_text(overview.started.median)} i median"
        if overview.started.n >= FEWEST_OUTSIDE_TEAM
        else "",
        f"de som väntar nu har väntat {weeks_text(overview.waiting.median)} hittills"
        if overview.waiting.n >= FEWEST_OUTSIDE_TEAM
        else "",
    ]
    said = ", ".join(part for part in parts if part)
    return sentence_start(said) if said else "Väntetider: för få för slutsatser"


@dataclass(frozen=True, slots=True)
class Told:
    """What happened in each whole month, and what the run chart says of it."""

    what: str
    counts: list[int]
    chart: RunChart

    @property
    def sentence(self) -> str:
        return _signal(self.what, self.chart, len(self.counts))


def signals(overview: Overview) -> list[Told]:
    """Whether joining or starting has changed, or varies as chance does; whole months only."""
    whole = overview.counted[:-1]
    series = (("ställs i kö", [step.joined for step in whole]), ("startar", [step.started for step in whole]))
    told = [(what, counts, run_chart(counts)) for what, counts in series]
    return [Told(what, counts, chart) for what, counts, chart in told if chart is not None]


def signals_finding(told: Sequence[Told]) -> str:
    """A heading that calls nothing a change that chance may have made."""
    changed = [each.what for each in told if each.chart.shows_signal]
    if not changed:
        return "Det som händer varje månad varierar som slumpen gör"
    return f"Hur många som {enumeration(changed)} har ändrats mer än slumpen brukar göra"


def _signal(what: str, chart: RunChart, months: int) -> str:
    start = f"Hur många som {what} varje månad"
    if chart.longest_run > chart.longest_by_chance:
        run = plural(chart.longest_run, "månad", "månader")
        return f"{start} har ändrats mer än slumpen brukar göra: {run} i följd på samma sida av medianen."
    if chart.crossings < chart.fewest_by_chance:
        times = plural(chart.crossings, "gång", "gånger")
        return f"{start} har ändrats mer än slumpen brukar göra: medianen korsas bara {times}."
    return f"{start} varierar som slumpen gör, sett över {integer(months)} månader."


def cautions(overview: Overview) -> list[str]:
    """What to keep in mind where there are few to count on."""
    groups = [(overview.started.n, "har startat"), (overview.waiting.n, "väntar nu")]
    few = [f"bara {integer(n)} {what}" for n, what in groups if 0 < n < FEWEST_OUTSIDE_TEAM]
    some = [f"{integer(n)} {what}" for n, what in groups if FEWEST_OUTSIDE_TEAM <= n < FEWEST_FOR_PERCENTILE]
    told = []
    if not overview.started.n:
        told.append("Ingen har startat, så det finns inga avslutade väntetider att jämföra med.")
    if few:
        told.append(f"{sentence_start(enumeration(few))}. Det är för få för slutsatser.")
    if some:
        limit = FEWEST_FOR_PERCENTILE
        told.append(f"{sentence_start(enumeration(some))}. ”Nio av tio” visas när det är minst {limit}.")
    return told


def bands_finding(waiting: Waits) -> str:
    """How many of those who wait have waited more than the first two bands, in natural frequencies."""
    limit = BANDS[1][1]
    if not waiting.n or limit is None:
        return "Ingen väntar just nu"
    longer = sum(wait > limit for wait in waiting.sorted)
    if waiting.n == 1:
        return f"Den enda som väntar har väntat {'mer än' if longer else 'högst'} {limit} veckor"
    return (
        f"{integer(longer) if longer else 'Ingen'} av {integer(waiting.n)} har väntat mer än {limit} veckor"
    )


def weeks_text(weeks: float | None) -> str:
    """ "7 veckor", "7,5 veckor", "1 vecka"."""
    if weeks is None:
        return NO_DATA
    return plural(int(weeks), "vecka", "veckor") if weeks == int(weeks) else f"{decimal(weeks)} veckor"


def number_text(weeks: float | None, n: int) -> str:
    """A number of weeks for a table; words where there is none."""
    if weeks is None:
        return TOO_FEW if n else NO_DATA
    return integer(weeks) if weeks == int(weeks) else decimal(weeks)


def band_text(low: int, high: int | None) -> str:
    return f"{low}–{high} veckor" if high is not None else f"Mer än {low - 1} veckor"
