"""What a table says in words, made of nothing but the cells its reader sees.

A sentence with a number that is hidden, missing or too small a base is not said at all: leaving out the one
number, or saying that another is the largest, would itself tell something.
"""

from collections.abc import Mapping
from dataclasses import replace

from followup.disclosure import TOTAL, ProtectedCell, ProtectedTable, Status
from followup.disclosure.protected import percentage
from followup.exports.layout import Told
from followup.periods import Period
from followup.statistics.chance import is_within_chance
from followup.statistics.declarations import PERIOD, SHARE, Cell, Cube, Finding, Words
from followup.statistics.service import Shown
from followup.web.formats import HARD_SPACE, decimal, integer, plural, sentence_start

WITHOUT_NUMBERS = "Tabellen visar vad som går att berätta utan att röja enskilda uppgifter."
NUMBERS = (Status.VALUE, Status.ZERO)
# Said of a group that a coarser version of the table has made of several.
TOGETHER = "sammanslagen grupp"


def words(shown: Shown, period: Period) -> Words:
    """The finding of a table for a period; without numbers when one of them cannot be told."""
    finding = shown.table.finding
    if not isinstance(finding, Finding):
        return finding(shown.cubes, period)
    names = {"period": period.label}
    for one in filter(None, (finding, finding.otherwise)):
        told = _told(one, shown, period)
        if told is not None:
            heading = one.heading.format(**names, **told) + (f" ({TOGETHER})" if TOGETHER in told else "")
            return Words(sentence_start(heading), _sentence(one, shown, period, names | told))
    return Words(finding.plain.format(**names), WITHOUT_NUMBERS if _is_protected(shown.cubes) else "")


def told_with(finding: Finding, shown: Shown, period: Period) -> str:
    """The sentence of a finding; empty when one of its numbers cannot be told."""
    told = _told(finding, shown, period)
    return _sentence(finding, shown, period, told | {"period": period.label}) if told else ""


def _sentence(finding: Finding, shown: Shown, period: Period, names: Mapping[str, str]) -> str:
    parts = [sentence_start(finding.sentence.format(**names))]
    if TOGETHER in names:
        parts.append("I gruppen är flera kategorier sammanslagna; var för sig kan en annan vara vanligast.")
    if finding.comparison and "before" in names:
        parts += [finding.comparison.format(**names), *_change(finding, shown, period)]
    return " ".join(parts)


def _change(finding: Finding, shown: Shown, period: Period) -> list[str]:
    """How much more or less than a year before, in number and in percentage units of what is printed."""
    if not finding.share:
        return []
    places = [finding.cells.get(name) for name in finding.share]
    if None in places:
        return []
    now, of_now, before, of_before = (
        cell_at(shown.cubes[place.cube], replace(place, before=earlier), period).value
        for earlier in (False, True)
        for place in places
        if place is not None
    )
    if now is None or before is None or not of_now or not of_before or of_before < shown.least_base:
        return []
    units = _percent(now, of_now) - _percent(before, of_before)
    told = [f"{moved(now - before, units)}."]
    if units and finding.apart and is_within_chance(int(now), int(of_now), int(before), int(of_before)):
        told.append("En så liten skillnad i andel kan bero på slumpen.")
    return told


def moved(number: float, units: int) -> str:
    """In number and in share: "Antalet har ökat med 12 och andelen med 4 procentenheter"."""
    by_units = plural(abs(units), "procentenhet", "procentenheter")
    if number and units and (number > 0) == (units > 0):
        return f"Antalet har {_way(number)} med {integer(abs(number))} och andelen med {by_units}"
    told = f"Antalet har {_way(number)} med {integer(abs(number))}" if number else "Antalet är oförändrat"
    share = f"andelen har {_way(units)} med {by_units}" if units else "andelen är oförändrad"
    return f"{told} {'men' if number and units else 'och'} {share}"


def _way(change: float) -> str:
    return "ökat" if change > 0 else "minskat"


def _percent(part: float, whole: float) -> int:
    return int(percentage(int(part), int(whole), 0) or 0)


def _told(finding: Finding, shown: Shown, period: Period) -> dict[str, str] | None:
    """Texts by name, or None when something that the sentence needs cannot be told."""
    cubes = shown.cubes
    numbers: dict[str, float] = {}
    texts: dict[str, str] = {}
    if not finding.cells and not _is_protected(cubes):
        return None  # true of protected tables alone, which there are none of before every month is complete
    for name, cell in finding.cells.items():
        if cell.cube not in cubes:
            return None
        found = cell_at(cubes[cell.cube], cell, period)
        if found.status in NUMBERS and found.value is not None:
            numbers[name] = found.value
            sign = f"{HARD_SPACE}%" if SHARE in cell.codes.values() else ""
            nobody = found.status is Status.ZERO and name in finding.nobody
            texts[name] = "ingen" if nobody else f"{decimal(found.value, found.decimals)}{sign}"
        elif not cell.before:
            return None
    if numbers.get("all") == 0 and not _is_protected(cubes):
        return None
    if finding.largest:
        largest = _largest(cubes[""], finding.largest, period)
        if largest is None:
            return None
        code, texts["label"], numbers["largest"] = largest
        texts["largest"] = integer(numbers["largest"])
        if _is_of_several(shown, finding.largest, code):
            texts[TOGETHER] = TOGETHER
    if finding.share:
        numerator, base = (int(numbers[name]) for name in finding.share)
        if not base or (_is_protected(cubes) and base < shown.least_base):
            return None
        texts["share"] = f"{percentage(numerator, base, 0):.0f}{HARD_SPACE}%"
    return texts


def _is_protected(cubes: Mapping[str, Told]) -> bool:
    return any(isinstance(cube, ProtectedTable) for cube in cubes.values())


def cell_at(table: Told, cell: Cell, period: Period) -> ProtectedCell:
    """The cell that a declaration names; a coarser version of the table may be without it."""
    codes = {PERIOD: (period.previous if cell.before else period).code, **cell.codes}
    place = tuple(codes.get(axis.name, TOTAL) for axis in table.axes)
    return table.cells.get(place, ProtectedCell(None, Status.NOT_APPLICABLE))


def _largest(table: Told, axis_name: str, period: Period) -> tuple[str, str, int] | None:
    """Code, label and number of the largest category.

    None when two are as large, or when those that are hidden may be larger, all together.
    """
    axis = table.axis(axis_name)
    found = {code: cell_at(table, Cell("", {axis_name: code}), period) for code in axis.codes}
    everybody = found.pop(TOTAL, None)
    told = {
        code: int(cell.value)
        for code, cell in found.items()
        if cell.status in NUMBERS and cell.value is not None
    }
    ranked = sorted(told, key=lambda code: told[code], reverse=True)
    if not ranked or (len(ranked) > 1 and told[ranked[0]] == told[ranked[1]]):
        return None
    first = ranked[0]
    if any(cell.status is Status.SUPPRESSED for cell in found.values()):
        if everybody is None or everybody.value is None:
            return None
        if told[first] <= everybody.value - sum(told.values()):
            return None
    return first, dict(zip(axis.codes, axis.labels, strict=True))[first], told[first]


def _is_of_several(shown: Shown, axis: str, code: str) -> bool:
    """Whether a code is one of the groups that the table's coarser versions are made of."""
    return any(
        step.axis == axis and code in step.groups
        for cube in shown.table.cubes
        if isinstance(cube, Cube)
        for rung in cube.ladder
        for step in rung
    )
