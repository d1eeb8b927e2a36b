"""`protect`: raw tables in, protected tables out, or nothing at all."""

from collections.abc import Collection as Several
from collections.abc import Sequence
from time import monotonic

from followup.disclosure.answers import OutOfTime
from followup.disclosure.attempt import Attempt
from followup.disclosure.cells import CountTable
from followup.disclosure.errors import ProtectionFailed
from followup.disclosure.ledger import Ledger
from followup.disclosure.recode import last_rung, rung_name, starting_rung
from followup.disclosure.released import Release
from followup.disclosure.rule import Rule


def protect(
    tables: Sequence[CountTable],
    rule: Rule,
    ledger: Ledger | None = None,
    *,
    previous: Several[str] = frozenset(),
    key: bytes = b"followup",
    time_limit: float = 60.0,
) -> Release:
    """Protect all tables of a release together, and against everything published before.

    tables      everything that will be told at the same time
    rule        the rule version in force
    ledger      what earlier editions told and promised
    previous    `pattern` of the previous draft, so that cells do not flicker
    key         the installation's secret, for ties only
    time_limit  seconds; nothing is published when it is passed
    Raises ProtectionFailed with a Swedish reason. No count is in the error or in any frame it carries.
    """
    reason = (
        "Röjandekontrollen gick inte att slutföra. Inget har publicerats. Kontakta systemadministratören."
    )
    failed: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    try:
        deadline = monotonic() + time_limit
        return _protect(Attempt(tables, rule, ledger or Ledger.empty(), frozenset(previous), key, deadline))
    except ProtectionFailed as failure:
        reason, failed, editions = failure.reason, failure.tables, failure.editions
    except OutOfTime:
        reason = (
            "Röjandekontrollen hann inte bli klar. Försök igen när färre använder tjänsten, eller välj en "
            "annan period, till exempel hela året."
        )
    except Exception:  # noqa: S110 - any fault means that nothing is published, and no frame may leave
        pass
    raise ProtectionFailed(reason, tables=failed, editions=editions)


def _protect(attempt: Attempt) -> Release:
    """The release on the finest rungs that do not lose too much, and that earlier editions leave room for.

    Parts taken together can be known from earlier editions that told them apart: such a table stays finer.
    """
    tables, rule = attempt.tables, attempt.rule
    last = [last_rung(table, attempt.ledger.rungs.get(rung_name(table), 0)) for table in tables]
    rungs = [starting_rung(table, rule, rung) for table, rung in zip(tables, last, strict=True)]
    if rule.insider:
        # What hides too much already need not be tried on those who know all of their own.
        _, rungs = _climb(attempt, rungs, last, insiders=False)
    release, rungs = _climb(attempt, rungs, last, insiders=bool(rule.insider))
    release.rungs = {
        rung_name(table): rung for table, rung in zip(tables, rungs, strict=True) if table.ladder
    }
    return release


def _climb(
    attempt: Attempt, rungs: list[int], last: list[int], *, insiders: bool
) -> tuple[Release, list[int]]:
    """The release on the first rungs from these on that do not lose too much, and the rungs."""
    try:
        release = attempt.on(rungs, insiders=insiders)
    except ProtectionFailed as refusal:
        if not refusal.editions or rungs == last:
            raise
        rungs = last
        release = attempt.on(rungs, insiders=insiders)
    stuck: set[int] = set()
    alone = False
    while higher := [number for number in attempt.too_fine(release, rungs) if number not in stuck]:
        chosen = higher[:1] if alone else higher
        raised = [rung + (number in chosen) for number, rung in enumerate(rungs)]
        try:
            release, rungs = attempt.on(raised, insiders=insiders), raised
        except ProtectionFailed as refusal:
            if not refusal.editions:
                raise
            alone = True
            stuck |= set(chosen) if len(chosen) == 1 else set()
    return release, rungs
