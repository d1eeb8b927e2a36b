"""`followup keys`: what packages are signed with, and a new key in its place."""

import click

from followup.command import Whole, instance_folder, load_settings


@click.group(cls=Whole, help="Visa eller byt installationens nycklar.")
def keys() -> None:
    pass


@keys.command(help="Visa fingeravtrycken för nycklarna som utgåvornas paket skrivs under med.")
def show() -> None:
    ring = load_settings().keys
    for key_id, mark in ring.fingerprints().items():
        click.echo(f"{key_id}{' (används)' if key_id == ring.active else ''}: {mark}")


@keys.command(
    help="Ta en ny nyckel i bruk. De gamla behålls, så att det de förseglat går att öppna.",
    epilog="Starta om tjänsten efteråt. Alla blir utloggade. Säkerhetskopiera nyckelfilen på nytt.",
)
def rotate() -> None:
    from followup.audit import service as audit
    from followup.audit.events import Event
    from followup.command import opened

    ring = load_settings().keys.rotated()
    with opened(write=True) as (session, scope):
        audit.record(session, scope, Event.KEY_ROTATED, key=ring.active)
        ring.replace(instance_folder())
    click.echo(f"Nyckel {ring.active} används nu: {ring.fingerprints()[ring.active]}")
