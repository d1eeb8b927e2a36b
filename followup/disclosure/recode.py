"""Coarser before hidden: the rungs of a table's ladder, and which one to stand on.

The rung is chosen by structure: how many people there are for each cell on average, which the totals tell
anyway, and which rung the table stood on last. Only if the result still hides too much is the next rung
taken.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from followup.disclosure.cells import (
    TOTAL,
    Axis,
    Codes,
    CountTable,
    MonthRange,
    Part,
    RawCell,
    Recoding,
    Selection,
    Share,
    _read,
)
from followup.disclosure.collect import is_sum, parents_of
from followup.disclosure.errors import TableMalformed
from followup.disclosure.protected import ProtectedTable, Status
from followup.disclosure.rule import Rule

# Cells are well enough peopled to be shown when they hold this many thresholds on average.
CROWD = 2.0

Moved = Callable[[Codes], Codes]


def last_rung(table: CountTable, last: int) -> int:
    """The finest rung that the table may stand on when it was published on `last`, or 0, before."""
    return min(max(last, table.finest), len(table.ladder))


def starting_rung(table: CountTable, rule: Rule, last: int) -> int:
    """The finest rung from `last` on with enough people to a cell, or with nobody; 0 is the table itself."""
    if not any(count for _, count in _read(table).cells.values()):
        return last
    least = rule.least(screening=table.screening, own=table.threshold)
    for rung in range(last, len(table.ladder)):
        stand = coarser(table, rung)
        if _people_per_cell(stand) >= CROWD * least and _sure_loss(stand, least) <= rule.acceptable_loss:
            return rung
    return len(table.ladder)


def rung_name(table: CountTable) -> str:
    """What the register calls the table's rung; figures of a part of a year do not bind those of the year."""
    return f"{table.id} from {table.finest}" if table.finest else table.id


def _people_per_cell(table: CountTable) -> float:
    counts = [
        count
        for codes, (_, count) in _read(table).cells.items()
        if count is not None
        and not any(is_sum(table, axis, code) for axis, code in zip(table.axes, codes, strict=True))
    ]
    return sum(counts) / len(counts) if counts else 0.0


def _sure_loss(table: CountTable, least: int) -> float:
    """The share of cells (0–1) that is hidden whatever else happens.

    That is the small ones, and one more in each line where the others and the total would give one away.
    """
    cells = {codes: count for codes, (_, count) in _read(table).cells.items() if count is not None}
    small = {codes for codes, count in cells.items() if 0 < count < least and codes not in table.exempt}
    alone = [0]
    for position, axis in enumerate(table.axes):
        lines: dict[Codes, list[Codes]] = {}
        for codes in cells:
            if codes[position] != TOTAL and parents_of(table, axis.name, codes[position])[0] == TOTAL:
                lines.setdefault((*codes[:position], TOTAL, *codes[position + 1 :]), []).append(codes)
        alone.append(
            sum(
                len(small.intersection(line)) == 1
                and total not in small
                and cells.get(total) == sum(cells[codes] for codes in line)
                for total, line in lines.items()
            )
        )
    return (len(small) + max(alone)) / len(cells) if cells else 0.0


def loses_too_much(table: CountTable, finished: ProtectedTable, rule: Rule) -> bool:
    """True when more than the acceptable share is hidden, or any total."""
    hidden = [codes for codes, cell in finished.cells.items() if cell.status is Status.SUPPRESSED]
    margins = any(
        is_sum(table, axis, code) for codes in hidden for axis, code in zip(table.axes, codes, strict=True)
    )
    return margins or finished.share_hidden > rule.acceptable_loss


def coarser(table: CountTable, rung: int) -> CountTable:
    """The table on a rung of its ladder; rung 0 is the table itself. Raises TableMalformed."""
    if rung == 0:
        return table
    for recoding in table.ladder[rung - 1]:
        table = recoded(table, recoding)
    return table


