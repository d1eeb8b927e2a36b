"""Sweden's municipalities and their codes, as Statistics Sweden numbers them (290 since 2003)."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class OfficialMunicipality(NamedTuple):
    code: str
    name: str


@cache
def official_municipalities() -> Mapping[str, OfficialMunicipality]:
    """By casefolded name."""
    text = files("followup.organisation").joinpath("municipalities.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    return {row["name"].casefold(): OfficialMunicipality(row["code"], row["name"]) for row in rows}


def find_municipality(name: str) -> OfficialMunicipality | None:
    """The municipality meant by "Sala" or "Sala kommun"."""
    plain = " ".join(name.split()).casefold().removesuffix(" kommun")
    return official_municipalities().get(plain)
