"""Every answer closes what the page does not need."""

from typing import Any

import pytest
from flask import Flask

from followup.access.roles import Role
from followup.settings import Settings
from followup.web import headers
from tests.conftest import SignIn
from tests.infrastructure.client import Client


def policy(response: Any) -> dict[str, str]:
    parts = response.headers["Content-Security-Policy"].split("; ")
    return {name: rest for name, _, rest in (part.partition(" ") for part in parts)}


def test_every_page_without_values_in_its_address_carries_the_headers(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.TEAM_STAFF)
    addresses = [
        rule.rule for rule in app.url_map.iter_rules() if not rule.arguments and "GET" in (rule.methods or ())
    ]
    assert len(addresses) > 5
    for address in addresses:
        response = client.get(address)
        directives = policy(response)
        assert directives["default-src"] == "'none'", address
        assert directives["frame-ancestors"] == directives["base-uri"] == directives["object-src"] == "'none'"
        assert directives["form-action"] == "'self'"
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert response.headers["Cache-Control"] == "no-store", address


def test_static_files_are_kept_by_the_browser_until_they_change(client: Client) -> None:
    page = client.get("/tillganglighet").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "?v=" in address
    with client.get(address) as kept, client.get(address.split("?")[0]) as asked_again:
        assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert asked_again.headers["Cache-Control"] == "no-cache"


def test_our_pages_fetch_nothing_from_elsewhere(client: Client) -> None:
    page = client.get("/tillganglighet").text
    for name in ("src=", "<link"):
        for part in page.split(name)[1:]:
            assert "://" not in part.split(">")[0]


def test_styles_reach_for_nothing_outside(app: Flask) -> None:
    for name in app.extensions["asset_versions"]:
        if name.endswith(".css"):
            with app.open_resource(f"web/static/{name}", "r") as style:
                text = style.read()
            assert "@import" not in text
            assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


def test_a_script_in_the_page_needs_the_nonce_of_that_request(app: Flask) -> None:
    with app.test_request_context("/"):
        assert "nonce" not in headers.content_security_policy()
        nonce = headers.csp_nonce()
        assert f"script-src 'self' 'nonce-{nonce}'" in headers.content_security_policy()
    with app.test_request_context("/"):
        assert headers.csp_nonce() != nonce


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_browsers_are_held_to_https_where_there_is_https(
    app: Flask, client: Client, settings: Settings, scheme: str
) -> None:
    from dataclasses import replace

    app.extensions["settings"] = replace(settings, base_url=f"{scheme}://127.0.0.1")
    response = client.get("/tillganglighet")
    assert ("Strict-Transport-Security" in response.headers) == (scheme == "https")
