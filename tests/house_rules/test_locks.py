"""Nobody waits for the database behind a lock of the process: who has the database may wait for that lock."""

import ast
from collections.abc import Iterator

from tests.house_rules.source import Module, modules


def imported(module: Module) -> Iterator[str]:
    """Everything a module imports, by its whole name."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_what_may_read_rows_is_not_kept_behind_a_lock_of_its_class():
    """Python 3.11 works out a `functools.cached_property` for one object of the class at a time.

    Four who saved at once on SQLite waited ten seconds for each other and were told to try again.
    """
    found = [
        module.name
        for module in modules()
        if "functools.cached_property" in (names := list(imported(module)))
        and any(name.startswith("sqlalchemy") for name in names)
    ]
    assert not found, f"take cached_property from werkzeug.utils in: {', '.join(found)}"
