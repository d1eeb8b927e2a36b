"""What to look at before an edition is published: completeness, quality and what is new."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from followup.access import queries as access
from followup.access.models import Account
from followup.access.queries import AccountFilter
from followup.access.roles import Permission, Role
from followup.access.scope import Scope
from followup.disclosure import TOTAL, ProtectedTable
from followup.editions import queries, service
from followup.editions.differences import Movement, Veil, changes, gone, movement, veil
from followup.editions.models import Edition, EditionDraft
from followup.editions.preparing import saved_draft
from followup.exports.publication import Publication
from followup.organisation import queries as organisation
from followup.periods import Period, Year
from followup.plan import queries as plan
from followup.reporting_groups import queries as reporting_groups
from followup.statistics.declarations import PERIOD
from followup.statistics.service import Statistics
from followup.statistics.standing import somebody_worked
from followup.statistics.variables import UNKNOWN
from followup.web.formats import date_in_text, enumeration, integer, percent, plural

# So many goals are named.
MOST_GOALS = 5


@dataclass(frozen=True)
class Since:
    """What is new since something earlier, in words. `edition` when that was published."""

    heading: str
    movement: Movement
    veil: Veil
    changes: list[str]
    edition: Edition | None = None

    @property
    def is_same(self) -> bool:
        return not self.changes


@dataclass(frozen=True)
class Approval:
    """Where the second person's approval stands; `is_needed` is the förbund's choice.

    asked_by   who asked, by role, to begin a sentence with
    declined   the draft that another has said no to
    is_own     it was asked for by the person who looks
    is_alone   nobody but the person who looks may publish
    way_out    what to do where nobody else has an account that could be the second person; else ""
    """

    is_needed: bool
    asked: EditionDraft | None
    asked_by: str
    declined: EditionDraft | None
    is_own: bool
    has_changed: bool
    is_alone: bool
    way_out: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether the person who looks may publish."""
        return not self.is_needed or (self.asked is not None and not self.is_own and not self.has_changed)

    def may_be_asked(self, may_publish: bool) -> bool:
        """Unless one's own request stands, one may answer somebody else's, or nobody could answer."""
        stands = self.asked is not None and not self.has_changed
        return self.is_needed and not self.is_alone and not (stands and (self.is_own or may_publish))

    @property
    def asked_on(self) -> str:
        return date_in_text(self.asked.saved_on) if self.asked else ""

    @property
    def declined_on(self) -> str:
        day = self.declined.declined_on if self.declined else None
        return date_in_text(day) if day else ""


@dataclass(frozen=True)
class Checklist:
    """`open` is what to think about before publishing; nothing there stops it. `done` needs nothing more."""

    open: list[str]
    done: list[str]
    since: list[Since]
    before: Edition | None
    approval: Approval

    @property
    def stands(self) -> Edition | None:
        """The edition that tells what would be published, so that there is nothing to publish."""
        return next((since.edition for since in self.since if since.edition and since.is_same), None)


def checklist(session: Session, scope: Scope, statistics: Statistics, draft: Publication) -> Checklist:
    before = queries.latest_for(session, scope, statistics.period.code)
    news = list(_news(session, scope, draft, before))
    beside = [*_beside_the_year(session, scope, statistics.period), *_together(session, scope)]
    beside += _typed(session, scope, statistics.period)
    was_there_before = somebody_worked(session, scope, statistics.period.previous)
    return Checklist(
        open=[*_open(statistics, before), *_price(news), *_new_rule(session, scope, statistics), *beside],
        done=list(_done(statistics, before, was_there_before=was_there_before)),
        since=news,
        before=before,
        approval=approval(session, scope, draft),
    )


def approval(session: Session, scope: Scope, draft: Publication) -> Approval:
    is_needed = organisation.association(session, scope).second_approval
    kept = queries.draft(session, scope, draft.period.code)
    asked = kept if kept is not None and kept.for_approval else None
    return Approval(
        is_needed=is_needed,
        asked=asked,
        asked_by=_who_asked(session, scope, asked) if asked else "",
        declined=kept if kept is not None and kept.declined_on else None,
        is_own=kept is not None and kept.saved_by == scope.actor,
        has_changed=asked is not None and asked.sha256 != draft.checksum,
        is_alone=is_needed and scope.can(Permission.PUBLISH) and not _others(session, scope, Role.DIRECTOR),
        way_out=_way_out(session, scope) if is_needed else "",
    )


def _who_asked(session: Session, scope: Scope, asked: EditionDraft) -> str:
    """Nobody in particular when the account is gone or has another role now."""
    accounts = access.accounts(session, scope, AccountFilter())
    of_who_asked = (account.memberships for account in accounts if str(account.id) == asked.saved_by)
    held = {each.role for memberships in of_who_asked for each in memberships}
    named = [f"En {role.label}" for role in (Role.DIRECTOR, Role.OFFICER) if role in held]
    return named[0] if named else "Någon"


def _others(session: Session, scope: Scope, role: Role) -> list[Account]:
    """Those in a role who can sign in, but for the person who looks."""
    held = access.accounts(session, scope, AccountFilter(role=role, active=True))
    return [each for each in held if each.password and str(each.id) != scope.actor]


def _way_out(session: Session, scope: Scope) -> str:
    """Who is missing, and who can invite them; one who publishes may be asked by an officer as well."""
    may_publish = scope.can(Permission.PUBLISH)
    enough = (Role.DIRECTOR, Role.OFFICER) if may_publish else (Role.DIRECTOR,)
    if any(_others(session, scope, role) for role in enough):
        return ""
    missing = (
        "utvecklingsledare som kan be om godkännande" if may_publish else "förbundschef som kan publicera"
    )
    administrators = enumeration(each.email for each in _others(session, scope, Role.SYSTEM_ADMIN))
    address = f" ({administrators})" if administrators else ""
    return f"Förbundet har ingen {missing}. Systemadministratören{address} kan bjuda in en."


