"""A team's own rows: lists, counts, one row, and what is worth a reminder."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select, true
from sqlalchemy.orm import Session, selectinload

from followup.access.scope import OutOfScope, Scope
from followup.organisation import queries as organisation
from followup.participation.models import Participation
from followup.participation.state import State
from followup.periods import Month

Row = Participation


class Tab(StrEnum):
    """The four lists, by the word that stands in the address."""

    QUEUE = "ko"
    ACTIVE = "pagar"
    ENDED = "avslutade"
    VOID = "makulerade"


IS_LIVING = Row.void_reason.is_(None)
CONDITIONS: dict[Tab, ColumnElement[bool]] = {
    Tab.QUEUE: IS_LIVING & Row.started_week.is_(None) & Row.left_week.is_(None),
    Tab.ACTIVE: IS_LIVING & Row.started_week.is_not(None) & Row.ended_week.is_(None),
    Tab.ENDED: IS_LIVING & or_(Row.ended_week.is_not(None), Row.left_week.is_not(None)),
    Tab.VOID: Row.void_reason.is_not(None),
}
LACKS_OCCUPATION = Row.started_week.is_not(None) & Row.occupation_before.is_(None)
BEGUN = func.coalesce(Row.started_week, Row.accepted_week)
FINISHED = func.coalesce(Row.ended_week, Row.left_week)
FINISHED_IN = func.coalesce(Row.ended_month, Row.left_month)


@dataclass(frozen=True, kw_only=True)
class Listing:
    """Which rows, in which order, and which part of them."""

    tab: Tab
    # Column name to code; only what the filter form let through.
    filters: Mapping[str, str] = field(default_factory=dict)
    lacks_occupation: bool = False
    # Of those who have ended or left the queue.
    year: int | None = None
    sort: str = "week"
    descending: bool = False
    offset: int = 0
    limit: int = 50

    def page(self, offset: int, limit: int) -> "Listing":
        return replace(self, offset=offset, limit=limit)


def count_by_tab(session: Session, scope: Scope, team_id: int) -> dict[Tab, int]:
    counts = session.execute(
        _own(scope, team_id).with_only_columns(
            *(func.count(case((condition, 1))) for condition in CONDITIONS.values())
        )
    ).one()
    return dict(zip(CONDITIONS, counts, strict=True))


def count(session: Session, scope: Scope, team_id: int, listing: Listing) -> int:
    found = session.scalar(_listed(scope, team_id, listing).with_only_columns(func.count()))
    return found or 0


def list_rows(session: Session, scope: Scope, team_id: int, listing: Listing) -> list[Participation]:
    order = _order(session, scope, listing)
    rows = session.scalars(
        _listed(scope, team_id, listing)
        # The key is random: it keeps pages apart without telling in which order rows were written.
        .order_by(order.desc() if listing.descending else order, Row.key)
        .offset(listing.offset)
        .limit(listing.limit)
        .options(selectinload(Row.income))
    )
    return list(rows)


def years_finished(session: Session, scope: Scope, team_id: int) -> list[int]:
    """The years in which somebody of the team has ended or left the queue, the newest first."""
    ended = _own(scope, team_id).where(CONDITIONS[Tab.ENDED])
    months = session.scalars(ended.with_only_columns(FINISHED_IN).distinct())
    return sorted({month.year for month in months if month}, reverse=True)


def own_row(session: Session, scope: Scope, team_id: int, key: str) -> Participation:
    row = session.scalars(_own(scope, team_id).where(Row.key == key)).one_or_none()
    if row is None:
        raise OutOfScope
    return row


def own_rows(session: Session, scope: Scope, team_id: int, keys: list[str]) -> dict[str, Participation]:
    """Those of the keys that are the team's rows."""
    found = session.scalars(_own(scope, team_id).where(Row.key.in_(keys)))
    return {row.key: row for row in found}


def has_alike(session: Session, scope: Scope, team_id: int, state: State) -> bool:
    """Whether a row is open that nobody could tell from this one: same week, sex, age group and referrer."""
    moment = state.started or state.accepted
    alike = _own(scope, team_id).where(
        CONDITIONS[Tab.ACTIVE] | CONDITIONS[Tab.QUEUE],
        BEGUN.in_([moment.week if moment else None]),
        Row.sex == state.sex,
        Row.age_group == state.age_group,
        Row.referring_party == state.referring_party,
    )
    return session.scalar(alike.with_only_columns(Row.key).limit(1)) is not None


def count_without_occupation(session: Session, scope: Scope, team_id: int) -> int:
    """How many of those who take part now nobody has said what they did before."""
    condition = CONDITIONS[Tab.ACTIVE] & LACKS_OCCUPATION
    return session.scalar(_own(scope, team_id).where(condition).with_only_columns(func.count())) or 0


def month_flow(session: Session, scope: Scope, team_id: int, month: Month) -> dict[str, int]:
    """How many joined, started, left the queue and ended in a month."""
    events = {
        "joined": Row.accepted_month,
        "started": Row.started_month,
        "left": Row.left_month,
        "ended": Row.ended_month,
    }
    counts = session.execute(
        _own(scope, team_id)
        .where(IS_LIVING)
        .with_only_columns(*(func.count(case((column == month, 1))) for column in events.values()))
    ).one()
    return dict(zip(events, counts, strict=True))


def is_anything(session: Session, scope: Scope, team_id: int) -> bool:
    """Whether a team has any row, a voided one included."""
    return _is_any(session, scope, team_id, true())


def is_anything_after(session: Session, scope: Scope, team_id: int, month: Month) -> bool:
    """Whether somebody is left in a team, or something has happened in it after a month; one answer."""
    months = (Row.accepted_month, Row.started_month, Row.left_month, Row.ended_month)
    later = IS_LIVING & or_(*(each > month for each in months))
    return _is_any(session, scope, team_id, later | CONDITIONS[Tab.QUEUE] | CONDITIONS[Tab.ACTIVE])


def _is_any(session: Session, scope: Scope, team_id: int, condition: ColumnElement[bool]) -> bool:
    """Also for who may see no rows: no team of the scope is asked for."""
    own = (Row.association_id == scope.association_id) & (Row.team_id == team_id)
    return bool(session.scalar(select(select(Row).where(own, condition).exists())))


def _own(scope: Scope, team_id: int) -> Select[Participation]:
    scope.require_team(team_id)
    return select(Row).where(Row.association_id == scope.association_id, Row.team_id == team_id)


def _listed(scope: Scope, team_id: int, listing: Listing) -> Select[Participation]:
    wanted = [getattr(Row, name) == code for name, code in listing.filters.items()]
    if listing.lacks_occupation:
        wanted.append(LACKS_OCCUPATION)
    if listing.year:
        wanted.append(FINISHED_IN.between(Month(listing.year, 1), Month(listing.year, 12)))
    return _own(scope, team_id).where(CONDITIONS[listing.tab], *wanted)


def _order(session: Session, scope: Scope, listing: Listing) -> ColumnElement[Any]:
    if listing.sort == "finished":
        return FINISHED
    if listing.sort in ("sex", "age_group", "referring_party"):
        codes = organisation.codes(session, scope, listing.sort)
        return case({code.code: code.position for code in codes}, value=getattr(Row, listing.sort))
    return BEGUN
