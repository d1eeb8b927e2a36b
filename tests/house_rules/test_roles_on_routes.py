"""Every role on every route, in its own team, in another, in another förbund's and in one that is not there.

Made from `routes.txt`, so that a new route is tried the day it is listed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, Map, Rule
from werkzeug.test import TestResponse

from followup.access.roles import GRANTS, Permission, Role
from followup.access.scope import TEAM_BOUND
from tests.conftest import SignIn
from tests.house_rules.test_routes import ROUTES
from tests.infrastructure.client import Client
from tests.infrastructure.furnish import Furnished

EXAMPLES = {
    "account_id": 1,
    "batch_id": 999_999,
    "code": "0" * 22,
    "filename": "followup.css",
    "key": "0" * 26,
    "month": "2024-05",
    "period": "2023",
    "table_id": "T1",
    "year": 2021,
}
NOT_THERE = 999_999
# Signing out ends the session that the other routes are tried in.
ENDS_THE_SESSION = {"security.logout"}


@dataclass(frozen=True)
class Route:
    endpoint: str
    methods: tuple[str, ...]
    rule: str
    label: str

    @property
    def in_team(self) -> bool:
        return "team_id>" in self.rule

    @cache  # noqa: B019 - as many as there are routes, for the run
    def paths(self, team_id: int) -> list[str]:
        """With an example in every place of the address, and every word where it lists some."""
        rule = Rule(self.rule, endpoint="x")
        adapter = Map([rule]).bind("localhost")
        examples = {name: EXAMPLES.get(name, 1) for name in rule.arguments} | {"team_id": team_id}
        values = {name: examples[name] for name in rule.arguments}
        listed = {
            name: sorted(converter.items)
            for name, converter in rule._converters.items()
            if isinstance(converter, AnyConverter)
        }
        for name, words in listed.items():
            return [adapter.build("x", values | {name: word}) for word in words]
        return [adapter.build("x", values)]


@cache
def routes() -> tuple[Route, ...]:
    lines = (line.split("  ") for line in ROUTES.read_text(encoding="utf-8").splitlines())
    return tuple(
        Route(endpoint, tuple(methods.split(",")), rule, label) for endpoint, methods, rule, label in lines
    )


def closed_routes() -> list[Route]:
    return [route for route in routes() if route.label != "public" and route.endpoint not in ENDS_THE_SESSION]


def tries(team_id: int, *, in_team: bool = False) -> Iterator[tuple[Route, str, str]]:
    """Every closed route with each method and address."""
    for route in closed_routes():
        if route.in_team or not in_team:
            for method, path in product(route.methods, route.paths(team_id)):
                yield route, method, path


def ask(client: Client, method: str, path: str) -> TestResponse:
    # A POST carries nothing: whoever may use the route is told so by the form, not by the gate.
    return client.open(path, method=method)


def may(role: Role, route: Route) -> bool:
    permission = Permission[route.label]
    bound_to_team = route.in_team and permission in TEAM_BOUND
    return permission in GRANTS[role] and (role.belongs_to_team or not bound_to_team)


def asks_to_sign_in(response: TestResponse) -> bool:
    return response.status_code in (302, 303) and "/logga-in" in response.headers["Location"]


@pytest.mark.parametrize("role", Role)
def test_a_role_is_let_in_where_it_may_and_nowhere_else(
    role: Role, sign_in: SignIn, association: Furnished
) -> None:
    client = sign_in(role)
    wrong = []
    for route, method, path in tries(association.north):
        response = ask(client, method, path)
        assert response.status_code < 500, path
        refused = response.status_code == 403 or asks_to_sign_in(response)
        if refused == may(role, route) and not (route.in_team and response.status_code == 404):
            wrong.append(f"{method} {path} ({route.label}): {response.status}")
    assert not wrong


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("place", ["south", "neighbour", "nowhere"])
def test_another_team_is_not_there_for_anybody(
    role: Role, place: str, sign_in: SignIn, association: Furnished
) -> None:
    client = sign_in(role)
    team_id = NOT_THERE if place == "nowhere" else association.team(place)
    wrong = []
    for _, method, path in tries(team_id, in_team=True):
        response = ask(client, method, path)
        expected = {404} if role.belongs_to_team else {403, 404}
        if response.status_code not in expected:
            wrong.append(f"{method} {path}: {response.status}")
    assert not wrong


@pytest.mark.parametrize("team_role", [Role.TEAM_STAFF, Role.TEAM_MANAGER])
def test_another_team_looks_exactly_like_one_that_does_not_exist(
    team_role: Role, sign_in: SignIn, association: Furnished
) -> None:
    client = sign_in(team_role)
    for route in closed_routes():
        if route.in_team and "GET" in route.methods:
            pages = [ask(client, "GET", route.paths(team)[0]) for team in (association.south, NOT_THERE)]
            assert pages[0].status_code == pages[1].status_code
            first, second = (
                page.text.replace(f"/team/{team}", "/team/#")
                for page, team in zip(pages, (association.south, NOT_THERE), strict=True)
            )
            assert first == second


def test_nobody_gets_in_without_signing_in(client: Client, association: Furnished) -> None:
    wrong = []
    for _, method, path in tries(association.north):
        response = ask(client, method, path)
        if not asks_to_sign_in(response) and response.status_code not in (400, 401, 403):
            wrong.append(f"{method} {path}: {response.status}")
    assert not wrong


def test_open_routes_are_few_and_known(app: Flask) -> None:
    """Whoever opens another route to everybody says so here."""
    opened = {route.endpoint for route in routes() if route.label == "public"}
    assert opened <= {
        "access.accept_invitation",
        # Whoever has a file may ask whether it was published.
        "editions.check_file",
        # Published editions, where the förbund has decided so; otherwise there is nothing there.
        "opendata.catalogue_file",
        "opendata.edition",
        "opendata.editions",
        "opendata.file",
        "opendata.index",
        "opendata.table",
        "security.login",
        "security.logout",
        "static",
        "web.accessibility_statement",
        "web.health",
    }


def test_every_answer_carries_the_headers_that_guard_it(sign_in: SignIn, association: Furnished) -> None:
    client = sign_in(Role.TEAM_MANAGER)
    for route in routes():
        if "GET" not in route.methods or route.endpoint == "static":
            continue
        response = ask(client, "GET", route.paths(association.north)[0])
        policy = response.headers["Content-Security-Policy"]
        for rule in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"):
            assert rule in policy, route.rule
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "Referrer-Policy" in response.headers
        assert response.headers["Cache-Control"] == "no-store", route.rule
