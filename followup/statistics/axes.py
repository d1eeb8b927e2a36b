"""The axes of a cube, from its declaration and the förbund's own lists."""

from collections.abc import Iterable, Mapping, Sequence

from followup.disclosure.cells import TOTAL, Axis, Codes, Selection, select
from followup.periods import Period
from followup.screening.measures import (
    ANSWERED,
    ASKED,
    DECLINED,
    DECLINED_SUPPORT,
    ONGOING,
    REFERRED,
    YES_ANY,
    labels,
    yes,
)
from followup.screening.queries import UNNAMED
from followup.statistics.declarations import (
    ANSWER,
    BASE,
    COUNT,
    FIGURE,
    MEDIAN,
    NINETIETH,
    PERIOD,
    PHASE,
    SHARE,
    TEAM,
    Cube,
    Line,
)
from followup.statistics.lines import LINES
from followup.statistics.populations import COUNTED
from followup.statistics.together import Together, members
from followup.statistics.variables import (
    ALIVE,
    DECEASED,
    UNKNOWN,
    VARIABLES,
    YES,
    Lists,
    has_income,
    topic_of,
)
from followup.web.formats import sentence_start

SHARES = ((COUNT, "Antal"), (BASE, "Av totalt"), (SHARE, "Andel"))
ANSWERS = ((COUNT, "Antal"), (SHARE, "Andel av svarande"))
LENGTHS = ((COUNT, "Antal"), (MEDIAN, "Median, veckor"), (NINETIETH, "Nio av tio högst, veckor"))
ALL: Selection = {}
# Axes of what is stated at the exit; of those who died nothing else is, but for that.
OF_THE_LIVING = ("income", "continuation", "exit_reason")


def axis_of(
    cube: Cube, name: str, periods: Sequence[Period], teams: Sequence[tuple[str, str]], lists: Lists
) -> Axis:
    """The axis called `name`, with a total first where its categories are parts of a whole."""
    if name == PERIOD:
        return _axis(name, "Period", [(period.code, period.label) for period in periods])
    if name == FIGURE:
        figures = LENGTHS if cube.lengths else SHARES if cube.share_of else ANSWERS
        return _axis(name, "Mått", figures)
    if name == TEAM:
        return _axis(name, "Team", teams)
    if name == ANSWER:
        return _axis(name, "Svar", _answers(lists, cube.answers))
    if name in LINES:
        return _axis(name, LINES[name].label, [(line.code, line.label) for line in LINES[name].lines])
    items = VARIABLES[name].items(lists)
    entries = [(item.code, sentence_start(item.label)) for item in items]
    whole = [] if VARIABLES[name].apart else [(TOTAL, "Totalt")]
    return _axis(name, VARIABLES[name].label, [*whole, *entries])


def _axis(name: str, label: str, entries: Iterable[tuple[str, str]]) -> Axis:
    codes, names = zip(*entries, strict=True)
    return Axis(name, label, codes, names)


def _answers(lists: Lists, chosen: Sequence[str]) -> list[tuple[str, str]]:
    """The counters that are told, or the `chosen` of them: a no is what is left of those who answered."""
    topics = {item.code: item.label for item in lists["screening_topic"] if item.label not in UNNAMED}
    told = {code: label for code, label in labels(topics).items() if not code.startswith("no_")}
    return [(code, told[code]) for code in chosen or told]


def wholes_of(axis: str, code: str) -> Codes:
    """The categories that `code` is a part of: the total, or for an answer those who gave one.

    A topic, and ongoing violence, are a part of those who said yes to anything as well. What is stated of the
    living alone is a part of those.
    """
    if axis in OF_THE_LIVING and code not in (TOTAL, UNKNOWN, DECEASED):
        return (TOTAL, ALIVE)
    if axis != ANSWER:
        return (TOTAL,)
    if code in (ASKED, ANSWERED, DECLINED):
        return (ASKED,)
    return (ANSWERED,) if code in (YES_ANY, REFERRED, DECLINED_SUPPORT) else (ANSWERED, YES_ANY)


def parents_of(axis: Axis) -> dict[str, Codes]:
    """Where the total is not the only whole: each category with those that it is a part of."""
    found = {code: wholes_of(axis.name, code) for code in axis.codes if code != ASKED}
    return {} if set(found.values()) == {(TOTAL,)} else found


def telling(axis: Axis) -> frozenset[str]:
    """Categories in which to be everybody, or all but a few, tells something about a person."""
    if axis.name == ANSWER:
        return frozenset(axis.codes) - {ASKED, ANSWERED, DECLINED}
    return frozenset(axis.codes) - {TOTAL, UNKNOWN}


def parts(axis: Axis, period: Period, together: Together) -> Mapping[str, Selection]:
    """Who is in each category of an axis; an axis of phases chooses together with the income."""
    name = axis.name
    if name == TEAM:
        return {code: {TEAM: frozenset(members([code], together))} for code in axis.codes}
    if name == ANSWER:
        return {code: _answer(code) for code in axis.codes}
    if name in (PHASE, "income"):
        return dict.fromkeys(axis.codes, ALL)
    if name in LINES:
        return {line.code: _line(line, period) for line in LINES[name].lines}
    variable = VARIABLES[name]
    return {code: ALL if code == TOTAL else variable.choose(code) for code in axis.codes}


def crossed(codes: Mapping[str, str]) -> Selection:
    """What two axes choose only together: an income source, before the start or at the exit."""
    if PHASE not in codes or codes["income"] == TOTAL:
        return ALL
    return {has_income(codes[PHASE], codes["income"]): frozenset({YES})}


def _line(line: Line, period: Period) -> Selection:
    counted: Selection = COUNTED[line.counted](period) if line.counted else {}
    return select(counted, line.codes or {})


def _answer(code: str) -> Selection:
    """A yes to a topic is a yes to at least one question, and whoever says either has answered."""
    if code == ASKED:
        return ALL
    if code == DECLINED:
        return {"response": frozenset({DECLINED})}
    answered: Selection = {"response": frozenset({ANSWERED})}
    said_yes: Selection = {**answered, "any": frozenset({YES})}
    known = {ANSWERED: answered, YES_ANY: said_yes, ONGOING: {**said_yes, "ongoing": frozenset({YES})}}
    if code in (REFERRED, DECLINED_SUPPORT):
        return {**answered, "support": frozenset({code})}
    if code in known:
        return known[code]
    topic = next(name for name in (code.partition("_")[2],) if yes(name) == code)
    return {**said_yes, topic_of(topic): frozenset({YES})}
