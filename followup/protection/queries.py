"""Which rule of disclosure control holds, and which ones did."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.disclosure import Rule, rule_on
from followup.protection.models import RuleVersion

BUILT_IN = Rule()


def versions(session: Session, scope: Scope) -> list[Rule]:
    """Every version in the order they were decided, from the one that comes with the product."""
    own = session.scalars(
        select(RuleVersion)
        .where(RuleVersion.association_id == scope.association_id)
        .order_by(RuleVersion.number)
    )
    return [BUILT_IN, *map(_rule, own)]


def rule_in_force(session: Session, scope: Scope, day: date) -> Rule:
    """The version that protects what is shown and published on `day`."""
    return rule_on(max(day, BUILT_IN.valid_from), versions(session, scope))


def _rule(row: RuleVersion) -> Rule:
    return Rule(
        threshold=row.threshold,
        screening_threshold=row.screening_threshold,
        share_base=row.share_base,
        screening_share_base=row.screening_share_base,
        median_base=row.median_base,
        insider=row.insider,
        version=str(row.number),
        decision=row.decision,
        decided=row.decided,
        valid_from=row.valid_from,
    )
