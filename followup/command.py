"""What every command shares: where the installation lies, how it opens and how it says no."""

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from followup.errors import Refusal
from followup.periods import Period, PeriodError, parse_period
from followup.places import PACKAGE
from followup.settings import Settings, SettingsError

INSTANCE = "FOLLOWUP_INSTANCE"
LONGEST_SUMMARY = 500


def speak_swedish() -> None:
    """Let click's own words ("Usage", "Missing option") come from our catalogue."""
    os.environ["LANGUAGE"] = "sv"
    gettext.bindtextdomain("messages", PACKAGE / "locale")


class Failure(click.ClickException):
    """Exit status 1 with one Swedish message on standard error and nothing changed."""

    def show(self, file: Any = None) -> None:
        click.echo(f"Fel: {self.message}", err=True)


class Folder(click.Path):
    """Named here: click would ask for the name before it knows that it is to speak Swedish."""

    name = "mapp"

    def __init__(self) -> None:
        super().__init__(path_type=Path, file_okay=False)
        self.name = type(self).name


class Whole(click.Group):
    """Lists its commands with their whole first sentence, over as many lines as it takes."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            command.options_metavar = "[VAL]"
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        names = self.list_commands(ctx)
        found = [(name, command) for name in names if (command := self.get_command(ctx, name)) is not None]
        rows = [(name, command.get_short_help_str(LONGEST_SUMMARY)) for name, command in found]
        with formatter.section(gettext.gettext("Commands")):
            formatter.write_dl(rows)


class Root(Whole):
    """Takes `--instance DIR` before or after the command, since scripts put it in both places."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        front, rest, words = [], [], iter(args)
        for word in words:
            if word == "--instance":
                front += [word, *([value] if (value := next(words, None)) is not None else [])]
            elif word.startswith("--instance="):
                front.append(word)
            elif word == "--":
                rest += [word, *words]
            else:
                rest.append(word)
        return super().parse_args(context, front + rest)

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (Refusal, SettingsError) as error:
            raise Failure(str(error)) from error


class PeriodOption(click.ParamType[Period]):
    name = "period"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        if isinstance(value, Period):
            return value
        try:
            return parse_period(str(value))
        except PeriodError as error:
            return self.fail(str(error), param, ctx)


def instance_folder() -> Path:
    return click.get_current_context().find_root().obj["instance"]


def load_settings() -> Settings:
    return Settings.load(instance_folder())


@contextmanager
def opened(*, write: bool = False) -> Iterator[tuple[Any, Any]]:
    """The installation's session and the operator's scope, in one transaction."""
    from sqlalchemy.exc import SQLAlchemyError

    from followup.access.scope import Scope
    from followup.db import Database, trouble

    settings = load_settings()
    settings.check_database_is_there()
    database = Database(settings.database_url)
    try:
        with database.session(write=write) as session:
            association_id, teams = _association_and_teams(session)
            yield session, Scope.of_command(association_id, teams)
    except SQLAlchemyError as error:
        if (words := trouble.told(error)) is None:
            raise
        raise Failure(f"{words} Inget har sparats.") from error
    finally:
        database.engine.dispose()


def _association_and_teams(session: Any) -> tuple[int, set[int]]:
    from sqlalchemy import select

    from followup.organisation.models import Association, Team

    known = session.scalars(select(Association.id).limit(2)).all()
    if not known:
        raise Failure(
            "Databasen har inget förbund. Kontrollera database_url, eller skapa en ny installation med "
            "followup init."
        )
    if len(known) > 1:
        raise Failure("Databasen har flera förbund. Kommandot arbetar bara med ett.")
    return known[0], set(session.scalars(select(Team.id).where(Team.association_id == known[0])))
