"""One request's work with a file: read it on trial, save what the trial accepted, take it back."""

from dataclasses import dataclass
from typing import Any, cast

from flask import current_app, url_for

from followup.access.gate import current_scope
from followup.access.roles import Permission
from followup.access.scope import OutOfScope
from followup.db import db_session
from followup.imports import carrying, guide, reading, service
from followup.imports.batches import open_batches, open_of
from followup.imports.blank import Blank, blank
from followup.imports.carrying import Load
from followup.imports.coverage import cover_participations
from followup.imports.declaring import spell_months
from followup.imports.forms import AssociationUploadForm, ConfirmForm, UploadForm
from followup.imports.kinds import (
    ACTIVITIES,
    HISTORY,
    OF_ASSOCIATION,
    OF_TEAMS,
    PARTICIPATIONS,
    PLAN,
    SCREENING,
    SURVEYS,
)
from followup.imports.models import ImportBatch
from followup.imports.results import Reading, together
from followup.imports.service import Imported
from followup.imports.spreadsheet import LARGEST_FILE
from followup.imports.understood import Understood, understood
from followup.organisation import queries as organisation
from followup.periods import Month
from followup.sealing import Sealer
from followup.web.formats import date_in_text, plural, sentence_start
from followup.web.tables import Cell, Column

MOST_SHOWN = 200
COLUMNS = [Column("Rad", numeric=True), Column("Orsak")]
KIND_WORDS = {
    PARTICIPATIONS: "deltagarlista",
    SCREENING: "våldsscreening",
    ACTIVITIES: "aktiviteter",
    PLAN: "mål och pengar",
    SURVEYS: "enkäter",
    HISTORY: "tidigare år",
}


@dataclass(frozen=True)
class Trial:
    """What the page about a trial shows: the first accepted rows as understood, and texts about the others.

    What a refused row says is never repeated: it may be somebody's number.
    """

    accepted: str
    refused: str
    notes: list[str]
    columns: list[Column]
    refused_rows: list[list[Cell]]
    warned_rows: list[list[Cell]]
    more: str
    more_warned: str
    understood: Understood | None
    declares: str
    form: ConfirmForm | None
    save_url: str
    back_url: str


