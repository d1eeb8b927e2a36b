"""Who may come in and what they may do: accounts, roles, sign-in, the gate and the scope."""

from flask import Flask


def init_app(app: Flask) -> None:
    # Imported here so that the tables can be read without loading the web.
    from followup.access import expiry, gate, sign_in, views

    expiry.init_app(app)  # before Flask-Security looks at who is signed in
    sign_in.init_app(app)
    app.register_blueprint(views.blueprint)
    gate.init_app(app)
