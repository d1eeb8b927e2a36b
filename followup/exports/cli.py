"""`followup export` takes the statistics out in a file; `followup verify` tries a package of them."""

from pathlib import Path
from typing import Any

import click

from followup.command import Failure, PeriodOption, load_settings, opened
from followup.exports.files import whole_file
from followup.exports.formats import CHOICES
from followup.exports.publication import Publication
from followup.keys import KeyRing
from followup.periods import Period


@click.command(
    help="Skriv förbundets statistik för en period till en fil.",
    epilog=(
        "Filen skrivs hel eller inte alls; en fil som redan finns ersätts. Slutkod 0: filen är skriven. "
        "1: inget är skrivet, till exempel för att månader saknas eller disken är full. "
        "2: kommandot är fel skrivet. Uttaget skrivs i händelseloggen med filens kontrollsumma."
    ),
)
@click.option(
    "--period",
    type=PeriodOption(),
    metavar="PERIOD",
    help="2023, 2023-JanAug, 2023-H1, 2023-T1, 2023-Q1, 2023-05 eller 2023-05-R12.",
)
@click.option("--edition", metavar="NUMMER", help="En publicerad utgåva i stället för en period: 2024:1.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(CHOICES)),
    required=True,
    help=(
        "xlsx: arbetsbok. docx: Word. pdf: tillgänglig PDF. csv: maskinläsbar. csv-excel: för Excel med "
        "svenska inställningar. px: PX-filer i ett zip-arkiv. jsonstat: JSON-stat 2.0. paket: allt, med "
        "kontrollsummor och underskrift."
    ),
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FIL",
    help="Filen som ska skrivas.",
)
def export(period: Period | None, edition: str | None, format_name: str, output: Path) -> None:
    from followup.exports.service import take_out

    if (period is None) == (edition is None):
        raise click.UsageError("Ange antingen --period eller --edition.")
    keys = load_settings().keys
    with opened() as (session, scope):
        publication = (
            _draft(session, scope, period, keys) if period else _published(session, scope, edition or "")
        )
    # The file takes its place after the commit: no figure leaves without a line in the log.
    with whole_file(output) as write, opened(write=True) as (session, scope):
        file = take_out(
            session=session, scope=scope, publication=publication, format_name=format_name, keys=keys
        )
        write(file.content)
    click.echo(f"{output}: statistik för {publication.period.label}. {publication.marking}.")


def _draft(session: Any, scope: Any, period: Period, keys: KeyRing) -> Publication:
    from followup.exports.service import prepare
    from followup.statistics.service import DISCLOSURE_KEY, association_statistics

    key = keys.derive(DISCLOSURE_KEY)
    statistics = association_statistics(session=session, scope=scope, period=period, key=key)
    return prepare(statistics=statistics, scope=scope)


def _published(session: Any, scope: Any, number: str) -> Publication:
    from followup.editions import queries, service

    found = {edition.number: edition for edition in queries.editions(session, scope)}
    if number not in found:
        raise Failure(f"Det finns ingen utgåva {number}. Det här finns: {', '.join(found) or 'ingen'}.")
    return service.published(found[number])


@click.command(
    help="Kontrollera att ett paket är som när det skrevs under. Behöver ingen installation och inget nät.",
    epilog=(
        "Slutkod 0: paketet är oförändrat. 1: något har ändrats, eller filen är inget paket. Utan "
        "--fingerprint säger kommandot vilken nyckel som skrev under, men inte vems den är."
    ),
)
@click.argument(
    "package", metavar="FIL", type=click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)
)
@click.option(
    "--fingerprint", metavar="FINGERAVTRYCK", help="Fingeravtrycket som står på förbundets sida om utgåvan."
)
def verify(package: Path, fingerprint: str | None) -> None:
    from followup.exports.signatures import MOST_BYTES, same_fingerprint, verify

    with package.open("rb") as file:
        verdict = verify(file.read(MOST_BYTES + 1))
    for fault in verdict.faults:
        click.echo(fault)
    if verdict.faults:
        raise Failure(f"{package.name} är inte som när det skrevs under. Hämta det på nytt.")
    click.echo(f"{package.name}: {verdict.files} filer är oförändrade och underskriften stämmer.")
    click.echo(f"Märkning: {verdict.marking}")
    click.echo(f"Nyckelns fingeravtryck: {verdict.fingerprint}")
    if fingerprint is None:
        click.echo("Jämför det med fingeravtrycket på förbundets sida om utgåvan.")
    elif not same_fingerprint(fingerprint, verdict.fingerprint):
        raise Failure("Fingeravtrycket är ett annat än det du angav. Paketet kommer från någon annan.")
