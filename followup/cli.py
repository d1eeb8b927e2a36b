"""The `followup` command: groups only. Every feature brings its own commands."""

from importlib import import_module
from pathlib import Path

import click

from followup.command import INSTANCE, Folder, Root, speak_swedish

# Command: where it lives. Loaded when asked for, so that `followup --help` does not wait for the web.
COMMANDS = {
    "init": "followup.lifecycle.cli:init",
    "publish": "followup.editions.cli:publish",
    "migrate": "followup.lifecycle.cli:migrate",
    "create-admin": "followup.access.cli:create_admin",
    "attack": "followup.attack.cli:attack",
    "import": "followup.imports.cli:import_group",
    "export": "followup.exports.cli:export",
    "verify": "followup.exports.cli:verify",
    "keys": "followup.lifecycle.keys_cli:keys",
}


class LazyCommands(Root):
    def list_commands(self, context: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        command.options_metavar = "[VAL]"
        if isinstance(command, click.Group):
            command.subcommand_metavar = "KOMMANDO"
        return command


@click.group(
    cls=LazyCommands,
    options_metavar="[VAL]",
    subcommand_metavar="KOMMANDO",
    help="Oidentifierad uppföljning för samordningsförbund.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--instance",
    type=Folder(),
    envvar=INSTANCE,
    default=Path("instance"),
    show_default=True,
    metavar="MAPP",
    help="Installationens mapp; kan stå före eller efter kommandot.",
)
@click.pass_context
def cli(context: click.Context, instance: Path) -> None:
    context.obj = {"instance": instance}


def main() -> None:
    speak_swedish()
    cli(prog_name="followup")