class ImportDesk:
    """A team's lists, for its manager."""

    kinds: tuple[str, ...] = OF_TEAMS
    pages = ("imports.upload", "imports.save", "imports.undo", "imports.blank_team_list")

    def __init__(self) -> None:
        self.scope = current_scope()
        self.settings = cast(Any, current_app.extensions["settings"])

    @property
    def teams(self) -> list[tuple[str, str]]:
        return [
            (str(team.id), team.name)
            for team in organisation.own_teams(db_session, self.scope)
            if self.scope.can(Permission.IMPORT_ROWS, team.id)
        ]

    def upload_form(self) -> Any:
        form = UploadForm()
        form.offer(self.teams)
        return form

    @property
    def upload_url(self) -> str:
        return url_for(self.pages[0])

    @property
    def undo_url(self) -> str:
        return url_for(self.pages[2])

    def blank_url(self, kind: str) -> str:
        return url_for(self.pages[3], kind=kind)

    def blank(self, kind: str) -> Blank:
        return blank(kind, guide.columns(db_session, self.scope, kind))

    def guides(self) -> list[guide.KindGuide]:
        """What to write, for each kind in the order of the form."""
        every = guide.Guide(db_session, self.scope)
        return [every.of(kind, sentence_start(KIND_WORDS[kind])) for kind in self.kinds]

    def try_out(self, form: Any) -> Trial:
        kind, declare = form.kind.data, bool(form.declare.data)
        sheet = reading.find_sheet(form.file.read(LARGEST_FILE + 1), kind, self.kinds)
        found = reading.read(
            kind,
            session=db_session,
            scope=self.scope,
            sheet=sheet,
            default_team=form.default_team,
            declare=declare,
        )
        return self._show(found, Load(kind, found.rows, declare))

    def save(self, form: ConfirmForm) -> Imported:
        load = carrying.open_sealed(Sealer(self.settings.keys), self.scope, form.box.data or "")
        if load.kind not in self.kinds:
            raise OutOfScope
        return service.import_rows(
            load.kind, session=db_session, scope=self.scope, rows=load.rows, declare=load.declare
        )

    def told(self, done: Imported) -> str:
        """What was saved, and which months became complete with it."""
        sentences = [plural(done.batch.rows, "rad är inläst", "rader är inlästa")]
        names = dict(self.teams)
        for team_id, months in done.declared.items():
            if months:
                sentences.append(f"Klarmarkerat för {names[str(team_id)]}: {spell_months(months)}")
        if done.is_partial:
            sentences.append("Tidigare månader är inte klarmarkerade: ingen i filen slutade då")
        return "".join(f"{sentence}. " for sentence in sentences).rstrip()

    def open_batches(self) -> list[dict[str, str]]:
        return [self._describe(batch) for batch in open_batches(db_session, self.scope)]

    @staticmethod
    def _describe(batch: ImportBatch) -> dict[str, str]:
        words = KIND_WORDS[batch.kind], plural(batch.rows, "rad", "rader"), date_in_text(batch.imported_on)
        return {"id": batch.id, "text": sentence_start(", ".join(words))}

    def _show(self, found: Reading[Any], load: Load) -> Trial:
        refused, warned = together(found.refused), together(found.warnings)
        hidden, unseen = (len(each) - MOST_SHOWN for each in (refused, warned))
        return Trial(
            accepted=plural(len(found.accepted), "rad kan läsas in", "rader kan läsas in")
            if found.accepted
            else "Ingen rad kan läsas in",
            refused=plural(len(found.refused), "rad avvisas", "rader avvisas")
            if found.refused
            else "Ingen rad avvisas",
            notes=found.notes,
            columns=COLUMNS,
            refused_rows=_rows(refused),
            warned_rows=_rows(warned),
            more=f"Och {plural(hidden, 'orsak', 'orsaker')} till. Rätta de här först." if hidden > 0 else "",
            more_warned=f"Och {plural(unseen, 'sak', 'saker')} till att kontrollera." if unseen > 0 else "",
            understood=understood(load.kind, db_session, self.scope, found.accepted),
            declares=_declares(load),
            form=self._confirm_form(load) if found.accepted else None,
            save_url=url_for(self.pages[1]),
            back_url=self.upload_url,
        )

    def _confirm_form(self, load: Load) -> ConfirmForm:
        form = ConfirmForm(formdata=None)
        form.box.data = carrying.seal(Sealer(self.settings.keys), self.scope, load)
        return form


class AssociationDesk(ImportDesk):
    """Lists about the förbund, for the kansli."""

    kinds = OF_ASSOCIATION
    pages = (
        "imports.upload_association",
        "imports.save_association",
        "imports.undo_association",
        "imports.blank_list",
    )

    def upload_form(self) -> Any:
        return AssociationUploadForm()

    def try_out(self, form: Any) -> Trial:
        kind = form.kind.data
        sheet = reading.find_sheet(form.file.read(LARGEST_FILE + 1), kind, self.kinds)
        found = reading.read(kind, session=db_session, scope=self.scope, sheet=sheet)
        return self._show(found, Load(kind, found.rows, declare=False))

    def open_batches(self) -> list[dict[str, str]]:
        return [self._describe(batch) for batch in open_of(db_session, self.scope, self.kinds)]


def _rows(remarks: list[tuple[str, str]]) -> list[list[Cell]]:
    return [[Cell(lines), Cell(text)] for lines, text in remarks[:MOST_SHOWN]]


def _declares(load: Load) -> str:
    if not (load.declare and load.rows):
        return ""
    if load.kind == PARTICIPATIONS:
        first, last = cover_participations(load.rows)
    else:
        months: list[Month] = [row.place.month for row in load.rows]
        first, last = min(months), max(months)
    return f"Månaderna {first.label}–{last.label} klarmarkeras, så långt de är slut."
