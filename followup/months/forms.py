"""What is asked about a month."""

from followup.web.fields import CodeRadioField
from followup.web.forms import Form


class DeclareForm(Form):
    """A button without a question."""


class ReopenForm(Form):
    reason = CodeRadioField("Varför öppnas månaden?", missing="Välj varför månaden ska öppnas igen.")
