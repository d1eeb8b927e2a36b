"""The way back from taking a scenario away, carried by the browser under seal and kept nowhere else."""

from typing import Any

from flask import current_app, url_for

from followup.access.scope import OutOfScope
from followup.sealing import SealBroken, Sealer
from followup.settings import Settings
from followup.web.flashes import Undo

DAY = 24 * 60 * 60


def undo(team_id: int, kept: dict[str, Any]) -> Undo:
    sealed = _sealer().seal(_purpose(team_id), kept)
    url = url_for("scenarios.put_back", team_id=team_id)
    return Undo(url, fields={"kept": sealed}, describe=f"att {kept['name']} togs bort")


def opened(team_id: int, sealed: str) -> dict[str, Any]:
    try:
        kept: dict[str, Any] = _sealer().open(_purpose(team_id), sealed, seconds=DAY)
    except SealBroken as error:
        raise OutOfScope from error
    return kept


def _purpose(team_id: int) -> str:
    return f"scenario of {team_id}"


def _sealer() -> Sealer:
    settings: Settings = current_app.extensions["settings"]
    return Sealer(settings.keys)
