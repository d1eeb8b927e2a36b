"""Chromium as this machine has it, and the check for accessibility."""

import os
import shutil
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# The first is Chromium without its windows, which needs half the time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HAS_ITS_STYLESHEETS = "[...document.querySelectorAll('link[rel=stylesheet]')].every(link => link.sheet)"
# Not its client width, which has the gutter that is kept free for the scroll bar in it.
BEYOND_THE_SCREEN = (
    "document.documentElement.scrollWidth"
    " - Math.round(document.documentElement.getBoundingClientRect().width)"
)


def launch_options() -> dict[str, Any]:
    """Take the Chromium on PATH; without one, Playwright uses the one it has downloaded."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    return {"args": arguments} | ({"executable_path": found} if found else {})


def wait_until_drawn(page: Page) -> None:
    """A click waits for the first byte of the next page alone; without its stylesheet it looks otherwise."""
    page.wait_for_load_state()
    assert page.evaluate(HAS_ITS_STYLESHEETS), f"{page.url} came without its stylesheet"


def assert_accessible(page: Page) -> None:
    """No finding of axe at WCAG 2.2 AA; the message tells rule, element and how to mend it."""
    wait_until_drawn(page)
    results = Axe().run(
        page, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
    )
    told = []
    for violation in results.response["violations"]:
        told.append(f"{violation['id']}: {violation['help']}")
        told.extend(f"    {node['html']}" for node in violation["nodes"])
    assert not told, f"{page.url}\n" + "\n".join(told)


def assert_usable(page: Page, *widths: int) -> None:
    """Accessible and not wider than the screen at each width, without being asked for anew."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        assert_accessible(page)
        assert_fits(page)


def assert_fits(page: Page) -> None:
    """Nobody has to scroll sideways; without JavaScript too, which Playwright can still ask the page in."""
    wait_until_drawn(page)
    beyond = page.evaluate(BEYOND_THE_SCREEN)
    assert beyond <= 0, f"{page.url} is {beyond} px wider than the screen"
