"""Closed until opened: every endpoint carries a label, and the list of them is read by people.

After a route is added or changed, `routes.txt` is written anew by running this file with
`FOLLOWUP_WRITE_ROUTES=1`; the difference is what a reviewer looks at.
"""

import os
from pathlib import Path

import pytest
from flask import Flask

from followup import create_app
from followup.access import gate
from followup.access.roles import Permission
from followup.settings import Settings

ROUTES = Path(__file__).with_name("routes.txt")
READING = {"GET", "HEAD", "OPTIONS"}


def label_text(app: Flask, endpoint: str) -> str:
    label = gate.label_of(app, endpoint)
    return label.name if isinstance(label, Permission) else str(label)


def routes_of(app: Flask) -> list[str]:
    return sorted(
        "  ".join(
            [
                rule.endpoint,
                ",".join(sorted(rule.methods - {"HEAD", "OPTIONS"})),
                rule.rule,
                label_text(app, rule.endpoint),
            ]
        )
        for rule in app.url_map.iter_rules()
        if rule.methods
    )


def test_every_route_stands_in_the_list_with_its_label(app: Flask) -> None:
    found = routes_of(app)
    if os.environ.get("FOLLOWUP_WRITE_ROUTES"):
        ROUTES.write_text("\n".join(found) + "\n", encoding="utf-8")
    assert found == ROUTES.read_text(encoding="utf-8").splitlines()


def test_the_application_does_not_start_with_an_unlabelled_view(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = gate.check_labels

    def check_with_one_more(app: Flask) -> None:
        app.add_url_rule("/forgotten", "forgotten", lambda: "")
        check(app)

    monkeypatch.setattr(gate, "check_labels", check_with_one_more)
    with pytest.raises(gate.UnlabelledView, match="forgotten"):
        create_app(settings)


def test_an_unlabelled_view_is_refused_at_run_time(app: Flask) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "open")
    assert app.test_client().get("/forgotten").status_code == 403


def test_a_page_that_may_be_read_and_sent_has_the_same_label_for_both(app: Flask) -> None:
    labels: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        labels.setdefault(rule.endpoint, set()).add(label_text(app, rule.endpoint))
    assert all(len(found) == 1 for found in labels.values())
