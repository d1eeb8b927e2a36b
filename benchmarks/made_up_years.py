"""Made-up participations like those of an association, and the annual tables over them, for the benchmarks.

Nobody in them exists. Six teams have about 200 participants a year; distributions are as skewed as real ones.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from followup.disclosure import TOTAL, Axis, CountTable, MonthRange, Population, Selection, select
from followup.disclosure.quantities import EVER, NEVER, month_text, ordinal

# A month that only spans without an end hold.
NOT_YET = NEVER - 1

LISTS: dict[str, tuple[tuple[str, ...], tuple[float, ...]]] = {
    "sex": (("F", "M"), (55, 45)),
    "age_group": (
        ("16-19", "20-24", "25-29", "30-39", "40-49", "50-59", "60-67"),
        (5, 16, 16, 26, 20, 13, 4),
    ),
    "referring_party": (
        (
            "AF",
            "FK",
            "region_primary",
            "region_psychiatry",
            "region_other",
            "social",
            "lss",
            "school",
            "self",
            "other",
        ),
        (22, 24, 14, 12, 3, 16, 2, 2, 3, 2),
    ),
    "education": (("none", "primary", "upper", "post", "unknown"), (8, 34, 40, 14, 4)),
    "time_on_support": (("0-1", "1-3", "3-5", "5-7", "7+", "unknown"), (14, 22, 18, 12, 32, 2)),
    "income_before": (
        ("sick", "rehab", "activity", "af", "a-kassa", "social", "parent", "family", "other"),
        (24, 10, 18, 8, 3, 30, 1, 3, 3),
    ),
    "occupation_before": (("none", "work", "studies", "subsidised", "job_seeker"), (66, 5, 4, 3, 22)),
    "occupation_at_exit": (("none", "work", "studies", "subsidised", "job_seeker"), (28, 22, 14, 14, 22)),
    "exit_reason": (("goal", "services", "health", "moved", "declined", "other"), (44, 22, 16, 4, 9, 5)),
    "stay": (("0-6", "6-12", "12-18", "18-24", "24+"), (18, 32, 26, 14, 10)),
}
START = ordinal("2013-01")


class People:
    """Rows of made-up participations in `teams` teams over `years` years from 2013."""

    def __init__(self, teams: int, years: int, seed: int = 1, per_team: float = 18.0) -> None:
        chance = np.random.default_rng(seed)
        size = chance.gamma(2.0, 0.5, teams) + 0.25
        count = int(per_team * teams * years)
        self.teams = tuple(f"team{number:03d}" for number in range(teams))
        self.columns: dict[str, NDArray[np.int64]] = {
            "team": chance.choice(teams, count, p=size / size.sum())
        }
        for name, (codes, weights) in LISTS.items():
            p = np.array(weights) / sum(weights)
            self.columns[name] = chance.choice(len(codes), count, p=p)
        self.columns["started"] = START + chance.integers(-14, 12 * years, count)
        stay = 1 + chance.gamma(2.2, 6.5, count).astype(np.int64)
        ended = self.columns["started"] + stay
        self.columns["ended"] = np.where(ended < START + 12 * years, ended, NOT_YET)
        variables: dict[str, tuple[str, ...]] = {name: own for name, (own, _) in LISTS.items()}
        self.population = Population(
            "participation",
            {**variables, "team": self.teams, "started": "time", "ended": "time"},
            order=(("started", "ended"),),
            insider="team",
        )

    def count(self, selection: Selection) -> int:
        """How many rows a selection takes."""
        inside = np.ones(len(self.columns["team"]), dtype=bool)
        for name, chosen in selection.items():
            if isinstance(chosen, MonthRange):
                first = EVER if chosen.first is None else ordinal(chosen.first)
                after = NEVER if chosen.last is None else ordinal(chosen.last) + 1
                inside &= (self.columns[name] >= first) & (self.columns[name] < after)
            else:
                codes = self.population.variables[name]
                inside &= np.isin(self.columns[name], [codes.index(code) for code in chosen])
        return int(inside.sum())

    @cached_property
    def courses(self) -> list["Somebody"]:
        """Everybody, as a register would have them."""
        variables = self.population.variables
        times = [name for name, codes in variables.items() if codes == "time"]
        columns = {name: self.columns[name].tolist() for name in variables}
        return [
            Somebody(
                {n: variables[n][columns[n][row]] for n in variables if n not in times},
                {n: None if columns[n][row] == NOT_YET else month_text(columns[n][row]) for n in times},
            )
            for row in range(len(columns["team"]))
        ]


class Somebody(NamedTuple):
    """One made-up person."""

    codes: Mapping[str, str]
    months: Mapping[str, str | None]
    number: int = 1


Part = Mapping[str, Selection]


def flows(first: str, last: str) -> dict[str, Selection]:
    """The five flows of a period, from its first to its last month."""
    before, after = _shift(first, -1), _shift(last, 1)
    return {
        "active_at_start": {"started": MonthRange(None, before), "ended": MonthRange(first, None)},
        "started": {"started": MonthRange(first, last)},
        "ended": {"ended": MonthRange(first, last)},
        "active_at_end": {"started": MonthRange(None, last), "ended": MonthRange(after, None)},
        "participants": {"started": MonthRange(None, last), "ended": MonthRange(first, None)},
    }


def _shift(month: str, by: int) -> str:
    number = ordinal(month) + by
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def split(people: People, variable: str) -> dict[str, Selection]:
    """Every code of a variable, and the total."""
    parts: dict[str, Selection] = {TOTAL: {}}
    return {code: {variable: frozenset({code})} for code in people.population.variables[variable]} | parts


def grouped(variable: str, groups: Mapping[str, Sequence[str]]) -> dict[str, Selection]:
    """Groups of codes of a variable, and the total."""
    parts: dict[str, Selection] = {TOTAL: {}}
    return {code: {variable: frozenset(codes)} for code, codes in groups.items()} | parts


def cube(people: People, name: str, parts: Mapping[str, Part], **more: Any) -> CountTable:
    """A cube over the given axes; each axis gives a selection per code."""
    cells = {}
    for codes in product(*(part for part in parts.values())):
        selection = select(*(parts[axis][code] for axis, code in zip(parts, codes, strict=True)))
        cells[codes] = (selection, people.count(selection))
    axes = [Axis(axis, axis, tuple(part), tuple(part)) for axis, part in parts.items()]
    if more.pop("bare", False):
        more["exempt"] = [codes for codes in cells if codes[-1] == TOTAL]
    names = tuple(parts)
    return CountTable(
        id=name,
        title=name,
        population=people.population,
        axes=axes,
        stub=names[:1],
        heading=names[1:],
        cells=cells,
        courses=people.courses,
        **more,
    )


AGES = {"16-29": ("16-19", "20-24", "25-29"), "30-49": ("30-39", "40-49"), "50-67": ("50-59", "60-67")}
REFERRERS = {
    "AF": ("AF",), "FK": ("FK",), "region": ("region_primary", "region_psychiatry", "region_other"),
    "municipality": ("social", "lss", "school"), "other": ("self", "other"),
}  # fmt: skip
INCOMES = {
    "sickness": ("sick", "rehab", "activity"), "social": ("social",), "work_related": ("af", "a-kassa"),
    "other": ("parent", "family", "other"),
}  # fmt: skip
EDUCATIONS = {"primary": ("none", "primary"), "upper": ("upper",), "post": ("post", "unknown")}
SUPPORTS = {"0-3": ("0-1", "1-3"), "3-7": ("3-5", "5-7", "unknown"), "7+": ("7+",)}
OCCUPATIONS = {
    "none": ("none",),
    "work_studies": ("work", "studies", "subsidised"),
    "job_seeker": ("job_seeker",),
}
STAYS = {"0-12": ("0-6", "6-12"), "12+": ("12-18", "18-24", "24+")}
REASONS = {"goal": ("goal",), "services": ("services",), "other": ("health", "moved", "declined", "other")}
OUTCOMES = {"work_or_studies": ("work", "studies"), "rest": ("none", "subsidised", "job_seeker")}


def annual(
    people: People, year: int, *, months: int = 12, beside: bool = True, fine: bool = False
) -> list[CountTable]:
    """Tables T1–T9 of a year, or its first `months`, with the year before beside; `fine` without recoding."""
    years = (year - 1, year) if beside else (year,)
    periods = {str(y): flows(f"{y}-01", f"{y}-{months:02d}") for y in years}

    def over(flow: str) -> dict[str, Selection]:
        return {period: of[flow] for period, of in periods.items()}

    all_flows = {f"{period} {flow}": part for period, of in periods.items() for flow, part in of.items()}
    sex, team = split(people, "sex"), split(people, "team")

    def plain(variable: str, groups: Mapping[str, Sequence[str]]) -> Part:
        return split(people, variable) if fine else grouped(variable, groups)

    return [
        cube(people, "T1", {"flow": all_flows, "team": team, "sex": sex}, bare=True),
        cube(people, "T2", {"period": over("participants"), "age": plain("age_group", AGES), "sex": sex}),
        cube(people, "T3", {"period": over("started"), "referrer": plain("referring_party", REFERRERS)}),
        cube(people, "T4", {"period": over("participants"), "education": plain("education", EDUCATIONS)}),
        cube(people, "T5", {"period": over("participants"), "support": plain("time_on_support", SUPPORTS)}),
        cube(people, "T6", {"period": over("ended"), "income": plain("income_before", INCOMES)}),
        cube(people, "T7a", {"period": over("ended"), "before": plain("occupation_before", OCCUPATIONS)}),
        cube(
            people,
            "T7b",
            {"period": over("ended"), "exit": plain("occupation_at_exit", OCCUPATIONS), "sex": sex},
        ),
        cube(
            people,
            "T7c",
            {"period": over("ended"), "outcome": grouped("occupation_at_exit", OUTCOMES), "team": team},
        ),
        cube(people, "T8", {"period": over("ended"), "reason": plain("exit_reason", REASONS)}),
        cube(people, "T9", {"period": over("ended"), "stay": plain("stay", STAYS)}),
    ]
