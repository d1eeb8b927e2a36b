"""What many tests of a run have alike, made once: each has an application and a database of its own."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule

from followup.editions import service
from followup.editions.stored import fingerprint, publication_record
from followup.editions.trial import grounds
from followup.exports.publication import Publication
from followup.keys import KeyRing

Given = ParamSpec("Given")
Made = TypeVar("Made")

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


def try_and_write_once() -> None:
    """Publishing tries and writes an edition once in a process, however many tests publish the very same one.

    Each test has a database of its own, but most have the same people in it. What a trial goes by has a
    digest, by which publishing itself knows whether it must be held anew; files are those of a publication
    and the keys.
    """

    def wrote(publication: Publication, keys: KeyRing) -> tuple[str, str, str]:
        return fingerprint(publication_record(publication)), keys.active, repr(keys.fingerprints())

    service.undo = _once(service.undo, grounds)
    service.checksums = _once(service.checksums, wrote)


def _once(make: Callable[Given, Made], name_of: Callable[Given, object]) -> Callable[Given, Made]:
    made: dict[object, Made] = {}

    @wraps(make)
    def remembered(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        name = name_of(*args, **kwargs)
        if name not in made:
            made[name] = make(*args, **kwargs)
        return made[name]

    return remembered
