"""People who are counted twice: in one population, and in another one."""

from typing import NamedTuple


class Kin(NamedTuple):
    """Whoever is counted in one population with this event is counted with it in `population`, too.

    As whoever starts from a queue is a participant who started then.
    """

    population: str
    event: str
