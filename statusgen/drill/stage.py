"""Where a drill takes place: a copy of the page repository from which nothing gets out.

Its name says DRILL wherever the page is named, a stylesheet says so on top of every page, and its
address is that of this machine. Probes and targets are not copied; what is pushed goes to a folder
beside the copy, and so does what channels would tell.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from statusgen.config.write import write_config
from statusgen.drill.channels import drill_channel
from statusgen.files.names import CONFIG, INCIDENTS, PAGES, PLAYBOOK, THEME
from statusgen.files.source_tree import asset_paths, is_default_theme, list_incidents
from statusgen.model import Config, LedgerPlace, Page

MARK = "DRILL"
_STYLESHEET = "drill.css"
_LEDGER = "../told"
_BANNER = f"""
body::before {{
  content: "{MARK}: this is practice. None of it is real.";
  position: sticky;
  top: 0;
  z-index: 9;
  display: block;
  padding: .5rem 1rem;
  background: #ffd400;
  color: #000;
  font: bold 1rem/1.4 sans-serif;
  text-align: center;
}}
"""
_LARGEST_STYLESHEET = 60_000
_IDENTITY = ("-c", "user.name=Drill", "-c", "user.email=drill@localhost", "-c", "commit.gpgsign=no")


class Stage(NamedTuple):
    """The copy at `root`, and the incident files that were there before.

    `site` is where its site goes, `messages` where all that is told goes.
    """

    root: str
    site: str
    messages: str
    before: frozenset[str]

    def written(self) -> list[str]:
        """Return the incident files that came in the drill, in the order of their names."""
        return sorted(set(list_incidents(self.root).files) - self.before)


def set_up(
    root: str, config: Config, folder: str, url: str, environment: Mapping[str, str]
) -> Stage:
    """Copy the page repository at `root` into `folder`; `url` is where the drill's page will be.

    `environment` is what git runs with; without git there is no repository.
    """
    copy = Path(folder, "page")
    copy.mkdir(parents=True)
    folders = [INCIDENTS, PAGES, PLAYBOOK, *(() if is_default_theme(root) else (THEME,))]
    for name in folders:
        if Path(root, name).is_dir():
            shutil.copytree(Path(root, name), copy / name, symlinks=True)
    for path in asset_paths(config):
        _copy_file(Path(root, path), copy / path)
    own = copy / config.brand.stylesheet if config.brand.stylesheet else None
    style = own.read_text("utf-8", "replace") if own and own.is_file() else ""
    style = style if len(style) < _LARGEST_STYLESHEET else ""
    (copy / _STYLESHEET).write_text(style + _BANNER, encoding="utf-8")
    (copy / CONFIG).write_text(write_config(marked(config, url)), encoding="utf-8")
    (copy / INCIDENTS).mkdir(exist_ok=True)
    _keep_history(copy, Path(folder, "remote.git"), environment)
    before = frozenset(list_incidents(str(copy)).files)
    return Stage(str(copy), str(Path(folder, "site")), str(Path(folder, "messages")), before)


def marked(config: Config, url: str) -> Config:
    """Return a configuration that says DRILL; only what leads nowhere is taken over."""
    return Config(
        page=_marked_page(config.page, url),
        brand=config.brand._replace(stylesheet=_STYLESHEET),
        components=tuple(one._replace(probe=None) for one in config.components),
        groups=config.groups,
        layout=config.layout,
        uptime=config.uptime,
        cadence=config.cadence,
        coach=config.coach,
        notify=tuple(map(drill_channel, config.notify)),
        ledger=LedgerPlace(_LEDGER) if config.notify else None,
    )


def _marked_page(page: Page, url: str) -> Page:
    names = tuple(
        one._replace(text=f"{MARK} {one.text}") if one.field == "name" else one
        for one in page.translations
        if one.field not in {"report", "feedback"}
    )
    name = f"{MARK} {page.name}"
    return page._replace(name=name, url=url, report="", feedback="", translations=names)


def _copy_file(source: Path, target: Path) -> None:
    if source.is_file() and not source.is_symlink():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _keep_history(copy: Path, remote: Path, environment: Mapping[str, str]) -> None:
    """Make a repository of the copy, with a remote that is a folder beside it."""
    git = shutil.which("git", path=environment.get("PATH"))
    if git is None:
        return
    for arguments in (
        ("init", "--quiet", "--bare", str(remote)),
        ("init", "--quiet", str(copy)),
        ("-C", str(copy), "add", "--all"),
        ("-C", str(copy), *_IDENTITY, "commit", "--quiet", "--no-verify", "-m", "Before the drill"),
        ("-C", str(copy), "remote", "add", "origin", str(remote)),
        ("-C", str(copy), "push", "--quiet", "--no-verify", "-u", "origin", "HEAD"),
    ):
        subprocess.run([git, *arguments], env=environment, check=False, capture_output=True)
