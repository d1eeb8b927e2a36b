"""What the page about money shows: interventions with budget and outcome, and what pays for them."""

from collections.abc import Sequence

from flask import url_for

from followup.access.gate import current_scope
from followup.db import db_session
from followup.organisation import queries as organisation
from followup.plan import queries
from followup.plan.costs import DIRECT, Cost, direct_share, sum_of
from followup.plan.kinds import Kind
from followup.plan.wording import KINDS
from followup.plan.years import years_around
from followup.web.formats import decimal, enumeration, integer, percent, signed
from followup.web.tables import MISSING, NOT_APPLICABLE, Cell, Column, legend
from followup.web.years import YearForm

COLUMNS = [
    Column("Insats"),
    Column("Slag"),
    Column("Budget", numeric=True, unit="tkr"),
    Column("Utfall", numeric=True, unit="tkr"),
    Column("Skillnad", numeric=True, unit="tkr"),
    Column("Utfall året före", numeric=True, unit="tkr"),
    Column("Planerat antal", numeric=True),
]
FINANCING_COLUMNS = [
    Column("Finansiär"),
    Column("Belopp", numeric=True, unit="tkr"),
    Column("Andel", numeric=True),
]


class MoneyDesk:
    def __init__(self) -> None:
        self.scope = current_scope()
        self.filters = YearForm(years_around(queries.years(db_session, self.scope)))
        self.year = self.filters.year or 0
        self.interventions = queries.interventions(db_session, self.scope)
        found = queries.budgets(db_session, self.scope, (self.year, self.year - 1))
        self.costs = [
            Cost.of(each, found.get((each.id, self.year)), found.get((each.id, self.year - 1)))
            for each in self.interventions
        ]

    @property
    def lead(self) -> str:
        """Budget and outcome in all, and what share of it went to the work itself."""
        amount, outcome = sum_of(self.costs, "amount"), sum_of(self.costs, "outcome")
        if amount is None and outcome is None:
            return f"Inga pengar är införda för {self.year}."
        parts = [
            f"{word} {thousands(number)} tkr"
            for word, number in (("Budget", amount), ("utfall", outcome))
            if number is not None
        ]
        said = f"{', '.join(parts)} {self.year}."
        return f"{said[:1].upper()}{said[1:]} {self.direct}".strip()

    @property
    def direct(self) -> str:
        shares = direct_share(self.costs)
        if shares is None:
            return ""
        named = [f"{percent(shares[kind])} {KINDS[kind].lower()}" for kind in DIRECT if shares[kind]]
        return f"Direkta kostnader är {percent(sum(shares.values()))} av alla ({enumeration(named)})."

    def rows(self) -> list[list[Cell]]:
        rows = [
            [
                Cell(
                    cost.name,
                    url=url_for(".budget", number=cost.number, year=self.year),
                    describe=f"– budget och utfall {self.year}",
                ),
                Cell(KINDS[Kind(cost.kind)]),
                *_amounts(cost.amount, cost.outcome, cost.before),
                MISSING if cost.planned is None else Cell(integer(cost.planned)),
            ]
            for cost in self.costs
        ]
        sums = [sum_of(self.costs, name) for name in ("amount", "outcome", "before")]
        return [*rows, [Cell("Summa"), Cell(""), *_amounts(*sums), NOT_APPLICABLE]] if rows else []

    def legend(self, rows: list[list[Cell]]) -> list[str]:
        return legend(rows)

    def financing_rows(self) -> list[list[Cell]]:
        amounts = queries.financing(db_session, self.scope, self.year)
        labels = organisation.labels(db_session, self.scope, ["financing_source"])["financing_source"]
        whole = sum(amounts.values())
        rows = [
            [
                Cell(label),
                Cell(thousands(amounts[code])),
                Cell(percent(amounts[code] / whole) if whole else "–"),
            ]
            for code, label in labels.items()
            if code in amounts
        ]
        return [*rows, [Cell("Summa"), Cell(thousands(whole)), Cell(percent(1))]] if whole else rows

    def to_change(self) -> list[dict[str, str]]:
        return [
            {"text": each.name, "url": url_for(".intervention", number=each.id)}
            for each in self.interventions
        ]


def thousands(kronor: int) -> str:
    """5502000 -> "5 502"; halves are rounded up."""
    return decimal(kronor / 1000, 0)


def _amounts(amount: int | None, outcome: int | None, before: int | None) -> Sequence[Cell]:
    difference = None if amount is None or outcome is None else outcome - amount
    return [
        *(MISSING if number is None else Cell(thousands(number)) for number in (amount, outcome)),
        MISSING if difference is None else Cell(signed(difference / 1000)),
        MISSING if before is None else Cell(thousands(before)),
    ]
