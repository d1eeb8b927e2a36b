"""Deciding on a new version of the rule. Earlier versions stay as they were."""

from dataclasses import asdict
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.audit import service as audit
from followup.audit.events import Event
from followup.disclosure import Rule, RuleTooWeak
from followup.errors import Refusal
from followup.organisation.models import Association
from followup.protection import queries
from followup.protection.commands import DecideRule
from followup.protection.models import RuleVersion
from followup.web.formats import date_in_text

# Boards decide on the year to come; a day further off is a slip of the pen.
AHEAD = timedelta(days=366)


class TooWeak(Refusal):
    """Below the floor that no förbund may go under."""


class InThePast(Refusal):
    def __init__(self, earliest: date) -> None:
        super().__init__(
            f"En ny version kan gälla tidigast från {date_in_text(earliest)}. "
            "Välj den dagen eller en senare.",
            field="valid_from",
        )


class TooFarAhead(Refusal):
    def __init__(self, latest: date) -> None:
        super().__init__(
            f"En ny version kan gälla senast från {date_in_text(latest)}. Rätta årtalet, eller lägg upp "
            "versionen när det är närmare.",
            field="valid_from",
        )


class DecidedLater(Refusal):
    def __init__(self) -> None:
        super().__init__("Beslutet kan inte vara fattat i framtiden. Rätta beslutets datum.", field="decided")


def decide(*, session: Session, scope: Scope, command: DecideRule) -> Rule:
    """Add a version, in the place of any that has not begun by its day.

    Raises TooWeak, InThePast, TooFarAhead and DecidedLater.
    """
    # One at a time, so that two decisions do not get the same number.
    session.execute(select(Association.id).where(Association.id == scope.association_id).with_for_update())
    latest = queries.versions(session, scope)[-1]
    version = int(latest.version) + 1
    try:
        rule = Rule(version=str(version), **asdict(command))
    except RuleTooWeak as weak:
        raise TooWeak(str(weak), field=weak.field) from None
    if command.valid_from < (today := clock.today()):
        raise InThePast(today)
    if command.valid_from > (last := today + AHEAD):
        raise TooFarAhead(last)
    if command.decided > today:
        raise DecidedLater
    session.add(RuleVersion(association_id=scope.association_id, number=version, **asdict(command)))
    session.flush()
    audit.record(
        session,
        scope,
        Event.RULE_DECIDED,
        version=rule.version,
        valid_from=rule.valid_from.isoformat(),
        decision=rule.decision,
    )
    return rule
