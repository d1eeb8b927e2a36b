"""How an address names a row: sealed for one person and one working day.

The row's key in an address would stay in browser histories and could be copied into a case file, and would
then be the handle to a person that the register must not have.
"""

from flask import current_app

from followup.access.gate import current_scope
from followup.access.scope import OutOfScope
from followup.sealing import SealBroken, Sealer
from followup.settings import Settings


def token_of(key: str) -> str:
    return Sealer(_settings().keys).seal(_purpose(), key)


def key_of(token: str) -> str:
    try:
        opened = Sealer(_settings().keys).open(_purpose(), token, seconds=_settings().session_hours * 3600)
    except SealBroken as error:
        raise OutOfScope from error
    return str(opened)


def _purpose() -> str:
    return f"row for {current_scope().actor}"


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
