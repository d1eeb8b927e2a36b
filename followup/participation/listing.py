"""The four lists of a team's rows: what the address asks for, and the table it becomes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.participation import queries
from followup.participation.links import token_of
from followup.participation.queries import Listing, Tab
from followup.participation.rules import TeamRules
from followup.participation.state import State
from followup.participation.words import begun, name_of, told, weeks_so_far
from followup.web.fields import CodeSelectField
from followup.web.formats import integer, sentence_start
from followup.web.forms import FilterForm
from followup.web.paging import Pager
from followup.web.tables import Cell, Column

TAB_LABELS = {
    Tab.QUEUE: "I kö",
    Tab.ACTIVE: "Pågår",
    Tab.ENDED: "Avslutade",
    Tab.VOID: "Makulerade",
}
EMPTY_TEXTS = {
    Tab.QUEUE: "Ingen står i kö. Välj Ställ i kö när någon har accepterats av teamet.",
    Tab.ACTIVE: "Inget deltagande pågår. Starta någon från kön, eller välj Starta direkt.",
    Tab.ENDED: "Inget deltagande är avslutat än.",
    Tab.VOID: "Ingen rad är makulerad.",
}
NEXT_STEP = {Tab.QUEUE: ("starta", "Starta"), Tab.ACTIVE: ("avsluta", "Avsluta")}
# The words that stand in the address, and whether the newest stand first unless asked otherwise.
SORTS = {
    "vecka": "week",
    "kon": "sex",
    "alder": "age_group",
    "remittent": "referring_party",
    "slut": "finished",
}
# Stands for a row in an address that is built once for the whole list.
ROW = "~"
NEWEST_FIRST = {Tab.ENDED, Tab.VOID}
# How the address asks for those who started without anybody saying what they did before.
OCCUPATION = "sysselsattning"


class RowFilter(FilterForm):
    sex = CodeSelectField("Kön", empty="Alla")
    age_group = CodeSelectField("Åldersgrupp", empty="Alla")
    referring_party = CodeSelectField("Remittent", empty="Alla")
    saknas = CodeSelectField(
        "Saknar uppgift om", empty="Visa alla", items=[(OCCUPATION, "Sysselsättning före")]
    )
    ar = CodeSelectField("Avslutades år", empty="Alla")

    def __init__(self, rules: TeamRules, years: Sequence[int]) -> None:
        self._rules, self._years = rules, years
        super().__init__()

    def process(self, *args: Any, **kwargs: Any) -> None:
        """The choices must stand there before what was asked for is read."""
        for field in (self.sex, self.age_group, self.referring_party):
            field.set_items(self._rules.lists[field.name])
        self.ar.set_items([(str(year), str(year)) for year in self._years])
        super().process(*args, **kwargs)


@dataclass(frozen=True, kw_only=True)
class TabItem:
    label: str
    url: str
    current: bool
    count: str


@dataclass(frozen=True, kw_only=True)
class RowList:
    tab: Tab
    tabs: list[TabItem]
    form: RowFilter
    columns: list[Column]
    rows: list[list[Cell]]
    pager: Pager
    empty: str

    @property
    def heading(self) -> str:
        return TAB_LABELS[self.tab]


def read(session: Session, scope: Scope, team_id: int, rules: TeamRules) -> RowList:
    """The list that the address asks for; what it says that cannot be understood is left aside."""
    form = RowFilter(rules, queries.years_finished(session, scope, team_id))
    listing, values = _asked(form)
    counts = queries.count_by_tab(session, scope, team_id)
    total = queries.count(session, scope, team_id, listing)
    pager = Pager.of_request(total, values)
    rows = queries.list_rows(session, scope, team_id, listing.page(pager.offset, pager.size))
    states = [(token_of(row.key), State.of(row)) for row in rows]
    parts = _parts(listing.tab, team_id, rules)
    return RowList(
        tab=listing.tab,
        tabs=[_tab(team_id, tab, listing.tab, count) for tab, count in counts.items()],
        form=form,
        columns=[_column(part, team_id, listing, values) for part in parts],
        rows=[[part.cell(token, state) for part in parts] for token, state in states],
        pager=pager,
        empty="Inga rader stämmer med urvalet." if form.values() else EMPTY_TEXTS[listing.tab],
    )


def _asked(form: RowFilter) -> tuple[Listing, dict[str, str]]:
    """What to read, and how a link says the same."""
    tab = Tab(asked) if (asked := request.args.get("flik")) in set(Tab) else Tab.QUEUE
    word = request.args.get("sortera", "")
    order = request.args.get("ordning")
    newest_first = tab in NEWEST_FIRST and not word
    listing = Listing(
        tab=tab,
        filters={name: code for name, code in form.values().items() if name not in ("saknas", "ar")},
        lacks_occupation=form.saknas.data == OCCUPATION,
        year=int(form.ar.data) if tab is Tab.ENDED and "ar" in form.values() else None,
        sort=SORTS.get(word, "finished" if tab is Tab.ENDED else "week"),
        descending=order == "fallande" or newest_first,
    )
    values = {"flik": tab.value, **form.values()}
    if word in SORTS:
        values |= {"sortera": word} | ({"ordning": "fallande"} if listing.descending else {})
    return listing, values


@dataclass(frozen=True)
class _Part:
    """A column: its heading, how it is sorted, and what stands in it."""

    label: str
    text: Callable[[State], str]
    sort: str = ""
    numeric: bool = False
    acts: bool = False
    # Where the cell leads, with ROW where the row goes; and what the ear hears after the text.
    leads: str = ""
    describe: Callable[[State], str] = lambda _state: ""

    def cell(self, token: str, state: State) -> Cell:
        url = self.leads.replace(ROW, token)
        return Cell(text=self.text(state), url=url, describe=self.describe(state))


def _parts(tab: Tab, team_id: int, rules: TeamRules) -> list[_Part]:
    def word(field: str) -> Callable[[State], str]:
        return lambda state: sentence_start(told(field, getattr(state, field), rules))

    def which(state: State) -> str:
        return name_of(state, rules)

    def rest(state: State) -> str:
        return name_of(state, rules).removeprefix(begun(state).label)

    parts = [
        _Part(
            "I kö från" if tab is Tab.QUEUE else "Började",
            lambda state: sentence_start(begun(state).label),
            "vecka",
            leads=url_for("participation.show", team_id=team_id, token=ROW),
            describe=rest,
        ),
        _Part("Kön", word("sex"), "kon"),
        _Part("Åldersgrupp", word("age_group"), "alder"),
        _Part("Remittent", word("referring_party"), "remittent"),
    ]
    if rules.covers_several:
        parts.append(_Part("Kommun", word("municipality")))
    parts.append(_Part("Veckor", lambda state: integer(weeks_so_far(state)), numeric=True))
    if tab is Tab.ENDED:
        parts += [_Part("Avslutades", _finished, "slut"), _Part("Orsak", _reason(rules))]
    if tab is Tab.VOID:
        parts.append(_Part("Orsak", word("void_reason")))
    if tab in NEXT_STEP:
        step, label = NEXT_STEP[tab]
        leads = url_for("participation.step", team_id=team_id, token=ROW, name=step)
        parts.append(_Part("Nästa steg", lambda _state: label, acts=True, leads=leads, describe=which))
    return parts


def _finished(state: State) -> str:
    moment = state.ended or state.left
    return sentence_start(moment.week.label) if moment else ""


def _reason(rules: TeamRules) -> Callable[[State], str]:
    return lambda state: (
        rules.label("exit_reason", state.exit_reason) or rules.label("left_reason", state.left_reason)
    )


def _tab(team_id: int, tab: Tab, current: Tab, count: int) -> TabItem:
    url = url_for("participation.register", team_id=team_id, flik=tab.value)
    return TabItem(label=TAB_LABELS[tab], url=url, current=tab is current, count=integer(count))


def _column(part: _Part, team_id: int, listing: Listing, values: dict[str, str]) -> Column:
    if not part.sort:
        return Column(part.label, numeric=part.numeric, acts=part.acts)
    is_current = SORTS[part.sort] == listing.sort
    kept = {name: value for name, value in values.items() if name not in ("sortera", "ordning")}
    turn = {"ordning": "fallande"} if is_current and not listing.descending else {}
    return Column(
        part.label,
        sort_url=url_for("participation.register", team_id=team_id, **kept, sortera=part.sort, **turn),  # type: ignore[arg-type]
        sorted=("descending" if listing.descending else "ascending") if is_current else "",
    )
