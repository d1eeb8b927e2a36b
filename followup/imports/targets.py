"""What a batch wrote and changed, and how that is kept in `import_row` until it is settled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from followup.periods import Month
from followup.screening.commands import Place

TeamMonths = dict[int, list[Month]]

OPENED, DECLARED, RENEWED, MADE = "opened", "declared", "renewed", "made"


@dataclass(kw_only=True, repr=False)
class Targets:
    # The stamp of each participation, by its key.
    rows: dict[str, str] = field(default_factory=dict)
    # What was added to each counter.
    counts: dict[Place, Mapping[str, int]] = field(default_factory=dict)
    # Where a team began before the batch let it begin earlier.
    opened: dict[int, Month] = field(default_factory=dict)
    # Months that became complete with the batch.
    declared: TeamMonths = field(default_factory=dict)
    # What a list about the förbund made, as "activity:12", and how it looked then.
    made: dict[str, str] = field(default_factory=dict)
    # Months that were complete before, opened for the batch and declared again.
    renewed: TeamMonths = field(default_factory=dict)

    def pack(self) -> Iterator[tuple[str, str]]:
        """Target and value of every row."""
        yield from self.rows.items()
        for place, counts in self.counts.items():
            address = f"{place.team_id}:{place.month}:{place.round}:{place.sex}"
            yield from ((f"{address}:{measure}", str(count)) for measure, count in counts.items())
        yield from ((f"{OPENED}:{team_id}", str(month)) for team_id, month in self.opened.items())
        yield from ((f"{MADE}:{name}", mark) for name, mark in self.made.items())
        for word, months in ((DECLARED, self.declared), (RENEWED, self.renewed)):
            yield from (
                (f"{word}:{team_id}:{month}", "") for team_id, all_ in months.items() for month in all_
            )

    @classmethod
    def unpack(cls, packed: Mapping[str, str]) -> "Targets":
        targets = cls()
        counts: dict[Place, dict[str, int]] = {}
        for target, value in sorted(packed.items()):
            match target.split(":"):
                case [key]:
                    targets.rows[key] = value
                case ["made", *name]:
                    targets.made[":".join(name)] = value
                case ["opened", team]:
                    targets.opened[int(team)] = Month.parse(value)
                case ["declared", team, month]:
                    targets.declared.setdefault(int(team), []).append(Month.parse(month))
                case ["renewed", team, month]:
                    targets.renewed.setdefault(int(team), []).append(Month.parse(month))
                case [team, month, round_code, sex, measure]:
                    place = Place(team_id=int(team), month=Month.parse(month), round=round_code, sex=sex)
                    counts.setdefault(place, {})[measure] = int(value)
        targets.counts.update(counts)
        return targets
