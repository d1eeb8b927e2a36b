"""The way back from the latest acts, carried by the browser under seal and kept nowhere else."""

import secrets
from dataclasses import dataclass
from typing import Any

from flask import current_app, session

from followup.access.gate import current_scope
from followup.access.scope import OutOfScope
from followup.participation.commands import RowRef, Undo
from followup.sealing import SealBroken, Sealer
from followup.settings import Settings

LATEST = 5
# A cookie holds four kilobytes, and other things stand in it, too.
LONGEST = 2400
PLACE = "acts"


@dataclass(frozen=True, kw_only=True, repr=False)
class Act:
    id: str
    verb: str
    team_id: int
    # One for each row that the act changed.
    undos: list[Undo]


def remember(verb: str, undos: list[Undo]) -> str:
    """Note an act; gives the name by which it can be undone."""
    team_id = undos[0].row.team_id
    act = Act(id=secrets.token_urlsafe(6), verb=verb, team_id=team_id, undos=undos)
    _keep([act, *_read()][:LATEST])
    return act.id


def latest(team_id: int) -> list[Act]:
    """Newest first."""
    return [act for act in _read() if act.team_id == team_id]


def act_by_id(team_id: int, act_id: str) -> Act:
    for act in latest(team_id):
        if act.id == act_id:
            return act
    raise OutOfScope


def forget(act: Act) -> None:
    _keep([other for other in _read() if other.id != act.id])


def _keep(acts: list[Act]) -> None:
    while len(sealed := _sealer().seal(_purpose(), [_packed(act) for act in acts])) > LONGEST:
        acts = acts[:-1]
    session[PLACE] = sealed


def _read() -> list[Act]:
    try:
        return [_unpacked(item) for item in _sealer().open(_purpose(), session.get(PLACE, ""))]
    except SealBroken:
        return []


def _packed(act: Act) -> list[Any]:
    undos = [[undo.row.key, undo.row.stamp, undo.prior] for undo in act.undos]
    return [act.id, act.verb, act.team_id, undos]


def _unpacked(item: list[Any]) -> Act:
    act_id, verb, team_id, undos = item
    return Act(
        id=act_id,
        verb=verb,
        team_id=team_id,
        undos=[
            Undo(row=RowRef(team_id=team_id, key=key, stamp=stamp), prior=prior)
            for key, stamp, prior in undos
        ],
    )


def _purpose() -> str:
    return f"acts of {current_scope().actor}"


def _sealer() -> Sealer:
    settings: Settings = current_app.extensions["settings"]
    return Sealer(settings.keys)
