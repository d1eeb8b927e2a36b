"""What stands around every page: names, menu, team chooser and footer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

from flask import Flask, current_app, request
from flask_security import current_user

from followup.access.gate import current_scope
from followup.db import db_session
from followup.organisation import queries
from followup.organisation.models import Team
from followup.settings import Settings
from followup.web import flashes, navigation
from followup.web.addresses import plain_number

SERVICE = "followup"


@dataclass(frozen=True, slots=True)
class TeamChoice:
    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    service: str = SERVICE
    association: str = ""
    home_url: str = "/"
    signed_in: bool = False
    teams: list[TeamChoice] = field(default_factory=list)
    team_name: str = ""
    entries: list[navigation.Entry] = field(default_factory=list)
    account_url: str = ""
    sign_out_url: str = ""
    footer: list[tuple[str, str]] = field(default_factory=list)
    stay_url: str = ""
    idle_minutes: int = 0
    flashes: Callable[[], list[dict[str, Any]]] = list


def chosen_team(own: list[Team]) -> Team | None:
    """The team of the address, or the one asked for in it, or the first of the person's own."""
    asked = (request.view_args or {}).get("team_id") or request.args.get("team", type=plain_number)
    return next((team for team in own if team.id == asked), own[0] if own else None)


def build() -> Frame:
    bare = Frame(footer=navigation.footer(), flashes=flashes.pending)
    if not cast(Any, current_user).is_authenticated:
        return bare
    scope = current_scope()
    teams = queries.own_teams(db_session, scope)
    team = chosen_team(teams)
    team_id = team.id if team else None
    kept: dict[str, object] = {"team": team_id} if len(teams) > 1 else {}
    settings: Settings = current_app.extensions["settings"]
    return Frame(
        association=queries.association(db_session, scope).name,
        home_url=navigation.url_of(navigation.HOME, **kept) or "/",
        signed_in=True,
        teams=[TeamChoice(each.name, navigation.same_page_for(each), each.id == team_id) for each in teams],
        team_name=team.name if team else "",
        entries=navigation.menu(scope, team, kept),
        account_url=navigation.url_of("losenord"),
        sign_out_url="/logga-ut",
        footer=bare.footer,
        stay_url=navigation.url_of("aktiv"),
        idle_minutes=settings.idle_minutes,
        flashes=flashes.pending,
    )


def init_app(app: Flask) -> None:
    app.context_processor(lambda: {"frame": build()})
