"""The way back from the latest acts, carried by the browser under seal and kept nowhere else."""

import secrets
from dataclasses import dataclass

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
    undo: Undo


def remember(verb: str, undo: Undo) -> str:
    """Note an act; gives the name by which it can be undone."""
    act = Act(id=secrets.token_urlsafe(6), verb=verb, undo=undo)
    _keep([act, *_read()][:LATEST])
    return act.id


def latest(team_id: int) -> list[Act]:
    """Newest first."""
    return [act for act in _read() if act.undo.row.team_id == team_id]


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


def _packed(act: Act) -> list[object]:
    row = act.undo.row
    return [act.id, act.verb, row.team_id, row.key, row.stamp, act.undo.prior]


def _unpacked(item: list[object]) -> Act:
    act_id, verb, team_id, key, stamp, prior = item
    row = RowRef(team_id=team_id, key=key, stamp=stamp)  # type: ignore[arg-type]  # as `_packed` wrote it
    return Act(id=str(act_id), verb=str(verb), undo=Undo(row=row, prior=prior))  # type: ignore[arg-type]


def _purpose() -> str:
    return f"acts of {current_scope().actor}"


def _sealer() -> Sealer:
    settings: Settings = current_app.extensions["settings"]
    return Sealer(settings.keys)
