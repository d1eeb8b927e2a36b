"""Chromium as this machine has it, and the check for accessibility."""

import os
import shutil
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def launch_options() -> dict[str, Any]:
    """Take the Chromium on PATH; without one, Playwright uses the one it has downloaded."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    return {"args": arguments} | ({"executable_path": found} if found else {})


def assert_accessible(page: Page) -> None:
    """No finding of axe at WCAG 2.2 AA; the message tells rule, element and how to mend it."""
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    told = []
    for violation in results.response["violations"]:
        told.append(f"{violation['id']}: {violation['help']}")
        told.extend(f"    {node['html']}" for node in violation["nodes"])
    assert not told, f"{page.url}\n" + "\n".join(told)
