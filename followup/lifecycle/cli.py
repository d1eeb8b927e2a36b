"""Commands that bring an installation to life and keep its tables current."""

import click

from followup.command import Failure, instance_folder, load_settings
from followup.settings import Settings


@click.command(help="Skapa en ny installation: nycklar, databas, kodlistor och förbundet.")
@click.option(
    "--name", default="Samordningsförbundet", show_default=True, metavar="NAMN", help="Förbundets namn."
)
@click.option("--demo", is_flag=True, help="Fyll på med ett påhittat förbund att prova i.")
def init(name: str, demo: bool) -> None:
    from followup.demo.service import create_demo
    from followup.lifecycle.service import initialise

    folder = instance_folder()
    if demo:
        sign_ins = initialise(folder, create=create_demo)
        (folder / "demo.txt").touch(mode=0o600)
        (folder / "demo.txt").write_text(sign_ins, encoding="utf-8")
        click.echo(f"Demoförbundet finns i {folder}.\n{sign_ins}")
        return
    initialise(folder, name=name)
    click.echo(
        f"Installationen finns i {folder}. Spara en kopia av keys.json på ett annat säkert ställe.\n"
        f"Skapa nu den första administratören: followup --instance {folder} create-admin"
    )


@click.command(help="Uppdatera databasens tabeller efter en ny version av followup.")
def migrate() -> None:
    from alembic.util import CommandError
    from sqlalchemy.exc import SQLAlchemyError

    from followup.db import trouble
    from followup.editions.copies import named
    from followup.lifecycle.daily import give_back_editions
    from followup.lifecycle.migration import bring_up_to_date

    settings = load_settings()
    settings.check_database_is_there()
    try:
        is_changed = bring_up_to_date(settings)
    except SQLAlchemyError as error:
        kind = type(getattr(error, "orig", None) or error).__name__
        words = trouble.told(error) or (
            f"Databasen kunde inte uppdateras ({kind}). Lägg tillbaka säkerhetskopian och försök igen."
        )
        raise Failure(f"{words} Inget har ändrats.") from error
    except CommandError as error:
        raise Failure(
            "Databasen hör till en annan version av followup än den här, troligen en nyare. Hämta den "
            "versionen och försök igen. Inget har ändrats."
        ) from error
    click.echo("Databasen är uppdaterad." if is_changed else "Databasen är redan uppdaterad.")
    if taken_back := give_back_editions(settings):
        click.echo(f"{named(taken_back)} saknades i databasen och är tillbaka.")
    if settings.migration_database_url:
        click.echo(_what_the_service_may(settings))


def _what_the_service_may(settings: Settings) -> str:
    from followup.db import Database
    from followup.lifecycle.doctor import examine_role

    database = Database(settings.database_url)
    with database.open(write=False) as session:
        found = examine_role(session)
    database.engine.dispose()
    return found.text
