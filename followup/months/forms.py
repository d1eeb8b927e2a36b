"""What is asked about a month."""

from followup.periods import Month
from followup.web.fields import CodeCheckboxField, CodeRadioField
from followup.web.formats import plural
from followup.web.forms import Form

EARLIER = "earlier"
LATER = "later"


class DeclareForm(Form):
    also = CodeCheckboxField("Tidigare månader")

    def offer(self, earlier: list[Month]) -> None:
        """Ask about the earlier open months, when there are any."""
        if not earlier:
            del self.also
            return
        months = plural(len(earlier), "tidigare månad", "tidigare månader")
        state = "öppen" if len(earlier) == 1 else "öppna"
        text = f"Klarmarkera också {months} som är {state}, från och med {earlier[0].label}"
        self.also.set_items([(EARLIER, text)])

    @property
    def takes_earlier(self) -> bool:
        return "also" in self and EARLIER in (self.also.data or [])


class ReopenForm(Form):
    reason = CodeRadioField("Varför öppnas månaden?", missing="Välj varför månaden ska öppnas igen.")
    also = CodeCheckboxField("Senare månader")

    def offer(self, later: list[Month]) -> None:
        """Ask about the later complete months, when there are any."""
        if not later:
            del self.also
            return
        months = plural(len(later), "senare månad", "senare månader")
        state = "klarmarkerad" if len(later) == 1 else "klarmarkerade"
        text = f"Öppna också {months} som är {state}, till och med {later[-1].label}"
        self.also.set_items([(LATER, text)])

    @property
    def takes_later(self) -> bool:
        return "also" in self and LATER in (self.also.data or [])
