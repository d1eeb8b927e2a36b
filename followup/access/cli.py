"""The command that lets the first person in."""

import sys

import click

from followup.command import load_settings, opened


@click.command(
    "create-admin",
    help="Skapa en systemadministratör och visa en engångslänk för att välja lösenord.",
)
@click.option("--email", metavar="ADRESS", help="E-postadressen att logga in med; annars frågas efter den.")
@click.option(
    "--password-stdin",
    is_flag=True,
    help="Läs lösenordet från standard in i stället för att visa en länk.",
)
def create_admin(email: str | None, password_stdin: bool) -> None:
    from followup.access.roles import Role
    from followup.access.service import accept_invitation, invite

    email = email or click.prompt("E-postadress")
    with opened(write=True) as (session, scope):
        account, code = invite(
            session=session, scope=scope, email=email, memberships=[(Role.SYSTEM_ADMIN, None)]
        )
        if password_stdin:
            accept_invitation(session=session, code=code, password=sys.stdin.readline().rstrip("\r\n"))
    if password_stdin:
        click.echo(f"Kontot {account.email} är klart. Logga in på {load_settings().base_url}/logga-in")
        return
    click.echo(
        f"Kontot {account.email} är skapat. Öppna länken inom sju dagar och välj ett lösenord. "
        "Den fungerar en gång och visas bara nu:\n"
        f"{load_settings().base_url}/inbjudan/{code}"
    )
