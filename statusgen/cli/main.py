"""The command line: which commands there are, and what their ends mean to whoever called.

A command is a module of its own, imported when it is asked for. It returns its exit code.
"""

from __future__ import annotations

import sys
from importlib import import_module

import click
from click.shell_completion import CompletionItem

from statusgen import __version__
from statusgen.cli.exits import FINE, INTERRUPTED, OUTSIDE_FAILED

COMMANDS = {
    "init": ("init", "Make a new page repository."),
    "check": ("check", "Tell every problem in the sources."),
    "build": ("build", "Write the site."),
    "serve": ("serve", "Show the site in a browser while you edit."),
    "open": ("open", "Tell readers that something is wrong."),
    "update": ("update", "Tell them how it goes on."),
    "resolve": ("resolve", "Tell them that it is over."),
    "schedule": ("schedule", "Announce a maintenance."),
    "notice": ("notice", "Tell them something that is no incident."),
    "postmortem": ("postmortem", "Tell them what happened, and what you change."),
    "status": ("status", "Show the page in the terminal."),
    "overdue": ("overdue", "Tell what readers are owed: updates, postmortems, actions."),
    "playbook": ("playbook", "List the texts that are ready for the day they are needed."),
    "brief": ("brief", "Tell of one incident on one screen."),
    "report": ("report", "Look back on a period: uptime, incidents, how they were told."),
    "publish": ("publish", "Build the page, and bring it to all targets."),
    "notify": ("notify", "Tell people what has happened, each event once."),
    "verify": ("verify", "Look from outside whether readers get it."),
    "doctor": ("doctor", "Tell whether the page would survive what it reports on."),
    "subscribers": ("subscribers", "Keep the addresses of who gets mail, encrypted."),
    "rollback": ("rollback", "Make an earlier release the live one again."),
    "drill": ("drill", "Practise an incident; nothing real is sent."),
    "import": ("import_", "Bring another system's history along."),
    "theme": ("theme", "Take files of the default theme, and see what yours change."),
    "schema": ("schema", "Print the JSON Schema of config.yml or of front matter."),
}
"""By the name that a person types: the module in this package, and what the command does."""


_MEANT = {
    word: [name]
    for name, words in {
        "open": "add create incident new start",
        "resolve": "close end finish fix",
        "schedule": "maintenance plan",
        "status": "list ls show",
        "check": "lint validate",
    }.items()
    for word in words.split()
}
"""What people type for a command whose name they do not know."""


class Commands(click.Group):
    """The commands, in the order of `COMMANDS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        command: click.Command = import_module(f"statusgen.cli.{module}").command
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the commands without importing any of them."""
        named = [
            CompletionItem(name, help=about)
            for name, (_, about) in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*named, *click.Command.shell_complete(self, ctx, incomplete)]

    def resolve_command(
        self,
        ctx: click.Context,
        args: list[str],
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS:
            from difflib import get_close_matches

            near = _MEANT.get(args[0]) or get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            raise click.UsageError(f"There is no command '{args[0]}'.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any of them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["--help"], "terminal_width": 80},
    epilog="'statusgen COMMAND --help' tells more. Exit codes: 0 fine, 1 problems in the sources,"
    " 2 wrong usage, 3 done but something unreadable was stood in for, 4 the world outside failed,"
    " 70 a bug in statusgen.",
)
@click.version_option(__version__, message="statusgen %(version)s")
def commands() -> None:
    """The status page that stays up when the product is down.

    Incidents are Markdown files in a Git repository; this makes the site of them.
    """


def complete() -> int:
    """Answer a shell that asks how a line could go on, or what it must do to ask that."""
    try:
        commands.main([], "statusgen")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else FINE


def run(arguments: list[str]) -> int:
    """Run the command that the arguments ask for; return its exit code."""
    try:
        result: object = commands.main(arguments, "statusgen", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        sys.stderr.write("\n")
        return INTERRUPTED
    except SystemExit:  # click's end when whoever read our output has gone
        return OUTSIDE_FAILED
    except Exception as error:  # noqa: BLE001 - told apart and told to the person
        from statusgen.cli.failure import explain

        return explain(error, arguments)
    return result if isinstance(result, int) else FINE
