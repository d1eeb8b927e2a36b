"""Forms of signing in and of one's own password. Flask-Security's views call `validate` and read `user`."""

from typing import Any

from flask import current_app, request, session
from flask_wtf import FlaskForm
from wtforms import HiddenField

from followup.access import passwords, service
from followup.access.authentication import authenticate
from followup.access.confirmation import confirm_password
from followup.access.fields import AddressField, SecretField
from followup.access.known_browser import known_browser
from followup.access.models import Account
from followup.access.signed_in import signed_in_account
from followup.db import db_session
from followup.errors import Refusal
from followup.web.forms import ErrorLines

CHOOSE_HELP = (
    f"Minst {passwords.SHORTEST} tecken. Fyra ord som inte hör ihop är lätta att minnas och svåra att gissa."
)


class AccountForm(ErrorLines, FlaskForm):
    """No one-time token: doing the same thing twice here changes nothing the second time."""

    def refuse(self, field: str, refusal: Refusal) -> bool:
        self[field].errors = [*self[field].errors, refusal.message]
        return False


class SignInForm(AccountForm):
    saves = False
    email = AddressField("E-postadress", missing="Fyll i din e-postadress.")
    password = SecretField("Lösenord", missing="Fyll i ditt lösenord.")
    next = HiddenField()
    # What was typed before the session ended, sealed; see followup/web/resume.py.
    kept = HiddenField()
    user: Account | None = None
    requires_confirmation = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.next.data = self.next.data or request.args.get("next", "")
        # Whoever has chosen a password a moment ago need not type the address.
        self.email.data = self.email.data or session.pop("address", "")

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        if not super().validate(*args, **kwargs):
            return False
        # An old cookie has had somebody looked up; that transaction would stand in the way of the next ones.
        db_session.rollback()
        try:
            self.user = authenticate(
                database=current_app.extensions["database"],
                keys=current_app.extensions["settings"].keys,
                email=self.email.data or "",
                password=self.password.data or "",
                address=request.remote_addr or "",
                known_browser=known_browser(),
            )
        except Refusal as refusal:
            self.form_errors = [refusal.message]
            return False
        session.clear()  # nothing of the time before signing in lives on
        return True


class PasswordForm(AccountForm):
    """What choosing a password for the first time and changing it have in common."""

    new_password = SecretField("Nytt lösenord", missing="Fyll i ett nytt lösenord.", help_text=CHOOSE_HELP)
    new_password_confirm = SecretField(
        "Nytt lösenord en gång till", missing="Skriv det nya lösenordet en gång till."
    )

    def check_new(self, account: Account) -> bool:
        if self.new_password.data != self.new_password_confirm.data:
            differ = Refusal("De två lösenorden är olika. Skriv samma lösenord två gånger.")
            return self.refuse("new_password_confirm", differ)
        try:
            service.check_new_password(
                session=db_session, account=account, password=self.new_password.data or ""
            )
        except Refusal as refusal:
            return self.refuse("new_password", refusal)
        return True


class InvitationForm(PasswordForm):
    pass


class ChangePasswordForm(PasswordForm):
    password = SecretField("Nuvarande lösenord", missing="Fyll i ditt nuvarande lösenord.")

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        if not super().validate(*args, **kwargs):
            return False
        account = signed_in_account()
        if account is None:
            return False
        try:
            confirm_password(self.password.data or "")
        except Refusal as refusal:
            return self.refuse("password", refusal)
        if self.new_password.data == self.password.data:
            same = Refusal("Välj ett lösenord som skiljer sig från det nuvarande.")
            return self.refuse("new_password", same)
        return self.check_new(account)
