"""Teams that are told together: a group stands in tables under one code, in the place of its first team."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from followup.web.formats import enumeration

# The codes of the teams of each group, by the group's own.
Together = Mapping[str, tuple[str, ...]]
NOBODY: Together = {}
BETWEEN = "+"


def gathered(
    teams: Sequence[tuple[str, str]], groups: Iterable[Collection[int]]
) -> tuple[list[tuple[str, str]], Together]:
    """Codes and names with the teams of each group as one, and who they are.

    Of a group only those that are shown count: the only one of them that is left stands for itself.
    """
    names = dict(teams)
    group_of: dict[str, str] = {}
    together: dict[str, tuple[str, ...]] = {}
    for group in groups:
        shown = tuple(code for code, _ in teams if int(code) in group)
        if len(shown) > 1:
            code = BETWEEN.join(shown)
            together[code] = shown
            names[code] = enumeration(names[each] for each in shown)
            group_of |= dict.fromkeys(shown, code)
    codes = dict.fromkeys(group_of.get(code, code) for code, _ in teams)
    return [(code, names[code]) for code in codes], together


def spelt_out(codes: Iterable[str]) -> Together:
    """The groups among the codes of a table: the codes of teams are numbers."""
    return {code: tuple(code.split(BETWEEN)) for code in codes if BETWEEN in code}


def members(codes: Iterable[str], together: Together) -> list[str]:
    """Each team that the codes stand for, once."""
    return list(dict.fromkeys(team for code in codes for team in together.get(code, (code,))))
