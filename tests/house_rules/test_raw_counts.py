"""A raw count cannot be shown: a table of counts refuses every way out but the one through protection."""

import copy
import json
import pickle
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.json import dumps
from markupsafe import escape

from followup.disclosure import Axis, CountTable, Population, RawCountShown
from tests.house_rules.source import modules, modules_named

SECRET = 98341


@pytest.fixture
def table() -> CountTable:
    return CountTable(
        id="T0",
        title="Prov",
        population=Population("participation", {"sex": ("woman", "man")}),
        axes=[Axis("sex", "Kön", ("woman", "man"), ("kvinna", "man"))],
        stub=["sex"],
        heading=[],
        cells={("woman",): ({"sex": frozenset({"woman"})}, SECRET)},
    )


WAYS_OUT: dict[str, Callable[[CountTable], object]] = {
    "str": str,
    "repr": repr,
    "format": lambda table: f"{table}",
    "percent": lambda table: "%s" % table,  # noqa: UP031  # the old way is a way out, too
    "escape": escape,
    "list": list,
    "iteration": lambda table: [*table],
    "length": len,
    "item": lambda table: table[("woman",)],
    "membership": lambda table: ("woman",) in table,
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": pickle.dumps,
    "number": int,
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_a_table_of_counts_refuses(way: str, table: CountTable) -> None:
    with pytest.raises((RawCountShown, TypeError)) as refusal:
        WAYS_OUT[way](table)
    assert str(SECRET) not in str(refusal.value)


def test_a_table_of_counts_is_not_json(table: CountTable) -> None:
    with pytest.raises((RawCountShown, TypeError)):
        json.dumps(table)


def test_a_page_cannot_hold_a_table_of_counts(app: Flask, table: CountTable) -> None:
    with app.test_request_context("/"):
        for source in (
            "{{ table }}",
            "{{ table|string }}",
            "{{ table|tojson }}",
            "{% for c in table %}{{ c }}{% endfor %}",
        ):
            with pytest.raises((RawCountShown, TypeError)):
                app.jinja_env.from_string(source).render(table=table)
        with pytest.raises((RawCountShown, TypeError)):
            dumps(table)


def test_no_attribute_of_a_table_holds_its_counts(table: CountTable) -> None:
    for name in dir(table):
        if not name.startswith("__") and not callable(value := getattr(table, name)):
            assert str(SECRET) not in repr(value), name
    assert not hasattr(table, "__dict__")


def test_only_the_engine_opens_the_vault() -> None:
    """`_read` is called where tables are protected, and for a team's own table, and nowhere else."""
    readers = {module.name for module in modules() if re.search(r"\b_read\b|\b_VAULT\b", module.text)}
    own = {name for name in readers if name.startswith("followup.disclosure.")}
    other = {
        module.name
        for module in modules()
        if module.name in readers - own
        and "disclosure.cells import" in module.text
        and "_read" in module.text
    }
    assert own
    assert not other


def test_pages_and_files_take_protected_tables_only() -> None:
    """What draws or writes never names a table of raw counts."""
    drawing = [
        *modules_named("views"),
        *(module for module in modules() if module.feature in {"exports", "web"}),
    ]
    assert not [module.name for module in drawing if re.search(r"import[^#]*\bCountTable\b", module.text)]
