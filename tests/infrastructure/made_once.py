"""What every application of a run has alike, made once: each test has an application of its own."""

from collections.abc import Callable
from pathlib import Path

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule

_builders: dict[tuple[str, str, bool], Callable[..., tuple[str, str]]] = {}


class _Rule(Rule):
    """What puts an address together is compiled once in a process: it takes longer than most tests.

    Should Werkzeug call it something else one day, each application compiles it as it would without this.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        name = self.rule, repr(self.defaults), append_unknown
        if name not in _builders:
            _builders[name] = super()._compile_builder(append_unknown)
        return _builders[name]


def make_addresses_once() -> None:
    """In every application that is made from now on."""
    Flask.url_rule_class = _Rule


def compile_templates_once(app: Flask, folder: Path) -> None:
    """Applications with the same folder share what any of them has compiled."""
    folder.mkdir(exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(folder))
