"""The editions in force as the catalogue tells them, with an address for each file."""

from typing import Protocol

from followup.editions import queries
from followup.exports.formats import CHOICES
from followup.opendata.catalogue import OpenEdition
from followup.opendata.service import OpenDoor
from followup.periods import parse_period


class Addresses(Protocol):
    """The whole address of a page, from its endpoint and what stands in it."""

    def __call__(self, endpoint: str, **values: object) -> str: ...


def open_editions(door: OpenDoor, address: Addresses) -> list[OpenEdition]:
    found = queries.editions(door.session, door.scope)
    numbers = {each.id: each.number for each in found}
    replaced = {each.revises for each in found}
    return [
        OpenEdition(
            number=each.number,
            period=parse_period(each.period),
            published_on=each.published_on,
            supersedes=numbers.get(each.revises or 0, ""),
            url=address("opendata.edition", **_place(door, each.id)),
            files={
                name: (
                    address("opendata.file", **_place(door, each.id), format_name=name),
                    (each.files or {}).get(name),
                )
                for name in CHOICES
            },
        )
        for each in found
        if each.id not in replaced
    ]


def _place(door: OpenDoor, edition_id: int) -> dict[str, int]:
    return {"association_id": door.scope.association_id, "edition_id": edition_id}
