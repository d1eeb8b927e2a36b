"""`followup attack`: what finished files give away, for anybody who has them. Needs no installation."""

from pathlib import Path

import click

from followup.command import Failure

LEAST = 3


class NotRead(Failure):
    """Exit status 2: what could not be read has not been tried, and nothing is said of it."""

    exit_code = 2


def _large_enough(_context: click.Context, _option: click.Parameter, threshold: int) -> int:
    if threshold < LEAST:
        raise click.BadParameter(f"den minsta grupp som en regel kan ha är {LEAST}.")
    return threshold


@click.command(
    help="Försök räkna ut dolda uppgifter i färdiga filer, alla tillsammans. Behöver ingen installation.",
    epilog=(
        "Läser Excel, Word, PDF, CSV, PX, JSON-stat och hela paketet. "
        "Slutkod 0: inget hittades. 1: något hittades. 2: en fil gick inte att läsa, helt eller delvis."
    ),
)
@click.argument(
    "files", metavar="FIL...", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False)
)
@click.option(
    "--threshold",
    type=int,
    callback=_large_enough,
    metavar="ANTAL",
    default=5,
    show_default=True,
    help="Minsta grupp i regeln.",
)
@click.option("--show", is_flag=True, help="Visa också mellan vilka antal uppgiften går att ringa in.")
def attack(files: tuple[Path, ...], threshold: int, show: bool) -> None:
    from followup.attack.service import UnreadableFile, attack_files
    from followup.disclosure import Rule
    from followup.web.formats import enumeration, plural

    try:
        report = attack_files(files, rule=Rule(threshold=threshold, screening_threshold=max(10, threshold)))
    except UnreadableFile as unreadable:
        raise NotRead(unreadable.message) from unreadable
    for finding in report.findings:
        between = f" – mellan {finding.low} och {finding.high}" if show and finding.low is not None else ""
        click.echo(f"{finding.place}: {finding.exposure.value}{between}.")
    tried = plural(report.cells, "uppgift", "uppgifter")
    click.echo(f"Prövat: {tried} i {plural(len(files), 'fil', 'filer')}, tillsammans.")
    if len(report.editions) > 1:
        click.echo(f"Utgåvorna är prövade i tur och ordning: {', '.join(report.editions)}.")
    if report.set_aside:
        click.echo(
            f"Inte prövat: {enumeration(report.set_aside)}, som inte räknar personer eller som upprepar vad "
            "de andra tabellerna berättar. Jämför dem för hand om filen kan ha ändrats."
        )
    if report.unknown:
        click.echo(
            f"{report.unknown} uppgifter gick inte att tolka och är inte prövade. Kontrollera att filerna är "
            "oförändrade och att kodlistornas namn är de som följer med followup.",
            err=True,
        )
    for name in report.changed:
        click.echo(
            f"{name} är ändrad eller avkortad sedan den togs fram: innehållet stämmer inte med filens "
            "kontrollsumma. Hämta den på nytt.",
            err=True,
        )
    if report.exposed:
        exposed = plural(len(report.exposed), "uppgift", "uppgifter")
        raise Failure(f"{exposed} röjs. Filerna får inte spridas.")
    if report.findings:
        raise Failure(
            "Filerna gick inte att pröva färdigt. Motsäger de varandra hör de inte ihop, eller så har någon "
            "av dem ändrats. Sprid dem inte."
        )
    if report.unknown:
        raise NotRead("Inget hittades bland det som gick att tolka, men allt är inte prövat.")
    if report.changed:
        raise NotRead("Inget hittades i filerna som de är nu, men det som togs fram är inte prövat.")
    if not report.cells:
        raise NotRead("Det finns inga tabeller att pröva i filerna.")
    click.echo("Inget går att räkna ut.")
