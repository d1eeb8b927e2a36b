"""Templates hold no logic, no style, no script and no numbers of their own."""

import re
from pathlib import Path

import pytest

from tests.house_rules.source import modules, relative, templates

INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "a script of its own": re.compile(r"<script\b(?![^>]*\bsrc=)"),
    "an on… attribute": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "something from another computer": re.compile(
        r"""(?:src|action)=["'](?:https?:)?//|<link\b[^>]*href=["'](?:https?:)?//""", re.IGNORECASE
    ),
}
NUMBERS = re.compile(r"\|\s*(round|format|int|float)\b|%\s*\.\d|\.format\(|'%|\"%")
# Words for people and acts that the glossary rules out on screen.
NEVER_ON_SCREEN = re.compile(r"\b(klient\w*|terminera\w*|ogiltig\w*|radera\w*|ärende\w*)\b", re.IGNORECASE)
COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)


def read(path: Path) -> str:
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", templates(), ids=relative)
def test_template_holds_nothing_inline(path: Path) -> None:
    text = read(path)
    assert not [what for what, pattern in INLINE.items() if pattern.search(text)]


@pytest.mark.parametrize("path", templates(), ids=relative)
def test_template_formats_no_numbers(path: Path) -> None:
    found = [
        match[0]
        for part in re.findall(r"\{[{%].*?[}%]\}", read(path), re.DOTALL)
        for match in NUMBERS.finditer(part)
    ]
    assert not found


@pytest.mark.parametrize("path", templates(), ids=relative)
def test_what_is_trusted_as_markup_says_why(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    unexplained = [
        number
        for number, line in enumerate(lines, 1)
        if re.search(r"\|\s*safe\b", line) and "{#" not in line and "{#" not in lines[max(number - 2, 0)]
    ]
    assert not unexplained


@pytest.mark.parametrize("path", templates(), ids=relative)
def test_template_leaves_escaping_on(path: Path) -> None:
    assert "autoescape false" not in read(path)


@pytest.mark.parametrize("path", templates(), ids=relative)
def test_every_form_that_changes_something_carries_its_token(path: Path) -> None:
    """Through the one macro that ends a form, so that nobody writes the token by hand."""
    text = read(path)
    if path.parent.name == "components":
        return
    for form in re.findall(r"<form\b[^>]*method=[\"']?post.*?</form>", text, re.IGNORECASE | re.DOTALL):
        assert re.search(r"form_end|hidden_tag|csrf_token|form_open|post_form", form), form[:120]


@pytest.mark.parametrize("path", templates(), ids=relative)
def test_words_that_are_never_on_screen(path: Path) -> None:
    assert not NEVER_ON_SCREEN.findall(read(path))


def test_words_that_are_never_in_messages() -> None:
    found = {}
    for module in modules():
        texts = re.findall(r'"[^"\n]*"', module.text)
        words = [word for text in texts for word in NEVER_ON_SCREEN.findall(text)]
        if words:
            found[module.name] = words
    assert not found
