"""The glossary and the code use the same words."""

import ast
import csv
import re
from functools import cache

import pytest

from followup.access.roles import Role
from followup.db.tables import Base
from tests.house_rules.source import ROOT, modules, templates

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (.+?) \| `(\w+)` \|", GLOSSARY, re.MULTILINE)
IDENTIFIERS = [identifier for _, identifier in ROWS]
NAMED = set(re.findall(r"`(\w+)`", GLOSSARY))
CODES = ROOT / "followup" / "organisation" / "codes.csv"
# What every table may have, whatever it is about.
GROUND = {"key", "stamp", "association_id", "team_id", "code", "phase", "participation_key"}
NEVER_A_NAME = {"client", "termination", "terminate", "terminated", "anonymous", "deltagare", "avslut"}


@cache
def words_of_the_code() -> set[str]:
    texts = [module.text for module in modules()] + [path.read_text(encoding="utf-8") for path in templates()]
    texts.append(CODES.read_text(encoding="utf-8"))
    return {word for text in texts for word in re.findall(r"\w+", text)}


def columns(table: str) -> list[str]:
    return [column.name for column in Base.metadata.tables[table].columns if column.name not in GROUND]


def code_lists() -> set[str]:
    with CODES.open(encoding="utf-8", newline="") as file:
        return {row["list"] for row in csv.DictReader(file, delimiter=";")}


def test_each_thing_has_one_identifier() -> None:
    assert len(IDENTIFIERS) == len(set(IDENTIFIERS))


@pytest.mark.parametrize("identifier", IDENTIFIERS)
def test_the_code_uses_the_identifier(identifier: str) -> None:
    assert any(identifier == word or identifier in word.split("_") for word in words_of_the_code())


@pytest.mark.parametrize("column", columns("participation"))
def test_the_glossary_tells_what_a_row_holds(column: str) -> None:
    assert column in NAMED


@pytest.mark.parametrize("name", sorted(code_lists()))
def test_the_glossary_tells_what_a_code_list_is(name: str) -> None:
    assert name in NAMED or name.removesuffix("_report") in NAMED


@pytest.mark.parametrize("role", Role)
def test_the_glossary_calls_a_role_what_the_screen_does(role: Role) -> None:
    swedish = {identifier: words for words, identifier in ROWS}
    assert role.label in swedish[role.value]


def test_no_name_in_the_code_is_a_word_the_glossary_rules_out() -> None:
    found = {
        f"{module.name}: {node.name}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and set(re.findall(r"[a-zåäö]+", re.sub(r"(?<!^)(?=[A-Z])", "_", node.name).lower())) & NEVER_A_NAME
    }
    assert not found
