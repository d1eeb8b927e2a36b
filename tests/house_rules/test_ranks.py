"""Imports go to the same rank or a lower one, so that a reader can start at the bottom and never look up.

rank 0 knows nothing of the product · 1 database and settings · 2 tables and commands · 3 reading ·
4 deciding · 5 views and the command line. The contracts in pyproject.toml tell import-linter the
broad strokes; this test covers every file.
"""

from functools import cache

import pytest

from tests.house_rules.source import Module, modules, modules_named

BY_NAME = {module.name: module for module in modules()}
RANK_OF_KIND = {
    "models": 2,
    "commands": 2,
    "queries": 3,
    "service": 4,
    "forms": 4,
    "views": 5,
    "cli": 5,
}
# Files directly under followup/, and the shared packages.
RANK_OF_PLACE = {
    "clock": 0,
    "collation": 0,
    "disclosure": 0,
    "errors": 0,
    "identity": 0,
    "periods": 0,
    "places": 0,
    "weeks": 0,
    "db": 1,
    "keys": 1,
    "sealing": 1,
    "settings": 1,
    "command": 5,
    "cli": 5,
    "wsgi": 5,
    "": 5,
}
RANK_OF_MODULE = {
    "followup.access.roles": 0,
    "followup.access.scope": 2,
    "followup.audit.events": 2,
    "followup.db.tables": 2,
    "followup.db.migrate": 2,
}
PURE_MAY_NOT_IMPORT = {"flask", "sqlalchemy", "followup"}
# Shared ground: every feature may use these packages' models, too.
GROUND = {"access", "audit", "db", "disclosure", "organisation", "web"}
# They put others together: the tables for migrations, the commands and pages for the program.
GATHERERS = {"followup", "followup.access", "followup.cli", "followup.db.tables", "followup.web"}
# Services act in the present; the made-up förbund has a past, which is written straight into the tables.
WRITES_THE_PAST = "demo"


@cache
def rank(name: str) -> int:
    """A file stands where its kind does; a feature's own noun as high as the highest thing it needs."""
    module = BY_NAME[name]
    if name in RANK_OF_MODULE:
        return RANK_OF_MODULE[name]
    if module.feature in RANK_OF_PLACE:
        return RANK_OF_PLACE[module.feature]
    if module.kind in RANK_OF_KIND:
        return RANK_OF_KIND[module.kind]
    return max((rank(needed) for needed in module.imports if needed != name), default=0)


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_module_imports_its_own_rank_or_lower(module: Module) -> None:
    own = rank(module.name)
    if module.name in GATHERERS:
        return
    above = {name for name in module.imports if rank(name) > own}
    assert not above, f"{module.name} has rank {own} and imports {sorted(above)}"


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_features_meet_through_services_and_queries_only(module: Module) -> None:
    if module.name in GATHERERS or module.kind == "models":
        return  # a table may point at another feature's table
    closed = {"views", "forms", "cli"} | ({"models"} if module.feature != WRITES_THE_PAST else set())
    wrong = {
        name
        for name in module.imports
        if BY_NAME[name].feature not in {module.feature, *GROUND}
        and BY_NAME[name].path.parent.name != "followup"
        and BY_NAME[name].kind in closed
    }
    assert not wrong, f"{module.name} reaches into {sorted(wrong)}"


def test_disclosure_is_pure() -> None:
    for module in modules():
        if module.feature == "disclosure":
            lines = [
                line.split() for line in module.text.splitlines() if line.startswith(("import ", "from "))
            ]
            roots = {
                words[1].split(".")[0] for words in lines if not words[1].startswith("followup.disclosure")
            }
            assert not roots & PURE_MAY_NOT_IMPORT, f"{module.name} imports {roots & PURE_MAY_NOT_IMPORT}"


def test_services_know_no_web() -> None:
    for module in modules_named("service") + modules_named("queries") + modules_named("models"):
        assert "from flask import" not in module.text, module.name
