"""`statusgen init`: make a new page repository, with what it needs and nothing more."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

import click

from statusgen import DOCS, __version__
from statusgen.cli.exits import FINE
from statusgen.cli.options import now_option
from statusgen.cli.schema import schema_text
from statusgen.config import parse_config
from statusgen.config.write import write_config
from statusgen.content.shipped import texts_for
from statusgen.files.names import CONFIG, INCIDENTS, PLAYBOOK
from statusgen.files.source_tree import read_default_playbook, read_page_template
from statusgen.model import Component, Config, Page

_SCHEMA = "schemas/config.json"
_HEAD = f"# yaml-language-server: $schema={_SCHEMA}\n# What each key means: {DOCS}/config.md\n"
_COMPONENTS = (Component("website", "Website"), Component("api", "API"))
_BESIDE = {
    ".gitattributes": (
        "# When two people add an update at the same time, both are kept.\n"
        f"{INCIDENTS}/**/*.md text eol=lf merge=union\n"
    ),
    ".gitignore": "/site/\n/site-internal/\n/.statusgen*/\n",
}
_OF_HOSTS = {"github": ".github/", "gitlab": ".gitlab-ci.yml", "forgejo": ".forgejo/"}
_NEXT = """\
Next:{cd}
    statusgen serve      shows the page and follows your edits
    statusgen build      writes it to site/

An incident is a file below {incidents}/, such as {incidents}/{today}-website-is-slow.md:

    ---
    title: The website is slow
    components:
      website: degraded_performance
    ---

    ## Investigating · {now} UTC
    next update: +30m

    Pages take up to ten seconds to load. We are looking for the cause."""


@click.command("init")
@click.argument("folder", default=".", type=click.Path(file_okay=False))
@click.option("--name", default="Acme", help="What the page is about. Default: Acme.")
@click.option(
    "--url",
    default="https://status.acme.example",
    help="Where the page will be. Default: https://status.acme.example.",
)
@click.option("--timezone", default="UTC", help="The page's zone: Europe/Berlin. Default: UTC.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    default=("en",),
    help="A language of the page, the main one first; may be repeated. Default: en.",
)
@click.option(
    "--ci",
    default="github",
    type=click.Choice([*_OF_HOSTS, "none"]),
    help="Where the repository is, for workflows and forms. Default: github.",
)
@now_option()
def command(  # noqa: PLR0913, PLR0917 (one parameter an option)
    folder: str,
    name: str,
    url: str,
    timezone: str,
    languages: tuple[str, ...],
    ci: str,
    now: datetime,
) -> int:
    """Make a new page repository in FOLDER, the current one by default.

    Nothing that is there already is touched.
    """
    root = Path(folder)
    config = _config(Page(name, url, timezone, languages, since=now.date()))
    for path in (CONFIG, INCIDENTS):
        if (root / path).exists() or (root / path).is_symlink():
            raise click.UsageError(f"There is a page repository already: {root / path} exists.")
    own = {CONFIG: config, f"{INCIDENTS}/.gitkeep": "", **_BESIDE}
    texts = texts_for(read_default_playbook(), languages, now.date())
    approved = {f"{PLAYBOOK}/{name}": text for name, text in texts}
    written = [*_write(root, own | approved | _doors(ci))]
    click.echo(f"Made {', '.join(_counted(written))}")
    for path in sorted(_BESIDE.keys() - set(written)):
        click.echo(f"Kept your {path}; it should have these lines:\n{_BESIDE[path]}")
    cd = "" if folder == "." else f"\n    cd {shlex.quote(folder)}"
    today, minute = f"{now:%Y-%m-%d}", f"{now:%Y-%m-%d %H:%M}"
    click.echo()
    click.echo(_NEXT.format(cd=cd, incidents=INCIDENTS, today=today, now=minute))
    return FINE


def _doors(ci: str) -> dict[str, str]:
    """Return the files for editors, hooks and the host: docs/doors.md."""
    files = {
        path: text.replace("@VERSION@", __version__) for path, text in read_page_template().items()
    }
    others = tuple(begin for host, begin in _OF_HOSTS.items() if host != ci)
    files = {path: text for path, text in files.items() if not path.startswith(others)}
    return {**files, _SCHEMA: schema_text("config")}


def _counted(paths: Sequence[str]) -> Iterator[str]:
    """Yield files by name, and folders of several with their number."""
    for top, group in groupby(paths, key=lambda path: path.partition("/")[0]):
        files = list(group)
        yield files[0] if len(files) == 1 else f"{top}/ with {len(files)} files"


def _config(page: Page) -> str:
    """Return config.yml of a page, or say what is wrong with that."""
    text = _HEAD + write_config(Config(page, components=_COMPONENTS, layout=("website", "api")))
    _, problems = parse_config(text)
    if problems:
        said = "; ".join(
            f"{one.message} ({one.hint})" if one.hint else one.message for one in problems
        )
        raise click.UsageError(f"This is no page: {said}.")
    return text


def _write(root: Path, files: dict[str, str]) -> Iterator[str]:
    """Write the files that are not there; yield their paths."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        try:
            with (root / path).open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError:
            continue
        yield path