def since_edition(edition: Edition, later: Publication) -> Since:
    return _since(f"Ändrat sedan utgåva {edition.number}", service.published(edition), later, edition)


def _since(heading: str, earlier: Publication, later: Publication, edition: Edition | None = None) -> Since:
    found = changes(earlier, later)
    told = [change.words for change in found]
    told += [f"{title}: finns inte längre" for title in gone(earlier, later)]
    return Since(heading, movement(earlier, later), veil(found), told, edition)


def _open(statistics: Statistics, before: Edition | None) -> Iterator[str]:
    if before:
        yield f"Perioden är redan publicerad som utgåva {before.number}. Den nya utgåvan blir en revidering."
    if statistics.missing_before:
        label = statistics.period.previous.label
        yield f"Uppgifter för {label} saknas i jämförelsen, för att månader inte är klarmarkerade."
    yield from _not_stated(statistics.protected, statistics.period.code)


def _together(session: Session, scope: Scope) -> Iterator[str]:
    for group in reporting_groups.groups(session, scope):
        yield f"{group.name} redovisas tillsammans. De enskilda teamens siffror publiceras inte."


def _typed(session: Session, scope: Scope, period: Period) -> Iterator[str]:
    """Outcomes of goals that nothing is worked out for: no table is held against them."""
    year = period.first.year
    goals = plan.goals_with_typed_outcome(session, scope, year) if isinstance(period, Year) else []
    shown = [f"”{goal.wording}” ({integer(goal.outcome or 0)})" for goal in goals[:MOST_GOALS]]
    if len(goals) > len(shown):
        shown.append(f"{len(goals) - len(shown)} till")
    if shown:
        yield (
            f"Inskrivet utfall publiceras som det är för {enumeration(shown)}. Röjandekontrollen väger inte "
            "in det. Är ett utfall ett antal deltagare i teamen, eller en andel av dem, kan det avslöja vad "
            "som är dolt: ta bort det under Mål."
        )


def _price(news: Sequence[Since]) -> Iterator[str]:
    """What a revision of a few people tells no longer, which they who have the edition know already."""
    for since in news:
        if since.edition and since.veil.lost:
            yield (
                f"{plural(since.veil.lost, 'uppgift', 'uppgifter')} som utgåva {since.edition.number} visar, "
                "och som andra redan kan ha, visas inte i revideringen. Gäller den få personer är det oftast "
                "bättre att ta med dem i nästa period."
            )


def _new_rule(session: Session, scope: Scope, statistics: Statistics) -> Iterator[str]:
    """That another rule holds than when the förbund published last."""
    latest = next(iter(queries.editions(session, scope)), None)
    rule = statistics.rule
    if latest is not None and rule is not None and latest.rule_version != rule.version:
        yield (
            f"Regel {rule.version} gäller nu: grupper om färre än {rule.least(screening=False)} personer "
            f"döljs. Utgåva {latest.number} följde regel {latest.rule_version}."
        )


def _beside_the_year(session: Session, scope: Scope, period: Period) -> Iterator[str]:
    """What figures for another period than a year cost the year that is to come."""
    year = Year(period.last.year)
    if not isinstance(period, Year) and queries.latest_for(session, scope, year.code) is None:
        yield (
            "Perioden är inte ett kalenderår. Det som publiceras nu kan inte tas tillbaka: utgåvan för "
            f"{year.label} skyddas även mot det, och kan därför dölja fler uppgifter."
        )


def _done(statistics: Statistics, before: Edition | None, *, was_there_before: bool) -> Iterator[str]:
    yield "Alla team har klarmarkerat alla månader i perioden."
    if not was_there_before:
        yield "Inget team var i gång året före, så det finns inget att jämföra med."
    elif not statistics.missing_before:
        yield "Året före är också helt klarmarkerat."
    yield (
        "Tabellerna är skyddade tillsammans och mot allt som publicerats förut. "
        f"{_hidden(statistics.protected)} av uppgifterna är dolda."
    )
    if not before:
        yield "Perioden har inte publicerats förut."


def _not_stated(tables: Sequence[ProtectedTable], period: str) -> Iterator[str]:
    """How many lack a variable, where that number is shown and is not nought."""
    for table in tables:
        axes = {axis.name: axis for axis in table.axes}
        for name in table.stub:
            if len(table.stub) == 1 and {TOTAL, UNKNOWN} <= set(axes[name].codes):
                whole, part = (_shown(table, {name: code, PERIOD: period}) for code in (TOTAL, UNKNOWN))
                if whole and part:
                    yield f"{axes[name].label}: uppgift saknas för {integer(part)} av {integer(whole)}."


def _shown(table: ProtectedTable, codes: dict[str, str]) -> float | None:
    cell = table.cells.get(tuple(codes.get(axis.name, TOTAL) for axis in table.axes))
    return cell.value if cell else None


def _news(session: Session, scope: Scope, draft: Publication, before: Edition | None) -> Iterator[Since]:
    if before is not None:
        yield since_edition(before, draft)
    kept = queries.draft(session, scope, draft.period.code)
    known = saved_draft(session, scope, draft.period.code)
    if kept is not None and known is not None:
        yield _since(f"Ändrat sedan utkastet från {date_in_text(kept.saved_on)}", known, draft)


def _hidden(tables: Sequence[ProtectedTable]) -> str:
    """How large a part of the cells is hidden."""
    told = sum(len(table.cells) for table in tables)
    return percent(sum(table.share_hidden * len(table.cells) for table in tables) / told if told else 0.0)
