"""Recording activities and counting meetings."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.activities import queries
from followup.activities.commands import CountMeetings, RecordActivity
from followup.activities.models import Activity, Attendance, MeetingCount
from followup.audit import service as audit
from followup.audit.events import Event
from followup.db.entry import fingerprint
from followup.errors import Refusal, StaleRow
from followup.organisation import queries as organisation
from followup.organisation.models import Team
from followup.periods import Month
from followup.plan import queries as plan

EARLIEST = date(2000, 1, 1)
MOST_THERE = 9999


class ActivityRefused(Refusal):
    """Something typed about an activity cannot be; `field` says what."""


class MeetingsChanged(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Någon annan har ändrat årets möten sedan du öppnade sidan. Ingenting har sparats. "
            "Läs antalen igen och gör om ändringen om den fortfarande behövs."
        )


class MonthNotCounted(Refusal):
    def __init__(self, month: Month) -> None:
        super().__init__(
            f"{month.label.capitalize()} går inte att fylla i: månaden har inte börjat, eller så var teamet "
            "inte i gång då."
        )


def record_activity(*, session: Session, scope: Scope, command: RecordActivity) -> Activity:
    activity = add_activity(session=session, scope=scope, command=command)
    _tell(session, scope, "add", activity)
    return activity


def add_activity(*, session: Session, scope: Scope, command: RecordActivity) -> Activity:
    """As `record_activity`; whoever adds many of them writes the event."""
    check_activity(session, scope, command)
    activity = Activity(association_id=scope.association_id)
    _fill(activity, command)
    session.add(activity)
    session.flush()
    return activity


def correct_activity(
    *, session: Session, scope: Scope, number: int, seen: str, command: RecordActivity
) -> Activity:
    activity = queries.held_activity(session, scope, number)
    activity.renew(seen)
    check_activity(session, scope, command)
    _fill(activity, command)
    session.flush()
    _tell(session, scope, "correct", activity)
    return activity


def remove_activity(*, session: Session, scope: Scope, number: int, stamp: str) -> None:
    """Take back `add_activity`. Raises StaleRow when somebody has changed the activity since."""
    activity = queries.held_activity(session, scope, number)
    if activity.stamp != stamp:
        raise StaleRow
    session.delete(activity)
    session.flush()


def void_activity(*, session: Session, scope: Scope, number: int) -> Activity:
    """It counts nowhere until it is put back."""
    return _set_voided(session, scope, number, voided=True)


def restore_activity(*, session: Session, scope: Scope, number: int) -> Activity:
    return _set_voided(session, scope, number, voided=False)


def check_activity(session: Session, scope: Scope, command: RecordActivity) -> None:
    """Raises ActivityRefused with the first thing that cannot be."""
    if command.day > clock.today():
        raise ActivityRefused(
            "Datum: dagen har inte varit än. För in aktiviteten när den har varit.", field="day"
        )
    if command.day < EARLIEST:
        raise ActivityRefused(f"Datum: skriv en dag från {EARLIEST.year} eller senare.", field="day")
    kinds = {code.code for code in organisation.codes(session, scope, "activity_kind")}
    if command.kind not in kinds:
        raise ActivityRefused("Slag: välj något av alternativen i listan.", field="kind")
    parties = {code.code for code in organisation.codes(session, scope, "member_party")}
    if not set(command.attendance) <= parties:
        raise ActivityRefused("Organisationen finns inte i listan. Välj en av organisationerna.")
    if not any(command.attendance.values()):
        raise ActivityRefused("Fyll i hur många som deltog från minst en organisation.")
    if not all(0 <= number <= MOST_THERE for number in command.attendance.values()):
        raise ActivityRefused(f"Antal: skriv ett tal från 0 till {MOST_THERE}.")
    if command.intervention_id is not None:
        plan.intervention(session, scope, command.intervention_id)


def count_meetings(*, session: Session, scope: Scope, command: CountMeetings) -> None:
    """Replace a year's counts of an advisory team; a month that is left out has not been counted."""
    team = queries.advisory_team(session, scope, command.team_id)
    for month in command.counts:
        if month.year != command.year or not is_countable(team, month):
            raise MonthNotCounted(month)
    if seen_of(queries.meetings(session, scope, team.id, command.year)) != command.seen:
        raise MeetingsChanged
    session.execute(
        delete(MeetingCount).where(
            MeetingCount.association_id == scope.association_id,
            MeetingCount.team_id == team.id,
            MeetingCount.month >= Month(command.year, 1),
            MeetingCount.month <= Month(command.year, 12),
        )
    )
    session.add_all(
        MeetingCount(association_id=scope.association_id, team_id=team.id, month=month, count=number)
        for month, number in command.counts.items()
    )
    session.flush()
    audit.record(session, scope, Event.MEETINGS_COUNTED, team_id=team.id, year=str(command.year))


def seen_of(counts: Mapping[Month, int]) -> str:
    """What a page of meetings carries, so that a change by somebody else is noticed."""
    return fingerprint(sorted((str(month), number) for month, number in counts.items()))


def is_countable(team: Team, month: Month) -> bool:
    """Whether the month has begun and the team worked in it."""
    last = Month.of(clock.today())
    return team.opened <= month <= (min(last, team.closed) if team.closed else last)


def _fill(activity: Activity, command: RecordActivity) -> None:
    activity.day, activity.name, activity.kind = command.day, command.name, command.kind
    activity.intervention_id = command.intervention_id
    wanted = {party: number for party, number in command.attendance.items() if number}
    kept = [each for each in activity.attendance if each.party in wanted]
    for each in kept:
        each.count = wanted.pop(each.party)
    new = [
        Attendance(association_id=activity.association_id, party=party, count=number)
        for party, number in wanted.items()
    ]
    activity.attendance = kept + new


def _set_voided(session: Session, scope: Scope, number: int, *, voided: bool) -> Activity:
    activity = queries.held_activity(session, scope, number)
    activity.renew()
    activity.voided = voided
    session.flush()
    _tell(session, scope, "void" if voided else "restore", activity)
    return activity


def _tell(session: Session, scope: Scope, act: str, activity: Activity) -> None:
    audit.record(session, scope, Event.ACTIVITY_CHANGED, act=act, number=str(activity.id))
