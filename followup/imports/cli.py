"""Reading files in from the command line, for whoever sets an installation up or checks one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from followup.command import Failure, Whole, opened
from followup.errors import why_unopened
from followup.imports.results import Reading, together
from followup.periods import Month, PeriodError
from followup.web.formats import counted

REFUSED = 1
MOST_SHOWN = 20
KIND_WORDS = {
    "participations": "deltaganden",
    "screening": "våldsscreening",
    "activities": "aktiviteter",
    "plan": "mål och pengar",
    "surveys": "enkäter",
    "history": "tidigare år",
}
STATE_WORDS = {"open": "kan ångras", "settled": "fastställd", "undone": "ångrad"}


class MonthParameter(click.ParamType[Month]):
    name = "ÅÅÅÅ-MM"

    def convert(self, value: Any, param: Any, ctx: Any) -> Month:
        try:
            return value if isinstance(value, Month) else Month.parse(value)
        except PeriodError as error:
            self.fail(str(error), param, ctx)


@click.group(
    cls=Whole,
    name="import",
    help="Läs in listor från kalkylblad (CSV eller Excel), eller ångra en inläsning.",
)
def import_group() -> None:
    pass


def options_of_every_file(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(
        (
            click.argument("file", metavar="FIL", type=click.Path(path_type=Path, dir_okay=False)),
            click.option("--dry-run", is_flag=True, help="Visa vad som skulle läsas in utan att spara."),
            click.option("--skip-refused", is_flag=True, help="Läs in resten även om en del rader avvisas."),
        )
    ):
        command = option(command)
    return command


def options_of_a_file(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(
        (
            click.option(
                "--declare-complete", is_flag=True, help="Klarmarkera de avslutade månader som filen täcker."
            ),
            click.option("--create-teams", is_flag=True, help="Lägg upp team i filen som saknas."),
            click.option("--team", metavar="NAMN", help="Teamet, om filen saknar kolumnen Team."),
        )
    ):
        command = option(command)
    return options_of_every_file(command)


@import_group.command(help="Läs in ett teams lista: en rad per deltagande. Dagar blir vecka och månad.")
@options_of_a_file
@click.option(
    "--complete-from",
    type=MonthParameter(),
    help="Första månad att klarmarkera. Annars januari det år då de första i listan avslutades.",
)
def participations(file: Path, complete_from: Month | None, **choices: Any) -> None:
    _import("participations", file, complete_from=complete_from, **choices)


@import_group.command(help="Läs in våldsscreening: en rad per team, månad, omgång och kön.")
@options_of_a_file
def screening(file: Path, **choices: Any) -> None:
    _import("screening", file, **choices)


@import_group.command(help="Läs in aktiviteter: en rad per aktivitet, med antal deltaganden.")
@options_of_every_file
def activities(file: Path, **choices: Any) -> None:
    _import("activities", file, **choices)


@import_group.command(help="Läs in mål och pengar: en rad per insats och år. Insatser som saknas läggs upp.")
@options_of_every_file
def plan(file: Path, **choices: Any) -> None:
    _import("plan", file, **choices)


@import_group.command(help="Läs in enkäter: en rad per år, grupp och område. Bara sammanställda värden.")
@options_of_every_file
def surveys(file: Path, **choices: Any) -> None:
    _import("surveys", file, **choices)


@import_group.command(help="Läs in tal ur tidigare årsredovisningar: en rad per år och indikator.")
@options_of_every_file
def history(file: Path, **choices: Any) -> None:
    _import("history", file, **choices)


@import_group.command(
    help="Läs in kölängder från tiden före deltagarlistan: en rad per team och månad, antal vid dess slut."
)
@click.argument("file", metavar="FIL", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle läsas in utan att spara.")
def queue(file: Path, dry_run: bool) -> None:
    from followup.imports import queue_rows
    from followup.queues.service import fill_in_history

    content = _read(file)
    with opened(write=not dry_run) as (session, scope):
        reading = queue_rows.read_file(session, scope, content)
        _show(reading)
        if reading.refused:
            refused = counted(len(reading.refused), "rad avvisades", "rader avvisades")
            raise Failure(f"{refused}. Ingenting har sparats. Rätta listan och försök igen.")
        if not dry_run:
            fill_in_history(session=session, scope=scope, counts=queue_rows.by_team(reading))
    read = counted(len(reading.accepted), "kölängd", "kölängder")
    click.echo(f"{read} {'kan läsas in' if dry_run else 'är inlästa'}.")


@import_group.command(help="Ångra en inläsning helt, om ingen har ändrat raderna sedan dess.")
@click.argument("batch", metavar="NUMMER")
def undo(batch: str) -> None:
    from followup.imports.service import undo_batch

    with opened(write=True) as (session, scope):
        undone = undo_batch(session=session, scope=scope, batch_id=batch)
    rows = counted(undone.rows, "rad är borttagen", "rader är borttagna")
    click.echo(f"Inläsning {undone.id} är ångrad. {rows}.")


@import_group.command(help="Fastställ en inläsning: den kan sedan inte ångras.")
@click.argument("batch", metavar="NUMMER")
def settle(batch: str) -> None:
    from followup.imports.service import settle_batch

    with opened(write=True) as (session, scope):
        settled = settle_batch(session=session, scope=scope, batch_id=batch)
    click.echo(f"Inläsning {settled.id} är fastställd.")


@import_group.command("list", help="Visa inläsningarna och vilka som kan ångras.")
def list_batches() -> None:
    from followup.imports.queries import batches

    with opened() as (session, scope):
        for batch in batches(session, scope):
            words = KIND_WORDS[batch.kind], counted(batch.rows, "rad", "rader"), STATE_WORDS[batch.state]
            click.echo("\t".join((batch.id, f"{batch.imported_on:%Y-%m-%d}", *words)))


def _import(
    kind: str,
    file: Path,
    *,
    dry_run: bool,
    skip_refused: bool,
    declare_complete: bool = False,
    create_teams: bool = False,
    team: str | None = None,
    complete_from: Month | None = None,
) -> None:
    from followup.imports.run import Run

    run = Run(kind, declare=declare_complete, complete_from=complete_from, team_name=team)
    content = _read(file)
    # A trial may create teams to read against; nothing of it is committed.
    with opened(write=not dry_run) as (session, scope):
        reading = run.read(session, scope, content, create_teams=create_teams)
        if run.new_teams and not dry_run:
            click.echo(f"Nya team: {', '.join(run.new_teams)}.")
        _show(reading)
        if dry_run:
            readable = counted(len(reading.accepted), "rad", "rader")
            click.echo(f"Prov: {readable} kan läsas in, {len(reading.refused)} avvisas.")
            click.get_current_context().exit(REFUSED if reading.refused else 0)
        if reading.refused and not skip_refused:
            raise Failure(
                f"{len(reading.refused)} av {len(reading.accepted) + len(reading.refused)} rader avvisades. "
                "Ingenting har sparats. Rätta raderna, eller läs in resten med --skip-refused."
            )
        done = run.write(session, reading)
    for line in run.report(done):
        click.echo(line)


def _read(file: Path) -> bytes:
    from followup.imports.spreadsheet import LARGEST_FILE

    try:
        with file.open("rb") as opened_file:
            return opened_file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Failure(f"Filen går inte att öppna: {why_unopened(error)}. Kontrollera sökvägen.") from error


def _show(reading: Reading[Any]) -> None:
    """Remarks go to standard error, so that a script's output stays its own."""
    for note in reading.notes:
        click.echo(f"Obs: {note}", err=True)
    for word, remarks in (("Varning", reading.warnings), ("Avvisad", reading.refused)):
        found = together(remarks)
        for lines, text in found[:MOST_SHOWN]:
            click.echo(f"{word}, rad {lines}: {' '.join(text.splitlines())}", err=True)
        if len(found) > MOST_SHOWN:
            click.echo(f"{word}: {counted(len(found) - MOST_SHOWN, 'orsak', 'orsaker')} till.", err=True)
