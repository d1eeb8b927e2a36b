"""Sums and shares of money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from followup.plan.kinds import Kind
from followup.plan.models import Budget, Intervention

DIRECT = (Kind.INDIVIDUAL, Kind.STRUCTURAL, Kind.PROCESS_SUPPORT)
Column = Literal["amount", "outcome", "before"]


@dataclass(frozen=True)
class Cost:
    """An intervention's year, in kronor; `before` is the outcome of the year before."""

    number: int
    name: str
    kind: str
    team_id: int | None
    amount: int | None
    outcome: int | None
    before: int | None
    planned: int | None

    @classmethod
    def of(cls, intervention: Intervention, now: Budget | None, before: Budget | None) -> "Cost":
        return cls(
            number=intervention.id,
            name=intervention.name,
            kind=intervention.kind,
            team_id=intervention.team_id,
            amount=now.amount if now else None,
            outcome=now.outcome if now else None,
            before=before.outcome if before else None,
            planned=now.planned if now else None,
        )


def sum_of(costs: Sequence[Cost], column: Column) -> int | None:
    """The sum of what is known; None when nothing is."""
    known = [number for cost in costs if (number := getattr(cost, column)) is not None]
    return sum(known) if known else None


def direct_share(costs: Sequence[Cost]) -> Mapping[Kind, float] | None:
    """What share of all outcomes each kind of direct cost is; None until administration is known, too."""
    by_kind = {kind: sum_of([cost for cost in costs if cost.kind == kind], "outcome") for kind in Kind}
    whole = sum(number or 0 for number in by_kind.values())
    if by_kind[Kind.ADMINISTRATION] is None or whole <= 0:
        return None
    return {kind: (by_kind[kind] or 0) / whole for kind in DIRECT}


def share_of(part: Sequence[Cost], whole: Sequence[Cost]) -> float:
    """In per cent of the outcomes of the whole, which must be known."""
    return 100 * (sum_of(part, "outcome") or 0) / (sum_of(whole, "outcome") or 1)
