"""Accepted rows on their way from trial to save: sealed in the browser, nothing on the server."""

import base64
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from followup.access.scope import Scope
from followup.activities.commands import RecordActivity
from followup.errors import Refusal
from followup.imports.kinds import ACTIVITIES, HISTORY, PARTICIPATIONS, PLAN, SCREENING, SURVEYS
from followup.imports.plan_rows import PlanRow
from followup.imports.screening_rows import ScreeningRow
from followup.participation.bulk import WholeRow
from followup.participation.state import NAMES, State, unpack
from followup.periods import Month
from followup.plan.commands import SetGoal, SetHistoryFigure, SetIntervention, SetSurveyFigure
from followup.plan.kinds import Kind
from followup.screening.commands import Place
from followup.sealing import SealBroken, Sealer

SECONDS = 2 * 60 * 60
# A form may carry 200 000 characters in all.
LONGEST = 170_000


class TooManyToCarry(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Filen har för många rader för att läsas in på en gång här. Dela upp den, till exempel i en fil "
            "per år, och läs in dem en i taget."
        )


class CarriedTooLong(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Det har gått för lång tid sedan filen prövades. Ingenting har sparats. Välj filen igen."
        )


@dataclass(frozen=True, repr=False)
class Load:
    kind: str
    rows: Sequence[Any]
    declare: bool


def seal(sealer: Sealer, scope: Scope, load: Load) -> str:
    """A text that only this account's next request can be made to mean anything."""
    pack, _ = WAYS[load.kind]
    content = json.dumps([load.kind, load.declare, [pack(row) for row in load.rows]], separators=(",", ":"))
    packed = base64.b85encode(zlib.compress(content.encode(), 9)).decode()
    sealed = sealer.seal(_purpose(scope), packed)
    if len(sealed) > LONGEST:
        raise TooManyToCarry
    return sealed


def open_sealed(sealer: Sealer, scope: Scope, text: str) -> Load:
    try:
        packed = sealer.open(_purpose(scope), text, seconds=SECONDS)
    except SealBroken:
        raise CarriedTooLong from None
    kind, declare, rows = json.loads(zlib.decompress(base64.b85decode(packed)))
    _, make = WAYS[kind]
    return Load(kind, [make(row) for row in rows], declare)


def _purpose(scope: Scope) -> str:
    return f"import by {scope.actor}"


def _pack_participation(row: WholeRow) -> list[Any]:
    packed = row.state.pack(set(NAMES))
    return [row.team_id, *(packed[name] for name in NAMES)]


def _unpack_participation(packed: list[Any]) -> WholeRow:
    team_id, *values = packed
    return WholeRow(team_id, State(**unpack(dict(zip(NAMES, values, strict=True)))))


def _pack_screening(row: ScreeningRow) -> list[Any]:
    place = row.place
    return [place.team_id, str(place.month), place.round, place.sex, dict(row.counts)]


def _unpack_screening(packed: list[Any]) -> ScreeningRow:
    team_id, month, round_code, sex, counts = packed
    place = Place(team_id=team_id, month=Month.parse(month), round=round_code, sex=sex)
    return ScreeningRow(place, counts)


def _pack_activity(row: RecordActivity) -> list[Any]:
    return [row.day.isoformat(), row.name, row.kind, dict(row.attendance), row.intervention_id]


def _unpack_activity(packed: list[Any]) -> RecordActivity:
    day, name, kind, attendance, intervention_id = packed
    return RecordActivity(
        day=date.fromisoformat(day),
        name=name,
        kind=kind,
        attendance=attendance,
        intervention_id=intervention_id,
    )


def _pack_plan(row: PlanRow) -> list[Any]:
    goal = asdict(row.goal) if row.goal else None
    return [asdict(row.intervention), row.year, row.amount, row.outcome, row.planned, goal]


def _unpack_plan(packed: list[Any]) -> PlanRow:
    intervention, year, amount, outcome, planned, goal = packed
    made = SetIntervention(**{**intervention, "kind": Kind(intervention["kind"])})
    return PlanRow(made, year, amount, outcome, planned, SetGoal(**goal) if goal else None)


def _pack_survey(row: SetSurveyFigure) -> list[Any]:
    said = {**asdict(row), "figure": str(row.figure)}
    return list(said.values())


def _unpack_survey(packed: list[Any]) -> SetSurveyFigure:
    said = dict(zip((field.name for field in fields(SetSurveyFigure)), packed, strict=True))
    return SetSurveyFigure(**{**said, "figure": Decimal(said["figure"])})


def _pack_history(row: SetHistoryFigure) -> list[Any]:
    return list(asdict(row).values())


def _unpack_history(packed: list[Any]) -> SetHistoryFigure:
    return SetHistoryFigure(
        **dict(zip((field.name for field in fields(SetHistoryFigure)), packed, strict=True))
    )


WAYS: Mapping[str, tuple[Callable[[Any], list[Any]], Callable[[list[Any]], Any]]] = {
    PARTICIPATIONS: (_pack_participation, _unpack_participation),
    SCREENING: (_pack_screening, _unpack_screening),
    ACTIVITIES: (_pack_activity, _unpack_activity),
    PLAN: (_pack_plan, _unpack_plan),
    SURVEYS: (_pack_survey, _unpack_survey),
    HISTORY: (_pack_history, _unpack_history),
}
