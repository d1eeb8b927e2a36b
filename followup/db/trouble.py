"""What a database said no with, in words for whoever runs a command."""

import re

from sqlalchemy.exc import OperationalError, SQLAlchemyError

# By words in what the driver says, which no driver translates. The first that is found counts.
SAYINGS = (
    (
        r"not a database|malformed",
        "Databasen är skadad, eller så är filen ingen databas. Lägg tillbaka den från säkerhetskopian.",
    ),
    (
        r"no such table|no such column|relation .* does not exist|column .* does not exist",
        "Databasens tabeller saknas eller hör till en annan version av followup. Kör followup migrate.",
    ),
    (r"permission denied", "Rollen i database_url får inte läsa eller ändra databasens tabeller."),
    (
        r"unable to open database file|readonly database",
        (
            "Databasen går inte att öppna eller skriva i. Kontrollera sökvägen i database_url, och att "
            "kontot som kör kommandot får skriva i filen och i mappen."
        ),
    ),
    (
        r"database is locked",
        "Databasen är upptagen av något som tar lång tid. Vänta en stund och försök igen.",
    ),
    (r"disk is full|No space left", "Disken är full. Gör plats och försök igen."),
    (
        r"connection (failed|is bad)|resolve host|timeout expired|server closed",
        (
            "Databasen svarar inte. Kontrollera att den är igång, och att server, roll, lösenord och "
            "databasens namn i database_url stämmer."
        ),
    ),
)
UNKNOWN = "Databasen svarar inte eller går inte att skriva i. Kontrollera den och försök igen."


def told(error: SQLAlchemyError) -> str | None:
    """What is wrong and what to do, or None where the database itself is well and the fault is ours.

    The driver's own words are never shown: they may repeat a row.
    """
    said = str(getattr(error, "orig", None) or error)
    known = next((words for pattern, words in SAYINGS if re.search(pattern, said)), None)
    return known or (UNKNOWN if isinstance(error, OperationalError) else None)
