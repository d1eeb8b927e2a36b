"""What a page shows is waited for: a click is over before the next page is there."""

import ast

from tests.house_rules.source import ROOT, relative

# They answer at once, also of a page that is half there; `expect` asks again until its time is out.
AT_ONCE = {
    "all_inner_texts",
    "all_text_contents",
    "is_checked",
    "is_disabled",
    "is_editable",
    "is_enabled",
    "is_hidden",
    "is_visible",
    "title",
}


def test_no_test_asserts_what_a_page_shows_at_this_moment():
    found = [
        f"{relative(path)}:{node.lineno}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for asserted in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(asserted, ast.Assert)
        for node in ast.walk(asserted)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in AT_ONCE and not node.args
    ]
    assert not found, f"let playwright's expect wait for it: {', '.join(found)}"
