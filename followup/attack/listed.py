"""Which names in files are of several teams told together: such a name lists them."""

import re
from collections.abc import Iterable, Sequence

from followup.statistics.together import Together

# In a squeezed name: "Köping,SalaochSurahammar".
BETWEEN = re.compile(r",|och(?=[A-ZÅÄÖ0-9])")


def told_together(files: Iterable[Sequence[str]]) -> Together:
    """The teams that a name lists, by the name; `files` are the names that each file tells apart.

    A team may have "och" in its own name. It is read as a list when another name has one of its parts, which
    no name beside it in the same file has: a team is never told alone and in a group at once.
    """
    outlines = [frozenset(names) for names in files]
    parts = {name: tuple(BETWEEN.split(name)) for names in outlines for name in names}
    found = {}
    for name, listed in parts.items():
        elsewhere = {part for other in parts if other != name for part in parts[other]}
        beside = {
            part for names in outlines if name in names for other in names - {name} for part in parts[other]
        }
        if len(listed) > 1 and elsewhere.intersection(listed) and not beside.intersection(listed):
            found[name] = listed
    return found
