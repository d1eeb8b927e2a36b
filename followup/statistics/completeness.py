"""Which months keep a period from being counted."""

from collections.abc import Collection, Mapping, Sequence

from followup.organisation.models import Team
from followup.periods import MONTH_NAMES, Month, Period

# Names of teams and the months they have not declared complete.
Missing = Mapping[str, tuple[Month, ...]]


def in_words(months: Sequence[Month]) -> str:
    """Months in order, with runs taken together: "mars 2024, maj–augusti 2024"."""
    runs: list[list[Month]] = []
    for month in months:
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(_run(run[0], run[-1]) for run in runs)


def _run(first: Month, last: Month) -> str:
    if first == last:
        return first.label
    if first.year == last.year:
        return f"{MONTH_NAMES[first.month - 1]}–{last.label}"
    return f"{first.label}–{last.label}"


def works(team: Team, period: Period) -> bool:
    """True when the team was open at some time of the period."""
    return team.opened <= period.last and (team.closed is None or period.first <= team.closed)


def over(missing: Missing, now: Month) -> Missing:
    """Of the months that are missing those before `now`, the only ones that anybody can declare."""
    passed = {name: tuple(month for month in months if month < now) for name, months in missing.items()}
    return {name: months for name, months in passed.items() if months}


def missing_months(
    teams: Sequence[Team], complete: Mapping[int, Collection[Month]], period: Period
) -> Missing:
    """For each team that lacks some: the months of `period` it was open in that are not complete."""
    missing = {
        team.name: tuple(
            month for month in period if works(team, month) and month not in complete.get(team.id, ())
        )
        for team in teams
    }
    return {name: months for name, months in missing.items() if months}
