"""Commands that bring an installation to life and keep its tables current."""

import click

from followup.command import Failure, instance_folder, load_settings


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
        (folder / "demo.txt").write_text(sign_ins, encoding="utf-8")
        (folder / "demo.txt").chmod(0o600)
        click.echo(f"Demoförbundet finns i {folder}.\n{sign_ins}")
        return
    initialise(folder, name=name)
    click.echo(
        f"Installationen finns i {folder}. Spara en kopia av keys.json på ett annat säkert ställe.\n"
        "Skapa nu den första administratören: followup create-admin"
    )


@click.command(help="Uppdatera databasens tabeller efter en ny version av followup.")
def migrate() -> None:
    from followup.db import Database
    from followup.db.migrate import is_current, upgrade

    database = Database(load_settings().database_url)
    if is_current(database):
        click.echo("Databasen är redan uppdaterad.")
        return
    try:
        upgrade(database)
    except Exception as error:
        raise Failure(f"Databasen kunde inte uppdateras och är oförändrad: {error}") from error
    click.echo("Databasen är uppdaterad.")
