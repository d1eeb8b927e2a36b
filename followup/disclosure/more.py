"""What there is more to protect, and to hide, than the tables of a release ask for by themselves."""

from dataclasses import dataclass, field

from followup.disclosure.primary import Need
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import Quantity


@dataclass(repr=False)
class More:
    """For one population.

    needs   groups that are given away by what is told on any rung; what is found is added
    hidden  what must be hidden for others' sake on these rungs
    """

    needs: list[Need] = field(default_factory=list)
    hidden: dict[Quantity, Reason] = field(default_factory=dict)
