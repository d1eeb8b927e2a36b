"""Everything an installation can choose, read once and frozen."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from followup.errors import why_unopened
from followup.keys import KeyRing, KeyRingError

SETTINGS_FILE = "followup.toml"
DATABASE_FILE = "followup.sqlite3"
SHORTEST_SECRET = 32
POSTGRESQL = ("postgresql://", "postgresql+psycopg://")
MIGRATION_URL = "FOLLOWUP_MIGRATION_DATABASE_URL"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
SQLITE = "sqlite:///"
KINDS = {str: "text inom citattecken", int: "ett heltal utan citattecken", bool: "true eller false"}
KNOWN: dict[str, type] = {
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

    @property
    def database_file(self) -> Path | None:
        """Where SQLite keeps it."""
        from sqlalchemy.engine import make_url

        return Path(make_url(self.database_url).database or "") if self.is_sqlite else None

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
            base_url=chosen.pop("base_url", "http://127.0.0.1:8000").removesuffix("/"),
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
        self._check_address()
        _check_database_address(self.database_url, (SQLITE, *POSTGRESQL), "database_url")
        if self.migration_database_url and self.is_sqlite:
            raise SettingsError(
                f"{MIGRATION_URL} gäller bara PostgreSQL, och database_url leder till SQLite. Rätta "
                "adressen eller ta bort variabeln."
            )
        if self.migration_database_url:
            _check_database_address(self.migration_database_url, POSTGRESQL, MIGRATION_URL)
        if not 1 <= self.idle_minutes <= 120 or not 1 <= self.session_hours <= 24:
            raise SettingsError(
                f"idle_minutes ska vara 1–120 och session_hours 1–24. Rätta värdena i {SETTINGS_FILE}."
            )
        if not 0 <= self.trusted_proxies <= 5:
            raise SettingsError(
                "trusted_proxies ska vara antalet egna proxyservrar framför tjänsten, 0–5. "
                f"Rätta värdet i {SETTINGS_FILE}."
            )

    def _check_address(self) -> None:
        try:
            address = urlsplit(self.base_url)
            is_whole = address.port != 0 and re.fullmatch(r"https?://[^\s/?#@]+", self.base_url)
        except ValueError:
            is_whole = None
        if not is_whole:
            raise SettingsError(
                "base_url ska vara adressen som användarna skriver, utan sökväg, till exempel "
                f"https://uppfoljning.example.se. Rätta den i {SETTINGS_FILE} eller i FOLLOWUP_BASE_URL."
            )
        if not self.is_https and address.hostname not in LOOPBACK:
            raise SettingsError(
                "base_url börjar med http://. Andra datorer får bara nå tjänsten över https:// – ange en "
                f"https-adress i {SETTINGS_FILE} eller i FOLLOWUP_BASE_URL."
            )

    def check_database_is_there(self) -> None:
        """SQLite would make an empty file of a misspelt or lost one, and say nothing."""
        if (file := self.database_file) is not None and not file.exists():
            raise SettingsError(
                f"Databasen {file.absolute()} saknas. Lägg tillbaka den från säkerhetskopian, eller rätta "
                f"database_url i {SETTINGS_FILE} eller i FOLLOWUP_DATABASE_URL."
            )


def _check_database_address(address: str, beginnings: tuple[str, ...], name: str) -> None:
    """That it can be taken apart at all; its own words are not repeated, for it may hold a password."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        is_whole = address.startswith(beginnings) and make_url(address).database
    except (ArgumentError, ValueError):
        is_whole = None
    if not is_whole:
        kinds = " eller ".join(beginning for beginning in beginnings if "+" not in beginning)
        raise SettingsError(
            f"{name} går inte att läsa. Den ska börja med {kinds} och sluta med databasens namn. "
            "Tecknen @ / : i lösenordet skrivs %40, %2F och %3A."
        )


def _read_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"{path} går inte att läsa: {why_unopened(error)}.") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{SETTINGS_FILE} går inte att läsa. Spara den som text i UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"rad {line[1]}" if line else "slutet"
        raise SettingsError(
            f"{SETTINGS_FILE} går inte att läsa: {where} är felskriven. En inställning skrivs som "
            'base_url = "https://uppfoljning.example.se", en på varje rad.'
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
            raise SettingsError(f"{name} i {SETTINGS_FILE} har fel slags värde: skriv {KINDS[KNOWN[name]]}.")
    return content


def _read_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    names = {
        "FOLLOWUP_DATABASE_URL": "database_url",
        "FOLLOWUP_BASE_URL": "base_url",
        MIGRATION_URL: "migration_database_url",
    }
    return {field: environ[name] for name, field in names.items() if environ.get(name)}
