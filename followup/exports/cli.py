"""`followup export`: the annual and interim statistics in a file, for scripts and auditors."""

from pathlib import Path

import click

from followup.command import PeriodOption, load_settings, opened
from followup.exports.files import whole_file
from followup.exports.formats import FORMATS
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
    required=True,
    metavar="PERIOD",
    help="2023, 2023-JanAug, 2023-H1, 2023-T1, 2023-Q1, 2023-05 eller 2023-05-R12.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(FORMATS)),
    required=True,
    help=(
        "xlsx: arbetsbok. docx: Word. pdf: tillgänglig PDF. csv: maskinläsbar. csv-excel: för Excel med "
        "svenska inställningar. px: PX-filer i ett zip-arkiv. jsonstat: JSON-stat 2.0."
    ),
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FIL",
    help="Filen som ska skrivas.",
)
def export(period: Period, format_name: str, output: Path) -> None:
    from followup.exports.service import prepare, take_out
    from followup.statistics.service import DISCLOSURE_KEY, association_statistics

    key = load_settings().keys.derive(DISCLOSURE_KEY)
    with opened() as (session, scope):
        statistics = association_statistics(session=session, scope=scope, period=period, key=key)
        publication = prepare(statistics=statistics, scope=scope)
    # The file takes its place after the commit: no figure leaves without a line in the log.
    with whole_file(output) as write, opened(write=True) as (session, scope):
        file = take_out(session=session, scope=scope, publication=publication, format_name=format_name)
        write(file.content)
    click.echo(f"{output}: statistik för {period.label}. {publication.marking}.")
