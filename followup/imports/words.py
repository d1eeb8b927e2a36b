"""Finds the code that a word in a list stands for: by the code list's own label, or by a known other name.

Spelling is forgiven where it says nothing: capitals, kinds of dash, blanks, full stops, "år" and "%".
Other names stand in `synonyms.csv`, so that adding one is not a change of code.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Protocol

_BLANK = re.compile(r"\s+")
_DASH = re.compile("[\u2010-\u2015\u2212]")
_AROUND_SIGN = re.compile(r" ?([-/+<>=,]) ?")
_UNIT = re.compile(r" ?(?:år|%)$")
_JOINED = re.compile(r"\s*(?:\+|&|;|,|\boch\b)\s*")


class CodeItem(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def label_sv(self) -> str: ...


def plain(text: str) -> str:
    """The text as it is compared: "1 – 2 år" and "1-2" are the same."""
    text = unicodedata.normalize("NFC", text).casefold().replace("≥", ">=").replace("≤", "<=")
    text = _BLANK.sub(" ", _DASH.sub("-", text)).strip(" .:;*")
    return _UNIT.sub("", _AROUND_SIGN.sub(r"\1", text))


@cache
def synonyms() -> Mapping[str, Mapping[str, str]]:
    """Code by other name, for each code list."""
    text = files("followup.imports").joinpath("synonyms.csv").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(text.splitlines(), delimiter=";"):
        names = found.setdefault(row["list"], {})
        names.update((plain(name), row["code"]) for name in row["names"].split("|"))
    return found


class Lexicon:
    """The words of one code list. What is not found is not repeated: it may be anything."""

    def __init__(self, list_name: str, items: Iterable[CodeItem]) -> None:
        items = list(items)
        known = {item.code for item in items}
        self._codes = {name: code for name, code in synonyms().get(list_name, {}).items() if code in known}
        self._met: dict[str, str] = {}
        self.labels = [item.label_sv for item in items]
        self._codes.update((plain(item.code), item.code) for item in items)
        self._codes.update((plain(item.label_sv), item.code) for item in items)

    def find(self, text: str) -> str | None:
        # Spellings already met are kept as they are written, but only those that mean something here.
        if text not in self._met and (code := self._codes.get(plain(text))):
            self._met[text] = code
        return self._met.get(text)

    def find_several(self, text: str) -> list[str] | None:
        """Codes of words joined by "+", "och" or a comma, in their order; None if one is not found."""
        if whole := self.find(text):
            return [whole]
        codes = [self.find(part) for part in _JOINED.split(text) if part]
        return list(dict.fromkeys(code for code in codes if code)) if codes and all(codes) else None
