"""Teams told together: decided and taken back by the director, logged, and a team in one group at most."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import OutOfScope, Scope
from followup.audit.models import AuditEvent
from followup.organisation.service import create_team
from followup.periods import Month
from followup.reporting_groups import queries, service
from tests.conftest import SignIn, Visit
from tests.infrastructure.client import visible_text
from tests.infrastructure.furnish import Furnished

GROUPS = "/statistik/redovisningsgrupper"
NEW = f"{GROUPS}/ny"


@pytest.fixture
def director(scope_of) -> Scope:
    return scope_of(Role.DIRECTOR)


@pytest.fixture
def third(session: Session, association: Furnished) -> int:
    made = create_team(
        session=session, association_id=association.id, name="Team Mitten", opened=Month(2022, 1)
    )
    return made.id


def names(session: Session, scope: Scope) -> list[str]:
    return [group.name for group in queries.groups(session, scope)]


@pytest.mark.both_databases
def test_a_group_is_named_by_its_teams_and_every_act_is_logged(session, director, association, third):
    made = service.decide(session=session, scope=director, team_ids=[association.south, association.north])
    assert made.name == "Team Norra och Team Södra"
    service.dissolve(session=session, scope=director, number=made.number)
    assert names(session, director) == []
    service.decide(session=session, scope=director, team_ids=[third, association.south, association.north])
    assert names(session, director) == ["Team Mitten, Team Norra och Team Södra"]
    events = session.execute(select(AuditEvent.event, AuditEvent.details).order_by(AuditEvent.number)).all()
    pair = {"teams": f"{association.north} {association.south}"}
    assert [tuple(event) for event in events[-3:]] == [
        ("TEAMS_GROUPED", pair),
        ("GROUP_DISSOLVED", pair),
        ("TEAMS_GROUPED", {"teams": f"{third} {association.north} {association.south}"}),
    ]


def test_one_team_is_no_group_and_twice_the_same_is_one(session, director, association):
    for chosen in ([], [association.north], [association.north] * 2):
        with pytest.raises(service.TooFew):
            service.decide(session=session, scope=director, team_ids=chosen)


def test_a_team_of_another_forbund_is_not_there(session, director, association):
    with pytest.raises(OutOfScope):
        service.decide(session=session, scope=director, team_ids=[association.north, association.neighbour])


def test_a_team_that_counts_meetings_has_nobody_to_tell(session, director, association):
    with pytest.raises(service.CountsMeetingsOnly, match="Rådgivande teamet"):
        service.decide(session=session, scope=director, team_ids=[association.north, association.advisory])


def test_a_group_is_widened_and_never_cut_up_unseen(session, director, association, third):
    service.decide(session=session, scope=director, team_ids=[association.north, association.south])
    with pytest.raises(service.AlreadyDecided):
        service.decide(session=session, scope=director, team_ids=[association.north, association.south])
    with pytest.raises(
        service.InAnotherGroup, match="Team Norra ingår redan i gruppen Team Norra och Team Södra"
    ):
        service.decide(session=session, scope=director, team_ids=[association.north, third])
    service.decide(session=session, scope=director, team_ids=[association.north, association.south, third])
    assert names(session, director) == ["Team Mitten, Team Norra och Team Södra"]


@pytest.mark.both_databases
def test_not_even_the_database_has_a_team_in_two_groups(session, director, association):
    service.decide(session=session, scope=director, team_ids=[association.north, association.south])
    with pytest.raises(IntegrityError):
        session.execute(
            text("INSERT INTO reporting_group (association_id, team_id, number) VALUES (:own, :team, 9)"),
            {"own": association.id, "team": association.north},
        )


@pytest.mark.both_databases
def test_another_forbund_has_groups_of_its_own(session, director, association):
    made = service.decide(session=session, scope=director, team_ids=[association.north, association.south])
    neighbour = Scope(association_id=association.id + 1, actor="9")
    assert queries.groups(session, neighbour) == []
    with pytest.raises(OutOfScope):
        service.dissolve(session=session, scope=neighbour, number=made.number)


class TestPage:
    def test_a_director_decides_and_takes_it_back_and_the_log_tells(
        self, sign_in: SignIn, association: Furnished
    ):
        director = sign_in(Role.DIRECTOR)
        chosen = [str(association.north), str(association.south)]
        told = director.submit(NEW, button="Redovisa tillsammans", teams=chosen)
        assert "Team Norra och Team Södra redovisas nu tillsammans." in visible_text(told.text)
        gone = director.submit(GROUPS, button="Ta bort gruppen Team Norra och Team Södra")
        assert "Gruppen Team Norra och Team Södra är borttagen." in visible_text(gone.text)
        assert "Alla team redovisas var för sig." in visible_text(gone.text)
        log = visible_text(sign_in(Role.SYSTEM_ADMIN).get("/system/logg").text)
        assert "Bestämde att team redovisas tillsammans" in log
        assert "team: Team Norra och Team Södra" in log

    def test_a_choice_that_is_refused_stays_chosen(self, sign_in: SignIn, association: Furnished):
        director = sign_in(Role.DIRECTOR)
        page = director.submit(NEW, button="Redovisa tillsammans", teams=[str(association.south)])
        assert page.status_code == 422
        assert "Välj minst två team." in visible_text(page.text)
        assert f'value="{association.south}" checked' in page.text
        page = director.submit(NEW, button="Redovisa tillsammans")
        assert page.status_code == 422
        assert "Välj minst två team." in visible_text(page.text)

    def test_only_own_teams_with_participants_can_be_chosen(self, sign_in: SignIn, association: Furnished):
        director = sign_in(Role.DIRECTOR)
        form = director.get(f"{NEW}?grupp={association.neighbour}&grupp={association.north}&grupp=x").text
        assert "Team Granne" not in form
        assert "Rådgivande teamet" not in form
        assert form.count(" checked") == 1
        both = [str(association.north), str(association.neighbour)]
        page = director.submit(NEW, button="Redovisa tillsammans", teams=both)
        assert page.status_code == 422
        assert "välj något av alternativen i listan" in visible_text(page.text)

    def test_a_post_from_elsewhere_changes_nothing(self, sign_in: SignIn, association: Furnished):
        director = sign_in(Role.DIRECTOR)
        director.post(NEW, data={"teams": [str(association.north), str(association.south)]})
        assert "Alla team redovisas var för sig." in visible_text(director.get(GROUPS).text)

    def test_an_officer_reads_and_does_not_decide(self, sign_in: SignIn):
        officer = sign_in(Role.OFFICER)
        text = visible_text(officer.get(GROUPS).text)
        assert "Förbundschefen bestämmer vilka team som redovisas tillsammans." in text
        assert "Ny redovisningsgrupp" not in text
        assert officer.get(NEW).status_code == 403
        assert sign_in(Role.READER).get(GROUPS).status_code == 403


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_can_be_used_by_everybody(visit: Visit, assert_accessible, width: int) -> None:
    page = visit(Role.DIRECTOR, width=width)
    page.goto(NEW)
    assert_accessible(page)
    page.get_by_label("Team Norra").check()
    page.get_by_label("Team Södra").check()
    page.get_by_role("button", name="Redovisa tillsammans").click()
    page.wait_for_url(f"**{GROUPS}")
    assert_accessible(page)
    page.get_by_role("button", name="Ta bort gruppen Team Norra och Team Södra").click()
    expect(page.get_by_text("Alla team redovisas var för sig.")).to_be_visible()
