"""What an attack finds."""

from enum import Enum
from typing import NamedTuple


class Exposure(Enum):
    """What went wrong, in words for the report."""

    SHOWN = "en liten uppgift visas öppet"
    NARROW = "en dold uppgift kan räknas ut eller begränsas till få personer"
    UNTOLD = "går att räkna ut av det som visas, och är få personer"
    EVERYBODY = "alla eller nästan alla i en grupp har samma uppgift"
    DIFFERENCE = "skillnaden mellan visade uppgifter är få personer"
    MOVED = "den som vet att någon registrerades sent eller togs bort ser att det var här"
    CONTRADICTION = "uppgifterna motsäger varandra"
    UNSETTLED = "uppgifterna hann inte prövas"


class Finding(NamedTuple):
    """`low` and `high` bound the number of people that is given away; None where there is no such number."""

    exposure: Exposure
    place: str
    low: int | None = None
    high: int | None = None
