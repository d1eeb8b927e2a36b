"""What an installation needs, whether it has it, and how to mend what it lacks."""

import os
import shutil
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from followup import clock
from followup.access.queries import teams_with_manager
from followup.access.scope import Scope
from followup.db import roles
from followup.db.sqlite import PRAGMAS
from followup.editions.copies import FOLDER, Copies, named
from followup.keys import KEY_FILE
from followup.organisation import queries as organisation
from followup.organisation.models import Team, TeamKind
from followup.periods import Month
from followup.places import MIGRATIONS
from followup.settings import MIGRATION_URL, SETTINGS_FILE, Settings
from followup.web.formats import enumeration

SPACE_NEEDED = 1_000_000_000
# As SQLite reports what was asked for by name.
REPORTED = {"FULL": "2", "ON": "1", "WAL": "wal", "MEMORY": "2"}
GUIDE = "”En egen roll för tabellerna” i docs/reference/drift.md"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: as it should be, or how to mend it, and on which page if it is on one."""

    is_well: bool
    text: str
    page: str = ""


_OWNER_AT_HAND = Finding(
    False,
    f"Tjänsten har {MIGRATION_URL} i sin miljö och kan därför ändra tabellerna. Ta bort den där och ange "
    "den bara när du kör followup migrate.",
)


def examine(session: Session, scope: Scope, settings: Settings) -> list[Finding]:
    """Everything at once, in the order of how much harm it does."""
    return [
        _keys(settings),
        _tables(session),
        *([_pragmas(session)] if settings.is_sqlite else [examine_role(session)]),
        *([_OWNER_AT_HAND] if settings.migration_database_url else []),
        *_editions(session, scope, settings),
        _room(settings),
        _backup(),
        _address(settings),
        *([Finding(False, "Installationen är en demo. Skriv inget verkligt här.")] if settings.demo else []),
        _managers(session, scope),
        _contact(settings),
    ]


def _keys(settings: Settings) -> Finding:
    path = settings.instance / KEY_FILE
    if os.name == "posix" and path.exists() and path.stat().st_mode & 0o077:
        return Finding(False, f"Andra användare på servern kan läsa nyckelfilen. Kör: chmod 600 {path}")
    return Finding(True, "Bara tjänsten kan läsa nyckelfilen.")


def _tables(session: Session) -> Finding:
    wanted = max(path.stem.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    if session.scalar(text("SELECT version_num FROM alembic_version")) == wanted:
        return Finding(True, "Databasens tabeller hör till den här versionen av followup.")
    return Finding(
        False, "Databasens tabeller hör till en annan version. Stoppa tjänsten och kör: followup migrate"
    )


def _pragmas(session: Session) -> Finding:
    wrong = [
        name
        for name, wanted in PRAGMAS.items()
        if str(session.scalar(text(f"PRAGMA {name}"))) != REPORTED.get(wanted, wanted)
    ]
    if not wrong:
        return Finding(True, "Databasen skriver säkert, håller ihop och skriver över det som tas bort.")
    return Finding(False, f"Databasen har fel inställning för {enumeration(wrong)}. Starta om tjänsten.")


def examine_role(session: Session) -> Finding:
    """What the service may do in PostgreSQL, whose walls do not hold everybody back."""
    role = roles.role_of(session)
    if roles.passes_walls(session):
        return Finding(
            False,
            f"Tjänsten loggar in i databasen som {role}, som inte hindras av skyddet mellan förbunden. Låt "
            "databasens administratör ta bort SUPERUSER och BYPASSRLS från rollen, eller ange en annan i "
            "database_url.",
        )
    if roles.owns_tables(session):
        return Finding(
            False,
            f"Tjänsten loggar in i databasen som {role}, som äger tabellerna eller databasen och kan ta bort "
            f"skyddet i den. Låt en egen roll äga båda, se {GUIDE}.",
        )
    return Finding(True, f"Tjänsten, {role}, läser och skriver i databasen men kan inte ändra dess tabeller.")


def _editions(session: Session, scope: Scope, settings: Settings) -> list[Finding]:
    copies = Copies(settings, scope)
    found = []
    if lost := copies.lost(session):
        found.append(
            Finding(
                False,
                f"{named(lost)} har publicerats men finns inte i databasen, och går inte att läsa in från "
                f"mappen {FOLDER}. Tills dess kan inget publiceras. Lägg tillbaka en nyare säkerhetskopia av "
                "databasen eller nyckelfilen. Har mappen hört till en annan installation: flytta ut filen. "
                "Starta sedan om tjänsten.",
            )
        )
    if missing := copies.missing(session):
        found.append(
            Finding(
                False,
                f"{named(missing)} saknar kopia i mappen {FOLDER}. Kontrollera att tjänsten får "
                "skriva i installationens mapp, och starta om den.",
            )
        )
    return found or [Finding(True, "Varje utgåva finns också utanför databasen.")]


def _room(settings: Settings) -> Finding:
    if shutil.disk_usage(settings.instance).free >= SPACE_NEEDED:
        return Finding(True, "Det finns gott om plats på disken.")
    return Finding(
        False, "Mindre än 1 GB är ledigt på disken. Gör plats, annars går det snart inte att spara."
    )


def _backup() -> Finding:
    return Finding(
        False,
        f"Säkerhetskopiering är inte inställd i followup. Se till att databasen och mappen {FOLDER} kopieras "
        "varje dag, och att nyckelfilen finns på ett annat ställe än kopiorna.",
    )


def _address(settings: Settings) -> Finding:
    if settings.is_https:
        return Finding(True, "Trafiken är krypterad.")
    return Finding(
        False,
        f"Tjänsten nås bara från servern själv. Ange en https-adress som base_url i {SETTINGS_FILE} innan "
        "andra ska använda den.",
    )


def _managers(session: Session, scope: Scope) -> Finding:
    led = teams_with_manager(session, scope)
    teams = [team for team in organisation.all_teams(session, scope) if _is_working(team)]
    if not teams:
        return Finding(
            False, "Förbundet har inget team med deltagare. Lägg upp det första.", "system/team/nytt"
        )
    without = [team.name for team in teams if team.id not in led]
    if not without:
        return Finding(True, "Varje team har en verksamhetsledare som kan klarmarkera månader.")
    return Finding(
        False,
        f"Ingen kan klarmarkera månader i {enumeration(without)}. Bjud in en verksamhetsledare.",
        "system/konton/ny",
    )


def _is_working(team: Team) -> bool:
    """An advisory team has no months to declare."""
    is_open = team.closed is None or team.closed >= Month.of(clock.today())
    return is_open and team.kind == TeamKind.COORDINATION


def _contact(settings: Settings) -> Finding:
    if settings.accessibility_contact:
        return Finding(True, "Tillgänglighetsredogörelsen säger vart man vänder sig.")
    return Finding(
        False,
        "Tillgänglighetsredogörelsen saknar en adress att höra av sig till. Ange accessibility_contact i "
        f"{SETTINGS_FILE}.",
    )
