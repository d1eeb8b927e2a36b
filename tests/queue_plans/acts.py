"""What a manager does with a plan, through its pages."""

from followup.months.models import MonthDeclaration
from followup.periods import Month

RECRUIT = {
    "what": "Anställ en handläggare",
    "kind": "FLER",
    "responsible_function": "Verksamhetsledare",
    "first": "2025-01",
    "colleagues": "100",
    "places": "26",
}


def add(manager, address, **more):
    return manager.submit(f"{address}/1/atgarder/ny", button="Spara åtgärd", **RECRUIT | more)


def follow(manager, address, day="2025-03-21"):
    return manager.submit(f"{address}/1", button="Lägg till dag", day=day)


def decide(manager, address, version=1, number="§ 20", day="2024-10-31"):
    return manager.submit(
        f"{address}/{version}/faststall", button="Fastställ planen", decision=number, decided_on=day
    )


def declare(database, association, months: int) -> None:
    """The first months of 2024 are complete in the northern team."""
    with database.session(write=True) as session:
        for month in range(1, months + 1):
            declared = MonthDeclaration(
                association_id=association.id,
                team_id=association.north,
                month=Month(2024, month),
                complete=True,
            )
            session.add(declared)
