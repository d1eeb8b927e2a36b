"""A file that outgrows its room lacks a noun; a function that does lacks a name for one of its steps."""

from statistics import median

from tests.house_rules.source import modules, modules_named

LONGEST_FILE = 300


def test_no_file_is_too_long() -> None:
    long = {module.name: len(module.text.splitlines()) for module in modules()}
    too_long = {name: lines for name, lines in long.items() if lines > LONGEST_FILE}
    assert not too_long


def test_the_usual_file_is_short() -> None:
    lines = [len(module.text.splitlines()) for module in modules() if module.text.strip()]
    assert median(lines) < 100


def test_the_usual_function_is_short() -> None:
    lengths = [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for module in modules()
        for node in module.functions()
    ]
    assert median(lengths) < 12


def test_views_do_five_things_at_most() -> None:
    """Label, load in scope, form, service, redirect: fifteen lines hold that."""
    too_long = {
        f"{module.name}.{node.name}": lines
        for module in modules_named("views")
        for node in module.functions()
        if (lines := node.body[-1].end_lineno - node.body[0].lineno + 1) > 15
    }
    assert not too_long
