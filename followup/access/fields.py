"""Fields for signing in, which the identity guard must let through or never show again."""

from typing import Any

from wtforms import PasswordField, StringField

from followup.web.fields import Filled


class AddressField(StringField):
    """The e-mail address that an account signs in with: the one text that may look like an identity."""

    is_optional = False

    def __init__(self, label: str, *, missing: str, help_text: str = "", **rest: Any) -> None:
        super().__init__(label, validators=[Filled(missing)], description=help_text, **rest)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0].replace("\0", "").strip() if valuelist else None


class SecretField(PasswordField):
    """A password: kept exactly as typed, never sent back."""

    is_optional = False

    def __init__(self, label: str, *, missing: str, help_text: str = "", **rest: Any) -> None:
        super().__init__(label, validators=[Filled(missing)], description=help_text, **rest)

    def _value(self) -> str:
        return ""
