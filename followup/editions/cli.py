"""`followup publish`: the annual or interim statistics as a frozen edition."""

import click

from followup.command import PeriodOption, load_settings, opened
from followup.periods import Period


@click.command(
    help="Publicera statistiken för en period som en utgåva, som sedan aldrig ändras.",
    epilog="Slutkod 0: utgåvan är publicerad. 1: inget är publicerat, och skälet står i meddelandet.",
)
@click.option("--period", type=PeriodOption(), required=True, metavar="PERIOD", help="Till exempel 2023.")
@click.option("--reason", metavar="KOD", help="Skäl att revidera: SEN, RAT eller REG.")
def publish(period: Period, reason: str | None) -> None:
    from followup.editions import rehearsal

    settings = load_settings()
    with opened(write=True) as (session, scope):
        edition = rehearsal.publish(
            session=session, scope=scope, period=period, settings=settings, reason=reason
        )
    click.echo(f"Utgåva {edition.number} är publicerad: statistik för {period.label}.")
