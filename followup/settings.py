"""Everything an installation can choose, read once and frozen."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from followup.keys import KeyRing, KeyRingError

SETTINGS_FILE = "followup.toml"
DATABASE_FILE = "followup.sqlite3"
SHORTEST_SECRET = 32
POSTGRESQL = ("postgresql://", "postgresql+psycopg://")
MIGRATION_URL = "FOLLOWUP_MIGRATION_DATABASE_URL"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
KNOWN = {
    "database_url": str,
    "base_url": str,
    "idle_minutes": int,
    "session_hours": int,
    "accessibility_contact": str,
    "demo": bool,
    "trusted_proxies": int,
}


class SettingsError(Exception):
    """The installation cannot start with these settings; the text says how to mend them."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    instance: Path
    database_url: str = field(repr=False)
    base_url: str
    keys: KeyRing
    secret_key: str = field(repr=False)
    # The database again, for the role that owns its tables. Never in the file, which the service reads.
    migration_database_url: str = field(default="", repr=False)
    idle_minutes: int = 30
    session_hours: int = 10
    accessibility_contact: str = ""
    demo: bool = False
    # Reverse proxies of one's own in front, each of which adds the address it was called from to
    # X-Forwarded-For. With 0 the header is not believed: anybody can write anything there.
    trusted_proxies: int = 0

    @property
    def is_https(self) -> bool:
        return urlsplit(self.base_url).scheme == "https"

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @classmethod
    def load(cls, instance: Path, environ: Mapping[str, str] = os.environ) -> "Settings":
        try:
            keys = KeyRing.read(instance.resolve())
        except KeyRingError as error:
            raise SettingsError(str(error)) from error
        return cls.assemble(instance, keys, environ)

    @classmethod
    def assemble(cls, instance: Path, keys: KeyRing, environ: Mapping[str, str] = os.environ) -> "Settings":
        """What the file and the environment choose, around keys that are already at hand."""
        instance = instance.resolve()
        chosen = _read_file(instance / SETTINGS_FILE) | _read_environment(environ)
        settings = cls(
            instance=instance,
            database_url=chosen.pop("database_url", f"sqlite:///{instance / DATABASE_FILE}"),
            base_url=chosen.pop("base_url", "http://127.0.0.1:8000"),
            keys=keys,
            secret_key=environ.get("FOLLOWUP_SECRET_KEY") or keys.derive_text("session"),
            **chosen,
        )
        settings._check()
        return settings

    def _check(self) -> None:
        if len(self.secret_key) < SHORTEST_SECRET or len(set(self.secret_key)) < SHORTEST_SECRET // 4:
            raise SettingsError(
                "FOLLOWUP_SECRET_KEY är för svag. Ta bort variabeln så används installationens egen nyckel, "
                f"eller ange minst {SHORTEST_SECRET} slumpade tecken."
            )
        if not self.is_https and urlsplit(self.base_url).hostname not in LOOPBACK:
            raise SettingsError(
                f"base_url i {SETTINGS_FILE} börjar med http://. Andra datorer får bara nå tjänsten över "
                "https:// – ange en https-adress."
            )
        if not self.database_url.startswith(("sqlite:///", *POSTGRESQL)):
            raise SettingsError(
                "database_url ska börja med sqlite:/// eller postgresql://. "
                f"Rätta värdet i {SETTINGS_FILE} eller i FOLLOWUP_DATABASE_URL."
            )
        if self.migration_database_url and (
            self.is_sqlite or not self.migration_database_url.startswith(POSTGRESQL)
        ):
            raise SettingsError(
                f"{MIGRATION_URL} gäller bara PostgreSQL: både den och database_url ska börja med "
                "postgresql://. Rätta adresserna eller ta bort variabeln."
            )
        if not 1 <= self.idle_minutes <= 120 or not 1 <= self.session_hours <= 24:
            raise SettingsError(
                f"idle_minutes ska vara 1–120 och session_hours 1–24. Rätta värdena i {SETTINGS_FILE}."
            )
        if not 0 <= self.trusted_proxies <= 5:
            raise SettingsError(
                "trusted_proxies ska vara antalet egna proxyservrar framför tjänsten, 0–5. "
                f"Rätta värdet i {SETTINGS_FILE}."
            )


def _read_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        with path.open("rb") as file:
            content = tomllib.load(file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{SETTINGS_FILE} går inte att läsa: {error}. Rätta filen och försök igen."
        ) from error
    for name, value in content.items():
        if name == "migration_database_url":
            raise SettingsError(
                f"{name} får inte stå i {SETTINGS_FILE}, som tjänsten läser. Ta bort raden och ange "
                f"adressen i {MIGRATION_URL} när du kör followup migrate."
            )
        if name not in KNOWN:
            raise SettingsError(
                f"{SETTINGS_FILE} innehåller {name!r}, som inte finns. "
                f"Möjliga inställningar: {', '.join(KNOWN)}."
            )
        if type(value) is not KNOWN[name]:
            raise SettingsError(f"{name} i {SETTINGS_FILE} har fel slags värde. Rätta det och försök igen.")
    return content


def _read_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    names = {
        "FOLLOWUP_DATABASE_URL": "database_url",
        "FOLLOWUP_BASE_URL": "base_url",
        MIGRATION_URL: "migration_database_url",
    }
    return {field: environ[name] for name, field in names.items() if environ.get(name)}