def recoded(table: CountTable, recoding: Recoding) -> CountTable:
    """The table with codes of one axis taken together, and no ladder.

    What is taken together as the total stands in it already and is left out, and so are medians of what was
    taken together. Raises TableMalformed when groups overlap.
    """
    names = [axis.name for axis in table.axes]
    new = {old: code for code, members in recoding.groups.items() for old in members}
    moved, stays = _movement(names, recoding)
    raw = _read(table)
    kept = {codes: figure for codes, figure in raw.figures.items() if moved(codes) == codes}
    shares = {codes: share for codes, share in table.shares.items() if stays(codes)}
    return CountTable(
        id=table.id,
        title=table.title,
        population=table.population,
        axes=[_axis(axis, recoding, new) if axis.name == recoding.axis else axis for axis in table.axes],
        stub=table.stub,
        heading=table.heading,
        cells=together(table.id, raw.cells, names, recoding),
        sensitive=_renamed_sets(table.sensitive, recoding.axis, new),
        parents=_renamed_parents(table.parents, recoding.axis, new),
        exempt={moved(codes) for codes in table.exempt if stays(codes)},
        shares={moved(codes): _moved_share(share, moved) for codes, share in shares.items()},
        figures={codes: figure._replace(base=moved(figure.base)) for codes, figure in kept.items()},
        bases=raw.bases,
        screening=table.screening,
        threshold=table.threshold,
        unit=table.unit,
        units=table.units,
        notes=table.notes,
        courses=raw.courses,
    )


def _movement(names: Sequence[str], recoding: Recoding) -> tuple[Moved, Callable[[Codes], bool]]:
    """Where a cell goes, and whether it goes anywhere but into the total."""
    position = names.index(recoding.axis)
    new = {old: code for code, members in recoding.groups.items() for old in members}

    def moved(codes: Codes) -> Codes:
        if len(codes) != len(names):
            return codes
        return (*codes[:position], new.get(codes[position], codes[position]), *codes[position + 1 :])

    def stays(codes: Codes) -> bool:
        return len(codes) != len(names) or codes[position] not in recoding.groups.get(TOTAL, ())

    return moved, stays


def _moved_share(share: Share, moved: Moved) -> Share:
    return Share(moved(share.numerator), moved(share.denominator), share.decimals)


def _axis(axis: Axis, recoding: Recoding, new: Mapping[str, str]) -> Axis:
    labels = dict(zip(axis.codes, axis.labels, strict=True)) | dict(recoding.labels)
    codes = tuple(dict.fromkeys(new.get(code, code) for code in axis.codes))
    return Axis(axis.name, axis.label, codes, tuple(labels.get(code, code) for code in codes))


def together(
    name: str, cells: Mapping[Codes, RawCell], names: Sequence[str], recoding: Recoding
) -> dict[Codes, RawCell]:
    """The cells of a cube with axes `names` after a step of its ladder. Raises TableMalformed."""
    moved, stays = _movement(names, recoding)
    groups: dict[Codes, list[RawCell]] = {}
    for codes, cell in cells.items():
        if stays(codes):
            groups.setdefault(moved(codes), []).append(cell)
    return {codes: _sum(name, members) for codes, members in groups.items()}


def _sum(name: str, members: Sequence[RawCell]) -> RawCell:
    selection, count = members[0]
    for other, more in members[1:]:
        selection = _joined(name, selection, other)
        count = None if count is None or more is None else count + more
    return selection, count


def _joined(name: str, one: Selection, other: Selection) -> dict[str, Part]:
    """Two selections that differ in one variable, taken together."""
    different = [key for key in one.keys() | other.keys() if one.get(key) != other.get(key)]
    if len(different) != 1:
        raise TableMalformed(f"{name}: only groups that differ in one variable can be taken together.")
    key = different[0]
    return {**one, key: _joined_part(name, one.get(key), other.get(key))}


def _joined_part(name: str, one: Part | None, other: Part | None) -> Part:
    if isinstance(one, frozenset) and isinstance(other, frozenset) and not one & other:
        return one | other
    if isinstance(one, MonthRange) and isinstance(other, MonthRange):
        early, late = sorted((one, other), key=lambda months: months.first or "")
        if early.last is not None and late.first is not None and early.last < late.first:
            return MonthRange(early.first, late.last)
    raise TableMalformed(f"{name}: groups that overlap cannot be taken together.")


def _renamed_sets(
    sets: Mapping[str, Iterable[str]], axis: str, new: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    return {
        name: frozenset(new.get(code, code) if name == axis else code for code in codes) - {TOTAL}
        for name, codes in sets.items()
    }


def _renamed_parents(
    parents: Mapping[str, Mapping[str, Codes]], axis: str, new: Mapping[str, str]
) -> dict[str, dict[str, Codes]]:
    kept = {name: dict(groups) for name, groups in parents.items()}
    if axis in kept:
        renamed: dict[str, Codes] = {}
        for code, groups in kept[axis].items():
            # What was taken together is a part of what all of it was.
            name = new.get(code, code)
            renamed[name] = tuple(up for up in renamed.get(name, groups) if up in groups)
        others = {code: tuple(up for up in groups if up != code) for code, groups in renamed.items()}
        kept[axis] = {code: groups for code, groups in others.items() if groups}
    return kept
