"""Why nothing can be published, in Swedish: which tables, which earlier editions, and what to do."""

from collections.abc import Iterable

from followup.disclosure.collect import Collection, Entry, names_of
from followup.disclosure.errors import ProtectionFailed
from followup.disclosure.ground import PromiseBroken


def contradiction(collection: Collection, entries: Iterable[Entry]) -> ProtectionFailed:
    """The counts fit no table of people."""
    tables = names_of(collection, entries)
    return ProtectionFailed(
        f"Antalen i tabellerna {', '.join(tables)} går inte ihop med varandra. "
        "Kontrollera uttaget och gör om utkastet.",
        tables=tables,
    )


def refusal(collection: Collection, entries: Iterable[Entry], broken: PromiseBroken) -> ProtectionFailed:
    """What these entries would tell breaks what earlier editions promised."""
    editions = tuple(sorted(broken.editions))
    blamed = [entry for entry in entries if entry.exempt and entry.places]
    tables = names_of(collection, blamed) or names_of(collection, entries)
    return ProtectionFailed(
        f"Tabell {', '.join(_numbers(tables))} kan inte publiceras: tillsammans med tidigare utgåva "
        f"{', '.join(editions)} skulle uppgifter om få personer gå att räkna ut. "
        "Har något registrerats sent, publicera först en revidering av den utgåvan. "
        "Nekas också den, eller är inget registrerat sent: vänta till nästa period.",
        tables=tables,
        editions=editions,
    )


def _numbers(tables: Iterable[str]) -> list[str]:
    """T1 for "T1-per team", each once, T9 before T10."""
    return sorted({name.partition("-")[0] for name in tables}, key=lambda number: (len(number), number))
