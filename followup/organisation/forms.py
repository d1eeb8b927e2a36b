"""The administrator's forms for teams and code lists."""

from typing import Any

from followup import clock
from followup.organisation.models import Team, TeamKind
from followup.organisation.official import OfficialMunicipality, find_municipality
from followup.organisation.wording import KINDS
from followup.periods import Month
from followup.web.fields import CodeRadioField, CodeSelectField, Filled, GuardedStringField
from followup.web.formats import enumeration, sentence_start
from followup.web.forms import Form

YEARS_BACK = 5


class MunicipalitiesField(GuardedStringField):
    """Names of municipalities with commas between; `data` is a list of official ones."""

    def read(self, text: str) -> None:
        super().read(text)
        self.data: Any = []
        named = {name.strip(): find_municipality(name) for name in text.split(",") if name.strip()}
        if unknown := [name for name, found in named.items() if found is None]:
            raise ValueError(
                f"Det finns ingen kommun som heter {enumeration(unknown, 'eller')}. "
                "Skriv kommunernas namn med komma emellan."
            )
        self.data = list(dict.fromkeys(found for found in named.values() if found is not None))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return ", ".join(municipality.name for municipality in self.data or [])


class TeamForm(Form):
    name = GuardedStringField("Namn", missing="Fyll i teamets namn.", longest=80)
    municipalities = MunicipalitiesField(
        "Kommuner",
        missing="Fyll i minst en kommun.",
        help_text=(
            "Skriv namnen med komma emellan, till exempel: Köping, Arboga, Kungsör. Ett rådgivande team kan "
            "lämnas utan kommuner."
        ),
    )
    kind = CodeRadioField(
        "Slag",
        items=[(kind.value, text) for kind, text in KINDS.items()],
        missing="Välj vilket slags team det är.",
    )
    opened = CodeSelectField(
        "Första månaden", missing="Välj teamets första månad.", help_text="Tidigare månader efterfrågas inte."
    )
    closed = CodeSelectField(
        "Sista månaden",
        empty="Teamet är i gång",
        help_text="När teamet har stängts går det inte att registrera senare månader. Det gamla finns kvar.",
    )

    is_advisory = False

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        if self.is_advisory or (self.kind and self.kind.data == TeamKind.ADVISORY):
            self.municipalities.validators = [Filled("")]
        return bool(super().validate(*args, **kwargs))

    @classmethod
    def of_new(cls) -> "TeamForm":
        form = cls(opened=str(Month.of(clock.today())), kind=TeamKind.COORDINATION.value)
        form.opened.set_items(_months(Month.of(clock.today()) - 12 * YEARS_BACK))
        del form.closed
        return form

    @classmethod
    def of(cls, team: Team, municipalities: list[OfficialMunicipality]) -> "TeamForm":
        form = cls(
            name=team.name,
            municipalities=municipalities,
            opened=str(team.opened),
            closed=str(team.closed) if team.closed else "",
        )
        form.opened.set_items(_months(min(team.opened, Month.of(clock.today()) - 12 * YEARS_BACK)))
        form.closed.set_items(_months(team.opened))
        form.closed.flags.filtering = True  # empty is an answer, not something left out
        form.is_advisory = team.kind == TeamKind.ADVISORY
        del form.kind
        return form

    def of_team(self) -> dict[str, Any]:
        return {
            "name": self.name.data,
            "kind": TeamKind(self.kind.data),
            "opened": Month.parse(self.opened.data),
            "municipalities": self.municipalities.data or [],
        }

    def of_change(self) -> dict[str, Any]:
        return {
            "name": self.name.data,
            "opened": Month.parse(self.opened.data),
            "closed": Month.parse(self.closed.data) if self.closed.data else None,
            "municipalities": self.municipalities.data or [],
        }


def _months(first: Month) -> list[tuple[str, str]]:
    """From `first` to a year from now, latest first."""
    last = Month.of(clock.today()) + 12
    return [(str(last - back), sentence_start((last - back).label)) for back in range(last - first + 1)]


class LabelForm(Form):
    label_sv = GuardedStringField("Text på svenska", missing="Fyll i den svenska texten.", longest=80)
    label_en = GuardedStringField("Text på engelska", missing="Fyll i den engelska texten.", longest=80)

    def texts(self) -> dict[str, Any]:
        return {"label_sv": self.label_sv.data, "label_en": self.label_en.data}
