"""What an attack finds."""

from enum import Enum
from typing import NamedTuple

from followup.disclosure.intruder.groups import Group


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
    """What somebody can work out.

    low, high  bound the number of people that is given away; None where there is no such number
    group      who they are, where no table has them
    """

    exposure: Exposure
    place: str
    low: int | None = None
    high: int | None = None
    group: Group | None = None
