"""What has been published, once more, outside the database.

A database that is put back from a copy has forgotten what was published since; everybody else has not. The
next edition would take a number that is taken and be protected against too little. So each edition, with its
part of the disclosure register, lies sealed in the installation's folder, and a database that lacks it gets
it back.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.audit import service as audit
from followup.audit.events import Event
from followup.db import read_beside
from followup.editions import queries
from followup.editions.models import Edition, LedgerRecord
from followup.editions.stored import fingerprint
from followup.errors import Refusal
from followup.exports.files import FileNotWritten, whole_file
from followup.keys import KeyRing
from followup.organisation.models import Association
from followup.sealing import SealBroken, Sealer
from followup.settings import Settings
from followup.web.formats import enumeration

FOLDER = "editions"
ENDING = ".sealed"
COLUMNS = ("number", "period", "rule_version", "revision_reason", "content", "sha256", "files")


def named(numbers: list[str]) -> str:
    """As a sentence begins with them: "Utgåva 2026:1", "Utgåvorna 2026:1 och 2026:2"."""
    return f"{'Utgåva' if len(numbers) == 1 else 'Utgåvorna'} {enumeration(numbers)}"


class Lost(Refusal):
    def __init__(self, numbers: list[str]) -> None:
        super().__init__(
            f"{named(numbers)} har publicerats men finns inte i databasen, som troligen är återställd från "
            "en äldre kopia. Inget har publicerats. Be systemadministratören köra followup migrate eller "
            "starta om tjänsten; hjälper inte det säger startsidan Installationen vad som är fel."
        )


@dataclass(frozen=True, order=True)
class _Copy:
    """A file, by its name: in the order of publication."""

    year: int
    place: int
    sha256: str
    path: Path

    @property
    def number(self) -> str:
        return f"{self.year}:{self.place}"


class Copies:
    """The sealed editions of one förbund."""

    def __init__(self, settings: Settings, scope: Scope) -> None:
        self._folder = settings.instance / FOLDER
        self._keys: KeyRing = settings.keys
        self._scope = scope
        self._purpose = f"{FOLDER}:{scope.association_id}"

    def lost(self, session: Session) -> list[str]:
        """Numbers of editions that the database lacks, the earliest first."""
        return [copy.number for copy in self._lost(session)]

    def missing(self, session: Session) -> list[str]:
        """Numbers of editions that have no copy, the earliest first."""
        known = {copy.path.name for copy in self._copies()}
        every = reversed(queries.named(session, self._scope))
        return [each.number for each in every if self._name(each.number, each.sha256) not in known]

    def check(self, session: Session) -> None:
        """Raises Lost: nothing is published beside editions that the database has forgotten."""
        if numbers := self.lost(session):
            raise Lost(numbers)

    def keep(self, session: Session) -> None:
        """Write the copies that are missing. Raises FileNotWritten."""
        missing = self.missing(session)
        for edition in reversed(queries.editions(session, self._scope)) if missing else ():
            if edition.number in missing:
                self._write(session, edition)

    def keep_after(self, session: Session) -> None:
        """Write them when the session has saved. A full disk stops nobody: it is tried again each day."""

        def keep(saved: Session) -> None:
            with read_beside(saved) as beside, suppress(FileNotWritten):
                self.keep(beside)

        event.listen(session, "after_commit", keep, once=True)

    def take_back(self, session: Session) -> list[str]:
        """Give the database what it lacks, with an event for each. What cannot be given stays lost."""
        # One at a time, as when something is published.
        session.execute(
            select(Association.id).where(Association.id == self._scope.association_id).with_for_update()
        )
        taken = []
        for copy in self._lost(session):
            found = self._open(session, copy)
            if found is None:
                break  # the register is in the order of publication
            self._insert(session, *found)
            taken.append(copy.number)
        return taken

    def _open(self, session: Session, copy: _Copy) -> tuple[Edition, list[Any]] | None:
        """The edition and what it tells the register; None for what does not open, or has no place."""
        ids = {each.number: each.id for each in queries.named(session, self._scope)}
        try:
            record = Sealer(self._keys).open(self._purpose, copy.path.read_text(encoding="utf-8"))
            is_itself = copy.path.name == self._name(record["number"], fingerprint(record["content"]))
            if copy.number in ids or not is_itself:
                return None
            edition = Edition(
                association_id=self._scope.association_id,
                published_on=date.fromisoformat(record["published_on"]),
                revises=None if record["revises"] is None else ids[record["revises"]],
                **{name: record[name] for name in COLUMNS},
            )
            return edition, list(record["ledger"])
        except (OSError, SealBroken, ValueError, KeyError, TypeError):  # sealed by another version, too
            return None

    def _insert(self, session: Session, edition: Edition, ledger: list[Any]) -> None:
        session.add(edition)
        session.flush()
        own = {"association_id": self._scope.association_id, "edition_id": edition.id}
        session.add_all(LedgerRecord(record=told, **own) for told in ledger)
        audit.record(
            session, self._scope, Event.EDITION_TAKEN_BACK, edition=edition.number, sha256=edition.sha256
        )

    def _write(self, session: Session, edition: Edition) -> None:
        told = session.scalars(
            select(LedgerRecord.record)
            .where(
                LedgerRecord.association_id == self._scope.association_id,
                LedgerRecord.edition_id == edition.id,
            )
            .order_by(LedgerRecord.id)
        )
        numbers = {each.id: each.number for each in queries.named(session, self._scope)}
        record: Mapping[str, Any] = {
            **{name: getattr(edition, name) for name in COLUMNS},
            "published_on": edition.published_on.isoformat(),
            "revises": None if edition.revises is None else numbers[edition.revises],
            "ledger": list(told),
        }
        path = self._folder / self._name(edition.number, edition.sha256)
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            with whole_file(path) as write:
                write(Sealer(self._keys).seal(self._purpose, record).encode())
        except OSError as error:  # somebody else's folder
            raise FileNotWritten(path, error) from error

    def _name(self, number: str, sha256: str) -> str:
        return f"{self._scope.association_id}-{number.replace(':', '-')}-{sha256}{ENDING}"

    def _lost(self, session: Session) -> list[_Copy]:
        known = {self._name(each.number, each.sha256) for each in queries.named(session, self._scope)}
        return [copy for copy in sorted(self._copies()) if copy.path.name not in known]

    def _copies(self) -> Iterator[_Copy]:
        for path in self._folder.glob(f"{self._scope.association_id}-*{ENDING}"):
            with suppress(ValueError):
                _, year, place, sha256 = path.name.removesuffix(ENDING).split("-")
                yield _Copy(int(year), int(place), sha256, path)
